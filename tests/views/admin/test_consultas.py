"""Pages with somebody's personal data open to whoever left an entry about it within the hour, and to nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.auditoria import Asiento
from casilla.services import auditoria
from casilla.services.borradores import preparar
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.solicitantes import en_revision

DE_ROSA = "QUISPE"
# The pages about a thing, and who may see them.
PAGINAS = {
    "personas": ("registro", ("", "/contacto", "/suspender", "/sesiones", "/recuperacion", "/cerrar")),
    "solicitudes": ("registro", ("", "/autorizar", "/denegar")),
    "depositos": ("notificador", ("", "/anular")),
    "notificar": ("auditor", ("/lectura",)),
}


@pytest.fixture
def cosas(base_de_datos: DB) -> dict[str, str]:
    """The address of a thing of each kind: all are about Rosa, or of whoever has her name."""
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        solicitud = en_revision(sitio, nombres="ROSA", apellido_paterno=DE_ROSA)
        casilla = sitio.personas[mundo.ROSA].casilla
        preparar(sitio, "notificador", mundo.ROSA, mundo.ENERO)
        borrador = next(sitio.borradores.de("notificador"))
        nombres = {
            "personas": casilla.__name__,
            "solicitudes": solicitud.__name__,
            "depositos": next(iter(casilla)).codigo,
            "notificar": borrador.__name__,
        }
    return {seccion: f"/admin/{seccion}/{nombre}" for seccion, nombre in nombres.items()}


def asientos(base_de_datos: DB) -> list[Asiento]:
    with base_de_datos.transaction() as conexion:
        return [a for a in conexion.root()[RAIZ].auditoria if a.acto != "entrar"]


def boton(pagina: Any) -> Any:
    return next(f for f in pagina.forms.values() if "/consultar" in f.action)


@pytest.mark.parametrize(("seccion", "parte"), [(s, parte) for s, (_, partes) in PAGINAS.items() for parte in partes])
def test_a_page_opened_by_its_address_shows_nobody_until_the_button_left_an_entry(
    navegador: Navegador, base_de_datos: DB, cosas: dict[str, str], seccion: str, parte: str
) -> None:
    rol, ficha = PAGINAS[seccion][0], cosas[seccion]
    navegador.entrar_al_modulo(rol)

    pagina = navegador.get(ficha + parte)

    assert "Los datos de esta persona son personales. Verlos queda en la auditoría." in pagina.html.main.text
    assert DE_ROSA not in pagina
    assert asientos(base_de_datos) == []
    vista = boton(pagina).submit().follow()
    assert (vista.request.path, vista.status_int) == (ficha + parte, 200)
    assert DE_ROSA in vista
    (asiento,) = asientos(base_de_datos)
    assert (asiento.actor, asiento.acto, asiento.sobre) == (rol, "consultar", ficha.removeprefix("/admin/"))


def test_one_entry_serves_every_page_about_the_person_for_an_hour(
    navegador: Navegador, base_de_datos: DB, cosas: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ficha = cosas["personas"]
    navegador.entrar_al_modulo("registro")
    boton(navegador.get(ficha)).submit()

    assert all(DE_ROSA in navegador.get(ficha + parte) for parte in PAGINAS["personas"][1])
    assert len(asientos(base_de_datos)) == 1
    monkeypatch.setattr("casilla.views.admin.consultas.UNA_CONSULTA", timedelta(0))
    assert DE_ROSA not in navegador.get(ficha)


def test_what_was_typed_is_not_lost_when_the_hour_is_over_and_leaves_its_entries(
    navegador: Navegador, base_de_datos: DB, cosas: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    navegador.entrar_al_modulo("registro")
    formulario = navegador.consultar(f"{cosas['personas']}/suspender").forms["formulario"]
    monkeypatch.setattr("casilla.views.admin.consultas.UNA_CONSULTA", timedelta(0))

    formulario["motivo"] = " "
    assert "Escriba el motivo" in formulario.submit()
    formulario["motivo"] = "Lo pidió por escrito"
    formulario.submit()

    actos = [a.acto for a in asientos(base_de_datos)]
    assert actos == ["consultar", "consultar", "consultar", "suspender"]


def test_an_entry_opens_nothing_to_somebody_else_nor_about_anybody_else(
    navegador: Navegador, base_de_datos: DB, cosas: dict[str, str]
) -> None:
    navegador.entrar_al_modulo("registro")
    navegador.consultar(cosas["personas"])

    assert DE_ROSA not in navegador.get(cosas["solicitudes"])
    navegador.get("/admin").forms[0].submit()
    navegador.entrar_al_modulo("auditor")
    assert DE_ROSA not in navegador.get(cosas["personas"])


def test_an_entry_that_was_not_kept_opens_nothing(
    navegador: Navegador, base_de_datos: DB, cosas: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session says that there is one; the audit says there is not."""
    navegador.entrar_al_modulo("registro")
    sin_asentar = asientos(base_de_datos)
    numero = 99

    def olvidar(*hechos: Any, **otros: Any) -> Asiento:
        return Asiento(numero, mundo.ENERO, "registro", "", "consultar", cosas["personas"][7:], "", "", "")

    with monkeypatch.context() as cambio:
        cambio.setattr(auditoria, "asentar", olvidar)
        boton(navegador.get(cosas["personas"])).submit()

    assert asientos(base_de_datos) == sin_asentar
    assert DE_ROSA not in navegador.get(cosas["personas"])


