"""Two tabs of the same person on one deposit by hand: the second is told, and nothing is lost or deposited unseen."""

from typing import Any

import pytest
from webtest import Upload
from ZODB import DB

from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador, Reloj
from tests.views.admin.test_dos_a_la_vez import comparados
from tests.views.admin.test_notificar import DATOS, PDF, boton, empezar, llenar, reingresar, revision, subir

OTRO_PDF = mundo.pdf(3)


@pytest.fixture
def navegador(navegador: Navegador) -> Navegador:
    navegador.entrar_al_modulo("notificador")
    return navegador


def otra_vez(navegador: Navegador, pagina: Any) -> Any:
    """The same page in another tab."""
    return navegador.get(pagina.request.path)


def ficha(pagina: Any) -> str:
    """The address of its draft."""
    return str(pagina.request.path.rpartition("/")[0])


def depositadas(base_de_datos: DB) -> int:
    with base_de_datos.transaction() as conexion:
        filas = conexion.root()[RAIZ].personas[mundo.ROSA].casilla.filas.values()
        return sum(fila[6] == DATOS["numero"] for fila in filas)


def test_the_second_tab_sees_what_the_first_saved_beside_what_it_typed(navegador: Navegador) -> None:
    primera = empezar(navegador)
    segunda = otra_vez(navegador, primera)
    llenar(primera, asunto="Lo de la primera", plazo="")

    avisada = llenar(segunda, asunto="Lo de la segunda")

    assert "Este borrador cambió en otra pestaña" in avisada.html.find(class_="resumen-error").text
    assert comparados(avisada) == {
        "Asunto": ("Lo de la primera", "Lo de la segunda"),
        "Plazo en días hábiles": ("—", "15"),
    }
    assert avisada.forms["formulario"]["asunto"].value.strip() == "Lo de la segunda"
    assert avisada.click("Dejar lo mío").forms["formulario"]["asunto"].value.strip() == "Lo de la primera"
    avisada.forms["formulario"].submit().follow()
    assert otra_vez(navegador, primera).forms["formulario"]["asunto"].value.strip() == "Lo de la segunda"


def test_a_file_put_in_meanwhile_is_no_change_of_the_data(navegador: Navegador) -> None:
    archivos = llenar(empezar(navegador)).follow()
    datos = navegador.get(f"{ficha(archivos)}/datos")
    subir(archivos)

    assert llenar(datos, asunto="Otro").status_int == 303


def test_annexes_of_two_tabs_are_all_kept_and_the_same_one_once(navegador: Navegador) -> None:
    una = llenar(empezar(navegador)).follow()
    otra = otra_vez(navegador, una)
    subir(una, anexos=(("uno.txt", b"1"),))

    pagina = subir(otra, anexos=(("dos.txt", b"22"), ("uno.txt", b"1"))).follow()

    assert [dt.text for dt in pagina.html.find("dl").find_all("dt")] == ["Documento original", "Anexo 1", "Anexo 2"]
    assert pagina.click("uno.txt").body == b"1"
    assert pagina.click("dos.txt").body == b"22"


def test_of_two_documents_one_is_chosen_before_anything_is_deposited(navegador: Navegador, base_de_datos: DB) -> None:
    una = llenar(empezar(navegador)).follow()
    otra = otra_vez(navegador, una)
    subir(una, nombre="una.pdf")

    pagina = subir(otra, OTRO_PDF, nombre="otra.pdf").follow()

    assert "Hay 2 documentos y solo va uno" in pagina
    assert pagina.click("^otra.pdf").body == OTRO_PDF
    assert "Continuar a la revisión" not in pagina
    assert navegador.get(f"{ficha(pagina)}/revisar").follow().follow().html.h1.text == "Archivos"
    elegida = boton(pagina, "una.pdf").submit("archivo").follow().click("Continuar a la revisión")
    hecho = boton(elegida, "Notificar").submit().follow()
    with base_de_datos.transaction() as conexion:
        notificacion = conexion.root()[RAIZ].registro[hecho.html.find(id="codigo").text]
        assert notificacion.documento.bytes() == OTRO_PDF


