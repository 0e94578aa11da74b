"""One sheet: what is drawn on it, as the operators of a PDF page (ISO 32000-1, annex A).

Lengths are points; x counts from the left margin, y from the lower edge of the paper.
"""

from casilla.printing.documento import Documento, diccionario, lista, referencia
from casilla.printing.estilos import Estilo
from casilla.printing.etiquetas import ADORNO, FIN, Etiquetas

Tamano = tuple[float, float]
A4: Tamano = (595.28, 841.89)
APAISADA: Tamano = (841.89, 595.28)
MARGEN = 57.0
ANCHO = A4[0] - 2 * MARGEN


class Hoja:
    """A sheet being filled: the next page of its document."""

    def __init__(self, documento: Documento, etiquetas: Etiquetas, tamano: Tamano) -> None:
        self._documento = documento
        self._tamano = tamano
        self._operadores: list[bytes] = []
        self._contenidos: list[bytes] = []
        self._anotaciones: list[bytes] = []
        self._numero = documento.reservar()
        self._clave = etiquetas.pagina_nueva(referencia(self._numero))

    def poner(self, *operadores: bytes) -> None:
        self._operadores += operadores

    def anotar(self, anotacion: bytes) -> None:
        """List an annotation, by its reference."""
        self._anotaciones.append(anotacion)

    def renglon(self, x: float, y: float, estilo: Estilo, linea: str) -> None:
        """A line of legible text; y is its base line."""
        self.poner(b"BT %s rg 1 0 0 1 %.2f %.2f Tm" % (estilo.color, MARGEN + x, y))
        for fuente, cadena in estilo.fuente.codificar(linea, self._documento):
            self.poner(b"/%s %.2f Tf %s Tj" % (fuente.encode(), estilo.cuerpo, cadena))
        self.poner(b"ET")

    def caja(self, x: float, y: float, ancho: float, alto: float, color: bytes) -> None:
        """A filled rectangle, as decoration."""
        self.poner(ADORNO, b"%s rg %.2f %.2f %.2f %.2f re f" % (color, MARGEN + x, y, ancho, alto), FIN)

    def soltar(self) -> None:
        """Write what was drawn so far; more may follow."""
        if self._operadores:
            self._contenidos.append(referencia(self._documento.corriente(b"\n".join(self._operadores))))
            self._operadores.clear()

    def terminar(self, padre: bytes) -> bytes:
        """Write the page itself, a child of the node ``padre``; returns its reference."""
        self.soltar()
        pagina = diccionario(
            Type=b"/Page",
            Parent=padre,
            MediaBox=b"[0 0 %.2f %.2f]" % self._tamano,
            Resources=self._documento.recursos,
            Contents=lista(self._contenidos),
            StructParents=b"%d" % self._clave,
            Tabs=b"/S",  # the tab key follows the structure (PDF/UA-1, 7.18.3)
            **({"Annots": lista(self._anotaciones)} if self._anotaciones else {}),
        )
        return referencia(self._documento.poner(pagina, self._numero))
