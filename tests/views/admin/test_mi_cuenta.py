"""One's own account on the institution's side: sessions, and a second factor changed without a gap."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from casilla.services.factor import direccion_del_factor
from casilla.services.fundacion import RAIZ
from casilla.services.secretos import semilla_del_factor
from tests import mundo
from tests.conftest import Navegador, Reloj


def codigo(nombre: str) -> str:
    return mundo.codigo_del_factor(nombre, datetime.now(UTC))


def codigo_mostrado(pagina: Any) -> str:
    """Of the authenticator that was given the seed on this page."""
    return mundo.codigo_de(pagina.html.find(id="clave-secreta").code.text, datetime.now(UTC))


def con_respaldo(navegador: Navegador, n: int) -> Any:
    """Come in as the auditor with the n-th recovery code."""
    from casilla.services.secretos import codigos_de_respaldo

    formulario = navegador.get("/admin/entrar").forms["formulario"]
    formulario["usuario"], formulario["clave"] = "auditor", mundo.CLAVE
    formulario = formulario.submit().follow().forms["formulario"]
    formulario["codigo"] = codigos_de_respaldo(mundo.SECRETO, "auditor", 1)[n]
    return formulario.submit().follow()


@pytest.fixture
def dos(navegador: Navegador, aplicacion: Any) -> tuple[Navegador, Navegador]:
    """The auditor, in at two machines."""
    navegador.entrar_al_modulo("auditor")
    otro = Navegador(aplicacion)
    otro.base_de_datos = navegador.base_de_datos
    con_respaldo(otro, 0)
    return navegador, otro


def hasta_el_registro(navegador: Navegador) -> Any:
    formulario = navegador.get("/admin/mi-cuenta").click("el segundo factor").forms["formulario"]
    formulario["clave"] = mundo.CLAVE
    return formulario.submit().follow()


def test_the_page_tells_who_one_is_and_where_one_is_in(dos: tuple[Navegador, Navegador]) -> None:
    pagina = dos[0].get("/admin").click("Mi cuenta")

    assert "auditor@institucion.example" in pagina
    assert "9 de 10" in pagina
    assert [fila.find_all("td")[1].text.strip()[:6] for fila in pagina.html.tbody.find_all("tr")] == [
        "Esta s",
        "Cerrar",
    ]


def test_one_session_is_closed_from_another(dos: tuple[Navegador, Navegador]) -> None:
    este, otro = dos
    pagina = este.get("/admin/mi-cuenta")
    formulario = next(f for f in pagina.forms.values() if "mis-sesiones" in f.action and "sesion" in f.fields)

    assert "Cerramos esa sesión" in formulario.submit("sesion").follow()
    assert "/admin/entrar" in otro.get("/admin").location
    assert este.get("/admin/mi-cuenta").status_int == 200


def test_all_the_others_are_closed_at_once_and_this_one_stays(dos: tuple[Navegador, Navegador]) -> None:
    este, otro = dos
    formulario = next(f for f in este.get("/admin/mi-cuenta").forms.values() if "todas" in f.fields)

    assert "Sus otras sesiones están cerradas" in formulario.submit("todas").follow()
    assert "/admin/entrar" in otro.get("/admin").location


def test_another_second_factor_is_taken_once_its_code_is_shown(dos: tuple[Navegador, Navegador]) -> None:
    este, otro = dos
    pagina = hasta_el_registro(este)
    assert pagina.html.find("svg", class_="qr")
    pagina.forms["formulario"]["codigo"] = codigo_mostrado(pagina)

    respaldos = pagina.forms["formulario"].submit().follow()

    assert len(respaldos.html.main.find_all("code")) == 10
    assert "10 de 10" in este.get("/admin/mi-cuenta")
    assert "/admin/entrar" in otro.get("/admin").location
    with este.base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert [a.acto for a in sitio.auditoria][-2:] == ["renovar-factor", "entrar"]
        assert sitio.funcionarios["auditor"].factor == 2


def test_until_then_the_old_one_serves(dos: tuple[Navegador, Navegador]) -> None:
    este, otro = dos
    pagina = hasta_el_registro(este)
    pagina.forms["formulario"]["codigo"] = codigo("auditor")

    assert "El código no es correcto" in pagina.forms["formulario"].submit()
    otro.reset()
    assert con_respaldo(otro, 1).html.h1.text == "Tablero"


def test_each_showing_of_another_factor_has_a_seed_of_its_own(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")
    dejada = codigo_mostrado(hasta_el_registro(navegador))
    pagina = hasta_el_registro(navegador)
    pagina.forms["formulario"]["codigo"] = dejada

    errada = pagina.forms["formulario"].submit()

    assert "El código no es correcto" in errada
    errada.forms["formulario"]["codigo"] = codigo_mostrado(pagina)
    assert errada.forms["formulario"].submit().location.endswith("/admin/respaldos")


def test_the_password_tried_in_vain_within_a_session_leaves_an_entry_by_whose_session_it_is(
    navegador: Navegador,
) -> None:
    navegador.entrar_al_modulo("auditor")
    for camino, clave in (("nuevo-factor", "clave"), ("cambiar-clave", "antigua")):
        formulario = navegador.get(f"/admin/{camino}").forms["formulario"]
        for nombre in ("nueva", "repetida"):
            if nombre in formulario.fields:
                formulario[nombre] = "Otra-clave-2026"
        formulario[clave] = "otra"
        formulario.submit()

    with navegador.base_de_datos.transaction() as conexion:
        asientos = list(conexion.root()[RAIZ].auditoria)[-2:]
    assert {(a.actor, a.acto, a.sobre, a.despues) for a in asientos} == {
        ("auditor", "intento-fallido", "cuentas/auditor", "Falló: contraseña")
    }


def test_the_next_seed_is_not_shown_without_the_password(navegador: Navegador, reloj: Reloj) -> None:
    navegador.entrar_al_modulo("auditor")

    assert navegador.get("/admin/registrar-factor").location.endswith("/admin/nuevo-factor")
    formulario = navegador.get("/admin/nuevo-factor").forms["formulario"]
    formulario["clave"] = "otra"
    assert "La contraseña no es correcta" in formulario.submit()
    hasta_el_registro(navegador)
    reloj.adelantar(minutos=11)
    assert navegador.get("/admin/registrar-factor").location.endswith("/admin/nuevo-factor")


def test_the_password_is_not_guessed_through_an_open_session(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")
    formulario = navegador.get("/admin/nuevo-factor").forms["formulario"]
    for _ in range(5):
        formulario["clave"] = "otra"
        formulario.submit()
    formulario["clave"] = mundo.CLAVE

    assert "Espere" in formulario.submit()


def test_what_the_qr_says_is_what_an_authenticator_reads() -> None:
    """``otpauth`` as Google Authenticator's "Key Uri Format" has it."""
    semilla = semilla_del_factor(mundo.SECRETO, "auditor", 1)

    url = urlsplit(direccion_del_factor(semilla, "auditor", "Casilla MIMP"))

    assert (url.scheme, url.netloc, url.path) == ("otpauth", "totp", "/Casilla%20MIMP:auditor")
    assert parse_qs(url.query) == {"secret": [semilla], "issuer": ["Casilla MIMP"]}
    assert len(semilla) == 32
