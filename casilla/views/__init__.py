"""Doors for people: a module per resource. A view reads, calls one act, answers."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    config.scan(__name__)
