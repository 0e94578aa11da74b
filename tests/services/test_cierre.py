"""Closing a casilla: nothing comes in after, and what was there stays."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import transaction
from ZODB import DB
from ZODB.POSException import ConflictError

from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services.acceso import AccesoNegado
from casilla.services.cierre import cerrar, con_plazo, sin_leer
from casilla.services.correspondencia import CASILLA_CERRADA
from casilla.services.cuenta import CasillaCerrada
from casilla.services.deposito import DestinatarioSinCasilla
from casilla.services.documentos import Archivo
from casilla.services.fundacion import RAIZ
from tests import mundo

PAPEL = mundo.pdf()


def imprimir(sitio: Sitio) -> Callable[[Usuario], Archivo]:
    return lambda usuario: mundo.archivo(sitio, PAPEL, "constancia-de-cierre.pdf")


def cerrada(sitio: Sitio, clave: str = mundo.CLAVE) -> Usuario:
    rosa = sitio.usuarios[mundo.ROSA]
    cerrar(sitio, rosa, clave, ahora=mundo.ENERO, costo=mundo.COSTO, imprimir=imprimir(sitio))
    return rosa


def test_a_closed_casilla_takes_nothing_more_and_keeps_what_it_had(sitio: Sitio) -> None:
    antes = len(list(sitio.personas[mundo.ROSA].casilla))

    rosa = cerrada(sitio)

    assert rosa.persona.casilla.cerrada_en == mundo.ENERO
    with pytest.raises(DestinatarioSinCasilla):
        mundo.deposito(sitio, mundo.ROSA, 90)
    assert len(list(rosa.persona.casilla)) == antes
    assert rosa.cierre.bytes() == PAPEL
    assert [(c.para, c.sobre) for _, c in sitio.salida if c.clase == CASILLA_CERRADA] == [("rosa@correo.example", rosa)]


def test_it_is_closed_once_and_only_with_the_password(sitio: Sitio) -> None:
    with pytest.raises(AccesoNegado):
        cerrada(sitio, "Otra-clave-9")
    assert sitio.personas[mundo.ROSA].casilla.cerrada_en is None
    cerrada(sitio)
    with pytest.raises(CasillaCerrada):
        cerrada(sitio)


def test_a_repeated_deposit_still_gives_the_first_answer(sitio: Sitio) -> None:
    """The sender asks again because it lost the answer, not because it has something new."""
    primera = mundo.deposito(sitio, mundo.ROSA, 91)
    cerrada(sitio)

    with pytest.raises(DestinatarioSinCasilla):
        mundo.deposito(sitio, mundo.ROSA, 92)
    assert sitio.registro[primera.codigo] is primera


def test_what_is_open_is_told(sitio: Sitio) -> None:
    casilla = sitio.personas[mundo.ROSA].casilla

    assert {fila.numero for fila in sin_leer(casilla)} == {f"{n:06}-2026-OGTI" for n in (1, 2, 3)}
    [leida] = con_plazo(casilla, mundo.ENERO.date())
    assert leida.numero == "000004-2026-OGTI"
    assert leida.vence is not None
    assert list(con_plazo(casilla, leida.vence)) == [leida]
    assert list(con_plazo(casilla, leida.vence + timedelta(days=1))) == []
    assert list(con_plazo(casilla, date(2030, 1, 1))) == []


@pytest.mark.parametrize("primero", ["deposito", "cierre"])
def test_a_deposit_and_a_closing_that_meet_do_not_both_pass_unseen(base_de_datos: DB, primero: str) -> None:
    """Who commits first wins. The deposit that comes second runs again, and finds the casilla closed."""
    una, otra = (base_de_datos.open(transaction.TransactionManager(explicit=False)) for _ in range(2))
    depositante, dueno = una.root()[RAIZ], otra.root()[RAIZ]
    mundo.deposito(depositante, mundo.ROSA, 93)
    cerrada(dueno)
    if primero == "cierre":
        otra.transaction_manager.commit()
        with pytest.raises(ConflictError):
            una.transaction_manager.commit()
        una.transaction_manager.abort()
        with pytest.raises(DestinatarioSinCasilla):
            mundo.deposito(depositante, mundo.ROSA, 93)
    else:
        una.transaction_manager.commit()
        otra.transaction_manager.commit()
        assert "000093-2026-OGTI" in {fila.numero for fila in sin_leer(dueno.personas[mundo.ROSA].casilla)}
    for conexion in (una, otra):
        conexion.transaction_manager.abort()
        conexion.close()
