"""The public pages and the new version of a text, as a person with a phone and one with a desk sees them."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, Page, expect

from casilla.services.fundacion import RAIZ
from casilla.services.publicacion import publicar_version
from tests import mundo
from tests.browser.conftest import Servido
from tests.browser.test_camino import entrar, mirar


def test_a_question_is_searched_for_with_the_keyboard_alone(pestana: Page, servido: Servido) -> None:
    pestana.goto(f"{servido.direccion}/preguntas-frecuentes")
    mirar(pestana, "preguntas-frecuentes")
    pestana.get_by_label("Buscar en las preguntas").focus()
    pestana.keyboard.type("CONTRASENA temporal")
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_role("status")).to_have_text("2 preguntas contienen «CONTRASENA temporal».")
    expect(pestana.get_by_role("heading", name="¿Para qué sirve la contraseña temporal?")).to_be_visible()
    mirar(pestana, "preguntas-buscadas")
    pestana.get_by_label("Buscar en las preguntas").fill("hipopótamo")
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_role("status")).to_have_text("Ninguna pregunta contiene «hipopótamo».")
    mirar(pestana, "preguntas-sin-resultado")
    pestana.get_by_role("link", name="Quitar la búsqueda").click()
    expect(pestana.get_by_role("heading", name="Accesibilidad e idiomas")).to_be_visible()


def test_a_norm_is_filtered_and_its_pdf_kept(pestana: Page, servido: Servido) -> None:
    with servido.almacen.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        mundo.norma(sitio, "directiva-001", mundo.archivo(sitio, mundo.pdf(), "Directiva 001-2026.pdf"))
    pestana.goto(f"{servido.direccion}/normativas")
    mirar(pestana, "normativas")
    pestana.get_by_label("Tipo de norma").select_option("Directiva")
    pestana.get_by_role("button", name="Filtrar").click()
    expect(pestana.get_by_role("status")).to_have_text("1 de 8 normas cumple los filtros.")
    mirar(pestana, "normativas-filtradas")
    with pestana.expect_download() as descarga:
        pestana.get_by_role("link", name="Directiva N.° 001-2026").click()
    assert descarga.value.suggested_filename == "Directiva 001-2026.pdf"


def test_the_texts_of_the_foot_are_as_they_must_be(pestana: Page, servido: Servido) -> None:
    pestana.goto(servido.direccion)
    for rotulo in ("Términos y condiciones", "Política de privacidad", "Sus datos y derechos ARCO", "Accesibilidad"):
        pestana.get_by_role("navigation", name="Sobre este servicio").get_by_role("link", name=rotulo).click()
        expect(pestana.get_by_text("Versión 1, publicada el")).to_be_visible()
        mirar(pestana, f"texto-{rotulo.split()[0].lower()}")


def test_a_new_version_is_accepted_before_the_casilla_opens(pestana: Page, servido: Servido) -> None:
    with servido.almacen.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        texto = sitio.contenidos["terminos"].ultima
        cambios = "- Los avisos llegan también a un segundo correo, si usted lo indica."
        publicar_version(
            sitio, "terminos", texto.titulo, texto.cuerpo + "\n\nFin.", datetime.now(UTC), "prueba", cambios
        )
    pestana.goto(servido.direccion)
    entrar(pestana, mundo.ROSA, mundo.CLAVE)
    expect(pestana.get_by_role("heading", name="Este texto cambió")).to_be_visible()
    mirar(pestana, "aceptar-version")
    pestana.get_by_role("button", name="Aceptar").click()
    expect(pestana.get_by_role("heading", name="Hay un problema")).to_be_visible()
    mirar(pestana, "aceptar-version-error")
    pestana.get_by_label("He leído y estoy de acuerdo").check()
    pestana.get_by_role("button", name="Aceptar").click()
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Pendientes por leer")


def test_whoever_reads_says_whether_it_served_by_keyboard_and_without_a_script(
    chromium: Browser, servido: Servido
) -> None:
    contexto = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    pagina = contexto.new_page()
    pagina.goto(f"{servido.direccion}/preguntas-frecuentes?q=lenguas")
    pagina.get_by_role("button", name="No me sirvió «Hablo otra lengua").press("Enter")
    gracias = pagina.get_by_role("status").filter(has_text="Gracias por su respuesta.")
    expect(gracias).to_be_in_viewport()
    expect(gracias).to_contain_text("Si necesita ayuda, llámenos o escríbanos")
    expect(pagina.get_by_role("heading", level=3)).to_have_count(1)
    contexto.close()


def test_the_thanks_take_the_focus_and_break_no_rule(pestana: Page, servido: Servido) -> None:
    pestana.goto(f"{servido.direccion}/preguntas-frecuentes")
    pestana.get_by_role("button", name="Sí me sirvió «¿Qué es la Casilla Electrónica?»").click()
    expect(pestana.locator("#gracias")).to_be_focused()
    mirar(pestana, "preguntas-gracias")
