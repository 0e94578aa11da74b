"""The calendar through a real browser, wide and narrow, by keyboard and without a script."""

from datetime import date, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from casilla.services.fundacion import RAIZ
from casilla.services.horas import LIMA, fecha_con_dia
from tests.browser.conftest import Servido
from tests.browser.test_camino import mirar
from tests.browser.test_notificar import con_el_teclado, entrar_al_modulo, fecha

SIGUIENTE = datetime.now(LIMA).year + 1
# Of the next year, from Monday to Friday: one without a holiday, and one of two that are.
UN_DIA = next(dia for n in (13, 14, 15, 16) if (dia := date(SIGUIENTE, 5, n)).weekday() < 5)
FERIADO = next(dia for n in (9, 8) if (dia := date(SIGUIENTE, 12, n)).weekday() < 5)


def test_who_keeps_the_calendar_adds_a_day_sets_the_hours_and_takes_the_day_back(
    pestana: Page, servido: Servido
) -> None:
    entrar_al_modulo(pestana, servido.direccion, "administrador")
    pestana.goto(f"{servido.direccion}/admin/calendario")
    mirar(pestana, "admin-calendario")
    pestana.get_by_role("link", name="Agregar un día no laborable").click()
    pestana.get_by_role("button", name="Agregar el día").click()
    mirar(pestana, "admin-calendario-agregar-con-errores")
    fecha(pestana, "Día", str(UN_DIA.day), "mayo", str(SIGUIENTE))
    pestana.get_by_label("Nombre", exact=True).fill("Día no laborable en el sector público")
    pestana.get_by_label("Base legal o motivo").fill("Decreto Supremo N.° 000-2026-PCM")
    mirar(pestana, "admin-calendario-agregar")
    pestana.get_by_role("button", name="Agregar el día").click()
    expect(pestana.get_by_role("heading", level=1)).to_have_text(f"Calendario de {SIGUIENTE}")
    mirar(pestana, "admin-calendario-siguiente")
    pestana.get_by_role("link", name="Cambiar el horario").click()
    pestana.get_by_label("Hora de apertura").fill("8:30")
    pestana.get_by_label("Hora de cierre").fill("16:30")
    pestana.get_by_label("Base legal o motivo").fill("Resolución Ministerial N.° 000-2026-MIMP")
    mirar(pestana, "admin-calendario-horario")
    pestana.get_by_role("button", name="Guardar").click()
    pestana.goto(f"{servido.direccion}/admin/calendario?anio={SIGUIENTE}")
    pestana.get_by_role("link", name=f"Retirar el {fecha_con_dia(UN_DIA)}").click()
    mirar(pestana, "admin-calendario-retirar")
    pestana.get_by_label("Base legal o motivo").fill("Se derogó")
    pestana.get_by_role("button", name="Retirar").click()
    expect(pestana.get_by_text("cuenta como hábil")).to_be_visible()
    mirar(pestana, "admin-calendario-con-cambios")


@pytest.mark.parametrize("con_script", [True, False])
def test_a_holiday_is_declared_working_by_keyboard_and_without_a_script(
    chromium: Browser, servido: Servido, con_script: bool
) -> None:
    contexto = chromium.new_context(java_script_enabled=con_script, viewport={"width": 390, "height": 844})
    pagina: Any = contexto.new_page()
    entrar_al_modulo(pagina, servido.direccion, "administrador")
    pagina.goto(f"{servido.direccion}/admin/calendario?anio={SIGUIENTE}")
    con_el_teclado(pagina, pagina.get_by_role("link", name=f"Declarar hábil el {fecha_con_dia(FERIADO)}"))
    pagina.keyboard.press("Enter")
    con_el_teclado(pagina, pagina.get_by_label("Base legal o motivo"))
    pagina.keyboard.type("Ley de emergencia")
    con_el_teclado(pagina, pagina.get_by_role("button", name="Declarar hábil"))
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("cuenta como hábil")).to_be_visible()
    contexto.close()
    with servido.almacen.transaction() as conexion:
        assert len(conexion.root()[RAIZ].calendario.dias) == 1
