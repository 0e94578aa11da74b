"""Security headers on every answer, from a tween that stands outside everything else.

The policy has no ``unsafe-*`` word. ``data:`` images are Bootstrap's arrow of a select. A PDF has a policy of its own:
browsers show it in a frame of our pages only when *its* ``frame-ancestors`` allows that.
"""

from collections.abc import Callable

from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'self'; "
    "frame-src 'self'; manifest-src 'self'"
)
CSP_PDF = "default-src 'none'; frame-ancestors 'self'"
HSTS = "max-age=31536000; includeSubDomains"


def headers_tween_factory(handler: Callable[[Request], Response], registry: Registry) -> Callable[[Request], Response]:
    """Return the tween. A view that needs another policy sets the header itself, and it stays."""

    def headers_tween(request: Request) -> Response:
        response = handler(request)
        pdf = response.content_type == "application/pdf"
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CSP_PDF if pdf else CSP)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if response.content_type == "text/html" and (
            request.session.get("usuario") or request.session.get("funcionario")
        ):
            # On a shared computer, Back after the way out must not show what was read.
            headers.setdefault("Cache-Control", "no-store")
        if request.scheme == "https":
            headers.setdefault("Strict-Transport-Security", HSTS)
        return response

    return headers_tween


def includeme(config: Configurator) -> None:
    config.add_tween("casilla.headers.headers_tween_factory")
