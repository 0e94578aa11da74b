"""Migraciones, the register of resident foreigners, asked by carné de extranjería (CE) through PIDE.

Wire: ``GET …/Rest/Migraciones/CarnetExtranjeria?…&out=json``. It gives names only. Besides the number it is told who
asks: the code, MAC and IP address that the institution agreed with Migraciones.

The manual is not public; names are those that other institutions' published clients use, so the envelope around the
answer is not insisted upon.
"""

import re
from typing import Self

from casilla.gateways.pide import Linea, parte, texto
from casilla.gateways.protocolo import MENOR_DE_EDAD, Ajustes, DatosPersona

URL = "https://ws3.pide.gob.pe/Rest/Migraciones/CarnetExtranjeria"

QUIEN_PREGUNTA = {
    "strCodInstitucion": "casilla.pide.migraciones_institucion",
    "strMac": "casilla.pide.migraciones_mac",
    "strNroIp": "casilla.pide.migraciones_ip",
}

HALLADO, SIN_DATOS, MENOR = "0000", "0001", "0007"

MOTIVOS = {
    "0002": "no tiene conexión con su base de datos (0002)",
    "0003": "su consulta interna falló (0003)",
    "0005": f"no nos permite la consulta (0005); revise {', '.join(QUIEN_PREGUNTA.values())}",
    "0006": "no admite el tipo de documento (0006)",
}


class MigracionesPide:
    nombre = "Migraciones"

    def __init__(self, linea: Linea, quien: dict[str, str]) -> None:
        self._linea = linea
        self._quien = quien

    @classmethod
    def desde_ajustes(cls, settings: Ajustes) -> Self:
        """Raises ValueError, naming the setting that is unusable."""
        return cls(
            Linea.desde_ajustes(settings, cls.nombre, "casilla.pide.migraciones_url", URL),
            {campo: str(settings[clave]) for campo, clave in QUIEN_PREGUNTA.items() if settings.get(clave)},
        )

    def consultar(self, numero: str) -> DatosPersona | None:
        """``numero``: up to 12 letters and digits (SUNAT, catalogue 06), else it is nobody's. Raises NoResponde."""
        if not re.fullmatch(r"[0-9A-Za-z]{1,12}", numero):
            return None
        pregunta = {**self._quien, "strNumDocumento": numero.upper(), "strTipoDocumento": "CE", "out": "json"}
        respuesta = parte(self._linea.preguntar("GET", pregunta), "strNumRespuesta")
        codigo = texto(respuesta.get("strNumRespuesta"))
        if codigo == MENOR:
            return MENOR_DE_EDAD
        if codigo == SIN_DATOS:
            return None
        if codigo != HALLADO:
            raise self._linea.fallo(MOTIVOS.get(codigo, "contestó con otra forma o con un código desconocido"))
        return self._linea.persona(respuesta, "strNombres", "strPrimerApellido", "strSegundoApellido")
