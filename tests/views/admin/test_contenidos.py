"""The institution's texts in the hands of whoever writes them: drafts, previews, publication, versions, bin, order."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from webtest import TestApp, Upload
from ZODB import DB

from casilla.services.fundacion import RAIZ
from casilla.services.horas import LIMA
from casilla.services.reparos import PESADO
from tests import mundo
from tests.conftest import Navegador
from tests.views.test_lectura_en_texto import con_letras

BASE = "/admin/contenidos"
PREGUNTA = {
    "titulo": "¿Puedo ir en persona?",
    "categoria": "Registro",
    "cuerpo": "Sí. Lea los **[Términos](terminos)**.",
}


@pytest.fixture
def redactora(navegador: Navegador) -> Navegador:
    navegador.entrar_al_modulo("contenido")
    return navegador


@pytest.fixture
def otra(aplicacion: Any, base_de_datos: DB) -> Navegador:
    """The same desk's other machine."""
    with base_de_datos.transaction() as conexion:
        mundo.funcionario(conexion.root()[RAIZ], "segunda", ("contenido",))
    navegador = Navegador(aplicacion)
    navegador.base_de_datos = base_de_datos
    navegador.entrar_al_modulo("segunda")
    return navegador


def asientos(navegador: Navegador) -> list[Any]:
    with navegador.base_de_datos.transaction() as conexion:
        return list(conexion.root()[RAIZ].auditoria)


def enviar(pagina: Any, boton: str | None = None, **valores: Any) -> Any:
    formulario = pagina.forms["formulario"]
    for nombre, valor in valores.items():
        formulario[nombre] = valor
    respuesta = formulario.submit(boton) if boton else formulario.submit()
    return respuesta.follow() if respuesta.status_int == 303 else respuesta


def crear(navegador: Navegador, **cambios: str) -> Any:
    return enviar(navegador.get(f"{BASE}?clase=pregunta").click("Crear pregunta"), **{**PREGUNTA, **cambios})


def editar(navegador: Navegador, nombre: str, **valores: str) -> Any:
    return enviar(navegador.get(f"{BASE}/{nombre}/editar"), **valores)


def publicar(navegador: Navegador, nombre: str, **valores: str) -> Any:
    return enviar(navegador.get(f"{BASE}/{nombre}/publicar"), **valores)


def confirmar(pagina: Any, enlace: str) -> Any:
    return enviar(pagina.click(f"^{enlace}$"))


def dias(n: int) -> datetime:
    return datetime.now(LIMA) + timedelta(days=n)


def fecha(dia: datetime) -> dict[str, str]:
    return {"cuando": "fecha", "fecha-dia": str(dia.day), "fecha-mes": str(dia.month), "fecha-ano": str(dia.year)}


@pytest.mark.parametrize("clase", ["pregunta", "norma", "texto", "carta"])
def test_the_auditor_reads_all_and_changes_nothing(navegador: Navegador, clase: str) -> None:
    navegador.entrar_al_modulo("auditor")
    lista = navegador.get(f"{BASE}?clase={clase}")

    ficha = navegador.get(lista.html.select_one("tbody th a")["href"])

    assert not lista.html.select("main a.btn, main form[method=post]")
    assert [a.text for a in ficha.html.select("main a.btn")] == ["Vista previa"]
    ficha.click("Vista previa")
    for acto in ("editar", "publicar", "archivar", "eliminar", "descartar", "cancelar"):
        navegador.get(f"{ficha.request.path}/{acto}", status=403)
    navegador.get(f"{BASE}/crear?clase=pregunta", status=403)


@pytest.mark.parametrize("rol", ["notificador", "registro", "administrador"])
def test_others_have_no_business_here(navegador: Navegador, rol: str) -> None:
    navegador.entrar_al_modulo(rol)

    navegador.get(BASE, status=403)
    navegador.get(f"{BASE}/terminos", status=403)


