"""The same document in somebody else's casilla is told before a deposit, by what makes it the same."""

from typing import Any

import pytest

from casilla.resources.sitio import Sitio
from casilla.services.lectura import anular
from casilla.services.repetidos import en_otras_casillas
from tests import mundo


def codigos(sitio: Sitio, destinatario: str = mundo.TOMAS, **cambios: Any) -> list[str]:
    return [n.codigo for n in en_otras_casillas(sitio, mundo.sobre(destinatario, 5, **cambios))]


@pytest.fixture
def de_nusta(sitio: Sitio) -> str:
    """The code of the fifth document, which is hers in the world."""
    [n] = sitio.personas[mundo.NUSTA].casilla
    return n.codigo


def test_it_is_found_whatever_its_capitals_and_blanks(sitio: Sitio, de_nusta: str) -> None:
    assert codigos(sitio) == [de_nusta]
    assert codigos(sitio, tipo="carta", numero="000005-2026-ogti", expediente=" ogt002025000005 ") == [de_nusta]


@pytest.mark.parametrize(
    "otra",
    [{"expediente": "OGT002025000009"}, {"tipo": "OFICIO"}, {"numero": "000006-2026-OGTI"}, {"dependencia": "Otra"}],
    ids=str,
)
def test_what_differs_in_one_of_them_is_another_document(sitio: Sitio, otra: dict[str, str]) -> None:
    assert codigos(sitio, **otra) == []


def test_ones_own_casilla_is_looked_at_elsewhere(sitio: Sitio) -> None:
    assert codigos(sitio, mundo.NUSTA) == []


def test_what_was_annulled_is_no_repetition(sitio: Sitio, de_nusta: str) -> None:
    anular(sitio, sitio.registro[de_nusta], motivo="error", actor="sgd", ahora=mundo.ENERO)

    assert codigos(sitio) == []


def test_a_document_for_many_is_told_three_times_the_newest_first(sitio: Sitio) -> None:
    hechas = [
        mundo.deposito(sitio, quien, n, numero="000005-2026-OGTI", expediente="OGT002025000005")
        for n, quien in ((61, mundo.ROSA), (62, mundo.ABIGAIL), (63, mundo.ROSA))
    ]
    mundo.al_dia(sitio)

    hallados = codigos(sitio)
    assert len(hallados) == 3
    assert set(hallados) <= {*(n.codigo for n in hechas), *(n.codigo for n in sitio.personas[mundo.NUSTA].casilla)}
