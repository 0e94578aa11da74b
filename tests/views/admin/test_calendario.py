"""The calendar at /admin/calendario: seen by year, edited with a norm, and nothing certified changed by it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from casilla.resources.sitio import Sitio
from casilla.services.calendario import calendario_al
from casilla.services.fundacion import RAIZ
from casilla.services.horas import LIMA, fecha_con_dia
from tests import mundo
from tests.conftest import Navegador

SIGUIENTE = datetime.now(LIMA).year + 1
NAVIDAD = date(SIGUIENTE, 12, 25)


def habil_de(mes: int, anio: int = SIGUIENTE) -> date:
    """A day of that month on which people work: no Saturday, no Sunday, and in the middle, where no holiday is."""
    return next(dia for n in range(13, 20) if (dia := date(anio, mes, n)).weekday() < 5)


@pytest.fixture
def administrador(navegador: Navegador) -> Navegador:
    navegador.entrar_al_modulo("administrador")
    return navegador


def abrir(navegador: Navegador) -> Sitio:
    return navegador.base_de_datos.open().root()[RAIZ]


def llenar(formulario: Any, dia: date, nombre: str = "No laborable", base: str = "DS 1") -> Any:
    formulario["dia-dia"], formulario["dia-mes"], formulario["dia-ano"] = str(dia.day), str(dia.month), str(dia.year)
    formulario["nombre"], formulario["base"] = nombre, base
    return formulario


def agregar(navegador: Navegador, dia: date, **datos: str) -> Any:
    """Add a day; if terms under way reach it, knowingly."""
    pagina = llenar(navegador.get("/admin/calendario/agregar").forms["formulario"], dia, **datos).submit()
    return (pagina if pagina.status_int == 303 else pagina.forms["formulario"].submit()).follow()


def fila(pagina: Any, dia: date) -> str:
    filas = pagina.html.select("table")[0].select("tbody tr")
    return next(" ".join(tr.text.split()) for tr in filas if tr.th.text == fecha_con_dia(dia))


def ultimo_asiento(navegador: Navegador) -> Any:
    return next(abrir(navegador).auditoria.hacia_atras())


def test_the_year_shows_each_holiday_with_its_norm(administrador: Navegador) -> None:
    pagina = administrador.get("/admin/calendario?anio=2026")

    texto = " ".join(pagina.html.main.text.split())
    assert pagina.html.h1.text == "Calendario de 2026"
    assert "248 días hábiles" in texto
    assert "miércoles 9 de diciembre de 2026 Batalla de Ayacucho Feriado nacional Ley N.° 31381" in texto
    assert "domingo 5 de abril de 2026 Domingo de Resurrección Feriado nacional Es domingo, que ya no cuenta" in texto
    assert "Todo el día" in texto


def test_years_are_walked_by_links_and_end(administrador: Navegador) -> None:
    pagina = administrador.get("/admin/calendario")

    assert pagina.click("Año siguiente").html.h1.text == f"Calendario de {SIGUIENTE}"
    assert administrador.get("/admin/calendario?anio=2023").html.find("a", rel="prev") is None
    ultimo = SIGUIENTE - 1 + 10
    assert administrador.get(f"/admin/calendario?anio={ultimo}").html.find("a", rel="next") is None
    for raro in ("2022", str(ultimo + 1), "hoy", "-1", "²026"):
        assert administrador.get("/admin/calendario", {"anio": raro}).html.h1.text == pagina.html.h1.text


def test_a_day_is_added_with_its_norm_and_leaves_an_entry(administrador: Navegador) -> None:
    dia = habil_de(5)

    pagina = agregar(administrador, dia, nombre="Día del distrito", base="Ordenanza 7")

    assert pagina.html.h1.text == f"Calendario de {SIGUIENTE}"
    assert "Día del distrito Día no laborable Ordenanza 7" in fila(pagina, dia)
    assert "no se cuenta en los plazos, para lo que se deposite desde las" in pagina.html.find(class_="aviso").text
    asiento = ultimo_asiento(administrador)
    assert (asiento.acto, asiento.sobre) == ("editar", f"calendario/{dia}")
    assert (asiento.antes, asiento.despues) == ("", "Día no laborable: Día del distrito. Ordenanza 7")


def test_the_time_from_which_a_change_holds_is_exact_where_it_is_made_and_among_the_changes(
    administrador: Navegador,
) -> None:
    pagina = agregar(administrador, habil_de(5))

    rige = abrir(administrador).calendario.dias[0][0].astimezone(LIMA)
    assert (rige.second, rige.microsecond) == (0, 0)
    assert f"para lo que se deposite desde las {rige:%H:%M}." in pagina.html.find(class_="aviso").text
    assert pagina.html.find("td", {"data-etiqueta": "Rige desde"}).text.endswith(f", {rige:%H:%M}")


def test_what_was_declared_is_taken_back_with_a_reason(administrador: Navegador) -> None:
    dia = habil_de(5)
    formulario = agregar(administrador, dia).click("Retirar").forms["formulario"]

    assert "Escriba la base legal" in formulario.submit().html.find(class_="resumen-error").text
    formulario["base"] = "Se derogó"
    pagina = formulario.submit().follow()

    assert fecha_con_dia(dia) not in pagina.html.table.text
    assert "se retiró lo declarado" in pagina.html.select("table")[1].select_one("tbody tr").text
    assert ultimo_asiento(administrador).antes == "No laborable. DS 1"


def test_a_holiday_is_declared_working_and_taken_back(administrador: Navegador) -> None:
    dia = next(d for d in (date(SIGUIENTE, 12, 8), date(SIGUIENTE, 12, 9)) if d.weekday() < 5)
    formulario = administrador.get(f"/admin/calendario/habil?dia={dia}").forms["formulario"]
    formulario["base"] = "Ley de emergencia"

    pagina = formulario.submit().follow()

    assert "Feriado declarado hábil Ley de emergencia" in fila(pagina, dia)
    assert calendario_al(abrir(administrador), None).es_habil(dia)
    retiro = administrador.get(f"/admin/calendario/retirar?dia={dia}").forms["formulario"]
    retiro["base"] = "Se derogó"
    assert "Feriado nacional" in fila(retiro.submit().follow(), dia)


@pytest.mark.parametrize(
    "dia, porque",
    [(date(2026, 1, 5), "ya pasó"), (date(SIGUIENTE + 50, 3, 3), "hasta el año"), (NAVIDAD, "ya no")],
)
def test_a_day_that_cannot_be_added_says_why_and_keeps_what_was_typed(
    administrador: Navegador, dia: date, porque: str
) -> None:
    """At once, though terms under way reach the day: nobody is asked to confirm what cannot be."""
    assert abrir(administrador).seguimiento.por_vencer
    pagina = llenar(administrador.get("/admin/calendario/agregar").forms["formulario"], dia).submit()

    assert porque in pagina.html.find(class_="resumen-error").text
    assert pagina.forms["formulario"]["nombre"].value == "No laborable"
    assert abrir(administrador).calendario.dias == ()


def test_whoever_adds_a_day_is_first_told_how_many_terms_under_way_reach_it(administrador: Navegador) -> None:
    with administrador.base_de_datos.transaction() as conexion:
        sitio, hoy = conexion.root()[RAIZ], datetime.now(UTC)
        n = mundo.deposito(sitio, mundo.TOMAS, 40, ahora=hoy, plazo=600)
        mundo.al_dia(sitio, hoy.astimezone(LIMA).date())
        assert n.vence > habil_de(5)

    pagina = llenar(administrador.get("/admin/calendario/agregar").forms["formulario"], habil_de(5)).submit()

    assert "1 plazo en curso vence el" in pagina.html.find(class_="resumen-error").text
    assert abrir(administrador).calendario.dias == ()
    assert pagina.forms["formulario"].submit().follow().html.h1.text == f"Calendario de {SIGUIENTE}"


def test_office_hours_are_set_changed_and_taken_away(administrador: Navegador) -> None:
    def poner(abre: str, cierra: str) -> Any:
        formulario = administrador.get("/admin/calendario/horario").forms["formulario"]
        formulario["abre"], formulario["cierra"], formulario["base"] = abre, cierra, "RM 1"
        return formulario.submit()

    assert "De 08:30 a 16:30" in poner("8.30", "16:30").follow()
    assert ultimo_asiento(administrador).despues == "De 08:30 a 16:30. RM 1"
    for abre, cierra, dice in (
        ("16:30", "8:30", "debe ser posterior"),
        ("8:30", "", "Escriba las dos horas"),
        ("", "8:30", "Escriba las dos horas"),
        ("25:00", "26:00", "por ejemplo 08:30"),
    ):
        assert dice in poner(abre, cierra).html.find(class_="resumen-error").text
    assert "Todo el día" in poner("", "").follow()


def test_of_two_who_edit_at_once_the_second_is_told_and_nothing_is_lost(administrador: Navegador) -> None:
    primero, segundo = (administrador.get("/admin/calendario/agregar").forms["formulario"] for _ in range(2))
    llenar(primero, habil_de(5), nombre="El del primero").submit().follow()

    avisada = llenar(segundo, habil_de(6), nombre="El del segundo").submit()

    assert "Otra persona guardó cambios" in avisada.html.find(class_="resumen-error").text
    assert "El del primero" in avisada.html.find("section", {"aria-labelledby": "presentes"}).text
    assert avisada.forms["formulario"]["nombre"].value == "El del segundo"
    assert "El del segundo" in avisada.forms["formulario"].submit().follow()


@pytest.mark.parametrize("nombre", ["auditor", "notificador"])
def test_who_sees_it_finds_nothing_to_change(navegador: Navegador, nombre: str) -> None:
    navegador.entrar_al_modulo(nombre)

    pagina = navegador.get(f"/admin/calendario?anio={SIGUIENTE}")

    assert "Navidad del Señor" in pagina
    assert pagina.html.main.select(".btn") == [] and pagina.html.table.select("a") == []
    for acto in ("agregar", "horario", f"habil?dia={NAVIDAD}"):
        navegador.get(f"/admin/calendario/{acto}", status=403)


@pytest.mark.parametrize("cola", ["habil", "habil?dia=ayer", "retirar?dia=2026-01-02", f"habil?dia={habil_de(5)}"])
def test_an_act_about_no_day_is_not_found(administrador: Navegador, cola: str) -> None:
    administrador.get(f"/admin/calendario/{cola}", status=404)


def test_a_change_recomputes_nothing_already_certified(navegador: Navegador) -> None:
    """The same page, tray and constancia before and after; what is deposited later follows the new calendar."""
    with navegador.base_de_datos.transaction() as conexion:
        sitio, hace_poco = conexion.root()[RAIZ], datetime.now(UTC) - timedelta(minutes=2)
        n = mundo.deposito(sitio, mundo.TOMAS, 40, ahora=hace_poco, plazo=300)
        n.pasar("leer", mundo.TOMAS, hace_poco)
        url, vence, desde, constancia = (
            f"/casilla/{n.__parent__.__name__}",
            n.vence,
            n.computo_desde,
            n.constancia.huella,
        )
        primero = abrir(navegador).calendario
        assert primero.dias == ()
    antes = _lo_que_ve(navegador, url, n.__name__)
    assert "quedan 300 días hábiles" in antes[0]

    navegador.entrar_al_modulo("administrador")
    for mes in (3, 5, 9):
        agregar(navegador, habil_de(mes))

    assert _lo_que_ve(navegador, url, n.__name__) == antes
    with navegador.base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        n = sitio.registro[n.codigo]
        assert (n.vence, n.computo_desde, n.constancia.huella) == (vence, desde, constancia)
        luego = datetime.now(UTC) + timedelta(minutes=2)
        assert calendario_al(sitio, luego).computo(luego, 300).vence > vence


def _lo_que_ve(navegador: Navegador, url: str, numero: str) -> tuple[str, ...]:
    navegador.entrar(mundo.TOMAS)
    pagina = navegador.get(f"{url}/{numero}")
    plazo = next(s for s in pagina.html.select("main section, main div, main dl") if "quedan" in s.text)
    return " ".join(plazo.text.split()), navegador.get(f"{url}/{numero}/constancia").body.hex()
