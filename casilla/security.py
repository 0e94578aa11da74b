"""Who is asking: people and the institution's own by their session, machines by their key."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pyramid.authorization import ACLHelper, Authenticated, Everyone
from pyramid.config import Configurator
from pyramid.csrf import SessionCSRFStoragePolicy
from pyramid.interfaces import ISession
from pyramid.request import Request, RequestLocalCache
from pyramid.session import JSONSerializer, SignedCookieSessionFactory

from casilla.permissions import FUNCIONARIO, SGD, TITULAR, USUARIO, dueno, notificador, rol, solicitante, titular
from casilla.resources.funcionario import Funcionario
from casilla.resources.usuario import Usuario
from casilla.services.aceptacion import por_aceptar
from casilla.services.claves import coincide
from casilla.services.claves_api import huella_de_clave

# After so long the institution's people come in again, busy or not.
JORNADA = timedelta(hours=10)
API = "/api/"
ADMIN = "/admin"


@dataclass(frozen=True)
class Identidad:
    """Somebody known. ``usuario`` is the user name or the sender's; ``cuenta`` None for a machine.

    ``minutos``: how long they may do nothing before they are out. With a ``temporal`` password, or texts
    ``por_aceptar``, nothing of theirs opens but the page that settles it.
    """

    usuario: str
    nombres: str
    principales: tuple[str, ...]
    temporal: bool = False
    cuenta: Usuario | Funcionario | None = None
    minutos: int = 0
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
    if request.path.startswith(API):
        return _maquina(request)
    return _funcionario(request) if en_admin(request) else _persona(request)


def en_admin(request: Request) -> bool:
    """Whether the address is of the institution's side: there nobody is a citizen, and elsewhere nobody is staff."""
    return f"{request.path}/".startswith(f"{ADMIN}/")


def _persona(request: Request) -> Identidad | None:
    """The user of the session, if it is still open on this side too. Without one the store is not asked."""
    nombre = request.session.get("usuario")
    usuario = request.sitio.usuarios.get(nombre) if nombre else None
    if usuario is None or usuario.suspendido or request.session.get("sesion") not in usuario.sesiones:
        return None
    persona = usuario.persona
    desde, _ = usuario.sesiones[request.session["sesion"]]
    textos = por_aceptar(request.sitio, persona, desde)
    suyas = () if usuario.temporal or textos else (TITULAR, titular(persona.casilla.__name__), dueno(nombre))
    minutos = request.registry.settings["casilla.sesion_minutos"]
    return Identidad(usuario.__name__, persona.nombres, (USUARIO, *suyas), usuario.temporal, usuario, minutos, textos)


def _funcionario(request: Request) -> Identidad | None:
    """Who came in with both factors, and not longer ago than a whole day's work; of the idle see ``_sesiones``."""
    nombre, minutos = request.session.get("funcionario"), request.registry.settings["casilla.admin_sesion_minutos"]
    funcionario = request.sitio.funcionarios.get(nombre) if nombre else None
    if funcionario is None or funcionario.suspendido:
        return None
    desde, _ = funcionario.sesiones.get(request.session.get("sesion"), (None, ""))
    if desde is None or request.ahora - desde > JORNADA:
        return None
    suyas = () if funcionario.temporal else (dueno(nombre), *_de_funcionario(funcionario))
    principales = (FUNCIONARIO, *suyas)
    return Identidad(nombre, funcionario.nombres, principales, funcionario.temporal, funcionario, minutos)


def _de_funcionario(funcionario: Funcionario) -> tuple[str, ...]:
    """A dependencia is for notifying: to another role it opens nothing."""
    suyas = funcionario.dependencias if "notificador" in funcionario.roles else ()
    return (*map(rol, funcionario.roles), *map(notificador, suyas))


def _maquina(request: Request) -> Identidad | None:
    """The sender whose key this is: ``Authorization: Bearer NOMBRE.SECRETO``."""
    esquema, _, clave = request.headers.get("Authorization", "").partition(" ")
    nombre, _, secreto = clave.strip().rpartition(".")
    remitente = request.sitio.claves.get(nombre)
    if esquema.lower() != "bearer" or remitente is None or not remitente.vigente(huella_de_clave(secreto)):
        return None
    return Identidad(nombre, nombre, (SGD, f"remitente:{nombre}"))


def _sesiones(fabrica: Callable[[Request], ISession], minutos: int) -> Callable[[Request], ISession]:
    """The same sessions, but one of the institution's people that was idle for longer is theirs no more.

    For good, whatever page is asked for: the cookie of a session that was looked at is issued anew.
    """

    def sesion(request: Request) -> ISession:
        esta = fabrica(request)
        if "funcionario" in esta and time.time() - esta.renewed > minutos * 60:
            del esta["funcionario"]
        return esta

    return sesion


def includeme(config: Configurator) -> None:
    settings = config.get_settings()
    config.set_security_policy(Politica())
    config.add_request_method(en_admin, property=True)
    config.set_csrf_storage_policy(SessionCSRFStoragePolicy())
    config.set_default_csrf_options(require_csrf=True)
    minutos = int(settings.get("casilla.sesion_minutos", 30))
    settings["casilla.sesion_minutos"] = minutos
    settings["casilla.admin_sesion_minutos"] = int(settings.get("casilla.admin_sesion_minutos", 15))
    settings["casilla.espera_tras_correccion"] = int(settings.get("casilla.espera_tras_correccion", 24))
    settings["casilla.bcrypt_costo"] = int(settings.get("casilla.bcrypt_costo", 12))
    # So that the first user who does not exist takes no longer than the others.
    coincide("", "", settings["casilla.bcrypt_costo"])
    config.set_session_factory(
        _sesiones(
            SignedCookieSessionFactory(
                config.registry.secreto.hex(),
                serializer=JSONSerializer(),
                cookie_name="casilla",
                timeout=minutos * 60,
                reissue_time=60,
                httponly=True,
                samesite="Lax",
                secure=settings["casilla.url"].startswith("https:"),
            ),
            settings["casilla.admin_sesion_minutos"],
        )
    )
