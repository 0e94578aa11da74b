"""What a sender may ask and follow."""

from casilla.resources.sitio import Sitio
from casilla.services.eventos import eventos_desde
from casilla.services.lectura import leer
from tests import mundo
from tests.api.sgd import Sgd


def test_whoever_has_a_casilla_is_affiliated_since_a_date(sgd: Sgd) -> None:
    assert sgd.get(f"/casillas/{mundo.ROSA}").json == {
        "afiliado": True,
        "desde": "2026-01-23T10:11:16-05:00",
        "avisos": "ok",
    }
    assert sgd.get("/casillas/1-99999999").json == {"afiliado": False}
    assert sgd.get("/casillas/%FF%00").status_int == 400


def test_the_feed_gives_each_event_once_and_then_only_what_is_new(sgd: Sgd) -> None:
    vistos, cursor = [], ""
    while pagina := sgd.get(f"/eventos?desde={cursor}&limite=2").json:
        vistos += [evento["id"] for evento in pagina["eventos"]]
        if not pagina["eventos"]:
            break
        cursor = pagina["siguiente"]

    assert len(vistos) == len(set(vistos)) == 6  # five deposits and a reading
    nuevo = sgd.depositar(mundo.pdf()).json["codigo"]
    siguientes = sgd.get(f"/eventos?desde={cursor}").json["eventos"]
    assert [(e["tipo"], e["notificacion"]) for e in siguientes] == [("depositado", nuevo)]


def test_a_cursor_or_limit_that_is_none_is_refused(sgd: Sgd) -> None:
    for consulta in (
        "desde=hola",
        "desde=%C3%B1",
        "desde=////",
        "limite=0",
        "limite=1001",
        "limite=x",
        "limite=%C2%B2",
    ):
        assert sgd.get(f"/eventos?{consulta}").json["codigo"] == "datos-invalidos"


def test_an_event_with_an_earlier_time_that_commits_later_is_not_skipped(sitio: Sitio) -> None:
    _, cursor = eventos_desde(sitio, "", 100)
    tardia = next(n for n in sitio.personas[mundo.ROSA].casilla if n.estado == "depositado")

    leer(sitio, tardia, actor=mundo.ROSA, ahora=mundo.ENERO.replace(year=2020))

    eventos, _ = eventos_desde(sitio, cursor, 100)
    assert [(e.tipo, e.notificacion) for e in eventos] == [("leido", tardia.codigo)]
