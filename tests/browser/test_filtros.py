"""The search of a tray as it is seen and walked through: on a phone and a desk, with keys alone, without a script."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import mundo
from tests.browser.conftest import Servido
from tests.browser.test_camino import mirar

# Where the focus is, whether one sees it, and whether something lies over it.
PARADA = """() => {
  const e = document.activeElement, caja = e.getBoundingClientRect(), estilo = getComputedStyle(e);
  const encima = document.elementFromPoint(caja.x + caja.width / 2, caja.y + Math.min(caja.height, 20) / 2);
  return {que: e.id || e.name || e.textContent.trim(), anillo: parseFloat(estilo.outlineWidth),
          visible: !!encima && (e.contains(encima) || encima.contains(e)),
          dentro: caja.left >= 0 && caja.right <= innerWidth + 1};
}"""
CONTROLES = """() => [...document.querySelectorAll('.buscador :is(input, select, button, .btn), .aplicados a, thead a')]
  .filter(e => e.checkVisibility()).map(e => {
    const {width, height} = e.getBoundingClientRect();
    return [e.id || e.textContent.trim(), Math.min(width, height)];
  })"""


def entrar(pagina: Page, servido: Servido) -> str:
    """Rosa comes in; the address of her tray."""
    pagina.goto(servido.direccion)
    pagina.get_by_label("Usuario").fill(mundo.ROSA)
    pagina.get_by_label("Contraseña", exact=True).fill(mundo.CLAVE)
    pagina.get_by_role("button", name="Iniciar sesión").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Pendientes por leer")
    return pagina.url


@pytest.fixture
def sin_guion(chromium: Browser) -> Iterator[Page]:
    contexto = chromium.new_context(viewport={"width": 390, "height": 844}, locale="es-PE", java_script_enabled=False)
    yield contexto.new_page()
    contexto.close()


def test_a_person_filters_orders_and_takes_filters_off(pestana: Page, servido: Servido) -> None:
    bandeja = entrar(pestana, servido)
    pestana.get_by_text("Filtrar por campos y ordenar").click()
    mirar(pestana, "filtros")
    pestana.get_by_label("Campo").select_option("Año")
    pestana.get_by_label("Valor").fill("2026")
    pestana.get_by_role("button", name="Agregar filtro").click()
    expect(pestana.locator("#f2")).to_be_focused()
    pestana.locator("#f2").select_option("Asunto")
    pestana.locator("#o2").select_option("contiene")
    pestana.locator("#v2").fill("n.° 2")
    pestana.get_by_label("Ordenar por").select_option("Asunto: de la Z a la A")
    pestana.get_by_role("button", name="Buscar").last.click()
    expect(pestana.get_by_role("status").first).to_contain_text("1 de 3 notificaciones sin leer cumple los filtros.")
    mirar(pestana, "filtrados")
    pestana.get_by_role("link", name="Quitar filtro: Asunto contiene n.° 2").click()
    expect(pestana.locator("tbody tr")).to_have_count(3)
    pestana.go_back()
    expect(pestana.locator("tbody tr")).to_have_count(1)
    pestana.reload()
    expect(pestana.locator("tbody tr")).to_have_count(1)
    pestana.goto(f"{bandeja}?q=nada+de+esto")
    mirar(pestana, "filtros-sin-resultado")
    pestana.get_by_role("link", name="Quitar filtros").first.click()
    expect(pestana).to_have_url(bandeja)


def test_wrong_rows_are_told_at_the_top_and_beside_them(pestana: Page, servido: Servido) -> None:
    pestana.goto(entrar(pestana, servido) + "?f1=anio&o1=contiene&v1=2026&f2=emision&o2=entre&v2=1/1/2026&h2=31/2/2026")
    expect(pestana).to_have_title(re.compile("^Error: "))
    expect(pestana.locator(".resumen-error")).to_be_focused()
    mirar(pestana, "filtros-con-errores")
    for n in (1, 2):
        pestana.locator(".resumen-error a").nth(n - 1).click()
        expect(pestana.locator(f"#v{n}")).to_be_focused()


def test_only_operators_that_fit_are_offered_and_the_second_box_only_for_entre(pestana: Page, servido: Servido) -> None:
    entrar(pestana, servido)
    pestana.get_by_text("Filtrar por campos y ordenar").click()
    ofrecidos = "e => [...e.options].filter(o => getComputedStyle(o).display !== 'none').map(o => o.text)"
    operador = pestana.get_by_label("Operador")
    expect(pestana.locator("#h1")).to_be_hidden()
    pestana.get_by_label("Campo").select_option("Asunto")
    assert operador.evaluate(ofrecidos) == ["igual", "contiene", "empieza con"]
    pestana.get_by_label("Campo").select_option("Fecha de emisión")
    assert operador.evaluate(ofrecidos) == ["igual", "antes de", "después de", "entre"]
    operador.select_option("entre")
    expect(pestana.locator("#h1")).to_be_visible()


def test_keys_alone_reach_everything_and_one_sees_where_one_is(pestana: Page, servido: Servido) -> None:
    pestana.goto(entrar(pestana, servido) + "?q=solicitud&f1=anio&o1=entre&v1=2025&h1=2026&mas=1")
    pestana.locator("#q").focus()
    paradas: list[dict[str, Any]] = []
    while not paradas or "Ver" not in paradas[-1]["que"]:
        paradas.append(pestana.evaluate(PARADA))
        assert len(paradas) < 60
        pestana.keyboard.press("Tab")
    nombres = [parada["que"] for parada in paradas]
    for esperado in ("q", "union-todo", "f1", "o1", "v1", "h1", "quitar", "f2", "mas", "orden", "n", "Limpiar"):
        assert esperado in nombres
    assert "Quitar filtro: Año entre 2025 y 2026" in nombres
    for parada in paradas:
        assert parada["anillo"] >= 3, parada
        assert parada["visible"], parada
        assert parada["dentro"], parada


def test_what_a_thumb_must_hit_is_large_enough(pestana: Page, servido: Servido) -> None:
    pestana.goto(entrar(pestana, servido) + "?q=solicitud&f1=anio&o1=entre&v1=2025&h1=2026&mas=1")
    for que, menor in pestana.evaluate(CONTROLES):
        assert menor >= 24, que


def test_at_320_pixels_nothing_of_the_search_is_cut_off(chromium: Browser, servido: Servido) -> None:
    pagina = chromium.new_page(viewport={"width": 320, "height": 640})
    direccion = entrar(pagina, servido)
    pagina.goto(f"{direccion}?q={'solicitud' * 9}&f1=anio&o1=contiene&v1=2025&f2=asunto&v2={'w' * 190}&mas=1")
    assert pagina.evaluate("document.documentElement.scrollWidth") == 320
    pagina.context.close()


def test_the_same_without_a_script(sin_guion: Page, servido: Servido) -> None:
    entrar(sin_guion, servido)
    sin_guion.get_by_text("Filtrar por campos y ordenar").click()
    sin_guion.get_by_label("Campo").select_option("Nro. documento de emisión")
    sin_guion.get_by_label("Operador").select_option("empieza con")
    sin_guion.get_by_label("Valor").fill("000003")
    sin_guion.get_by_role("button", name="Agregar filtro").click()
    expect(sin_guion.locator(".filtro")).to_have_count(2)
    sin_guion.locator("#f2").select_option("Tipo de documento")
    sin_guion.locator("#v2").fill("carta")
    sin_guion.get_by_role("button", name="Buscar").last.click()
    expect(sin_guion.locator("tbody tr")).to_have_count(1)
    sin_guion.get_by_role("link", name="Actualizar").click()
    expect(sin_guion.locator("tbody tr")).to_have_count(1)
    expect(sin_guion.get_by_role("status").first).to_contain_text("1 de 3 notificaciones sin leer cumple los filtros.")


def test_actualizar_says_how_many_there_are_now(pestana: Page, servido: Servido) -> None:
    pestana.goto(entrar(pestana, servido) + "?q=solicitud")
    pestana.get_by_role("link", name="Actualizar").click()
    expect(pestana.locator("main [role=status]").first).to_have_text(
        re.compile(r"^\s*No hay documentos nuevos\.\s+3 de 3 notificaciones sin leer cumplen los filtros\.")
    )
