"""The institution's side, ``/admin`` (Módulo del administrador): a module for each section."""

from pyramid.config import Configurator
from pyramid.events import ContextFound
from pyramid.location import lineage

from casilla.redes import OtraRed, redes_de_admin
from casilla.resources.administracion import Administracion


def includeme(config: Configurator) -> None:
    """Read the setting ``casilla.admin_desde``. Raises ValueError when it names what is no network."""
    config.registry.redes_de_admin = redes_de_admin(config.get_settings())
    config.add_subscriber(solo_desde_sus_redes, ContextFound)
    config.add_view_deriver(
        "casilla.views.admin.consultas.con_rastro", "con_rastro", under="csrf_view", over="http_cached_view"
    )
    config.add_request_method("casilla.views.admin.pagina.menu_admin", "menu_admin", reify=True)


def solo_desde_sus_redes(event: ContextFound) -> None:
    """To other networks the place does not exist."""
    request, redes = event.request, event.request.registry.redes_de_admin
    if redes is None or request.remote_addr in redes:
        return
    if any(isinstance(lugar, Administracion) for lugar in lineage(request.context)):
        raise OtraRed
