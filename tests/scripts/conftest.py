"""Orders run as an operator would, on real stores in a folder of the test; and a real mail server on loopback."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from casilla.resources.almacen import abrir
from casilla.resources.sitio import Sitio
from casilla.scripts import casilla
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.mail.conftest import puerto_cerrado, servidor, servidor_mudo

__all__ = ["puerto_cerrado", "servidor", "servidor_mudo"]

SERVIDOR = "[server:main]\nuse = egg:waitress#main\nlisten = 127.0.0.1:{}\n"


def por_smtp(puerto: int) -> dict[str, str]:
    """The settings for a mail server on loopback."""
    return {"casilla.correo": "smtp", "mail.host": "127.0.0.1", "mail.port": str(puerto)}


@dataclass
class Instalacion:
    """A folder with an ini, and what it names."""

    carpeta: Path
    uri: str

    @property
    def ini(self) -> Path:
        return self.carpeta / "prueba.ini"

    @property
    def ajustes(self) -> dict[str, str]:
        """What the ini says, if nothing else is asked of it."""
        return {
            "zodbconn.uri": self.uri,
            "casilla.url": "http://casilla.example",
            "casilla.secreto_archivo": f"{self.carpeta}/secreto",
            "casilla.bcrypt_costo": "4",
            "casilla.identidad.dni": "casilla.gateways.ficticio.PadronFicticio",
            "casilla.identidad.ce": "casilla.gateways.ficticio.PadronFicticio",
            "casilla.correo": "carpeta",
            "casilla.correo_carpeta": f"{self.carpeta}/correo",
            "mail.default_sender": "no-responder@casilla.example",
            "casilla.cartero": "aparte",
        }

    def ajustar(self, cambios: dict[str, str] | None = None, puerto: int = 0) -> None:
        """Write the ini, with other settings."""
        lineas = [f"{ajuste} = {valor}" for ajuste, valor in (self.ajustes | (cambios or {})).items()]
        self.ini.write_text("\n".join(["[app:main]", "use = egg:casilla", *lineas, SERVIDOR.format(puerto)]), "utf-8")

    def orden(self, *argumentos: str) -> Result:
        """``casilla -c prueba.ini …``"""
        return CliRunner().invoke(casilla, ["-c", str(self.ini), *argumentos])

    def hacer(self, acto: Callable[[Sitio], Any]) -> Any:
        """Do something in the store, as if another version of the program had done it."""
        db = abrir(self.uri)
        try:
            with db.transaction() as conexion:
                return acto(conexion.root()[RAIZ])
        finally:
            db.close()


@pytest.fixture
def vacia(tmp_path: Path) -> Instalacion:
    """Nothing but the ini."""
    instalacion = Instalacion(tmp_path, mundo.carpeta_vacia(tmp_path / "var"))
    instalacion.ajustar()
    return instalacion


@pytest.fixture
def poblada(mundo_guardado: Path, tmp_path: Path) -> Instalacion:
    """The world, with its secret, as an operator finds it."""
    copia = tmp_path / "var"
    shutil.copytree(mundo_guardado, copia, ignore=shutil.ignore_patterns("*.lock"))
    copia.chmod(0o700)
    (copia / "Data.fs").chmod(0o600)
    (tmp_path / "secreto").write_bytes(mundo.SECRETO)
    (tmp_path / "secreto").chmod(0o600)
    (tmp_path / "correo").mkdir()
    instalacion = Instalacion(tmp_path, mundo.carpeta_vacia(copia))
    instalacion.ajustar()
    return instalacion
