"""Chapters of the story of ``docs/guia-administrador.md``: accounts, registration, texts, and who looks at it all."""

import re
from datetime import date, datetime, timedelta

from playwright.sync_api import expect

from casilla.scripts.entorno import sesion
from casilla.services.fundacion import RAIZ
from casilla.services.horas import LIMA
from tests import mundo
from tests.browser.historia import Historia
from tests.browser.test_cuentas_del_personal import codigo


def entrar(h: Historia, nombre: str) -> None:
    """Somebody else sits down at the desk."""
    h.contexto.clear_cookies()
    h.ir("/admin")
    h.escribir({"Usuario": nombre, "Contraseña": mundo.CLAVE})
    h.pulsar("Continuar")
    h.escribir({"Código": codigo(nombre)})
    h.ver()
    h.pulsar("Entrar")
    expect(h.pagina.get_by_role("heading", level=1)).to_have_text("Tablero")
    h.ver()


def seccion(h: Historia, nombre: str) -> None:
    h.pagina.get_by_role("navigation", name="Módulo del administrador").get_by_role("link", name=nombre).click()


def administrar(h: Historia, nueva: str, correo: str) -> None:
    entrar(h, "administrador")
    seccion(h, "Cuentas")
    h.foto("admin-cuentas", "header", ".menu", "main")
    h.seguir("Crear cuenta")
    h.escribir({"Usuario": nueva, "Nombres y apellidos": "María Quispe", "Correo institucional": correo})
    h.pagina.get_by_label("Notificador").check()
    h.escribir({"Dependencias": mundo.DEPENDENCIA})
    h.pagina.get_by_label("Por correo").check()
    h.foto("admin-cuenta-crear", "main", pulsar="main form .btn-primary")
    h.pulsar("Crear cuenta")
    expect(h.pagina.get_by_text("Enviamos la contraseña temporal")).to_be_visible()
    h.ver()
    suspender_una_cuenta(h)
    llaves(h)
    calendario(h)
    seccion(h, "Ajustes")
    h.foto("admin-ajustes", "main")
    seccion(h, "Roles")
    h.foto("admin-roles", "main h1", "main dl")


def suspender_una_cuenta(h: Historia) -> None:
    h.ir("/admin/cuentas/notificador")
    h.ver()
    h.seguir("Suspender")
    h.escribir({"Motivo": "Dejó el cargo"})
    h.ver()
    h.pulsar("Suspender la cuenta")
    h.ver()


def llaves(h: Historia) -> None:
    seccion(h, "Claves del SGD")
    h.ver()
    h.seguir("Crear clave")
    h.escribir({"Nombre del sistema": "mesa"})
    h.pulsar("Crear clave")
    h.foto("admin-clave", "main", pulsar="main [data-copiar]")
    h.seguir("Ya la copié")
    h.seguir("Revocar")
    h.ver()


def calendario(h: Historia) -> None:
    seccion(h, "Calendario")
    h.foto("admin-calendario", "main h1", "main h1 + p", "#dias", "tbody tr >> nth=4")
    h.seguir("Cambiar el horario")
    h.ver()
    seccion(h, "Calendario")
    h.seguir("Agregar un día no laborable")
    viernes = un_viernes_de_mayo(datetime.now(LIMA).year + 1)
    h.fechar("Día", str(viernes.day), "mayo", str(viernes.year))
    h.escribir({"Nombre": "Día no laborable en el sector público"})
    h.escribir({"Base legal o motivo": "Decreto Supremo N.° 000-2026-PCM"})
    h.foto("admin-calendario-agregar", "main", pulsar="main form .btn-primary")
    h.pulsar("Agregar el día")
    expect(h.pagina.get_by_role("heading", name="Listo")).to_be_visible()
    h.ir(f"/admin/calendario?anio={viernes.year}")
    h.ver()


def un_viernes_de_mayo(ano: int) -> date:
    """Never a holiday."""
    ocho = date(ano, 5, 8)
    return ocho + timedelta(days=(4 - ocho.weekday()) % 7)


def registrar(h: Historia) -> None:
    entrar(h, "registro")
    seccion(h, "Solicitudes")
    h.foto("admin-solicitudes", "main")
    h.pagina.locator("tbody th button").first.click()
    h.foto("admin-solicitud", ".volver", "main h1", "main table >> nth=0")
    for acto in ("Denegar", "Autorizar"):
        h.seguir(acto)
        h.ver()
        h.pagina.go_back()
    seccion(h, "Personas")
    h.escribir({"Número de documento o correo": "40000001"})
    h.ver()
    h.pulsar("Consultar")
    h.foto("admin-persona", "main")
    ficha = h.pagina.url
    for acto in ("Enviar enlace de recuperación", "Cerrar la casilla"):
        h.pagina.goto(ficha)
        h.seguir(acto)
        h.ver()
    for acto in ("Suspender el acceso", "Rehabilitar el acceso"):
        h.pagina.goto(ficha)
        h.seguir(acto)
        h.escribir({"Motivo": "Avisó que perdió su celular"})
        h.pulsar(acto)
        expect(h.pagina.get_by_role("heading", name="Listo")).to_be_visible()
        h.ver()
    h.pagina.goto(ficha)
    h.seguir("Corregir datos de contacto")
    h.pagina.get_by_label("Correo Electrónico", exact=True).fill("rosa.quispe@correo.example")
    h.escribir({"Motivo": "Lo pidió en mesa de partes, con su DNI"})
    h.foto("admin-persona-contacto", "main", pulsar="main form .btn-primary")
    h.pulsar("Guardar")
    h.ver()
    confirmar(h)


