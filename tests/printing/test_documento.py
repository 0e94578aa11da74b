"""The file layer of our paper: what is finished leaves the memory, and other programs read what is left."""

import io
import tracemalloc
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest

from casilla.printing import listado_pdf
from casilla.printing.documento import Documento, cadena, diccionario, referencia
from casilla.printing.estilos import Estilo
from casilla.printing.papel import Papel
from tests.printing.lector import leer, poppler
from tests.printing.test_listado import fila, listado

FECHA = datetime(2026, 11, 23, 15, tzinfo=UTC)


def minimo(objetos: int) -> bytes:
    """A PDF with one empty page and so many numbers."""
    salida = io.BytesIO()
    documento = Documento(salida)
    numeros = [documento.poner(b"%d" % n) for n in range(objetos)]
    arbol = documento.reservar()
    contenido = documento.corriente(b"q Q")
    pagina = documento.poner(
        diccionario(
            Type=b"/Page",
            Parent=referencia(arbol),
            MediaBox=b"[0 0 9 9]",
            Resources=documento.recursos,
            Contents=referencia(contenido),
        )
    )
    documento.poner(diccionario(Type=b"/Pages", Count=b"1", Kids=b"[%s]" % referencia(pagina)), arbol)
    todos = b"[%s]" % b" ".join(map(referencia, numeros))
    catalogo = documento.poner(diccionario(Type=b"/Catalog", Pages=referencia(arbol), Numeros=todos))
    documento.cerrar(catalogo, documento.poner(diccionario(Title=cadena("Ñandú (1)"))))
    return salida.getvalue()


@pytest.mark.parametrize("objetos", [0, 1, 199, 200, 201, 1000])
def test_every_object_is_where_the_table_says(objetos: int) -> None:
    archivo = minimo(objetos)
    with pikepdf.open(io.BytesIO(archivo)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert list(map(int, pdf.Root.Numeros)) == list(range(objetos))
        assert str(pdf.docinfo.Title) == "Ñandú (1)"
    assert len(leer(archivo).pages) == 1


class Sumidero(io.RawIOBase):
    """Takes everything and keeps nothing."""

    def write(self, trozo: Any) -> int:
        return len(trozo)


def test_what_has_been_written_is_no_longer_held() -> None:
    def memoria(cuantas: int) -> int:
        tracemalloc.start()
        listado_pdf.escribir(listado(cuantas=cuantas, filas=map(fila, range(cuantas))), Sumidero())  # type: ignore[arg-type]
        maximo = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return maximo

    memoria(10)  # what is made once
    de_mas = (memoria(1200) - memoria(200)) / 1000
    assert de_mas < 600, f"{de_mas:.0f} bytes a row; its eleven elements took 30,000 while they were held"


def test_letters_beyond_one_part_of_a_font_are_all_read_and_drawn() -> None:
    letras = "".join(letra for letra in map(chr, range(0x100, 0x24F)))
    papel = Papel(titulo="Letras", autor="Ж", asunto="Ω", fecha=FECHA, pie="")
    for _ in range(2):
        papel.texto("P", letras, Estilo())
    archivo = papel.cerrar()
    leido = "".join(poppler("pdftotext", archivo, "-layout").split())
    assert leido == letras * 2
    assert len(poppler("pdffonts", archivo).splitlines()) == 2 + 4


def test_a_title_in_any_letters_is_read_back() -> None:
    lector = leer(Papel(titulo="Ñandú (Ω) \\ [1]", autor="a", asunto="", fecha=FECHA, pie="").cerrar())
    assert lector.metadata is not None
    assert lector.metadata.title == "Ñandú (Ω) \\ [1]"
    assert lector.metadata.creation_date == FECHA
