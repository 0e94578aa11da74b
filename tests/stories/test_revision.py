"""A registration that the register could not settle, on every store: a person decides, another device finishes it."""

import re
from datetime import UTC, datetime
from typing import Any

from ZODB import DB

from casilla.services.fundacion import RAIZ
from tests.conftest import Navegador
from tests.stories.test_deposito_y_lectura import en_paralelo
from tests.stories.test_registro import Buzon, navegador_nuevo, repartir
from tests.views.registro import enviar, hasta, nombre

CORREO = "p99000013@correo.example"


def pedir_revision(navegador: Navegador) -> str:
    """Ask for it, as a person for whom the register does not answer; returns the page of the request at /admin."""
    espera = enviar(hasta(navegador, "datos"), "99000013").follow()
    formulario = next(f for f in espera.forms.values() if f.action.endswith("/pedir-revision"))
    return f"/admin/solicitudes/{nombre(formulario.submit().follow())}"


def oficina(aplicacion: Any, base_de_datos: DB) -> Navegador:
    navegador = navegador_nuevo(aplicacion, base_de_datos)
    navegador.entrar_al_modulo("registro")
    return navegador


def test_a_person_authorizes_and_the_letter_is_used_on_another_telephone(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB
) -> None:
    buzon = Buzon()
    ficha = pedir_revision(navegador)
    formulario = oficina(aplicacion, base_de_datos).consultar(f"{ficha}/autorizar").forms["formulario"]
    formulario["motivo"] = "Mostró su DNI por videollamada"
    formulario.submit().follow()
    repartir(base_de_datos, buzon)
    assert [asunto for asunto, _ in buzon.de(CORREO)] == [
        *("Su solicitud está en revisión", "Su solicitud fue autorizada")
    ]
    enlace = re.search(r"Validar Correo: (http://localhost/registro/validar\S+)", buzon.de(CORREO)[1][1])[1]

    navegador_nuevo(aplicacion, base_de_datos).get(enlace).forms["formulario"].submit().follow()
    repartir(base_de_datos, buzon)

    assert "Usuario: 1-99000013" in buzon.de(CORREO)[-1][1]
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert sitio.personas["1-99000013"].verificado_por == "una persona de la institución"
        assert sitio.solicitudes.diferencias() == sitio.personas.diferencias() == []


def test_a_person_refuses_and_the_letter_says_why(navegador: Navegador, aplicacion: Any, base_de_datos: DB) -> None:
    buzon = Buzon()
    ficha = pedir_revision(navegador)
    formulario = oficina(aplicacion, base_de_datos).consultar(f"{ficha}/denegar").forms["formulario"]
    formulario["motivo"] = "El documento está vencido"
    formulario.submit().follow()
    repartir(base_de_datos, buzon)

    asunto, texto = buzon.de(CORREO)[-1]

    assert asunto == "Su solicitud no fue autorizada"
    assert "Motivo: El documento está vencido" in texto
    assert "INVENTADO" not in texto


def test_of_two_decisions_at_the_same_moment_one_holds_and_one_letter_leaves(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB
) -> None:
    buzon = Buzon()
    ficha = pedir_revision(navegador)
    uno = oficina(aplicacion, base_de_datos)
    otro = navegador_nuevo(aplicacion, base_de_datos)
    for galleta in uno.cookiejar:
        otro.cookiejar.set_cookie(galleta)
    formularios = [
        uno.consultar(f"{ficha}/autorizar").forms["formulario"],
        otro.consultar(f"{ficha}/denegar").forms["formulario"],
    ]
    for formulario in formularios:
        formulario["motivo"] = "A la vez"

    en_paralelo([formulario.submit for formulario in formularios])
    repartir(base_de_datos, buzon)

    decisiones = [asunto for asunto, _ in buzon.de(CORREO) if asunto != "Su solicitud está en revisión"]
    assert len(decisiones) == 1
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert sitio.solicitudes.diferencias() == []
        actos = [a.acto for a in sitio.auditoria.hacia_atras() if a.acto in ("autorizar", "denegar")]
        assert len(actos) == 1
        solicitud = sitio.solicitudes[ficha.rpartition("/")[2]]
        assert solicitud.revision_desde is None
        assert solicitud.desde > datetime.now(UTC)
