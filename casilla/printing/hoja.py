"""One sheet: what is drawn on it, as the operators of a PDF page (ISO 32000-1, annex A).

Lengths are points; x counts from the left margin, y from the lower edge of the paper.
"""

from reportlab.pdfbase import pdfdoc

from casilla.printing.estilos import Estilo
from casilla.printing.etiquetas import ADORNO, FIN, Etiquetas

Tamano = tuple[float, float]
A4: Tamano = (595.28, 841.89)
APAISADA: Tamano = (841.89, 595.28)
MARGEN = 57.0
ANCHO = A4[0] - 2 * MARGEN


class Hoja:
    """A sheet being filled: the next page of its document."""

    def __init__(self, documento: pdfdoc.PDFDocument, etiquetas: Etiquetas, tamano: Tamano) -> None:
        self._documento = documento
        self._tamano = tamano
        self._operadores: list[bytes] = []
        self._anotaciones: list[bytes] = []
        self._pagina = pdfdoc.PDFPage()
        documento.addPage(self._pagina)
        self._clave = etiquetas.pagina_nueva(documento.Reference(self._pagina).format(documento))

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

    def terminar(self) -> None:
        """Hand what was drawn to the page."""
        contenido = b"\n".join(self._operadores)
        self._documento.updateSignature(contenido)
        pagina = self._pagina
        pagina.MediaBox = b"[0 0 %.2f %.2f]" % self._tamano
        pagina.Resources = b"<</Font %s>>" % pdfdoc.PDFObjectReference(pdfdoc.BasicFonts).format(self._documento)
        pagina.Contents = pdfdoc.PDFStream(content=contenido, filters=[pdfdoc.PDFZCompress])
        pagina.Annots = self._anotaciones
        # reportlab's page knows neither entry. The tab key follows the structure (PDF/UA-1, 7.18.3).
        pagina.__Defaults__ = {**pagina.__Defaults__, "StructParents": self._clave, "Tabs": "/S"}
