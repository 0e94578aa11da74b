"""One member of staff alone cannot take a casilla over by way of its mail address: two have to vouch for it."""

from datetime import datetime
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.services.correcciones import Correccion
from casilla.services.correspondencia import CREDENCIALES, RECUPERACION_CLAVE, RECUPERACION_EN_ESPERA
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.views.test_recuperacion import pedir

NUEVO = "rosa.nueva@correo.example"
AJUSTE = "casilla.espera_tras_correccion"


@pytest.fixture
def registra(navegador: Navegador) -> Navegador:
    navegador.entrar_al_modulo("registro")
    return navegador


@pytest.fixture
def segunda(navegador: Navegador, base_de_datos: DB) -> Navegador:
    """Another one of Registro, at another computer."""
    en(base_de_datos, lambda sitio: mundo.funcionario(sitio, "segunda", ("registro",)))
    otro = Navegador(navegador.app)
    otro.base_de_datos = base_de_datos
    otro.entrar_al_modulo("segunda")
    return otro


def en(base_de_datos: DB, que: Any) -> Any:
    with base_de_datos.transaction() as conexion:
        return que(conexion.root()[RAIZ])


def ficha(navegador: Navegador) -> Any:
    """Rosa's page, looked up as anybody must."""
    formulario = navegador.get("/admin/personas").forms["formulario"]
    formulario["quien"] = mundo.ROSA
    return formulario.submit().follow()


def corregir(navegador: Navegador, correo: str = NUEVO) -> Any:
    formulario = navegador.get(f"{ficha(navegador).request.path}/contacto").forms["formulario"]
    formulario["correo"], formulario["motivo"] = correo, "Perdió el anterior"
    return formulario.submit().follow()


def confirmar(pagina: Any) -> Any:
    formulario = pagina.click("Confirmar la corrección").forms["formulario"]
    formulario["motivo"] = "La llamé al teléfono registrado"
    return formulario.submit().follow()


def cartas(sitio: Sitio, *clases: str) -> list[tuple[str, str, datetime]]:
    """Those that are about somebody: class, address and from when they may leave."""
    return sorted((c.clase, c.para, c.creada_en) for _, c in sitio.salida if c.clase in clases and c.sobre.persona)


def acceso(base_de_datos: DB) -> list[str]:
    """The classes of letters that let in and go to the new address now, without waiting for an hour."""
    de_acceso = (RECUPERACION_CLAVE, CREDENCIALES)
    dichas = en(base_de_datos, lambda sitio: cartas(sitio, *de_acceso))
    hasta = en(base_de_datos, lambda sitio: (sitio.usuarios[mundo.ROSA].correccion or (None,) * 4)[3])
    return [clase for clase, para, desde in dichas if para == NUEVO and desde != hasta]


def texto(pagina: Any) -> str:
    return " ".join(pagina.html.main.text.split())


def asientos(base_de_datos: DB) -> list[tuple[str, str]]:
    return en(base_de_datos, lambda sitio: [(a.actor, a.acto) for a in sitio.auditoria])


def test_the_page_says_who_corrected_when_and_until_when_links_wait(registra: Navegador) -> None:
    pagina = corregir(registra)

    assert "Los enlaces para entrar esperan" in texto(pagina)
    assert "Corrección de correo del" in texto(pagina)
    assert "por registro: sin confirmar. Los enlaces de acceso esperan hasta el" in texto(pagina)
    assert "La puede confirmar otra persona con el rol Registro." in texto(pagina)
    assert not pagina.html.find("a", string="Confirmar la corrección")


def test_whoever_corrected_can_neither_send_a_link_nor_confirm(registra: Navegador, base_de_datos: DB) -> None:
    pagina = corregir(registra)

    enviar = pagina.click("Enviar enlace de recuperación").follow()
    assert "El correo se corrigió hace poco: el enlace puede salir después del" in texto(enviar)
    assert "o en cuanto otra persona confirme la corrección" in texto(enviar)
    propia = registra.get(f"{pagina.request.path}/confirmar").follow()
    assert "La corrección la confirma otra persona, no quien la hizo." in texto(propia)
    assert acceso(base_de_datos) == []
    assert ("registro", "enviar-recuperacion") not in asientos(base_de_datos)


