"""A document as text, when there is any; and the warning when there is none."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from ZODB import DB

from casilla.gateways.pdftotext import SinTexto, leer_pdf
from casilla.printing.constancia import CUERPO
from casilla.printing.papel import Papel
from casilla.services.deposito import depositar
from casilla.services.fundacion import RAIZ
from casilla.services.lectura import leer
from casilla.services.plazos import Calendario
from casilla.services.texto_pdf import tiene_letras
from tests import mundo
from tests.conftest import Navegador

Depositar = Callable[[bytes], str]


def con_letras(*parrafos: str) -> bytes:
    papel = Papel(titulo="Carta", autor="MP", asunto="", fecha=mundo.ENERO, pie="")
    for parrafo in parrafos:
        papel.texto("P", parrafo, CUERPO)
        papel.y -= 60
    return papel.cerrar()


def escaneado(hondo: int = 0) -> bytes:
    """A page that is a picture, within so many forms."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    foto = pdf.make_stream(b"\x00" * 3, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
    foto.ColorSpace, foto.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    for _ in range(hondo):
        foto = pdf.make_stream(
            b"/X Do", Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1], Resources={"/XObject": {"/X": foto}}
        )
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=foto))
    pdf.pages[0].Contents = pdf.make_stream(b"/X Do")
    salida = BytesIO()
    pdf.save(salida)
    return salida.getvalue()


@pytest.fixture
def pagina_de(navegador: Navegador, base_de_datos: DB) -> Callable[..., Any]:
    """The page of a read notification of Tomás whose document has these bytes."""

    def hecha(documento: bytes, leida: bool = True) -> Any:
        with base_de_datos.transaction() as conexion:
            sitio = conexion.root()[RAIZ]
            notificacion, _ = depositar(
                sitio,
                mundo.sobre(mundo.TOMAS, 9),
                mundo.archivo(sitio, documento),
                (mundo.archivo(sitio, b"hola", "nota.txt", "text/plain"),),
                remitente="sgd",
                clave="9",
                ahora=mundo.ENERO,
                calendario=Calendario(),
                imprimir=mundo.imprimir(sitio),
            )
        if leida:
            with base_de_datos.transaction() as conexion:
                sitio = conexion.root()[RAIZ]
                leer(sitio, sitio.registro[notificacion.codigo], actor=mundo.TOMAS, ahora=mundo.ENERO)
        bandeja = navegador.entrar(mundo.TOMAS)
        return (bandeja.click("^Leídos$") if leida else bandeja).click("^Respuesta a su solicitud")

    return hecha


def test_a_document_with_words_can_be_read_as_text(pagina_de: Callable[..., Any]) -> None:
    pagina = pagina_de(con_letras("Señora Ñusta: <b>", "Se le notifica & se le cita."))
    assert "Sin texto" not in pagina.html.main.text

    texto = pagina.click("Leer como texto")

    assert texto.html.h1.text == "CARTA.pdf como texto"
    parrafos = [p.text for p in texto.html.select("section p")]
    assert parrafos == ["Señora Ñusta: <b>", "Se le notifica & se le cita."]
    assert texto.html.select_one("section h2").text == "Página 1 de 1"
    assert texto.headers["Cache-Control"].startswith("max-age=0, must-revalidate")
    assert texto.click("Volver a la notificación").html.h1.text == pagina.html.h1.text


@pytest.mark.parametrize("hondo", [0, 2])
def test_a_scanned_one_is_said_to_be_so_and_whom_to_ask(pagina_de: Callable[..., Any], hondo: int) -> None:
    pagina = pagina_de(escaneado(hondo))

    assert "Sin texto: está escaneado" in pagina.html.main.text
    assert not pagina.html.select("a[href*='/texto']")


def test_words_deep_in_forms_are_words(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(con_letras("Hola"))) as dentro:
        pdf = pikepdf.new()
        pdf.add_blank_page()
        pdf.pages[0].add_overlay(dentro.pages[0])
        pdf.save(tmp_path / "dos.pdf")

    assert tiene_letras(tmp_path / "dos.pdf")


def test_what_cannot_be_looked_into_is_not_called_scanned(tmp_path: Path) -> None:
    (tmp_path / "roto.pdf").write_bytes(b"%PDF-1.7 nada")

    assert tiene_letras(tmp_path / "roto.pdf")


def test_before_it_is_opened_its_words_are_not_shown(pagina_de: Callable[..., Any], navegador: Navegador) -> None:
    sobre = pagina_de(con_letras("secreto"), leida=False)

    respuesta = navegador.get(f"{sobre.request.path}/documento/texto")

    assert respuesta.location == f"http://localhost{sobre.request.path}"
    assert "Leer como texto" not in sobre.html.main.text


def test_only_a_pdf_has_such_a_page(pagina_de: Callable[..., Any], navegador: Navegador) -> None:
    pagina = pagina_de(con_letras("a"))

    navegador.get(f"{pagina.request.path}/anexo-1/texto", status=404)


def test_a_stranger_reads_nothing(pagina_de: Callable[..., Any], navegador: Navegador) -> None:
    camino = pagina_de(con_letras("secreto")).request.path
    navegador.reset()
    navegador.entrar(mundo.ROSA)

    navegador.get(f"{camino}/documento/texto", status=404)


def test_without_the_program_nothing_is_offered_and_the_page_says_what_to_do(
    pagina_de: Callable[..., Any], navegador: Navegador, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    pagina = pagina_de(con_letras("Hola"))

    assert "Leer como texto" not in pagina.html.main.text
    assert "No pudimos leer el texto" in navegador.get(f"{pagina.request.path}/documento/texto").html.main.text


def test_a_file_that_is_none_ends_in_an_exception_of_ours(tmp_path: Path) -> None:
    (tmp_path / "roto.pdf").write_bytes(b"nada")

    with pytest.raises(SinTexto):
        leer_pdf(tmp_path / "roto.pdf")


def test_one_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lento = tmp_path / "pdftotext"
    lento.write_text("#!/bin/sh\nexec sleep 60\n")
    lento.chmod(0o755)
    monkeypatch.setattr("casilla.gateways.pdftotext.PROGRAMA", str(lento))

    with pytest.raises(SinTexto):
        leer_pdf(tmp_path / "x.pdf", espera=0.2)
