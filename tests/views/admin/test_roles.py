"""Who may what: the matrix of the code, cell by cell, at the doors of the institution's side and on its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from pyramid.authorization import ACLHelper, Authenticated, Everyone

from casilla.permissions import FUNCIONARIO, ROLES, Permiso, rol
from casilla.resources import administracion
from casilla.resources.administracion import SECCIONES, Administracion, Ficha, Seccion
from casilla.services import borradores, lotes
from casilla.services.fundacion import RAIZ
from casilla.views.admin.palabras import PERMISOS_DICHOS, ROLES_DICHOS
from tests import lotes as muestras
from tests import mundo
from tests.conftest import Navegador
from tests.solicitantes import en_revision

REPARTIDOS = [permiso for permiso in Permiso if any(permiso in permisos for permisos in ROLES.values())]
# Whoever is in may do these, whatever their role: the ways in and out.
DE_TODOS = (Permiso.PUBLICO, Permiso.USAR_MODULO)
NOMBRES = {seccion: nombre for nombre, seccion in SECCIONES.items()}


@dataclass(frozen=True)
class Puerta:
    """A view of the institution's side: how it is reached, and the permission that it asks for."""

    metodo: str
    camino: str
    permiso: str

    def __str__(self) -> str:
        return f"{self.metodo} {self.camino}"


def puertas(aplicacion: Any) -> list[Puerta]:
    introspector = aplicacion.registry.introspector
    vistas = [v["introspectable"] for v in introspector.get_category("views")]
    del_modulo = [v for v in vistas if getattr(v["context"], "__module__", "") == administracion.__name__]
    return [puerta for vista in del_modulo for puerta in _puertas(vista, introspector)]


def _puertas(vista: Any, introspector: Any) -> Iterator[Puerta]:
    permiso = next(i["value"] for i in introspector.related(vista) if i.category_name == "permissions")
    metodos = vista["request_methods"] or ("GET",)
    for metodo in (metodos,) if isinstance(metodos, str) else metodos:
        if metodo != "HEAD":
            yield Puerta(metodo, "/".join(filter(None, (_lugar(vista["context"]), vista["name"]))), permiso)


def _lugar(contexto: type) -> str:
    """Where a view of this context is; ``{x}`` for one thing of the section x, which ``COSAS`` names."""
    if contexto is Administracion:
        return "/admin"
    if issubclass(contexto, Seccion):
        return f"/admin/{NOMBRES[contexto]}"
    if issubclass(contexto, Ficha):
        seccion = next(nombre for nombre, clase in SECCIONES.items() if getattr(clase, "ficha", None) is contexto)
        return f"/admin/{seccion}/{{{seccion}}}"
    raise AssertionError(f"{contexto.__name__}: no es página, sección ni ficha de /admin; diga aquí cómo se llega")


def cosas(navegador: Navegador) -> dict[str, str]:
    """The name of one thing of each section, as an address says it; what is prepared, by the world's notifier.

    To other notifiers it is closed: ``test_notificar``, ``test_lotes``.
    """
    with navegador.base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        en_revision(sitio, nombre="una-solicitud")
        casilla = sitio.personas[mundo.ROSA].casilla
        borrador = borradores.preparar(sitio, "notificador", mundo.ROSA, mundo.ENERO)
        tabla = mundo.archivo(sitio, muestras.tabla(muestras.filas(1)), "enero.csv", "text/csv")
        paquete = mundo.archivo(sitio, muestras.paquete(), "enero.zip", "application/zip")
        lote = lotes.traer(sitio, "notificador", tabla, paquete, mundo.ENERO)
        return {
            "contenidos": "terminos",
            "depositos": next(iter(casilla)).codigo,
            "solicitudes": "una-solicitud",
            "personas": casilla.__name__,
            "cuentas": "registro",
            "notificar": borrador.__name__,
            "lotes": lote.__name__,
        }


def pedir(navegador: Navegador, puerta: Puerta, nombres: dict[str, str]) -> Any:
    """Knock, without a token: whoever may come in is told that their page expired, and changes nothing."""
    return navegador.request(puerta.camino.format(**nombres), method=puerta.metodo, status="*")


