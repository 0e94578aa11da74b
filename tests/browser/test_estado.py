"""The state of the service, as a person sees it who could not use it in time."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from casilla.services.fundacion import RAIZ
from casilla.services.interrupciones import SERVICIOS, cerrar, registrar
from tests.browser.conftest import Servido
from tests.browser.test_camino import mirar


def contar(servido: Servido) -> None:
    """One that is over, one under way, one to come."""
    ahora = datetime.now(UTC)
    with servido.almacen.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        desde = ahora - timedelta(days=4)
        pasada = registrar(
            sitio, SERVICIOS, "Corte de energía en el centro de datos.", desde=desde, actor="operador", ahora=desde
        )
        cerrar(pasada, desde + timedelta(hours=7, minutes=20), actor="operador", ahora=ahora)
        registrar(
            sitio,
            ("registro",),
            "El registro civil no responde.",
            desde=ahora - timedelta(hours=1),
            actor="operador",
            ahora=ahora,
        )
        registrar(
            sitio,
            ("casilla", "depositos"),
            "Mantenimiento programado.",
            desde=ahora + timedelta(days=2),
            hasta=ahora + timedelta(days=2, hours=3),
            actor="operador",
            ahora=ahora,
        )


def test_whoever_could_not_come_in_finds_the_interruption_and_takes_its_constancia(
    pestana: Page, servido: Servido
) -> None:
    pestana.goto(f"{servido.direccion}/estado")
    mirar(pestana, "estado-normal")
    contar(servido)

    pestana.goto(servido.direccion)
    expect(pestana.get_by_role("heading", name="Servicio con interrupción")).to_be_visible()
    mirar(pestana, "portada-con-interrupcion")
    pestana.get_by_role("navigation", name="Sobre este servicio").get_by_role(
        "link", name="Estado del servicio"
    ).click()
    mirar(pestana, "estado-con-interrupciones")

    pestana.get_by_role("link", name="Interrupción n.° 1", exact=True).click()
    expect(pestana.get_by_text("7 horas y 20 minutos")).to_be_visible()
    mirar(pestana, "interrupcion")
    with pestana.expect_download() as descarga:
        pestana.get_by_role("link", name="Descargar la constancia").click()
    assert descarga.value.suggested_filename == "constancia-de-interrupcion-1.pdf"

    pestana.get_by_role("link", name="Estado del servicio").first.click()
    pestana.get_by_role("link", name="Ver la interrupción n.° 3").click()
    expect(pestana.get_by_role("heading", name="Todavía no empieza")).to_be_visible()
    mirar(pestana, "interrupcion-programada")
