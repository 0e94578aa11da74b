"""SUNAT's public file of taxpayers, asked by RUC in a local index of it: no agreement with anybody is needed.

The index is made by ``casilla padron importar`` (``indice_padron``) and is as old as the file it was made from.
"""

import logging
from pathlib import Path
from typing import Self

from casilla.gateways import indice_padron
from casilla.gateways.pide import exigido
from casilla.gateways.protocolo import Ajustes, DatosEmpresa, NoResponde, es_ruc

AJUSTE = "casilla.padron_archivo"

log = logging.getLogger(__name__)


class PadronReducido:
    nombre = "SUNAT (padrón reducido)"

    def __init__(self, archivo: Path) -> None:
        self._archivo = archivo

    @classmethod
    def desde_ajustes(cls, settings: Ajustes) -> Self:
        """Raises ValueError, naming the setting, when there is no index that can be read."""
        archivo = archivo_del_indice(settings)
        try:
            indice_padron.estado(archivo)
        except indice_padron.SinIndice as error:
            raise ValueError(f"{AJUSTE}: {error}") from None
        return cls(archivo)

    def consultar_empresa(self, ruc: str) -> DatosEmpresa | None:
        """Raises NoResponde when the index cannot be read."""
        if not es_ruc(ruc):
            return None
        try:
            return indice_padron.buscar(self._archivo, ruc)
        except indice_padron.SinIndice as error:
            motivo = str(error)
        log.warning("%s no responde: %s", self.nombre, motivo)
        raise NoResponde(self.nombre, motivo)


def archivo_del_indice(settings: Ajustes) -> Path:
    """Raises ValueError, naming the setting."""
    return Path(exigido(settings, AJUSTE, ".+", "el archivo del índice que hace «casilla padron importar»"))
