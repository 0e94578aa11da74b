"""Sends the queued letters."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Placeholder of the includes' order."""
