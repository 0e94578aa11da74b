from datetime import UTC, date, datetime
from io import BytesIO

import html5lib
import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from casilla.mail import cartas
from tests.mail.conftest import INSTITUCION

CUANDO = datetime(2025, 1, 23, 15, 11, 16, tzinfo=UTC)
PDF = b"%PDF-1.4\n"


def aviso(**otros):
    hechos = {
        "para": "ana@example.org",
        "nombres": "PATRICIA LEONOR",
        "tipo": "CARTA",
        "numero": "000009-2025-OGTI",
        "enlace": "https://casilla.example.org/casilla/x7/9",
        "depositado_en": CUANDO,
        "computo_desde": date(2025, 1, 24),
        "vence": date(2025, 2, 13),
        "constancia": PDF,
        "nombre_constancia": "constancia-000009-2025-OGTI.pdf",
        "institucion": INSTITUCION,
    }
    return cartas.aviso_deposito(**(hechos | otros))


def validacion(**otros):
    hechos = {
        "para": "ana@example.org",
        "codigo": "qNwyjb",
        "enlace": "https://casilla.example.org/registro/correo?c=qNwyjb",
        "vence": CUANDO,
        "institucion": INSTITUCION,
    }
    return cartas.validacion_correo(**(hechos | otros))


def credenciales():
    return cartas.credenciales(
        para="ana@example.org",
        usuario="1-49083411",
        clave="2C60E40B",
        enlace="https://casilla.example.org/",
        vence=CUANDO,
        institucion=INSTITUCION,
    )


def ya_tiene_casilla():
    return cartas.ya_tiene_casilla(
        para="ana@example.org",
        enlace_ingreso="https://casilla.example.org/",
        enlace_recuperar="https://casilla.example.org/recuperar",
        institucion=INSTITUCION,
    )


def recuperacion_clave():
    return cartas.recuperacion_clave(
        para="ana@example.org",
        enlace="https://casilla.example.org/clave/abc",
        vence=CUANDO,
        institucion=INSTITUCION,
    )


def clave_cambiada():
    return cartas.clave_cambiada(para="ana@example.org", cuando=CUANDO, institucion=INSTITUCION)


TODAS = [validacion, credenciales, aviso, ya_tiene_casilla, recuperacion_clave, clave_cambiada]


def texto(carta) -> str:
    return carta.body.data


