"""Text messages over the wire that docs/operacion.md describes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casilla import gateways
from casilla.gateways.protocolo import NoResponde
from casilla.gateways.sms import NoAceptado, SmsHttp
from tests.gateways.sms import CLAVE, ServidorSms

CELULAR = "+51987654321"


@pytest.fixture
def servidor() -> Iterator[ServidorSms]:
    with ServidorSms() as servidor:
        yield servidor


@pytest.fixture
def sms(servidor: ServidorSms, tmp_path: Path) -> SmsHttp:
    return SmsHttp.desde_ajustes(servidor.ajustes(tmp_path, remitente="MIMP", espera="30"))


def test_a_message_is_handed_over_and_the_carriers_name_for_it_comes_back(sms: SmsHttp, servidor: ServidorSms) -> None:
    assert sms.enviar(CELULAR, "Hay un documento", "ref-1") == "202 m-1"
    assert servidor.mensajes == {
        "ref-1": {"para": CELULAR, "texto": "Hay un documento", "referencia": "ref-1", "remitente": "MIMP"}
    }


def test_the_same_message_sent_again_arrives_once(sms: SmsHttp, servidor: ServidorSms) -> None:
    sms.enviar(CELULAR, "Hay un documento", "ref-1")

    assert sms.enviar(CELULAR, "Hay un documento", "ref-1") == "409 ya lo tenía"
    assert len(servidor.mensajes) == 1


@pytest.mark.parametrize("estado", [400, 404, 410, 422])
def test_what_never_will_be_taken_says_why(sms: SmsHttp, servidor: ServidorSms, estado: int) -> None:
    servidor.estado = estado

    with pytest.raises(NoAceptado, match=f"{estado} número inexistente"):
        sms.enviar(CELULAR, "Hola", "ref-1")


@pytest.mark.parametrize("estado", [302, 401, 429, 500, 503])
def test_what_may_pass_is_for_another_time(sms: SmsHttp, servidor: ServidorSms, estado: int) -> None:
    servidor.estado = estado

    with pytest.raises(NoResponde, match=str(estado)):
        sms.enviar(CELULAR, "Hola", "ref-1")


def test_silence_costs_its_waiting_time_and_no_more(servidor: ServidorSms, tmp_path: Path) -> None:
    sms = SmsHttp.desde_ajustes(servidor.ajustes(tmp_path, espera="1"))
    servidor.mudo = True

    with pytest.raises(NoResponde, match="1 segundos") as error:
        sms.enviar(CELULAR, "Hola", "ref-1")
    assert CELULAR not in str(error.value)


def test_nobody_there_is_for_another_time(tmp_path: Path) -> None:
    with ServidorSms() as cerrado:
        sms = SmsHttp.desde_ajustes(cerrado.ajustes(tmp_path))

    with pytest.raises(NoResponde, match="no se pudo conectar"):
        sms.enviar(CELULAR, "Hola", "ref-1")


def test_without_its_setting_there_are_no_messages() -> None:
    assert gateways.mensajero({}) is None


def test_what_is_missing_is_named_and_the_key_is_not_shown(servidor: ServidorSms, tmp_path: Path) -> None:
    ajustes = servidor.ajustes(tmp_path)

    assert CLAVE not in repr(gateways.mensajero(ajustes))
    for falta in ("casilla.sms.url", "casilla.sms.clave_archivo"):
        with pytest.raises(ValueError, match=falta):
            gateways.mensajero({**ajustes, falta: ""})
    with pytest.raises(ValueError, match=r"casilla\.sms\.espera"):
        gateways.mensajero({**ajustes, "casilla.sms.espera": "0"})
    with pytest.raises(ValueError, match="no es quien envía mensajes de texto"):
        gateways.mensajero({"casilla.sms": "casilla.gateways.ficticio.PadronFicticio"})