def test_the_list_tells_state_version_and_last_change_and_is_searched(redactora: Navegador) -> None:
    editar(redactora, "terminos", cuerpo="Otros términos.")

    filas = {f.th.text: f.text for f in redactora.get(f"{BASE}?clase=texto").html.select("tbody tr")}
    halladas = redactora.get(BASE, {"clase": "norma", "q": "CASILLA electronica 31736"})

    assert "Publicado, versión 1, con un borrador sin publicar" in filas["Términos y condiciones"]
    assert "por contenido" in filas["Términos y condiciones"]
    assert "1 de 7 cumplen" in halladas
    assert "No hay nada que mostrar" in redactora.get(BASE, {"clase": "norma", "estado": "archivado"})
    redactora.get(f"{BASE}?clase=otra", status=404)


def test_a_question_is_born_a_draft_and_nobody_reads_it_before_it_is_published(redactora: Navegador) -> None:
    ficha = crear(redactora)

    assert "Borrador" in ficha.html.select_one("dl.datos").text
    assert "ir en persona" not in redactora.get("/preguntas-frecuentes")
    publicada = enviar(ficha.click("^Publicar$"))
    assert "Publicado, versión 1" in publicada
    assert redactora.get("/preguntas-frecuentes").html.find(id="puedo-ir-en-persona")
    assert [a.acto for a in asientos(redactora)][-2:] == ["crear", "publicar"]
    assert asientos(redactora)[-1].sobre == "contenidos/puedo-ir-en-persona"


def pieza(pagina: Any, selector: str) -> str:
    return re.sub(r"\s+", " ", str(pagina.html.select_one(selector)))


@pytest.mark.parametrize(
    ("nombre", "publica", "selector", "cambio"),
    [
        (
            "que-es",
            "/preguntas-frecuentes",
            "div:has(> #que-es)",
            {"cuerpo": "Un **buzón** de {sigla}.\n\n- [Ver](estado)"},
        ),
        ("ley-31736", "/normativas", "tr#ley-31736", {"cuerpo": "Dice *cómo* se notifica.", "emisor": "Congreso"}),
        ("accesibilidad", "/accesibilidad", ".texto-legal", {"cuerpo": "# Uno\n\nDos <b>tres</b>, {telefono}."}),
        ("terminos", "/terminos", "main .aviso:not([role])", {"cuerpo": "Otros.", "cambios": "Ahora son **otros**."}),
    ],
)
def test_everybody_reads_exactly_what_was_previewed(
    redactora: Navegador, nombre: str, publica: str, selector: str, cambio: dict[str, str]
) -> None:
    antes = pieza(redactora.get(publica), selector)
    previa = pieza(enviar(redactora.get(f"{BASE}/{nombre}/editar"), "ver", **cambio), selector)

    assert pieza(redactora.get(publica), selector) == antes != previa
    publicar(redactora, nombre)
    assert pieza(redactora.get(publica), selector) == previa


def test_a_version_on_a_date_waits_for_it_and_can_be_called_off(redactora: Navegador) -> None:
    editar(redactora, "que-es", cuerpo="Mañana será otra cosa.")

    ficha = publicar(redactora, "que-es", **fecha(dias(2)), hora="8:05")

    assert f"versión 2 programada para el {dias(2).day} de" in ficha
    assert "08:05" in ficha
    assert "Mañana será" not in redactora.get("/preguntas-frecuentes")
    assert not ficha.html.find("a", string="Editar")
    ficha = confirmar(ficha, "Cancelar la publicación programada")
    assert "con un borrador sin publicar" in ficha


@pytest.mark.parametrize(
    ("valores", "palabras"),
    [
        ({"cuando": "fecha"}, "Escriba la fecha de publicación"),
        (fecha(dias(-2)), "La fecha y hora de publicación ya pasó"),
        ({**fecha(dias(2)), "hora": "25:00"}, "Escriba la hora de 00:00 a 23:59"),
    ],
)
def test_a_time_that_cannot_be_is_told(redactora: Navegador, valores: dict[str, str], palabras: str) -> None:
    editar(redactora, "que-es", cuerpo="Otra cosa.")

    respuesta = publicar(redactora, "que-es", **valores)

    assert palabras in respuesta.html.select_one(".resumen-error").text


