"""How the institution is called and where it is found: on every page, letter and constancia."""

from datetime import datetime
from typing import Any

from persistent import Persistent


class Institucion(Persistent):
    """Names, address and contact, all as shown to people.

    ``anteriores``: what it said before each edit, oldest first, as pairs of the time of the edit and (attribute, value)
    pairs; so that a paper made anew says what it said at its time.
    """

    nombre = ""
    sigla = ""
    sistema = ""
    oficina = ""
    direccion = ""
    telefono = ""
    anexo = ""
    correo = ""
    horario = ""
    anteriores: tuple[Any, ...] = ()

    def __init__(
        self,
        *,
        nombre: str,
        sigla: str,
        sistema: str,
        oficina: str,
        direccion: str,
        telefono: str,
        anexo: str,
        correo: str,
        horario: str,
    ) -> None:
        self.nombre = nombre
        self.sigla = sigla
        self.sistema = sistema
        self.oficina = oficina
        self.direccion = direccion
        self.telefono = telefono
        self.anexo = anexo
        self.correo = correo
        self.horario = horario
        self.anteriores = ()

    def en(self, cuando: datetime) -> "Institucion":
        """As it was at that time; kept nowhere unless it is itself."""
        dichos = next((dichos for hasta, dichos in self.anteriores if cuando < hasta), None)
        return self if dichos is None else Institucion(**dict(dichos))