def test_a_file_is_taken_out_by_what_it_is_and_not_by_its_number(navegador: Navegador) -> None:
    anexos = tuple((f"{n}.txt", n.encode()) for n in ("uno", "dos", "tres"))
    una = subir(llenar(empezar(navegador)).follow(), anexos=anexos).follow()
    otra = otra_vez(navegador, una)
    boton(una, "uno.txt").submit("archivo")

    pagina = boton(otra, "dos.txt").submit("archivo").follow()

    assert "Se quitó «dos.txt»" in pagina
    assert pagina.click("tres.txt").body == b"tres"
    assert "Ese archivo ya no estaba" in boton(otra, "uno.txt").submit("archivo").follow()


def test_only_what_was_looked_at_is_deposited(navegador: Navegador, base_de_datos: DB) -> None:
    revisada = revision(navegador)
    llenar(navegador.get(f"{ficha(revisada)}/datos"), asunto="Otra cosa")

    vuelta = boton(revisada, "Notificar").submit().follow()

    assert "cambió en otra pestaña después de que usted abrió la revisión" in vuelta
    assert "Otra cosa" in vuelta.html.find("section", {"aria-labelledby": "vista"}).text
    assert depositadas(base_de_datos) == 0
    assert boton(vuelta, "Notificar").submit().follow().html.h1.text == "Notificación depositada"
    assert depositadas(base_de_datos) == 1


@pytest.mark.parametrize("cambio", ["un documento", "un anexo menos", "otro anexo"])
def test_a_change_of_the_files_is_looked_at_too(navegador: Navegador, base_de_datos: DB, cambio: str) -> None:
    archivos = subir(llenar(empezar(navegador)).follow(), anexos=(("uno.txt", b"1"),)).follow()
    revisada = archivos.click("Continuar a la revisión")
    if cambio == "un anexo menos":
        boton(archivos, "uno.txt").submit("archivo")
    elif cambio == "otro anexo":
        archivos.forms["formulario"]["anexos"] = [Upload("dos.txt", b"2")]
        archivos.forms["formulario"].submit()
    else:
        subir(archivos, OTRO_PDF)

    assert "revíselo otra vez" in boton(revisada, "Notificar").submit().follow()
    assert depositadas(base_de_datos) == 0


def test_two_tabs_that_deposit_do_it_once_and_both_are_shown_it(navegador: Navegador, base_de_datos: DB) -> None:
    una = revision(navegador)
    otra = otra_vez(navegador, una)

    codigos = {boton(p, "Notificar").submit().follow().html.find(id="codigo").text for p in (una, otra)}

    assert len(codigos) == 1
    assert depositadas(base_de_datos) == 1


def test_what_is_typed_after_the_deposit_of_another_tab_is_told_and_shown_still(navegador: Navegador) -> None:
    revisada = revision(navegador)
    datos = navegador.get(f"{ficha(revisada)}/datos")
    boton(revisada, "Notificar").submit()

    avisada = llenar(datos, asunto="Tarde")

    assert "ya se depositó desde otra pestaña" in avisada.html.find(class_="resumen-error").text
    assert avisada.forms["formulario"]["asunto"].value.strip() == "Tarde"
    assert "ya se depositó" in avisada.forms["formulario"].submit()


def test_what_was_deposited_meanwhile_is_not_thrown_away(navegador: Navegador) -> None:
    una = revision(navegador)
    otra = otra_vez(navegador, una)
    boton(una, "Notificar").submit()

    respuesta = boton(otra, "Descartar").submit().follow()

    assert "Ya se notificó, desde otra pestaña" in respuesta
    assert respuesta.html.h1.text == "Notificación depositada"


def test_what_changed_meanwhile_is_looked_at_before_it_is_thrown_away(navegador: Navegador) -> None:
    revisada = revision(navegador)
    llenar(navegador.get(f"{ficha(revisada)}/datos"), asunto="Otra cosa")

    assert "no se hizo nada" in boton(revisada, "Descartar").submit().follow()
    assert DATOS["numero"] in navegador.get("/admin/notificar")


def test_what_was_thrown_away_meanwhile_begins_again_with_what_was_typed(navegador: Navegador) -> None:
    revisada = revision(navegador)
    datos = navegador.get(f"{ficha(revisada)}/datos")
    boton(revisada, "Descartar").submit()

    avisada = llenar(datos, asunto="Sigo aquí")

    assert "se descartó en otra pestaña" in avisada.html.find(class_="resumen-error").text
    assert avisada.forms["formulario"].submit().follow().html.h1.text == "Archivos"
    assert DATOS["numero"] in navegador.get("/admin/notificar")


