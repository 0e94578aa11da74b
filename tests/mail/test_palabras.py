"""Letters in the institution's own words: what they may change, and what they cannot take away."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pyramid_mailer.message import Message

from casilla.mail.redaccion import redactar
from casilla.resources.contenido import Redaccion
from casilla.resources.sitio import Sitio
from casilla.services import correspondencia
from casilla.services.plantillas import palabras_de, palabras_iniciales
from casilla.services.publicacion import publicar_version
from tests import mundo
from tests.mail.conftest import INSTITUCION
from tests.mail.test_cartas import validacion
from tests.mail.test_redaccion import publica


def con(titulo: str, cuerpo: str) -> Callable[[str], Redaccion]:
    return lambda carta: Redaccion(titulo, cuerpo)


def test_a_letter_says_what_the_institution_wrote_in_its_order() -> None:
    carta = validacion(palabras=con("Su código, {sigla}", "Buen día:\n\n{enlace}\n\nVence\nel {vence}.\n\n{codigo}"))

    dicho = carta.body.data
    assert carta.subject == "Su código, MIMP"
    partes = ["Buen día:", "Validar Correo: https://", "Vence el 23 de enero de 2025, 10:11", "electrónico es: qNwyjb"]
    assert sorted(partes, key=dicho.index) == partes


def test_no_letter_leaves_without_its_link_and_its_code_whatever_is_stored() -> None:
    dicho = validacion(palabras=con("Hola", "Nada.")).body.data

    assert "Validar Correo: https://casilla.example.org/registro/correo?c=qNwyjb" in dicho
    assert "es: qNwyjb" in dicho


def test_what_is_filled_in_is_never_read_as_a_field_nor_as_markup() -> None:
    def hacer(nombres: str) -> Message:
        from tests.mail.test_cartas import aviso

        return aviso(nombres=nombres)

    carta = hacer("{correo} <b>ANA</b>")

    assert "Estimada (o) {correo} <b>ANA</b>:" in carta.body.data
    assert "<b>ANA" not in carta.html.data


@pytest.mark.parametrize(("dias", "asunto"), [(-1, "Su contraseña cambió"), (1, "Cambió su clave")])
def test_a_letter_keeps_the_words_of_the_day_on_which_it_was_promised(sitio: Sitio, dias: int, asunto: str) -> None:
    luego = mundo.ENERO + timedelta(days=30)
    cuerpo = palabras_iniciales(correspondencia.CLAVE_CAMBIADA).cuerpo
    publicar_version(sitio, correspondencia.CLAVE_CAMBIADA, "Cambió su clave", cuerpo, luego, "carla")
    cuando = luego + timedelta(days=dias)
    usuario = sitio.usuarios[mundo.ROSA]
    carta = correspondencia.encolar(sitio, correspondencia.CLAVE_CAMBIADA, "rosa@correo.example", usuario, cuando)

    mensaje = redactar(
        carta,
        publica=publica,
        secreto=mundo.SECRETO,
        institucion=INSTITUCION,
        palabras=lambda nombre: palabras_de(sitio, carta.creada_en, nombre),
    )

    assert mensaje.subject == asunto


def test_a_letter_that_the_store_does_not_have_yet_leaves_in_the_packages_words(sitio: Sitio) -> None:
    del sitio.contenidos[correspondencia.CLAVE_CAMBIADA]

    assert palabras_de(sitio, mundo.ENERO, correspondencia.CLAVE_CAMBIADA).titulo == "Su contraseña cambió"
