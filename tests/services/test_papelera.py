"""The bin of texts."""

from datetime import timedelta

import pytest
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.services.fundacion import RAIZ
from casilla.services.papelera import VIGENCIA, eliminar, en_papelera, recuperar, vaciar
from casilla.services.publicacion import NoSePuede, publicados, redactar
from casilla.services.verificacion import hallazgos
from tests import mundo

LUEGO = mundo.ENERO + timedelta(days=30)


def test_what_is_deleted_is_out_of_sight_and_comes_back_as_it_was(sitio: Sitio) -> None:
    contenido = sitio.contenidos["que-es"]
    antes = publicados(sitio, "pregunta", LUEGO)

    eliminar(contenido, "carla", LUEGO)

    assert contenido not in publicados(sitio, "pregunta", LUEGO)
    assert en_papelera(sitio) == [contenido]
    with pytest.raises(NoSePuede, match="papelera"):
        redactar(contenido, contenido.redaccion._replace(cuerpo="Otro."), "carla", LUEGO)
    with pytest.raises(NoSePuede):
        eliminar(contenido, "carla", LUEGO)
    recuperar(contenido, "carla", LUEGO)
    assert publicados(sitio, "pregunta", LUEGO) == antes
    with pytest.raises(NoSePuede):
        recuperar(contenido, "carla", LUEGO)


def test_after_thirty_days_it_is_gone(sitio: Sitio) -> None:
    eliminar(sitio.contenidos["que-es"], "carla", LUEGO)
    eliminar(sitio.contenidos["ley-31736"], "carla", LUEGO + timedelta(seconds=1))

    vaciar(sitio, LUEGO + VIGENCIA)

    assert [c.__name__ for c in en_papelera(sitio)] == ["ley-31736"]
    assert "que-es" not in sitio.contenidos


def test_what_the_program_needs_is_not_deleted(sitio: Sitio) -> None:
    with pytest.raises(NoSePuede):
        eliminar(sitio.contenidos["terminos"], "carla", LUEGO)


def test_the_pdf_of_a_norm_is_looked_at_with_all_other_files(base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        mundo.norma(sitio, "directiva", mundo.archivo(sitio, mundo.pdf()))
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert [queja for quejas in hallazgos(sitio) for queja in quejas] == []
        sitio.contenidos["directiva"].ultima.documento.huella = "0" * 64

        [queja] = [queja for quejas in hallazgos(sitio) for queja in quejas]

        assert "directiva, versión 1" in queja
