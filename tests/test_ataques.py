"""What a stranger, or a sender who means no good, tried once: each of these opened something before it was mended."""

import struct
import zlib

import pytest

from casilla.limites import mencion
from casilla.request import MAXIMO_FORMULARIO
from tests import mundo
from tests.api.sgd import Sgd, notificacion, partes
from tests.conftest import Navegador

FECHAS = {
    "documento.fecha": "0001-01-01T00:00:00+00:00",
    "fecha_emision": "1899-12-31T12:00:00-05:00",
    "expediente.fecha": "1899-12-31",
}


@pytest.fixture
def sgd(navegador: Navegador) -> Sgd:
    return Sgd(navegador)


@pytest.mark.parametrize("campo", FECHAS)
def test_a_date_of_no_file_is_refused_before_it_breaks_the_tray(sgd: Sgd, campo: str) -> None:
    respuesta = sgd.depositar(mundo.pdf(), notificacion(**{campo: FECHAS[campo]}))
    assert respuesta.status_int == 422
    assert respuesta.json["errores"] == [{"campo": campo, "motivo": "es anterior al año 1900"}]


def test_the_tray_opens_after_a_deposit_of_the_oldest_date_admitted(sgd: Sgd, navegador: Navegador) -> None:
    antigua = notificacion(**{"fecha_emision": "1900-01-01T00:00:00Z", "documento.fecha": "1900-01-01T00:00:00Z"})
    assert sgd.depositar(mundo.pdf(), antigua).status_int == 201
    assert "31 de diciembre de 1899" in navegador.entrar(mundo.ROSA)


@pytest.mark.parametrize("escrito", ["15.0", "1.5e1"])
def test_a_term_is_a_whole_number_however_json_writes_it(sgd: Sgd, escrito: str) -> None:
    (nombre, (archivo, texto, tipo)), *otras = partes(mundo.pdf())
    texto = str(texto).replace('"plazo_dias_habiles": 15', f'"plazo_dias_habiles": {escrito}')
    respuesta = sgd.enviar([(nombre, (archivo, texto, tipo)), *otras])
    assert respuesta.status_int == 201
    assert respuesta.json["vence"] == sgd.depositar(mundo.pdf(), clave="k-2").json["vence"]


def test_no_spelling_of_the_limit_of_events_goes_past_the_largest(sgd: Sgd) -> None:
    assert sgd.get("/eventos?limite=000000100999999999999").status_int == 422


def bomba(megas: int) -> bytes:
    """A PDF of one page, in a table of objects that inflates to so many MiB."""
    pagina = b"<</Type/Pages/Kids[3 0 R]/Count 1>>".ljust(40) + b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    compresor = zlib.compressobj(9)
    tabla = compresor.compress(b"2 0 3 40 " + pagina)
    tabla += b"".join(compresor.compress(b" " * (1 << 20)) for _ in range(megas)) + compresor.flush()
    objetos = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        4: _corriente(b"/Type/ObjStm/N 2/First 9", tabla),
    }
    salida, lugares = b"%PDF-1.7\n", {}
    for numero, objeto in objetos.items():
        lugares[numero] = len(salida)
        salida += b"%d 0 obj\n%s\nendobj\n" % (numero, objeto)
    filas = [(0, 0, 65535), (1, lugares[1], 0), (2, 4, 0), (2, 4, 1), (1, lugares[4], 0), (1, len(salida), 0)]
    cruces = zlib.compress(b"".join(struct.pack(">BIH", *fila) for fila in filas))
    indice = _corriente(b"/Type/XRef/Size 6/W[1 4 2]/Root 1 0 R", cruces)
    return salida + b"5 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (indice, len(salida))


def _corriente(diccionario: bytes, datos: bytes) -> bytes:
    cabeza = b"<<%s/Filter/FlateDecode/Length %d>>stream\n" % (diccionario, len(datos))
    return cabeza + datos + b"\nendstream"


def test_a_pdf_that_inflates_out_of_all_measure_is_refused(sgd: Sgd) -> None:
    assert sgd.depositar(bomba(1)).status_int == 201
    respuesta = sgd.depositar(bomba(100), clave="k-2")
    assert (respuesta.status_int, respuesta.json["codigo"]) == (422, "documento-invalido")


@pytest.mark.parametrize("camino", ["/", "/registro/terminos", "/recuperar"])
@pytest.mark.parametrize("tipo", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_larger_than_any_of_ours_is_not_even_read(navegador: Navegador, camino: str, tipo: str) -> None:
    cuerpo = b"a=1&" * (MAXIMO_FORMULARIO // 4 + 1)
    respuesta = navegador.request(camino, method="POST", body=cuerpo, content_type=tipo, status=413)
    assert "Lo que envió es demasiado grande" in respuesta


@pytest.mark.parametrize(
    "camino", ["/?next=%ff", "/?motivo=%ff", "/registro/validar?solicitud=%ff", "/recuperar?enlace=%ff"]
)
def test_an_address_in_no_known_letters_is_their_fault_and_not_ours(navegador: Navegador, camino: str) -> None:
    assert navegador.get(camino, status=400)


def test_a_machine_is_told_so_in_its_own_way(sgd: Sgd) -> None:
    respuesta = sgd.get("/eventos?desde=%ff")
    assert (respuesta.status_int, respuesta.json["codigo"]) == (422, "datos-invalidos")


@pytest.mark.parametrize("tipo", ["multipart/form-data", "application/x-www-form-urlencoded; charset=no-existe"])
def test_a_body_that_nobody_can_read_is_their_fault_and_not_ours(navegador: Navegador, tipo: str) -> None:
    assert navegador.request("/", method="POST", body=b"usuario=a&clave=b", content_type=tipo, status=400)


@pytest.mark.parametrize("tecleado", ["4-00I23456S", "4-00ı23456s", "4 00i23456ſ"])
def test_every_spelling_that_finds_a_number_is_counted_as_one(tecleado: str) -> None:
    assert mencion(tecleado) == mencion("4-00I23456S")


def test_the_form_to_verify_leads_to_this_site_whatever_host_is_named(navegador: Navegador) -> None:
    assert "otro.example" not in navegador.get("/verificar", headers={"Host": "otro.example"})


def test_a_cookie_copied_before_a_change_of_password_opens_nothing_after(navegador: Navegador) -> None:
    pagina = navegador.entrar(mundo.ROSA)
    bandeja = pagina.request.path
    copiada = navegador.cookies["casilla"]
    formulario = navegador.get("/cambiar-clave").forms["formulario"]
    formulario["antigua"], formulario["nueva"], formulario["repetida"] = mundo.CLAVE, "Otra-clave-7", "Otra-clave-7"
    formulario.submit().follow()
    assert navegador.get(bandeja).status_int == 200

    navegador.set_cookie("casilla", copiada)

    assert navegador.get(bandeja, status=303).location.startswith("http://localhost/?next=")
