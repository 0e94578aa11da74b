"""The whole road, as a person with a phone and one with a desk walks it: register, be notified, read, verify."""

import os
import re
from pathlib import Path

import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import mundo
from tests.api.sgd import CLAVE, cuerpo, notificacion, partes
from tests.browser.conftest import Servido, texto

CLAVE_NUEVA = "Mi-casilla-2026"
# Where to leave pictures of the screens for the documentation; nowhere unless asked.
PANTALLAS = os.environ.get("CASILLA_PANTALLAS")


def mirar(pagina: Page, nombre: str) -> None:
    """A screen as it must be: no rule of accessibility broken, nothing wider than the window."""
    pagina.wait_for_load_state()
    resultado = Axe().run(pagina)
    assert resultado.violations_count == 0, f"{nombre}: {resultado.generate_report()}"
    assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{nombre}: se sale de la ventana"
    assert pagina.locator("h1").count() == 1
    if PANTALLAS and pagina.viewport_size:
        Path(PANTALLAS).mkdir(parents=True, exist_ok=True)
        pagina.screenshot(path=f"{PANTALLAS}/{nombre}-{pagina.viewport_size['width']}.png", full_page=True)


def test_a_person_registers_is_notified_and_reads(pestana: Page, servido: Servido) -> None:
    registrarse(pestana, servido)
    entrar_por_primera_vez(pestana, servido)
    codigo = depositar(servido)
    leer_desde_el_correo(pestana, servido)
    comprobar_la_constancia(pestana, servido, codigo)


def hasta_los_datos(pagina: Page, servido: Servido) -> None:
    pagina.goto(servido.direccion)
    mirar(pagina, "portada")
    pagina.get_by_role("link", name="Regístrate").click()
    mirar(pagina, "registro-inicio")
    pagina.get_by_role("link", name="Empezar").click()
    mirar(pagina, "terminos")
    pagina.get_by_label("He leído y estoy de acuerdo con los términos y condiciones").check()
    pagina.get_by_role("button", name="Aceptar").click()
    pagina.get_by_label("He leído y estoy de acuerdo con la Política de Privacidad").check()
    mirar(pagina, "privacidad")
    pagina.get_by_role("button", name="Aceptar").click()
    mirar(pagina, "tipo-de-persona")
    pagina.get_by_label("Persona Natural").check()
    pagina.get_by_role("button", name="Continuar").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Persona natural")


def registrarse(pagina: Page, servido: Servido) -> None:
    hasta_los_datos(pagina, servido)
    pagina.get_by_role("button", name="Continuar").click()
    mirar(pagina, "datos-con-errores")
    llenar_los_datos(pagina)
    mirar(pagina, "datos")
    pagina.get_by_role("button", name="Continuar").click()
    expect(pagina.get_by_role("heading", name="VERIFICACIÓN DE CORREO")).to_be_visible()
    mirar(pagina, "verificacion")
    codigo = re.search(r"correo electrónico es: (\w{6})", texto(servido.carta("nueva@correo.example", "Validación")))
    assert codigo is not None
    pagina.get_by_label("Clave de validación").fill(codigo[1].lower())
    pagina.get_by_role("button", name="Validar").click()
    expect(
        pagina.get_by_text("Se envió un mensaje con las credenciales de acceso a su correo electrónico")
    ).to_be_visible()
    mirar(pagina, "credenciales-enviadas")
    pagina.get_by_role("link", name="Iniciar sesión").click()


def llenar_los_datos(pagina: Page) -> None:
    pagina.get_by_label("DNI", exact=True).check()
    textos = {
        "Número de documento": "49083411",
        "CUI": "2",
        "Apellido Paterno": "Ejemplo",
        "Apellido Materno": "Ficticia",
        "Nombres": "Rosa Elena",
        "Teléfono/Celular": "987 654 321",
    }
    for rotulo, valor in textos.items():
        pagina.get_by_label(rotulo, exact=True).fill(valor)
    pagina.get_by_label("Correo Electrónico", exact=True).fill("nueva@correo.example")
    pagina.get_by_label("Repetir Correo Electrónico").fill("nueva@correo.example")
    pagina.get_by_label("Femenino").check()
    for grupo, fecha in (("Fecha de emisión", ("22", "7", "2019")), ("Fecha Nacimiento", ("14", "marzo", "1985"))):
        cajas = pagina.get_by_role("group", name=grupo)
        for rotulo, valor in zip(("Día", "Mes", "Año"), fecha, strict=True):
            cajas.get_by_label(rotulo).fill(valor)


def entrar(pagina: Page, usuario: str, clave: str) -> None:
    pagina.get_by_label("Usuario").fill(usuario)
    pagina.get_by_label("Contraseña", exact=True).fill(clave)
    pagina.get_by_role("button", name="Iniciar sesión").click()