def test_terms_say_how_many_must_accept_and_what_changed_and_then_are_asked(redactora: Navegador) -> None:
    editar(redactora, "terminos", cuerpo="Otros términos.")
    sin_cambios = redactora.get(f"{BASE}/terminos/publicar")
    assert "4 personas deberán aceptarlo" in sin_cambios
    assert "Falta decir qué cambió" in sin_cambios
    assert "formulario" not in sin_cambios.forms
    assert sin_cambios.click("^Regresar$").html.h1
    assert sin_cambios.click("^Editar el borrador$").request.path == f"{BASE}/terminos/editar"

    editar(redactora, "terminos", cambios="Son **otros**.")
    publicar(redactora, "terminos")

    otro = Navegador(redactora.app)
    otro.base_de_datos = redactora.base_de_datos
    pagina = otro.entrar(mundo.ROSA).follow()
    assert "Este texto cambió" in pagina
    assert "<strong>otros</strong>" in pagina


def test_two_edit_at_once_and_the_second_is_told_and_loses_nothing(redactora: Navegador, otra: Navegador) -> None:
    pagina = redactora.get(f"{BASE}/que-es/editar")
    editar(otra, "que-es", cuerpo="Lo que escribió la otra.")

    avisada = enviar(pagina, cuerpo="Lo que escribí yo.")

    assert "Otra persona guardó cambios" in avisada.html.select_one(".resumen-error").text
    assert avisada.forms["formulario"]["cuerpo"].value.strip() == "Lo que escribí yo."
    assert "Lo que escribió la otra." in avisada.html.find("section", {"aria-labelledby": "presentes"}).text
    enviar(avisada)
    assert "Lo que escribí yo." in redactora.get(f"{BASE}/que-es/previa")


def test_what_was_previewed_is_what_is_published_or_one_is_told(redactora: Navegador, otra: Navegador) -> None:
    editar(redactora, "que-es", cuerpo="Lo que vi.")
    pagina = redactora.get(f"{BASE}/que-es/publicar")
    editar(otra, "que-es", cuerpo="Otra cosa.")

    assert "Otra persona guardó cambios" in enviar(pagina)
    assert "Otra cosa." not in redactora.get("/preguntas-frecuentes")


def test_to_move_a_text_is_no_change_of_it(redactora: Navegador, otra: Navegador) -> None:
    pagina = redactora.get(f"{BASE}/que-es/editar")
    mover(otra, "que-es", "bajar")

    assert "El borrador está guardado" in enviar(pagina, cuerpo="Otra cosa.")


def test_versions_are_compared_in_words_and_restored(redactora: Navegador) -> None:
    redactora.get(BASE)
    editar(redactora, "terminos", cuerpo="Tiene diez días.", cambios="Diez días.")
    publicar(redactora, "terminos")
    editar(redactora, "terminos", cuerpo="Tiene quince días.", cambios="Quince días.")
    comparada = redactora.get(f"{BASE}/terminos").click("Ver qué cambia")

    assert comparada.html.select_one(".diferencias del").text == "[quitado] diez"
    assert comparada.html.select_one(".diferencias ins").text == "[agregado] quince"
    ficha = publicar(redactora, "terminos")
    ficha = enviar(ficha.click(href="restaurar.version=2"))
    assert "con un borrador sin publicar" in ficha
    assert "Tiene diez días." in redactora.get(f"{BASE}/terminos/previa")
    assert "Tiene quince días." in redactora.get("/terminos")
    redactora.get(f"{BASE}/terminos/diferencias?de=1&a=9", status=404)
    redactora.get(f"{BASE}/terminos/restaurar?version=9", status=404)


def test_a_draft_is_thrown_away(redactora: Navegador) -> None:
    editar(redactora, "que-es", cuerpo="Otra cosa.")

    ficha = confirmar(redactora.get(f"{BASE}/que-es"), "Descartar el borrador")

    assert "sin publicar" not in ficha.html.select_one("dl.datos").text
    assert "No hay nada nuevo que publicar" in redactora.get(f"{BASE}/que-es/publicar").follow()


def test_archived_and_back(redactora: Navegador) -> None:
    ficha = confirmar(redactora.get(f"{BASE}/que-es"), "Archivar")
    assert not redactora.get("/preguntas-frecuentes").html.find(id="que-es")

    publicar(redactora, "que-es")

    assert "Archivado" in ficha.html.select_one("dl.datos").text
    assert redactora.get("/preguntas-frecuentes").html.find(id="que-es")


