"""The institution's accounts through a real browser, wide and narrow: an administrator's morning, by the keyboard alone
where it matters, and once without a script."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from casilla.services.fundacion import RAIZ
from casilla.services.secretos import codigos_de_respaldo
from tests import mundo
from tests.browser.conftest import Servido, texto
from tests.browser.test_camino import mirar

CLAVE_PROPIA = "Mi-modulo-2026"


def codigo(nombre: str, factor: int = 1) -> str:
    return mundo.codigo_del_factor(nombre, datetime.now(UTC), factor)


def codigo_mostrado(pagina: Page) -> str:
    """Of the authenticator that was given the seed on this page."""
    return mundo.codigo_de(pagina.locator("#clave-secreta code").inner_text(), datetime.now(UTC))


def entrar_al_modulo(pagina: Page, servido: Servido, nombre: str, segundo: str, clave: str = mundo.CLAVE) -> None:
    pagina.goto(f"{servido.direccion}/admin")
    pagina.get_by_label("Usuario").fill(nombre)
    pagina.get_by_label("Contraseña", exact=True).fill(clave)
    pagina.get_by_role("button", name="Continuar").click()
    pagina.get_by_label("Código").fill(segundo)
    pagina.get_by_role("button", name="Entrar").click()


def test_an_administrator_makes_an_account_and_its_owner_comes_in(pestana: Page, servido: Servido) -> None:
    entrar_al_modulo(pestana, servido, "administrador", codigo("administrador"))
    pestana.get_by_role("link", name="Cuentas", exact=True).first.click()
    mirar(pestana, "admin-cuentas")
    crear_una_cuenta(pestana)
    pestana.get_by_role("button", name="Cerrar sesión").click()
    estrenar(pestana, servido)


def crear_una_cuenta(pagina: Page) -> None:
    pagina.get_by_role("link", name="Crear cuenta").click()
    pagina.get_by_role("button", name="Crear cuenta").click()
    expect(pagina.locator(".resumen-error")).to_be_focused()
    mirar(pagina, "admin-cuenta-con-errores")
    pagina.get_by_label("Usuario").fill("mquispe")
    pagina.get_by_label("Nombres y apellidos").fill("María Quispe")
    pagina.get_by_label("Correo institucional").fill("mquispe@institucion.example")
    pagina.get_by_label("Notificador").check()
    pagina.get_by_label("Dependencias", exact=True).fill(mundo.DEPENDENCIA)
    pagina.get_by_label("Por correo").check()
    mirar(pagina, "admin-cuenta-crear")
    pagina.get_by_role("button", name="Crear cuenta").click()
    expect(pagina.get_by_text("Enviamos la contraseña temporal")).to_be_visible()
    mirar(pagina, "admin-cuenta")


def estrenar(pagina: Page, servido: Servido) -> None:
    """By the letter: the authenticator, the recovery codes, a password of one's own."""
    carta = texto(servido.carta("mquispe@institucion.example", "Su cuenta del Módulo"))
    temporal = re.search(r"Contraseña temporal: ([0-9A-F]{8})", carta)
    assert temporal is not None
    pagina.get_by_label("Usuario").fill("mquispe")
    pagina.get_by_label("Contraseña", exact=True).fill(temporal[1])
    mirar(pagina, "admin-entrar")
    pagina.get_by_role("button", name="Continuar").click()
    expect(pagina.get_by_role("img", name="Código QR")).to_be_visible()
    mirar(pagina, "admin-registrar-factor")
    pagina.get_by_label("Código", exact=True).fill(codigo_mostrado(pagina))
    pagina.get_by_role("button", name="Entrar").click()
    mirar(pagina, "admin-respaldos")
    pagina.get_by_role("link", name="Ya los guardé").click()
    pagina.get_by_label("Clave actual", exact=True).fill(temporal[1])
    pagina.get_by_label("Clave nueva", exact=True).fill(CLAVE_PROPIA)
    pagina.get_by_label("Repita la clave nueva", exact=True).fill(CLAVE_PROPIA)
    mirar(pagina, "admin-cambiar-clave")
    pagina.get_by_role("button", name="Guardar").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Tablero")
    pagina.get_by_role("link", name="Roles").first.click()
    mirar(pagina, "admin-roles")


