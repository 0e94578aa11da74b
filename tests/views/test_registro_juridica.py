"""The form "Persona jurídica": what is refused and in which words, what stays, and what the register may say."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ZODB import DB

from casilla.gateways.ficticio import PadronFicticio
from casilla.gateways.protocolo import DatosEmpresa
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.solicitantes import PADRON
from tests.views.registro import (
    codigo,
    con_guion,
    elegir_distrito,
    enviar,
    errores,
    guardado,
    hasta,
    nombre,
    reintentar,
    tecleado,
)

GUIA = "20566118603"


def test_what_a_company_needs_is_said_where_companies_can_register(
    navegador: Navegador, aplicacion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "su ficha RUC" in navegador.get("/registro/")
    monkeypatch.setattr(aplicacion.registry, "registro_de_empresas", None)
    assert "RUC" not in navegador.get("/registro/")


def test_the_labels_are_the_guides(navegador: Navegador) -> None:
    pagina = hasta(navegador, "datos", GUIA)

    assert pagina.html.h1.text == "Persona jurídica"
    assert [e.text.strip() for e in pagina.html.select("form label")] == [
        *("RUC", "Razón Social", "Departamento", "Teléfono/Celular", "Correo Electrónico", "Repetir Correo Electrónico")
    ]
    assert pagina.html.select_one(".campo legend").text == "Distrito"
    assert "El distrito debe ser el que aparece en la ficha RUC" in pagina
    assert [b.text.strip() for b in pagina.html.select("form .acciones .btn")] == ["Continuar", "Regresar"]
    assert "CUI" not in pagina
    assert "comprobaremos los datos con Padrón ficticio" in pagina


MALOS: dict[str, tuple[dict[str, str], str]] = {
    "no RUC": ({"ruc": " "}, "Escriba el RUC"),
    "ten digits": ({"ruc": "2056611860"}, "El RUC tiene 11 cifras"),
    "letters in a RUC": ({"ruc": "2056611860A"}, "El RUC tiene 11 cifras"),
    "digits of another script": ({"ruc": "２０５６６１１８６０３"}, "El RUC tiene 11 cifras"),
    "a wrong check digit": ({"ruc": "20566118604"}, "El RUC no es correcto"),
    "a prefix that is none": ({"ruc": "30566118603"}, "El RUC no es correcto"),
    "a natural person's": ({"ruc": "10490834112"}, "es de una persona natural"),
    "no name": ({"razon_social": ""}, "Escriba la razón social"),
    "a name of signs": ({"razon_social": "--- ..."}, "escriba al menos una letra"),
    "a name of 10,000 letters": ({"razon_social": "A" * 10_000}, "250 caracteres como máximo"),
    "a control character": ({"razon_social": "EJEM\x00PLO"}, "hay caracteres que no se pueden guardar"),
    "no district": ({"distrito": ""}, "Elija el distrito que aparece en la ficha RUC"),
    "only a department": ({"distrito": "04"}, "Elija la provincia"),
    "no district of a province": ({"distrito": "0401"}, "Elija el distrito"),
    "no telephone": ({"telefono": ""}, "Escriba su teléfono"),
    "no mail": ({"correo": "", "repetir_correo": ""}, "Escriba su correo electrónico"),
    "different mail addresses": ({"repetir_correo": "otra@correo.example"}, "Los correos electrónicos no coinciden"),
    "two mail addresses": ({"correo": "a@b.example\r\nBcc: c@d.example"}, "una dirección como"),
}


@pytest.mark.parametrize(("campos", "palabras"), MALOS.values(), ids=MALOS)
def test_a_wrong_datum_has_its_message_and_everything_typed_stays(
    navegador: Navegador, base_de_datos: DB, campos: dict[str, str], palabras: str
) -> None:
    pagina = hasta(navegador, "datos", GUIA)

    otra = enviar(pagina, GUIA, campos)

    assert any(palabras in error for error in errores(otra)), errores(otra)
    assert otra.html.title.text.startswith("Error: ")
    assert guardado(base_de_datos, pagina)["estado"] == "elegida"
    escrito = {**tecleado(GUIA), **campos}
    for campo in ("ruc", "razon_social", "telefono", "correo"):
        assert otra.forms["formulario"][campo].value.split() == escrito[campo].replace("\x00", "\ufffd").split()


def test_markup_is_only_a_wrong_name(navegador: Navegador) -> None:
    otra = enviar(hasta(navegador, "datos", GUIA), GUIA, {"razon_social": "<script>alert(1)</script>"})

    assert "<script>alert" not in otra
    assert otra.forms["formulario"]["razon_social"].value == "<script>alert(1)</script>"


def test_what_is_missing_is_said_of_every_field_at_once(navegador: Navegador) -> None:
    otra = hasta(navegador, "datos", GUIA).forms["formulario"].submit()

    assert len(errores(otra)) == len(set(errores(otra))) == 6
    for enlace in otra.html.select(".resumen-error a"):
        assert otra.html.select_one(enlace["href"]) is not None


def rotulos(pagina: Any) -> list[str]:
    return [rotulo.text for rotulo in pagina.html.select(".listas label")]


def elegido(pagina: Any) -> dict[str, str]:
    formulario = pagina.forms["formulario"]
    partes = [parte.lower() for parte in rotulos(pagina)]
    return {parte: formulario[f"distrito-{parte}"].value for parte in partes}


def test_without_a_script_one_goes_from_list_to_list_and_nothing_typed_is_lost(
    navegador: Navegador, base_de_datos: DB
) -> None:
    pagina = hasta(navegador, "datos", GUIA)
    formulario = pagina.forms["formulario"]
    escrito = {**tecleado(GUIA), "ruc": "20-malo", "razon_social": "Ejemplo  sin terminar", "repetir_correo": ""}
    distrito = escrito.pop("distrito")
    for campo, valor in escrito.items():
        formulario[campo] = valor

    listas = [rotulos(pagina)]
    for parte, siguiente, largo in (("departamento", "provincia", 2), ("provincia", "distrito", 4)):
        pagina.forms["formulario"][f"distrito-{parte}"] = distrito[:largo]
        pagina = pagina.forms["formulario"].submit("distrito-ver", value=siguiente)
        listas.append(rotulos(pagina))
        assert errores(pagina) == []
        assert pagina.html.select_one("[autofocus]")["name"] == f"distrito-{siguiente}"
        assert {campo: pagina.forms["formulario"][campo].value for campo in escrito} == escrito

    assert listas == [["Departamento"], ["Departamento", "Provincia"], ["Departamento", "Provincia", "Distrito"]]
    assert guardado(base_de_datos, pagina)["estado"] == "elegida"
    pagina.forms["formulario"]["distrito-distrito"] = distrito
    assert enviar(pagina, GUIA).follow().html.h1.text == "VERIFICACIÓN DE CORREO"


def test_where_there_is_one_province_there_is_nothing_to_choose(navegador: Navegador) -> None:
    formulario = hasta(navegador, "datos", GUIA).forms["formulario"]
    formulario["distrito-departamento"] = "07"

    pagina = formulario.submit("distrito-ver", value="provincia")

    assert elegido(pagina) == {"departamento": "07", "provincia": "0701", "distrito": ""}
    assert pagina.html.select_one("[autofocus]")["name"] == "distrito-distrito"


def test_a_list_cannot_be_had_before_the_one_that_holds_it(navegador: Navegador) -> None:
    formulario = hasta(navegador, "datos", GUIA).forms["formulario"]

    pagina = formulario.submit("distrito-ver", value="provincia")

    assert errores(pagina) == ["Elija el departamento"]
    assert pagina.html.select_one(".resumen-error a")["href"] == "#c-distrito"
    assert pagina.html.select_one("#c-distrito")["aria-invalid"] == "true"
    assert pagina.html.title.text.startswith("Error: ")


@pytest.mark.parametrize(
    ("cambio", "boton", "palabras", "queda"),
    [
        ("distrito-departamento", "provincia", None, "provincia"),
        ("distrito-departamento", "distrito", "Lima no es una provincia de Arequipa: elija la provincia", "provincia"),
        ("distrito-departamento", None, "Lima no es una provincia de Arequipa: elija la provincia", "provincia"),
        ("distrito-provincia", "distrito", None, "distrito"),
        ("distrito-provincia", None, "Jesús María no es un distrito de Yauyos: elija el distrito", "distrito"),
    ],
)
def test_whoever_changes_a_larger_place_is_told_which_list_to_choose_from_again(
    navegador: Navegador, cambio: str, boton: str | None, palabras: str | None, queda: str
) -> None:
    pagina = elegir_distrito(hasta(navegador, "datos", GUIA), "150113")
    pagina = enviar(pagina, GUIA, {"distrito": "", "telefono": "9"})
    formulario = pagina.forms["formulario"]
    formulario[cambio] = "04" if cambio == "distrito-departamento" else "1510"

    pagina = formulario.submit("distrito-ver", value=boton) if boton else formulario.submit()

    assert [dicho for dicho in errores(pagina) if "eléfono" not in dicho] == ([palabras] if palabras else [])
    assert rotulos(pagina)[-1].lower() == queda
    assert elegido(pagina)[queda] == ""
    if palabras:
        (enlace,) = (e["href"] for e in pagina.html.select(".resumen-error a") if palabras == e.text)
        assert pagina.html.select_one(enlace)["name"] == f"distrito-{queda}"


@pytest.mark.parametrize(
    "malo",
    [
        {"distrito-ver": "x"},
        {"distrito-ver": "provincia", "distrito-departamento": "<b>"},
        {"distrito-departamento": "99", "distrito-provincia": "9999", "distrito-distrito": "999999"},
        {"distrito-departamento": "15", "distrito-provincia": "1501", "distrito-distrito": "040126"},
        {"distrito-distrito": "150113"},
        {"distrito-codigo": "150113"},
        {"distrito-codigo": "150113", "distrito-escrito": "\x00"},
        {"distrito-escrito": "x" * 10_000},
        {"ruc-None": "", "correo-ver": "x"},
    ],
)
def test_what_no_page_of_ours_sends_is_refused_in_the_same_words(navegador: Navegador, malo: dict[str, str]) -> None:
    pagina = hasta(navegador, "datos", GUIA)
    token = pagina.forms["formulario"]["csrf_token"].value

    otra = navegador.post(pagina.request.path, {"csrf_token": token, **malo})

    assert [dicho for dicho in errores(otra) if "departamento" in dicho or "distrito" in dicho]
    assert otra.html.h1.text == "Persona jurídica"


def test_with_a_script_the_code_of_what_was_picked_is_sent(navegador: Navegador, base_de_datos: DB) -> None:
    final = con_guion(hasta(navegador, "datos", GUIA), GUIA, "Lima, Lima, Lima", "150101").follow()

    assert final.html.h1.text == "VERIFICACIÓN DE CORREO"
    assert guardado(base_de_datos, final)["ubigeo"] == "150101"


@pytest.mark.parametrize("codigo", ["", "040126", "999999"])
def test_the_words_in_the_box_count_more_than_a_code_of_something_else(
    navegador: Navegador, base_de_datos: DB, codigo: str
) -> None:
    """Back fills in the words again, and not always the code; and whoever is quick types the whole name."""
    final = con_guion(hasta(navegador, "datos", GUIA), GUIA, "LIMA - LIMA - lima", codigo).follow()

    assert guardado(base_de_datos, final)["ubigeo"] == "150101"


@pytest.mark.parametrize(
    ("escrito", "palabras"),
    [
        ("", "Elija el distrito que aparece en la ficha RUC"),
        ("Miraflores", "Hay 4 distritos con ese nombre: elija el suyo de la lista"),
        ("Yanaguara", "No hallamos ese distrito. ¿Es Yanahuara, Arequipa, Arequipa; Yanahuaya, Sandia, Puno; "),
        ("Xyzzyx", "No hallamos ese distrito. Escriba solo el comienzo. Elija el suyo de la lista"),
        ("<script>alert(1)</script>", "No hallamos ese distrito"),
    ],
)
def test_words_that_are_no_single_district_come_back_with_what_to_do(
    navegador: Navegador, escrito: str, palabras: str
) -> None:
    pagina = con_guion(hasta(navegador, "datos", GUIA), GUIA, escrito)

    assert [dicho for dicho in errores(pagina) if dicho.startswith(palabras)]
    assert pagina.html.select_one("#c-distrito-escrito")["value"] == escrito
    assert "<script>alert" not in pagina


def test_who_used_the_lists_keeps_them_and_who_used_the_box_keeps_it(navegador: Navegador) -> None:
    pagina = hasta(navegador, "datos", GUIA)
    assert pagina.html.select_one(".sugerencias")

    assert not elegir_distrito(pagina, "1501").html.select_one(".sugerencias")
    assert con_guion(pagina, GUIA, "Miraflores").html.select_one(".sugerencias")


def test_what_was_kept_is_shown_in_the_lists_and_in_the_box(navegador: Navegador) -> None:
    pagina = hasta(navegador, "verificacion", GUIA)

    otra = navegador.get(f"/registro/{nombre(pagina)}/datos")

    assert elegido(otra) == {"departamento": "15", "provincia": "1501", "distrito": "150101"}
    assert otra.html.select_one("#c-distrito-escrito")["value"] == "Lima, Lima, Lima"


def test_the_name_may_be_written_as_people_do(navegador: Navegador) -> None:
    hasta(navegador, "verificacion", "20999000020", razon_social="Ficticio y hijos S.R.L.", distrito="150113")


@pytest.mark.parametrize(
    ("ruc", "campos", "palabras"),
    [
        ("20999000135", {}, ["Padrón ficticio no tiene este RUC"]),
        ("20999000089", {}, ["El estado de este RUC en la SUNAT es BAJA DE OFICIO y debe ser ACTIVO"]),
        ("20999000097", {}, ["La condición del domicilio fiscal de este RUC en la SUNAT es NO HABIDO"]),
        (GUIA, {"razon_social": "OTRA S.A."}, ["llame al (01) 626-1600, Anexo 1928", "Razón Social: no coincide"]),
        (GUIA, {"distrito": "040126"}, ["Si están como en la ficha RUC", "Distrito: no coincide"]),
    ],
    ids=["unknown", "state", "condition", "name", "district"],
)
def test_what_the_register_does_not_confirm_is_said_without_telling_what_it_holds(
    navegador: Navegador, base_de_datos: DB, ruc: str, campos: dict[str, str], palabras: list[str]
) -> None:
    pagina = enviar(hasta(navegador, "datos", ruc), ruc, campos)

    dichos = errores(pagina)
    assert all(palabra in dicho for palabra, dicho in zip(palabras, dichos, strict=True)), dichos
    escrito = {**tecleado(ruc), **campos}
    assert pagina.forms["formulario"]["razon_social"].value == escrito["razon_social"]
    assert elegido(pagina)["distrito"] == escrito["distrito"]
    if "razon_social" in campos:
        assert PADRON.empresas[ruc].razon_social not in pagina
    assert guardado(base_de_datos, pagina)["estado"] == "declarada"


def test_a_service_that_does_not_answer_is_named_and_the_company_finishes_later(
    navegador: Navegador, base_de_datos: DB, aplicacion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruc = "20999000127"
    pagina = enviar(hasta(navegador, "datos", ruc), ruc).follow()
    assert pagina.html.select_one(".aviso h2").text == "Padrón ficticio no responde"
    assert [dd.text for dd in pagina.html.select("dl.datos dd")] == [
        *(ruc, "NADIE INVENTADO S.A.C.", "Lima, Lima, Lima", "987654321", f"p{ruc}@correo.example")
    ]
    assert guardado(base_de_datos, pagina)["estado"] == "en-espera"

    empresa = DatosEmpresa("NADIE INVENTADO SAC", "150101", "ACTIVO", "HABIDO")
    despierto = PadronFicticio({}, frozenset(), {ruc: empresa})
    monkeypatch.setattr(aplicacion.registry, "registro_de_empresas", despierto)

    assert reintentar(pagina).follow().html.h1.text == "VERIFICACIÓN DE CORREO"


def test_who_chose_the_wrong_kind_of_person_begins_the_form_anew(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "verificacion", GUIA)

    tipo = navegador.get(f"/registro/{nombre(pagina)}/tipo")
    tipo.forms["formulario"]["tipo"] = "natural"
    datos = tipo.forms["formulario"].submit().follow()

    assert datos.html.h1.text == "Persona natural"
    assert datos.forms["formulario"]["correo"].value == ""
    assert enviar(datos).follow().html.h1.text == "VERIFICACIÓN DE CORREO"
    assert guardado(base_de_datos, pagina)["numero"] == "49083411"


def test_a_form_that_stood_open_too_long_is_shown_again_with_all_that_was_typed(
    navegador: Navegador, reloj: Any
) -> None:
    pagina = hasta(navegador, "datos", GUIA)
    reloj.adelantar(minutos=45)

    otra = pagina.forms["formulario"]
    otra["razon_social"], otra["distrito-departamento"] = "Ejemplo", "15"
    vieja = otra.submit("distrito-ver", value="provincia", status=400)

    assert vieja.forms["formulario"]["razon_social"].value == "Ejemplo"
    assert rotulos(vieja) == ["Departamento", "Provincia"]
    vieja = enviar(vieja, GUIA)
    assert vieja.follow().html.h1.text == "VERIFICACIÓN DE CORREO"


def test_the_last_answer_to_a_form_that_stood_open_too_long_is_kept_too(navegador: Navegador, reloj: Any) -> None:
    pagina = elegir_distrito(hasta(navegador, "datos", GUIA), "150101")
    otra = pagina.forms["formulario"]
    for campo, valor in tecleado(GUIA).items():
        if campo != "distrito":
            otra[campo] = valor
    reloj.adelantar(minutos=45)

    vieja = otra.submit(status=400)

    assert elegido(vieja)["distrito"] == "150101"
    assert vieja.forms["formulario"].submit().follow().html.h1.text == "VERIFICACIÓN DE CORREO"


def test_a_file_instead_of_a_district_is_refused(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "datos", GUIA)

    token = pagina.forms["formulario"]["csrf_token"].value
    archivo = [("distrito-departamento", "distrito.txt", b"Lima")]
    navegador.post(pagina.request.path, {"csrf_token": token}, upload_files=archivo, status=400)

    assert guardado(base_de_datos, pagina)["estado"] == "elegida"


def test_who_has_a_casilla_sees_the_same_pages_as_anybody(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        cambios = {"razon_social": "X", "nombres": "X", "correo": "empresa@correo.example"}
        mundo.afiliada(conexion.root()[RAIZ], f"8-{GUIA}", **cambios)
    conocida = hasta(navegador, "verificacion", GUIA)
    conocida.forms["formulario"]["codigo"] = codigo(conocida)
    otra = hasta(navegador, "verificacion", "20999000011")
    otra.forms["formulario"]["codigo"] = "ZZZZZZ"

    dichos = [errores(pagina.forms["formulario"].submit()) for pagina in (conocida, otra)]

    assert dichos[0] == dichos[1]
    assert "no es correcto" in dichos[0][0]


NOMBRE = st.text(st.sampled_from("ABCÇÉÑÜabcçéñü0129'’\"-.,&/()°+# "), min_size=1, max_size=250).filter(
    lambda s: any(map(str.isalnum, s))
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(razon_social=NOMBRE)
def test_names_come_back_as_they_were_typed(navegador: Navegador, base_de_datos: DB, razon_social: str) -> None:
    direccion = getattr(navegador, "abierta", None)
    pagina = navegador.get(direccion) if direccion else hasta(navegador, "datos", GUIA)
    navegador.abierta = pagina.request.path

    enviar(pagina, GUIA, {"razon_social": razon_social})

    dicho = guardado(base_de_datos, pagina)["razon_social"]
    assert dicho == " ".join(razon_social.split())
    assert navegador.get(pagina.request.path).forms["formulario"]["razon_social"].value == dicho
