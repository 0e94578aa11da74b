from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyramid_mailer.exceptions import BadHeaders
from pyramid_mailer.message import Message

from casilla.mail.sobre import a_bytes, direccion
from tests.mail.test_cartas import CUANDO, TODAS, aviso

REMITENTE = "Sistema de Notificaciones Electrónicas (MIMP) <notificaciones@example.org>"
ID = "<20250123.7f3a@casilla.example.org>"


def bytes_de(carta, **otros) -> bytes:
    return a_bytes(carta, **({"message_id": ID, "remitente": REMITENTE, "fecha": CUANDO} | otros))


def leido(crudo: bytes):
    return message_from_bytes(crudo, policy=default)


def renglones(parte) -> str:
    return parte.get_content().replace("\r\n", "\n")


def sin_defectos(correo) -> bool:
    return not any(parte.defects or any(h.defects for h in parte.values()) for parte in correo.walk())


def test_the_parts_are_text_and_html_beside_the_attached_pdf():
    correo = leido(bytes_de(aviso(constancia=b"%PDF-1.4\n" + bytes(range(256)) * 50)))
    assert [parte.get_content_type() for parte in correo.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert sin_defectos(correo)
    pdf = correo.get_payload()[1]
    assert pdf.get_content() == b"%PDF-1.4\n" + bytes(range(256)) * 50
    assert pdf.get_filename() == "constancia-000009-2025-OGTI.pdf"
    assert pdf.get_content_disposition() == "attachment"


@pytest.mark.parametrize("hacer", TODAS)
def test_text_and_html_arrive_in_utf8_as_they_were_written(hacer):
    carta = hacer()
    correo = leido(bytes_de(carta))
    for tipo, escrito in (("plain", carta.body.data), ("html", carta.html.data)):
        parte = correo.get_body((tipo,))
        assert parte.get_content_charset() == "utf-8"
        assert renglones(parte) == escrito
    assert sin_defectos(correo)


@pytest.mark.parametrize("hacer", TODAS)
def test_on_the_wire_there_is_only_ascii_with_crlf_and_short_lines(hacer):
    crudo = bytes_de(hacer())
    assert crudo.isascii()
    assert crudo.replace(b"\r\n", b"").count(b"\n") == crudo.replace(b"\r\n", b"").count(b"\r") == 0
    assert max(map(len, crudo.split(b"\r\n"))) <= 78


def test_the_headers_say_who_when_and_that_a_machine_wrote_it():
    correo = leido(bytes_de(aviso()))
    assert correo["From"] == '"Sistema de Notificaciones Electrónicas (MIMP)" <notificaciones@example.org>'
    assert correo["To"] == "ana@example.org"
    assert correo["Subject"] == "Nueva notificación: CARTA 000009-2025-OGTI"
    assert correo["Message-Id"] == ID
    assert correo["Date"].datetime == CUANDO.replace(microsecond=0)
    assert correo["Date"].endswith("10:11:16 -0500")
    assert correo["Auto-Submitted"] == "auto-generated"
    assert correo["Content-Language"] == "es-PE"
    assert correo["MIME-Version"] == "1.0"


def test_the_same_letter_gives_the_same_bytes_and_is_not_changed_by_it():
    carta = aviso()
    assert bytes_de(carta) == bytes_de(carta) == bytes_de(aviso())
    assert (carta.sender, carta.extra_headers) == (None, {"Content-Language": "es-PE"})


def test_a_file_name_with_accents_quotes_and_line_breaks_arrives_on_one_line():
    correo = leido(bytes_de(aviso(nombre_constancia='constancia "ñandú"\r\nX-Malo: 1.pdf')))
    assert correo.get_payload()[1].get_filename() == 'constancia "ñandú" X-Malo: 1.pdf'
    assert "X-Malo" not in correo
    assert sin_defectos(correo)


def test_an_endless_file_name_keeps_its_end_and_the_line_limit():
    crudo = bytes_de(aviso(nombre_constancia="😀" * 500 + ".pdf"))
    assert leido(crudo).get_payload()[1].get_filename() == "😀" * 76 + ".pdf"
    assert max(map(len, crudo.split(b"\r\n"))) <= 998


def test_a_long_subject_in_spanish_keeps_every_space():
    correo = leido(bytes_de(aviso(tipo="RESOLUCIÓN  MINISTERIAL ¡ÚLTIMA! ÁÉÍ ÓÚ Ñ Ü" * 3)))
    assert correo["Subject"].count("RESOLUCIÓN MINISTERIAL ¡ÚLTIMA! ÁÉÍ ÓÚ Ñ Ü") == 3


@pytest.mark.parametrize("asunto", ["a\r\nBcc: otra@example.org", "a\nb", "a\rb"])
def test_a_subject_with_a_line_break_is_not_sent(asunto):
    mala = Message(subject=asunto, recipients=["ana@example.org"], body="hola")
    with pytest.raises(BadHeaders):
        bytes_de(mala)


@pytest.mark.parametrize(
    "mala",
    [
        "",
        "ana",
        "ana@",
        "@example.org",
        "ana@example.org\r\nBcc: otra@example.org",
        "ana@example.org, otra@example.org",
        "ana @example.org",
        "ana@exam ple.org",
        "ana@example.org>",
        "<ana@example.org",
        "Ana <ana@example.org> y otra",
        "ñandú@example.org",
        "ana@ñandú.example",
        "ana@example..org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 253,
        "ana@example.org\x00",
    ],
)
def test_what_is_not_one_plain_address_is_refused(mala):
    with pytest.raises(ValueError, match="dirección"):
        direccion(mala)
    carta = aviso(para=mala)
    with pytest.raises(ValueError, match="dirección"):
        bytes_de(carta)


@pytest.mark.parametrize(
    "texto, solo",
    [
        ("ana.perez+casilla@example.org", "ana.perez+casilla@example.org"),
        ("MIMP <notificaciones@mimp.gob.pe>", "notificaciones@mimp.gob.pe"),
        ('"Mujer, MIMP" <notificaciones@mimp.gob.pe>', "notificaciones@mimp.gob.pe"),
        ("casilla@localhost", "casilla@localhost"),
    ],
)
def test_an_address_is_found_with_or_without_a_name(texto, solo):
    assert direccion(texto) == solo


def test_a_sender_name_with_a_line_break_is_refused():
    with pytest.raises(ValueError):
        bytes_de(aviso(), remitente="MIMP\r\nBcc: otra@example.org <notificaciones@mimp.gob.pe>")


def test_a_sender_name_with_commas_stays_one_sender():
    correo = leido(bytes_de(aviso(), remitente="Atención, MIMP <notificaciones@mimp.gob.pe>"))
    [de] = correo["From"].addresses
    assert (de.display_name, de.addr_spec) == ("Atención, MIMP", "notificaciones@mimp.gob.pe")


@pytest.mark.parametrize(
    "mala", ["", "x@y", "<x>", "<a b@c>", "<a@b>\r\nBcc: c@d", "<" + "a" * 300 + "@b>", "<ñ@b.pe>"]
)
def test_a_wrong_message_id_is_refused(mala):
    with pytest.raises(ValueError, match="Message-Id"):
        bytes_de(aviso(), message_id=mala)


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        bytes_de(aviso(), fecha=datetime(2025, 1, 23))


locales = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789.+-_'", min_size=1, max_size=64)
dominios = st.from_regex(r"[a-z0-9]{1,60}(\.[a-z0-9-]{1,60}){0,2}\.pe", fullmatch=True)


@settings(max_examples=60, deadline=None)
@given(
    para=st.builds("{}@{}".format, locales, dominios),
    nombre=st.text(max_size=200),
    tipo=st.text(max_size=200),
    id_=st.from_regex(r"<[a-z0-9.]{1,120}@[a-z0-9.]{1,100}>", fullmatch=True),
    fecha=st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)),
)
def test_any_name_type_address_and_id_survive_the_journey(para, nombre, tipo, id_, fecha):
    carta = aviso(para=para, nombres=nombre, tipo=tipo)
    crudo = bytes_de(carta, message_id=id_, fecha=fecha.replace(tzinfo=UTC))
    correo = leido(crudo)
    assert correo["Message-Id"] == id_
    assert correo["To"] == para
    assert correo["Subject"] == carta.subject
    assert abs(correo["Date"].datetime - fecha.replace(tzinfo=UTC)) < timedelta(seconds=1)
    assert renglones(correo.get_body(("html",))) == carta.html.data
    assert len(correo.keys()) == len(set(correo.keys())) == 9
    assert max(map(len, crudo.split(b"\r\n"))) <= 998
