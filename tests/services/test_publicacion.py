"""Publishing: drafts that touch nothing, a version more, one that comes by itself, and nothing when nothing is new."""

from datetime import timedelta

import pytest

from casilla.resources.contenido import Contenido, Redaccion, Version, huella_de
from casilla.resources.sitio import Sitio
from casilla.services.publicacion import (
    NoSePuede,
    archivar,
    cancelar,
    crear,
    descartar,
    nombre_libre,
    publicados,
    publicar,
    publicar_version,
    redactar,
    restaurar,
)
from tests import mundo

DIA = timedelta(days=1)
LUEGO = mundo.ENERO + 30 * DIA
CARLA = "carla"


def borrador(sitio: Sitio, nombre: str, cuerpo: str = "Otro cuerpo.") -> Contenido:
    """A published text of the world with a draft."""
    contenido: Contenido = sitio.contenidos[nombre]
    redactar(contenido, contenido.redaccion._replace(cuerpo=cuerpo), CARLA, LUEGO)
    return contenido


def test_a_new_version_is_in_force_and_the_old_one_stays(sitio: Sitio) -> None:
    texto = sitio.contenidos["terminos"]
    anterior = texto.ultima

    publicar_version(sitio, "terminos", "Términos", "Otros.", LUEGO, "1-40000001", "Son otros.")

    assert texto.ultima == Version(2, "Términos", "Otros.", huella_de("Términos", "Otros."), LUEGO, "Son otros.")
    assert Version(*texto.versiones[0]) == anterior
    assert texto.historia[-1] == ("version", "1-40000001", LUEGO, "2")
    assert texto.estado == "publicado"


def test_to_publish_what_is_in_force_changes_nothing(sitio: Sitio) -> None:
    texto = sitio.contenidos["terminos"]
    antes = texto.versiones, texto.historia

    publicar_version(sitio, "terminos", texto.ultima.titulo, texto.ultima.cuerpo, LUEGO, "prueba")

    assert (texto.versiones, texto.historia) == antes


def test_an_archived_text_comes_back_with_its_new_version(sitio: Sitio) -> None:
    archivar(sitio.contenidos["que-es"], CARLA, mundo.ENERO + DIA)
    assert sitio.contenidos["que-es"] not in publicados(sitio, "pregunta", LUEGO)

    publicar_version(sitio, "que-es", "¿Qué es?", "Un buzón.", LUEGO, "prueba")

    assert sitio.contenidos["que-es"] in publicados(sitio, "pregunta", LUEGO)


def test_an_archived_text_may_come_back_as_it_was(sitio: Sitio) -> None:
    contenido = sitio.contenidos["que-es"]
    archivar(contenido, CARLA, LUEGO)

    publicar(contenido, CARLA, LUEGO + DIA)

    assert contenido.publico_en(LUEGO + DIA)
    assert len(contenido.versiones) == 1


def test_a_version_of_nothing_is_refused(sitio: Sitio) -> None:
    with pytest.raises(KeyError):
        publicar_version(sitio, "no-existe", "Título", "Cuerpo.", LUEGO, "prueba")


def test_a_version_kept_before_there_were_notes_of_changes_can_be_read() -> None:
    contenido = Contenido("texto")
    contenido.versiones = ((1, "Título", "Cuerpo.", "huella", mundo.ENERO),)

    assert contenido.ultima.cambios == ""


def test_a_draft_touches_nothing_that_is_in_force(sitio: Sitio) -> None:
    antes = sitio.contenidos["terminos"].vigente_en(LUEGO)

    contenido = borrador(sitio, "terminos")

    assert contenido.vigente_en(LUEGO) == contenido.ultima == antes
    assert contenido.redaccion.cuerpo == "Otro cuerpo."
    descartar(contenido, CARLA, LUEGO)
    assert contenido.redaccion == antes.redaccion


def test_a_new_text_is_nobodys_to_read_before_it_is_published(sitio: Sitio) -> None:
    nueva = crear(sitio, "pregunta", "nueva", Redaccion("¿Nueva?", "Sí.", categoria="Acceso"), CARLA, LUEGO)
    assert nueva not in publicados(sitio, "pregunta", LUEGO)
    with pytest.raises(NoSePuede):
        descartar(nueva, CARLA, LUEGO)

    publicar(nueva, CARLA, LUEGO)

    assert publicados(sitio, "pregunta", LUEGO)[-1] is nueva
    with pytest.raises(NoSePuede):
        crear(sitio, "pregunta", "nueva", Redaccion("¿Otra?", "No."), CARLA, LUEGO)


def test_a_version_on_a_date_comes_into_force_by_itself_at_that_moment(sitio: Sitio) -> None:
    contenido = borrador(sitio, "terminos")
    desde = LUEGO + DIA

    publicar(contenido, CARLA, LUEGO, desde=desde)

    un_rato_antes = desde - timedelta(microseconds=1)
    assert contenido.vigente_en(un_rato_antes).numero == 1
    assert contenido.vigente_en(desde) == contenido.ultima
    assert contenido.programada(un_rato_antes) == contenido.ultima
    assert contenido.programada(desde) is None


