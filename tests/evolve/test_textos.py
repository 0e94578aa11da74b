"""Texts kept when type, date and category were said once for all versions, and letters had no words of their own."""

from datetime import date

from casilla.evolve.s20261123_textos_con_borrador import evolucionar
from casilla.resources.contenido import Contenido
from casilla.resources.sitio import Sitio
from tests import mundo


def como_antes(sitio: Sitio, nombre: str, **hechos: object) -> Contenido:
    """The text as the first release kept it."""
    contenido: Contenido = sitio.contenidos[nombre]
    contenido.versiones = tuple(version[:6] for version in contenido.versiones)
    vars(contenido).update(hechos)
    contenido._p_changed = True
    return contenido


def test_what_a_text_was_is_now_said_of_each_version_and_once_only(sitio: Sitio) -> None:
    norma = como_antes(sitio, "ley-31736", tipo="Ley", emisor="Congreso", fecha=date(2023, 5, 5), documento=None)
    pregunta = como_antes(sitio, "que-es", categoria="Registro")

    for _ in range(2):
        evolucionar(sitio)

        assert norma.vigente_en(mundo.ENERO)[6:11] == ("", "Ley", "", "Congreso", date(2023, 5, 5))
        assert pregunta.vigente_en(mundo.ENERO).categoria == "Registro"
        assert "tipo" not in vars(norma)


def test_a_text_that_is_missing_is_sown_and_one_that_was_edited_stays(sitio: Sitio) -> None:
    del sitio.contenidos["plazo"]
    sitio.contenidos["terminos"].agregar_version("Términos", "Otros.", mundo.ENERO)

    evolucionar(sitio)

    assert sitio.contenidos["plazo"].publico_en(mundo.ENERO)
    assert sitio.contenidos["terminos"].ultima.numero == 2