def test_every_page_of_what_was_thrown_away_says_so(navegador: Navegador) -> None:
    revisada = revision(navegador)
    otra = otra_vez(navegador, revisada)
    archivos = navegador.get(f"{ficha(revisada)}/archivos")
    boton(revisada, "Descartar").submit()

    for respuesta in (boton(otra, "Notificar").submit(), boton(otra, "Descartar").submit(), subir(archivos)):
        while respuesta.status_int == 303:
            respuesta = respuesta.follow()
        assert "Esa notificación se descartó el" in respuesta
        assert "No se depositó" in respuesta


def teclear(navegador: Navegador, pagina: Any, **cambios: str) -> Any:
    """As the page's own script does while somebody types."""
    formulario = pagina.forms["formulario"]
    for campo, valor in cambios.items():
        formulario[campo] = valor
    return navegador.post(f"{ficha(pagina)}/teclear", formulario.submit_fields(), expect_errors=True)


def test_what_was_typed_when_the_session_ended_is_there_after_both_factors(navegador: Navegador, reloj: Reloj) -> None:
    pagina = empezar(navegador)
    teclear(navegador, pagina, asunto="A medias", **{"fecha-dia": "31", "fecha-mes": "febr"})
    reloj.adelantar(minutos=16)

    vuelta = reingresar(navegador.get(pagina.request.path).follow())

    assert "Recuperamos lo que escribió" in vuelta
    assert vuelta.forms["formulario"]["asunto"].value.strip() == "A medias"
    assert (vuelta.forms["formulario"]["fecha-dia"].value, vuelta.forms["formulario"]["fecha-mes"].value) == (
        "31",
        "febr",
    )
    assert "resumen-error" not in vuelta
    assert llenar(vuelta).status_int == 303
    assert "Recuperamos" not in otra_vez(navegador, pagina)


def test_whoever_types_is_not_sent_out(navegador: Navegador, reloj: Reloj) -> None:
    pagina = empezar(navegador)
    for n in range(5):
        reloj.adelantar(minutos=10)
        marca = teclear(navegador, pagina, asunto="x" * n)
        assert marca.status_int == 200
        pagina.forms["formulario"]["marca"] = marca.text

    assert llenar(pagina).status_int == 303


def test_what_another_tab_types_is_not_typed_over(navegador: Navegador) -> None:
    una = empezar(navegador)
    otra = otra_vez(navegador, una)
    teclear(navegador, una, asunto="Lo de una")

    assert teclear(navegador, otra, asunto="Lo de otra").status_int == 409
    avisada = llenar(otra, asunto="Lo de otra")
    assert comparados(avisada)["Asunto"] == ("Lo de una", "Lo de otra")


def test_nobody_elses_draft_is_typed_in(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = empezar(navegador)
    with base_de_datos.transaction() as conexion:
        mundo.funcionario(conexion.root()[RAIZ], "otro", ("notificador",))
    navegador.reset()
    navegador.entrar_al_modulo("otro")
    pagina.forms["formulario"]["csrf_token"] = navegador.get("/admin/notificar").forms["formulario"]["csrf_token"].value

    assert teclear(navegador, pagina, asunto="Ajeno").status_int == 403


def test_what_was_typed_over_what_was_saved_is_not_deposited_and_can_be_let_go(navegador: Navegador) -> None:
    revisada = revision(navegador)
    datos = navegador.get(f"{ficha(revisada)}/datos")
    teclear(navegador, datos, asunto="A medias")

    vuelta = otra_vez(navegador, revisada)
    assert "En los datos hay algo que escribió y no guardó" in vuelta
    assert "A medias" not in vuelta
    olvidado = boton(vuelta.click("Vea lo que escribió"), "Volver a lo guardado").submit("olvidar").follow()
    assert olvidado.forms["formulario"]["asunto"].value.strip() == DATOS["asunto"]
    assert boton(otra_vez(navegador, revisada), "Notificar").submit().follow().html.h1.text == "Notificación depositada"


def test_the_document_put_in_twice_is_one(navegador: Navegador) -> None:
    una = llenar(empezar(navegador)).follow()
    otra = otra_vez(navegador, una)
    subir(una, PDF)

    assert "Continuar a la revisión" in subir(otra, PDF).follow()
