"""The inis of the repository, and what is said when something that they need is not there."""

import shutil
from pathlib import Path

import pytest
from pyramid.paster import get_appsettings

from casilla import main
from casilla.scripts.ajustes import fallas
from tests.scripts.conftest import Instalacion

RAIZ = Path(__file__).parent.parent.parent


@pytest.fixture
def sin_postgres(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment in which libpq knows no password."""
    for variable in ("PGPASSWORD", "PGPASSFILE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.usefixtures("sin_postgres")
def test_production_names_in_one_message_every_secret_that_is_missing(tmp_path: Path) -> None:
    ini = tmp_path / "production.ini"
    texto = (RAIZ / "production.ini").read_text("utf-8")
    ini.write_text(texto.replace("/etc/casilla", str(tmp_path)), "utf-8")

    with pytest.raises(ValueError, match="no se puede arrancar") as error:
        main({}, **get_appsettings(str(ini)))

    for secreto in ("casilla.secreto_archivo", "casilla.pide.clave_archivo", "mail.password_archivo", "PostgreSQL"):
        assert secreto in str(error.value)


def test_production_lacks_nothing_once_its_secrets_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ini = tmp_path / "production.ini"
    texto = (RAIZ / "production.ini").read_text("utf-8")
    ini.write_text(texto.replace("/etc/casilla", str(tmp_path)), "utf-8")
    for nombre in ("secreto", "clave-pide", "clave-correo", "pgpass"):
        (tmp_path / nombre).write_text("x" * 40)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))

    assert fallas(get_appsettings(str(ini))) == []


def test_no_ini_of_the_repository_holds_a_secret() -> None:
    for nombre in ("development.ini", "production.ini"):
        lineas = (RAIZ / nombre).read_text("utf-8").splitlines()
        activos = [linea.partition("=")[0].strip() for linea in lineas if "=" in linea and not linea.startswith("#")]
        assert not {"mail.password", "casilla.secreto", "casilla.pide.clave"} & set(activos)


def test_development_needs_nothing_but_to_be_begun(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from casilla.scripts import casilla

    ini = shutil.copy(RAIZ / "development.ini", tmp_path)
    orden = CliRunner()

    assert orden.invoke(casilla, ["-c", str(ini), "iniciar"]).exit_code == 0
    assert orden.invoke(casilla, ["-c", str(ini), "doctor"]).exit_code == 0
    assert sorted(ruta.name for ruta in (tmp_path / "var").iterdir())[:3] == [
        "Data.fs",
        "Data.fs.index",
        "Data.fs.lock",
    ]


def test_an_ini_of_ones_own_overrides_what_it_wants(tmp_path: Path) -> None:
    shutil.copy(RAIZ / "development.ini", tmp_path)
    propio = tmp_path / "otra" / "propio.ini"
    propio.parent.mkdir()
    propio.write_text("[app:main]\nuse = config:../development.ini\nzodbconn.uri = file://%(here)s/mio.fs\n")

    ajustes = get_appsettings(str(propio))

    assert ajustes["zodbconn.uri"] == f"file://{propio.parent}/mio.fs"
    assert ajustes["casilla.secreto_archivo"] == f"{tmp_path}/var/secreto"


def test_in_development_a_missing_secret_says_how_to_make_it(vacia: Instalacion) -> None:
    with pytest.raises(ValueError, match="lo crea «casilla iniciar»"):
        main({}, **vacia.ajustes)


def test_everything_that_is_wrong_is_told_at_once(poblada: Instalacion) -> None:
    ajustes = poblada.ajustes | {
        "casilla.secreto_archivo": "/no/esta",
        "casilla.identidad.dni": "no.existe.Registro",
        "casilla.correo": "paloma",
        "casilla.max_documento": "50 MB",
        "casilla.url": "casilla.example",
        "casilla.espera_tras_correccion": "un día",
        "casilla.admin_desde": "10.0.0.0/33",
        "casilla.metricas_desde": "10.0.0.0/8, la oficina",
    }

    dichas = " ".join(fallas(ajustes))

    for ajuste in (
        "casilla.secreto_archivo",
        "casilla.identidad.dni",
        "casilla.correo",
        "casilla.max_documento",
        "casilla.url",
        "casilla.espera_tras_correccion",
        "casilla.admin_desde",
        "casilla.metricas_desde",
    ):
        assert f"{ajuste}: " in dichas


def test_no_wait_after_a_correction_is_a_setting_and_less_than_none_is_not(poblada: Instalacion) -> None:
    def quejas(horas: str) -> list[str]:
        return [f for f in fallas(poblada.ajustes | {"casilla.espera_tras_correccion": horas}) if "espera_tras" in f]

    assert quejas("0") == quejas("24") == []
    assert quejas("-1") == ["casilla.espera_tras_correccion: '-1' no es un número de horas, de 0 a 999"]
