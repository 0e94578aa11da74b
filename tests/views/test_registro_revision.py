"""When the register does not settle it: a button that says what follows, and a page that says how it goes."""

from typing import Any

import pytest
from ZODB import DB

from casilla.services import revision
from casilla.services.correspondencia import SOLICITUD_EN_REVISION
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.solicitantes import PADRON, cartas
from tests.views.registro import codigo, enviar, guardado, hasta, nombre

EN_REVISION = "Su solicitud está en revisión"


def palabras(pagina: Any) -> str:
    return " ".join(pagina.html.main.text.split())


def oferta(pagina: Any) -> Any:
    """The form with the button, None where it is not offered."""
    return next((f for f in pagina.forms.values() if f.action.endswith("/pedir-revision")), None)


def pedida(navegador: Navegador) -> Any:
    """The page of a request in review, of somebody for whom the register does not answer."""
    return oferta(enviar(hasta(navegador, "datos"), "99000013").follow()).submit().follow()


def decidir(base_de_datos: DB, pagina: Any, acto: Any, motivo: str = "Motivo de prueba") -> None:
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        solicitud = sitio.solicitudes[nombre(pagina)]
        acto(sitio, solicitud, motivo=motivo, actor="registro", ahora=solicitud.revision_desde)


@pytest.mark.parametrize(
    ("numero", "campos"),
    [("99000013", {}), ("99111111", {}), ("49083411", {"nombres": "Otra"}), ("20566118603", {"razon_social": "OTRA"})],
    ids=["no answer", "unknown", "other name", "a company with another name"],
)
def test_whoever_the_register_does_not_settle_may_ask_for_a_person(
    navegador: Navegador, base_de_datos: DB, numero: str, campos: dict[str, str]
) -> None:
    pagina = enviar(hasta(navegador, "datos", numero), numero, campos).maybe_follow()
    assert "Le responderemos a" in palabras(pagina)

    espera = oferta(pagina).submit().follow()

    assert espera.html.h1.text == EN_REVISION
    assert espera.html.select_one(".paso").text == "Paso 4 de 5"
    assert f"p{numero}@correo.example" in palabras(espera)
    assert guardado(base_de_datos, espera)["estado"] == "en-revision"
    with base_de_datos.transaction() as conexion:
        assert cartas(conexion.root()[RAIZ], SOLICITUD_EN_REVISION) == [(f"p{numero}@correo.example", 0)]


def test_a_minor_is_not_offered_it_nor_whoever_has_not_been_asked_about(navegador: Navegador) -> None:
    vacia = hasta(navegador, "datos")

    assert oferta(vacia) is None
    assert oferta(enviar(vacia, "99000012", {"nacimiento-ano": "1990"})) is None


def test_the_offer_stays_until_the_data_change(navegador: Navegador) -> None:
    pagina = enviar(hasta(navegador, "datos"), campos={"nombres": "OTRA"})

    assert oferta(navegador.get(pagina.request.path))
    corregida = enviar(pagina).follow()
    assert corregida.html.h1.text == "VERIFICACIÓN DE CORREO"
    assert oferta(navegador.get(pagina.request.path)) is None


def test_asking_twice_leads_to_the_same_page(navegador: Navegador) -> None:
    formulario = oferta(enviar(hasta(navegador, "datos"), "99000013").follow())

    for _ in range(2):
        assert formulario.submit().follow().html.h1.text == EN_REVISION


def test_in_review_every_other_page_leads_back_to_it(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = pedida(navegador)

    for otra in ("", "tipo", "datos", "espera", "verificacion", "listo"):
        vuelta = navegador.get(f"/registro/{nombre(pagina)}/{otra}").follow()
        assert vuelta.html.h1.text == EN_REVISION
    inicio = navegador.get("/registro")
    assert inicio.click("Ver mi solicitud").html.h1.text == EN_REVISION
    assert "Tiene un registro sin terminar" not in palabras(inicio)


def test_it_is_still_there_weeks_later_in_the_same_browser(navegador: Navegador, base_de_datos: DB, reloj: Any) -> None:
    pagina = pedida(navegador)
    galleta = next(c for c in navegador.cookiejar if c.name == "casilla_registro")
    assert galleta.expires - reloj() > 50 * 24 * 3600

    with base_de_datos.transaction() as conexion:
        solicitud = conexion.root()[RAIZ].solicitudes[nombre(pagina)]
        with solicitud.__parent__.recolocar(solicitud):
            solicitud.creada_en = solicitud.revision_desde = mundo.ENERO

    assert navegador.get(pagina.request.path).html.h1.text == EN_REVISION


def test_authorized_the_person_goes_on_with_a_code_of_another_day(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = pedida(navegador)
    decidir(base_de_datos, pagina, revision.autorizar)

    siguiente = navegador.get(pagina.request.path).follow()

    assert siguiente.html.h1.text == "VERIFICACIÓN DE CORREO"
    assert " del " in siguiente.html.main.select_one("p:not(.paso)").text
    siguiente.forms["formulario"]["codigo"] = codigo(siguiente)
    assert siguiente.forms["formulario"].submit().follow().request.path.endswith("/listo")
    with base_de_datos.transaction() as conexion:
        persona = conexion.root()[RAIZ].personas["1-99000013"]
        assert persona.verificado_por == revision.VERIFICADO_POR


def test_refused_the_person_reads_why_and_may_begin_again(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = pedida(navegador)
    decidir(base_de_datos, pagina, revision.denegar, "El documento está vencido")

    final = navegador.get(pagina.request.path)

    assert final.html.h1.text == "Su solicitud no fue autorizada"
    assert "El documento está vencido" in palabras(final)
    assert "INVENTADO" not in palabras(final)
    assert final.click("Empezar otro registro").request.path == "/registro/terminos"
    assert "sin terminar" not in palabras(navegador.get("/registro"))


def test_the_request_can_be_taken_back(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = pedida(navegador)

    inicio = pagina.forms[0].submit().follow()

    assert "Nadie la revisará" in palabras(inicio)
    with base_de_datos.transaction() as conexion:
        assert len(conexion.root()[RAIZ].solicitudes) == 0


def test_old_data_are_asked_about_before_a_person_is(navegador: Navegador) -> None:
    """Pressed on a page that stood open while the data were changed in another tab, too often to be asked about."""
    pagina = hasta(navegador, "datos")
    for letra in "ABCDE":
        vieja = enviar(pagina, campos={"nombres": f"INTENTO {letra}"})
    frenada = enviar(pagina, campos={"nombres": "INTENTO FINAL"}).follow()
    assert oferta(frenada) is None

    vuelta = oferta(vieja).submit().follow()

    assert "Pulse antes Continuar" in palabras(vuelta)


def test_a_foreigner_of_whom_no_register_knows_is_looked_at_by_a_person(
    navegador: Navegador, aplicacion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aplicacion.registry, "registros", {"1": PADRON})
    pagina = enviar(hasta(navegador, "datos"), "000999001").follow()

    assert oferta(pagina).submit().follow().html.h1.text == EN_REVISION
