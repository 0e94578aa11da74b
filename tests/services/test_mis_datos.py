"""Everything kept about a person, taken away: read back with other tools than those that wrote it."""

import json
import shutil
import subprocess
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from casilla.resources.sitio import Sitio
from casilla.services.mis_datos import DATOS, MANIFIESTO, empaquetar_todo, escribir_json
from tests import mundo


def en_json(sitio: Sitio, documento: str = mundo.ROSA) -> bytes:
    destino = BytesIO()
    escribir_json(sitio.usuarios[documento], mundo.ENERO, destino)
    return destino.getvalue()


def en_zip(sitio: Sitio, documento: str = mundo.ROSA) -> BytesIO:
    destino = BytesIO()
    empaquetar_todo(sitio.usuarios[documento], mundo.ENERO, destino, BytesIO())
    return destino


def test_the_data_say_who_one_is_and_what_came(sitio: Sitio) -> None:
    dicho = json.loads(en_json(sitio))

    assert (dicho["persona"]["nombres"], dicho["persona"]["correo"]) == ("ROSA", "rosa@correo.example")
    assert dicho["persona"]["fecha_nacimiento"] == "1980-05-17"
    assert {n["numero"]: n["estado"] for n in dicho["notificaciones"]} == {
        "000001-2026-OGTI": "depositado",
        "000002-2026-OGTI": "depositado",
        "000003-2026-OGTI": "depositado",
        "000004-2026-OGTI": "leido",
    }
    assert all(n["depositado_en"] == "2026-01-23T15:11:16+00:00" for n in dicho["notificaciones"])


def test_whoever_has_nothing_gets_an_empty_list(sitio: Sitio) -> None:
    assert json.loads(en_json(sitio, mundo.TOMAS))["notificaciones"] == []


def test_no_secret_is_among_the_data(sitio: Sitio) -> None:
    rosa = sitio.usuarios[mundo.ROSA]
    rosa.sesiones["nombre-de-una-sesion"] = (mundo.ENERO, "192.0.2.1")

    dicho = en_json(sitio).decode()

    assert "192.0.2.1" in dicho
    assert rosa.clave not in dicho
    assert "nombre-de-una-sesion" not in dicho


def test_the_zip_holds_every_file_that_one_may_have_and_the_manifest_proves_them(sitio: Sitio, tmp_path: Path) -> None:
    sitio._p_jar.transaction_manager.commit()
    with ZipFile(en_zip(sitio)) as paquete:
        assert paquete.testzip() is None
        paquete.extractall(tmp_path)
        nombres = paquete.namelist()

    assert nombres[0] == DATOS
    assert nombres[-1] == MANIFIESTO
    assert len(set(nombres)) == len(nombres) == 1 + 3 + 2 + 1
    assert sum(nombre.endswith("_constancia.pdf") for nombre in nombres) == 4
    assert [n for n in nombres if n.endswith("OGTI.pdf")] == [n for n in nombres if "CARTA_000004-2026-OGTI.pdf" in n]
    assert shutil.which("sha256sum")
    subprocess.run(["sha256sum", "--strict", "--quiet", "-c", MANIFIESTO], cwd=tmp_path, check=True)


def test_the_same_facts_give_the_same_zip(sitio: Sitio) -> None:
    una, otra = (sha256(en_zip(sitio).getvalue()).digest() for _ in range(2))

    assert una == otra
