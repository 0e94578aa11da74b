"""Doors for people: a module per resource. A view reads, calls one act, answers."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    config.include("casilla.views.salud")
    config.include("casilla.views.exportar")
    config.include("casilla.views.admin")
    config.scan(__name__)
    config.add_request_method("casilla.views.casilla.menu", "casilla_menu", reify=True)
