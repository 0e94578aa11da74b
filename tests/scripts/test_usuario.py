"""``casilla usuario``: the first login of the institution's side, and the help for whoever locked themselves out."""

from typing import Any

import pytest

from casilla.resources.auditoria import Asiento
from casilla.services.acceso import AccesoNegado
from casilla.services.auditoria import hallazgos
from casilla.services.funcionarios import comprobar
from tests import mundo
from tests.scripts.conftest import Instalacion

ANA = ("--nombres", "Ana  Ñusta", "--correo", "ana@Institucion.example")


def asientos(instalacion: Instalacion) -> list[Asiento]:
    return instalacion.hacer(lambda sitio: list(sitio.auditoria))


def de(instalacion: Instalacion, nombre: str, atributo: str) -> Any:
    return instalacion.hacer(lambda sitio: getattr(sitio.funcionarios[nombre], atributo))


def entra(instalacion: Instalacion, nombre: str, clave: str) -> bool:
    def probar(sitio: Any) -> bool:
        try:
            return bool(comprobar(sitio, nombre, clave, ahora=mundo.ENERO, costo=mundo.COSTO))
        except AccesoNegado:
            return False

    return instalacion.hacer(probar)


@pytest.fixture
def iniciada(vacia: Instalacion) -> Instalacion:
    vacia.orden("iniciar")
    return vacia


def test_the_first_account_comes_in_with_the_password_that_is_shown(iniciada: Instalacion) -> None:
    assert "usuario crear NOMBRE" in iniciada.orden("usuario", "listar").stdout

    resultado = iniciada.orden("usuario", "crear", "Ana", *ANA, "--rol", "administrador", "--rol", "auditor")

    assert resultado.exit_code == 0, resultado.output
    assert entra(iniciada, "ana", resultado.stdout.strip())
    assert de(iniciada, "ana", "nombres") == "Ana Ñusta"
    assert de(iniciada, "ana", "correo") == "ana@institucion.example"
    assert de(iniciada, "ana", "roles") == ("administrador", "auditor")
    assert de(iniciada, "ana", "temporal")
    assert iniciada.orden("usuario", "listar").stdout.startswith("ana  Ana Ñusta  administrador, auditor  activa")


def test_what_the_operator_does_is_in_the_audit(iniciada: Instalacion) -> None:
    iniciada.orden("usuario", "crear", "ana", *ANA, "--rol", "auditor")
    iniciada.orden("usuario", "clave", "ana")
    iniciada.orden("usuario", "factor", "ana")
    iniciada.orden("usuario", "suspender", "ana", "--motivo", "Dejó la institución")
    iniciada.orden("usuario", "rehabilitar", "ana")

    hechos = asientos(iniciada)
    assert [a.acto for a in hechos] == [
        "crear", "restablecer-clave", "restablecer-factor", "suspender", "rehabilitar"
    ]  # fmt: skip
    assert {a.sobre for a in hechos} == {"cuentas/ana"}
    assert all(a.actor.startswith("operador:") and len(a.actor) > 9 for a in hechos)
    assert "Roles: auditor" in hechos[0].despues
    assert (hechos[3].antes, hechos[3].despues) == ("Estado: activa", "Estado: suspendida")
    assert iniciada.orden("verificar").exit_code == 0


def test_a_key_of_the_sgd_leaves_entries_too(iniciada: Instalacion) -> None:
    clave = iniciada.orden("clave-api", "crear", "mesa").stdout.strip()
    iniciada.orden("clave-api", "revocar", "mesa")

    hechos = asientos(iniciada)
    assert [a.acto for a in hechos] == ["crear-clave", "revocar-clave"]
    assert {a.sobre for a in hechos} == {"claves/mesa"}
    assert clave.rpartition(".")[2] not in str(hechos)


def test_a_new_password_replaces_the_old_one(poblada: Instalacion) -> None:
    nueva = poblada.orden("usuario", "clave", "auditor").stdout.strip()

    assert entra(poblada, "auditor", nueva)
    assert not entra(poblada, "auditor", mundo.CLAVE)


def test_a_second_factor_is_enrolled_anew(poblada: Instalacion) -> None:
    assert poblada.orden("usuario", "factor", "auditor").exit_code == 0

    assert de(poblada, "auditor", "factor") == 2
    assert de(poblada, "auditor", "factor_en") is None


def test_who_is_suspended_comes_in_no_more_until_reinstated(poblada: Instalacion) -> None:
    poblada.orden("usuario", "suspender", "auditor", "--motivo", "Vacaciones")
    assert not entra(poblada, "auditor", mundo.CLAVE)
    assert "suspendida" in poblada.orden("usuario", "listar").stdout

    poblada.orden("usuario", "rehabilitar", "auditor")
    assert entra(poblada, "auditor", mundo.CLAVE)


def test_the_last_administrator_is_not_suspended(poblada: Instalacion) -> None:
    resultado = poblada.orden("usuario", "suspender", "administrador", "--motivo", "x")

    assert resultado.exit_code == 1
    assert "última cuenta con el rol administrador" in resultado.stderr
    assert not de(poblada, "administrador", "suspendido")
    assert asientos(poblada) == []


@pytest.mark.parametrize(
    ("argumentos", "estado"),
    [
        (("crear", "auditor", *ANA, "--rol", "auditor"), 1),
        (("crear", "1ana", *ANA, "--rol", "auditor"), 1),
        (("crear", "ana", *ANA, "--rol", "notificador"), 1),
        (("crear", "ana", *ANA, "--rol", "jefe"), 2),
        (("crear", "ana", *ANA), 2),
        (("crear", "ana", "--nombres", "Ana", "--correo", "ana", "--rol", "auditor"), 2),
        (("clave", "nadie"), 1),
        (("rehabilitar", "auditor"), 1),
        (("suspender", "auditor"), 2),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    poblada: Instalacion, argumentos: tuple[str, ...], estado: int
) -> None:
    resultado = poblada.orden("usuario", *argumentos)

    assert resultado.exit_code == estado
    assert resultado.stderr
    assert asientos(poblada) == []


def test_a_notifier_has_each_dependencia_once(poblada: Instalacion) -> None:
    dependencias = ("--dependencia", "Mesa de  Partes", "--dependencia", "MESA DE PARTES", "--dependencia", "OGTI")

    poblada.orden("usuario", "crear", "ana", *ANA, "--rol", "notificador", *dependencias)

    assert de(poblada, "ana", "dependencias") == ("Mesa de Partes", "OGTI")
    assert poblada.hacer(lambda sitio: list(hallazgos(sitio, mundo.SECRETO))) == []


def test_whose_account_it_is_gets_a_letter_of_each_order(poblada: Instalacion) -> None:
    for orden in (["clave"], ["factor"], ["suspender", "--motivo", "x"], ["rehabilitar"]):
        poblada.orden("usuario", orden[0], "auditor", *orden[1:])

    cartas = poblada.hacer(lambda sitio: [c.para for _, c in sitio.salida if c.clase == "cambio-en-el-modulo"])

    assert cartas == ["auditor@institucion.example"] * 4