def test_the_bin_gives_back_what_was_thrown_in(redactora: Navegador) -> None:
    confirmar(redactora.get(f"{BASE}/ley-31736"), "Enviar a la papelera")
    assert not redactora.get("/normativas").html.find(id="ley-31736")
    papelera = redactora.get(f"{BASE}?clase=norma").click("Papelera")
    assert "por contenido" in papelera.html.tbody.text

    ficha = papelera.forms[1].submit().follow() if 1 in papelera.forms else papelera.forms[0].submit().follow()

    assert "se recuperó" in ficha
    assert redactora.get("/normativas").html.find(id="ley-31736")
    assert [a.acto for a in asientos(redactora)][-2:] == ["eliminar", "recuperar"]


def test_what_the_program_needs_is_neither_archived_nor_deleted(redactora: Navegador) -> None:
    for nombre in ("terminos", "constancia", "aviso-deposito"):
        ficha = redactora.get(f"{BASE}/{nombre}")
        assert not ficha.html.find("a", string=["Archivar", "Enviar a la papelera"])
        assert "siempre debe estar" in enviar(redactora.get(f"{BASE}/{nombre}/eliminar"))


def mover(navegador: Navegador, nombre: str, hacia: str) -> Any:
    lista = navegador.get(f"{BASE}?clase=pregunta")
    [formulario] = [f for f in lista.forms.values() if f.action.endswith(f"/{nombre}/mover")]
    return formulario.submit("hacia", value=hacia).follow()


def test_questions_and_categories_go_up_and_down_by_buttons(redactora: Navegador) -> None:
    antes = [h3["id"] for h3 in redactora.get("/preguntas-frecuentes").html.select("main h3")]

    lista = mover(redactora, antes[1], "subir")
    formulario = next(f for f in lista.forms.values() if f.action.endswith("/categoria"))
    formulario.submit("hacia", value="bajar").follow()

    pagina = redactora.get("/preguntas-frecuentes").html
    assert "subió un lugar" in lista
    assert [h2.text for h2 in pagina.select("main h2")][:2] == ["Acceso", "Registro"]
    despues = [h3["id"] for h3 in pagina.select("main h3")]
    assert despues.index(antes[1]) + 1 == despues.index(antes[0])


@pytest.mark.parametrize(
    ("enlace", "queja"),
    [
        ("no-existe", "no hay ninguna página con esa dirección"),
        ("cambiar-clave", "no hay ninguna página con esa dirección"),
        ("preguntas-frecuentes#nada", "la página existe, pero no lo que se busca en ella"),
        ("#que-es", "escriba también la página"),
        ("https://gob", "no es una dirección web completa"),
        ("mailto:nadie", "no es una dirección de correo"),
        ("ftp://gob.pe/x", "debe empezar con https://"),
        ("http://localhost/no-existe", "no hay ninguna página con esa dirección"),
        ("http://localhost/preguntas-frecuentes#nada", "la página existe, pero no lo que se busca en ella"),
    ],
)
def test_links_that_lead_nowhere_are_told(redactora: Navegador, enlace: str, queja: str) -> None:
    ficha = editar(redactora, "que-es", cuerpo=f"Vea [esto]({enlace}).")

    assert f"«{enlace}»: {queja}" in ficha.html.select_one(".aviso-atencion").text
    assert queja in redactora.get(f"{BASE}/que-es/publicar")


@pytest.mark.parametrize(
    "enlace", ["http://localhost", "http://localhost/normativas", "/terminos", "https://www.gob.pe/mimp"]
)
def test_a_good_link_is_not_spoken_of(redactora: Navegador, enlace: str) -> None:
    assert "Revise estos enlaces" not in editar(redactora, "que-es", cuerpo=f"Vea [esto]({enlace}).")


@pytest.mark.parametrize(
    "escrito",
    [
        "[esto] (normativas)",
        "[esto](normativas",
        "[esto](https://gob.pe/una pagina)",
        "[esto](javascript:alert)",
    ],
)
def test_what_was_meant_to_be_a_link_and_is_none_is_told(redactora: Navegador, escrito: str) -> None:
    ficha = editar(redactora, "que-es", cuerpo=f"Vea **{escrito}**. Así no: `[a] (b)`.")

    assert [li.text for li in ficha.html.select(".aviso-atencion li")] == [
        f"«{escrito}»: no quedó como enlace; escríbalo así, sin espacios en medio: [palabras](dirección)"
    ]