def test_a_new_text_on_a_date_is_read_from_that_moment_and_its_history_tells_it_with_the_next_act(sitio: Sitio) -> None:
    nueva = crear(sitio, "norma", "nueva", Redaccion("Ley", "Dice."), CARLA, LUEGO)
    publicar(nueva, CARLA, LUEGO, desde=LUEGO + DIA)
    assert [nueva.estado_en(LUEGO), nueva.estado_en(LUEGO + DIA)] == ["borrador", "publicado"]

    archivar(nueva, CARLA, LUEGO + 2 * DIA)

    assert nueva.cuando("publicado") == LUEGO + DIA
    assert nueva.estado_en(LUEGO + 3 * DIA) == "archivado"


def test_an_archived_text_comes_back_on_a_date_although_its_words_are_the_same(sitio: Sitio) -> None:
    contenido = sitio.contenidos["que-es"]
    archivar(contenido, CARLA, LUEGO)

    publicar(contenido, CARLA, LUEGO, desde=LUEGO + DIA)

    assert [contenido.publico_en(LUEGO), contenido.publico_en(LUEGO + DIA)] == [False, True]


def test_while_a_version_is_to_come_there_is_no_other(sitio: Sitio) -> None:
    contenido = borrador(sitio, "que-es")
    publicar(contenido, CARLA, LUEGO, desde=LUEGO + DIA)

    for acto in (
        lambda: redactar(contenido, contenido.redaccion._replace(cuerpo="Un tercero."), CARLA, LUEGO),
        lambda: restaurar(contenido, 1, CARLA, LUEGO),
        lambda: publicar(contenido, CARLA, LUEGO),
        lambda: archivar(contenido, CARLA, LUEGO),
    ):
        with pytest.raises(NoSePuede, match="programada"):
            acto()


def test_a_version_to_come_is_taken_back_and_its_words_are_a_draft_again(sitio: Sitio) -> None:
    contenido = borrador(sitio, "terminos")
    contenido.borrador = tuple(contenido.redaccion._replace(cambios="Es otro."))
    publicar(contenido, CARLA, LUEGO, desde=LUEGO + DIA)

    cancelar(contenido, CARLA, LUEGO)

    assert contenido.vigente_en(LUEGO + 2 * DIA).numero == 1
    assert (contenido.redaccion.cuerpo, contenido.redaccion.cambios) == ("Otro cuerpo.", "Es otro.")
    with pytest.raises(NoSePuede):
        cancelar(contenido, CARLA, LUEGO)


def test_a_date_that_is_past_is_refused(sitio: Sitio) -> None:
    contenido = borrador(sitio, "terminos")

    with pytest.raises(NoSePuede, match="ya pasó"):
        publicar(contenido, CARLA, LUEGO, desde=LUEGO)

    assert len(contenido.versiones) == 1


def test_an_old_version_is_restored_as_a_draft(sitio: Sitio) -> None:
    publicar_version(sitio, "terminos", "Términos", "Otros.", LUEGO, CARLA, "Son otros.")
    contenido = sitio.contenidos["terminos"]
    primera = Version(*contenido.versiones[0])

    restaurar(contenido, 1, CARLA, LUEGO)

    assert contenido.vigente_en(LUEGO).numero == 2
    assert contenido.redaccion == primera.redaccion
    publicar(contenido, CARLA, LUEGO + DIA)
    assert contenido.vigente_en(LUEGO + DIA).huella == primera.huella


def test_what_the_program_needs_cannot_be_archived(sitio: Sitio) -> None:
    for nombre in ("terminos", "constancia", "plazo"):
        with pytest.raises(NoSePuede):
            archivar(sitio.contenidos[nombre], CARLA, LUEGO)


def test_a_norm_keeps_its_pdf_when_its_words_change(sitio: Sitio) -> None:
    papel = mundo.archivo(sitio, mundo.pdf())
    norma = mundo.norma(sitio, "directiva", papel)

    publicar_version(sitio, "directiva", "Directiva", "Otra.", LUEGO, CARLA)

    assert norma is publicados(sitio, "norma", LUEGO)[-1]
    assert norma.ultima.documento.huella == papel.huella
    assert [hecho for hecho, *_ in norma.historia] == ["borrador", "version", "publicado", "redactado", "version"]


def test_a_notification_keeps_which_legal_wording_its_constancia_says(sitio: Sitio) -> None:
    antes = mundo.deposito(sitio, n=70, ahora=LUEGO)
    publicar_version(sitio, "constancia", "Constancia", "La emite el {institucion}-{sigla}.", LUEGO + DIA, CARLA)

    despues = mundo.deposito(sitio, n=71, ahora=LUEGO + DIA)

    assert (antes.version_constancia, despues.version_constancia) == (1, 2)


def test_a_new_text_gets_an_address_of_its_own(sitio: Sitio) -> None:
    assert nombre_libre(sitio, "¿Cómo pido una «constancia», señor?") == "como-pido-una-constancia-senor"
    assert nombre_libre(sitio, "Que es") == "que-es-2"
    assert nombre_libre(sitio, "Papelera") == "papelera-2"
    assert nombre_libre(sitio, "¿?") == "contenido"
