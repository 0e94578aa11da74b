"""The account on every store, with the real letters: another address, and a casilla that closes amid deposits."""

import re
from threading import Barrier
from typing import Any

from ZODB import DB

from casilla.resources.almacen import archivos_sin_registro
from casilla.services.fundacion import RAIZ
from casilla.services.verificacion import hallazgos
from tests import mundo
from tests.api.sgd import Sgd, notificacion
from tests.conftest import Navegador
from tests.stories.test_deposito_y_lectura import en_paralelo
from tests.stories.test_registro import Buzon, buzon, navegador_nuevo, repartir
from tests.views.test_cuenta import cerrar, cierre_lleno, codigo_tecleado, confirmar, pedir

__all__ = ["buzon"]

VIEJO, NUEVO = "rosa@correo.example", "rosa.nueva@correo.example"


def test_a_person_changes_the_address_and_the_notices_follow(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB, buzon: Buzon
) -> None:
    navegador.entrar(mundo.ROSA)
    pedir(navegador)
    repartir(base_de_datos, buzon)
    [(asunto, texto)] = buzon.de(NUEVO)
    assert asunto == "Código para confirmar su correo"
    codigo = re.search(r"confirmarla es: (\w{6})", texto)[1]

    confirmar(navegador, codigo).follow().mustcontain("Su correo cambió.")
    Sgd(navegador_nuevo(aplicacion, base_de_datos)).depositar(mundo.pdf())
    repartir(base_de_datos, buzon)

    assert buzon.de(VIEJO)[-1][0] == "El correo de su casilla cambió"
    assert buzon.de(NUEVO)[-1][0] == "Nueva notificación: CARTA 000009-2025-OGTI"
    with base_de_datos.transaction() as conexion:
        assert conexion.root()[RAIZ].personas.diferencias() == []


def test_of_two_who_confirm_one_address_at_once_one_has_it(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB, buzon: Buzon
) -> None:
    rosa, tomas = navegador, navegador_nuevo(aplicacion, base_de_datos)
    rosa.entrar(mundo.ROSA)
    tomas.entrar(mundo.TOMAS)
    formularios = []
    for quien in (rosa, tomas):
        pedir(quien)
        repartir(base_de_datos, buzon)
        codigo = re.search(r"confirmarla es: (\w{6})", buzon.de(NUEVO)[-1][1])[1]
        formularios.append(codigo_tecleado(quien, codigo))

    en_paralelo([formulario.submit for formulario in formularios])

    with base_de_datos.transaction() as conexion:
        personas = conexion.root()[RAIZ].personas
        assert sorted(personas[d].correo == NUEVO for d in (mundo.ROSA, mundo.TOMAS)) == [False, True]
        assert personas.diferencias() == []


def test_a_casilla_closes_while_deposits_arrive(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB, buzon: Buzon
) -> None:
    """Each deposit is either inside before the closing or refused; none is accepted after it."""
    navegador.entrar(mundo.ROSA)
    formulario = cierre_lleno(navegador)
    estados: list[tuple[int, str]] = []
    salida = Barrier(4)

    def depositar(n: int) -> None:
        sgd = Sgd(navegador_nuevo(aplicacion, base_de_datos))
        salida.wait()
        for i in range(4):
            datos = notificacion(**{"documento.numero": f"{n}{i:05}-2025-OGTI"})
            respuesta = sgd.depositar(mundo.pdf(), datos, clave=f"cierre-{n}-{i}")
            estados.append((respuesta.status_int, respuesta.json["codigo"]))

    def cierre() -> None:
        salida.wait()
        formulario.submit(status=303)

    en_paralelo([lambda n=n: depositar(n) for n in range(1, 4)] + [cierre])

    assert {estado for estado, _ in estados} <= {201, 404}
    aceptadas = {codigo for estado, codigo in estados if estado == 201}
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        casilla = sitio.personas[mundo.ROSA].casilla
        nuevas = {n.codigo for n in casilla if n.expediente == "OGT002025000009"}
        assert nuevas == aceptadas
        assert casilla.diferencias() == []
        assert sum(carta.clase == "casilla-cerrada" for _, carta in sitio.salida) == 1
        assert list(archivos_sin_registro(base_de_datos)) == []
        assert [hallado for tramo in hallazgos(sitio) for hallado in tramo] == []
    repartir(base_de_datos, buzon)
    assert "Su Casilla Electrónica se cerró" in [asunto for asunto, _ in buzon.de(VIEJO)]
    despues = Sgd(navegador_nuevo(aplicacion, base_de_datos)).depositar(mundo.pdf(), clave="despues")
    assert (despues.status_int, despues.json["codigo"]) == (404, "destinatario-sin-casilla")


def test_whoever_closed_reads_what_was_there(navegador: Navegador) -> None:
    navegador.entrar(mundo.ROSA)
    cerrar(navegador)
    navegador.reset()

    bandeja = navegador.entrar(mundo.ROSA)
    sobre = bandeja.click(href=r"/casilla/\w+/\d+\?volver=", index=0)
    abrir = next(f for f in sobre.forms.values() if f.action.endswith("/abrir"))
    abierta = abrir.submit().follow()

    abierta.mustcontain("Su casilla está cerrada", "Descargar Documento Original")