def test_a_form_that_stood_open_sends_no_link_after_a_correction(registra: Navegador, base_de_datos: DB) -> None:
    abierta = registra.get(f"{ficha(registra).request.path}/recuperacion").forms["formulario"]
    corregir(registra)
    abierta["motivo"] = "Lo pidió"

    assert "El correo se corrigió hace poco" in texto(abierta.submit().follow())
    assert acceso(base_de_datos) == []


def test_the_public_recovery_answers_as_ever_and_promises_the_link_for_later(
    registra: Navegador, base_de_datos: DB
) -> None:
    antes = pedir(registra, correo=NUEVO)
    corregir(registra)
    publico = Navegador(registra.app)
    publico.base_de_datos = base_de_datos

    con_correo_nuevo = pedir(publico, correo=NUEVO)

    assert con_correo_nuevo.location == antes.location == pedir(publico, "1-49999999", NUEVO).location
    assert acceso(base_de_datos) == []
    assert [para for _, para, _ in en(base_de_datos, lambda s: cartas(s, RECUPERACION_EN_ESPERA))] == [NUEVO]
    assert "Se pidió un enlace para elegir otra contraseña" in texto(ficha(registra))


def test_a_second_person_confirms_and_then_the_link_goes(
    registra: Navegador, segunda: Navegador, base_de_datos: DB
) -> None:
    corregir(registra)
    pagina = ficha(segunda).click("Confirmar la corrección")
    assert "La cuenta registro cambió el correo rosa@correo.example por rosa.nueva@correo.example" in texto(pagina)

    hecha = confirmar(ficha(segunda))

    assert "La corrección está confirmada" in texto(hecha)
    assert "sin confirmar" not in texto(hecha)
    assert asientos(base_de_datos)[-1] == ("segunda", "confirmar-correccion")
    ultimo = en(base_de_datos, lambda sitio: next(sitio.auditoria.hacia_atras()))
    assert ultimo.antes == "Corrigió: registro"
    assert ultimo.despues == f"Correo: {NUEVO}\nMotivo: La llamé al teléfono registrado"
    enviar = ficha(registra).click("Enviar enlace de recuperación").forms["formulario"]
    enviar["motivo"] = "Lo pidió"
    assert "El enlace va en camino" in texto(enviar.submit().follow())
    assert acceso(base_de_datos) == [RECUPERACION_CLAVE]


def test_what_is_confirmed_is_what_was_looked_at(registra: Navegador, segunda: Navegador, base_de_datos: DB) -> None:
    corregir(registra, "rosa.buena@correo.example")
    mirada = ficha(segunda).click("Confirmar la corrección").forms["formulario"]
    corregir(registra, NUEVO)
    mirada["motivo"] = "La llamé"

    pagina = mirada.submit().follow()

    assert "El correo se corrigió otra vez mientras usted miraba: revíselo." in texto(pagina)
    assert "sin confirmar" in texto(pagina)
    assert ("segunda", "confirmar-correccion") not in asientos(base_de_datos)


def test_two_confirm_at_once_and_the_second_is_told(registra: Navegador, segunda: Navegador, base_de_datos: DB) -> None:
    corregir(registra)
    abierta = ficha(segunda).click("Confirmar la corrección").forms["formulario"]
    confirmar(ficha(segunda))
    abierta["motivo"] = "Otra vez"

    assert "No hay ninguna corrección que confirmar." in texto(abierta.submit().follow())
    assert asientos(base_de_datos).count(("segunda", "confirmar-correccion")) == 1


