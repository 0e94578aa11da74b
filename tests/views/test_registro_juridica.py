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
from tests.views.registro import codigo, enviar, errores, guardado, hasta, nombre, reintentar, tecleado

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
        *("RUC", "Razón Social", "Distrito", "Teléfono/Celular", "Correo Electrónico", "Repetir Correo Electrónico")
    ]
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
    "no district": ({"distrito": ""}, "Escriba el distrito"),
    "a district that is none": ({"distrito": "Xyzzyx"}, "No hallamos ese distrito"),
    "a code that is none": ({"distrito": "999999"}, "No hallamos ese distrito"),
    "a district in another province": ({"distrito": "Yanahuara, Lima"}, "Elija, de estos distritos"),
    "a district of 10,000 letters": ({"distrito": "x" * 10_000}, "No hallamos ese distrito"),
    "a name of several districts": ({"distrito": "Miraflores"}, "Elija, de estos distritos"),
    "a slip": ({"distrito": "Yanaguara"}, "Elija, de estos distritos"),
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


def test_of_several_districts_with_one_name_the_person_chooses(navegador: Navegador, base_de_datos: DB) -> None:
    ruc = "20999000020"
    pagina = enviar(hasta(navegador, "datos", ruc), ruc, {"distrito": "Miraflores", "telefono": "9"})
    assert [e.text.strip() for e in pagina.html.select(".campo label.form-check-label")] == [
        *("Miraflores, Arequipa, Arequipa", "Miraflores, Huamalíes, Huánuco", "Miraflores, Lima, Lima"),
        *("Miraflores, Yauyos, Lima", "Ninguno de estos: escribir otro"),
    ]

    pagina.forms["formulario"]["distrito"] = "150122"
    pagina = pagina.forms["formulario"].submit()
    assert pagina.forms["formulario"]["distrito"].value == "Miraflores, Lima, Lima"
    pagina.forms["formulario"]["distrito"] = "Santa Rosa"
    pagina = pagina.forms["formulario"].submit()
    pagina.forms["formulario"]["distrito"] = ""
    pagina = pagina.forms["formulario"].submit()
    assert "Escriba el distrito" in " ".join(errores(pagina))
    pagina.forms["formulario"]["distrito"] = "LIMA - LIMA - JESUS MARIA"
    pagina.forms["formulario"]["telefono"] = "987 654 321"
    final = pagina.forms["formulario"].submit().follow()

    assert final.html.h1.text == "VERIFICACIÓN DE CORREO"
    assert guardado(base_de_datos, final)["ubigeo"] == "150113"


def test_the_name_may_be_written_as_people_do(navegador: Navegador) -> None:
    hasta(navegador, "verificacion", "20999000020", razon_social="Ficticio y hijos S.R.L.", distrito="150113")


@pytest.mark.parametrize(
    ("ruc", "campos", "palabras"),
    [
        ("20999000135", {}, ["Padrón ficticio no tiene este RUC"]),
        ("20999000089", {}, ["El estado de este RUC en la SUNAT es BAJA DE OFICIO y debe ser ACTIVO"]),
        ("20999000097", {}, ["La condición del domicilio fiscal de este RUC en la SUNAT es NO HABIDO"]),
        (GUIA, {"razon_social": "OTRA S.A."}, ["llame al (01) 626-1600, Anexo 1928", "Razón Social: no coincide"]),
        (GUIA, {"distrito": "Yanahuara"}, ["Si están como en la ficha RUC", "Distrito: no coincide"]),
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
    assert escrito["distrito"] in pagina.forms["formulario"]["distrito"].value
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
    for campo, valor in tecleado(GUIA).items():
        otra[campo] = valor
    vieja = otra.submit(status=400)

    assert vieja.forms["formulario"]["distrito"].value == "Lima, Lima, Lima"
    assert vieja.forms["formulario"].submit().follow().html.h1.text == "VERIFICACIÓN DE CORREO"


def test_a_file_instead_of_a_district_is_refused(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "datos", GUIA)

    token = pagina.forms["formulario"]["csrf_token"].value
    archivo = [("distrito", "distrito.txt", b"Lima")]
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
