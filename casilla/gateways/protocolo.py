"""What every register of persons or companies answers, and the one way in which it fails to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, Self

from stdnum.pe import ruc

Ajustes = Mapping[str, Any]


@dataclass(frozen=True)
class DatosPersona:
    """A person as a register knows them, or as they describe themselves: both sides of a comparison.

    ``sexo`` is "F" or "M", as on the card. ``digito_verificacion`` is the check character printed after the number of
    the DNI (the guide's CUI), a digit or, on old cards, a letter. ``ubigeo`` is INEI's code of the district, 6
    digits. None = not given: RENIEC through PIDE gives none of the dates, nor sexo, nor check character. ``menor``:
    the register says that the number belongs to a minor; then it tells nothing else and the names are empty.
    """

    nombres: str
    apellido_paterno: str
    apellido_materno: str
    fecha_nacimiento: date | None = None
    sexo: str | None = None
    fecha_emision: date | None = None
    digito_verificacion: str | None = None
    ubigeo: str | None = None
    menor: bool = False


MENOR_DE_EDAD = DatosPersona("", "", "", menor=True)


@dataclass(frozen=True)
class DatosEmpresa:
    """A company as a register knows it, or as it describes itself: both sides of a comparison.

    ``ubigeo``: INEI's code of the district of its fiscal domicile, 6 digits. ``estado`` of the taxpayer ("ACTIVO",
    "BAJA DE OFICIO" …) and ``condicion`` of the domicile ("HABIDO", "NO HABIDO" …) in SUNAT's own words, in capitals;
    its public file cuts the first at 20 characters. None = not given.
    """

    razon_social: str
    ubigeo: str | None = None
    estado: str | None = None
    condicion: str | None = None


def es_ruc(numero: str) -> bool:
    """Whether this can be a RUC: 11 digits, one of SUNAT's prefixes, and its check digit."""
    return len(numero) == 11 and numero.isascii() and numero.isdigit() and ruc.is_valid(numero)


class NoResponde(Exception):
    """The register gave no answer that can be used: down, slow, refusing us, or talking nonsense.

    ``servicio``: its name, fit to be shown to people. ``motivo``: the reason in Spanish, for the operator. Neither
    carries anything about the person asked for, nor the password, so both may be logged.
    """

    def __init__(self, servicio: str, motivo: str) -> None:
        super().__init__(servicio, motivo)
        self.servicio = servicio
        self.motivo = motivo

    def __str__(self) -> str:
        return f"{self.servicio} no responde: {self.motivo}"


class RegistroDePersonas(Protocol):
    """Whom we ask who somebody is. One object serves all threads."""

    nombre: str
    """As people know it: "RENIEC"."""

    @classmethod
    def desde_ajustes(cls, settings: Ajustes) -> Self:
        """Made once, at start. Raises ValueError, naming the setting, for one that is missing or unusable."""
        ...

    def consultar(self, numero: str) -> DatosPersona | None:
        """The person with this document number, without check character; None when the register knows no such number.

        May take as long as the setting ``casilla.pide.espera``, so it is asked before anything is written. Raises
        NoResponde.
        """
        ...


class RegistroDeEmpresas(Protocol):
    """Whom we ask what company has a RUC. One object serves all threads.

    Its question has a name of its own, so that one register may answer for persons too, and none for both by mistake.
    """

    nombre: str
    """As people know it: "SUNAT"."""

    @classmethod
    def desde_ajustes(cls, settings: Ajustes) -> Self:
        """Made once, at start. Raises ValueError, naming the setting, for one that is missing or unusable."""
        ...

    def consultar_empresa(self, ruc: str) -> DatosEmpresa | None:
        """The company with this RUC; None when the register knows none. As slow, and raises, as ``consultar``."""
        ...
