"""The frame and the forms in a real Chromium, on a phone and on a desk."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

STATIC = Path(__file__).parents[2] / "casilla" / "static"

# Every visible control: its size, and the colour of its border. axe judges neither.
CONTROLES = """() => [...document.querySelectorAll('main :is(input, select, textarea, button, .btn)')]
  .filter(e => e.checkVisibility()).map(e => {
    const {width, height} = e.getBoundingClientRect();
    return {que: e.id || e.textContent, alto: height, ancho: width, tipo: e.type,
            borde: getComputedStyle(e).borderTopColor};
  })"""
# At least 4.7 to 1 on white.
BORDES = ("rgb(106, 113, 119)", "rgb(163, 18, 10)", "rgb(139, 26, 26)")

# The focused element: how thick its ring is, and whether it is what one sees in its own place.
PARADA = """() => {
  const e = document.activeElement, caja = e.getBoundingClientRect(), estilo = getComputedStyle(e);
  const encima = document.elementFromPoint(caja.x + caja.width / 2, caja.y + Math.min(caja.height, 20) / 2);
  return {que: e.id || e.textContent.trim(), anillo: parseFloat(estilo.outlineWidth), estilo: estilo.outlineStyle,
          visible: !!encima && (e.contains(encima) || encima.contains(e)), cuerpo: e === document.body,
          dentro: caja.left >= 0 && caja.right <= innerWidth + 1};
}"""


def sin_violaciones(pestana: Page) -> None:
    resultado = Axe().run(pestana)
    assert resultado.violations_count == 0, resultado.generate_report()


def entrar(pestana: Page, base: str) -> None:
    pestana.request.get(f"{base}/entrar")


def formulario_con_errores(pestana: Page, base: str) -> None:
    pestana.goto(f"{base}/formulario")
    pestana.get_by_role("button", name="Continuar").click()
    expect(pestana).to_have_title("Error: Sus datos - Casilla Electrónica MIMP")


def test_no_page_breaks_a_rule_that_axe_knows(pestana: Page, servida: tuple[str, Any]) -> None:
    base, _ = servida
    pestana.goto(f"{base}/formulario")
    sin_violaciones(pestana)
    formulario_con_errores(pestana, base)
    sin_violaciones(pestana)
    pestana.goto(f"{base}/aislada")
    sin_violaciones(pestana)
    entrar(pestana, base)
    pestana.goto(f"{base}/pagina?mensaje=si")
    sin_violaciones(pestana)
    pestana.emulate_media(forced_colors="active")
    sin_violaciones(pestana)


def test_at_320_pixels_nothing_is_cut_off(chromium: Browser, servida: tuple[str, Any]) -> None:
    base, _ = servida
    pestana = chromium.new_page(viewport={"width": 320, "height": 640})
    entrar(pestana, base)
    for direccion in ("/formulario", "/pagina?mensaje=si"):
        pestana.goto(base + direccion)
        assert pestana.evaluate("document.documentElement.scrollWidth") == 320
        sin_violaciones(pestana)
    pestana.context.close()


def test_every_control_is_large_enough_and_has_a_border_one_can_see(pestana: Page, servida: tuple[str, Any]) -> None:
    formulario_con_errores(pestana, servida[0])
    for errores in (True, False):
        if not errores:
            pestana.goto(f"{servida[0]}/formulario")
        controles = pestana.evaluate(CONTROLES)
        assert len(controles) == 26
        for control in controles:
            minimo = 24 if control["tipo"] in ("radio", "checkbox") else 44
            assert min(control["alto"], control["ancho"]) >= minimo, control
            assert control["borde"] in BORDES, control


def test_the_keyboard_reaches_everything_and_one_always_sees_where_it_is(
    pestana: Page, servida: tuple[str, Any]
) -> None:
    base, _ = servida
    entrar(pestana, base)
    pestana.goto(f"{base}/formulario")
    paradas = []
    for _ in range(60):
        pestana.keyboard.press("Tab")
        parada = pestana.evaluate(PARADA)
        if parada["cuerpo"]:
            break
        paradas.append(parada)
    assert paradas[0]["que"] == "Ir al contenido"
    assert paradas[-1]["que"] == "Estado del servicio"
    assert len(paradas) >= 34
    for parada in paradas:
        assert parada["anillo"] >= 3, parada
        assert parada["estilo"] == "solid", parada
        assert parada["visible"], parada
        assert parada["dentro"], parada


def test_the_summary_takes_the_focus_and_each_link_reaches_its_box(pestana: Page, servida: tuple[str, Any]) -> None:
    formulario_con_errores(pestana, servida[0])
    expect(pestana.locator(".resumen-error")).to_be_focused()
    for enlace in pestana.locator(".resumen-error a").all():
        enlace.click()
        destino = enlace.get_attribute("href")
        expect(pestana.locator(destino)).to_be_focused()


def test_a_password_can_be_seen_and_each_button_has_a_name_of_its_own(pestana: Page, servida: tuple[str, Any]) -> None:
    pestana.goto(f"{servida[0]}/formulario")
    caja = pestana.locator("#c-nueva")
    caja.fill("Huayno en re 7")
    pestana.get_by_role("button", name="Mostrar Clave Nueva", exact=True).click()
    expect(caja).to_have_attribute("type", "text")
    pestana.get_by_role("button", name="Ocultar Clave Nueva", exact=True).click()
    expect(caja).to_have_attribute("type", "password")
    for nombre in ("Mostrar Clave Antigua", "Mostrar Repetir Clave Nueva"):
        expect(pestana.get_by_role("button", name=nombre, exact=True)).to_be_visible()


def test_text_can_be_pasted_into_every_box(pestana: Page, servida: tuple[str, Any]) -> None:
    pestana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pestana.goto(f"{servida[0]}/formulario")
    pestana.evaluate("navigator.clipboard.writeText('pegado')")
    cajas = pestana.locator("form input:not([type=hidden], [type=radio], [type=checkbox]), form textarea").all()
    assert len(cajas) == 17
    for caja in cajas:
        caja.focus()
        pestana.keyboard.press("Control+V")
        expect(caja).to_have_value("pegado")


def test_a_code_is_copied_and_that_is_said(pestana: Page, servida: tuple[str, Any]) -> None:
    pestana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pestana.goto(f"{servida[0]}/pagina")
    pestana.get_by_role("button", name="Copiar").click()
    expect(pestana.locator("#copiado")).to_have_text("Copiado")
    assert pestana.evaluate("navigator.clipboard.readText()") == "AB12-CD34"


def test_refreshing_says_whether_anything_is_new(pestana: Page, servida: tuple[str, Any]) -> None:
    base, registro = servida
    entrar(pestana, base)
    pestana.goto(f"{base}/pagina")
    estado = pestana.locator("main [role=status]").first
    actualizar = pestana.get_by_role("link", name="Actualizar")
    actualizar.click()
    expect(estado).to_have_text("No hay documentos nuevos. Actualizado a las 11:14")
    try:
        registro.filas.insert(0, "Carta nueva")
        registro.pendientes = 14
        actualizar.click()
        expect(estado).to_have_text("La lista cambió. Actualizado a las 11:14")
        expect(pestana.get_by_role("link", name="Carta nueva")).to_be_visible()
        expect(pestana.locator(".menu .insignia")).to_have_text("14 sin leer")
        expect(actualizar).to_be_focused()
    finally:
        registro.filas.pop(0)
        registro.pendientes = 13


def con_reloj(pestana: Page, base: str) -> None:
    """Open a page whose clock the test moves; the sample's session lasts four minutes."""
    entrar(pestana, base)
    pestana.clock.install()
    pestana.goto(f"{base}/pagina")