def pagina(carta):
    """The HTML part as a browser reads it; anything that is not valid HTML5 raises."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(carta.html.data)


def palabras(carta) -> str:
    return " ".join(" ".join(pagina(carta).find("body").itertext()).split())


def enlaces(carta) -> list[str]:
    return [a.get("href") for a in pagina(carta).iter("a")]


@pytest.mark.parametrize("hacer", TODAS)
def test_every_letter_is_signed_by_the_office_and_asks_not_to_answer(hacer):
    carta = hacer()
    for version in (texto(carta), palabras(carta)):
        assert version.startswith("PERÚ | Ministerio de la Mujer y Poblaciones Vulnerables")
        assert "Oficina de Atención a la Ciudadanía y Gestión Documental" in version
        assert "es confidencial, privilegiada y está dirigida exclusivamente a su destinatario" in version
        assert "comunicarlo al correo electrónico casillaelectronica@mimp.gob.pe y elimínelo" in version
        assert "agradecemos no responder o enviar consultas" in version
        assert "(01) 626-1600, Anexo 1928 (de lunes a viernes de 8:30 a. m. a 4:30 p. m.)." in version
    assert carta.sender is None


@pytest.mark.parametrize("hacer", TODAS)
def test_text_and_html_say_the_same(hacer):
    carta = hacer()
    del_texto = texto(carta).replace("--------", "")
    for direccion in sorted(enlaces(carta), key=len, reverse=True):
        assert direccion in del_texto
        del_texto = del_texto.replace(f": {direccion}", "")
    en_lista = {dt.text for dt in pagina(carta).iter("dt")}
    for rotulo in en_lista:
        del_texto = del_texto.replace(f"{rotulo}: ", f"{rotulo} ")
    assert palabras(carta).split() == del_texto.split()


@pytest.mark.parametrize("hacer", TODAS)
def test_the_html_names_its_language_has_one_heading_and_loads_nothing(hacer):
    arbol = pagina(hacer())
    assert arbol.get("lang") == arbol.find("body/div").get("lang") == "es-PE"
    assert [h.tag for h in arbol.iter() if h.tag in ("h1", "h2", "h3")] == ["h1"]
    assert arbol.find("head/title").text == arbol.find(".//h1").text
    assert not [e for e in arbol.iter() if e.tag in ("img", "script", "link", "table", "iframe", "form")]
    assert "url(" not in hacer().html.data


@pytest.mark.parametrize("hacer", TODAS)
def test_the_known_slips_of_the_guide_are_not_copied(hacer):
    for slip in ("16:00 PM", "Ley N° 2744", "Normal", "00:00:00", "116 1600", "dígitos", "es la siguiente", "Yuri"):
        assert slip not in texto(hacer())


def test_the_validation_letter_gives_the_code_the_link_and_the_end():
    carta = validacion()
    assert carta.subject == "Validación de Correo Electrónico"
    assert "El código de validación del correo electrónico es: qNwyjb\n" in texto(carta)
    assert "Validar Correo: https://casilla.example.org/registro/correo?c=qNwyjb\n" in texto(carta)
    assert "vencen el 23 de enero de 2025, 10:11 (hora de Lima)." in texto(carta)
    assert enlaces(carta) == ["https://casilla.example.org/registro/correo?c=qNwyjb"]


def test_the_credentials_letter_gives_user_and_temporary_password():
    carta = credenciales()
    assert carta.subject == "Credenciales de Acceso"
    assert "El registro de su solicitud de creación de casilla ha sido aprobado." in texto(carta)
    assert "Usuario: 1-49083411\nContraseña: 2C60E40B\n" in texto(carta)
    assert "Casilla Ciudadana: https://casilla.example.org/\n" in texto(carta)
    assert "La contraseña es temporal: vence el 23 de enero de 2025, 10:11" in texto(carta)


def test_the_deposit_letter_says_which_document_and_when_the_term_runs():
    carta = aviso()
    assert carta.subject == "Nueva notificación: CARTA 000009-2025-OGTI"
    assert "Documento: CARTA 000009-2025-OGTI\n" in texto(carta)
    assert "Fecha y hora de depósito: 23 de enero de 2025, 10:11\n" in texto(carta)
    assert "Inicio del cómputo de plazos: viernes 24 de enero de 2025\n" in texto(carta)
    assert "Último día del plazo: jueves 13 de febrero de 2025\n" in texto(carta)
    assert enlaces(carta) == ["https://casilla.example.org/casilla/x7/9"]


def test_a_document_without_a_term_has_no_last_day():
    assert "Último día" not in texto(aviso(vence=None))


def test_the_constancia_goes_with_the_deposit_letter():
    bufer = BytesIO()
    papel = Canvas(bufer)
    papel.drawString(72, 720, "Constancia")
    papel.save()
    carta = aviso(constancia=bufer.getvalue())
    [adjunto] = carta.attachments
    assert (adjunto.filename, adjunto.content_type) == ("constancia-000009-2025-OGTI.pdf", "application/pdf")
    assert "Constancia" in PdfReader(BytesIO(adjunto.data)).pages[0].extract_text()


def test_a_discreet_notice_names_no_document_and_carries_none():
    carta = aviso(discreto=True)
    assert carta.subject == "Nueva notificación"
    assert carta.attachments == []
    for dicho in (carta.subject, texto(carta), carta.html.data):
        assert "CARTA" not in dicho
        assert "000009" not in dicho
    assert "Fecha y hora de depósito: 23 de enero de 2025, 10:11\n" in texto(carta)
    assert enlaces(carta) == ["https://casilla.example.org/casilla/x7/9"]


def test_who_registers_twice_is_told_by_mail_where_to_enter_and_to_recover():
    carta = ya_tiene_casilla()
    assert enlaces(carta) == ["https://casilla.example.org/", "https://casilla.example.org/recuperar"]
    assert "no hemos creado otra ni cambiado su contraseña" in texto(carta)


def test_the_recovery_letter_has_the_words_of_the_guide_and_an_end():
    carta = recuperacion_clave()
    assert "Ingrese aquí: https://casilla.example.org/clave/abc\n" in texto(carta)
    assert "vence el 23 de enero de 2025, 10:11 (hora de Lima)" in texto(carta)


def test_the_letter_of_a_changed_password_says_when_and_has_no_link():
    carta = clave_cambiada()
    assert "cambió el 23 de enero de 2025, 10:11 (hora de Lima)." in texto(carta)
    assert enlaces(carta) == []
    assert "http" not in texto(carta)


HOSTILES = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "${1/0} <?python 1/0 ?> &amp; &#60;",
    "]]></div><h1>otro</h1>",
    "' onmouseover='x",
]


@pytest.mark.parametrize("valor", HOSTILES)
def test_what_senders_write_is_text_and_never_markup(valor):
    carta = aviso(nombres=valor, tipo=valor, numero=valor, enlace="https://casilla.example.org/?" + valor)
    arbol = pagina(carta)
    assert {e.tag for e in arbol.find("body").iter()} <= {"body", "div", "p", "h1", "dl", "dt", "dd", "a", "br", "hr"}
    assert not [a for e in arbol.iter() for a in e.attrib if a.startswith("on")]
    assert f"Estimada (o) {valor}:" in palabras(carta)
    assert f"{valor} {valor}" in arbol.find(".//dd").text
    assert enlaces(carta) == ["https://casilla.example.org/?" + valor]


def test_a_name_can_add_neither_paragraph_nor_header_nor_hidden_direction():
    carta = aviso(
        nombres="ANA\r\n\r\nIngrese a: http://malo.example",
        tipo="CARTA\r\nBcc: otra@example.org",
        numero="9\u202e\u2028\x00\x1b[0m",
    )
    assert carta.subject == "Nueva notificación: CARTA Bcc: otra@example.org 9 [0m"
    assert "Estimada (o) ANA Ingrese a: http://malo.example:\n" in texto(carta)
    assert not set(carta.html.data + texto(carta)) & set("\r\u202e\u2028\x00\x1b")


def test_a_lone_surrogate_does_not_stop_a_letter():
    assert "Estimada (o) ANA:" in texto(aviso(nombres="A\ud800NA"))


def test_accents_enye_and_emoji_arrive_as_they_are():
    assert "Estimada (o) ÑUSTA QHÏSPE 😀:" in palabras(aviso(nombres="ÑUSTA QHÏSPE 😀"))


def test_a_subject_is_never_longer_than_150_characters():
    carta = aviso(tipo="MEMORÁNDUM " * 1000)
    assert len(carta.subject) == 150
    assert carta.subject.startswith("Nueva notificación: MEMORÁNDUM MEMORÁNDUM")


@pytest.mark.parametrize("direccion", ["javascript:alert(1)", "//malo.example", "data:text/html,x", ""])
def test_a_link_is_a_web_address_or_the_letter_is_not_written(direccion):
    with pytest.raises(ValueError, match="web address"):
        validacion(enlace=direccion)


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        aviso(depositado_en=CUANDO.replace(tzinfo=None))
