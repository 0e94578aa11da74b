"""Tags: the logical structure of a PDF, which a screen reader follows (ISO 32000-1, 14.7 and 14.8).

reportlab 5 writes no tags; this adds them to its ``PDFDocument``. Page content that means something lies between the
operator that ``marcar`` gives and ``FIN``, decoration between ``ADORNO`` and ``FIN``; nothing visible may lie outside.
"""

from reportlab.pdfbase import pdfdoc

ADORNO = b"/Artifact BMC"
PIE = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
FIN = b"EMC"


class Elemento(pdfdoc.PDFObject):
    """A structure element, such as a paragraph; made by ``Etiquetas.abrir``."""

    def __init__(self, tipo: str, padre: bytes, atributos: bytes) -> None:
        self.tipo = tipo.encode()
        self.referencia = b""
        self._padre = padre
        self._atributos = atributos
        self._pagina = b""
        self._hijos: list[bytes] = []

    def agregar(self, hijo: bytes) -> None:
        """A reference to an element, or the dictionary of an annotation."""
        self._hijos.append(hijo)

    def agregar_trozo(self, pagina: bytes, numero: int) -> None:
        """Page content: the piece with this MCID on that page. The page of the first is not repeated (table 323)."""
        self._pagina = self._pagina or pagina
        trozo = b"%d" % numero
        self.agregar(trozo if pagina == self._pagina else b"<</Type /MCR /Pg %s /MCID %s>>" % (pagina, trozo))

    def format(self, documento: pdfdoc.PDFDocument) -> bytes:
        pagina = b" /Pg " + self._pagina if self._pagina else b""
        hijos = b" ".join(self._hijos)
        return b"<</S /%s /P %s%s%s /K [%s]>>" % (self.tipo, self._padre, pagina, self._atributos, hijos)


class Etiquetas(pdfdoc.PDFObject):
    """The structure tree of one document, filled page after page."""

    def __init__(self, documento: pdfdoc.PDFDocument, idioma: str) -> None:
        self._documento = documento
        self._pagina = b""
        self._trozos: list[bytes] = []  # by MCID, the elements of what the current page shows
        self._duenos: list[bytes | list[bytes]] = []  # the parent tree: the element of each link, those of each page
        self._referencia = self._registrar(self)
        self.raiz = self._nuevo("Document", self._referencia, b"")
        catalogo = documento.Catalog
        catalogo.StructTreeRoot = self
        catalogo.MarkInfo = b"<</Marked true>>"
        catalogo.Lang = pdfdoc.PDFString(idioma)
        catalogo.ViewerPreferences = b"<</DisplayDocTitle true>>"

    def abrir(self, tipo: str, padre: Elemento, atributos: bytes = b"") -> Elemento:
        """A new last child: ``tipo`` is a standard type (H1, P, Table …), ``atributos`` PDF for its dictionary."""
        elemento = self._nuevo(tipo, padre.referencia, atributos)
        padre.agregar(elemento.referencia)
        return elemento

    def pagina_nueva(self, pagina: bytes) -> int:
        """Start the page of this reference; returns the value of its entry StructParents."""
        self._pagina = pagina
        self._trozos = []
        return self._anotar(self._trozos)

    def marcar(self, elemento: Elemento) -> bytes:
        """The operator that opens a piece of the element's content on the current page."""
        numero = len(self._trozos)
        self._trozos.append(elemento.referencia)
        elemento.agregar_trozo(self._pagina, numero)
        return b"/%s <</MCID %d>> BDC" % (elemento.tipo, numero)

    def enlazar(self, elemento: Elemento, rectangulo: tuple[float, float, float, float], url: str) -> bytes:
        """Make a rectangle of the current page a link; returns the annotation's reference, which the page must list."""
        direccion = pdfdoc.PDFString(url).format(self._documento)
        anotacion = {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": b"[%.2f %.2f %.2f %.2f]" % rectangulo,
            "Border": b"[0 0 0]",
            "F": 4,  # printed with the page
            "Contents": direccion,
            "A": b"<</S /URI /URI %s>>" % direccion,
            "StructParent": self._anotar(elemento.referencia),
        }
        referencia = self._registrar(pdfdoc.PDFDictionary(anotacion))
        elemento.agregar(b"<</Type /OBJR /Pg %s /Obj %s>>" % (self._pagina, referencia))
        return referencia

    def format(self, documento: pdfdoc.PDFDocument) -> bytes:
        duenos = (b"[%s]" % b" ".join(d) if isinstance(d, list) else d for d in self._duenos)
        numeros = b" ".join(b"%d %s" % par for par in enumerate(duenos))
        return b"<</Type /StructTreeRoot /K %s /ParentTree <</Nums [%s]>>>>" % (self.raiz.referencia, numeros)

    def _nuevo(self, tipo: str, padre: bytes, atributos: bytes) -> Elemento:
        elemento = Elemento(tipo, padre, atributos)
        elemento.referencia = self._registrar(elemento)
        return elemento

    def _registrar(self, objeto: pdfdoc.PDFObject) -> bytes:
        return self._documento.Reference(objeto).format(self._documento)

    def _anotar(self, dueno: bytes | list[bytes]) -> int:
        self._duenos.append(dueno)
        return len(self._duenos) - 1
