"""Which PDF has words, and which is a picture of them: what other people's programs write, and what nobody should."""

from pathlib import Path

import pikepdf
import pytest

from casilla.services import texto_pdf
from casilla.services.texto_pdf import tiene_letras

NOMBRADA = b"/Im0 Do"
ROTULO = b"BT /F0 12 Tf 0 16 Td (Background) Tj ET "
TEXTO = b"BT /F0 12 Tf 10 100 Td %s ET"


def pdf(carpeta: Path, dibujo: bytes, *formas: bytes, lado: int = 200) -> Path:
    """A page that names a font and a picture, and forms /X0, /X1 …, each of which may draw the next."""
    hecho = pikepdf.new()
    hecho.add_blank_page(page_size=(lado, lado))
    fuente = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica, Name=pikepdf.Name.F0
    )
    foto = hecho.make_stream(b"\x00" * 3, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
    foto.ColorSpace, foto.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    objetos = pikepdf.Dictionary(Im0=foto)
    recursos = hecho.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=fuente), XObject=objetos))
    for numero, forma in enumerate(formas):
        recursos.XObject[f"/X{numero}"] = hecho.make_stream(
            forma, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, lado, lado], Resources=recursos
        )
    hecho.pages[0].Resources = recursos
    hecho.pages[0].Contents = hecho.make_stream(dibujo)
    hecho.save(carpeta / "x.pdf")
    return carpeta / "x.pdf"


CASOS: dict[str, tuple[bool, bytes, tuple[bytes, ...]]] = {
    "a font that nothing uses": (False, NOMBRADA, ()),
    "a font that is set and shows nothing": (False, TEXTO % b"() Tj [() -20] TJ", ()),
    "words in a form that is not drawn": (False, NOMBRADA, (TEXTO % b"(Hola) Tj",)),
    "an operator within a picture": (False, b"BI /W 8 /H 1 /BPC 8 /CS /G ID (ab) Tj EI", ()),
    "an operator within a string": (False, b"/Nota <</a (x Tj)>> BDC EMC", ()),
    "words": (True, TEXTO % b"(Hola) Tj", ()),
    "words in pieces": (True, TEXTO % b"[(Ho) -20 (la)] TJ", ()),
    "words in hexadecimal": (True, TEXTO % b"<486F6C61> Tj", ()),
    "words on the next line": (True, TEXTO % b"(Hola) '", ()),
    "words with their spacing": (True, TEXTO % b'1 1 (Hola) "', ()),
    "unseen words under a scan, as OCR leaves them": (True, NOMBRADA + b" " + TEXTO % b"3 Tr (Hola) Tj", ()),
    "words in a form within a form": (True, b"/X0 Do", (b"/X1 Do", TEXTO % b"(Hola) Tj")),
    "a form that draws itself": (False, b"/X0 Do", (b"/X0 Do",)),
}


@pytest.mark.parametrize("caso", CASOS)
def test_only_what_is_shown_is_text(tmp_path: Path, caso: str) -> None:
    tiene, dibujo, formas = CASOS[caso]

    assert tiene_letras(pdf(tmp_path, dibujo, *formas)) is tiene


def test_a_label_that_a_program_wrote_beside_the_page_is_none(tmp_path: Path) -> None:
    """ImageMagick, of a picture that has a label: above the page, where neither eyes nor readers come."""
    assert not tiene_letras(pdf(tmp_path, b"q " + ROTULO + NOMBRADA + b" Q", lado=4))


def test_where_no_program_reads_it_what_is_shown_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert tiene_letras(pdf(tmp_path, ROTULO, lado=4))
    assert not tiene_letras(pdf(tmp_path, NOMBRADA))


def test_much_text_is_known_by_its_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texto_pdf, "leer_pdf", lambda *_, **__: pytest.fail("nobody needs to ask"))

    assert tiene_letras(pdf(tmp_path, TEXTO % (b"(Se le notifica la carta.) Tj " * 100_000)))


def test_pages_take_fonts_and_forms_from_above(tmp_path: Path) -> None:
    with pikepdf.open(pdf(tmp_path, b"/X0 Do", TEXTO % b"(Hola) Tj")) as heredero:
        heredero.Root.Pages.Resources = heredero.pages[0].Resources
        del heredero.pages[0].obj.Resources
        heredero.save(tmp_path / "heredero.pdf")

    assert tiene_letras(tmp_path / "heredero.pdf")


@pytest.mark.parametrize("dibujo", [b"q Q " * 3_000_000, b"%" + b"x" * 60_000_000], ids=["orders", "bytes"])
def test_a_page_that_costs_too_much_is_given_up_and_not_called_scanned(tmp_path: Path, dibujo: bytes) -> None:
    assert tiene_letras(pdf(tmp_path, dibujo))


def test_one_stream_named_many_times_is_paid_for_each_time(tmp_path: Path) -> None:
    with pikepdf.open(pdf(tmp_path, b"%" + b"x" * 30_000_000)) as repetido:
        repetido.pages[0].Contents = pikepdf.Array([repetido.pages[0].obj.Contents] * 100)
        repetido.save(tmp_path / "repetido.pdf")

    assert tiene_letras(tmp_path / "repetido.pdf")


@pytest.mark.parametrize(
    "recursos", [pikepdf.Dictionary(XObject=8), pikepdf.Dictionary(XObject=pikepdf.Dictionary(X0=9))]
)
def test_what_stands_where_a_dictionary_belongs_is_not_called_scanned(
    tmp_path: Path, recursos: pikepdf.Dictionary
) -> None:
    with pikepdf.open(pdf(tmp_path, b"/X0 Do")) as raro:
        raro.pages[0].Resources = recursos
        raro.save(tmp_path / "raro.pdf")

    assert tiene_letras(tmp_path / "raro.pdf")


def test_one_with_a_password_is_not_called_scanned(tmp_path: Path) -> None:
    with pikepdf.open(pdf(tmp_path, NOMBRADA)) as cerrado:
        cerrado.save(tmp_path / "cerrado.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))

    assert tiene_letras(tmp_path / "cerrado.pdf")
