"""Letters to a real SMTP server on loopback, its moods included."""

import ssl
import time

import pytest

from casilla.mail.transporte import NoEntregada, Rechazada, SinConexion, Smtp, transporte
from tests.mail.conftest import CLAVE, autenticador
from tests.mail.test_cartas import aviso
from tests.mail.test_sobre import bytes_de, leido

DE = "MIMP <notificaciones@example.org>"
ANA = "ana@example.org"
CARTA = bytes_de(aviso())


def smtp(servidor_o_puerto, **otros) -> Smtp:
    puerto = getattr(servidor_o_puerto, "port", servidor_o_puerto)
    return Smtp(host="127.0.0.1", port=puerto, remitente=DE, **({"espera": 5} | otros))


def test_a_letter_arrives_byte_for_byte_and_the_server_s_words_come_back(servidor):
    correo = servidor()
    assert smtp(correo).entregar(CARTA, DE, ANA) == "250 2.0.0 Ok: queued as 1"
    [recibido] = correo.handler.recibidos
    assert (recibido.de, recibido.para) == ("notificaciones@example.org", [ANA])
    assert recibido.crudo == CARTA
    assert leido(recibido.crudo)["Subject"] == "Nueva notificación: CARTA 000009-2025-OGTI"


def test_a_line_with_a_lone_dot_does_not_end_the_letter(servidor):
    correo = servidor()
    smtp(correo).entregar(CARTA + b".\r\n..\r\nfin\r\n", DE, ANA)
    assert correo.handler.recibidos[0].crudo == CARTA + b".\r\n..\r\nfin\r\n"


def test_a_batch_uses_one_connection_and_single_letters_one_each(servidor):
    correo = servidor()
    with smtp(correo) as lote:
        for _ in range(3):
            lote.entregar(CARTA, DE, ANA)
    assert len(correo.handler.sesiones) == 1
    solo = smtp(correo)
    solo.entregar(CARTA, DE, ANA)
    solo.entregar(CARTA, DE, ANA)
    assert len(correo.handler.recibidos) == 5
    assert len(correo.handler.sesiones) == 3


def test_an_unknown_mailbox_is_refused_for_good_with_the_server_s_words(servidor):
    correo = servidor()
    correo.handler.al_nombrar[ANA] = "550 5.1.1 <ana@example.org>: buzón desconocido"
    with pytest.raises(Rechazada) as error:
        smtp(correo).entregar(CARTA, DE, ANA)
    assert (error.value.codigo, error.value.palabras) == (550, "5.1.1 <ana@example.org>: buzón desconocido")


@pytest.mark.parametrize("lugar", ["al_nombrar", "al_recibir"])
@pytest.mark.parametrize(
    "respuesta, clase",
    [
        ("450 4.2.0 lista gris", NoEntregada),
        ("452 4.2.2 buzón lleno", NoEntregada),
        ("421 4.3.2 cerrando", NoEntregada),
        ("530 5.7.0 falta autenticación", NoEntregada),
        ("554 5.7.1 parece correo no deseado", Rechazada),
        ("552 5.3.4 demasiado grande", Rechazada),
    ],
)
def test_a_refusal_of_one_letter_does_not_touch_the_next(servidor, lugar, respuesta, clase):
    correo = servidor()
    getattr(correo.handler, lugar)[ANA] = respuesta
    with smtp(correo) as lote:
        with pytest.raises(clase) as error:
            lote.entregar(CARTA, DE, ANA)
        assert str(error.value) == respuesta
        assert type(error.value) is clase
        assert lote.entregar(CARTA, DE, "beto@example.org").startswith("250 ")
    assert [r.para for r in correo.handler.recibidos] == [["beto@example.org"]]


def test_a_sender_that_the_server_does_not_accept_is_no_fault_of_the_letter(servidor):
    correo = servidor()
    correo.handler.al_presentarse = "550 5.7.1 remitente no autorizado"
    with pytest.raises(NoEntregada, match=r"550 5\.7\.1 remitente no autorizado"):
        smtp(correo).entregar(CARTA, DE, ANA)


def test_a_letter_larger_than_the_server_takes_is_refused_before_it_is_sent(servidor):
    correo = servidor(data_size_limit=1000)
    with pytest.raises(Rechazada, match="552"):
        smtp(correo).entregar(CARTA, DE, ANA)
    assert correo.handler.recibidos == []


