"""What is asked of the follow-up board, as its page shows it: boxes, what is applied and how to take it away."""

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from pyramid.request import Request

from casilla.printing.listado_de_depositos import filtros_en_palabras
from casilla.resources.persona import Persona
from casilla.services.bandeja import Lugar
from casilla.services.consulta_de_depositos import AVISOS, ESTADOS, ORDENES, Consulta
from casilla.services.depositos import Alcance, alcance_de, dependencias
from casilla.services.filtros import TAMANOS
from casilla.views.admin.pagina import direccion


def alcance(request: Request) -> Alcance:
    """Of which dependencias this person may know; None for all."""
    return alcance_de(request.identity.cuenta)


@dataclass(frozen=True)
class Aplicado:
    """A filter in words, and the address of the board without it."""

    palabras: str
    url: str


class Buscador:
    """What is asked of the board, and how a page shows it."""

    estados = ESTADOS
    avisos = AVISOS
    ordenes = ORDENES
    tamanos = TAMANOS

    def __init__(self, request: Request, consulta: Consulta, tecleado: str = "") -> None:
        """``tecleado``: the document of a person that nobody has; it is said, and not put into an address."""
        self._request = request
        self.aqui = direccion(request, "depositos")
        self.consulta = consulta
        self._tecleado = tecleado

    def url(self, lugar: Lugar | None = None, consulta: Consulta | None = None) -> str:
        parametros = (consulta or self.consulta).parametros() | (lugar.parametros() if lugar else {})
        return f"{self.aqui}?{urlencode(parametros)}" if parametros else self.aqui

    @cached_property
    def _persona(self) -> Persona | None:
        """Whose notifications are asked for."""
        casilla = self._request.sitio.casillas.get(self.consulta.valor("persona"))
        return casilla.persona if casilla else None

    @property
    def persona(self) -> str:
        """As the box holds it."""
        return self._persona.documento if self._persona else self._tecleado

    @property
    def dependencias(self) -> list[str]:
        return dependencias(self._request.sitio, alcance(self._request))

    @property
    def errores(self) -> dict[str, str]:
        """By the names of the boxes."""
        errores = self.consulta.errores
        if self._tecleado or ("persona" in self.consulta.filtros and not self.persona):
            errores["persona"] = "Nadie con ese documento tiene casilla: revise el número"
        return errores

    @property
    def aplicados(self) -> list[Aplicado]:
        dichos = filtros_en_palabras(self._request.sitio, self.consulta)
        return [Aplicado(dicho, self.url(consulta=self.consulta.sin(n))) for n, dicho in dichos.items()]

    @property
    def sin_filtros(self) -> str:
        return self.url(consulta=self.consulta.sin_filtros())

    def con_orden(self, orden: str) -> str:
        return self.url(consulta=replace(self.consulta, orden=orden))
