"""The nodes that ``/api/v1`` traverses; where the tree has the resource itself, the door leads to it."""

from typing import Any

from pyramid.request import Request

from casilla.request import raiz
from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio


class Puerta:
    """``/api/v1``: ``notificaciones``, ``casillas``, ``eventos``."""

    __name__ = "v1"

    def __init__(self, request: Request) -> None:
        self.__parent__: Sitio = raiz(request)
        request.registry.ritmo.contar(request)

    def __getitem__(self, nombre: str) -> Any:
        sitio = self.__parent__
        return {"notificaciones": sitio.registro, "casillas": Afiliaciones(sitio), "eventos": sitio.eventos}[nombre]


class Afiliaciones:
    """``/api/v1/casillas``: any document can be asked for, whether it has a casilla or not."""

    __name__ = "casillas"

    def __init__(self, sitio: Sitio) -> None:
        self.__parent__ = sitio

    def __getitem__(self, documento: str) -> "Afiliacion":
        return Afiliacion(self, documento, self.__parent__.personas.get(documento))


class Afiliacion:
    """The answer about one document; ``persona`` None when it has no casilla."""

    def __init__(self, padre: Afiliaciones, documento: str, persona: Persona | None) -> None:
        self.__parent__ = padre
        self.__name__ = documento
        self.persona = persona
