"""Whoever writes the institution's texts, in a real browser, wide and narrow, by the keyboard, and without a script."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from casilla.services.fundacion import RAIZ
from casilla.services.uso import anotar, votar
from tests import mundo
from tests.browser.conftest import Servido
from tests.browser.test_camino import entrar, mirar
from tests.browser.test_cuentas_del_personal import codigo, entrar_al_modulo


def boton(pagina: Page, nombre: str) -> None:
    pagina.get_by_role("button", name=nombre, exact=True).click()


def enlace(pagina: Page, nombre: str) -> None:
    pagina.get_by_role("main").get_by_role("link", name=nombre, exact=True).click()


def menu(pagina: Page, nombre: str) -> None:
    pagina.get_by_role("navigation", name="Módulo del administrador").get_by_role("link", name=nombre).click()


def listo(pagina: Page, palabras: str) -> None:
    expect(pagina.get_by_role("status").filter(has_text=palabras)).to_be_visible()


def test_a_question_from_its_draft_to_the_bin_and_back(pestana: Page, servido: Servido) -> None:
    entrar_al_modulo(pestana, servido, "contenido", codigo("contenido"))
    menu(pestana, "Contenidos")
    mirar(pestana, "admin-contenidos")
    escribir_una_pregunta(pestana)
    publicar_y_ver(pestana, servido)
    ir_y_volver_de_la_papelera(pestana)


def escribir_una_pregunta(pagina: Page) -> None:
    enlace(pagina, "Crear pregunta")
    boton(pagina, "Guardar borrador")
    expect(pagina.locator(".resumen-error")).to_be_focused()
    mirar(pagina, "admin-contenido-con-errores")
    pagina.get_by_label("Pregunta", exact=True).fill("¿Puedo ir en persona?")
    pagina.get_by_label("Categoría").fill("Registro")
    pagina.get_by_label("Respuesta").fill("Sí, **lo esperamos**. Vea [esto](no-existe).")
    boton(pagina, "Guardar borrador")
    expect(pagina.get_by_role("heading", name="Revise estos enlaces")).to_be_visible()
    mirar(pagina, "admin-contenido-enlace-roto")
    enlace(pagina, "Editar el borrador")
    pagina.get_by_label("Respuesta").fill("Sí, **lo esperamos**. Vea los [Términos](terminos).")
    mirar(pagina, "admin-contenido-editar")
    boton(pagina, "Guardar y ver")
    expect(pagina.locator("strong", has_text="lo esperamos")).to_be_visible()
    mirar(pagina, "admin-contenido-previa")


def publicar_y_ver(pagina: Page, servido: Servido) -> None:
    previa = pagina.locator("div:has(> #puedo-ir-en-persona)").inner_html()
    pagina.locator("a.volver").click()
    enlace(pagina, "Publicar")
    mirar(pagina, "admin-contenido-publicar")
    boton(pagina, "Publicar")
    listo(pagina, "Publicado, versión 1")
    mirar(pagina, "admin-contenido")
    ficha = pagina.url
    pagina.goto(f"{servido.direccion}/preguntas-frecuentes")
    assert pagina.locator("div:has(> #puedo-ir-en-persona)").inner_html() == previa
    pagina.goto(ficha)


def ir_y_volver_de_la_papelera(pagina: Page) -> None:
    enlace(pagina, "Enviar a la papelera")
    mirar(pagina, "admin-contenido-eliminar")
    boton(pagina, "Enviar a la papelera")
    mirar(pagina, "admin-contenido-eliminado")
    menu(pagina, "Contenidos")
    enlace(pagina, "Papelera")
    mirar(pagina, "admin-papelera")
    pagina.get_by_role("button", name="Recuperar").click()
    listo(pagina, "se recuperó")


def test_terms_are_rewritten_compared_and_accepted(pestana: Page, servido: Servido) -> None:
    entrar_al_modulo(pestana, servido, "contenido", codigo("contenido"))
    pestana.goto(f"{servido.direccion}/admin/contenidos?clase=texto")
    mirar(pestana, "admin-contenidos-textos")
    enlace(pestana, "Términos y condiciones")
    enlace(pestana, "Editar")
    texto = pestana.get_by_label("Texto", exact=True)
    texto.fill(texto.input_value().replace("Es gratuita.", "Es y será gratuita."))
    pestana.get_by_label("Qué cambió en esta versión").fill("La casilla **seguirá siendo gratuita**.")
    boton(pestana, "Guardar borrador")
    enlace(pestana, "Ver qué cambia")
    expect(pestana.locator("ins", has_text="y será")).to_be_visible()
    mirar(pestana, "admin-contenido-diferencias")
    pestana.locator("a.volver").click()
    enlace(pestana, "Publicar")
    expect(pestana.get_by_role("heading", name="4 personas deberán aceptarlo")).to_be_visible()
    mirar(pestana, "admin-contenido-publicar-terminos")
    boton(pestana, "Publicar")
    boton(pestana, "Cerrar sesión")
    pestana.goto(servido.direccion)
    entrar(pestana, mundo.ROSA, mundo.CLAVE)
    expect(pestana.get_by_text("seguirá siendo gratuita")).to_be_visible()


def test_letters_and_constancia_are_written_with_fields_and_seen(pestana: Page, servido: Servido) -> None:
    entrar_al_modulo(pestana, servido, "contenido", codigo("contenido"))
    pestana.goto(f"{servido.direccion}/admin/contenidos?clase=carta")
    mirar(pestana, "admin-contenidos-cartas")
    enlace(pestana, "Validación de Correo Electrónico")
    enlace(pestana, "Editar")
    texto = pestana.get_by_label("Texto de la carta")
    texto.fill(texto.input_value().replace("{enlace}", ""))
    boton(pestana, "Guardar y ver")
    expect(pestana.locator(".resumen-error")).to_contain_text("Falta el campo {enlace}")
    mirar(pestana, "admin-carta-con-errores")
    texto.fill(texto.input_value() + "\n\n{enlace}")
    boton(pestana, "Guardar y ver")
    expect(pestana.get_by_text("Validar Correo: http")).to_be_visible()
    mirar(pestana, "admin-carta-previa")
    con_formato(pestana)
    pestana.goto(f"{servido.direccion}/admin/contenidos/constancia/previa")
    mirar(pestana, "admin-constancia-previa")


def con_formato(pagina: Page) -> None:
    enlace(pagina, "Ver la carta con formato")
    expect(pagina.get_by_role("link", name="Validar Correo")).to_have_css("background-color", "rgb(125, 20, 22)")
    pagina.go_back()


@pytest.fixture(params=[390, 1280])
def sin_programas(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    contexto = chromium.new_context(viewport={"width": request.param, "height": 844}, java_script_enabled=False)
    yield contexto.new_page()
    contexto.close()


def test_questions_are_ordered_and_published_on_a_date_by_keyboard_and_without_a_script(
    sin_programas: Page, servido: Servido
) -> None:
    pagina = sin_programas
    entrar_al_modulo(pagina, servido, "contenido", codigo("contenido"))
    pagina.goto(f"{servido.direccion}/admin/contenidos")
    pagina.get_by_role("button", name="Bajar «¿Qué es la Casilla Electrónica?»").press("Enter")
    listo(pagina, "«¿Qué es la Casilla Electrónica?» bajó un lugar.")
    pagina.get_by_role("button", name="Subir la categoría Acceso").press("Enter")
    listo(pagina, "La categoría «Acceso» subió un lugar.")
    pagina.get_by_role("link", name="¿Qué es la Casilla Electrónica?").press("Enter")
    pagina.get_by_role("link", name="Editar").press("Enter")
    pagina.get_by_label("Respuesta").fill("Un buzón.")
    pagina.get_by_role("button", name="Guardar borrador").press("Enter")
    pagina.get_by_role("link", name="Publicar", exact=True).press("Enter")
    pagina.get_by_label("En la fecha y hora que escriba aquí").press("Space")
    for parte, valor in {"Día": "2", "Mes": "enero", "Año": "2040", "Hora": "08:00"}.items():
        pagina.get_by_label(parte, exact=True).fill(valor)
    pagina.get_by_role("button", name="Publicar", exact=True).press("Enter")
    listo(pagina, "versión 2 programada para el 2 de enero de 2040, 08:00")
    with servido.almacen.transaction() as conexion:
        assert (
            conexion.root()[RAIZ].contenidos["que-es"].orden
            > conexion.root()[RAIZ].contenidos["olvide-mi-contrasena"].orden
        )


def test_the_whole_life_of_a_question_by_keyboard_and_without_a_script(sin_programas: Page, servido: Servido) -> None:
    pagina = sin_programas
    entrar_al_modulo(pagina, servido, "contenido", codigo("contenido"))
    redactar_y_publicar(pagina, servido)
    ir(pagina, "Diferencias de la versión 2 con la 1")
    expect(pagina.locator("ins", has_text="buzón.")).to_be_visible()
    pagina.go_back()
    ir(pagina, "Restaurar la versión 1")
    oprimir(pagina, "Restaurar la versión 1")
    listo(pagina, "El borrador dice ahora lo mismo que la versión 1.")
    ir(pagina, "Descartar el borrador")
    oprimir(pagina, "Descartar el borrador")
    listo(pagina, "El borrador se descartó.")
    ir(pagina, "Enviar a la papelera")
    oprimir(pagina, "Enviar a la papelera")
    oprimir(pagina, "Recuperar")
    listo(pagina, "se recuperó")
    expect(pagina.locator("dd", has_text="Publicado, versión 2")).to_be_visible()


def ir(pagina: Page, nombre: str) -> None:
    pagina.get_by_role("main").get_by_role("link", name=nombre, exact=True).press("Enter")


def oprimir(pagina: Page, nombre: str) -> None:
    pagina.get_by_role("button", name=nombre, exact=True).press("Enter")


def redactar_y_publicar(pagina: Page, servido: Servido) -> None:
    pagina.goto(f"{servido.direccion}/admin/contenidos/que-es")
    ir(pagina, "Editar")
    pagina.get_by_label("Respuesta").fill("Un buzón.")
    oprimir(pagina, "Guardar y ver")
    expect(pagina.locator("#que-es + p")).to_have_text("Un buzón.")
    pagina.locator("a.volver").press("Enter")
    ir(pagina, "Publicar")
    oprimir(pagina, "Publicar")
    listo(pagina, "Publicado, versión 2")


def test_what_serves_and_what_is_missed_is_seen(pestana: Page, servido: Servido) -> None:
    with servido.almacen.transaction() as conexion:
        sitio, ahora = conexion.root()[RAIZ], datetime.now(UTC)
        votar(sitio, "que-es", False, ahora)
        anotar(sitio, {"multa": 3}, 2, ahora)
    entrar_al_modulo(pestana, servido, "contenido", codigo("contenido"))
    menu(pestana, "Contenidos")
    enlace(pestana, "Uso de las preguntas")
    expect(pestana.get_by_text("multa", exact=True)).to_be_visible()
    mirar(pestana, "admin-uso")
    with pestana.expect_download() as descarga:
        pestana.get_by_role("button", name="Excel de estas búsquedas").click()
    assert descarga.value.suggested_filename.startswith("uso_busquedas_")
    pestana.get_by_label("Periodo").select_option(index=2)
    boton(pestana, "Ver")
    expect(pestana.get_by_text("Nadie respondió todavía en este periodo.")).to_be_visible()
    mirar(pestana, "admin-uso-vacio")
