"""Two of the institution's people with the same form open: the second is told, and loses nothing of what they typed."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from webtest import Upload
from ZODB import DB

from casilla.services import claves_api
from casilla.services.feriados import feriados
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.recorrido import poblar
from tests.solicitantes import en_revision
from tests.views.admin.test_roles import puertas

ROLES = ("contenido", "registro", "administrador", "notificador")


def entrada(aplicacion: Any, base_de_datos: DB, nombre: str) -> Navegador:
    navegador = Navegador(aplicacion)
    navegador.base_de_datos = base_de_datos
    navegador.entrar_al_modulo(nombre)
    return navegador


@pytest.fixture
def una(aplicacion: Any, base_de_datos: DB) -> Navegador:
    """Somebody called ``primera``, who may do what any role may, where there is something of everything."""
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        poblar(sitio, datetime.now(UTC) - timedelta(hours=2))
        en_revision(sitio, nombre="una-solicitud")
        mundo.norma(sitio, "ley-de-prueba", mundo.archivo(sitio, mundo.pdf()))
        claves_api.emitir(sitio, "sgd", "0a0b0c0d", "secreto", mundo.ENERO)
        for nombre in ("primera", "segunda"):
            mundo.funcionario(sitio, nombre, ROLES)
    return entrada(aplicacion, base_de_datos, "primera")


@pytest.fixture
def otra(una: Navegador, aplicacion: Any, base_de_datos: DB) -> Navegador:
    return entrada(aplicacion, base_de_datos, "segunda")


def enviar(pagina: Any, **valores: Any) -> Any:
    formulario = pagina.forms["formulario"]
    for campo, valor in valores.items():
        formulario[campo.replace("__", "-")] = valor
    respuesta = formulario.submit()
    return respuesta.follow() if respuesta.status_int == 303 else respuesta


def comparados(pagina: Any) -> dict[str, tuple[str, str]]:
    """Of each label, what there is now and what was typed."""
    filas = pagina.html.find("section", {"aria-labelledby": "presentes"}).find_all("tr")[1:]
    return {fila.th.text: tuple(td.text for td in fila.find_all("td")) for fila in filas}


NORMA = {
    "titulo": "Ley de prueba",
    "tipo": "Ley",
    "numero_norma": "1",
    "fecha__dia": "2",
    "fecha__mes": "1",
    "fecha__ano": "2026",
    "emisor": "Congreso",
    "cuerpo": "De qué trata.",
}


def test_every_box_of_a_norm_that_says_something_else_is_compared(una: Navegador, otra: Navegador) -> None:
    ficha = enviar(una.get("/admin/contenidos/crear?clase=norma"), **NORMA).request.path
    abierta = una.get(f"{ficha}/editar")
    suyos = {"titulo": "A", "tipo": "B", "numero_norma": "C", "emisor": "D", "cuerpo": "E", "fecha__dia": "3"}
    enviar(otra.get(f"{ficha}/editar"), **suyos)
    enviar(otra.get(f"{ficha}/pdf"), documento=Upload("ley.pdf", mundo.pdf(), "application/pdf"))

    avisada = enviar(abierta)

    assert comparados(avisada) == {
        "Nombre de la norma": ("A", "Ley de prueba"),
        "Tipo de norma": ("B", "Ley"),
        "Número": ("C", "1"),
        "Fecha de la norma": ("3 de enero de 2026", "2 de enero de 2026"),
        "Emisor": ("D", "Congreso"),
        "De qué trata": ("E", "De qué trata."),
    }
    fuera = avisada.html.find("section", {"aria-labelledby": "presentes"}).dl.text
    assert "ley.pdf" in fuera
    assert "por segunda" in fuera


@pytest.mark.parametrize(
    ("nombre", "campo", "rotulo"),
    [
        ("que-es", "titulo", "Pregunta"),
        ("que-es", "categoria", "Categoría"),
        ("que-es", "cuerpo", "Respuesta"),
        ("terminos", "cambios", "Qué cambió en esta versión"),
        ("aviso-deposito", "titulo", "Asunto"),
        ("constancia", "cuerpo", "Texto"),
    ],
)
def test_whatever_box_the_first_changed_the_second_sees_it_beside_their_own(
    una: Navegador, otra: Navegador, nombre: str, campo: str, rotulo: str
) -> None:
    editar = f"/admin/contenidos/{nombre}/editar"
    abierta, de_antes = una.get(editar), una.get(editar).forms["formulario"][campo].value.strip()
    enviar(otra.get(editar), **{campo: f"{de_antes} Lo que puso la otra."})

    avisada = enviar(abierta, **{campo: f"{de_antes} Lo que puse yo."})

    assert avisada.html.select_one(".resumen-error a")["href"] == "#presentes"
    [(dicho, (ahora, suyo))] = comparados(avisada).items()
    assert dicho == rotulo
    assert ahora.endswith("Lo que puso la otra.")
    assert suyo.endswith("Lo que puse yo.")
    assert avisada.forms["formulario"][campo].value.strip().endswith("Lo que puse yo.")
    dejado = avisada.click("Dejar lo mío")
    assert dejado.forms["formulario"][campo].value.strip().endswith("Lo que puso la otra.")


@dataclass(frozen=True)
class Caso:
    """A form of ``/admin`` that two have open. ``escribe``: what both type; ``otro``: what the second types instead.

    ``dice``: what the second is told (a pattern); what they typed is there still unless it is ``hecho`` already.
    ``boton``: the words of a button that is a form by itself, which leads to ``puerta``.
    """

    camino: str
    dice: str
    escribe: dict[str, Any] = field(default_factory=dict)
    otro: dict[str, Any] = field(default_factory=dict)
    boton: str = ""
    puerta: str = ""
    hecho: bool = True

    def __str__(self) -> str:
        return f"{self.camino} {self.boton}".strip()


def laborable() -> date:
    """A business day to come that nobody has spoken of."""
    dia = date(datetime.now(UTC).year + 1, 6, 10)
    return dia + timedelta(days=7 - dia.weekday())


def feriado() -> date:
    anio = datetime.now(UTC).year + 1
    return next(dia for dia in feriados(anio) if dia.weekday() < 5 and dia.month > 1)


def dia_de_prueba() -> date:
    """The one that ``poblar`` declares."""
    anio = datetime.now(UTC).year + 1
    return next(dia for n in (13, 14, 15) if (dia := date(anio, 5, n)).weekday() < 5)


OTRA_PERSONA = "Otra persona guardó cambios mientras usted editaba"
MOTIVO = {"motivo": "Lo pidió por escrito"}
DIA = {
    "dia__dia": str(laborable().day),
    "dia__mes": str(laborable().month),
    "dia__ano": str(laborable().year),
    "nombre": "Aniversario",
    "base": "D. S. 1",
}
SUSPENDIO = f"{OTRA_PERSONA}.*Suspendió: primera"
CASOS = [
    Caso("/admin/ajustes/editar", OTRA_PERSONA, {"telefono": "1"}, {"telefono": "2"}, hecho=False),
    Caso("/admin/calendario/agregar", OTRA_PERSONA, DIA, {"base": "D. S. 2"}, hecho=False),
    Caso("/admin/calendario/horario", OTRA_PERSONA, {"base": "R. M. 1"}, {"base": "R. M. 2"}, hecho=False),
    Caso(f"/admin/calendario/habil?dia={feriado()}", "se declaró hábil.* por primera", {"base": "D. S. 1"}),
    Caso(f"/admin/calendario/retirar?dia={dia_de_prueba()}", "se retiró.* por primera", {"base": "D. S. 1"}),
    Caso("/admin/cuentas/contenido/editar", OTRA_PERSONA, {"nombres": "UNA"}, {"nombres": "OTRA"}, hecho=False),
    Caso("/admin/cuentas/contenido/suspender", SUSPENDIO, MOTIVO, {"motivo": "Otro motivo"}, hecho=False),
    Caso("/admin/cuentas/ausente/rehabilitar", f"{OTRA_PERSONA}.*Rehabilitó: primera"),
    Caso("/admin/cuentas/contenido/clave", f"{OTRA_PERSONA}.*Dio otra contraseña temporal: primera"),
    Caso("/admin/cuentas/contenido/factor", f"{OTRA_PERSONA}.*Restableció el segundo factor: primera"),
    Caso("/admin/claves/revocar/sgd/0a0b0c0d", "ya estaba revocada.*: primera,"),
    Caso(
        "/admin/personas/{rosa}/contacto",
        OTRA_PERSONA,
        MOTIVO | {"telefono": "911111111"},
        {"telefono": "922222222"},
        hecho=False,
    ),
    Caso("/admin/personas/{rosa}/suspender", SUSPENDIO, MOTIVO, {"motivo": "Otro motivo"}, hecho=False),
    Caso(
        "/admin/personas/{tomas}/rehabilitar",
        f"{OTRA_PERSONA}.*Rehabilitó: primera",
        MOTIVO,
        {"motivo": "Otro motivo"},
        hecho=False,
    ),
    Caso(
        "/admin/personas/{rosa}/cerrar",
        f"{OTRA_PERSONA}.*Cerró la casilla de una persona: primera",
        MOTIVO,
        {"motivo": "Otro motivo"},
        hecho=False,
    ),
    Caso(
        "/admin/personas/{rosa}/sesiones",
        f"{OTRA_PERSONA}.*Cerró sus otras sesiones: primera",
        MOTIVO,
        {"motivo": "Otro motivo"},
        hecho=False,
    ),
    Caso(
        "/admin/personas/{rosa}/recuperacion",
        f"{OTRA_PERSONA}.*Envió un enlace de recuperación: primera",
        MOTIVO,
        {"motivo": "Otro motivo"},
        hecho=False,
    ),
    Caso("/admin/solicitudes/una-solicitud/autorizar", "Ya está decidida. Autorizada por primera", MOTIVO),
    Caso("/admin/solicitudes/una-solicitud/denegar", "Ya está decidida. Denegada por primera", MOTIVO),
    Caso("/admin/depositos/{codigo}/anular", "ya está anulada. Anuló: primera", MOTIVO),
    Caso(
        "/admin/depositos/{devuelta}",
        "todavía está en cola. Reenvió el aviso: primera",
        boton="Reenviar",
        puerta="reenviar",
    ),
    Caso("/admin/contenidos/que-es/editar", OTRA_PERSONA, {"cuerpo": "Uno."}, {"cuerpo": "Otro."}, hecho=False),
    Caso("/admin/contenidos/ley-de-prueba/quitar-pdf", f"{OTRA_PERSONA}.*por primera"),
    Caso("/admin/contenidos/publicada/descartar", f"{OTRA_PERSONA}.*por primera"),
    Caso("/admin/contenidos/publicada/restaurar?version=1", f"{OTRA_PERSONA}.*por primera"),
    Caso("/admin/contenidos/publicada/publicar", "No hay nada nuevo que publicar.* por primera"),
    Caso("/admin/contenidos/programada/cancelar", f"{OTRA_PERSONA}.*por primera"),
    Caso("/admin/contenidos/que-es/archivar", "no está publicado.* por primera"),
    Caso("/admin/contenidos/que-es/eliminar", "ya está en la papelera.* por primera"),
    Caso(
        "/admin/contenidos/eliminada",
        "no está en la papelera. Se recuperó de la papelera, .*por primera",
        boton="Recuperar",
        puerta="recuperar",
    ),
    Caso(
        "/admin/contenidos?clase=pregunta",
        "El orden cambió mientras usted miraba la lista y no se movió nada. (Subió|Bajó) .*: primera",
        boton="Bajar «¿Qué es la Casilla",
        puerta="x/mover",
    ),
    Caso(
        "/admin/contenidos?clase=pregunta",
        "El orden cambió mientras usted miraba la lista y no se movió nada. (Subió|Bajó) .*: primera",
        boton="Subir la categoría Acceso",
        puerta="categoria",
    ),
]


def mandar(pagina: Any, caso: Caso, escrito: dict[str, Any]) -> Any:
    if caso.boton:
        [boton] = [b for b in pagina.html.select("main form button") if caso.boton in b.text]
        formulario = boton.find_parent("form")
        campos = {c["name"]: c["value"] for c in formulario.select("input")}
        if boton.get("name"):
            campos[boton["name"]] = boton["value"]
        accion = formulario.get("action") or pagina.request.path_qs
        respuesta = pagina.test_app.post(accion, campos)
    else:
        formulario = pagina.forms["formulario"]
        for campo, valor in escrito.items():
            formulario[campo.replace("__", "-")] = valor
        respuesta = formulario.submit()
    return respuesta.follow() if respuesta.status_int == 303 else respuesta


def lugares(base_de_datos: DB) -> dict[str, str]:
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        rosa, tomas = (sitio.personas[documento].casilla for documento in (mundo.ROSA, mundo.TOMAS))
        devuelta = next(n for n in sitio.personas[mundo.NUSTA].casilla if n.aviso == "rechazado")
        codigos = {"codigo": next(iter(rosa)).codigo, "devuelta": devuelta.codigo}
        return {"rosa": rosa.__name__, "tomas": tomas.__name__, **codigos}


@pytest.mark.parametrize("caso", CASOS, ids=str)
def test_the_second_is_told_and_loses_nothing(una: Navegador, otra: Navegador, base_de_datos: DB, caso: Caso) -> None:
    camino = caso.camino.format(**lugares(base_de_datos))
    de_una, de_otra = una.consultar(camino), otra.consultar(camino)
    primera = mandar(de_una, caso, caso.escribe)
    assert not re.search(caso.dice, primera.html.main.text, re.DOTALL), "it was told to the first"
    escrito = caso.escribe | caso.otro

    segunda = mandar(de_otra, caso, escrito)

    palabras = " ".join(segunda.html.main.text.split())
    assert re.search(caso.dice, palabras), palabras[:600]
    if not caso.hecho:
        formulario = segunda.forms["formulario"]
        assert {c: formulario[c.replace("__", "-")].value.strip() for c in escrito} == escrito


# What two cannot spoil for one another, by the address of its door.
APARTE = {
    "/admin/(entrar|codigo|salir|cambiar-clave|mis-sesiones|nuevo-factor|registrar-factor)": "one's own way in",
    "/admin/(contenidos|cuentas|claves)/crear|/admin/lotes|/admin/notificar(/empezar)?": "makes what was not there",
    "/admin/personas|.*/(buscar|exportar|exportar-uso|consultar|archivo|prueba|informe)": "shows, with an entry",
    "/admin/notificar/{notificar}/.*": "a draft is its maker's: test_notificar_en_dos_pestanas",
    "/admin/lotes/{lotes}/.*|/admin/depositos/cancelar-exportacion": "one's own order: test_lotes, test_trabajos",
    "/admin/contenidos/{contenidos}/pdf": "a file and no words: test_contenidos",
    "/admin/personas/{personas}/confirmar": "of the correction that was looked at: test_correccion_de_correo",
}


def puerta_de(caso: Caso) -> str:
    """The address of its door, with the section in the place of the name of one thing."""
    partes = caso.camino.partition("?")[0].split("/")[2:] + ([*caso.puerta.split("/")] if caso.puerta else [])
    seccion, *resto = partes
    if seccion in ("ajustes", "calendario", "claves") or resto == ["categoria"]:
        return "/".join(("/admin", seccion, resto[0]))
    return f"/admin/{seccion}/{{{seccion}}}/{resto[-1]}"


def test_every_form_of_the_module_is_in_the_table_or_apart(aplicacion: Any) -> None:
    probadas = {puerta_de(caso) for caso in CASOS}
    todas = {puerta.camino for puerta in puertas(aplicacion) if puerta.metodo == "POST"}

    assert probadas <= todas
    sueltas = {camino for camino in todas - probadas if not any(re.fullmatch(de, camino) for de in APARTE)}
    assert sueltas == set()
    assert [de for de in APARTE if not any(re.fullmatch(de, camino) for camino in todas)] == []
