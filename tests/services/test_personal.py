"""Who administers the institution's logins keeps to rules that no door can go around."""

from datetime import timedelta
from typing import Any

import pytest

from casilla.mail.redaccion import NoCorresponde, redactar
from casilla.permissions import notificador
from casilla.resources.sitio import Sitio
from casilla.services import personal
from casilla.services.acceso import AccesoNegado
from casilla.services.factor import comprobar_factor, renovar_factor, respaldos_libres
from casilla.services.funcionarios import DatosInvalidos, cambiar_clave, comprobar
from casilla.services.secretos import semilla_del_factor
from tests import mundo
from tests.mail.conftest import INSTITUCION

QUIEN: dict[str, Any] = {"actor": "otra", "ahora": mundo.ENERO}


def editar(sitio: Sitio, nombre: str, *roles: str) -> None:
    uno = sitio.funcionarios[nombre]
    personal.editar(
        sitio, uno, nombres=uno.nombres, correo=uno.correo, roles=roles, dependencias=uno.dependencias, **QUIEN
    )


def test_the_last_administrator_can_neither_be_suspended_nor_lose_the_role(sitio: Sitio) -> None:
    unica = sitio.funcionarios["administrador"]

    with pytest.raises(DatosInvalidos, match="última cuenta"):
        editar(sitio, "administrador", "auditor")
    with pytest.raises(DatosInvalidos, match="última cuenta"):
        personal.suspender(sitio, unica, motivo="x", **QUIEN)
    assert (unica.roles, unica.suspendido, unica.historia) == (("administrador",), False, ())


def test_one_who_is_suspended_does_not_count_as_another_administrator(sitio: Sitio) -> None:
    otra = mundo.funcionario(sitio, "segunda", ("administrador",))
    personal.suspender(sitio, otra, motivo="x", actor="administrador", ahora=mundo.ENERO)

    with pytest.raises(DatosInvalidos, match="última cuenta"):
        editar(sitio, "administrador", "auditor")
    editar(sitio, "segunda", "auditor")
    personal.rehabilitar(sitio, otra, **QUIEN)


def test_with_another_administrator_one_may_go(sitio: Sitio) -> None:
    mundo.funcionario(sitio, "segunda", ("administrador",))

    editar(sitio, "administrador", "auditor")

    assert sitio.funcionarios["administrador"].roles == ("auditor",)
    assert sitio.funcionarios["administrador"].historia[0][::3] == ("editada", "Roles: auditor")


@pytest.mark.parametrize(("roles", "palabras"), [((), "al menos un rol"), (("jefe",), "al menos un rol")])
def test_a_role_that_there_is_not_is_refused(sitio: Sitio, roles: tuple[str, ...], palabras: str) -> None:
    with pytest.raises(DatosInvalidos, match=palabras):
        editar(sitio, "auditor", *roles)
    assert sitio.funcionarios["auditor"].roles == ("auditor",)


def test_without_the_role_of_notifier_nobody_keeps_dependencias(sitio: Sitio) -> None:
    editar(sitio, "notificador", "auditor")

    assert sitio.funcionarios["notificador"].dependencias == ()


def test_dependencias_that_the_doors_take_for_one_are_one() -> None:
    leidas = personal.dependencias_de(" Mesa  de Partes \r\nMESA DE PARTES\n\nDirección\nDireccion")

    assert leidas == ("Mesa de Partes", "Dirección", "Direccion")
    assert len({notificador(d) for d in leidas}) == 3


def test_the_letter_opens_the_module_and_is_not_sent_once_the_password_was_changed(sitio: Sitio) -> None:
    uno = sitio.funcionarios["auditor"]
    clave = personal.restablecer_clave(sitio, uno, secreto=mundo.SECRETO, costo=mundo.COSTO, **QUIEN)
    personal.enviar_clave(sitio, uno, mundo.ENERO)
    carta = next(c for _, c in sitio.salida if c.clase == "credenciales-modulo")

    def escrita() -> Any:
        return redactar(
            carta, publica=lambda *c: "/".join(("https://x", *c)), secreto=mundo.SECRETO, institucion=INSTITUCION
        )

    assert clave in escrita().body.data
    assert "https://x/admin" in escrita().body.data
    assert "auditor" in escrita().body.data
    assert comprobar(sitio, "auditor", clave, ahora=mundo.ENERO, costo=mundo.COSTO) is uno
    cambiar_clave(uno, clave, "Otra-clave-2026", costo=mundo.COSTO)
    with pytest.raises(NoCorresponde, match="ya fue cambiada"):
        escrita()


