"""Tags: the logical structure of a PDF, which a screen reader follows (ISO 32000-1, 14.7 and 14.8).

Page content that means something lies between the operator that ``marcar`` gives and ``FIN``, decoration between
``ADORNO`` and ``FIN``; nothing visible may lie outside. An element that is finished is written and leaves the memory:
a table of a hundred thousand rows has a million of them.
"""

from casilla.printing.documento import Documento, cadena, diccionario, lista, referencia

ADORNO = b"/Artifact BMC"
PIE = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
FIN = b"EMC"


class Elemento:
    """A structure element, such as a paragraph; made by ``Etiquetas.abrir``."""

    __slots__ = ("_atributos", "_hijos", "_padre", "_pagina", "numero", "referencia", "tipo")

    def __init__(self, numero: int, tipo: str, padre: bytes, atributos: bytes) -> None:
        self.numero = numero
        self.referencia = referencia(numero)
        self.tipo = tipo.encode()
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

    def escrito(self) -> bytes:
        pagina = b" /Pg " + self._pagina if self._pagina else b""
        return b"<</S /%s /P %s%s%s /K %s>>" % (self.tipo, self._padre, pagina, self._atributos, lista(self._hijos))


class Etiquetas:
    """The structure tree of one document, filled page after page."""

    def __init__(self, documento: Documento, idioma: str) -> None:
        self._documento = documento
        self._idioma = idioma
        self._pagina = b""
        self._trozos: list[bytes] = []  # by MCID, the elements of what the current page shows
        self._clave = 0
        self._duenos: list[bytes] = []  # the parent tree: the element of each link, those of each page
        self._abiertos: dict[int, Elemento] = {}
        self._numero = documento.reservar()
        self.raiz = self._nuevo("Document", referencia(self._numero), b"")

    def abrir(self, tipo: str, padre: Elemento, atributos: bytes = b"") -> Elemento:
        """A new last child: ``tipo`` is a standard type (H1, P, Table …), ``atributos`` PDF for its dictionary."""
        elemento = self._nuevo(tipo, padre.referencia, atributos)
        padre.agregar(elemento.referencia)
        return elemento

    def cerrar(self, elemento: Elemento) -> None:
        """It gets nothing more: write it. At the end that is done to all that are open."""
        self._documento.poner(elemento.escrito(), elemento.numero)
        del self._abiertos[elemento.numero]

    def pagina_nueva(self, pagina: bytes) -> int:
        """Start the page of this reference; returns the value of its entry StructParents."""
        self._cerrar_pagina()
        self._pagina = pagina
        self._clave = self._anotar(b"")
        return self._clave

    def _cerrar_pagina(self) -> None:
        if self._pagina:
            self._duenos[self._clave] = referencia(self._documento.poner(lista(self._trozos)))
        self._trozos.clear()

    def marcar(self, elemento: Elemento) -> bytes:
        """The operator that opens a piece of the element's content on the current page."""
        numero = len(self._trozos)
        self._trozos.append(elemento.referencia)
        elemento.agregar_trozo(self._pagina, numero)
        return b"/%s <</MCID %d>> BDC" % (elemento.tipo, numero)

    def enlazar(self, elemento: Elemento, rectangulo: tuple[float, float, float, float], url: str) -> bytes:
        """Make a rectangle of the current page a link; returns the annotation's reference, which the page must list."""
        direccion = cadena(url)
        anotacion = diccionario(
            Type=b"/Annot",
            Subtype=b"/Link",
            Rect=b"[%.2f %.2f %.2f %.2f]" % rectangulo,
            Border=b"[0 0 0]",
            F=b"4",  # printed with the page
            Contents=direccion,
            A=b"<</S /URI /URI %s>>" % direccion,
            StructParent=b"%d" % self._anotar(elemento.referencia),
        )
        escrita = referencia(self._documento.poner(anotacion))
        elemento.agregar(b"<</Type /OBJR /Pg %s /Obj %s>>" % (self._pagina, escrita))
        return escrita

    def terminar(self) -> dict[str, bytes]:
        """Write what is left of the tree; returns what the document's catalog has to say of it."""
        self._cerrar_pagina()
        for elemento in list(self._abiertos.values()):
            self.cerrar(elemento)
        numeros = lista(b"%d %s" % par for par in enumerate(self._duenos))
        raiz = b"<</Type /StructTreeRoot /K %s /ParentTree <</Nums %s>>>>" % (self.raiz.referencia, numeros)
        return {
            "StructTreeRoot": referencia(self._documento.poner(raiz, self._numero)),
            "MarkInfo": b"<</Marked true>>",
            "Lang": cadena(self._idioma),
            "ViewerPreferences": b"<</DisplayDocTitle true>>",
        }

    def _nuevo(self, tipo: str, padre: bytes, atributos: bytes) -> Elemento:
        elemento = Elemento(self._documento.reservar(), tipo, padre, atributos)
        self._abiertos[elemento.numero] = elemento
        return elemento

    def _anotar(self, dueno: bytes) -> int:
        self._duenos.append(dueno)
        return len(self._duenos) - 1
