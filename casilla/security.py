"""Who is asking: people by their session, machines by their key."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pyramid.authorization import ACLHelper, Authenticated, Everyone
from pyramid.config import Configurator
from pyramid.csrf import SessionCSRFStoragePolicy
from pyramid.request import Request, RequestLocalCache
from pyramid.session import JSONSerializer, SignedCookieSessionFactory

from casilla.permissions import SGD, TITULAR, USUARIO, solicitante, titular
from casilla.resources.usuario import Usuario
from casilla.services.aceptacion import por_aceptar
from casilla.services.claves import coincide

API = "/api/"


@dataclass(frozen=True)
class Identidad:
    """Somebody known. ``usuario`` is the user name or the sender's; ``cuenta`` None for a machine.

    With a ``temporal`` password, or texts ``por_aceptar``, nothing of theirs opens but the page that settles it.
    """

    usuario: str
    nombres: str
    principales: tuple[str, ...]
    temporal: bool = False
    cuenta: Usuario | None = None
    por_aceptar: tuple[str, ...] = ()


class Politica:
    """Pyramid's security policy: the identity, and permissions by the ACLs of the context's lineage."""

    def __init__(self) -> None:
        self._acl = ACLHelper()
        self._identidad = RequestLocalCache(_identificar)

    def identity(self, request: Request) -> Identidad | None:
        return self._identidad.get_or_create(request)

    def authenticated_userid(self, request: Request) -> str | None:
        identidad = self.identity(request)
        return identidad.usuario if identidad else None

    def permits(self, request: Request, context: Any, permission: str) -> Any:
        return self._acl.permits(context, self._principales(request), permission)

    def _principales(self, request: Request) -> list[str]:
        principales = [Everyone]
        identidad = self.identity(request)
        if identidad:
            principales += [Authenticated, *identidad.principales]
        if not request.path.startswith(API):
            principales += [solicitante(nombre) for nombre in request.solicitudes_propias]
        return principales

    def remember(self, request: Request, userid: str, **kw: Any) -> list:
        return []

    def forget(self, request: Request, **kw: Any) -> list:
        return []


def _identificar(request: Request) -> Identidad | None:
    return _maquina(request) if request.path.startswith(API) else _persona(request)


def _persona(request: Request) -> Identidad | None:
    """The user of the session, if it is still open on this side too. Without one the store is not asked."""
    nombre = request.session.get("usuario")
    usuario = request.sitio.usuarios.get(nombre) if nombre else None
    if usuario is None or request.session.get("sesion") not in usuario.sesiones:
        return None
    persona = usuario.persona
    desde, _ = usuario.sesiones[request.session["sesion"]]
    textos = por_aceptar(request.sitio, persona, desde)
    suyas = () if usuario.temporal or textos else (TITULAR, titular(persona.casilla.__name__))
    return Identidad(usuario.__name__, persona.nombres, (USUARIO, *suyas), usuario.temporal, usuario, textos)


def _maquina(request: Request) -> Identidad | None:
    """The sender whose key this is: ``Authorization: Bearer NOMBRE.SECRETO``."""
    esquema, _, clave = request.headers.get("Authorization", "").partition(" ")
    nombre, _, secreto = clave.strip().rpartition(".")
    remitente = request.sitio.claves.get(nombre)
    if esquema.lower() != "bearer" or remitente is None or not remitente.vigente(huella_de_clave(secreto)):
        return None
    return Identidad(nombre, nombre, (SGD, f"remitente:{nombre}"))


def huella_de_clave(secreto: str) -> str:
    """What is kept of an API key. A random secret of 256 bits needs no slow hash."""
    return sha256(secreto.encode()).hexdigest()


def includeme(config: Configurator) -> None:
    settings = config.get_settings()
    config.set_security_policy(Politica())
    config.set_csrf_storage_policy(SessionCSRFStoragePolicy())
    config.set_default_csrf_options(require_csrf=True)
    minutos = int(settings.get("casilla.sesion_minutos", 30))
    settings["casilla.sesion_minutos"] = minutos
    settings["casilla.bcrypt_costo"] = int(settings.get("casilla.bcrypt_costo", 12))
    # So that the first user who does not exist takes no longer than the others.
    coincide("", "", settings["casilla.bcrypt_costo"])
    config.set_session_factory(
        SignedCookieSessionFactory(
            config.registry.secreto.hex(),
            serializer=JSONSerializer(),
            cookie_name="casilla",
            timeout=minutos * 60,
            reissue_time=60,
            httponly=True,
            samesite="Lax",
            secure=settings["casilla.url"].startswith("https:"),
        )
    )