def confirmar(h: Historia) -> None:
    """Another one of Registro, who was not there when the guide began."""
    with sesion(h.servido.almacen) as hacer:
        hacer(lambda raiz: mundo.funcionario(raiz[RAIZ], "segunda", ("registro",)))
    entrar(h, "segunda")
    seccion(h, "Personas")
    h.escribir({"Número de documento o correo": "40000001"})
    h.pulsar("Consultar")
    h.foto("admin-persona-confirmar", "main h1", "main section >> nth=0", pulsar="main section a.btn")
    h.seguir("Confirmar la corrección")
    h.escribir({"Cómo lo comprobó": "La llamé al teléfono registrado"})
    h.pulsar("Confirmar la corrección")
    h.ver()


def publicar(h: Historia) -> None:
    entrar(h, "contenido")
    seccion(h, "Contenidos")
    h.foto("admin-contenidos", "main h1", "main nav", "main form >> nth=0", "main table >> nth=0")
    h.seguir("Crear pregunta")
    h.escribir({"Pregunta": "¿Puedo ir en persona?", "Categoría": "Registro"})
    h.escribir({"Respuesta": "Sí, **lo esperamos**. Vea los [Términos](terminos)."})
    h.foto("admin-contenido-editar", "main", pulsar="main form .btn-primary")
    h.pulsar("Guardar borrador")
    h.ver()
    h.seguir("Editar el borrador")
    h.ver()
    h.pulsar("Guardar y ver")
    h.foto("admin-contenido-previa", "main")
    h.pagina.locator("a.volver").click()
    h.ver()
    h.seguir("Publicar")
    h.foto("admin-contenido-publicar", "main", pulsar="main form .btn-primary")
    h.pulsar("Publicar")
    h.ver()
    h.seguir("Enviar a la papelera")
    h.pulsar("Enviar a la papelera")
    h.ver()
    seccion(h, "Contenidos")
    h.seguir("Papelera")
    h.ver()
    mirar_el_uso(h)
    reescribir_los_terminos(h)
    cartas(h)


def mirar_el_uso(h: Historia) -> None:
    """First as one of those who read the questions."""
    h.ir("/preguntas-frecuentes")
    h.ver()
    h.pagina.locator("button[name=si][value=que-es]").click()
    expect(h.pagina.get_by_text("Gracias por su respuesta")).to_be_visible()
    h.ir("/admin/contenidos")
    h.seguir("Uso de las preguntas")
    h.foto("admin-uso", "main")


def reescribir_los_terminos(h: Historia) -> None:
    h.ir("/admin/contenidos?clase=texto")
    h.pagina.get_by_role("main").get_by_role("link", name="Términos y condiciones", exact=True).click()
    h.seguir("Editar")
    texto = h.pagina.get_by_label("Texto", exact=True)
    texto.fill(texto.input_value().replace("Es gratuita.", "Es y será gratuita."))
    h.escribir({"Qué cambió en esta versión": "La casilla **seguirá siendo gratuita**."})
    h.ver()
    h.pulsar("Guardar borrador")
    h.seguir("Ver qué cambia")
    h.foto("admin-diferencias", "header", "ins")
    h.pagina.locator("a.volver").click()
    h.seguir("Publicar")
    h.foto("admin-publicar-terminos", "main h1", "main .aviso")


def cartas(h: Historia) -> None:
    h.ir("/admin/contenidos?clase=norma")
    h.ver()
    h.pagina.locator("tbody th a").first.click()
    h.ver()
    h.ir("/admin/contenidos?clase=carta")
    h.ver()
    h.seguir("Validación de Correo Electrónico")
    h.ver()
    h.seguir("Editar")
    texto = h.pagina.get_by_label("Texto de la carta")
    texto.fill(texto.input_value().replace("{enlace}", ""))
    h.pulsar("Guardar y ver")
    expect(h.pagina.locator(".resumen-error")).to_be_visible()
    h.ver()


def auditar(h: Historia) -> None:
    entrar(h, "auditor")
    seccion(h, "Auditoría")
    h.pagina.get_by_text("Sello del último asiento").click()
    h.ver()
    h.pagina.get_by_text("Sello del último asiento").click()
    h.escribir({"Quién": "mquispe"})
    h.pulsar("Filtrar")
    expect(h.pagina).to_have_url(re.compile("actor=mquispe"))
    h.foto("admin-auditoria", "main h1", "form.buscador", "thead", "tbody tr >> nth=3")
    h.ir("/admin/auditoria?sobre=personas")
    h.pagina.locator("tbody a").first.click()
    h.foto("admin-consultar", "main", pulsar="main form .btn-primary")
    seccion(h, "Lotes")
    h.ver()
    seccion(h, "En preparación")
    h.foto("admin-preparacion", "main")
    h.pagina.locator("tbody th button").first.click()
    h.ver()
