"""The doors: each view asks for a permission, each form for a token."""

from typing import Any

from pyramid import authorization
from pyramid.interfaces import IExceptionResponse

from casilla import permissions
from casilla.permissions import Permiso

# Views without a permission, each with its reason.
SIN_PERMISO = {
    "metricas": "read by networks that a setting names, whoever asks",
    "static": "style sheets and script are public",
    "vivo": "asked by machines that watch the process; tells nothing",
    "listo": "asked by machines that watch the process; tells nothing of people",
}


def _vistas(aplicacion: Any) -> list[dict[str, Any]]:
    return [v["introspectable"] for v in aplicacion.registry.introspector.get_category("views")]


def _es_de_error(vista: dict[str, Any]) -> bool:
    """Also Pyramid's own for HTTP answers that are raised; its context is their interface."""
    contexto = vista["context"]
    return contexto is IExceptionResponse or (isinstance(contexto, type) and issubclass(contexto, Exception))


def test_every_view_names_a_permission(aplicacion: Any) -> None:
    sin_permiso = []
    for vista in _vistas(aplicacion):
        permisos = [
            i for i in aplicacion.registry.introspector.related(vista) or () if i.category_name == "permissions"
        ]
        if permisos or _es_de_error(vista):
            continue
        sin_permiso.append(
            f"{vista['route_name'] or ''} {vista['name']} {getattr(vista['callable'], '__name__', vista['callable'])}"
        )

    assert [v for v in sin_permiso if not any(nombre in v for nombre in SIN_PERMISO)] == []


def test_permissions_are_ours(aplicacion: Any) -> None:
    usados = [i["introspectable"]["value"] for i in aplicacion.registry.introspector.get_category("permissions")]

    conocidos = [*Permiso, authorization.ALL_PERMISSIONS, "__no_permission_required__"]
    assert [p for p in usados if p not in conocidos] == []


def test_only_the_machine_door_is_free_of_csrf(aplicacion: Any) -> None:
    libres = [v for v in _vistas(aplicacion) if v.get("require_csrf") is False and not _es_de_error(v)]

    assert {v["route_name"] for v in libres} <= {"api"}


def test_the_words_of_our_acls_are_pyramids() -> None:
    assert (
        authorization.Allow,
        authorization.Deny,
        authorization.Everyone,
    ) == (permissions.ALLOW, permissions.DENY, permissions.EVERYONE)
