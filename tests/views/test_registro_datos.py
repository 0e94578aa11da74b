"""The form "Persona natural": what is refused and in which words, what stays, and what the register may say."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ZODB import DB

from casilla.gateways.reniec import ReniecPide
from casilla.services.correspondencia import VALIDACION_CORREO
from casilla.services.fundacion import RAIZ
from tests.conftest import Navegador
from tests.gateways.conftest import pide  # noqa: F401
from tests.gateways.pide import ServidorPide
from tests.solicitantes import PADRON, cartas
from tests.views.registro import enviar, errores, guardado, hasta, nombre, reintentar, tecleado

HOY = date.today()
NINO = str(HOY.year - 10)


def test_the_labels_are_the_guides(navegador: Navegador) -> None:
    pagina = hasta(navegador, "datos")

    rotulos = [e.text.strip() for e in pagina.html.select("form label, form legend")]
    for rotulo in (
        *("Tipo Documento", "Apellido Paterno", "Apellido Materno", "Nombres", "Fecha Nacimiento", "Sexo"),
        *("Teléfono/Celular", "Correo Electrónico", "Repetir Correo Electrónico", "Fecha de emisión", "CUI"),
    ):
        assert rotulo in rotulos
    assert [b.text.strip() for b in pagina.html.select("form .acciones .btn")] == ["Continuar", "Regresar"]


def test_before_the_button_it_is_said_what_continuing_does(navegador: Navegador) -> None:
    pagina = hasta(navegador, "datos")

    assert pagina.html.select_one("form .acciones").find_previous_sibling("p").text == (
        "Al pulsar Continuar comprobaremos sus datos con Padrón ficticio y le enviaremos un código a su correo."
    )


MALOS: dict[str, tuple[dict[str, str], str]] = {
    "no kind of document": ({"tipo": ""}, "Elija su tipo de documento"),
    "no number": ({"numero": " "}, "Escriba su número de documento"),
    "seven digits": ({"numero": "4908341"}, "8"),
    "letters in a DNI": ({"numero": "4908341A"}, "El número de DNI tiene 8 cifras"),
    "the check character with the number": ({"numero": "49083411-2"}, "El número de DNI tiene 8 cifras"),
    "no CUI": ({"cui": ""}, "Escriba el CUI de su DNI"),
    "another CUI": ({"cui": "5"}, "El CUI no corresponde al número de DNI"),
    "two characters of CUI": ({"cui": "22"}, "CUI"),
    "no date of issue": ({"emision-dia": "", "emision-mes": "", "emision-ano": ""}, "Escriba la fecha de emisión"),
    "issued before birth": ({"emision-ano": "1950"}, "anterior a la fecha de nacimiento"),
    "issued tomorrow": ({"emision-ano": str(HOY.year + 1)}, "posterior a hoy"),
    "no surname": ({"apellido_paterno": ""}, "Escriba su apellido paterno"),
    "no names": ({"nombres": "   "}, "Escriba sus nombres"),
    "a name of 10,000 letters": ({"nombres": "A" * 10_000}, "60 caracteres como máximo"),
    "an emoji": ({"nombres": "ROSA \U0001f339"}, "use solo letras"),
    "markup": ({"nombres": "<script>alert(1)</script>"}, "use solo letras"),
    "a control character": ({"apellido_materno": "FICTI\x00CIA"}, "letras"),
    "31 February": ({"nacimiento-dia": "31", "nacimiento-mes": "2"}, "El 31 de febrero de 1985 no existe"),
    "29 February of a common year": ({"nacimiento-dia": "29", "nacimiento-mes": "feb"}, "no existe"),
    "a month that is none": ({"nacimiento-mes": "13"}, "El mes"),
    "half a date": ({"nacimiento-dia": ""}, "debe incluir el día"),
    "a year of two digits": ({"nacimiento-ano": "85"}, "4 cifras"),
    "a minor": ({"nacimiento-ano": NINO, "emision-ano": str(HOY.year - 1)}, "Debe tener 18 años cumplidos"),
    "not born yet": ({"nacimiento-ano": str(HOY.year + 1)}, "posterior a hoy"),
    "no sex": ({"sexo": ""}, "Elija el sexo"),
    "no telephone": ({"telefono": ""}, "Escriba su teléfono"),
    "half a telephone": ({"telefono": "98765"}, "escriba un número como"),
    "no mail": ({"correo": "", "repetir_correo": ""}, "Escriba su correo electrónico"),
    "no mail address": ({"correo": "rosa@", "repetir_correo": "rosa@"}, "una dirección como"),
    "different mail addresses": ({"repetir_correo": "otra@correo.example"}, "Los correos electrónicos no coinciden"),
    "a mail address of 10,000 letters": ({"correo": "a" * 10_000 + "@correo.example"}, "una dirección como"),
    "two mail addresses": ({"correo": "a@b.example\r\nBcc: c@d.example"}, "una dirección como"),
}


@pytest.mark.parametrize(("campos", "palabras"), MALOS.values(), ids=MALOS)
def test_a_wrong_datum_has_its_message_and_everything_typed_stays(
    navegador: Navegador, base_de_datos: DB, campos: dict[str, str], palabras: str
) -> None:
    pagina = hasta(navegador, "datos")

    otra = enviar(pagina, campos=campos)

    assert any(palabras in error for error in errores(otra)), errores(otra)
    assert otra.html.title.text.startswith("Error: ")
    assert "<script>alert" not in otra
    assert guardado(base_de_datos, pagina)["estado"] == "elegida"
    escrito = {**tecleado("49083411"), **campos}
    for campo in ("tipo", "numero", "apellido_paterno", "nacimiento-mes", "sexo", "telefono", "correo"):
        visto = otra.forms["formulario"][campo].value or ""
        assert visto.split() == escrito[campo].split()


def test_what_is_missing_is_said_of_every_field_at_once(navegador: Navegador) -> None:
    otra = hasta(navegador, "datos").forms["formulario"].submit()

    assert len(errores(otra)) == len(set(errores(otra))) == 9
    for enlace in otra.html.select(".resumen-error a"):
        assert otra.html.select_one(enlace["href"]) is not None


def test_a_foreigner_needs_neither_cui_nor_date_of_issue_nor_second_surname(
    navegador: Navegador, base_de_datos: DB
) -> None:
    pagina = hasta(navegador, "verificacion", "000999001", cui="esto sobra", **{"emision-dia": "99"})

    assert pagina.click("^Regresar$").forms["formulario"]["tipo"].value == "4"
    dicho = guardado(base_de_datos, pagina)
    assert (dicho["cui"], dicho["fecha_emision"], dicho["apellido_materno"]) == ("", None, "")


def test_an_old_card_has_a_letter(navegador: Navegador) -> None:
    hasta(navegador, "verificacion", "99000008", cui="e")


def test_without_a_register_of_foreigners_a_person_looks_at_their_data(
    navegador: Navegador, aplicacion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aplicacion.registry, "registros", {"1": PADRON})

    pagina = enviar(hasta(navegador, "datos"), "000999001").follow()

    assert "No podemos comprobar por internet los datos de su documento" in pagina.html.main.text
    assert [boton.text for boton in pagina.html.select("main button")] == ["Pedir revisión"]
    assert not pagina.html.select("[role=alert]")


def test_a_mismatch_says_which_datum_and_nothing_of_the_register(navegador: Navegador, base_de_datos: DB) -> None:
    cambios = {"nombres": "Otra Persona", "nacimiento-dia": "15", "sexo": "M"}
    pagina = hasta(navegador, "datos")

    otra = enviar(pagina, campos=cambios)

    dichos = errores(otra)
    assert "Hay datos que no coinciden con los de Padrón ficticio" in dichos[0]
    assert [error.partition(":")[0] for error in dichos[1:]] == ["Nombres", "Fecha Nacimiento", "Sexo"]
    assert "ROSA ELENA" not in otra
    assert otra.html.h1.text == "Persona natural"
    assert otra.html.title.text.startswith("Error: ")
    vuelta = navegador.get(f"/registro/{nombre(pagina)}/").follow()
    for campo, valor in {**tecleado("49083411"), **cambios}.items():
        assert otra.forms["formulario"][campo].value == valor
        assert vuelta.forms["formulario"][campo].value == valor.replace("987 654 321", "987654321")
    assert guardado(base_de_datos, pagina)["estado"] == "declarada"
    assert enviar(otra).follow().html.h1.text == "VERIFICACIÓN DE CORREO"


def test_a_number_that_the_register_does_not_know_is_told_so(navegador: Navegador) -> None:
    otra = enviar(hasta(navegador, "datos"), "99111111")

    assert errores(otra) == ["Padrón ficticio no tiene un documento con este número: revíselo"]
    assert otra.forms["formulario"]["numero"].value == "99111111"


def test_a_minor_in_the_register_is_told_so(navegador: Navegador) -> None:
    otra = enviar(hasta(navegador, "datos"), "99000012", {"nacimiento-ano": "1990"})

    assert "es de una persona menor de edad" in errores(otra)[0]


def test_the_register_cannot_be_probed_for_long(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "datos")
    for letra in "ABCDE":
        assert "no coincide" in enviar(pagina, campos={"nombres": f"INTENTO {letra}"})

    frenada = enviar(pagina, campos={"nombres": "INTENTO FINAL"}).follow()

    assert frenada.request.path.endswith("/espera")
    assert re.search(
        "Hubo muchos intentos seguidos. Vuelva a intentarlo en 1[45] minutos: sus datos quedan guardados",
        frenada.html.select_one(".aviso-atencion").text,
    )
    assert "INTENTO FINAL" in frenada.html.main.text
    assert guardado(base_de_datos, pagina)["nombres"] == "INTENTO FINAL"
    otra_vez = reintentar(frenada, status=429)
    assert "Hubo muchos intentos seguidos" in otra_vez.html.select_one(".aviso-atencion").text
    assert "INTENTO FINAL" in otra_vez.html.main.text


def test_after_the_wait_the_data_are_asked_about_as_they_were_left(navegador: Navegador, reloj: Any) -> None:
    pagina = hasta(navegador, "datos")
    for _ in range(5):
        enviar(pagina, campos={"nombres": "OTRA"})
    frenada = enviar(pagina).follow()
    reloj.adelantar(minutos=16)

    assert reintentar(frenada).follow().html.h1.text == "VERIFICACIÓN DE CORREO"


def test_a_service_that_does_not_answer_is_named_and_the_person_finishes_later(
    navegador: Navegador, base_de_datos: DB, aplicacion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pagina = enviar(hasta(navegador, "datos"), "99000013").follow()

    aviso = pagina.html.select_one(".aviso")
    assert aviso.h2.text == "Padrón ficticio no responde"
    assert "terminar más tarde" in aviso.text
    assert "desde esta misma dirección" in " ".join(aviso.text.split())
    assert "INVENTADO" in pagina
    assert guardado(base_de_datos, pagina)["estado"] == "en-espera"

    despierto = type(PADRON)({"99000013": PADRON.personas["99000010"]}, frozenset())
    monkeypatch.setattr(aplicacion.registry, "registros", {"1": despierto})
    vuelta = navegador.get(f"/registro/{nombre(pagina)}/").follow()
    assert vuelta.html.select_one(".paso").text == "Paso 4 de 5"
    assert vuelta.request.path == pagina.request.path
    assert errores(reintentar(vuelta))[0].startswith("Hay datos que no coinciden")
    corregir = navegador.get(f"/registro/{nombre(pagina)}/").follow()
    assert corregir.html.h1.text == "Persona natural"
    assert "no responde" not in navegador.get(pagina.request.path)


def test_whoever_waits_can_change_the_data(navegador: Navegador) -> None:
    pagina = enviar(hasta(navegador, "datos"), "99000013").follow()

    cambiar = pagina.click("Cambiar.*Contacto")

    assert [enlace.text for enlace in pagina.html.select("main a")] == [
        *("Cambiar Documento y nombres", "Cambiar Nacimiento y sexo", "Cambiar Contacto", "Regresar")
    ]
    assert enviar(cambiar).follow().html.h1.text == "VERIFICACIÓN DE CORREO"
    assert navegador.get(pagina.request.path).follow().html.h1.text == "VERIFICACIÓN DE CORREO"
    assert pagina.forms[0].submit().follow().html.h1.text == "VERIFICACIÓN DE CORREO"


class Contado:
    """The fictitious register, with a list of the numbers that it was asked about."""

    nombre = "Contado"

    def __init__(self) -> None:
        self.preguntas: list[str] = []

    def consultar(self, numero: str) -> Any:
        self.preguntas.append(numero)
        return PADRON.consultar(numero)


def test_data_that_were_confirmed_are_not_asked_about_again(
    navegador: Navegador, base_de_datos: DB, aplicacion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    contado = Contado()
    monkeypatch.setattr(aplicacion.registry, "registros", {"1": contado})
    pagina = hasta(navegador, "datos")

    finales = [enviar(pagina).follow(), enviar(pagina).follow()]
    finales.append(finales[0].click("^Regresar$").forms["formulario"].submit().follow())

    assert [final.html.h1.text for final in finales] == ["VERIFICACIÓN DE CORREO"] * 3
    assert contado.preguntas == ["49083411"]
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert cartas(sitio, VALIDACION_CORREO) == [("p49083411@correo.example", 1)]

    enviar(pagina, campos={"telefono": "912 345 678"}).follow()
    assert contado.preguntas == ["49083411"] * 2


def test_with_the_real_client_and_a_slow_service_nothing_typed_is_lost(
    navegador: Navegador,
    base_de_datos: DB,
    aplicacion: Any,
    monkeypatch: pytest.MonkeyPatch,
    pide: ServidorPide,  # noqa: F811
    tmp_path: Any,
) -> None:
    reniec = ReniecPide.desde_ajustes(pide.ajustes(tmp_path, espera="0.5"))
    monkeypatch.setattr(aplicacion.registry, "registros", {"1": reniec})
    pide.falla = "lento"
    pagina = enviar(hasta(navegador, "datos")).follow()
    monkeypatch.setitem(aplicacion.registry.registros, "1", ReniecPide.desde_ajustes(pide.ajustes(tmp_path)))
    for falla in ("error 500", "JSON roto"):
        assert pagina.html.select_one(".aviso h2").text == "RENIEC no responde"
        pide.falla = falla
        pagina = reintentar(pagina).follow()
        assert pagina.html.select_one(".aviso h2").text == "RENIEC no responde"
    pide.falla = None

    final = reintentar(pagina).follow()

    assert final.html.h1.text == "VERIFICACIÓN DE CORREO"
    assert guardado(base_de_datos, final)["apellido_paterno"] == "EJEMPLO"


def test_a_form_that_stood_open_too_long_is_shown_again_with_all_that_was_typed(
    navegador: Navegador, reloj: Any, base_de_datos: DB
) -> None:
    pagina = hasta(navegador, "datos")
    reloj.adelantar(minutos=45)

    otra = pagina.forms["formulario"]
    for campo, valor in tecleado("49083411").items():
        otra[campo] = valor
    vieja = otra.submit(status=400)

    assert "estuvo abierta mucho tiempo" in errores(vieja)[0]
    assert vieja.forms["formulario"]["nombres"].value == "ROSA ELENA"
    assert guardado(base_de_datos, pagina)["estado"] == "elegida"
    assert vieja.forms["formulario"].submit().follow().html.h1.text == "VERIFICACIÓN DE CORREO"


def test_a_file_instead_of_a_name_is_refused(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "datos")

    for token in (pagina.forms["formulario"]["csrf_token"].value, "otro"):
        navegador.post(
            pagina.request.path, {"csrf_token": token}, upload_files=[("nombres", "nombres.txt", b"ROSA")], status=400
        )
    assert guardado(base_de_datos, pagina)["estado"] == "elegida"


LETRAS = st.sampled_from("ABCÇÉÑÜabcçéñüøßł'’-. ")
NOMBRE = st.text(LETRAS, min_size=1, max_size=60).filter(lambda s: any(map(str.isalpha, s)))
NACIDO = st.dates(date(1900, 1, 1), date(HOY.year - 19, 12, 31))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nombres=NOMBRE, apellido=NOMBRE, nacido=NACIDO)
def test_names_and_dates_come_back_as_they_were_typed(
    navegador: Navegador, base_de_datos: DB, nombres: str, apellido: str, nacido: date
) -> None:
    direccion = getattr(navegador, "abierta", None)
    pagina = navegador.get(direccion) if direccion else hasta(navegador, "datos")
    navegador.abierta = pagina.request.path
    partes = {
        "nacimiento-dia": str(nacido.day),
        "nacimiento-mes": str(nacido.month),
        "nacimiento-ano": str(nacido.year),
    }
    emision = {"emision-dia": "2", "emision-mes": "enero", "emision-ano": str(HOY.year - 1)}

    enviar(pagina, campos={"nombres": nombres, "apellido_paterno": apellido, **partes, **emision})

    dicho, vuelta = guardado(base_de_datos, pagina), navegador.get(pagina.request.path).forms["formulario"]
    assert (dicho["nombres"], dicho["apellido_paterno"]) == (" ".join(nombres.split()), " ".join(apellido.split()))
    assert dicho["fecha_nacimiento"] == nacido
    assert (vuelta["nombres"].value, vuelta["apellido_paterno"].value) == (dicho["nombres"], dicho["apellido_paterno"])
    assert {campo: vuelta[campo].value for campo in partes} == partes
