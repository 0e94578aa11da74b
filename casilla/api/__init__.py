"""Door for machines, ``/api/v1``: its own schemas, its own error bodies. What it promises is in ``openapi.json``."""

from pyramid.config import Configurator

from casilla.api.ritmo import POR_MINUTO, Ritmo


def includeme(config: Configurator) -> None:
    settings = config.get_settings()
    config.registry.ritmo = Ritmo(int(settings.get("casilla.api_por_minuto", POR_MINUTO)))
    config.add_route("api", "/api/v1*traverse", factory="casilla.api.puerta.Puerta")
    config.scan(__name__)
