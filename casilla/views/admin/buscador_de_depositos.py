"""What is asked of the follow-up board, as its page shows it: boxes, what is applied and how to take it away."""

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from pyramid.request import Request

from casilla.permissions import rol
from casilla.printing.certificacion import NOMBRES_DE_DOCUMENTO
from casilla.resources.persona import Persona
from casilla.resources.seguimiento import Fila
from casilla.resources.sitio import Sitio
from casilla.services.bandeja import Lugar
from casilla.services.consulta_de_depositos import AVISOS, ESTADOS, FILTROS, ORDENES, Consulta
from casilla.services.depositos import Alcance, dependencias
from casilla.services.filtros import TAMANOS
from casilla.views.admin.pagina import direccion

# Rows that one file may have: whoever asks waits for it.
MAXIMO = 10_000


def alcance(request: Request) -> Alcance:
    """Of which dependencias this person may know; None for all."""
    if rol("auditor") in request.identity.principales:
        return None
    return request.identity.cuenta.dependencias


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
        return [
            Aplicado(f"{FILTROS[n]} {self._dicho(n, palabras)}", self.url(consulta=self.consulta.sin(n)))
            for n, palabras in self.consulta.aplicados.items()
        ]

    def _dicho(self, nombre: str, palabras: str) -> str:
        if nombre != "persona":
            return palabras
        return documento_de(self._persona) if self._persona else "desconocida"

    @property
    def en_palabras(self) -> str:
        """All filters, for the head of a list."""
        return "; ".join(aplicado.palabras for aplicado in self.aplicados)

    @property
    def sin_filtros(self) -> str:
        return self.url(consulta=self.consulta.sin_filtros())

    def con_orden(self, orden: str) -> str:
        return self.url(consulta=replace(self.consulta, orden=orden))


def documento_de(persona: Persona) -> str:
    """As "DNI 40000001"."""
    return f"{NOMBRES_DE_DOCUMENTO[persona.tipo_documento]} {persona.numero}"


def de_quien(sitio: Sitio, fila: Fila) -> tuple[str, str]:
    """Document and name of the person."""
    persona = sitio.casillas[fila.casilla].persona
    return documento_de(persona), persona.nombre_completo
