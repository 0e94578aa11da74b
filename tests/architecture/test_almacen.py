"""What is stored: which classes, which values, which defaults."""

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path
from pickletools import genops
from typing import Any

import pytest
from persistent import Persistent
from ZODB import DB

from casilla import resources

CONOCIDAS = Path(__file__).with_name("clases-guardadas.txt")


def clases_del_almacen(db: DB) -> set[str]:
    """Every class path that the pickles of the store name."""
    nombradas: set[str] = set()
    for transaccion in db.storage.iterator():
        for registro in transaccion:
            nombradas |= _globales(registro.data)
    return nombradas


def _globales(datos: bytes) -> set[str]:
    """The classes a record names; protocol 3 names them by GLOBAL, ``module name``."""
    return {str(arg).replace(" ", ".") for op, arg, _ in genops_de(datos) if op.name == "GLOBAL"}


def genops_de(datos: bytes) -> list[Any]:
    """A record is two pickles, one after the other: the class and the state."""
    import io

    flujo = io.BytesIO(datos)
    return [*genops(flujo), *genops(flujo)]


def test_every_class_in_the_store_is_a_known_one(base_de_datos: DB) -> None:
    """A class in this list is never renamed or moved. A new one is added here by hand, knowing that it stays."""
    conocidas = set(CONOCIDAS.read_text("utf-8").split())

    halladas = clases_del_almacen(base_de_datos)

    assert halladas - conocidas == set(), "clases nuevas en el almacén"


def test_nothing_of_the_framework_is_stored(base_de_datos: DB) -> None:
    raices = {clase.split(".")[0] for clase in clases_del_almacen(base_de_datos)}

    assert raices <= {
        "casilla",
        "BTrees",
        "ZODB",
        "datetime",
        "persistent",
        "copy_reg",
        "copyreg",
        "builtins",
        "__builtin__",
        "_codecs",
    }


def _clases_guardadas() -> list[type]:
    modulos = [import_module(f"casilla.resources.{m.name}") for m in pkgutil.iter_modules(resources.__path__)]
    return sorted(
        {
            clase
            for modulo in modulos
            for _, clase in inspect.getmembers(modulo, inspect.isclass)
            if issubclass(clase, Persistent)
            and clase.__module__ == modulo.__name__
            and not clase.__module__.startswith("BTrees")
        },
        key=lambda c: c.__name__,
    )


@pytest.mark.parametrize("clase", _clases_guardadas(), ids=lambda c: c.__name__)
def test_every_stored_attribute_has_an_immutable_default_in_the_class(clase: type, base_de_datos: DB) -> None:
    """So that an object stored before the attribute existed can still be read."""
    inmutables = (str, int, bool, bytes, tuple, type(None))
    for objeto in _objetos(base_de_datos, clase):
        for nombre in objeto.__getstate__() if isinstance(objeto.__getstate__(), dict) else ():
            assert hasattr(clase, nombre), f"{clase.__name__}.{nombre} no tiene valor de clase"
            assert isinstance(inspect.getattr_static(clase, nombre), inmutables)


def _objetos(db: DB, clase: type) -> list[Any]:
    conexion = db.open()
    try:
        oids = {registro.oid for transaccion in db.storage.iterator() for registro in transaccion}
        hallados = [conexion.get(oid) for oid in oids]
        return [objeto for objeto in hallados if type(objeto) is clase and (objeto._p_activate() or True)]
    finally:
        conexion.close()
