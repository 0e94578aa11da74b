"""Casilla: the electronic mailbox by which a public institution notifies with legal effect."""

import warnings
from typing import Any

# Pyramid 2.1 still imports it, which is why setuptools is pinned; whoever runs a command need not read so each time.
warnings.filterwarnings("ignore", message="pkg_resources is deprecated")

from pyramid.config import Configurator  # noqa: E402
from pyramid_tm import explicit_manager  # noqa: E402


def main(global_config: dict[str, str], **settings: Any) -> Any:
    """The WSGI application of an ini's ``[app:main]``. Raises ValueError naming what is missing or wrong."""
    settings.setdefault("tm.manager_hook", explicit_manager)
    settings.setdefault("tm.commit_veto", "pyramid_tm.default_commit_veto")
    # Who asks is looked up in the store: only where a view needs it, not for every style sheet.
    settings.setdefault("tm.annotate_user", False)
    settings.setdefault("retry.attempts", 8)
    settings.setdefault("pyramid.default_locale_name", "es")
    with Configurator(settings=settings, root_factory="casilla.request.raiz") as config:
        config.include("casilla.scripts.ajustes")
        config.include("pyramid_retry")
        config.include("pyramid_tm")
        config.include("pyramid_chameleon")
        config.include("casilla.request")
        config.include("casilla.subidas")
        config.include("casilla.security")
        config.include("casilla.limites")
        config.include("casilla.buscadas")
        config.include("casilla.solicitantes")
        config.include("casilla.headers")
        config.include("casilla.metricas")
        config.include("casilla.static_files")
        config.include("casilla.fields")
        config.include("casilla.marco")
        config.include("casilla.api")
        config.include("casilla.views")
        config.include("casilla.scripts.cartero")
        config.include("casilla.scripts.latido")
        config.include("casilla.scripts.anotador")
        return config.make_wsgi_app()