@pytest.mark.parametrize("como", ["Seguir conectado", "Escape"])
def test_two_minutes_before_the_end_one_may_go_on(pestana: Page, servida: tuple[str, Any], como: str) -> None:
    base, registro = servida
    con_reloj(pestana, base)
    aviso = pestana.get_by_role("dialog", name="Su sesión está por cerrarse")
    pestana.clock.run_for(110_000)  # and what goes by meanwhile: the clock that a test moves does not stand still
    expect(aviso).to_be_hidden()
    pestana.clock.run_for(11_000)
    expect(aviso).to_be_visible()
    expect(aviso).to_contain_text("2 minutos")
    sin_violaciones(pestana)
    pestana.clock.run_for(80_000)
    expect(aviso.locator("strong")).to_have_text(re.compile(r"^\d+ segundos$"))
    vistas = len(registro.seguidas)
    if como == "Escape":
        pestana.keyboard.press("Escape")
    else:
        pestana.get_by_role("button", name=como).click()
    expect(aviso).to_be_hidden()
    assert registro.seguidas[vistas:] == ["1-49083411"]
    pestana.clock.run_for(110_000)
    expect(aviso).to_be_hidden()


def test_whoever_types_stays_connected_and_asks_for_it_once_a_minute(pestana: Page, servida: tuple[str, Any]) -> None:
    base, registro = servida
    con_reloj(pestana, base)
    pestana.goto(f"{base}/formulario")
    vistas, caja = len(registro.seguidas), pestana.get_by_label("Nombres")
    for _ in range(3):
        pestana.clock.run_for(100_000)
        with pestana.expect_response("**/sesion/seguir"):
            caja.press_sequentially("ab")
        expect(pestana.get_by_role("dialog")).to_be_hidden()
    assert len(registro.seguidas) == vistas + 3


