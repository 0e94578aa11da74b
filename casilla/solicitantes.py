"""Who began which registration: a signed cookie of its own, because a registration outlives a session."""

from datetime import timedelta

from pyramid.config import Configurator
from pyramid.request import Request
from webob.cookies import SignedCookieProfile

from casilla.services.registro import VIDA

# A family may share a telephone; more than this is nobody's real use.
_MAXIMO = 5


def includeme(config: Configurator) -> None:
    config.registry.cookie_de_registro = SignedCookieProfile(
        config.registry.secreto.hex(),
        "registro",
        "casilla_registro",
        secure=config.get_settings()["casilla.url"].startswith("https:"),
        max_age=int(VIDA.total_seconds()),
        httponly=True,
        samesite="Lax",
    )
    config.add_request_method(solicitudes_propias, reify=True)
    config.add_request_method(recordar_solicitud)


def solicitudes_propias(request: Request) -> tuple[str, ...]:
    """Names of the registrations begun in this browser, the newest last. Some may be over."""
    return tuple(request.registry.cookie_de_registro.bind(request).get_value() or ())


def recordar_solicitud(request: Request, nombre: str, vida: timedelta = VIDA) -> None:
    """From the next request on, for so long, this browser may go on with the registration."""
    otras = [propia for propia in request.solicitudes_propias if propia != nombre]
    perfil, nombres = request.registry.cookie_de_registro, [*otras, nombre][-_MAXIMO:]
    segundos = int(vida.total_seconds())
    request.add_response_callback(lambda _, respuesta: perfil.set_cookies(respuesta, nombres, max_age=segundos))
