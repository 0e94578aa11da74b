"""Publishing: a version more, a norm with its PDF, and nothing when nothing is new."""

from datetime import date, timedelta
from typing import Any

import pytest

from casilla.resources.contenido import Contenido, Version, huella_de
from casilla.resources.sitio import Sitio
from casilla.services.publicacion import OtraClase, publicados, publicar_norma, publicar_version
from tests import mundo

LUEGO = mundo.ENERO + timedelta(days=30)
DATOS: dict[str, Any] = {
    "tipo": "Directiva",
    "emisor": "Secretaría General",
    "fecha": date(2026, 2, 1),
    "ahora": LUEGO,
}


def test_a_new_version_is_in_force_and_the_old_one_stays(sitio: Sitio) -> None:
    texto = sitio.contenidos["terminos"]
    anterior = texto.vigente

    publicar_version(sitio, "terminos", "Términos", "Otros.", LUEGO, "1-40000001", "Son otros.")

    assert texto.vigente == Version(2, "Términos", "Otros.", huella_de("Términos", "Otros."), LUEGO, "Son otros.")
    assert Version(*texto.versiones[0]) == anterior
    assert texto.historia[-1] == ("version", "1-40000001", LUEGO, "2")
    assert texto.estado == "publicado"


def test_to_publish_what_is_in_force_changes_nothing(sitio: Sitio) -> None:
    texto = sitio.contenidos["terminos"]
    antes = texto.versiones, texto.historia

    publicar_version(sitio, "terminos", texto.vigente.titulo, texto.vigente.cuerpo, LUEGO, "prueba")

    assert (texto.versiones, texto.historia) == antes


def test_an_archived_text_comes_back_with_its_new_version(sitio: Sitio) -> None:
    sitio.contenidos["que-es"].pasar("archivar", "prueba", mundo.ENERO)

    publicar_version(sitio, "que-es", "¿Qué es?", "Un buzón.", LUEGO, "prueba")

    assert sitio.contenidos["que-es"] in publicados(sitio, "pregunta")


def test_a_version_of_nothing_is_refused(sitio: Sitio) -> None:
    with pytest.raises(KeyError):
        publicar_version(sitio, "no-existe", "Título", "Cuerpo.", LUEGO, "prueba")


def test_a_version_kept_before_there_were_notes_of_changes_can_be_read() -> None:
    contenido = Contenido("texto")
    contenido.versiones = ((1, "Título", "Cuerpo.", "huella", mundo.ENERO),)

    assert contenido.vigente.cambios == ""


def test_a_norm_comes_behind_all_others_and_keeps_its_pdf_when_it_is_published_again(sitio: Sitio) -> None:
    papel = mundo.archivo(sitio, mundo.pdf())
    norma = publicar_norma(sitio, "directiva", "Directiva", "Una.", actor="prueba", archivo=papel, **DATOS)

    otra_vez = publicar_norma(sitio, "directiva", "Directiva", "Otra.", actor="prueba", **DATOS)

    assert otra_vez is norma is publicados(sitio, "norma")[-1]
    assert norma.documento.huella == papel.huella
    assert norma.vigente.numero == 2
    assert [hecho for hecho, *_ in norma.historia] == ["borrador", "documento", "version", "publicado", "version"]


def test_a_norm_does_not_take_the_name_of_another_text(sitio: Sitio) -> None:
    with pytest.raises(OtraClase):
        publicar_norma(sitio, "terminos", "Directiva", "Una.", actor="prueba", **DATOS)

    assert sitio.contenidos["terminos"].clase == "texto"
