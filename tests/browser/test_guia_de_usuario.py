"""The story of ``docs/guia-de-usuario.md``: what it tells is done, in its order, by people who do not exist."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from casilla.resources.sitio import Sitio
from casilla.scripts.muestras import muestras
from casilla.services import recuperacion
from casilla.services.fundacion import RAIZ
from casilla.services.interrupciones import SERVICIOS, registrar
from casilla.services.interrupciones import cerrar as terminar
from casilla.services.publicacion import publicar_version
from tests import mundo
from tests.browser.capitulos_de_registro import (
    CLAVE,
    CORREO,
    ROSA,
    aceptar_los_textos,
    entrar_por_primera_vez,
    llegar,
    registrar_a_una_empresa,
    registrar_a_una_persona,
)
from tests.browser.conftest import Servido
from tests.browser.guia import ANCHA, DOCS, ESCALA, Guia
from tests.browser.historia import DE_LA_INSTITUCION, Historia
from tests.browser.test_camino import entrar

NUEVO, OTRA_CLAVE = "rosa.nueva@correo.example", "Otra-clave-2027"


@pytest.fixture
def historia(chromium: Browser, servido: Servido) -> Iterator[Historia]:
    contexto = chromium.new_context(viewport=ANCHA, locale="es-PE", device_scale_factor=ESCALA)
    contexto.set_default_timeout(10_000)
    yield Historia(Guia(DOCS / "guia-de-usuario.md"), contexto, servido)
    contexto.close()


@pytest.mark.parametrize("servido", [DE_LA_INSTITUCION], indirect=True, ids=["institucion"])
def test_the_guide_shows_and_quotes_only_what_is_on_the_screens(historia: Historia) -> None:
    for capitulo in (
        llegar,
        aceptar_los_textos,
        registrar_a_una_persona,
        registrar_a_una_empresa,
        entrar_por_primera_vez,
        recibir,
        abrir,
        buscar,
        verificar,
        gestionar_la_cuenta,
        recuperar,
        aceptar_lo_nuevo,
        tropezar,
        rebotar,
        cerrar,
    ):
        capitulo(historia)
    historia.guia.comprobar()


def recibir(h: Historia) -> None:
    for muestra in list(muestras(datetime.now(UTC)))[:6]:
        h.depositar(muestra, ROSA)
    h.carta(CORREO, "Nueva notificación: CARTA 000079", "correo-aviso")
    h.seguir("Actualizar")
    expect(h.pagina.locator("tbody tr")).to_have_count(6)
    h.foto("pendientes", "header", ".menu", "main h1", "tbody tr >> nth=2")
    h.foto("pendientes-movil", "header", ".menu", "tbody tr >> nth=0", movil=True)


def abrir(h: Historia) -> None:
    h.seguir("Respuesta a su solicitud de acceso")
    h.foto("sobre", "main", pulsar=".aviso button")
    h.pulsar("Ver")
    expect(h.pagina.get_by_role("link", name="Descargar Documento Original")).to_be_visible()
    h.pagina.get_by_text("Huellas SHA-256 de los archivos").click()
    h.ver()
    h.pagina.get_by_text("Huellas SHA-256 de los archivos").click()
    h.foto("notificacion", "main")
    h.foto("plazo", "section[aria-labelledby=plazo]")
    notificacion = h.pagina.url
    h.seguir("Leer como texto")
    h.foto("como-texto", "main h1", "main .aviso", "main section p >> nth=5")
    h.ir(notificacion)
    with h.pagina.expect_download() as descarga:
        h.pagina.locator("a[href$='/constancia']").click()
    h.guia.foto_de_papel(descarga.value.path(), "constancia")
    h.seguir("Leídos")
    h.foto("leidos", "header", ".menu", "table")


def buscar(h: Historia) -> None:
    h.seguir("Pendientes por leer")
    h.escribir({"Buscar": "solicitud"})
    h.foto("buscar", ".buscador", pulsar=".caja-y-boton button")
    h.pulsar("Buscar")
    h.ver()
    h.seguir("Quitar filtros")
    h.pagina.get_by_text("Filtrar por campos y ordenar").click()
    h.pagina.get_by_label("Campo").select_option("Tipo de documento")
    h.pagina.get_by_label("Operador").select_option("igual")
    h.escribir({"Valor": "oficio"})
    h.foto("filtros", ".buscador", pulsar=".buscador .acciones button")
    h.pulsar("Buscar")
    expect(h.pagina.get_by_role("link", name="Quitar filtro: Tipo de documento igual oficio")).to_be_visible()
    h.foto("filtrados", "header", ".menu", "table")
    h.foto("exportar", "section[aria-labelledby=exportar]")
    exportar(h)
    h.ir(h.pagina.url.partition("?")[0] + "?q=nada+de+esto")
    h.ver()


def exportar(h: Historia) -> None:
    """A list that is too long, by the setting of this story, to be had at once."""
    h.seguir("Quitar filtros")
    h.seguir("Exportar a Excel")
    h.foto("exportar-aparte", "main", pulsar="main form .btn-primary")
    h.pulsar("Preparar el archivo")
    h.ver()
    listo = h.pagina.get_by_role("link", name="Descargar (")
    while not listo.count():
        h.pagina.reload()
    h.foto("mis-exportaciones", "main h1", "main section", pulsar="main section .btn-primary")
    h.seguir("Pendientes por leer")


def verificar(h: Historia) -> None:
    h.ir("/verificar")
    h.pagina.get_by_role("textbox").fill(h.codigos[0])
    h.foto("verificar", "main", pulsar="main form button")
    h.pagina.get_by_role("button").last.click()
    h.foto("verificada", "main h1", "main .aviso", "main dl")


def gestionar_la_cuenta(h: Historia) -> None:
    otra = h.contexto.browser.new_context()  # type: ignore[union-attr]
    telefono = otra.new_page()
    telefono.goto(h.servido.direccion)
    entrar(telefono, ROSA, CLAVE)
    h.ir("/cuenta")
    h.foto("cuenta", "main", pulsar="a[href$='cuenta/correo']")
    h.pulsar("Cerrar todas las demás")
    h.ver()
    otra.close()
    h.seguir("Cambiar teléfono")
    h.escribir({"Teléfono/Celular": "999 888 777"})
    h.ver()
    h.pulsar("Guardar")
    h.ver()
    cambiar_el_correo(h)
    h.seguir("Avisos")
    h.foto("avisos", "main", pulsar="main .btn-primary")
    h.pulsar("Enviar aviso de prueba")
    h.ver()
    h.carta(NUEVO, "Aviso de prueba")
    h.seguir("Añadir un correo adicional")
    h.ver()
    h.ir("/cuenta/datos")
    h.foto("mis-datos", "main")


def cambiar_el_correo(h: Historia) -> None:
    h.seguir("Cambiar correo")
    h.escribir({"Correo nuevo": NUEVO, "Repetir correo nuevo": NUEVO, "Contraseña": CLAVE})
    h.foto("cambiar-correo", "main", pulsar="main .acciones button")
    h.pulsar("Continuar")
    h.escribir({"Código": h.hallar(r"confirmarla es: (\w{6})", h.carta(NUEVO, "Código"))})
    h.foto("confirmar-correo", "main", pulsar="main .acciones button")
    h.pulsar("Confirmar")
    h.ver()
    h.carta(CORREO, "El correo de su casilla cambió")


def recuperar(h: Historia) -> None:
    h.pulsar("Cerrar sesión")
    h.ver()
    h.seguir("¿Olvidaste tu contraseña?")
    h.elegir("Persona Natural", "DNI")
    h.escribir({"Número de documento": "49083411", "Correo Electrónico registrado": NUEVO})
    h.foto("recuperar", "main", pulsar="main form .btn-primary")
    h.pulsar("Continuar")
    h.ver()
    enlace = h.hallar(r"Ingrese aquí: (\S+)", h.carta(NUEVO, "Recuperación de contraseña", "correo-recuperar"))
    h.ir(enlace)
    h.escribir({"Contraseña nueva": OTRA_CLAVE, "Repetir contraseña nueva": OTRA_CLAVE})
    h.foto("cambio-de-contrasena", "main", pulsar="main form .btn-primary")
    h.pulsar("Guardar")
    h.ver()
    h.carta(NUEVO, "Su contraseña cambió")
    h.ir(enlace)
    h.ver()

    def pedir(sitio: Sitio) -> str:
        recuperacion.pedir(sitio, mundo.ROSA, "rosa@correo.example", ahora=datetime.now(UTC) - timedelta(days=3))
        return recuperacion.direccion(mundo.SECRETO, sitio.usuarios[mundo.ROSA])

    h.ir(f"/{h.servido.hacer(pedir)}")
    expect(h.pagina.get_by_role("heading", name="Mire su correo")).to_be_visible()
    h.foto("enlace-vencido", "main")


def aceptar_lo_nuevo(h: Historia) -> None:
    with h.servido.almacen.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        texto = sitio.contenidos["terminos"].ultima
        cambios = "- Los avisos llegan también a un segundo correo, si usted lo indica."
        publicar_version(
            sitio, "terminos", texto.titulo, texto.cuerpo + "\n\nFin.", datetime.now(UTC), "prueba", cambios
        )
    h.ir()
    entrar(h.pagina, ROSA, OTRA_CLAVE)
    h.foto("texto-nuevo", "main h1", "main .aviso", "main .aviso ~ h2 >> nth=0", "main .aviso ~ ul >> nth=0")
    h.pagina.get_by_role("checkbox").check()
    h.pulsar("Aceptar")
    expect(h.pagina.get_by_role("heading", level=1)).to_have_text("Pendientes por leer")


def tropezar(h: Historia) -> None:
    h.pagina.clock.install()
    h.pagina.reload()
    h.pagina.clock.fast_forward("28:30")
    expect(h.pagina.get_by_role("dialog")).to_be_visible()
    h.foto("sesion-por-cerrarse")
    h.contexto.clear_cookies()  # the server's clock is not the page's
    h.pagina.clock.fast_forward("02:00")
    expect(h.pagina.get_by_text("Cerramos su sesión por inactividad")).to_be_visible()
    h.ver()
    interrumpir(h)
    h.ir("/no-existe")
    h.ver()
    h.ir("/registro/no-existe")
    h.ver()
    h.ir()
    for _ in range(6):
        h.escribir({"Usuario": mundo.NUSTA, "Contraseña": "Equivocada-1"})
        h.pulsar("Iniciar sesión")
        h.ver()
    expect(h.pagina.get_by_text("Hubo demasiados intentos fallidos")).to_be_visible()


def interrumpir(h: Historia) -> None:
    ahora = datetime.now(UTC)
    with h.servido.almacen.transaction() as conexion:
        sitio, hechos = conexion.root()[RAIZ], {"actor": "prueba", "ahora": ahora}
        ayer = ahora - timedelta(days=1)
        corte = registrar(sitio, SERVICIOS, "Falla del suministro eléctrico.", desde=ayer, **hechos)
        terminar(corte, ayer + timedelta(hours=3), **hechos)
    h.ir("/estado")
    h.foto("estado", "main")
    h.seguir("Interrupción n.° 1")
    h.ver()


def rebotar(h: Historia) -> None:
    h.ir()
    entrar(h.pagina, ROSA, OTRA_CLAVE)
    expect(h.pagina.get_by_role("heading", level=1)).to_have_text("Pendientes por leer")

    def rechazar(sitio: Sitio) -> None:
        persona = sitio.usuarios[ROSA].persona
        persona.avisos, persona.motivo_avisos = "rechazado", "552 5.2.2 mailbox full"

    h.servido.hacer(rechazar)
    h.pagina.reload()
    h.foto("correo-rechazado", "main h1", "main .aviso")


def cerrar(h: Historia) -> None:
    h.seguir("Mi cuenta")
    h.seguir("Cerrar mi casilla")
    h.foto("cerrar-casilla", "main", pulsar="main .acciones button")
    h.pagina.get_by_role("checkbox").check()
    h.escribir({"Contraseña": OTRA_CLAVE})
    h.pulsar("Cerrar mi casilla")
    h.ver()
    h.carta(NUEVO, "Su Casilla Electrónica se cerró")
    h.seguir("Pendientes por leer")
    h.ver()
