"""A small application with the frame of the pages and a form with every widget, and none of the product's screens."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import deform
from pyramid.authentication import SessionAuthenticationHelper
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNoContent
from pyramid.request import Request
from pyramid.response import Response
from pyramid.session import SignedCookieSessionFactory

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.request import Peticion
from casilla.resources.institucion import Institucion

AHORA = datetime(2025, 1, 23, 15, 11, tzinfo=UTC)
TIPOS = (("1", "DNI"), ("4", "Carné de extranjería"))

INSTITUCION = Institucion(
    nombre="Ministerio de la Mujer y Poblaciones Vulnerables",
    sigla="MIMP",
    sistema="Sistema de Notificaciones Electrónicas",
    oficina="Oficina de Atención a la Ciudadanía y Gestión Documental",
    direccion="Jr. Camaná 616, Cercado de Lima, Lima, Perú",
    telefono="(01) 626-1600",
    anexo="1928",
    correo="casillaelectronica@mimp.gob.pe",
    horario="de lunes a viernes de 8:30 a. m. a 4:30 p. m.",
)
PAGINAS = SimpleNamespace(numero=2, total=4, primera="?p=1", anterior="?p=1", siguiente="?p=3", ultima="?p=4")


class Completo(Esquema):
    tipo = fields.opciones("Tipo Documento", "Elija su tipo de documento", TIPOS, grupo="Identidad")
    numero = fields.numero_documento(grupo="Identidad")
    cui = fields.cui(grupo="Identidad", description="El carácter que va después del guion")
    emision = fields.fecha_emision(grupo="Identidad")
    nombres = fields.nombre_propio("Nombres", "Escriba sus nombres", autocomplete="given-name", grupo="Identidad")
    nacimiento = fields.fecha_nacimiento(grupo="Nacimiento y sexo", description="Por ejemplo, 27 3 1985")
    sexo = fields.sexo(grupo="Nacimiento y sexo")
    telefono = fields.telefono(grupo="Contacto")
    correo = fields.correo(grupo="Contacto")
    repetir_correo = fields.repetir_correo(grupo="Contacto")
    antigua = fields.clave("Clave Antigua", "Escriba su clave antigua")
    nueva = fields.clave_nueva("Clave Nueva", description=fields.POLITICA_DE_CLAVE)
    repetir_nueva = fields.repetir_clave("nueva", "Repetir Clave Nueva")
    codigo = fields.codigo_validacion()
    motivo = fields.parrafo("Motivo", "Escriba el motivo")
    acepto = fields.aceptacion("He leído y estoy de acuerdo", "Marque el recuadro para aceptar")
    siguiente = fields.oculto()

    def cruzar(self, valores: Any, error: Any) -> None:
        fields.comprobar_documento(valores, error)
        fields.comprobar_emision(valores, error)


COMPLETO = {
    "tipo": "1",
    "numero": "10117410",
    "cui": "2",
    "emision-dia": "3",
    "emision-mes": "marzo",
    "emision-ano": "2020",
    "nombres": "Ñusta D'Ángelo",
    "nacimiento-dia": "27",
    "nacimiento-mes": "3",
    "nacimiento-ano": "1985",
    "sexo": "F",
    "telefono": "987 654 321",
    "correo": "nusta@ejemplo.pe",
    "repetir_correo": "nusta@ejemplo.pe",
    "antigua": "2C60E40B",
    "nueva": "Huayno en re 7",
    "repetir_nueva": "Huayno en re 7",
    "codigo": "qNwyjb",
    "motivo": "Quiero recibir mis documentos.\nGracias.",
    "acepto": True,
}


class Politica:
    """Whoever came by /entrar is Ivonne."""

    ayuda = SessionAuthenticationHelper()

    def identity(self, request: Request) -> SimpleNamespace | None:
        if request.path == "/aislada":
            raise RuntimeError("the store is down")
        usuario = self.ayuda.authenticated_userid(request)
        minutos = int(request.registry.settings.get("casilla.sesion_minutos", 30))
        return SimpleNamespace(usuario=usuario, nombres="IVONNE ELIZABETH", minutos=minutos) if usuario else None


def formulario(request: Request) -> dict[str, Any]:
    form = Formulario(Completo(), request, botones=(Boton("Regresar", href="/"), "Continuar"))
    datos = None
    if request.method == "POST":
        try:
            datos = form.validate(request.POST.items())
        except deform.ValidationFailure:
            pass
        else:
            if "marcar" in request.GET:
                form.marcar("RENIEC no responde; sus datos siguen aquí")
                form.marcar("El número ya tiene una casilla", "numero")
    return {"formulario": form, "datos": datos}


def pagina(request: Request) -> dict[str, Any]:
    if "mensaje" in request.GET:
        request.session.flash("Su contraseña cambió.")
        request.session.flash("Revise su correo.", "aviso")
    return {"filas": request.registry.filas, "paginas": PAGINAS}


def entrar(request: Request) -> Response:
    return Response("Hola", headers=Politica.ayuda.remember(request, "1-49083411"))


def menu(request: Request) -> SimpleNamespace | None:
    return SimpleNamespace(url="/casilla/abc/", pendientes=request.registry.pendientes) if request.identity else None


def aplicacion(**settings: Any) -> Any:
    """Its registry holds what a test may change: ``filas``, the subjects in the tray, and ``pendientes``; and
    ``seguidas``, who came to /sesion/seguir."""
    sesiones = SignedCookieSessionFactory("solo para las pruebas, no es un secreto")
    config = Configurator(settings={"pyramid.default_locale_name": "es", **settings}, session_factory=sesiones)
    config.set_request_factory(Peticion)
    config.set_security_policy(Politica())
    config.set_default_csrf_options(require_csrf=True)
    config.include("pyramid_chameleon")
    for parte in ("headers", "static_files", "fields", "marco"):
        config.include(f"casilla.{parte}")
    config.add_request_method(lambda request: False, "en_admin", property=True)
    config.add_request_method(lambda request: AHORA, "ahora", reify=True)
    config.add_request_method(lambda request: INSTITUCION, "institucion", reify=True)
    config.add_request_method(menu, "casilla_menu", reify=True)
    config.registry.pendientes, config.registry.filas, config.registry.seguidas = 13, ["Respuesta a su solicitud"], []
    for nombre, vista, plantilla in (
        ("formulario", formulario, "formulario.pt"),
        ("pagina", pagina, "pagina.pt"),
        ("aislada", lambda request: {}, "aislada.pt"),
        ("entrar", entrar, None),
        ("sesion/seguir", seguir, None),
        ("documento.pdf", lambda request: Response(b"%PDF-1.7", content_type="application/pdf"), None),
        ("propia", lambda request: Response("", headers={"Content-Security-Policy": "sandbox"}), None),
        ("", lambda request: Response('<!DOCTYPE html><title>Portada</title><link rel="icon" href="data:,">'), None),
    ):
        config.add_route(nombre or "portada", "/" + nombre)
        renderer = f"tests.front:{plantilla}" if plantilla else None
        config.add_view(vista, route_name=nombre or "portada", renderer=renderer)
    return config.make_wsgi_app()


def seguir(request: Request) -> Response:
    request.registry.seguidas.append(request.identity.usuario if request.identity else None)
    return HTTPNoContent()
