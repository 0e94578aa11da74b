"""The institution's side is entered by two factors, and by nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pyramid.interfaces import IContextFound
from webtest import TestApp
from ZODB import DB

from casilla.permissions import ROLES
from casilla.redes import Redes
from casilla.resources.sitio import Sitio
from casilla.services.auditoria import asentar, hallazgos
from casilla.services.factor import empezar_factor
from casilla.services.funcionarios import crear, renovar_clave
from casilla.services.fundacion import RAIZ
from casilla.services.secretos import codigos_de_respaldo
from tests import mundo
from tests.conftest import Navegador, Reloj


def _primer_factor(navegador: Navegador, usuario: str = "auditor", clave: str = mundo.CLAVE) -> Any:
    formulario = navegador.get("/admin/entrar").forms["formulario"]
    formulario["usuario"], formulario["clave"] = usuario, clave
    return formulario.submit()


def _segundo_factor(pagina: Any, codigo: str) -> Any:
    pagina.forms["formulario"]["codigo"] = codigo
    return pagina.forms["formulario"].submit()


def _codigo_mostrado(pagina: Any) -> str:
    """Of the authenticator that was given the seed on this page."""
    return mundo.codigo_de(pagina.html.find(id="clave-secreta").code.text, datetime.now(UTC))


def _ultimos(base_de_datos: DB, cuantos: int) -> list[tuple[str, str, str, str]]:
    """Who, what, on what, and what is said of it, of the last entries, oldest first; the chain holds."""
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert list(hallazgos(sitio, mundo.SECRETO)) == []
        return [(a.actor, a.acto, a.sobre, a.despues) for a in sitio.auditoria][-cuantos:]


@pytest.mark.parametrize("nombre", ROLES)
def test_each_role_comes_in_by_two_factors_and_sees_the_board(navegador: Navegador, nombre: str) -> None:
    pagina = navegador.entrar_al_modulo(nombre)

    assert pagina.html.h1.text == "Tablero"
    assert "Módulo del administrador" in pagina


def test_the_password_alone_opens_nothing(navegador: Navegador) -> None:
    _primer_factor(navegador)

    assert navegador.get("/admin").location == "http://localhost/admin/entrar?next=%2Fadmin"


def test_a_wrong_user_and_a_wrong_password_get_the_same_words(navegador: Navegador) -> None:
    nadie, mala = _primer_factor(navegador, "nadie"), _primer_factor(navegador, clave="otra")

    assert "Usuario o contraseña incorrectos" in nadie
    assert nadie.html.find(class_="resumen-error").text == mala.html.find(class_="resumen-error").text


def test_a_citizen_does_not_exist_on_the_institutions_side(navegador: Navegador) -> None:
    navegador.entrar(mundo.ROSA)

    assert "/admin/entrar" in navegador.get("/admin").location
    assert "incorrectos" in _primer_factor(navegador, mundo.ROSA)


def test_somebody_of_the_institution_reads_no_casilla(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")

    assert navegador.get("/cuenta").location.startswith("http://localhost/?next=")


def test_a_code_serves_once(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")
    otro = TestApp(navegador.app)
    formulario = otro.get("/admin/entrar").forms["formulario"]
    formulario["usuario"], formulario["clave"] = "auditor", mundo.CLAVE
    pagina = formulario.submit().follow()

    ahora = datetime.now(UTC)
    repetidos = [_segundo_factor(pagina, mundo.codigo_del_factor("auditor", ahora + n * timedelta(seconds=30)))
                 for n in (-2, -1)]  # fmt: skip

    assert all("no es correcto o ya se usó" in respuesta for respuesta in repetidos)


def test_after_too_many_wrong_codes_one_waits(navegador: Navegador) -> None:
    pagina = _primer_factor(navegador).follow()

    respuestas = [_segundo_factor(pagina, "000000") for _ in range(6)]

    assert "Espere" in respuestas[-1]
    assert "minutos" in _segundo_factor(pagina, mundo.codigo_del_factor("auditor", datetime.now(UTC)))


def test_the_second_factor_must_follow_soon(navegador: Navegador, reloj: Reloj) -> None:
    pagina = _primer_factor(navegador).follow()
    reloj.adelantar(minutos=6)

    respuesta = _segundo_factor(pagina, mundo.codigo_del_factor("auditor", datetime.now(UTC)))

    assert respuesta.location == "http://localhost/admin/entrar"


def test_another_password_undoes_a_first_factor_already_shown(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = _primer_factor(navegador).follow()
    with base_de_datos.transaction() as conexion:
        auditor = conexion.root()[RAIZ].funcionarios["auditor"]
        renovar_clave(auditor, secreto=mundo.SECRETO, ahora=datetime.now(UTC), costo=mundo.COSTO)
        empezar_factor(auditor)

    respuesta = _segundo_factor(pagina, mundo.codigo_del_factor("auditor", datetime.now(UTC), 2))

    assert respuesta.location == "http://localhost/admin/entrar"


def test_a_recovery_code_serves_once_instead_of_the_telephone(navegador: Navegador) -> None:
    codigo = codigos_de_respaldo(mundo.SECRETO, "auditor", 1)[3]

    primera = _segundo_factor(_primer_factor(navegador).follow(), f"{codigo[:5]}-{codigo[5:]}".lower())
    tablero = primera.follow()
    navegador.reset()
    segunda = _segundo_factor(_primer_factor(navegador).follow(), codigo)

    assert tablero.html.h1.text == "Tablero"
    assert "no es correcto o ya se usó" in segunda


def test_who_is_new_enrols_an_authenticator_sees_the_recovery_codes_once_and_chooses_a_password(
    navegador: Navegador, base_de_datos: DB
) -> None:
    with base_de_datos.transaction() as conexion:
        ahora = datetime.now(UTC)
        temporal = crear(
            conexion.root()[RAIZ],
            "nueva",
            nombres="NUEVA",
            correo="nueva@institucion.example",
            roles=("auditor",),
            secreto=mundo.SECRETO,
            ahora=ahora,
            costo=mundo.COSTO,
        )

    enrolar = _primer_factor(navegador, "nueva", temporal).follow()
    assert enrolar.html.h1.text == "Registrar su segundo factor"
    assert enrolar.html.find("svg")
    codigos = _segundo_factor(enrolar, _codigo_mostrado(enrolar)).follow()
    assert len(codigos.html.main.find_all("code")) == 10
    assert "/admin/cambiar-clave" in navegador.get("/admin/respaldos").location

    cambio = codigos.click("Ya los guardé").follow()
    assert cambio.html.h1.text == "Elija su propia contraseña"
    formulario = cambio.forms["formulario"]
    formulario["antigua"], formulario["nueva"], formulario["repetida"] = temporal, "Otra-clave-2026", "Otra-clave-2026"
    assert formulario.submit().follow().html.h1.text == "Tablero"


def test_recovery_codes_do_not_replace_the_enrolment(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        empezar_factor(conexion.root()[RAIZ].funcionarios["auditor"])

    respuesta = _segundo_factor(_primer_factor(navegador).follow(), codigos_de_respaldo(mundo.SECRETO, "auditor", 2)[0])

    assert "no es correcto" in respuesta


def test_the_session_ends_sooner_than_a_citizens(navegador: Navegador, reloj: Reloj) -> None:
    navegador.entrar_al_modulo("auditor")
    reloj.adelantar(minutos=16)

    assert "/admin/entrar" in navegador.get("/admin").location


def test_who_is_suspended_is_out_at_once(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar_al_modulo("auditor")
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].funcionarios["auditor"].suspendido = True

    assert "/admin/entrar" in navegador.get("/admin").location
    assert "incorrectos" in _primer_factor(navegador)


def test_going_out_ends_the_session_on_this_side_too(navegador: Navegador) -> None:
    pagina = navegador.entrar_al_modulo("auditor")
    galletas = dict(navegador.cookies)

    pagina.forms[0].submit()
    for nombre, valor in galletas.items():
        navegador.set_cookie(nombre, valor)

    assert "/admin/entrar" in navegador.get("/admin").location


def test_coming_in_and_going_out_leave_entries(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar_al_modulo("auditor").forms[0].submit()

    with base_de_datos.transaction() as conexion:
        actos = [(a.actor, a.acto, a.sobre) for a in conexion.root()[RAIZ].auditoria]
    assert actos == [("auditor", "entrar", "cuentas/auditor"), ("auditor", "salir", "cuentas/auditor")]


def test_coming_in_says_by_which_second_factor_and_how_many_recovery_codes_are_left(
    navegador: Navegador, base_de_datos: DB
) -> None:
    navegador.entrar_al_modulo("auditor").forms[0].submit()
    respaldo = codigos_de_respaldo(mundo.SECRETO, "auditor", 1)[3]
    _segundo_factor(_primer_factor(navegador).follow(), respaldo)

    assert [despues for _, acto, _, despues in _ultimos(base_de_datos, 3) if acto == "entrar"] == [
        "Segundo factor: código de la aplicación",
        "Segundo factor: código de respaldo; sin usar: 9",
    ]


def _suspender(sitio: Sitio) -> None:
    sitio.funcionarios["auditor"].suspendido = True


def _vencer(sitio: Sitio) -> None:
    sitio.funcionarios["auditor"].temporal_hasta = mundo.ENERO


@pytest.mark.parametrize(
    ("antes", "clave", "codigo", "fallo"),
    [
        (None, "otra", None, "contraseña"),
        (None, mundo.CLAVE, "000000", "código de la aplicación"),
        (None, mundo.CLAVE, "ABCDE-23456", "código de respaldo"),
        (_suspender, mundo.CLAVE, None, "ninguno: la cuenta está suspendida"),
        (_suspender, "otra", None, "contraseña"),
        (_vencer, mundo.CLAVE, None, "contraseña temporal vencida"),
    ],
)
def test_a_try_in_vain_leaves_an_entry_of_who_was_tried_and_what_failed(
    navegador: Navegador, base_de_datos: DB, antes: Any, clave: str, codigo: str | None, fallo: str
) -> None:
    navegador.extra_environ["REMOTE_ADDR"] = "192.0.2.7"
    with base_de_datos.transaction() as conexion:
        if antes:
            antes(conexion.root()[RAIZ])

    respuesta = _primer_factor(navegador, " AUDITOR ", clave)
    if codigo:
        _segundo_factor(respuesta.follow(), codigo)

    assert _ultimos(base_de_datos, 9) == [("sin identificar", "intento-fallido", "cuentas/auditor", f"Falló: {fallo}")]
    with base_de_datos.transaction() as conexion:
        assert next(conexion.root()[RAIZ].auditoria.hacia_atras()).direccion == "192.0.2.7"


def test_the_wait_is_an_entry_too_and_while_it_lasts_nothing_more_is_written(
    navegador: Navegador, base_de_datos: DB
) -> None:
    for _ in range(5):
        _primer_factor(navegador, clave="otra")
    antes = base_de_datos.lastTransaction()

    assert "Espere 15 minutos" in _primer_factor(navegador, clave="otra")

    assert base_de_datos.lastTransaction() == antes
    assert [acto for _, acto, *_ in _ultimos(base_de_datos, 9)] == ["intento-fallido"] * 5 + ["bloquear-intentos"]
    assert _ultimos(base_de_datos, 1)[0][2:] == ("cuentas/auditor", "Espera: 15 minutos")


def test_an_expired_temporary_password_cannot_fill_the_audit_either(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        _vencer(conexion.root()[RAIZ])

    respuestas = [_primer_factor(navegador) for _ in range(7)]

    assert "venció" in respuestas[0]
    assert "Espere" in respuestas[-1]
    assert len(_ultimos(base_de_datos, 9)) == 6


def test_of_a_name_that_does_not_exist_nothing_typed_is_kept(
    navegador: Navegador, base_de_datos: DB, caplog: pytest.LogCaptureFixture
) -> None:
    """People type their password into the wrong box."""
    navegador.extra_environ["REMOTE_ADDR"] = "127.0.0.1"
    _primer_factor(navegador, "Mi-clave-2026", "otra-clave-2026")

    assert _ultimos(base_de_datos, 9) == []
    assert "un usuario que no existe, desde 127.0.0.1" in caplog.text
    assert "clave-2026" not in caplog.text.lower()
    assert 'casilla_admin_intentos_fallidos_total{existe="no"} ' in navegador.get("/metricas").text


def test_whoever_is_named_as_many_transactions_are_written(navegador: Navegador, base_de_datos: DB) -> None:
    """All that is written either way meets at the head of the audit, with its conflicts and its flush."""

    def escritas(usuario: str) -> list[set[bytes]]:
        antes = base_de_datos.lastTransaction()
        for _ in range(6):
            _primer_factor(navegador, usuario, "otra")
        return [{registro.oid for registro in t} for t in base_de_datos.storage.iterator() if t.tid > antes]

    existe, nadie = escritas("auditor"), escritas("nadie")

    with base_de_datos.transaction() as conexion:
        cabeza = conexion.root()[RAIZ].auditoria._p_oid
    assert len(existe) == len(nadie) == 5
    assert all(cabeza in oids for oids in (*existe, *nadie))


@pytest.mark.parametrize("usuario", ["auditor", "nadie"])
def test_a_try_that_meets_another_entry_is_made_again_and_counted_once(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB, usuario: str
) -> None:
    """Somebody else's entry is committed between the look at the audit and the commit: whoever is named, a conflict."""
    vueltas: list[int] = []

    def adelantarse(_: Any) -> None:
        vueltas.append(1)
        if len(vueltas) % 2:
            with base_de_datos.transaction() as conexion:
                quien = {"actor": "otra", "ahora": mundo.ENERO, "direccion": "", "secreto": mundo.SECRETO}
                asentar(conexion.root()[RAIZ], "editar", "ajustes", **quien)

    pagina = navegador.get("/admin/entrar")
    formulario = pagina.forms["formulario"]
    formulario["usuario"], formulario["clave"] = usuario, "otra"
    aplicacion.registry.registerHandler(adelantarse, (IContextFound,))
    try:
        respuestas = [formulario.submit() for _ in range(5)]
    finally:
        aplicacion.registry.unregisterHandler(adelantarse, (IContextFound,))

    assert len(vueltas) == 10
    assert all("incorrectos" in respuesta for respuesta in respuestas)
    assert "Espere" in formulario.submit()
    fallidos = [acto for _, acto, *_ in _ultimos(base_de_datos, 20) if acto != "editar"]
    assert fallidos == (["intento-fallido"] * 5 + ["bloquear-intentos"] if usuario == "auditor" else [])


