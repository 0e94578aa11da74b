"""An institution without an agreement with SUNAT: its operator imports the public file, month after month."""

from dataclasses import replace
from pathlib import Path

import pytest
from pyramid.paster import get_appsettings

from casilla.gateways import registro_de_empresas
from casilla.gateways.ficticio import PadronFicticio
from casilla.gateways.protocolo import DatosEmpresa
from casilla.scripts.ajustes import fallas
from casilla.services.identidad_juridica import CotejoEmpresa, cotejar_empresa
from tests import mundo
from tests.gateways.padron import archivo
from tests.scripts.conftest import Instalacion

EMPRESAS = PadronFicticio.desde_ajustes().empresas
RUC = "20999000011"
DECLARADA = DatosEmpresa("Confecciones Ñandú Inventado S.A.C.", "040126")


@pytest.fixture
def instalacion(tmp_path: Path) -> Instalacion:
    instalacion = Instalacion(tmp_path, mundo.carpeta_vacia(tmp_path / "var"))
    instalacion.ajustar(
        {
            "casilla.identidad.ruc": "casilla.gateways.padron.PadronReducido",
            "casilla.padron_archivo": str(tmp_path / "padron.sqlite"),
        }
    )
    instalacion.orden("iniciar")
    return instalacion


def preguntar(instalacion: Instalacion) -> CotejoEmpresa:
    """What the application would say to the company."""
    registro = registro_de_empresas(get_appsettings(str(instalacion.ini)))
    assert registro
    respuesta = registro.consultar_empresa(RUC)
    assert respuesta
    return cotejar_empresa(DECLARADA, respuesta)


def test_the_operator_imports_the_file_and_companies_are_known_by_it_until_the_next(instalacion: Instalacion) -> None:
    assert [falla.partition(":")[0] for falla in fallas(get_appsettings(str(instalacion.ini)))] == [
        "casilla.padron_archivo"
    ], "without the index the application does not start, and says so"

    enero = archivo(instalacion.carpeta / "enero.txt", EMPRESAS)
    assert instalacion.orden("padron", "importar", str(enero)).exit_code == 0
    assert fallas(get_appsettings(str(instalacion.ini))) == []
    assert preguntar(instalacion) == CotejoEmpresa(("razon_social", "ubigeo", "estado", "condicion"), (), ())

    febrero = archivo(
        instalacion.carpeta / "febrero.txt", EMPRESAS | {RUC: replace(EMPRESAS[RUC], estado="BAJA DEFINITIVA")}
    )
    cortado = instalacion.carpeta / "cortado.txt"
    cortado.write_bytes(febrero.read_bytes()[:-30])
    assert instalacion.orden("padron", "importar", str(cortado)).exit_code == 1
    assert preguntar(instalacion).impedimento == "", "a broken download changes nothing"

    assert instalacion.orden("padron", "importar", str(febrero)).exit_code == 0
    assert "BAJA DEFINITIVA" in preguntar(instalacion).impedimento
    assert "febrero.txt" in instalacion.orden("padron", "estado").output
