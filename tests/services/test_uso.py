"""Counts of answers that served and of searches in vain: what is kept, how much of it, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest
import transaction
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.services.fundacion import RAIZ
from casilla.services.uso import (
    BUSQUEDAS,
    LETRAS,
    NoExiste,
    Voto,
    anotar,
    caducar,
    guardables,
    mes_de,
    mes_en_palabras,
    meses_guardados,
    resumen,
    votar,
)
from tests import mundo

# In Lima the year has not begun yet.
ANO_NUEVO = datetime(2027, 1, 1, 4, 59, tzinfo=UTC)


def test_answers_are_counted_by_question_and_month_of_lima(sitio: Sitio) -> None:
    for nombre, sirvio in (("que-es", True), ("que-es", True), ("que-es", False), ("como-me-registro", False)):
        votar(sitio, nombre, sirvio, ANO_NUEVO)
    votar(sitio, "que-es", True, ANO_NUEVO + timedelta(minutes=1))

    diciembre, enero = mes_de(ANO_NUEVO), mes_de(ANO_NUEVO) + 1
    assert [mes_en_palabras(m) for m in (diciembre, enero)] == ["diciembre de 2026", "enero de 2027"]
    assert resumen(sitio, [diciembre]).votos == (Voto("como-me-registro", 0, 1), Voto("que-es", 2, 1))
    assert [v.porcentaje for v in resumen(sitio, [diciembre]).votos] == [0, 67]
    assert resumen(sitio, [diciembre, enero]).votos[-1] == Voto("que-es", 3, 1)


@pytest.mark.parametrize("nombre", ["no-hay", "", "terminos", "ley-31736"])
def test_only_of_a_question_that_everybody_reads(sitio: Sitio, nombre: str) -> None:
    with pytest.raises(NoExiste):
        votar(sitio, nombre, True, mundo.ENERO)


@pytest.mark.parametrize(
    "buscado",
    [
        "40000001",
        "dni 4000 0001",
        "1-40000001",
        "20131370645",
        "rosa@correo.example",
        "rosa @ correo",
        "626-1600",
        "(01) 626.1600",
        "+51 987 654 321",
        "exp. 2026-0012345",
        "4,0,0,0,0,0,0,1",
        "4000_0001",
        "４００００００１",
        "no me llega " + "x" * LETRAS + " 40000001",
    ],
)
def test_what_may_be_somebodys_document_address_or_telephone_is_not_kept(buscado: str) -> None:
    assert guardables(buscado) == ""


@pytest.mark.parametrize(
    ("buscado", "palabras"),
    [
        ("  ¿Qué   es la UIT?\n", "¿que es la uit?"),
        ("Ley 29733, artículo 8", "ley 29733, articulo 8"),
        ("Año 2026", "ano 2026"),
        ("á" * 200, "a" * LETRAS),
        (" \x00 ", ""),
    ],
)
def test_words_are_counted_however_they_are_written_and_cut(buscado: str, palabras: str) -> None:
    assert guardables(buscado) == palabras


def test_a_month_keeps_so_many_searches_and_counts_the_rest(sitio: Sitio) -> None:
    anotar(sitio, {"multa": 2, **{f"b{n}": 1 for n in range(BUSQUEDAS - 1)}}, 0, mundo.ENERO)
    anotar(sitio, {"una más": 3, "multa": 1}, 2, mundo.ENERO)

    hallado = resumen(sitio, [mes_de(mundo.ENERO)])
    assert hallado.busquedas[0] == ("multa", 3)
    assert len(hallado.busquedas) == BUSQUEDAS
    assert hallado.sin_guardar == 5


def test_after_twelve_months_the_counts_are_thrown_away(sitio: Sitio) -> None:
    anotar(sitio, {"multa": 1}, 0, mundo.ENERO)
    enero, ultimo_dia = mes_de(mundo.ENERO), datetime(2027, 1, 1, 4, 59, tzinfo=UTC)

    caducar(sitio, ultimo_dia)
    assert enero in sitio.uso.meses and enero in meses_guardados(ultimo_dia)
    caducar(sitio, ultimo_dia + timedelta(minutes=1))
    assert enero not in sitio.uso.meses and enero not in meses_guardados(ultimo_dia + timedelta(minutes=1))


def test_two_who_answer_at_once_do_not_fight(base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        for nombre in ("que-es", "como-me-registro"):
            votar(conexion.root()[RAIZ], nombre, True, mundo.ENERO)
    unos = [transaction.TransactionManager(explicit=False) for _ in range(2)]
    sitios = [base_de_datos.open(uno).root()[RAIZ] for uno in unos]

    for sitio in sitios:
        votar(sitio, "que-es", True, mundo.ENERO)
        votar(sitio, "como-me-registro", False, mundo.ENERO) if sitio is sitios[0] else None
    for uno in unos:
        uno.commit()

    with base_de_datos.transaction() as conexion:
        votos = resumen(conexion.root()[RAIZ], [mes_de(mundo.ENERO)]).votos
    for sitio in sitios:
        sitio._p_jar.close()
    assert votos == (Voto("como-me-registro", 1, 1), Voto("que-es", 3, 0))
