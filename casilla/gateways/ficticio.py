"""A small committed register of people and companies that do not exist, for development, demonstrations and tests.

They are in ``padron_ficticio.json``. Their names are plainly invented; their numbers, but for the guide's own examples
(49083411, 20566118603), are from the far end of the range (99…, 20999…), to keep away from anybody's. Most people come
with every datum, some with names only, as from RENIEC through PIDE; some companies could not have a casilla.
"""

import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any, Self

from casilla.gateways.protocolo import MENOR_DE_EDAD, Ajustes, DatosEmpresa, DatosPersona, NoResponde

FECHAS = ("fecha_nacimiento", "fecha_emision")


class PadronFicticio:
    """Answers for DNI, CE and RUC alike: their numbers differ in length."""

    nombre = "Padrón ficticio"

    def __init__(
        self,
        personas: Mapping[str, DatosPersona],
        sin_respuesta: frozenset[str],
        empresas: Mapping[str, DatosEmpresa] | None = None,
    ) -> None:
        """``personas`` and ``empresas`` by number; ``sin_respuesta``: numbers for which the register plays dead."""
        self.personas = personas
        self.empresas = empresas or {}
        self.sin_respuesta = sin_respuesta

    @classmethod
    def desde_ajustes(cls, settings: Ajustes | None = None) -> Self:
        """The committed register; no setting changes it."""
        padron = json.loads(files(__package__).joinpath("padron_ficticio.json").read_text("utf-8"))
        return cls(
            {numero: _persona(datos) for numero, datos in padron["personas"].items()},
            frozenset(padron["sin_respuesta"]),
            {ruc: DatosEmpresa(**datos) for ruc, datos in padron["empresas"].items()},
        )

    def consultar(self, numero: str) -> DatosPersona | None:
        """Raises NoResponde for the numbers that try that road."""
        self._ensayar(numero)
        persona = self.personas.get(numero)
        return MENOR_DE_EDAD if persona and persona.menor else persona

    def consultar_empresa(self, ruc: str) -> DatosEmpresa | None:
        """Raises NoResponde for the numbers that try that road."""
        self._ensayar(ruc)
        return self.empresas.get(ruc)

    def _ensayar(self, numero: str) -> None:
        if numero in self.sin_respuesta:
            raise NoResponde(self.nombre, "este número ensaya un servicio que no contesta")


def _persona(datos: dict[str, Any]) -> DatosPersona:
    fechas = {campo: date.fromisoformat(datos[campo]) for campo in FECHAS if campo in datos}
    return DatosPersona(**{**datos, **fechas})
