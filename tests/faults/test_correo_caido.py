"""The mail server is away, or slow: deposits do not notice, and each letter leaves once."""

import asyncio
import re
import socket
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests import mundo
from tests.almacenes import puerto_libre
from tests.api.sgd import Sgd
from tests.faults.correo import correo_en, por_smtp
from tests.faults.servidor import Servidor, hasta
from tests.mail.conftest import Buzones, Recibido


def test_without_a_mail_server_deposits_are_made_and_their_letters_leave_once_when_it_is_back(
    servir: Callable[..., Servidor],
) -> None:
    """It first takes the call of the cartero and says nothing, for a minute if need be; then it is gone."""
    puerto = puerto_libre()
    with socket.create_server(("127.0.0.1", puerto)) as mudo:
        mudo.settimeout(60)
        servidor = servir(**por_smtp(puerto))
        llamada, _ = mudo.accept()
        with llamada, servidor.conexion() as conexion:
            codigos = [_depositar(Sgd(conexion), n) for n in range(20)]
            assert _espera_respuesta(llamada), "the cartero was not kept waiting: this proves nothing"

    with servidor.conexion() as conexion:
        sgd = Sgd(conexion)
        codigos += [_depositar(sgd, n) for n in range(20, 25)]
        with correo_en(puerto) as correo:
            hasta(lambda: all(_avisado(sgd, codigo) for codigo in codigos), "las cartas no salieron", 60)
            servidor.detener()

    llegadas = Counter(aviso for recibido in correo.handler.recibidos for aviso in _avisos(recibido))
    assert {codigo: llegadas[codigo] for codigo in codigos} == dict.fromkeys(codigos, 1)


def _depositar(sgd: Sgd, n: int) -> str:
    respuesta = sgd.depositar(mundo.pdf(), clave=f"correo-{n}")
    assert respuesta.status_int == 201
    return respuesta.json["codigo"]


def _espera_respuesta(llamada: socket.socket) -> bool:
    llamada.setblocking(False)
    try:
        return llamada.recv(1) != b""
    except BlockingIOError:
        return True


def _avisado(sgd: Sgd, codigo: str) -> bool:
    eventos = sgd.get(f"/notificaciones/{codigo}").json["eventos"]
    return [evento["tipo"] for evento in eventos] == ["depositado", "aviso-enviado"]


def _avisos(recibido: Recibido) -> set[str]:
    """The code of the notification whose constancia the letter carries, if it does."""
    return {codigo.decode() for codigo in re.findall(rb'filename="?constancia-(\w+)\.pdf', recibido.crudo)}


class Lento(Buzones):
    """A mail server that thinks before it takes a letter; ``pensando``: it does."""

    pensando = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.pensando = True
        await asyncio.sleep(0.5)
        return await super().handle_DATA(server, session, envelope)


def test_a_server_that_is_told_to_stop_first_notes_the_fate_of_the_letter_in_hand(
    servir: Callable[..., Servidor],
) -> None:
    """Else nobody would know whether it left, and it would be sent again."""
    puerto = puerto_libre()
    with correo_en(puerto, Lento()) as correo:
        servidor = servir(**por_smtp(puerto))
        hasta(lambda: correo.handler.pensando, "no sale ninguna carta")
        servidor.detener()

    with servidor.sitio() as sitio:
        en_mano = [carta.tomada_hasta is not None for _, carta in sitio.salida]
    assert en_mano, "it had sent them all: this proves nothing"
    assert not any(en_mano)
