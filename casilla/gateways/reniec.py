"""RENIEC, the national register of Peruvians, asked by DNI through PIDE.

Wire: ``POST …/Rest/RENIEC/Consultar?out=json``. It gives the names, and no birth date, sex, issue date or check
character. Of the rest (photograph, address, marital status, RENIEC's own code of the district, which is not INEI's)
nothing is taken.
"""

import logging
import re
from typing import Self

from casilla.gateways.pide import Linea, clave_de_archivo, exigido, parte, texto
from casilla.gateways.protocolo import MENOR_DE_EDAD, Ajustes, DatosPersona

URL = "https://ws2.pide.gob.pe/Rest/RENIEC/Consultar"

HALLADO, MENOR, SIN_DATOS, DATO_ERRADO = "0000", "0001", "0999", "1000"

MOTIVOS = {
    "1001": "la credencial no es válida (1001); revise casilla.pide.dni_usuario, ruc_usuario y clave_archivo",
    "1002": "la contraseña caducó (1002); renuévela y cambie la de casilla.pide.clave_archivo",
    "1003": "se alcanzó el límite diario de consultas de la credencial (1003)",
}

log = logging.getLogger(__name__)


class ReniecPide:
    nombre = "RENIEC"

    def __init__(self, linea: Linea, dni_usuario: str, ruc_usuario: str, clave: str) -> None:
        self._linea = linea
        self._credencial = {"nuDniUsuario": dni_usuario, "nuRucUsuario": ruc_usuario, "password": clave}

    @classmethod
    def desde_ajustes(cls, settings: Ajustes) -> Self:
        """Reads the password now. Raises ValueError, naming the setting that is missing or unusable."""
        return cls(
            Linea.desde_ajustes(settings, cls.nombre, "casilla.pide.reniec_url", URL),
            exigido(settings, "casilla.pide.dni_usuario", r"[0-9]{8}", "el DNI (8 dígitos) de quien consulta"),
            exigido(settings, "casilla.pide.ruc_usuario", r"[0-9]{11}", "el RUC (11 dígitos) de la institución"),
            clave_de_archivo(settings, "casilla.pide.clave_archivo"),
        )

    def consultar(self, numero: str) -> DatosPersona | None:
        """``numero``: 8 digits, else it is nobody's and not worth one of 1,000 daily questions. Raises NoResponde."""
        if not re.fullmatch(r"[0-9]{8}", numero):
            return None
        pregunta = {"PIDE": {"nuDniConsulta": numero, **self._credencial}}
        respuesta = parte(self._linea.preguntar("POST", {"out": "json"}, pregunta), "coResultado")
        codigo = texto(respuesta.get("coResultado"))
        if codigo == MENOR:
            return MENOR_DE_EDAD
        if codigo == DATO_ERRADO:
            # Our own data had the right form when we started, so the number is what RENIEC refuses.
            log.warning("RENIEC rechazó un dato de la consulta (1000)")
        if codigo in (SIN_DATOS, DATO_ERRADO):
            return None
        if codigo != HALLADO:
            raise self._linea.fallo(MOTIVOS.get(codigo, "contestó con otra forma o con un código desconocido"))
        return self._linea.persona(parte(respuesta, "prenombres"), "prenombres", "apPrimer", "apSegundo")