def entrar_por_primera_vez(pagina: Page, servido: Servido) -> None:
    carta = texto(servido.carta("nueva@correo.example", "Credenciales"))
    usuario, clave = re.search(r"Usuario: (\S+)\s+Contraseña: ([0-9A-F]{8})", carta).groups()  # type: ignore[union-attr]
    assert usuario == "1-49083411"
    entrar(pagina, usuario, clave)
    mirar(pagina, "cambiar-clave")
    pagina.get_by_label("Clave Antigua", exact=True).fill(clave)
    pagina.get_by_label("Clave Nueva", exact=True).fill(CLAVE_NUEVA)
    pagina.get_by_label("Repetir Clave Nueva", exact=True).fill(CLAVE_NUEVA)
    pagina.get_by_role("button", name="Enviar").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Pendientes por leer")
    mirar(pagina, "bandeja-vacia")


def depositar(servido: Servido) -> str:
    """The SGD deposits a letter with two annexes."""
    datos = notificacion(
        **{"destinatario.numero": "49083411", "documento.asunto": "Respuesta a su solicitud de acceso"}
    )
    anexos = (("Cuadro de costos.txt", b"uno"), ("Plano de ubicación.pdf", mundo.pdf()))
    contenido, tipo = cuerpo(partes(mundo.pdf(3), datos, anexos))
    cabeceras = {"Authorization": f"Bearer {CLAVE}", "Content-Type": tipo, "Idempotency-Key": "camino-1"}
    respuesta = requests.post(
        f"{servido.direccion}/api/v1/notificaciones", data=contenido, headers=cabeceras, timeout=30
    )
    assert respuesta.status_code == 201, respuesta.text
    return respuesta.json()["codigo"]


def leer_desde_el_correo(pagina: Page, servido: Servido) -> None:
    """The link of the letter leads through the login to that very notification."""
    carta = servido.carta("nueva@correo.example", "Nueva notificación: CARTA 000009-2025-OGTI")
    assert [a.get_content_type() for a in carta.iter_attachments()] == ["application/pdf"]
    pagina.get_by_role("link", name="Actualizar").click()
    expect(pagina).to_have_title(re.compile(r"^\(1\) Pendientes por leer"))
    mirar(pagina, "pendientes")
    pagina.get_by_role("button", name="Cerrar sesión").click()
    enlace = re.search(rf"{servido.direccion}/casilla/\S+", texto(carta))
    assert enlace is not None
    pagina.goto(enlace[0])
    entrar(pagina, "nueva@correo.example", CLAVE_NUEVA)
    expect(pagina).to_have_url(enlace[0])
    mirar(pagina, "sobre")
    pagina.get_by_role("button", name="Ver").click()
    expect(pagina.get_by_text("OGT002025000009")).to_be_visible()
    mirar(pagina, "notificacion")
    with pagina.expect_download() as descarga:
        pagina.get_by_role("link", name="Descargar Documento Original").click()
    assert Path(descarga.value.path()).read_bytes().startswith(b"%PDF-")
    pagina.get_by_role("link", name="Leídos").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Leídos")
    mirar(pagina, "leidos")


def comprobar_la_constancia(pagina: Page, servido: Servido, codigo: str) -> None:
    """Whoever has the paper can check it without an account."""
    pagina.get_by_role("button", name="Cerrar sesión").click()
    pagina.goto(f"{servido.direccion}/verificar")
    mirar(pagina, "verificar")
    pagina.get_by_role("textbox").fill(codigo.lower())
    pagina.get_by_role("button").last.click()
    expect(pagina.get_by_text("OGT002025000009")).to_be_visible()
    mirar(pagina, "verificada")


def test_the_public_pages_are_as_they_must_be(pestana: Page, servido: Servido) -> None:
    # With a 200 in its place, because the browser itself reports a 404 on the console, which must stay silent.
    pestana.route("**/no-existe", lambda ruta: ruta.fulfill(response=ruta.fetch(), status=200))
    for nombre in ("preguntas-frecuentes", "normativas", "api/v1/docs", "no-existe"):
        pestana.goto(f"{servido.direccion}/{nombre}")
        mirar(pestana, nombre.replace("/", "-"))


def test_whoever_gets_no_answer_from_the_register_is_kept_waiting_with_all_they_typed(
    pestana: Page, servido: Servido
) -> None:
    hasta_los_datos(pestana, servido)
    llenar_los_datos(pestana)
    pestana.get_by_label("Nombres", exact=True).fill("Otra Persona")
    pestana.get_by_role("button", name="Continuar").click()
    expect(pestana.get_by_role("link", name="Nombres: no coincide con lo que tiene")).to_be_visible()
    mirar(pestana, "datos-que-no-coinciden")
    pestana.get_by_label("Número de documento", exact=True).fill("99000013")
    pestana.get_by_label("CUI", exact=True).fill("7")
    pestana.get_by_role("button", name="Continuar").click()
    expect(pestana.get_by_role("heading", name="Padrón ficticio no responde")).to_be_visible()
    expect(pestana.get_by_text("Otra Persona")).to_be_visible()
    mirar(pestana, "espera")
    pestana.get_by_role("button", name="Volver a intentar").click()
    expect(pestana.get_by_role("heading", name="Padrón ficticio no responde")).to_be_visible()
    pestana.get_by_role("link", name="Cambiar Contacto").click()
    expect(pestana.get_by_label("Teléfono/Celular")).to_be_in_viewport()
    expect(pestana.get_by_label("Teléfono/Celular")).to_have_value("987654321")
