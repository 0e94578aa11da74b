"""SUNAT's public file, with companies that do not exist."""

from pathlib import Path

from casilla.gateways import indice_padron
from casilla.gateways.archivo_padron import Lectura
from casilla.gateways.protocolo import DatosEmpresa
from tests import mundo

CABECERA = (
    "RUC|NOMBRE O RAZÓN SOCIAL|ESTADO DEL CONTRIBUYENTE|CONDICIÓN DE DOMICILIO|UBIGEO|TIPO DE VÍA|NOMBRE DE VÍA|"
    "CÓDIGO DE ZONA|TIPO DE ZONA|NÚMERO|INTERIOR|LOTE|DEPARTAMENTO|MANZANA|KILÓMETRO|\n"
).encode("latin-1")


def linea(ruc: str, empresa: DatosEmpresa) -> bytes:
    datos = (ruc, empresa.razon_social, (empresa.estado or "-")[:20], empresa.condicion or "-", empresa.ubigeo or "-")
    return ("|".join((*datos, "AV.", "FICTICIA", *"-" * 8)) + "|\n").encode("latin-1")


def archivo(ruta: Path, empresas: dict[str, DatosEmpresa]) -> Path:
    """The file with these, and a person between them."""
    persona = linea("10990000011", DatosEmpresa("FICTICIO MUESTRA JOSE LUIS", None, "ACTIVO", "HABIDO"))
    ruta.write_bytes(CABECERA + persona + b"".join(linea(ruc, empresa) for ruc, empresa in empresas.items()))
    return ruta


def indice(ruta: Path, empresas: dict[str, DatosEmpresa]) -> Path:
    """The index of such a file, made as the order makes it."""
    with archivo(ruta.with_suffix(".txt"), empresas).open("rb") as fuente, indice_padron.construccion(ruta) as obra:
        obra.llenar(Lectura(fuente).filas())
        obra.poner_en_uso(indice_padron.Importacion(mundo.ENERO, "padron.txt", mundo.ENERO, False, 0, 0))
    return ruta