def test_the_words_on_what_changed_have_their_links_looked_at_too(redactora: Navegador) -> None:
    ficha = editar(redactora, "terminos", cambios="Vea [esto](no-existe).")

    assert "«no-existe»: no hay ninguna página" in ficha.html.select_one(".aviso-atencion").text


def test_the_links_of_the_packages_own_texts_are_right(redactora: Navegador) -> None:
    with redactora.base_de_datos.transaction() as conexion:
        nombres = [c.__name__ for c in conexion.root()[RAIZ].contenidos.values()]

    assert [n for n in nombres if "Revise estos enlaces" in redactora.get(f"{BASE}/{n}")] == []


def test_a_norm_has_its_pdf_looked_at_and_warned_of(redactora: Navegador) -> None:
    ficha = redactora.get(f"{BASE}/ley-31736")
    formulario = ficha.click("Subir el PDF").forms["formulario"]
    formulario["documento"] = Upload("Ley 31736.pdf", mundo.pdf(3), "application/pdf")

    ficha = formulario.submit().follow()

    assert "Ley 31736.pdf (PDF, " in ficha and "3 páginas" in ficha
    for pagina in (ficha, redactora.get(f"{BASE}/ley-31736/publicar")):
        assert "El PDF es una imagen escaneada" in pagina.html.select_one(".aviso-atencion").text
    assert redactora.get(f"{BASE}/ley-31736/documento").body.startswith(b"%PDF")
    redactora.get("/normativas/ley-31736.pdf", status=404)
    publicar(redactora, "ley-31736")
    assert redactora.get("/normativas/ley-31736.pdf").content_type == "application/pdf"
    confirmar(redactora.get(f"{BASE}/ley-31736"), "Quitar el PDF")
    publicar(redactora, "ley-31736")
    redactora.get("/normativas/ley-31736.pdf", status=404)


def subir_pdf(navegador: Navegador, contenido: bytes) -> Any:
    formulario = navegador.get(f"{BASE}/ley-31736/pdf").forms["formulario"]
    formulario["documento"] = Upload("Ley 31736.pdf", contenido, "application/pdf")
    return formulario.submit().follow()


def test_a_heavy_pdf_is_told_and_one_that_is_light_and_has_words_is_not(redactora: Navegador) -> None:
    pesado = subir_pdf(redactora, mundo.pdf(1, bytes_=PESADO))
    assert "El PDF pesa 5 MB: con un celular y poca señal tarda" in pesado.html.select_one(".aviso-atencion").text

    assert "Revise el PDF" not in subir_pdf(redactora, con_letras("Artículo 1."))
    assert "Revise el PDF" not in redactora.get(f"{BASE}/ley-31736/publicar")


