"""A real mail server on loopback, with a certificate of its own, and the institution that signs."""

import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

INSTITUCION = SimpleNamespace(
    nombre="Ministerio de la Mujer y Poblaciones Vulnerables",
    sigla="MIMP",
    sistema="Sistema de Notificaciones Electrónicas",
    oficina="Oficina de Atención a la Ciudadanía y Gestión Documental",
    direccion="Jr. Camaná 616, Cercado de Lima, Lima, Perú",
    telefono="(01) 626-1600",
    anexo="1928",
    correo="casillaelectronica@mimp.gob.pe",
    horario="de lunes a viernes de 8:30 a. m. a 4:30 p. m.",
)


@pytest.fixture
def institucion() -> SimpleNamespace:
    return INSTITUCION


@dataclass
class Recibido:
    de: str
    para: list[str]
    crudo: bytes


@dataclass
class Buzones:
    """What the server does with each recipient: `faltas` by address, at RCPT or at DATA; all else is kept."""

    al_nombrar: dict[str, str] = field(default_factory=dict)
    al_recibir: dict[str, str] = field(default_factory=dict)
    al_presentarse: str = "250 OK"
    recibidos: list[Recibido] = field(default_factory=list)
    sesiones: list[Any] = field(default_factory=list)
    cortar_en: str = ""

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if session not in self.sesiones:
            self.sesiones.append(session)
        if self.al_presentarse.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return self.al_presentarse

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if address == self.cortar_en:
            server.transport.close()
        if address in self.al_nombrar:
            return self.al_nombrar[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        falta = self.al_recibir.get(envelope.rcpt_tos[0])
        if falta:
            return falta
        self.recibidos.append(Recibido(envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return f"250 2.0.0 Ok: queued as {len(self.recibidos)}"


class Servidor(Controller):
    """aiosmtpd on a port that the system chooses."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def servidor() -> Iterator[Any]:
    """Call it with aiosmtpd's options to get a running server; its `handler` is the Buzones."""
    abiertos: list[Servidor] = []

    def abrir(**opciones: Any) -> Servidor:
        nuevo = Servidor(Buzones(), hostname="127.0.0.1", port=0, **opciones)
        nuevo.start()
        abiertos.append(nuevo)
        return nuevo

    yield abrir
    for cada_uno in abiertos:
        cada_uno.stop()


@pytest.fixture(scope="session")
def certificado(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Self-signed, for the server's own address."""
    return hacer_certificado(tmp_path_factory.mktemp("tls"), "DNS:localhost,IP:127.0.0.1")


@pytest.fixture(scope="session")
def certificado_ajeno(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Self-signed, for another host."""
    return hacer_certificado(tmp_path_factory.mktemp("tls"), "DNS:otro.example.org")


def hacer_certificado(carpeta: Path, nombres: str) -> SimpleNamespace:
    cert, llave = carpeta / "cert.pem", carpeta / "llave.pem"
    openssl = shutil.which("openssl")
    assert openssl, "these tests need the openssl command (Debian package openssl)"
    orden = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=prueba".split()
    orden += ["-addext", f"subjectAltName={nombres}", "-keyout", str(llave), "-out", str(cert)]
    subprocess.run([openssl, *orden], check=True, capture_output=True)
    contexto = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    contexto.load_cert_chain(cert, llave)
    return SimpleNamespace(archivo=str(cert), contexto=contexto)


CLAVE = "correcta-caballo-pila"


def autenticador(server: Any, session: Any, envelope: Any, mechanism: str, auth_data: Any) -> AuthResult:
    bien = isinstance(auth_data, LoginPassword) and auth_data == LoginPassword(b"casilla", CLAVE.encode())
    return AuthResult(success=bien, handled=False)


@pytest.fixture
def clave_archivo(tmp_path: Path) -> str:
    archivo = tmp_path / "clave"
    archivo.write_text(CLAVE + "\n", encoding="utf-8")
    os.chmod(archivo, 0o600)
    return str(archivo)


@pytest.fixture
def servidor_mudo() -> Iterator[int]:
    """The port of a server that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as escucha:
        yield escucha.getsockname()[1]


@pytest.fixture
def puerto_cerrado() -> int:
    with socket.create_server(("127.0.0.1", 0)) as escucha:
        puerto: int = escucha.getsockname()[1]
    return puerto
