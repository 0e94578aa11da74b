"""The daily summary: one a day at most, in the morning, and only to those who asked and have something to read."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casilla.mail.redaccion import NoCorresponde, redactar
from casilla.resources.salida import Carta
from casilla.resources.sitio import Sitio
from casilla.services import resumen
from casilla.services.correspondencia import RESUMEN_DIARIO
from casilla.services.cuenta import CasillaCerrada, pedir_discretos
from casilla.services.lectura import anular, leer
from casilla.services.resumen import cancelar, preparar, suscribir
from tests import mundo

MANANA = datetime(2026, 1, 24, 12, 0, tzinfo=UTC)  # 07:00 in Lima
DIA = timedelta(days=1)


@pytest.fixture
def con_rosa(sitio: Sitio) -> Sitio:
    suscribir(sitio, sitio.usuarios[mundo.ROSA], mundo.ENERO)
    return sitio


def cartas(sitio: Sitio) -> list[Carta]:
    return [carta for _, carta in sitio.salida if carta.clase == RESUMEN_DIARIO]


def texto(sitio: Sitio, carta: Carta) -> str:
    mensaje = redactar(
        carta,
        publica=lambda *camino: "/".join(("https://casilla.example", *camino)),
        secreto=mundo.SECRETO,
        institucion=sitio.institucion,
    )
    return f"{mensaje.subject}\n{mensaje.body.data}"


def test_each_morning_brings_one_letter_and_no_second(con_rosa: Sitio) -> None:
    for hora in (0, 0, 1, 4, 20):
        assert preparar(con_rosa, MANANA + timedelta(hours=hora)) is False

    assert [(c.para, c.creada_en) for c in cartas(con_rosa)] == [("rosa@correo.example", MANANA)]
    preparar(con_rosa, MANANA + DIA)
    assert len(cartas(con_rosa)) == 2


@pytest.mark.parametrize("hora", [-1, 5, 12])
def test_it_is_a_thing_of_the_morning_in_lima(con_rosa: Sitio, hora: int) -> None:
    preparar(con_rosa, MANANA + timedelta(hours=hora))

    assert cartas(con_rosa) == []


def test_who_has_nothing_to_read_gets_nothing_that_day(sitio: Sitio) -> None:
    suscribir(sitio, sitio.usuarios[mundo.TOMAS], mundo.ENERO)
    preparar(sitio, MANANA)
    mundo.deposito(sitio, mundo.TOMAS, 9, ahora=MANANA + timedelta(hours=1))
    preparar(sitio, MANANA + timedelta(hours=2))

    assert cartas(sitio) == []


def test_who_did_not_ask_gets_none(con_rosa: Sitio) -> None:
    preparar(con_rosa, MANANA)

    assert {carta.para for carta in cartas(con_rosa)} == {"rosa@correo.example"}


def test_asking_again_on_the_same_day_brings_no_second(con_rosa: Sitio) -> None:
    preparar(con_rosa, MANANA)
    cancelar(con_rosa, con_rosa.usuarios[mundo.ROSA])
    suscribir(con_rosa, con_rosa.usuarios[mundo.ROSA], MANANA)
    preparar(con_rosa, MANANA + timedelta(hours=1))

    assert len(cartas(con_rosa)) == 1


def test_turns_are_given_a_few_at_a_time_and_each_once(sitio: Sitio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resumen, "TANDA", 1)
    for quien in (mundo.ROSA, mundo.NUSTA, mundo.TOMAS):
        suscribir(sitio, sitio.usuarios[quien], mundo.ENERO)

    rondas = 1
    while preparar(sitio, MANANA):
        rondas += 1

    assert rondas == 4
    assert sorted(carta.para for carta in cartas(sitio)) == ["nusta@correo.example", "rosa@correo.example"]
    preparar(sitio, MANANA)
    assert len(cartas(sitio)) == 2


def test_it_names_what_is_unread_and_what_ends_soon_and_says_no_more(con_rosa: Sitio) -> None:
    leida = mundo.deposito(con_rosa, mundo.ROSA, 20, ahora=MANANA - timedelta(days=10), plazo=10)
    leer(con_rosa, leida, actor=mundo.ROSA, ahora=MANANA)
    assert leida.vence == date(2026, 1, 28)
    preparar(con_rosa, MANANA)

    dicho = texto(con_rosa, cartas(con_rosa)[0])

    assert dicho.startswith("Resumen de su casilla: 3 notificaciones sin leer\n")
    assert "CARTA 000003-2026-OGTI: depositada el 23 de enero de 2026, vence el viernes 13 de febrero de 2026" in dicho
    assert "Plazos que vencen en los próximos siete días" in dicho
    assert "CARTA 000020-2026-OGTI: vence el miércoles 28 de enero de 2026" in dicho
    assert "CARTA 000004-2026-OGTI" not in dicho  # read, and its term is far
    assert "https://casilla.example/cuenta/avisos" in dicho
    assert "Respuesta a su solicitud" not in dicho


def test_a_discreet_one_only_counts(con_rosa: Sitio) -> None:
    pedir_discretos(con_rosa.usuarios[mundo.ROSA], True, MANANA)
    preparar(con_rosa, MANANA)

    dicho = texto(con_rosa, cartas(con_rosa)[0])

    assert "sin leer en su Casilla" in dicho
    assert "CARTA" not in dicho


def test_what_was_annulled_falls_due_no_more(con_rosa: Sitio) -> None:
    anulada = mundo.deposito(con_rosa, mundo.ROSA, 20, ahora=MANANA - timedelta(days=10), plazo=10)
    anular(con_rosa, anulada, motivo="Error", actor="sgd", ahora=MANANA)

    assert resumen.resumen(con_rosa.personas[mundo.ROSA].casilla, date(2026, 1, 24)).por_vencer == ()


def test_a_long_list_is_cut_and_counted(sitio: Sitio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resumen, "MUESTRA", 2)
    suscribir(sitio, sitio.usuarios[mundo.ROSA], mundo.ENERO)
    preparar(sitio, MANANA)

    assert "Y una más antigua." in texto(sitio, cartas(sitio)[0])


def test_what_was_read_before_the_letter_left_is_not_announced(con_rosa: Sitio) -> None:
    preparar(con_rosa, MANANA)
    for notificacion in con_rosa.personas[mundo.ROSA].casilla:
        leer(con_rosa, notificacion, actor=mundo.ROSA, ahora=MANANA)

    with pytest.raises(NoCorresponde, match="nada sin leer"):
        texto(con_rosa, cartas(con_rosa)[0])


def test_a_letter_that_waited_until_the_next_ones_does_not_leave(con_rosa: Sitio) -> None:
    preparar(con_rosa, MANANA)
    vieja = cartas(con_rosa)[0]
    preparar(con_rosa, MANANA + DIA)

    with pytest.raises(NoCorresponde, match="más nuevo"):
        texto(con_rosa, vieja)


def test_who_wants_no_more_gets_not_even_the_one_that_waits(con_rosa: Sitio) -> None:
    preparar(con_rosa, MANANA)
    cancelar(con_rosa, con_rosa.usuarios[mundo.ROSA])

    with pytest.raises(NoCorresponde):
        texto(con_rosa, cartas(con_rosa)[0])


def test_a_closed_casilla_gets_none(con_rosa: Sitio) -> None:
    con_rosa.personas[mundo.NUSTA].casilla.cerrada_en = MANANA

    with pytest.raises(CasillaCerrada):
        suscribir(con_rosa, con_rosa.usuarios[mundo.NUSTA], MANANA)


def test_years_of_summaries_do_not_grow_the_store(con_rosa: Sitio) -> None:
    suscripcion = con_rosa.resumenes[mundo.ROSA]
    for dias in range(60):
        suscripcion.anotar("resumen-diario:enviado", "cartero", MANANA + dias * DIA)

    assert len(suscripcion.historia) == 20
    assert suscripcion.historia[-1][2] == MANANA + 59 * DIA
