"""The institution's own data: edited in one place, seen everywhere, traced."""

from typing import Any

from casilla.services.fundacion import RAIZ
from casilla.services.institucion import RECUADROS, datos_de
from tests.conftest import Navegador


def ultimo_asiento(navegador: Navegador) -> Any:
    with navegador.base_de_datos.transaction() as conexion:
        return next(conexion.root()[RAIZ].auditoria.hacia_atras())


def test_what_is_edited_is_on_every_page_and_the_audit_has_before_and_after(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("administrador")
    formulario = navegador.get("/admin/ajustes").click("Editar").forms["formulario"]
    formulario["telefono"], formulario["anexo"] = "(01) 200-3000", "77"

    pagina = formulario.submit().follow()

    assert "(01) 200-3000" in pagina.html.dl.text
    assert "Anexo 77" in navegador.get("/").text
    asiento = ultimo_asiento(navegador)
    assert (asiento.acto, asiento.sobre) == ("editar", "ajustes")
    assert asiento.antes == "Teléfono: (01) 626-1600\nAnexo: 1928"
    assert asiento.despues == "Teléfono: (01) 200-3000\nAnexo: 77"


def test_of_two_who_edit_at_once_the_second_is_told_and_nothing_is_lost(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("administrador")
    primero, segundo = (navegador.get("/admin/ajustes/editar").forms["formulario"] for _ in range(2))
    primero["anexo"] = "1"
    primero.submit().follow()
    segundo["anexo"] = "2"

    avisada = segundo.submit()

    assert "Otra persona guardó cambios" in avisada.html.find(class_="resumen-error").text
    assert avisada.forms["formulario"]["anexo"].value == "2"
    assert "1" in avisada.html.find("section", {"aria-labelledby": "presentes"}).text
    assert "2" in avisada.forms["formulario"].submit().follow().html.dl.text


def test_saving_what_there_was_writes_nothing(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("administrador")
    antes = navegador.base_de_datos.lastTransaction()

    navegador.get("/admin/ajustes/editar").forms["formulario"].submit().follow()

    assert navegador.base_de_datos.lastTransaction() == antes


def test_nothing_may_be_left_empty(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("administrador")
    formulario = navegador.get("/admin/ajustes/editar").forms["formulario"]
    for campo in RECUADROS:
        formulario[campo] = " "

    assert len(formulario.submit().html.find(class_="resumen-error").find_all("li")) == len(RECUADROS)


def test_every_datum_of_the_institution_is_edited_here(navegador: Navegador) -> None:
    with navegador.base_de_datos.transaction() as conexion:
        institucion = conexion.root()[RAIZ].institucion
        assert {*RECUADROS, "anteriores"} == set(institucion.__getstate__())
        assert all(datos_de(institucion).values())


def test_the_auditor_sees_them(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")

    assert "Editar" not in navegador.get("/admin/ajustes").html.main.text
    navegador.get("/admin/ajustes/editar", status=403)
