"""Paper that fills from top to bottom, sheet after sheet: the small layout under every tagged PDF that we make.

``y`` is the upper edge of what is still free. Nothing here knows what it prints. Why neither reportlab's Canvas nor
Platypus: docs/decisiones/003-papel-etiquetado.md.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from casilla.printing.documento import Documento, cadena, diccionario, lista, momento, referencia
from casilla.printing.estilos import Celda, Estilo
from casilla.printing.etiquetas import ADORNO, FIN, PIE, Elemento, Etiquetas
from casilla.printing.fuentes import REGULAR, SEMINEGRA, legible
from casilla.printing.hoja import A4, MARGEN, Hoja, Tamano

_ARRIBA = 42.0
_FONDO = 48.0
_RAYA = b"0.82 0.84 0.87"
_ESTILO_PIE = Estilo(cuerpo=8, color=b"0.33 0.37 0.42")


class Papel:
    """One PDF being written; the same calls give the same bytes."""

    def __init__(
        self,
        *,
        titulo: str,
        autor: str,
        asunto: str,
        fecha: datetime,
        pie: str,
        tamano: Tamano = A4,
        destino: BinaryIO | None = None,
    ) -> None:
        """``fecha`` (aware) is when the file says it was made; ``pie`` stands under each page if there are several.

        With ``destino``, sheets and rows of tables are written to it as they are finished.
        """
        self._tamano = tamano
        self._tope = tamano[1] - _ARRIBA
        self._destino = destino or BytesIO()
        self._documento = documento = Documento(self._destino)
        self._informacion = diccionario(
            Title=cadena(legible(titulo)),
            Author=cadena(legible(autor)),
            Subject=cadena(legible(asunto)),
            Creator=cadena("Casilla"),
            CreationDate=momento(fecha),
            ModDate=momento(fecha),
        )
        for fuente in (REGULAR, SEMINEGRA):
            fuente.incrustar(documento)
        self._etiquetas = Etiquetas(documento, "es-PE")
        self._pie = pie
        self._cabecera: Sequence[Celda] = ()
        self._hojas: list[Hoja] = []
        self.pasar_hoja()

    @property
    def ancho(self) -> float:
        """From the left margin to the right one."""
        return self._tamano[0] - 2 * MARGEN

    @property
    def _hoja(self) -> Hoja:
        return self._hojas[-1]

    def pasar_hoja(self) -> None:
        """Go to the next sheet. Inside a table the headings of its columns are drawn again, as decoration."""
        if self._hojas:
            self._hoja.soltar()
        self._hojas.append(Hoja(self._documento, self._etiquetas, self._tamano))
        self.y = self._tope
        if self._cabecera:
            self.y = min(self._columna(celda, deque(celda.lineas()), ADORNO) for celda in self._cabecera)
            self._rayar()

    def reservar(self, alto: float) -> None:
        """Go to the next sheet unless that much is free on this one."""
        if alto > self.y - _FONDO:
            self.pasar_hoja()

    def reservar_al_pie(self, alto: float) -> None:
        """Leave just that much free, at the foot of this sheet or of the next."""
        self.reservar(alto)
        self.y = _FONDO + alto

    def texto(self, etiqueta: str, texto: str, estilo: Estilo, x: float = 0, ancho: float | None = None) -> None:
        """A paragraph or a heading."""
        self.columnas(Celda(etiqueta, x, ancho or self.ancho, [(estilo, texto)]))

    def columnas(self, *celdas: Celda) -> None:
        """Texts side by side."""
        self._fluir([(celda, self._abrir(celda, self._etiquetas.raiz)) for celda in celdas])

    @contextmanager
    def tabla(self, *cabecera: Celda) -> Iterator[Elemento]:
        """A table, to be filled with ``fila``."""
        tabla = self._etiquetas.abrir("Table", self._etiquetas.raiz)
        if cabecera:
            self.fila(tabla, *cabecera)
        self._cabecera = cabecera
        yield tabla
        self._cabecera = ()

    def fila(self, tabla: Elemento, *celdas: Celda) -> None:
        """A row, and the hairline under it."""
        fila = self._etiquetas.abrir("TR", tabla)
        abiertas = [(celda, self._abrir(celda, fila)) for celda in celdas]
        self._fluir(abiertas)
        self._rayar()
        for elemento in (*(elemento for _, elemento in abiertas), fila):
            self._etiquetas.cerrar(elemento)

    def caja(self, x: float, y: float, ancho: float, alto: float, color: bytes) -> None:
        """A filled rectangle as decoration, its lower left corner at (x, y)."""
        self._hoja.caja(x, y, ancho, alto, color)

    def figura(self, x: float, y: float, lado: float, dibujo: bytes, alternativa: str) -> None:
        """A square, drawn by PDF operators in units of its side, and the words for those who do not see it."""
        x += MARGEN
        palabras = cadena(legible(alternativa))
        limites = b"%.2f %.2f %.2f %.2f" % (x, y, x + lado, y + lado)
        atributos = b" /Alt %s /A <</O /Layout /BBox [%s]>>" % (palabras, limites)
        marca = self._etiquetas.marcar(self._etiquetas.abrir("Figure", self._etiquetas.raiz, atributos))
        self._hoja.poner(marca, b"q %.2f 0 0 %.2f %.2f %.2f cm" % (lado, lado, x, y), dibujo, b"Q", FIN)

    def enlace(self, url: str, estilo: Estilo, x: float, ancho: float) -> None:
        """A paragraph that leads to the address it shows; its place must have been reserved."""
        celda = Celda("Link", x, ancho, [(estilo, url)])
        elemento = self._etiquetas.abrir("Link", self._etiquetas.abrir("P", self._etiquetas.raiz))
        arriba = self.y
        self._fluir([(celda, elemento)])
        lugar = (MARGEN + x, self.y, MARGEN + x + ancho, arriba)
        self._hoja.anotar(self._etiquetas.enlazar(elemento, lugar, url))

    def cerrar(self) -> bytes:
        """The finished PDF; empty if it was written to a ``destino``."""
        documento = self._documento
        arbol = documento.reservar()
        paginas = [self._terminar(hoja, numero, referencia(arbol)) for numero, hoja in enumerate(self._hojas, 1)]
        documento.poner(diccionario(Type=b"/Pages", Count=b"%d" % len(paginas), Kids=lista(paginas)), arbol)
        catalogo = diccionario(Type=b"/Catalog", Pages=referencia(arbol), **self._etiquetas.terminar())
        for fuente in (REGULAR, SEMINEGRA):
            fuente.incrustar_raras(documento)
        documento.cerrar(documento.poner(catalogo), documento.poner(self._informacion))
        return self._destino.getvalue() if isinstance(self._destino, BytesIO) else b""

    def _terminar(self, hoja: Hoja, numero: int, arbol: bytes) -> bytes:
        """Only now is it known how many sheets there are."""
        if len(self._hojas) > 1:
            pie = legible(f"{self._pie} · Página {numero} de {len(self._hojas)}")
            hoja.poner(PIE)
            hoja.renglon(0, _FONDO - 24, _ESTILO_PIE, pie)
            hoja.poner(FIN)
        return hoja.terminar(arbol)

    def _abrir(self, celda: Celda, padre: Elemento) -> Elemento:
        atributos = b" /A <</O /Table /Scope /%s>>" % celda.alcance.encode() if celda.alcance else b""
        return self._etiquetas.abrir(celda.etiqueta, padre, atributos)

    def _rayar(self) -> None:
        self.caja(0, self.y - 4, self.ancho, 0.5, _RAYA)
        self.y -= 8

    def _fluir(self, columnas: Sequence[tuple[Celda, Elemento]]) -> None:
        """Draw cells side by side: together on one sheet if one can hold them, else over as many as they need."""
        pendientes = [(celda, elemento, deque(celda.lineas())) for celda, elemento in columnas]
        alto = max(sum(estilo.salto for estilo, _ in renglones) for _, _, renglones in pendientes)
        self.reservar(alto if alto < (self._tope - _FONDO) * 0.8 else 60)
        while True:
            fines = [
                self._columna(celda, renglones, self._etiquetas.marcar(elemento))
                for celda, elemento, renglones in pendientes
                if renglones
            ]
            self.y = min(fines)
            if not any(renglones for _, _, renglones in pendientes):
                return
            self.pasar_hoja()

    def _columna(self, celda: Celda, renglones: deque[tuple[Estilo, str]], marca: bytes) -> float:
        """Draw from ``y`` down as many lines as fit, taking them from the front; returns where the last one ends."""
        y = self.y
        self._hoja.poner(marca)
        while renglones and y - renglones[0][0].salto >= _FONDO:
            estilo, linea = renglones.popleft()
            sobra = celda.ancho - estilo.ancho(linea) if celda.a_la_derecha else 0
            y -= estilo.salto
            self._hoja.renglon(celda.x + sobra, y + estilo.salto * 0.25, estilo, linea)
        self._hoja.poner(FIN)
        return y