@pytest.mark.parametrize("nombre", ROLES)
def test_each_view_opens_to_the_roles_of_the_matrix_and_to_no_other(
    aplicacion: Any, navegador: Navegador, nombre: str
) -> None:
    nombres = cosas(navegador)
    todas = puertas(aplicacion)
    assert len(todas) > 25

    mal = []
    navegador.entrar_al_modulo(nombre)
    for puerta in todas:
        if puerta.camino == "/admin/salir":
            continue
        estado = pedir(navegador, puerta, nombres).status_int
        debe = puerta.permiso in ROLES[nombre] or puerta.permiso in DE_TODOS
        if debe == (estado == 403) or estado >= 500:
            mal.append((str(puerta), puerta.permiso, estado))
    assert mal == []


@pytest.mark.parametrize("quien", ["nadie", "una persona con casilla"])
def test_whoever_is_not_staff_is_sent_to_the_login_whatever_they_ask_for(
    aplicacion: Any, navegador: Navegador, quien: str
) -> None:
    nombres = cosas(navegador)
    if quien != "nadie":
        navegador.entrar(mundo.ROSA)

    for puerta in puertas(aplicacion):
        if puerta.permiso != Permiso.PUBLICO:
            respuesta = pedir(navegador, puerta, nombres)
            assert respuesta.status_int == 303, str(puerta)
            assert "/admin/entrar" in respuesta.location, str(puerta)


def test_with_a_temporary_password_nothing_opens_but_its_change(aplicacion: Any, navegador: Navegador) -> None:
    nombres = cosas(navegador)
    navegador.entrar_al_modulo("administrador")
    with navegador.base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].funcionarios["administrador"].temporal_hasta = datetime(2100, 1, 1, tzinfo=UTC)

    for puerta in puertas(aplicacion):
        if puerta.permiso not in DE_TODOS:
            assert pedir(navegador, puerta, nombres).location.endswith("/admin/cambiar-clave"), str(puerta)


@pytest.mark.parametrize(("nombre", "permiso"), list(product(ROLES, Permiso)), ids=str)
def test_each_cell_of_the_matrix_is_what_the_acl_says(nombre: str, permiso: Permiso) -> None:
    quien = [Everyone, Authenticated, FUNCIONARIO, rol(nombre)]

    puede = bool(ACLHelper().permits(Administracion(None), quien, permiso))

    assert puede == (permiso in ROLES[nombre] or permiso in DE_TODOS)


def test_the_auditor_sees_everything_and_changes_nothing() -> None:
    assert set(ROLES["auditor"]) == {permiso for permiso in REPARTIDOS if permiso.startswith("ver-")}


def test_who_hands_out_the_roles_reads_neither_the_audit_nor_anything_of_citizens() -> None:
    de_ciudadanos = {Permiso.VER_AUDITORIA, Permiso.VER_PERSONAS, Permiso.VER_SOLICITUDES, Permiso.VER_DEPOSITOS}

    assert not de_ciudadanos & set(ROLES["administrador"])


@pytest.mark.parametrize("nombre", ROLES)
def test_whoever_changes_something_may_see_it(nombre: str) -> None:
    for permiso in ROLES[nombre]:
        if permiso.startswith("gestionar-"):
            assert Permiso(permiso.replace("gestionar-", "ver-")) in ROLES[nombre]


def test_the_page_shows_the_matrix_cell_by_cell(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("contenido")

    tabla = navegador.get("/admin/roles").html.table

    titulos = [th.text for th in tabla.thead.find_all("th")][1:]
    assert titulos == [ROLES_DICHOS[nombre][0] for nombre in ROLES]
    filas = {fila.th.text: [td.text for td in fila.find_all("td")] for fila in tabla.tbody.find_all("tr")}
    assert filas == {
        PERMISOS_DICHOS[permiso]: ["Sí" if permiso in ROLES[nombre] else "No" for nombre in ROLES]
        for permiso in REPARTIDOS
    }


def test_every_role_and_every_permission_of_a_role_has_words() -> None:
    assert set(ROLES_DICHOS) == set(ROLES)
    assert set(PERMISOS_DICHOS) == set(REPARTIDOS)