def test_of_two_who_bring_a_pdf_at_once_the_second_is_told(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("contenido")
    primero, segundo = (navegador.get("/admin/contenidos/ley-31736/pdf").forms["formulario"] for _ in range(2))
    for formulario, nombre in ((primero, "uno.pdf"), (segundo, "otro.pdf")):
        formulario["documento"] = Upload(nombre, mundo.pdf(1), "application/pdf")
    primero.submit().follow()

    avisada = segundo.submit()

    assert "Otra persona guardó cambios" in avisada.html.find(class_="resumen-error").text
    assert "uno.pdf" in avisada.html.find("section", {"aria-labelledby": "presentes"}).text
    assert "uno.pdf" in navegador.get("/admin/contenidos/ley-31736").html.main.text


def test_what_is_no_pdf_is_refused(redactora: Navegador) -> None:
    formulario = redactora.get(f"{BASE}/ley-31736/pdf").forms["formulario"]
    formulario["documento"] = Upload("Ley.pdf", b"no soy un PDF", "application/pdf")

    assert "no es un PDF" in formulario.submit()


def test_a_norm_is_made_with_its_facts(redactora: Navegador) -> None:
    datos = {"tipo": "Directiva", "numero_norma": "001-2026", "emisor": "Secretaría General", "cuerpo": "Dice."}
    pagina = redactora.get(f"{BASE}?clase=norma").click("Crear norma")
    dia = {"fecha-dia": "2", "fecha-mes": "marzo", "fecha-ano": "2026"}

    ficha = enviar(pagina, titulo="Directiva N.° 001-2026", **datos, **dia)

    for dicho in ("Directiva", "001-2026", "2 de marzo de 2026", "Secretaría General", "Sin PDF"):
        assert dicho in ficha.html.select_one("dl.datos").text


@pytest.mark.parametrize(
    ("nombre", "valores", "queja"),
    [
        ("validacion-correo", {"cuerpo": "Hola.\n\n{codigo}\n\nVence {vence}."}, "Falta el campo {enlace}"),
        ("aviso-deposito", {"titulo": "Hola"}, "Falta el campo {tipo}"),
        ("constancia", {"cuerpo": "Se acredita."}, "Falta el campo {institucion}"),
        ("que-es", {"cuerpo": "Su {codigo}."}, "El campo {codigo} no existe en este texto"),
    ],
)
def test_a_field_that_is_missing_or_unknown_is_told_beside_its_box(
    redactora: Navegador, nombre: str, valores: dict[str, str], queja: str
) -> None:
    respuesta = editar(redactora, nombre, **valores)

    assert queja in respuesta.html.select_one(".resumen-error").text
    assert {c: respuesta.forms["formulario"][c].value.replace("\r", "").strip() for c in valores} == valores


def test_a_letter_is_previewed_with_facts_of_nobodys_as_text_and_with_its_format(redactora: Navegador) -> None:
    previa = enviar(
        redactora.get(f"{BASE}/aviso-deposito/editar"),
        "ver",
        titulo="Le notificamos: {tipo} {numero}",
        cuerpo="Hola, {nombres}.\n\n{hechos}\n\n{enlace}",
    )

    assert previa.html.h1.text == "Le notificamos: CARTA 000001-MUESTRA"
    assert "Hola, PERSONA DE MUESTRA." in previa
    assert "Ver la notificación: http://localhost/" in previa
    enlace = previa.html.find("a", string="Ver la carta con formato")["href"]
    con_formato = TestApp(redactora.app, cookiejar=redactora.cookiejar).get(enlace)
    assert "Hola, PERSONA DE MUESTRA." in con_formato
    assert "sandbox" in con_formato.headers["Content-Security-Policy"]
    redactora.get(f"{BASE}/que-es/carta", status=404)


def test_every_letter_can_be_previewed(redactora: Navegador) -> None:
    for enlace in redactora.get(f"{BASE}?clase=carta").html.select("tbody th a"):
        previa = redactora.get(f"{enlace['href']}/previa")
        assert "{" not in previa.html.h1.text + previa.html.select_one(".panel").text


def test_the_constancia_is_previewed_on_real_paper(redactora: Navegador) -> None:
    previa = enviar(
        redactora.get(f"{BASE}/constancia/editar"), "ver", cuerpo="La emite el {institucion}-{sigla}.\n\nVale."
    )

    papel = previa.click("Ver la constancia de muestra")

    assert papel.content_type == "application/pdf"
    assert papel.body.startswith(b"%PDF")
    redactora.get(f"{BASE}/terminos/constancia", status=404)


def test_history_and_audit_tell_who_did_what_and_when(redactora: Navegador) -> None:
    editar(redactora, "que-es", titulo="¿Qué es esto?")
    publicar(redactora, "que-es")

    historia = [f.th.text for f in redactora.get(f"{BASE}/que-es").html.select("table")[-1].select("tbody tr")]

    assert historia[:2] == ["Se publicó la versión 2", "Se guardó el borrador"]
    ultimos = asientos(redactora)[-2:]
    assert [(a.actor, a.acto, a.sobre) for a in ultimos] == [
        ("contenido", "redactar", "contenidos/que-es"),
        ("contenido", "publicar", "contenidos/que-es"),
    ]
    assert "Título: ¿Qué es esto?" in ultimos[0].despues
    assert ultimos[0].cuando.tzinfo is UTC
