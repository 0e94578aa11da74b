"""Questions and their categories, moved one step at a time."""

import pytest

from casilla.resources.sitio import Sitio
from casilla.services.orden import mover, mover_categoria, por_categoria
from casilla.services.publicacion import de_clase
from tests import mundo


def categorias(sitio: Sitio) -> dict[str, list[str]]:
    todas = por_categoria(de_clase(sitio, "pregunta"), mundo.ENERO)
    return {categoria: [c.__name__ for c in contenidos] for categoria, contenidos in todas.items()}


def test_a_question_moves_among_those_of_its_category_only(sitio: Sitio) -> None:
    antes = categorias(sitio)
    primera, segunda, *resto = antes["Acceso"]

    assert mover(sitio, sitio.contenidos[segunda], -1, mundo.ENERO)

    assert categorias(sitio) == {**antes, "Acceso": [segunda, primera, *resto]}


@pytest.mark.parametrize(("cual", "pasos"), [(0, -1), (-1, 1)])
def test_the_first_does_not_go_up_nor_the_last_down(sitio: Sitio, cual: int, pasos: int) -> None:
    antes = categorias(sitio)

    assert not mover(sitio, sitio.contenidos[antes["Acceso"][cual]], pasos, mundo.ENERO)

    assert categorias(sitio) == antes


def test_a_category_moves_with_all_its_questions(sitio: Sitio) -> None:
    antes = categorias(sitio)
    nombres = list(antes)

    assert mover_categoria(sitio, "pregunta", nombres[2], -1, mundo.ENERO)

    assert list(categorias(sitio)) == [nombres[0], nombres[2], nombres[1], *nombres[3:]]
    assert categorias(sitio) == antes


def test_norms_move_too(sitio: Sitio) -> None:
    assert mover(sitio, sitio.contenidos["ley-31736"], 1, mundo.ENERO)

    assert [c.__name__ for c in de_clase(sitio, "norma")][:2] == ["tuo-ley-27444", "ley-31736"]
