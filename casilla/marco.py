"""The frame of the pages, compiled once and shared by all of them, and every template compiled before the first visit.

A page begins with ``metal:use-macro="marco.layout"``. Were it to load the frame by its file name, each page would
compile a copy of its own. Compiling is slow, and two threads compiling at once can break it (Python's gh-106905): so it
happens while the server starts.
"""

from pathlib import Path
from types import SimpleNamespace

from pyramid.config import Configurator
from pyramid.events import ApplicationCreated, BeforeRender
from pyramid.renderers import get_renderer

from casilla.forms import compilar_formularios

CARPETA = Path(__file__).parent / "templates"


def includeme(config: Configurator) -> None:
    """Give every template ``marco``, whose ``layout``, ``macros`` and ``iconos`` are the templates of those names."""
    marco = SimpleNamespace()

    def compilar(event: ApplicationCreated) -> None:
        for archivo in CARPETA.glob("*.pt"):
            renderer = get_renderer(f"casilla:templates/{archivo.name}", registry=event.app.registry)
            setattr(marco, archivo.stem, renderer.implementation())
            renderer.implementation().cook_check()
        compilar_formularios()

    config.add_subscriber(compilar, ApplicationCreated)
    config.add_subscriber(lambda event: event.update(marco=marco), BeforeRender)