def test_the_rest_of_an_administrators_pages(pestana: Page, servido: Servido) -> None:
    entrar_al_modulo(pestana, servido, "administrador", codigo("administrador"))
    for nombre, camino in {
        "admin-mi-cuenta": "mi-cuenta",
        "admin-nuevo-factor": "nuevo-factor",
        "admin-cuenta-editar": "cuentas/notificador/editar",
        "admin-cuenta-suspender": "cuentas/auditor/suspender",
        "admin-cuenta-clave": "cuentas/auditor/clave",
        "admin-cuenta-factor": "cuentas/auditor/factor",
        "admin-claves": "claves",
        "admin-clave-crear": "claves/crear",
        "admin-clave-revocar": "claves/revocar/sgd/1",
        "admin-ajustes": "ajustes",
        "admin-ajustes-editar": "ajustes/editar",
    }.items():
        pestana.goto(f"{servido.direccion}/admin/{camino}")
        mirar(pestana, nombre)
    pestana.goto(f"{servido.direccion}/admin/claves/crear")
    pestana.get_by_label("Nombre del sistema").fill("mesa")
    pestana.get_by_role("button", name="Crear clave").click()
    expect(pestana.get_by_role("button", name="Copiar")).to_be_visible()
    mirar(pestana, "admin-clave-creada")
    pestana.goto(f"{servido.direccion}/admin/cuentas/auditor/clave")
    pestana.get_by_label("En pantalla").check()
    pestana.get_by_role("button", name="Dar otra contraseña temporal").click()
    mirar(pestana, "admin-clave-temporal")


def test_the_auditor_looks_who_made_a_key_who_tried_in_vain_and_takes_it_away(pestana: Page, servido: Servido) -> None:
    entrar_al_modulo(pestana, servido, "administrador", codigo("administrador"))
    pestana.goto(f"{servido.direccion}/admin/cuentas/contenido/rehabilitar")
    pestana.get_by_role("button", name="Rehabilitar la cuenta").click()
    expect(pestana.locator(".resumen-error")).to_be_focused()
    mirar(pestana, "admin-cuenta-rehabilitar-sin-suspender")
    pestana.goto(f"{servido.direccion}/admin/claves/crear")
    pestana.get_by_label("Nombre del sistema").fill("mesa")
    pestana.get_by_role("button", name="Crear clave").click()
    pestana.get_by_role("button", name="Cerrar sesión").click()
    entrar_al_modulo(pestana, servido, "auditor", "000000")
    mirar(pestana, "admin-codigo-errado")
    entrar_al_modulo(pestana, servido, "auditor", codigo("auditor"))
    mirar_la_auditoria(pestana, servido)
    pestana.goto(f"{servido.direccion}/admin/cuentas/contenido")
    mirar(pestana, "admin-cuenta-vista-por-el-auditor")


def mirar_la_auditoria(pagina: Page, servido: Servido) -> None:
    pagina.goto(f"{servido.direccion}/admin/auditoria")
    mirar(pagina, "admin-auditoria")
    pagina.get_by_label("Desde el día").fill("ayer")
    pagina.get_by_label("Qué hizo").select_option("Creó una clave del SGD")
    pagina.get_by_role("button", name="Filtrar").click()
    expect(pagina.locator(".resumen-error")).to_be_focused()
    mirar(pagina, "admin-auditoria-con-errores")
    assert pagina.locator("tbody tr").count() == 1
    with pagina.expect_download() as descarga:
        pagina.get_by_role("button", name="Excel").click()
    assert re.fullmatch(r"auditoria_\d{4}-\d\d-\d\d\.xlsx", descarga.value.suggested_filename)


def test_an_account_is_suspended_by_the_keyboard_alone(pestana: Page, servido: Servido) -> None:
    entrar_al_modulo(pestana, servido, "administrador", codigo("administrador"))
    pestana.goto(f"{servido.direccion}/admin/cuentas/auditor")
    hasta(pestana, "Suspender")
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Suspender la cuenta auditor")
    hasta(pestana, "Motivo")
    pestana.keyboard.type("Dejó la institución")
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_text("La cuenta está suspendida.")).to_be_visible()


def hasta(pagina: Page, nombre: str) -> None:
    """Tab until what has this name has the focus; a name that is never reached fails."""
    for _ in range(60):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()") == nombre:
            return
    raise AssertionError(f"el teclado no llega a {nombre}")


@pytest.mark.parametrize("ancho", [390])
def test_without_a_script_everything_is_still_done(chromium: Browser, servido: Servido, ancho: int) -> None:
    contexto = chromium.new_context(viewport={"width": ancho, "height": 844}, locale="es-PE", java_script_enabled=False)
    pagina = contexto.new_page()
    respaldo = codigos_de_respaldo(mundo.SECRETO, "administrador", 1)[0]
    entrar_al_modulo(pagina, servido, "administrador", respaldo)
    pagina.goto(f"{servido.direccion}/admin/cuentas/contenido/editar")
    pagina.get_by_label("Registro:").check()
    pagina.get_by_role("button", name="Guardar").click()
    expect(pagina.get_by_text("Los cambios se guardaron")).to_be_visible()
    contexto.close()
    with servido.almacen.transaction() as conexion:
        assert conexion.root()[RAIZ].funcionarios["contenido"].roles == ("contenido", "registro")
