"""Dated facts, appended and never edited."""

from datetime import datetime

from casilla.workflow import Flujo

Hecho = tuple[str, str, datetime, str]


class ConHistoria:
    """Mixin: ``historia`` is a tuple of facts ``(hecho, actor, cuando, detalle)``; the state is the last that is one.

    ``actor`` is the principal who did it; ``cuando`` is aware, in UTC; ``detalle`` is free text, often empty.
    """

    flujo: Flujo
    historia: tuple[Hecho, ...] = ()

    @property
    def estado(self) -> str:
        return next(hecho for hecho, *_ in reversed(self.historia) if hecho in self.flujo.estados)

    def cuando(self, hecho: str) -> datetime | None:
        """When the fact last happened, None if it did not."""
        return next((cuando for nombre, _, cuando, _ in reversed(self.historia) if nombre == hecho), None)

    def comenzar(self, actor: str, ahora: datetime) -> None:
        self.historia = ((self.flujo.inicial, actor, ahora, ""),)

    def pasar(self, acto: str, actor: str, ahora: datetime, detalle: str = "") -> None:
        """Go to the state that ``acto`` leads to. Raises TransicionInvalida, and then nothing has changed."""
        self.anotar(self.flujo.siguiente(self.estado, acto), actor, ahora, detalle)

    def anotar(self, hecho: str, actor: str, ahora: datetime, detalle: str = "") -> None:
        """Append a fact that may or may not be a state."""
        self.historia += ((hecho, actor, ahora, detalle),)