def test_a_letter_with_a_password_that_another_replaced_is_not_sent(sitio: Sitio) -> None:
    uno = sitio.funcionarios["auditor"]
    for _ in range(2):
        personal.restablecer_clave(sitio, uno, secreto=mundo.SECRETO, costo=mundo.COSTO, **QUIEN)
        personal.enviar_clave(sitio, uno, mundo.ENERO)
    primera = min((c for _, c in sitio.salida if c.clase == "credenciales-modulo"), key=lambda c: c.numero)

    with pytest.raises(NoCorresponde):
        redactar(primera, publica=lambda *c: "", secreto=mundo.SECRETO, institucion=INSTITUCION)


def test_a_new_factor_is_taken_by_a_code_of_its_own_and_that_code_serves_no_more(sitio: Sitio) -> None:
    uno, despues = sitio.funcionarios["auditor"], mundo.ENERO + timedelta(days=1)
    comun: dict[str, Any] = {"secreto": mundo.SECRETO, "ahora": despues}
    comprobar_factor(uno, respaldos_libres(uno, mundo.SECRETO)[0], **comun)

    with pytest.raises(AccesoNegado):
        renovar_factor(uno, mundo.codigo_del_factor("auditor", despues, 1), sal="a1", **comun)
    assert (uno.factor, len(respaldos_libres(uno, mundo.SECRETO))) == (1, 9)

    nuevo = mundo.codigo_de(semilla_del_factor(mundo.SECRETO, "auditor", 2, "a1"), despues)
    renovar_factor(uno, nuevo, sal="a1", **comun)
    assert (uno.factor, uno.factor_en, len(respaldos_libres(uno, mundo.SECRETO))) == (2, despues, 10)
    with pytest.raises(AccesoNegado):
        comprobar_factor(uno, nuevo, **comun)


@pytest.mark.parametrize("tecleado", ["", "٣٣٣٣٣٣", "12345", "1234567", "ñ" * 10, "💥" * 6])
def test_what_is_no_code_is_refused_and_not_a_fault(sitio: Sitio, tecleado: str) -> None:
    uno = sitio.funcionarios["auditor"]

    with pytest.raises(AccesoNegado):
        comprobar_factor(uno, tecleado, secreto=mundo.SECRETO, ahora=mundo.ENERO)
    with pytest.raises(AccesoNegado):
        renovar_factor(uno, tecleado, sal="a1", secreto=mundo.SECRETO, ahora=mundo.ENERO)


def test_an_enrolment_of_before_there_was_a_nonce_still_serves(sitio: Sitio) -> None:
    """As a store of before keeps it: the attribute is not there."""
    uno, despues = sitio.funcionarios["auditor"], mundo.ENERO + timedelta(days=1)
    vars(uno).pop("sal", None)

    por = comprobar_factor(uno, mundo.codigo_del_factor("auditor", despues), secreto=mundo.SECRETO, ahora=despues)

    assert (por, uno.sal) == ("código de la aplicación", "")


def test_a_dependencia_is_suggested_once_and_as_the_sgd_writes_it(
    sitio: Sitio,
) -> None:
    notificacion = mundo.deposito(sitio, mundo.ROSA, 70)
    mundo.al_dia(sitio)
    uno = sitio.funcionarios["notificador"]
    uno.dependencias = ("Archivo Central", notificacion.dependencia.lower())

    conocidas = personal.dependencias_conocidas(sitio)

    assert "Archivo Central" in conocidas
    assert [c for c in conocidas if notificador(c) == notificador(notificacion.dependencia)] == [
        notificacion.dependencia
    ]


def test_a_dependencia_that_only_the_board_knows_is_suggested(sitio: Sitio) -> None:
    notificacion = mundo.deposito(sitio, mundo.ROSA, 70)
    mundo.al_dia(sitio)
    for uno in sitio.funcionarios.values():
        uno.dependencias = ()

    assert notificacion.dependencia in personal.dependencias_conocidas(sitio)