def test_each_showing_of_an_authenticator_to_enrol_has_a_seed_of_its_own(
    navegador: Navegador, base_de_datos: DB
) -> None:
    with base_de_datos.transaction() as conexion:
        empezar_factor(conexion.root()[RAIZ].funcionarios["auditor"])
    dejado = _codigo_mostrado(_primer_factor(navegador).follow())
    navegador.reset()
    enrolar = _primer_factor(navegador).follow()

    errado = _segundo_factor(enrolar, dejado)

    assert "no es correcto" in errado
    assert _codigo_mostrado(errado) == _codigo_mostrado(enrolar) == _codigo_mostrado(navegador.get("/admin/codigo"))
    assert _segundo_factor(errado, _codigo_mostrado(enrolar)).location.endswith("/admin/respaldos")


def test_a_link_kept_from_before_is_followed_after_coming_in(navegador: Navegador) -> None:
    pagina = navegador.get("/admin?x=1").follow()
    pagina.forms["formulario"]["usuario"], pagina.forms["formulario"]["clave"] = "auditor", mundo.CLAVE
    pagina = pagina.forms["formulario"].submit().follow()

    respuesta = _segundo_factor(pagina, mundo.codigo_del_factor("auditor", datetime.now(UTC)))

    assert respuesta.location == "http://localhost/admin?x=1"


def test_from_a_network_that_is_not_named_the_place_does_not_exist(
    navegador: Navegador, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navegador.app.registry, "redes_de_admin", Redes("casilla.admin_desde", "192.0.2.0/24"))

    navegador.get("/admin/entrar", extra_environ={"REMOTE_ADDR": "198.51.100.7"}, status=404)
    navegador.get("/x/../admin/entrar", extra_environ={"REMOTE_ADDR": "198.51.100.7"}, status=404)
    navegador.get("/", extra_environ={"REMOTE_ADDR": "198.51.100.7"})
    navegador.get("/admin/entrar", extra_environ={"REMOTE_ADDR": "192.0.2.7"})
