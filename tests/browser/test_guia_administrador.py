"""The story of ``docs/guia-administrador.md``: a day of the institution's people, who do not exist either."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from casilla.scripts.entorno import sesion
from casilla.services import lectura
from casilla.services.correspondencia import rechazada
from casilla.services.fundacion import RAIZ
from casilla.services.horas import dia_en_lima
from casilla.services.uso import anotar, votar
from tests import lotes, mundo, solicitantes
from tests.browser.capitulos_de_administracion import administrar, auditar, publicar, registrar
from tests.browser.conftest import Servido
from tests.browser.guia import ANCHA, DOCS, ESCALA, Guia
from tests.browser.historia import DE_LA_INSTITUCION, Historia, Reniec
from tests.browser.test_cuentas_del_personal import CLAVE_PROPIA, codigo_mostrado
from tests.browser.test_notificar import archivos, llenar

__all__ = ["archivos"]

MARIA, SU_CORREO = "mquispe", "mquispe@institucion.example"
# Of each question, how many its answer served and how many not; and what was searched for in vain.
OPINIONES = {"que-es": (24, 2), "desde-cuando-corre-el-plazo": (5, 11), "contrasena-temporal": (9, 6)}
BUSQUEDAS = {"multa": 7, "apoderado": 4, "lector de pantalla": 2}


@pytest.fixture
def historia(chromium: Browser, servido: Servido) -> Iterator[Historia]:
    with sesion(servido.almacen) as hacer:
        hacer(lambda raiz: poblar(raiz[RAIZ], datetime.now(UTC)))
    contexto = chromium.new_context(viewport=ANCHA, locale="es-PE", device_scale_factor=ESCALA)
    contexto.set_default_timeout(20_000)
    yield Historia(Guia(DOCS / "guia-administrador.md"), contexto, servido)
    contexto.close()


@pytest.mark.parametrize("servido", [DE_LA_INSTITUCION], indirect=True, ids=["institucion"])
def test_the_guide_shows_and_quotes_only_what_is_on_the_screens(
    historia: Historia, archivos: tuple[Path, Path], tmp_path: Path
) -> None:
    administrar(historia, MARIA, SU_CORREO)
    estrenar(historia)
    mirar_el_tablero(historia)
    notificar(historia, archivos)
    por_lote(historia, tmp_path)
    seguir(historia)
    registrar(historia)
    publicar(historia)
    auditar(historia)
    historia.guia.comprobar()


def poblar(sitio: Any, ahora: datetime) -> None:
    """A month of notifications, some read, one whose notice came back; a registration that waits; opinions."""
    for n in range(18):
        cuando = ahora - timedelta(days=n * n % 26 + 1, minutes=n)
        quien = mundo.NUSTA if n % 3 else mundo.ROSA
        hecha = mundo.deposito(sitio, quien, 100 + n, ahora=cuando, anexos=n % 2)
        if n % 2 == 0:
            lectura.leer(sitio, hecha, actor=quien, ahora=cuando + timedelta(hours=20))
    lugar = next(lugar for lugar, carta in sitio.salida if carta.sobre is hecha)
    rechazada(sitio, lugar, ahora, "550 5.1.1 <nusta@correo.example>: user unknown")
    solicitantes.en_revision(sitio, ahora=ahora, padron=Reniec.desde_ajustes())
    rosa = sitio.usuarios[mundo.ROSA].persona
    rosa.verificado_por, rosa.verificado_en = Reniec.nombre, mundo.ENERO
    for pregunta, (si, no) in OPINIONES.items():
        for voto in [True] * si + [False] * no:
            votar(sitio, pregunta, voto, ahora)
    anotar(sitio, BUSQUEDAS, 3, ahora)
    mundo.al_dia(sitio, dia_en_lima(ahora))


def estrenar(h: Historia) -> None:
    """María's first entry, by her letter: the authenticator, the recovery codes, a password of her own."""
    h.contexto.clear_cookies()
    temporal = h.hallar(r"Contraseña temporal: ([0-9A-F]{8})", h.carta(SU_CORREO, "Su cuenta del Módulo"))
    h.ir("/admin")
    h.escribir({"Usuario": MARIA, "Contraseña": temporal})
    h.foto("admin-entrar", "main", pulsar="main form .btn-primary")
    h.pulsar("Continuar")
    h.escribir({"Código": codigo_mostrado(h.pagina)})
    h.foto("admin-factor", "main", pulsar="main form .btn-primary")
    h.pulsar("Entrar")
    h.foto("admin-respaldos", "main")
    h.seguir("Ya los guardé")
    h.escribir({"Clave actual": temporal, "Clave nueva": CLAVE_PROPIA, "Repita la clave nueva": CLAVE_PROPIA})
    h.ver()
    h.pulsar("Guardar")
    h.seguir("Mi cuenta")
    h.foto("admin-mi-cuenta", "main h1", "main dl", "main table")
    h.seguir("Cambiar el segundo factor")
    h.ver()


