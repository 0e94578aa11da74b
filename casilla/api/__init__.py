"""Door for machines, ``/api/v1``: its own schemas, its own error bodies. What it promises is in ``openapi.json``."""

from pyramid.config import Configurator

from casilla.api.ritmo import POR_MINUTO, Ritmo


def includeme(config: Configurator) -> None:
    settings = config.get_settings()
    settings["casilla.max_documento"] = int(settings.get("casilla.max_documento", 50 * 1024 * 1024))
    settings["casilla.max_anexos_total"] = int(settings.get("casilla.max_anexos_total", 100 * 1024 * 1024))
    config.registry.ritmo = Ritmo(int(settings.get("casilla.api_por_minuto", POR_MINUTO)))
    config.add_route("api", "/api/v1*traverse", factory="casilla.api.puerta.Puerta")
    config.scan(__name__)