def test_a_connection_cut_in_the_middle_is_made_anew_for_the_next_letter(servidor):
    correo = servidor()
    correo.handler.cortar_en = ANA
    with smtp(correo) as lote:
        with pytest.raises(NoEntregada) as error:
            lote.entregar(CARTA, DE, ANA)
        assert type(error.value) is NoEntregada
        assert lote.entregar(CARTA, DE, "beto@example.org").startswith("250 ")
    assert len(correo.handler.sesiones) == 2


def test_a_server_that_closed_an_idle_batch_is_called_again(servidor):
    correo = servidor(timeout=1)
    with smtp(correo) as lote:
        lote.entregar(CARTA, DE, ANA)
        time.sleep(2)
        lote.entregar(CARTA, DE, ANA)
    assert len(correo.handler.recibidos) == 2


def test_nobody_at_the_port_is_said_with_its_name(puerto_cerrado):
    with pytest.raises(SinConexion, match=rf"^127\.0\.0\.1:{puerto_cerrado}: .*refused"):
        smtp(puerto_cerrado).entregar(CARTA, DE, ANA)


def test_a_server_that_says_nothing_is_waited_for_only_so_long(servidor_mudo):
    antes = time.monotonic()
    with pytest.raises(SinConexion, match="timed out"):
        smtp(servidor_mudo, espera=0.3).entregar(CARTA, DE, ANA)
    assert time.monotonic() - antes < 20


def test_a_hanging_tls_handshake_is_waited_for_only_so_long(servidor_mudo):
    with pytest.raises(SinConexion, match="timed out"):
        smtp(servidor_mudo, espera=0.3, seguridad="tls").entregar(CARTA, DE, ANA)


@pytest.mark.parametrize("mala", ["", "ana", "ana@example.org\r\nRCPT TO:<otra@example.org>", "ñandú@example.org"])
def test_what_is_no_address_is_refused_without_asking_the_server(servidor, mala):
    correo = servidor()
    with pytest.raises(Rechazada) as error:
        smtp(correo).entregar(CARTA, DE, mala)
    assert error.value.codigo == 553
    assert correo.handler.sesiones == []


def test_the_server_s_words_are_kept_short_and_on_one_line(servidor):
    correo = servidor()
    correo.handler.al_nombrar[ANA] = "550-primera\r\n550 " + "x" * 1000
    with pytest.raises(Rechazada) as error:
        smtp(correo).entregar(CARTA, DE, ANA)
    assert error.value.palabras.startswith("primera xxx")
    assert len(error.value.palabras) == 500


# TLS and password


@pytest.fixture
def con_tls(servidor, certificado):
    return servidor(
        tls_context=certificado.contexto,
        require_starttls=True,
        auth_required=True,
        authenticator=autenticador,
    )


def test_a_letter_goes_through_starttls_with_user_and_password(con_tls, certificado):
    cartero = smtp(con_tls, seguridad="starttls", ca_archivo=certificado.archivo, usuario="casilla", clave=CLAVE)
    assert cartero.entregar(CARTA, DE, ANA) == "250 2.0.0 Ok: queued as 1"


def test_a_letter_goes_through_tls_from_the_first_byte(servidor, certificado):
    correo = servidor(ssl_context=certificado.contexto, auth_require_tls=False, authenticator=autenticador)
    cartero = smtp(correo, seguridad="tls", ca_archivo=certificado.archivo, usuario="casilla", clave=CLAVE)
    assert cartero.entregar(CARTA, DE, ANA) == "250 2.0.0 Ok: queued as 1"


def test_a_certificate_of_an_unknown_authority_is_not_trusted(con_tls):
    with pytest.raises(SinConexion, match="certificate verify failed"):
        smtp(con_tls, seguridad="starttls", usuario="casilla", clave=CLAVE).entregar(CARTA, DE, ANA)
    assert con_tls.handler.sesiones == []


def test_a_certificate_for_another_host_is_not_trusted(servidor, certificado_ajeno):
    correo = servidor(tls_context=certificado_ajeno.contexto, require_starttls=True)
    with pytest.raises(SinConexion, match=r"not valid for '127\.0\.0\.1'"):
        smtp(correo, seguridad="starttls", ca_archivo=certificado_ajeno.archivo).entregar(CARTA, DE, ANA)
    assert correo.handler.sesiones == []