def test_nothing_is_confirmed_without_saying_how(registra: Navegador, segunda: Navegador, base_de_datos: DB) -> None:
    corregir(registra)
    formulario = ficha(segunda).click("Confirmar la corrección").forms["formulario"]

    assert "Escriba cómo lo comprobó" in formulario.submit()
    assert ("segunda", "confirmar-correccion") not in asientos(base_de_datos)


def test_an_auditor_reads_how_it_stands_and_confirms_nothing(registra: Navegador, base_de_datos: DB) -> None:
    corregir(registra)
    auditor = Navegador(registra.app)
    auditor.base_de_datos = base_de_datos
    auditor.entrar_al_modulo("auditor")

    pagina = ficha(auditor)

    assert "por registro: sin confirmar" in texto(pagina)
    assert not pagina.html.find("a", string="Confirmar la corrección")
    auditor.get(f"{pagina.request.path}/confirmar", status=403)


def test_a_temporary_password_that_died_is_not_renewed_into_the_new_address(
    registra: Navegador, base_de_datos: DB
) -> None:
    """ROSA's own is put to be a temporary one whose time is over."""
    corregir(registra)
    en(base_de_datos, lambda s: setattr(s.usuarios[mundo.ROSA], "temporal_hasta", mundo.ENERO))
    publico = Navegador(registra.app)
    publico.base_de_datos = base_de_datos
    formulario = publico.get("/").forms["formulario"]
    formulario["usuario"], formulario["clave"] = mundo.ROSA, mundo.CLAVE

    pagina = formulario.submit().follow()

    assert "Su contraseña temporal venció. La institución corrigió su correo hace poco" in pagina.html.text
    assert acceso(base_de_datos) == []


def test_an_address_taken_away_again_after_its_time_gets_no_link_by_being_put_back(
    registra: Navegador, segunda: Navegador, base_de_datos: DB
) -> None:
    """The owner reads late and objects; a second person puts the old address right, and the first undoes that."""
    corregir(registra)
    en(base_de_datos, termina_la_espera)
    corregir(segunda, "rosa@correo.example")
    pagina = corregir(registra)

    assert "por registro: sin confirmar" in texto(pagina)
    enviar = pagina.click("Enviar enlace de recuperación").follow()
    assert "El correo se corrigió hace poco" in texto(enviar)
    assert acceso(base_de_datos) == []


def termina_la_espera(sitio: Sitio) -> None:
    usuario = sitio.usuarios[mundo.ROSA]
    usuario.correccion = tuple(Correccion(*usuario.correccion)._replace(hasta=mundo.ENERO))


def test_the_owner_reads_in_the_account_that_it_was_confirmed(
    registra: Navegador, segunda: Navegador, base_de_datos: DB
) -> None:
    corregir(registra)
    confirmar(ficha(segunda))
    titular = Navegador(registra.app)
    titular.base_de_datos = base_de_datos
    titular.entrar(mundo.ROSA)

    assert "otra persona de la institución confirmó la corrección de su correo" in texto(titular.get("/cuenta"))


def test_with_the_wait_turned_off_nothing_is_said_of_it(registra: Navegador, base_de_datos: DB) -> None:
    ajustes = registra.app.registry.settings
    antes, ajustes[AJUSTE] = ajustes[AJUSTE], 0
    try:
        formulario = registra.get(f"{ficha(registra).request.path}/contacto")
        assert "ningún enlace" not in texto(formulario)
        pagina = corregir(registra)
        assert "esperan" not in texto(pagina)
        enviar = pagina.click("Enviar enlace de recuperación").forms["formulario"]
        enviar["motivo"] = "Lo pidió"
        enviar.submit()
    finally:
        ajustes[AJUSTE] = antes
    assert acceso(base_de_datos) == [RECUPERACION_CLAVE]


def test_the_page_of_the_correction_says_what_will_wait(registra: Navegador) -> None:
    pagina = registra.get(f"{ficha(registra).request.path}/contacto")

    assert "Al correo nuevo no irá ningún enlace ni contraseña para entrar antes del" in texto(pagina)
