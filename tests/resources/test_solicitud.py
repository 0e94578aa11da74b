"""A registration as it is kept."""

import inspect
from pathlib import Path

from pyramid.authorization import ACLHelper, Everyone

from casilla.permissions import Permiso, solicitante
from casilla.resources.sitio import Sitio
from casilla.resources.solicitud import Solicitud
from casilla.services.registro import iniciar
from tests.mundo import ENERO
from tests.solicitantes import por_validar

CONOCIDAS = Path(__file__).parents[1] / "architecture" / "clases-guardadas.txt"


def test_every_stored_attribute_has_an_immutable_default(sitio: Sitio) -> None:
    for nombre in por_validar(sitio).__getstate__():
        assert isinstance(inspect.getattr_static(Solicitud, nombre), str | int | tuple | None)


def test_its_class_is_one_that_is_never_renamed() -> None:
    assert f"{Solicitud.__module__}.{Solicitud.__name__}" in CONOCIDAS.read_text("utf-8").split()


def test_only_whoever_began_it_may_go_on_with_it(sitio: Sitio) -> None:
    mia, ajena = (iniciar(sitio, nombre, ahora=ENERO, direccion="") for nombre in ("mia", "ajena"))
    permite = ACLHelper().permits

    assert permite(mia, [Everyone, solicitante("mia")], Permiso.TRAMITAR)
    assert not permite(ajena, [Everyone, solicitante("mia")], Permiso.TRAMITAR)
    assert permite(sitio.solicitudes, [Everyone], Permiso.PUBLICO)
    assert not permite(mia, [Everyone], Permiso.PUBLICO)


def test_forgetting_leaves_what_happened_and_when(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)
    historia = solicitud.historia

    solicitud.olvidar()

    personales = ("datos", "correo", "direccion", "aceptaciones", "verificado_por", "verificados", "declarados")
    assert not any(getattr(solicitud, campo) for campo in personales)
    assert solicitud.codigo_hasta is None
    assert solicitud.historia == historia