def test_when_the_time_is_over_the_page_of_a_person_is_not_left_open(pestana: Page, servida: tuple[str, Any]) -> None:
    con_reloj(pestana, servida[0])
    pestana.clock.run_for(241_000)
    pestana.wait_for_url("**/?motivo=inactividad&next=%2Fpagina")


def test_tabs_keep_one_another_alive(pestana: Page, servida: tuple[str, Any]) -> None:
    base, _ = servida
    con_reloj(pestana, base)
    pestana.clock.run_for(121_000)
    expect(pestana.get_by_role("dialog")).to_be_visible()
    otra = pestana.context.new_page()
    otra.goto(f"{base}/pagina")
    expect(pestana.get_by_role("dialog")).to_be_hidden()


def test_without_javascript_the_form_works_and_shows_no_dead_button(
    chromium: Browser, servida: tuple[str, Any]
) -> None:
    contexto = chromium.new_context(java_script_enabled=False)
    pestana = contexto.new_page()
    formulario_con_errores(pestana, servida[0])
    assert pestana.locator(".resumen-error a").count() == 15
    expect(pestana.get_by_role("button")).to_have_text(["Continuar"])
    pestana.locator(".resumen-error a").first.click()
    expect(pestana.locator("#c-tipo")).to_be_focused()
    contexto.close()


def test_on_paper_there_are_no_menus_and_no_buttons(chromium: Browser, servida: tuple[str, Any]) -> None:
    base, _ = servida
    pestana = chromium.new_page()
    entrar(pestana, base)
    pestana.goto(f"{base}/pagina")
    texto = "\n".join(hoja.extract_text() for hoja in PdfReader(BytesIO(pestana.pdf())).pages)
    pestana.context.close()
    for presente in ("Pendientes por leer", "Respuesta a su solicitud", "OGT002025000009", "(01) 626-1600"):
        assert presente in texto
    for ausente in ("Cerrar sesión", "Leídos", "Actualizar\n", "Siguiente", "Copiar", "Ir al contenido", "Volver"):
        assert ausente not in texto


def test_who_prefers_no_motion_gets_none(pestana: Page, servida: tuple[str, Any]) -> None:
    pestana.emulate_media(reduced_motion="reduce")
    pestana.goto(f"{servida[0]}/formulario")
    duraciones = pestana.evaluate(
        "[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration)"
    )
    assert set(duraciones) == {"0s"}


@pytest.mark.parametrize("nombre", ["kit.css", "app.css", "app.js", "borrador.js", "distritos.js", "distritos.txt"])
def test_the_brotli_is_of_the_file_beside_it(pestana: Page, servida: tuple[str, Any], nombre: str) -> None:
    """Chromium decodes it: Python has no brotli of its own."""
    pestana.goto(f"{servida[0]}/formulario")
    pedido = "async (u) => { const r = await fetch(u); return [r.headers.get('content-encoding'), await r.text()]; }"
    assert pestana.evaluate(pedido, f"/static/{nombre}") == ["br", (STATIC / nombre).read_text("utf-8")]
