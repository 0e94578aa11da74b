"""The keys of the SGD, made and revoked by people; the secret is seen once."""

from typing import Any

from casilla.services.fundacion import RAIZ
from tests.conftest import Navegador


def crear(navegador: Navegador, remitente: str = "mesa") -> Any:
    formulario = navegador.get("/admin/claves").click("Crear clave").forms["formulario"]
    formulario["remitente"] = remitente
    return formulario.submit()


def llama(navegador: Navegador, clave: str) -> int:
    return navegador.get("/api/v1/eventos", headers={"Authorization": f"Bearer {clave}"}, status="*").status_int


def asientos(navegador: Navegador) -> list[Any]:
    with navegador.base_de_datos.transaction() as conexion:
        return [a for a in conexion.root()[RAIZ].auditoria if a.acto.endswith("-clave")]


def test_a_new_key_opens_the_door_and_is_shown_once(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("administrador")

    pagina = crear(navegador)

    clave = pagina.html.find(id="clave").text
    assert llama(navegador, clave) == 200
    assert pagina.headers["Cache-Control"] == "no-store"
    assert clave.rpartition(".")[2] not in navegador.get("/admin/claves").text
    assert [(a.acto, a.sobre) for a in asientos(navegador)] == [("crear-clave", "claves/mesa")]
    assert clave.rpartition(".")[2] not in str(asientos(navegador))


def test_a_page_sent_twice_makes_one_key(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("administrador")
    formulario = navegador.get("/admin/claves/crear").forms["formulario"]
    formulario["remitente"] = "mesa"
    formulario.submit()

    segunda = formulario.submit()

    assert "Esa clave ya se creó" in segunda.html.find(class_="resumen-error").text
    assert len(asientos(navegador)) == 1
    assert segunda.forms["formulario"].submit().html.find(id="clave")


def test_a_revoked_key_opens_nothing_and_stays_on_the_list(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("administrador")
    clave = crear(navegador).html.find(id="clave").text
    pregunta = navegador.get("/admin/claves").click("de mesa")
    assert "no podrá depositar" in pregunta

    lista = pregunta.forms["formulario"].submit().follow()

    assert "ya no sirve" in lista
    assert "Revocada el" in lista
    assert llama(navegador, clave) == 401
    assert asientos(navegador)[-1][4:6] == ("revocar-clave", "claves/mesa")
    pregunta.forms["formulario"].submit()
    assert len(asientos(navegador)) == 2


def test_a_name_that_could_not_travel_is_refused(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("administrador")

    assert "letras minúsculas sin tilde" in crear(navegador, "Mesa de Partes").html.find(class_="resumen-error").text


def test_what_is_not_there_is_not_found(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("administrador")

    for camino in ("", "/sgd", "/sgd/otra", "/nadie/1", "/sgd/1/2"):
        navegador.get(f"/admin/claves/revocar{camino}", status=404)
    navegador.get("/admin/claves/sgd", status=404)


def test_the_auditor_sees_and_makes_none(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")
    lista = navegador.get("/admin/claves")

    assert "sgd" in lista.html.tbody.text
    assert "Revocar" not in lista.html.main.text
    navegador.get("/admin/claves/crear", status=403)
    navegador.get("/admin/claves/revocar/sgd/1", status=403)
