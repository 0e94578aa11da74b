"""Accounts of the institution's people: made, edited, suspended; nobody locks everybody out, and all is traced."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pyramid.interfaces import IContextFound
from webtest import TestApp
from ZODB import DB

from casilla.mail.redaccion import redactar
from casilla.resources.funcionario import Funcionario
from casilla.services.auditoria import asentar, hallazgos
from casilla.services.fundacion import RAIZ
from casilla.services.personal import suspender
from tests import mundo
from tests.conftest import Navegador

DATOS = {"usuario": "mquispe", "nombres": "María Quispe", "correo": "mquispe@institucion.example"}


@pytest.fixture
def administra(navegador: Navegador) -> Navegador:
    navegador.entrar_al_modulo("administrador")
    return navegador


@pytest.fixture
def otra(aplicacion: Any, base_de_datos: DB) -> Navegador:
    """A second administrator, at another machine."""
    with base_de_datos.transaction() as conexion:
        mundo.funcionario(conexion.root()[RAIZ], "segunda", ("administrador",))
    navegador = Navegador(aplicacion)
    navegador.base_de_datos = base_de_datos
    navegador.entrar_al_modulo("segunda")
    return navegador


@pytest.fixture
def leer(base_de_datos: DB) -> Callable[[str, str], Any]:
    def leer(nombre: str, atributo: str) -> Any:
        with base_de_datos.transaction() as conexion:
            funcionario: Funcionario = conexion.root()[RAIZ].funcionarios[nombre]
            return getattr(funcionario, atributo)

    return leer


def ultimo_asiento(navegador: Navegador) -> Any:
    with navegador.base_de_datos.transaction() as conexion:
        return next(conexion.root()[RAIZ].auditoria.hacia_atras())


def llenar(pagina: Any, **valores: Any) -> Any:
    formulario = pagina.forms["formulario"]
    for nombre, valor in valores.items():
        formulario[nombre.replace("_", "-")] = valor
    return formulario


def crear(navegador: Navegador, **valores: Any) -> Any:
    pagina = navegador.get("/admin/cuentas").click("Crear cuenta")
    return llenar(pagina, **{**DATOS, "rol_contenido": True, "entrega": "pantalla", **valores}).submit()


def segundo_factor(pagina: Any, codigo: str) -> Any:
    pagina.forms["formulario"]["codigo"] = codigo
    return pagina.forms["formulario"].submit()


def test_the_list_tells_who_there_is_and_is_searched(administra: Navegador) -> None:
    todas = administra.get("/admin/cuentas")
    assert [th.text for th in todas.html.tbody.find_all("th")] == [
        "administrador", "auditor", "contenido", "notificador", "registro"
    ]  # fmt: skip

    halladas = administra.get("/admin/cuentas", {"q": "AUDÍTOR"})
    assert [th.text for th in halladas.html.tbody.find_all("th")] == ["auditor"]
    assert "1 de 5 cuentas" in halladas
    assert administra.get("/admin/cuentas?q=nadie").html.tbody is None


def test_a_new_account_comes_in_with_the_password_that_is_shown_once(
    administra: Navegador, leer: Callable[[str, str], Any]
) -> None:
    pagina = crear(administra).follow()
    temporal = pagina.html.find(id="clave").text

    assert leer("mquispe", "roles") == ("contenido",)
    assert re.fullmatch("[0-9A-F]{8}", temporal)
    assert ultimo_asiento(administra)[4:8] == (
        "crear",
        "cuentas/mquispe",
        "",
        "Nombres: María Quispe\nCorreo: mquispe@institucion.example\nRoles: contenido\nEstado: activa",
    )
    assert temporal not in str(ultimo_asiento(administra))
    administra.get("/admin/cuentas/mquispe/clave-temporal", status=404)

    administra.reset()
    entrada = administra.get("/admin/entrar").forms["formulario"]
    entrada["usuario"], entrada["clave"] = "mquispe", temporal
    assert entrada.submit().follow().html.h1.text == "Registrar su segundo factor"


def test_the_password_goes_by_letter_and_then_nobody_else_sees_it(administra: Navegador) -> None:
    pagina = crear(administra, entrega="correo").follow()

    assert "Enviamos la contraseña temporal a mquispe@institucion.example" in pagina
    assert "Se preparó la carta" in pagina
    assert not re.search(r"\b[0-9A-F]{8}\b", pagina.html.main.text)
    with administra.base_de_datos.transaction() as conexion:
        cartas = [carta for _, carta in conexion.root()[RAIZ].salida if carta.clase == "credenciales-modulo"]
        assert [(carta.para, carta.numero) for carta in cartas] == [("mquispe@institucion.example", 1)]


@pytest.mark.parametrize(
    ("valores", "palabras"),
    [
        ({"usuario": "auditor"}, "El usuario auditor ya existe"),
        ({"usuario": "crear"}, "no puede ser crear"),
        ({"usuario": "María"}, "letras minúsculas sin tilde"),
        ({"usuario": ""}, "Escriba el nombre de usuario"),
        ({"correo": "mquispe"}, "nombre@ejemplo.com"),
        ({"rol_contenido": False}, "Marque al menos un rol"),
        ({"rol_notificador": True}, "Escriba para qué dependencias notifica"),
    ],
)
def test_what_will_not_do_is_told_and_what_was_typed_stays(
    administra: Navegador, valores: dict[str, Any], palabras: str
) -> None:
    respuesta = crear(administra, **valores)

    assert palabras in respuesta.html.find(class_="resumen-error").text
    assert respuesta.forms["formulario"]["nombres"].value == "María Quispe"
    assert len(administra.get("/admin/cuentas").html.tbody.find_all("tr")) == 5


def test_a_user_name_is_taken_in_small_letters_and_dependencias_once(
    administra: Navegador, leer: Callable[[str, str], Any]
) -> None:
    crear(administra, usuario=" MQuispe ", rol_notificador=True, dependencias="Mesa de  Partes\n\nMESA DE PARTES\nOGTI")

    assert leer("mquispe", "dependencias") == ("Mesa de Partes", "OGTI")
    assert "Ya se usan: Mesa de Partes; " in administra.get("/admin/cuentas/crear")


def test_an_edit_rules_at_once_and_tells_the_audit_only_what_changed(
    administra: Navegador, otra: Navegador, leer: Callable[[str, str], Any]
) -> None:
    otra.get("/admin/cuentas")
    pagina = administra.get("/admin/cuentas/segunda").click("Editar")

    respuesta = llenar(pagina, rol_administrador=False, rol_auditor=True).submit().follow()

    assert "Los cambios se guardaron" in respuesta
    assert "Se editó" in respuesta
    assert ultimo_asiento(administra)[2:8:2] == ("administrador", "editar", "Roles: administrador")
    assert ultimo_asiento(administra).despues == "Roles: auditor"
    otra.get("/admin/cuentas/crear", status=403)
    assert leer("segunda", "sesiones")


def test_of_two_who_edit_at_once_the_second_is_told_and_nothing_is_lost(
    administra: Navegador, otra: Navegador, leer: Callable[[str, str], Any]
) -> None:
    primera, segunda = (n.get("/admin/cuentas/auditor/editar") for n in (administra, otra))
    llenar(primera, nombres="Nombre Primero").submit()

    avisada = llenar(segunda, nombres="Nombre Segundo").submit()

    assert "Otra persona guardó cambios mientras usted editaba" in avisada.html.find(class_="resumen-error").text
    assert avisada.forms["formulario"]["nombres"].value == "Nombre Segundo"
    assert "Nombre Primero" in avisada.html.find("section", {"aria-labelledby": "presentes"}).text
    assert leer("auditor", "nombres") == "Nombre Primero"
    avisada.forms["formulario"].submit().follow()
    assert leer("auditor", "nombres") == "Nombre Segundo"


def test_that_the_person_comes_in_meanwhile_is_no_change_of_the_account(
    administra: Navegador, otra: Navegador, leer: Callable[[str, str], Any]
) -> None:
    pagina = administra.get("/admin/cuentas/auditor/editar")
    otra.reset()
    otra.entrar_al_modulo("auditor")

    llenar(pagina, nombres="Nombre Nuevo").submit().follow()

    assert leer("auditor", "nombres") == "Nombre Nuevo"


def test_the_last_administrator_keeps_the_role(administra: Navegador, leer: Callable[[str, str], Any]) -> None:
    pagina = administra.get("/admin/cuentas/administrador/editar")

    respuesta = llenar(pagina, rol_administrador=False, rol_auditor=True).submit()

    assert "Es la última cuenta con el rol administrador" in respuesta.html.find(class_="resumen-error").text
    assert leer("administrador", "roles") == ("administrador",)


def test_nobody_suspends_themselves(administra: Navegador, otra: Navegador, leer: Callable[[str, str], Any]) -> None:
    assert "Suspender" not in administra.get("/admin/cuentas/administrador").html.main.find(class_="acciones").text
    pagina = administra.get("/admin/cuentas/administrador/suspender")

    respuesta = llenar(pagina, motivo="Vacaciones").submit()

    assert "Nadie puede suspender su propia cuenta" in respuesta.html.find(class_="resumen-error").text
    assert not leer("administrador", "suspendido")


def test_of_two_administrators_who_suspend_each_other_one_stays(
    administra: Navegador, otra: Navegador, leer: Callable[[str, str], Any]
) -> None:
    de_una = administra.get("/admin/cuentas/segunda/suspender")
    de_otra = otra.get("/admin/cuentas/administrador/suspender")

    llenar(de_una, motivo="uno").submit()
    llenar(de_otra, motivo="otro").submit()

    assert [leer(nombre, "suspendido") for nombre in ("administrador", "segunda")] == [False, True]


def test_of_two_administrators_who_suspend_each_other_at_the_same_moment_one_stays(
    administra: Navegador, otra: Navegador, aplicacion: Any, leer: Callable[[str, str], Any]
) -> None:
    """The first commits while the second has looked at the store and written nothing: it runs again, too late."""
    pagina, actos = administra.get("/admin/cuentas/segunda/suspender"), ["una vez"]

    def adelantarse(_: Any) -> None:
        if actos:
            actos.pop()
            with administra.base_de_datos.transaction() as conexion:
                sitio = conexion.root()[RAIZ]
                quien = {"actor": "segunda", "ahora": mundo.ENERO}
                suspender(sitio, sitio.funcionarios["administrador"], motivo="x", **quien)
                asentar(sitio, "suspender", "cuentas/administrador", direccion="", secreto=mundo.SECRETO, **quien)

    aplicacion.registry.registerHandler(adelantarse, (IContextFound,))
    try:
        respuesta = llenar(pagina, motivo="y").submit()
    finally:
        aplicacion.registry.unregisterHandler(adelantarse, (IContextFound,))

    assert "/admin/entrar" in respuesta.location
    assert [leer(nombre, "suspendido") for nombre in ("administrador", "segunda")] == [True, False]
    assert [a.acto for a in _auditoria(administra)].count("suspender") == 1


def _auditoria(navegador: Navegador) -> list[Any]:
    with navegador.base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert list(hallazgos(sitio, mundo.SECRETO)) == []
        return list(sitio.auditoria)


def test_who_is_suspended_is_out_until_reinstated(administra: Navegador, otra: Navegador) -> None:
    pagina = administra.get("/admin/cuentas/segunda").click("Suspender")
    assert "Escriba el motivo" in pagina.forms["formulario"].submit()

    ficha = llenar(pagina, motivo="Dejó la institución").submit().follow()

    assert "Dejó la institución" in ficha
    assert ultimo_asiento(administra).despues == "Motivo: Dejó la institución"
    assert "/admin/entrar" in otra.get("/admin").location
    ficha = ficha.click("Rehabilitar").forms["formulario"].submit().follow()
    assert "Se rehabilitó" in ficha
    entrada = otra.get("/admin/entrar").forms["formulario"]
    entrada["usuario"], entrada["clave"] = "segunda", mundo.CLAVE
    assert entrada.submit().location.endswith("/admin/codigo")


def test_reinstating_who_is_not_suspended_says_so_and_leaves_nothing(administra: Navegador) -> None:
    antes = administra.base_de_datos.lastTransaction()

    pagina = administra.get("/admin/cuentas/auditor/rehabilitar").forms["formulario"].submit()

    assert "La cuenta no está suspendida" in pagina.html.find(class_="resumen-error").text
    assert administra.base_de_datos.lastTransaction() == antes


def _editar(navegador: Navegador) -> None:
    llenar(navegador.get("/admin/cuentas/auditor/editar"), rol_registro=True).submit().follow()


def _suspender(navegador: Navegador) -> None:
    llenar(navegador.get("/admin/cuentas/auditor/suspender"), motivo="Dejó la institución.").submit().follow()


def _rehabilitar(navegador: Navegador) -> None:
    _suspender(navegador)
    navegador.get("/admin/cuentas/auditor/rehabilitar").forms["formulario"].submit().follow()


def _clave(navegador: Navegador) -> None:
    llenar(navegador.get("/admin/cuentas/auditor/clave"), entrega="pantalla").submit().follow()


def _factor(navegador: Navegador) -> None:
    navegador.get("/admin/cuentas/auditor/factor").forms["formulario"].submit().follow()


@pytest.mark.parametrize(
    ("hacer", "dicho"),
    [
        (_editar, "se editó. Roles: registro, auditor."),
        (_suspender, "se suspendió y ya no puede entrar. Motivo: Dejó la institución."),
        (_rehabilitar, "se rehabilitó y puede entrar otra vez."),
        (_clave, "se le dio otra contraseña temporal y la anterior ya no sirve."),
        (_factor, "se restableció su segundo factor y registrará otro la próxima vez que entre."),
    ],
)
def test_whose_account_it_is_reads_in_a_letter_what_was_done_and_whom_to_ask(
    administra: Navegador, hacer: Callable[[Navegador], None], dicho: str
) -> None:
    hacer(administra)

    texto = _cartas(administra)[-1][1]
    assert f"en su cuenta auditor del Módulo del administrador: {dicho}" in texto
    assert ".." not in texto
    assert "pregunte hoy mismo a quien administra las cuentas, o llame al número" in texto
    assert "la carta que avisa del cambio" in administra.get("/admin/cuentas/auditor").html.table.text


def test_another_mail_address_is_told_to_both(administra: Navegador) -> None:
    llenar(administra.get("/admin/cuentas/auditor/editar"), correo="otra@institucion.example").submit().follow()

    assert {para for para, _ in _cartas(administra)} == {"auditor@institucion.example", "otra@institucion.example"}


def test_an_edit_that_changes_nothing_sends_no_letter(administra: Navegador) -> None:
    administra.get("/admin/cuentas/auditor/editar").forms["formulario"].submit().follow()

    assert _cartas(administra) == []


def _cartas(navegador: Navegador) -> list[tuple[str, str]]:
    """To whom, and the words, of the letters about a change, as they were promised."""
    with navegador.base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        prometidas = [c for _, c in sitio.salida if c.clase == "cambio-en-el-modulo"]
        datos = {"publica": lambda *camino: "", "secreto": mundo.SECRETO, "institucion": sitio.institucion}
        return [
            (carta.para, " ".join(redactar(carta, **datos).body.data.split()))
            for carta in sorted(prometidas, key=lambda carta: carta.creada_en)
        ]


def test_another_password_closes_the_sessions_and_must_be_changed(administra: Navegador, otra: Navegador) -> None:
    pagina = administra.get("/admin/cuentas/segunda").click("Dar otra contraseña")
    mostrada = llenar(pagina, entrega="pantalla").submit().follow()
    temporal = mostrada.html.find(id="clave").text

    assert "/admin/entrar" in otra.get("/admin").location
    formulario = otra.get("/admin/entrar").forms["formulario"]
    formulario["usuario"], formulario["clave"] = "segunda", temporal
    assert formulario.submit().follow().html.h1.text == "Segundo factor"
    assert "Contraseña temporal" in administra.get("/admin/cuentas/segunda").html.dl.text


def test_another_factor_is_enrolled_at_the_next_login(administra: Navegador, otra: Navegador) -> None:
    ficha = administra.get("/admin/cuentas/segunda").click("Restablecer el segundo factor").forms["formulario"].submit()

    assert "Sin registrar" in ficha.follow().html.dl.text
    formulario = otra.get("/admin/entrar").forms["formulario"]
    formulario["usuario"], formulario["clave"] = "segunda", mundo.CLAVE
    enrolar = formulario.submit().follow()
    assert enrolar.html.h1.text == "Registrar su segundo factor"
    ahora, mostrada = datetime.now(UTC), enrolar.html.find(id="clave-secreta").code.text
    assert "no es correcto" in segundo_factor(enrolar, mundo.codigo_del_factor("segunda", ahora, 1))
    assert "no es correcto" in segundo_factor(enrolar, mundo.codigo_del_factor("segunda", ahora, 2))
    assert segundo_factor(enrolar, mundo.codigo_de(mostrada, ahora)).location.endswith("/admin/respaldos")


def test_the_auditor_sees_and_changes_nothing(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")

    assert "Crear cuenta" not in navegador.get("/admin/cuentas").html.main.text
    assert navegador.get("/admin/cuentas/registro").html.main.find(class_="acciones") is None
    for acto in ("editar", "suspender", "rehabilitar", "clave", "factor", "clave-temporal"):
        navegador.get(f"/admin/cuentas/registro/{acto}", status=403)


def test_who_administers_sees_what_was_done_with_an_account_and_not_the_audit(administra: Navegador) -> None:
    llenar(administra.get("/admin/cuentas/auditor").click("Editar"), nombres="Nombre Nuevo").submit()

    ficha = administra.get("/admin/cuentas/auditor")

    assert "Se editó" in ficha.html.table.text
    assert "uditoría" not in ficha.text
    administra.get("/admin/auditoria", status=403)


def test_one_who_administers_and_audits_is_seen_to_do_both(administra: Navegador, otra: Navegador) -> None:
    llenar(administra.get("/admin/cuentas/segunda/editar"), rol_auditor=True).submit()

    fila = next(f for f in otra.get("/admin/cuentas").html.tbody.find_all("tr") if f.th.text == "segunda")
    assert fila.td.find_next("td").text == "Administrador, Auditor"
    assert "Ver en la auditoría" in otra.get("/admin/cuentas/administrador").html.main.text
    assert "editar" in [a.acto for a in _auditoria(administra)]


def test_an_account_that_is_not_there_is_not_found(administra: Navegador) -> None:
    administra.get("/admin/cuentas/nadie", status=404)


def test_a_form_without_its_token_does_nothing(administra: Navegador, aplicacion: Any) -> None:
    sin_ficha = TestApp(aplicacion, cookiejar=administra.cookiejar)

    sin_ficha.post("/admin/cuentas/auditor/factor", {}, status=400)
