"""``casilla clave-api``: keys that open the machine door, shown once."""

from typing import Any

import pytest
from webtest import TestApp

from casilla import main
from tests.scripts.conftest import Instalacion


def abre(poblada: Instalacion, clave: str) -> int:
    """How the door answers to this key."""
    aplicacion: Any = main({}, **poblada.ajustes)
    try:
        return (
            TestApp(aplicacion)
            .get("/api/v1/eventos", headers={"Authorization": f"Bearer {clave}"}, status="*")
            .status_int
        )
    finally:
        aplicacion.registry._zodb_databases[""].close()


def crear(poblada: Instalacion, nombre: str = "mesa") -> str:
    resultado = poblada.orden("clave-api", "crear", nombre)
    assert resultado.exit_code == 0, resultado.output
    return resultado.stdout.strip()


def test_a_new_key_opens_the_door_and_is_not_in_the_store(poblada: Instalacion) -> None:
    clave = crear(poblada, "sgd.mimp-2")

    nombre, _, secreto = clave.rpartition(".")
    assert nombre == "sgd.mimp-2"
    assert len(secreto) >= 43
    assert abre(poblada, clave) == 200
    assert abre(poblada, clave + "x") == 401
    assert secreto.encode() not in (poblada.carpeta / "var" / "Data.fs").read_bytes()


def test_a_revoked_key_opens_nothing_and_stays_on_the_list(poblada: Instalacion) -> None:
    clave = crear(poblada)

    assert poblada.orden("clave-api", "revocar", "mesa").exit_code == 0
    assert abre(poblada, clave) == 401
    assert "revocada el" in poblada.orden("clave-api", "listar").stdout


def test_a_sender_changes_keys_without_a_gap(poblada: Instalacion) -> None:
    vieja, nueva = crear(poblada), crear(poblada)
    id_vieja = next(
        linea for linea in poblada.orden("clave-api", "listar").stdout.splitlines() if "mesa" in linea
    ).split()[1]

    resultado = poblada.orden("clave-api", "revocar", "mesa", "--id", id_vieja)

    assert "Claves revocadas: 1" in resultado.stdout
    assert abre(poblada, vieja) == 401
    assert abre(poblada, nueva) == 200


def test_revoking_what_is_not_there_ends_with_1(poblada: Instalacion) -> None:
    crear(poblada)

    assert poblada.orden("clave-api", "revocar", "nadie").exit_code == 1
    assert poblada.orden("clave-api", "revocar", "mesa", "--id", "00000000").exit_code == 1


@pytest.mark.parametrize("nombre", ["SGD", "con espacio", "ñandú", "", "x" * 41, "-a"])
def test_a_name_that_could_not_travel_in_a_header_is_refused(poblada: Instalacion, nombre: str) -> None:
    assert poblada.orden("clave-api", "crear", "--", nombre).exit_code == 2


def test_a_store_without_keys_says_how_to_make_one(vacia: Instalacion) -> None:
    vacia.orden("iniciar")

    assert "clave-api crear NOMBRE" in vacia.orden("clave-api", "listar").stdout