def test_a_server_without_tls_gets_nothing_when_tls_is_asked_for(servidor):
    correo = servidor()
    with pytest.raises(SinConexion, match="STARTTLS"):
        smtp(correo, seguridad="starttls").entregar(CARTA, DE, ANA)
    assert correo.handler.sesiones == []


def test_a_wrong_password_is_no_fault_of_the_letter(con_tls, certificado):
    cartero = smtp(con_tls, seguridad="starttls", ca_archivo=certificado.archivo, usuario="casilla", clave="otra")
    with pytest.raises(SinConexion, match="535"):
        cartero.entregar(CARTA, DE, ANA)


def test_a_server_that_wants_a_password_is_no_fault_of_the_letter(con_tls, certificado):
    cartero = smtp(con_tls, seguridad="starttls", ca_archivo=certificado.archivo)
    with pytest.raises(NoEntregada, match="530"):
        cartero.entregar(CARTA, DE, ANA)


def test_a_password_that_smtp_cannot_carry_is_said(con_tls, certificado):
    cartero = smtp(con_tls, seguridad="starttls", ca_archivo=certificado.archivo, usuario="casilla", clave="contraseña")
    with pytest.raises(SinConexion):
        cartero.entregar(CARTA, DE, ANA)


# Settings

AJUSTES = {"casilla.correo": "smtp", "mail.host": "correo.example.org", "mail.default_sender": DE}


def test_the_settings_make_a_transport(certificado, clave_archivo):
    cartero = transporte(
        AJUSTES
        | {
            "mail.port": "2525",
            "mail.tls": "true",
            "mail.ca_archivo": certificado.archivo,
            "mail.username": "casilla",
            "mail.password_archivo": clave_archivo,
        }
    )
    assert cartero == Smtp("correo.example.org", DE, 2525, "starttls", certificado.archivo, "casilla", CLAVE)
    assert CLAVE not in repr(cartero)


def test_the_password_may_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("CASILLA_MAIL_PASSWORD", "de-fuera")
    assert transporte(AJUSTES | {"mail.ssl": "true", "mail.username": "casilla"}).clave == "de-fuera"


@pytest.mark.parametrize(
    "ajustes, puerto, seguridad",
    [({}, 25, None), ({"mail.tls": "true"}, 587, "starttls"), ({"mail.ssl": "true"}, 465, "tls")],
)
def test_the_port_follows_from_the_kind_of_tls(ajustes, puerto, seguridad):
    cartero = transporte(AJUSTES | ajustes)
    assert (cartero.port, cartero.seguridad, cartero.espera) == (puerto, seguridad, 60)


def test_certificates_are_verified_by_default():
    contexto = transporte(AJUSTES | {"mail.tls": "true"})._contexto
    assert (contexto.verify_mode, contexto.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize(
    "ajustes, nombrado",
    [
        ({"casilla.correo": ""}, "casilla.correo"),
        ({"casilla.correo": "paloma"}, "casilla.correo"),
        ({"mail.host": ""}, "mail.host"),
        ({"mail.port": "veinticinco"}, "mail.port"),
        ({"mail.port": "70000"}, "mail.port"),
        ({"mail.default_sender": ""}, "mail.default_sender"),
        ({"mail.default_sender": "MIMP"}, "mail.default_sender"),
        ({"mail.tls": "true", "mail.ca_archivo": "no-existe.pem"}, "mail.ca_archivo"),
        ({"mail.tls": "true", "mail.username": "casilla"}, "mail.password_archivo"),
        (
            {"mail.tls": "true", "mail.username": "c", "mail.password_archivo": "no-existe"},
            "mail.password_archivo: no se puede leer no-existe",
        ),
    ],
)
def test_a_missing_or_wrong_setting_is_named(ajustes, nombrado, monkeypatch):
    monkeypatch.delenv("CASILLA_MAIL_PASSWORD", raising=False)
    with pytest.raises(ValueError, match=nombrado):
        transporte(AJUSTES | ajustes)


def test_a_password_never_travels_in_the_clear(clave_archivo):
    with pytest.raises(ValueError, match=r"mail\.tls"):
        transporte(AJUSTES | {"mail.username": "casilla", "mail.password_archivo": clave_archivo})
