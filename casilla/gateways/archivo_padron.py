"""SUNAT's public file ``padron_reducido_ruc.txt``: how it is read.

ISO-8859-1, fields parted and ended by ``|``, a header and some 18 million lines: RUC, name, state of the taxpayer (cut
at 20 characters), condition of the domicile, ubigeo and ten parts of the address, ``-`` where there is none.
"""

from collections.abc import Iterable, Iterator
from unicodedata import normalize

from casilla.gateways.indice_padron import Fila

COLUMNAS = 15
CABECERA = ("RUC", "NOMBRE O RAZON SOCIAL", "ESTADO DEL CONTRIBUYENTE", "CONDICION DE DOMICILIO", "UBIGEO")
EMPRESA = b"20"
"""What the RUC of a company begins with; 10, 15 and 17 are people's."""
_MUESTRAS = 5


class NoEsElPadron(Exception):
    """The file is not what it should be; its text says why, in Spanish."""


class Lectura:
    """One reading of the file, line by line.

    ``leidas`` counts its lines without the header, ``tomadas`` those that were given out, ``malas`` those that could
    not be understood; ``muestras``: the numbers of the first of these, as an editor counts.
    """

    def __init__(self, lineas: Iterable[bytes], *, todos: bool = False) -> None:
        """``todos``: every RUC and not only those of companies. Raises NoEsElPadron for another header."""
        self._lineas = iter(lineas)
        self.todos = todos
        self.leidas = self.tomadas = self.malas = 0
        self.muestras: list[int] = []
        if not _es_cabecera(next(self._lineas, b"")):
            raise NoEsElPadron("no empieza con los títulos del padrón reducido de la SUNAT, en ISO-8859-1")

    def filas(self) -> Iterator[Fila]:
        """The companies. Raises NoEsElPadron at the end of a file that was cut, or that hardly can be understood."""
        linea = b"\n"
        for linea in self._lineas:
            self.leidas += 1
            if linea.count(b"|") != COLUMNAS:
                self._mala()
            elif self.todos or linea.startswith(EMPRESA):
                if fila := _fila(linea):
                    self.tomadas += 1
                    yield fila
                else:
                    self._mala()
        self._juzgar(linea)

    def _mala(self) -> None:
        self.malas += 1
        if len(self.muestras) < _MUESTRAS:
            self.muestras.append(self.leidas + 1)

    def _juzgar(self, ultima: bytes) -> None:
        if not ultima.endswith(b"\n") and ultima.count(b"|") != COLUMNAS:
            raise NoEsElPadron("está cortado: su última línea no está completa; descárguelo de nuevo")
        if not self.tomadas:
            raise NoEsElPadron("no trae ninguna empresa")
        if self.malas * 100 > self.leidas:
            raise NoEsElPadron(f"no se entienden {self.malas} de sus {self.leidas} líneas")


def _es_cabecera(linea: bytes) -> bool:
    plano = normalize("NFKD", linea.decode("latin-1")).encode("ascii", "ignore").decode().upper()
    columnas = plano.split("|")
    return len(columnas) == COLUMNAS + 1 and tuple(columnas[: len(CABECERA)]) == CABECERA


def _fila(linea: bytes) -> Fila | None:
    """None for a line that has the fields of this file and not their content."""
    ruc, nombre, estado, condicion, ubigeo, _ = linea.split(b"|", len(CABECERA))
    razon_social, distrito = _texto(nombre), _texto(ubigeo)
    if not razon_social or not (len(ruc) == 11 and ruc.isdigit()):
        return None
    if distrito and not (len(distrito) == 6 and distrito.isdecimal()):
        return None
    return int(ruc), razon_social, _texto(estado), _texto(condicion), distrito


def _texto(campo: bytes) -> str | None:
    texto = campo.decode("latin-1").strip()
    return None if texto in ("", "-") else texto
