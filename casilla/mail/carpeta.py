"""Letters as files in a folder: for development, and for whoever carries them on by other means."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from casilla.mail.entrega import NoEntregada, remitente_de
from casilla.services.horas import LIMA

REMITENTE = "casilla@localhost"


@dataclass
class Carpeta:
    """Each letter is one file `AAAAMMDD-HHMMSS-microseconds-HASH.eml`: by name, they are in the order they came.

    HASH is that of the Message-Id: a letter delivered again takes the place of the first.
    """

    ruta: Path
    remitente: str

    @classmethod
    def desde_ajustes(cls, settings: Mapping[str, str]) -> Self:
        """Read `casilla.correo_carpeta` and `mail.default_sender` (a folder does without: REMITENTE)."""
        ruta = settings.get("casilla.correo_carpeta")
        if not ruta:
            raise ValueError("casilla.correo_carpeta: falta la carpeta donde se guardan los correos")
        return cls(Path(ruta), remitente_de(settings, REMITENTE))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, tipo: type | None, error: BaseException | None, rastro: TracebackType | None) -> None:
        """A folder has nothing to close."""

    def entregar(self, mensaje: bytes, remitente: str, para: str) -> str:
        """Write the letter so that it is there whole or not at all, also after a power cut."""
        try:
            self.ruta.mkdir(mode=0o700, parents=True, exist_ok=True)
            nombre = self._nombre(mensaje)
            self._escribir(nombre, mensaje)
        except OSError as error:
            raise NoEntregada(f"{self.ruta}: {error.strerror or error}") from error
        return f"guardada en {nombre}"

    def _nombre(self, mensaje: bytes) -> str:
        id_ = message_from_bytes(mensaje)["Message-Id"]
        if not id_:
            raise ValueError("a letter needs a Message-Id")
        huella = sha256(id_.strip().encode()).hexdigest()[:16]
        anterior = next(self.ruta.glob(f"*-{huella}.eml"), None)
        return anterior.name if anterior else f"{datetime.now(LIMA):%Y%m%d-%H%M%S-%f}-{huella}.eml"

    def _escribir(self, nombre: str, mensaje: bytes) -> None:
        """Temporary file, fsync, rename, fsync of the folder. Mode 600: letters carry passwords."""
        descriptor, temporal = tempfile.mkstemp(dir=self.ruta, suffix=".tmp")
        try:
            with open(descriptor, "wb") as archivo:
                archivo.write(mensaje)
                archivo.flush()
                os.fsync(archivo.fileno())
            os.replace(temporal, self.ruta / nombre)
        except BaseException:
            os.unlink(temporal)
            raise
        carpeta = os.open(self.ruta, os.O_RDONLY)
        try:
            os.fsync(carpeta)
        finally:
            os.close(carpeta)
