"""SUNAT, the register of taxpayers, asked by RUC through PIDE.

Wire: ``GET …/Rest/Sunat/DatosPrincipales?numruc=RUC&out=json``. The answer is XML turned into JSON: each field is an
object whose text is under ``$``, which is missing when the field is null. For a RUC that nobody has, either there is no
``multiRef`` or its name is empty.
"""

import re
from typing import Any, Self

from casilla.gateways.pide import Linea, parte, texto
from casilla.gateways.protocolo import Ajustes, DatosEmpresa, es_ruc

URL = "https://ws3.pide.gob.pe/Rest/Sunat/DatosPrincipales"


class SunatPide:
    nombre = "SUNAT"

    def __init__(self, linea: Linea) -> None:
        self._linea = linea

    @classmethod
    def desde_ajustes(cls, settings: Ajustes) -> Self:
        """Raises ValueError, naming the setting that is unusable."""
        return cls(Linea.desde_ajustes(settings, cls.nombre, "casilla.pide.sunat_url", URL))

    def consultar_empresa(self, ruc: str) -> DatosEmpresa | None:
        """What cannot be a RUC is nobody's and spends no question. Raises NoResponde."""
        if not es_ruc(ruc):
            return None
        respuesta = parte(self._linea.preguntar("GET", {"numruc": ruc, "out": "json"}), "list")
        if "list" not in respuesta:
            raise self._linea.fallo("contestó con otra forma")
        datos = self._datos(respuesta["list"])
        razon_social = _campo(datos, "ddp_nombre")
        if not razon_social:
            return None
        ubigeo = _campo(datos, "ddp_ubigeo")
        return DatosEmpresa(
            razon_social,
            ubigeo=ubigeo if re.fullmatch("[0-9]{6}", ubigeo) else None,
            estado=_campo(datos, "desc_estado") or None,
            condicion=_campo(datos, "desc_flag22") or None,
        )

    def _datos(self, lista: Any) -> dict[str, Any]:
        """The fields; none when there is no such taxpayer. Raises NoResponde for anything else."""
        if not lista or (isinstance(lista, dict) and lista.get("multiRef") is None):
            return {}
        if not isinstance(lista, dict) or not isinstance(lista["multiRef"], dict):
            raise self._linea.fallo("contestó con otra forma")
        datos: dict[str, Any] = lista["multiRef"]
        if not isinstance(datos.get("ddp_nombre"), dict):
            raise self._linea.fallo("contestó sin el campo del nombre")
        return datos


def _campo(datos: dict[str, Any], nombre: str) -> str:
    """Its text; "" when it is null or not there."""
    campo = datos.get(nombre)
    return texto(campo.get("$")) if isinstance(campo, dict) else ""
