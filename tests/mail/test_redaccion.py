"""From what the outbox holds to a letter: the right words, the same each time, and only while they hold."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from types import SimpleNamespace
from typing import Any

import pytest
from pyramid_mailer.message import Message

from casilla.mail.redaccion import NoCorresponde, message_id, redactar
from casilla.resources.salida import Carta
from casilla.resources.sitio import Sitio
from casilla.services import administrados, correspondencia, cuenta, intentos, registro, validacion
from casilla.services.secretos import clave_temporal, codigo_validacion
from tests import mundo
from tests.mail.conftest import INSTITUCION

URL = "https://casilla.example"


def publica(*camino: str) -> str:
    return "/".join((URL, *camino))


def escrita(carta: Carta) -> Message:
    return redactar(carta, publica=publica, secreto=mundo.SECRETO, institucion=INSTITUCION)


def texto(mensaje: Message) -> str:
    return mensaje.body.data


def ultima(sitio: Sitio, clase: str, documento: str = "") -> Carta:
    """The last promised letter of this class, about this user if it is said."""
    cartas = [c for _, c in sitio.salida if c.clase == clase and documento in (c.sobre.__name__, "")]
    return max(cartas, key=lambda c: c.creada_en)


def solicitud(sitio: Sitio) -> Any:
    """A registration that waits for its code."""
    hecha = registro.iniciar(sitio, "nombre-de-la-solicitud", ahora=mundo.ENERO, direccion="192.0.2.1")
    hecha.correo = "nueva@correo.example"
    validacion.asegurar_codigo(sitio, hecha, mundo.ENERO)
    return hecha


def test_the_notice_of_a_deposit_leads_to_it_and_carries_its_constancia(sitio: Sitio) -> None:
    notificacion = mundo.deposito(sitio, mundo.TOMAS, 9)
    carta = next(c for _, c in sitio.salida if c.sobre is notificacion)

    mensaje = escrita(carta)

    casilla = sitio.personas[mundo.TOMAS].casilla
    assert mensaje.recipients == ["tomas@correo.example"]
    assert f"{URL}/casilla/{casilla.__name__}/{notificacion.__name__}" in texto(mensaje)
    assert "CARTA 000009-2026-OGTI" in mensaje.subject
    assert [adjunto.data for adjunto in mensaje.attachments] == [notificacion.constancia.bytes()]
    assert notificacion.asunto not in texto(mensaje)


def test_whoever_asks_for_discretion_gets_it_in_every_letter_about_a_deposit(sitio: Sitio) -> None:
    cuenta.pedir_discretos(sitio.usuarios[mundo.TOMAS], True, mundo.ENERO)
    notificacion = mundo.deposito(sitio, mundo.TOMAS, 9)
    carta = next(c for _, c in sitio.salida if c.sobre is notificacion)

    mensaje = escrita(carta)

    assert notificacion.numero not in mensaje.subject + texto(mensaje)
    assert mensaje.attachments == []


def test_the_code_in_the_letter_is_the_one_that_will_be_right(sitio: Sitio) -> None:
    pedida = solicitud(sitio)

    dicho = texto(escrita(ultima(sitio, correspondencia.VALIDACION_CORREO)))

    codigo = codigo_validacion(mundo.SECRETO, pedida.__name__, 1)
    assert codigo in dicho
    assert f"{URL}/registro/validar?solicitud={pedida.__name__}&codigo={codigo}" in dicho


def test_a_code_that_another_one_replaced_is_not_sent(sitio: Sitio) -> None:
    pedida = solicitud(sitio)
    carta = ultima(sitio, correspondencia.VALIDACION_CORREO)
    pedida.envios += 1

    with pytest.raises(NoCorresponde, match="reemplazado"):
        escrita(carta)


def test_the_credentials_open_the_casilla(sitio: Sitio) -> None:
    carta = ultima(sitio, correspondencia.CREDENCIALES, mundo.ABIGAIL)

    dicho = texto(escrita(carta))

    assert clave_temporal(mundo.SECRETO, mundo.ABIGAIL, 1) in dicho
    assert mundo.ABIGAIL in dicho
    assert f"{URL}/" in dicho


def test_credentials_that_no_longer_open_anything_are_not_sent(sitio: Sitio) -> None:
    carta = ultima(sitio, correspondencia.CREDENCIALES, mundo.ROSA)

    with pytest.raises(NoCorresponde, match="ya fue cambiada"):
        escrita(carta)


@pytest.mark.parametrize(
    ("clase", "palabras"),
    [
        (correspondencia.CLAVE_CAMBIADA, "23 de enero de 2026, 10:11"),
        (correspondencia.YA_TIENE_CASILLA, f"{URL}/recuperar"),
    ],
)
def test_the_other_letters_say_what_happened(sitio: Sitio, clase: str, palabras: str) -> None:
    usuario = sitio.usuarios[mundo.ROSA]

    mensaje = escrita(correspondencia.encolar(sitio, clase, "rosa@correo.example", usuario, mundo.ENERO))

    assert palabras in texto(mensaje)


def test_failed_tries_at_a_name_that_nobody_has_write_to_nobody(sitio: Sitio) -> None:
    intentos.avisar(sitio, "1-49999999", mundo.ENERO)
    carta = next(carta for _, carta in sitio.salida if carta.clase == correspondencia.INTENTOS_FALLIDOS)

    with pytest.raises(NoCorresponde):
        escrita(carta)


def test_a_letter_about_what_the_institution_did_says_what_when_and_why(sitio: Sitio) -> None:
    rosa = sitio.usuarios[mundo.ROSA]
    administrados.suspender(sitio, rosa, motivo="Alguien entró con su clave", actor="registro", ahora=mundo.ENERO)
    administrados.cerrar_sesiones(sitio, rosa, motivo="Por lo mismo", actor="registro", ahora=mundo.ENERO)

    cartas = [c for _, c in sitio.salida if c.clase == correspondencia.CAMBIO_DE_LA_INSTITUCION]
    dichas = sorted(texto(escrita(carta)) for carta in cartas)

    assert len(dichas) == 2
    assert any("se suspendió su acceso" in d and "Alguien entró con su clave" in d for d in dichas)
    assert any("se cerraron sus sesiones" in d and "Por lo mismo" in d for d in dichas)
    assert not any("registro" in d.lower() for d in dichas)


def test_every_class_of_letter_and_message_can_be_written() -> None:
    from casilla.mail.mensajes import _TEXTOS
    from casilla.mail.redaccion import _CLASES

    clases = {valor for nombre, valor in vars(correspondencia).items() if nombre.isupper() and isinstance(valor, str)}
    assert clases == {*_CLASES, *_TEXTOS}
    assert set(_TEXTOS) == set(correspondencia.MENSAJES)


def test_a_letter_has_one_message_id_and_no_other_letter_has_it(sitio: Sitio) -> None:
    cartas = [carta for _, carta in sitio.salida]

    nombres = [message_id(carta, URL, mundo.SECRETO) for carta in cartas]

    assert nombres == [message_id(carta, URL, mundo.SECRETO) for carta in cartas]
    assert len(set(nombres)) == len(cartas)
    assert all(nombre.endswith("@casilla.example>") for nombre in nombres)


@pytest.mark.parametrize(
    "cambio", [{"clase": "otra"}, {"para": "b@b"}, {"numero": 2}, {"creada_en": mundo.ENERO + timedelta(seconds=1)}]
)
def test_whatever_tells_two_letters_apart_changes_the_message_id(cambio: dict[str, Any]) -> None:
    sobre = SimpleNamespace(__name__="1-40000001")
    hechos = {"clase": "x", "para": "a@a", "numero": 1, "creada_en": mundo.ENERO, "sobre": sobre}

    una, otra = (message_id(SimpleNamespace(**h), URL, mundo.SECRETO) for h in (hechos, hechos | cambio))

    assert una != otra


@pytest.mark.parametrize("url", ["http://[::1]:6543", "http://127.0.0.1:6543", "https://casilla.ejemplo.gob.pe/sub"])
def test_any_public_address_gives_a_message_id_that_a_header_may_carry(sitio: Sitio, url: str) -> None:
    from casilla.mail.sobre import a_bytes

    carta = ultima(sitio, correspondencia.AVISO_DEPOSITO)
    id_ = message_id(carta, url, mundo.SECRETO)

    octetos = a_bytes(escrita(carta), message_id=id_, remitente="a@casilla.example", fecha=carta.creada_en)

    assert message_from_bytes(octetos, policy=default)["Message-Id"] == id_