def mirar_el_tablero(h: Historia) -> None:
    h.ir("/admin/cuentas")
    h.ver()
    h.ir("/admin")
    h.foto("admin-tablero", "header", ".menu", "main h1", "main nav", "main section >> nth=0 >> ul >> nth=0", "figure")
    h.foto("admin-tablero-movil", movil=True)
    h.pagina.get_by_text("Depósitos por día: la tabla").click()
    h.ver()


def notificar(h: Historia, archivos: tuple[Path, Path]) -> None:
    h.seguir("Notificaciones")
    h.seguir("Notificar")
    h.elegir("DNI")
    h.escribir({"Número de documento": "49999999"})
    h.pulsar("Buscar")
    h.ver()
    h.escribir({"Número de documento": "40000001"})
    h.pulsar("Buscar")
    h.foto("admin-notificar", "main", pulsar="main .panel .btn-primary")
    h.pulsar("Es esta persona: continuar")
    llenar(h.pagina)
    h.foto("admin-notificar-datos", "main .paso", "main h1 + p", "main fieldset.grupo >> nth=1")
    h.pulsar("Guardar y continuar")
    paso = h.pagina.url
    h.ir("/admin/notificar")
    h.ver()
    h.pagina.goto(paso)
    h.pagina.get_by_label("Documento", exact=True).set_input_files(archivos[0])
    h.pagina.get_by_label("Anexos").set_input_files(archivos[1])
    h.ver()
    h.pulsar("Subir")
    h.foto("admin-notificar-archivos", "main .paso", "main h1", "main section", pulsar="main section .btn-primary")
    h.seguir("Continuar a la revisión")
    h.foto(
        "admin-notificar-revisar",
        "main .paso",
        "main dl >> nth=0",
        "main .acciones",
        "#vista + p",
        pulsar="main .acciones .btn-primary",
    )
    h.pulsar("Notificar")
    expect(h.pagina.get_by_role("heading", level=1)).to_have_text("Notificación depositada")
    h.foto("admin-notificar-listo", "main")
    dejar_una_a_medias(h)


def dejar_una_a_medias(h: Historia) -> None:
    h.seguir("Notificar otra")
    h.elegir("DNI")
    h.escribir({"Número de documento": "40000002"})
    h.pulsar("Buscar")
    h.pulsar("Es esta persona: continuar")
    llenar(h.pagina)
    h.pulsar("Guardar y continuar")


def por_lote(h: Historia, carpeta: Path) -> None:
    """Of four rows one is for somebody without a casilla and one lacks what it is about."""
    las_filas = lotes.filas(4)
    las_filas[1]["numero_documento"] = "49999999"
    las_filas[2]["asunto"] = ""
    (carpeta / "enero.csv").write_bytes(lotes.tabla(las_filas))
    (carpeta / "enero.zip").write_bytes(lotes.paquete())
    h.seguir("Notificaciones")
    h.seguir("Notificar por lote")
    h.pagina.get_by_text("Qué va en cada columna").click()
    h.ver()
    h.pagina.get_by_text("Qué va en cada columna").click()
    h.foto("admin-lotes", "main", pulsar="main form .btn-primary")
    cajas = h.pagina.locator("input[type=file]")
    cajas.first.set_input_files(carpeta / "enero.csv")
    cajas.last.set_input_files(carpeta / "enero.zip")
    h.pagina.locator("main form .btn-primary").click()
    expect(h.pagina.get_by_role("heading", level=1)).to_have_text("Lote enero.csv")
    esperar(h, "Revisado.")
    h.foto("admin-lote", "main", pulsar="main .panel .btn-primary")
    h.pulsar("Notificar 2 filas")
    h.ver()
    esperar(h, "Terminado.")
    h.ver()


def esperar(h: Historia, palabras: str) -> None:
    """What is done behind the page is seen by whoever opens it again."""
    while palabras not in h.pagina.locator("main").inner_text():
        h.pagina.wait_for_timeout(200)
        h.pagina.reload()


def seguir(h: Historia) -> None:
    h.ir("/admin/depositos")
    while h.pagina.get_by_text("incorporar").count():
        h.pagina.wait_for_timeout(200)
        h.pagina.reload()
    h.pagina.get_by_text("Más filtros y orden").click()
    h.foto("admin-depositos", "main h1", "form.buscador", "thead", "tbody tr >> nth=2")
    h.pagina.get_by_text("Más filtros y orden").click()
    h.pagina.evaluate("document.querySelector('table').scrollIntoView()")
    h.foto("admin-depositos-movil", "tbody tr >> nth=0", movil=True)
    h.seguir("Mis exportaciones")
    h.ver()
    h.ir("/admin/depositos?aviso=rechazado")
    h.pagina.locator("tbody th button").first.click()
    h.pagina.get_by_text("Huellas SHA-256 de los archivos").click()
    h.ver()
    h.pagina.get_by_text("Huellas SHA-256 de los archivos").click()
    h.foto("admin-deposito", "main")
    h.pulsar("Reenviar aviso")
    h.ver()
    h.seguir("Anular")
    h.escribir({"Motivo de la anulación": "Se notificó a quien no correspondía."})
    h.foto("admin-anular", "main", pulsar="main form .btn-primary")
    h.pulsar("Anular la notificación")
    h.ver()