@pytest.mark.parametrize(
    ("rol", "lista", "seccion", "rotulo"),
    [
        ("registro", "/admin/solicitudes", "solicitudes", DE_ROSA),
        ("notificador", "/admin/depositos", "depositos", "CARTA"),
    ],
)
def test_from_the_lists_of_the_daily_work_a_page_opens_at_once_and_leaves_the_entry(
    navegador: Navegador, base_de_datos: DB, cosas: dict[str, str], rol: str, lista: str, seccion: str, rotulo: str
) -> None:
    navegador.entrar_al_modulo(rol)

    pagina = navegador.elegir(navegador.get(lista), rotulo)

    assert pagina.request.path.startswith(f"/admin/{seccion}/")
    assert pagina.html.h1.text != "Datos personales"
    assert [(a.acto, a.sobre) for a in asientos(base_de_datos)] == [
        ("consultar", pagina.request.path.removeprefix("/admin/"))
    ]


def test_whoever_prepares_a_deposit_opens_it_again_without_more_ado(
    navegador: Navegador, base_de_datos: DB, cosas: dict[str, str]
) -> None:
    navegador.entrar_al_modulo("notificador")

    assert navegador.get(cosas["notificar"]).follow().html.h1.text == "Datos del documento"


def test_the_board_of_one_person_opens_by_a_kept_address_to_whoever_looks_them_up(
    navegador: Navegador, base_de_datos: DB, cosas: dict[str, str]
) -> None:
    navegador.entrar_al_modulo("auditor")
    casilla = cosas["personas"].rpartition("/")[2]
    camino = f"/admin/depositos?persona={casilla}&estado=depositado"

    pagina = navegador.get(camino)

    assert DE_ROSA not in pagina
    tablero = boton(pagina).submit().follow()
    assert tablero.request.path_qs == camino
    assert "Persona DNI 40000001" in tablero
    assert [(a.acto, a.sobre) for a in asientos(base_de_datos)] == [("consultar", f"personas/{casilla}")]


def test_the_button_leads_nowhere_but_to_a_page_of_the_thing(
    navegador: Navegador, base_de_datos: DB, cosas: dict[str, str]
) -> None:
    navegador.entrar_al_modulo("registro")
    pagina = navegador.get(cosas["personas"])
    token = boton(pagina)["csrf_token"].value

    for malo, limpio in (("%2F%2Fevil.example", "evil.example"), ("%0D%0AX:1", "%0D%0AX%3A1")):
        lugar = navegador.post(f"{cosas['personas']}/consultar/{malo}", {"csrf_token": token}).location
        assert lugar.removeprefix("http://localhost") == f"{cosas['personas']}/{limpio}"
    navegador.post(f"{cosas['personas']}/consultar", status=400)
