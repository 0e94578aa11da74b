"""A small committed register of people who do not exist, for development, demonstrations and tests.

The people are in ``padron_ficticio.json``. Their names are plainly invented; their numbers, but for the guide's own
example (49083411), are from the far end of the range (99…), to keep away from anybody's. Most come with every datum,
some with names only, as from RENIEC through PIDE.
"""

import json
from datetime import date
from importlib.resources import files
from typing import Any, Self

from casilla.gateways.protocolo import MENOR_DE_EDAD, Ajustes, DatosPersona, NoResponde

FECHAS = ("fecha_nacimiento", "fecha_emision")


class PadronFicticio:
    """Answers for DNI and CE alike: their numbers differ in length."""

    nombre = "Padrón ficticio"

    def __init__(self, personas: dict[str, DatosPersona], sin_respuesta: frozenset[str]) -> None:
        """``personas`` by number; ``sin_respuesta``: numbers for which the register plays dead."""
        self.personas = personas
        self.sin_respuesta = sin_respuesta

    @classmethod
    def desde_ajustes(cls, settings: Ajustes | None = None) -> Self:
        """The committed register; no setting changes it."""
        padron = json.loads(files(__package__).joinpath("padron_ficticio.json").read_text("utf-8"))
        return cls(
            {numero: _persona(datos) for numero, datos in padron["personas"].items()},
            frozenset(padron["sin_respuesta"]),
        )

    def consultar(self, numero: str) -> DatosPersona | None:
        """Raises NoResponde for the numbers that try that road."""
        if numero in self.sin_respuesta:
            raise NoResponde(self.nombre, "este número ensaya un servicio que no contesta")
        persona = self.personas.get(numero)
        return MENOR_DE_EDAD if persona and persona.menor else persona


def _persona(datos: dict[str, Any]) -> DatosPersona:
    fechas = {campo: date.fromisoformat(datos[campo]) for campo in FECHAS if campo in datos}
    return DatosPersona(**{**datos, **fechas})
