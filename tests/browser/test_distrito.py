"""The district of a company: a box with suggestions, and three lists where there is no script or there are no names."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import Servido, texto
from tests.browser.test_camino import mirar
from tests.browser.test_registro_juridica import CORREO, NOMBRE, RUC, hasta_los_datos, llenar, validar

# Where the focus is, whether one sees it, and whether something lies over it.
PARADA = """() => {
  const e = document.activeElement, caja = e.getBoundingClientRect(), estilo = getComputedStyle(e);
  const encima = document.elementFromPoint(caja.x + caja.width / 2, caja.y + Math.min(caja.height, 20) / 2);
  return {que: e.labels?.[0]?.textContent.trim() || e.textContent.trim(), anillo: parseFloat(estilo.outlineWidth),
          visible: !!encima && (e.contains(encima) || encima.contains(e)),
          dentro: caja.left >= 0 && caja.right <= innerWidth + 1};
}"""

Abrir = Callable[..., Page]


@pytest.fixture
def abrir(chromium: Browser) -> Iterator[Abrir]:
    """Makes tabs of any size, with or without a script or a finger."""
    contextos: list[BrowserContext] = []

    def nueva(ancho: int = 390, **opciones: Any) -> Page:
        contextos.append(chromium.new_context(viewport={"width": ancho, "height": 844}, locale="es-PE", **opciones))
        return contextos[-1].new_page()

    yield nueva
    for contexto in contextos:
        contexto.close()


def caja(pagina: Page) -> Locator:
    return pagina.get_by_role("combobox", name="Distrito", exact=True)


def opciones(pagina: Page) -> Locator:
    return pagina.get_by_role("option")


def dicho(pagina: Page) -> Locator:
    return pagina.locator("#c-distrito-voz")


def test_suggestions_are_found_counted_and_picked_with_keys(pestana: Page, servido: Servido) -> None:
    hasta_los_datos(pestana, servido)
    expect(pestana.get_by_label("Departamento")).to_be_hidden()
    pestana.locator("label", has_text="Distrito").click()
    expect(caja(pestana)).to_be_focused()
    expect(caja(pestana)).to_have_attribute("aria-expanded", "false")

    pestana.keyboard.type("MIRAFLÓRES lima")
    expect(opciones(pestana)).to_have_text(
        ["Miraflores, Lima, Lima", "Miraflores, Yauyos, Lima", "San Juan de Miraflores, Lima, Lima"]
    )
    expect(dicho(pestana)).to_have_text("3 distritos: elija uno de la lista.")
    expect(caja(pestana)).to_have_attribute("aria-expanded", "true")
    mirar(pestana, "distrito-sugerencias")
    activa(pestana, None)
    for tecla, cual in (("Down", 0), ("Down", 1), ("Up", 0), ("Up", 2), ("Down", 0)):
        pestana.keyboard.press(f"Arrow{tecla}")
        activa(pestana, cual)
    mirar(pestana, "distrito-elegido")
    pestana.keyboard.press("Enter")

    expect(caja(pestana)).to_have_value("Miraflores, Lima, Lima")
    expect(caja(pestana)).to_be_focused()
    expect(caja(pestana)).to_have_attribute("aria-expanded", "false")
    expect(dicho(pestana)).to_have_text("Elegido: Miraflores, Lima, Lima")
    assert enviado(pestana) == {"distrito-codigo": "150122", "distrito-escrito": "Miraflores, Lima, Lima"}


def activa(pagina: Page, cual: int | None) -> None:
    """The option that a screen reader is told of is the one that is marked, and there is no other."""
    if cual is None:
        expect(caja(pagina)).not_to_have_attribute("aria-activedescendant", re.compile("."))
        expect(pagina.locator("[aria-selected=true]")).to_have_count(0)
    else:
        marcada = opciones(pagina).nth(cual)
        expect(marcada).to_have_attribute("aria-selected", "true")
        expect(caja(pagina)).to_have_attribute("aria-activedescendant", marcada.get_attribute("id") or "")
        expect(pagina.locator("[aria-selected=true]")).to_have_count(1)


def enviado(pagina: Page) -> dict[str, str]:
    """What the form would send of the district."""
    campos: dict[str, str] = pagina.evaluate("Object.fromEntries(new FormData(document.querySelector('#formulario')))")
    return {campo: valor for campo, valor in campos.items() if campo.startswith("distrito")}


def test_escape_closes_the_list_and_then_empties_the_box(pestana: Page, servido: Servido) -> None:
    hasta_los_datos(pestana, servido)
    caja(pestana).fill("yana")
    expect(opciones(pestana).first).to_be_visible()
    pestana.keyboard.press("Escape")
    expect(opciones(pestana).first).to_be_hidden()
    expect(caja(pestana)).to_have_value("yana")
    pestana.keyboard.press("ArrowUp")
    activa(pestana, opciones(pestana).count() - 1)
    pestana.keyboard.press("Escape")
    pestana.keyboard.press("Escape")
    expect(caja(pestana)).to_have_value("")


def test_a_single_suggestion_needs_only_enter_and_tab_takes_the_marked_one(pestana: Page, servido: Servido) -> None:
    hasta_los_datos(pestana, servido)
    caja(pestana).fill("yanahuara")
    expect(dicho(pestana)).to_have_text("1 distrito: elíjalo de la lista.")
    pestana.keyboard.press("Enter")
    expect(caja(pestana)).to_have_value("Yanahuara, Arequipa, Arequipa")
    caja(pestana).fill("brena")
    expect(opciones(pestana)).to_have_text(["Breña, Lima, Lima"])
    pestana.keyboard.press("ArrowDown")
    pestana.keyboard.press("Tab")
    expect(caja(pestana)).to_have_value("Breña, Lima, Lima")
    expect(pestana.get_by_label("Teléfono/Celular")).to_be_focused()
    assert enviado(pestana)["distrito-codigo"] == "150105"
    caja(pestana).press_sequentially("x")
    assert enviado(pestana)["distrito-codigo"] == "", "what is typed on is no longer what was picked"


def test_few_letters_many_districts_and_none_are_said(pestana: Page, servido: Servido) -> None:
    hasta_los_datos(pestana, servido)
    for escrito, palabras in (
        ("l", "Escriba al menos dos letras."),
        ("lima", re.compile(r"^\d{3} distritos; aquí los primeros 50: siga escribiendo\.$")),
        ("xyzzyx", "Ningún distrito se llama así. Escriba solo el comienzo de su nombre."),
    ):
        caja(pestana).fill(escrito)
        expect(dicho(pestana)).to_have_text(palabras)
        mirar(pestana, f"distrito-{escrito}")
        expect(opciones(pestana)).to_have_count(50 if escrito == "lima" else 0)
    caja(pestana).fill("lima")
    expect(opciones(pestana).first).to_have_text("Lima, Lima, Lima")


@pytest.mark.parametrize("como", ["mouse", "finger"])
def test_a_suggestion_is_picked_by_touch(abrir: Abrir, servido: Servido, como: str) -> None:
    pagina = abrir(has_touch=como == "finger", is_mobile=como == "finger")
    hasta_los_datos(pagina, servido)
    pagar = Locator.tap if como == "finger" else Locator.click
    pagar(caja(pagina))
    pagina.keyboard.type("jesus maria")
    pagar(opciones(pagina).filter(has_text="Jesús María, Lima, Lima"))
    expect(caja(pagina)).to_have_value("Jesús María, Lima, Lima")
    expect(caja(pagina)).to_be_focused()
    expect(pagina.locator("#c-distrito-lista")).to_be_hidden()


def test_the_names_are_fetched_once_and_only_when_the_box_is_used(pestana: Page, servido: Servido) -> None:
    pedidas: list[str] = []
    pestana.on("request", lambda pedido: pedidas.append(pedido.url))
    hasta_los_datos(pestana, servido)
    pestana.wait_for_load_state("networkidle")
    assert not [url for url in pedidas if "distritos.txt" in url]
    for escrito in ("miraflores", "yanahuara", "lima"):
        caja(pestana).fill(escrito)
        expect(opciones(pestana).first).to_be_visible()
    assert len([url for url in pedidas if "distritos.txt" in url]) == 1


def test_when_the_names_cannot_be_fetched_the_lists_take_over(abrir: Abrir, servido: Servido) -> None:
    pagina = abrir()
    pagina.route("**/distritos.txt*", lambda ruta: ruta.abort())
    hasta_los_datos(pagina, servido)
    llenar(pagina)
    caja(pagina).focus()

    departamento = pagina.get_by_label("Departamento")
    expect(departamento).to_be_focused()
    expect(dicho(pagina)).to_have_text("No pudimos traer los nombres de los distritos: elíjalo de las listas.")
    mirar(pagina, "distrito-sin-nombres")
    por_las_listas(pagina)
    expect(pagina.get_by_label("Razón Social")).to_have_value(NOMBRE)
    pagina.get_by_role("button", name="Continuar").click()
    expect(pagina.get_by_role("heading", name="VERIFICACIÓN DE CORREO")).to_be_visible()


def por_las_listas(pagina: Page, lugares: tuple[str, str, str] = ("Lima", "Lima", "Lima")) -> None:
    pagina.get_by_label("Departamento", exact=True).select_option(lugares[0])
    pagina.get_by_role("button", name="Ver provincias").click()
    expect(pagina.get_by_label("Provincia", exact=True)).to_be_focused()
    pagina.get_by_label("Provincia", exact=True).select_option(lugares[1])
    pagina.get_by_role("button", name="Ver distritos").click()
    expect(pagina.get_by_label("Distrito", exact=True)).to_be_focused()
    pagina.get_by_label("Distrito", exact=True).select_option(lugares[2])


@pytest.mark.parametrize("ancho", [320, 390, 1280])
def test_a_company_registers_without_a_script(abrir: Abrir, servido: Servido, ancho: int) -> None:
    pagina = abrir(ancho, java_script_enabled=False)
    hasta_los_datos(pagina, servido)
    expect(pagina.locator(".sugerencias")).to_be_hidden()
    assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth")
    llenar(pagina)
    por_las_listas(pagina, ("Lima", "Yauyos", "Miraflores"))
    assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(pagina.get_by_label("RUC", exact=True)).to_have_value(RUC)
    pagina.get_by_role("button", name="Continuar").click()
    enlace = pagina.get_by_role("link", name="Distrito: no coincide con lo que tiene")
    enlace.click()
    expect(pagina.get_by_label("Departamento", exact=True)).to_be_focused()
    por_las_listas(pagina)
    pagina.get_by_role("button", name="Continuar").click()
    validar(pagina, servido)


def test_without_a_script_the_lists_break_no_rule_of_accessibility(pestana: Page, servido: Servido) -> None:
    """With one, axe can run: the page is what the server sends to whoever uses the lists."""
    pestana.route("**/distritos.js*", lambda ruta: ruta.fulfill(body="", content_type="text/javascript"))
    hasta_los_datos(pestana, servido)
    mirar(pestana, "distrito-departamento")
    por_las_listas(pestana)
    mirar(pestana, "distrito-listas")
    pestana.get_by_label("Departamento").select_option("Arequipa")
    pestana.get_by_role("button", name="Ver distritos").click()
    expect(pestana.locator(".resumen-error li")).to_have_text(
        ["Lima no es una provincia de Arequipa: elija la provincia"]
    )
    mirar(pestana, "distrito-inconsistente")
    pestana.locator(".resumen-error a").click()
    expect(pestana.get_by_label("Provincia")).to_be_focused()


def test_enter_in_a_box_sends_the_form_and_asks_for_no_list(abrir: Abrir, servido: Servido) -> None:
    pagina = abrir(java_script_enabled=False)
    hasta_los_datos(pagina, servido)
    llenar(pagina)
    pagina.get_by_label("RUC", exact=True).press("Enter")
    expect(pagina.locator(".resumen-error li")).to_have_text(["Elija el distrito que aparece en la ficha RUC"])


def test_back_without_a_script_shows_each_page_as_it_was_left(abrir: Abrir, servido: Servido) -> None:
    pagina = abrir(java_script_enabled=False)
    hasta_los_datos(pagina, servido)
    llenar(pagina)
    por_las_listas(pagina, ("Arequipa", "Arequipa", "Yanahuara"))
    pagina.go_back()
    expect(pagina.get_by_label("Provincia", exact=True)).to_have_value("0401")
    pagina.go_back()
    expect(pagina.get_by_label("Departamento", exact=True)).to_have_value("04")
    expect(pagina.get_by_label("Razón Social")).to_have_value(NOMBRE)
    por_las_listas(pagina)
    expect(pagina.get_by_label("RUC", exact=True)).to_have_value(RUC)


def test_back_with_a_script_keeps_the_district_that_was_picked(pestana: Page, servido: Servido) -> None:
    hasta_los_datos(pestana, servido)
    llenar(pestana)
    caja(pestana).fill("lima")
    opciones(pestana).filter(has_text="Lima, Lima, Lima").click()
    pestana.get_by_label("Teléfono/Celular").fill("9")
    pestana.get_by_label("Teléfono/Celular").press("Enter")
    expect(pestana.locator(".resumen-error")).to_be_visible()
    expect(caja(pestana)).to_have_value("Lima, Lima, Lima")
    pestana.go_back()
    expect(caja(pestana)).to_have_value("Lima, Lima, Lima")
    pestana.get_by_label("Teléfono/Celular").fill("987654321")
    pestana.get_by_role("button", name="Continuar").click()
    expect(pestana.get_by_role("heading", name="VERIFICACIÓN DE CORREO")).to_be_visible()


def test_the_summary_leads_to_the_box(pestana: Page, servido: Servido) -> None:
    hasta_los_datos(pestana, servido)
    caja(pestana).fill("Yanaguara")
    pestana.keyboard.press("Enter")
    enlace = pestana.get_by_role("link", name="No hallamos ese distrito. ¿Es Yanahuara, Arequipa, Arequipa")
    expect(enlace).to_be_visible()
    mirar(pestana, "distrito-desconocido")
    enlace.click()
    expect(caja(pestana)).to_be_focused()
    expect(caja(pestana)).to_have_value("Yanaguara")
    expect(caja(pestana)).to_have_attribute("aria-invalid", "true")


def test_at_320_pixels_the_open_list_fits(abrir: Abrir, servido: Servido) -> None:
    pagina = abrir(320)
    hasta_los_datos(pagina, servido)
    caja(pagina).fill("san juan")
    expect(opciones(pagina).first).to_be_visible()
    mirar(pagina, "distrito-320")
    cuadro = pagina.locator("#c-distrito-lista").bounding_box()
    assert cuadro
    assert cuadro["x"] >= 0
    assert cuadro["x"] + cuadro["width"] <= 320
    assert all(opcion.bounding_box()["height"] >= 44 for opcion in opciones(pagina).all())  # type: ignore[index]


def test_a_company_registers_with_the_keyboard_alone(pestana: Page, servido: Servido) -> None:
    """From the first page to the credentials: Tab, keys and Enter; one always sees where one is."""
    pestana.goto(servido.direccion)
    pulsar(pestana, "¿Aún no tienes una cuenta? Regístrate")
    pulsar(pestana, "Empezar")
    for casilla in ("He leído y estoy de acuerdo con los términos", "He leído y estoy de acuerdo con la Política"):
        ir_a(pestana, casilla)
        pestana.keyboard.press("Space")
        pulsar(pestana, "Aceptar")
    ir_a(pestana, "Persona Natural")
    pestana.keyboard.press("ArrowDown")
    pulsar(pestana, "Continuar")
    for rotulo, valor in (("RUC", RUC), ("Razón Social", NOMBRE), ("Distrito", "lima lima lima")):
        ir_a(pestana, rotulo)
        pestana.keyboard.type(valor)
    expect(opciones(pestana).first).to_have_text("Lima, Lima, Lima")
    pestana.keyboard.press("ArrowDown")
    pestana.keyboard.press("Enter")
    for rotulo, valor in (
        ("Teléfono/Celular", "987654321"),
        ("Correo Electrónico", CORREO),
        ("Repetir Correo", CORREO),
    ):
        ir_a(pestana, rotulo)
        pestana.keyboard.type(valor)
    pulsar(pestana, "Continuar")
    expect(pestana.get_by_role("heading", name="VERIFICACIÓN DE CORREO")).to_be_visible()
    codigo = re.search(r"correo electrónico es: (\w{6})", texto(servido.carta(CORREO, "Validación")))
    assert codigo is not None
    ir_a(pestana, "Clave de validación")
    pestana.keyboard.type(codigo[1])
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_text("Se envió un mensaje con las credenciales")).to_be_visible()


def ir_a(pagina: Page, nombre: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(40):
        pagina.keyboard.press("Tab")
        parada = pagina.evaluate(PARADA)
        assert parada["anillo"] >= 3, parada
        assert parada["visible"], parada
        assert parada["dentro"], parada
        if parada["que"].startswith(nombre):
            return
    raise AssertionError(f"Tab no llega a {nombre}")


def pulsar(pagina: Page, nombre: str) -> None:
    ir_a(pagina, nombre)
    antes = pagina.url
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(lambda url: url != antes)
