"""An officer deposits by hand: step by step, nothing lost, once."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from webtest import Upload
from ZODB import DB

from casilla.gateways.clamd import Clamd
from casilla.resources.sitio import Sitio
from casilla.services.fundacion import RAIZ
from casilla.services.plazos import Calendario
from casilla.views.admin.notificar_revision import fuera_de_hora
from tests import mundo
from tests.almacenes import puerto_libre
from tests.conftest import Navegador
from tests.gateways.clamd import FIRMA, INFECTADO, clamd

PDF = mundo.pdf(2)
DATOS = {
    "expediente": "OGT002026000009",
    "tipo": "CARTA",
    "numero": "000099-2026-OGTI",
    "asunto": "Respuesta a su solicitud",
    "firmado_por": "PERSONA FICTICIA QUE FIRMA",
    "elaborado_por": "PERSONA FICTICIA QUE ELABORA",
    "plazo": "15",
}


@pytest.fixture
def navegador(navegador: Navegador) -> Navegador:
    navegador.entrar_al_modulo("notificador")
    return navegador


def buscar(navegador: Navegador, tipo: str = "1", numero: str = "40000001") -> Any:
    formulario = navegador.get("/admin/notificar").forms["formulario"]
    formulario["tipo"], formulario["numero"] = tipo, numero
    return formulario.submit()


def empezar(navegador: Navegador) -> Any:
    """The page of the data, for Rosa."""
    pagina = buscar(navegador)
    return next(f for f in pagina.forms.values() if f.action.endswith("/empezar")).submit().follow()


def llenar(pagina: Any, **cambios: str) -> Any:
    formulario = pagina.forms["formulario"]
    for campo, valor in {**DATOS, **cambios}.items():
        formulario[campo] = valor
    for fecha in ("fecha_expediente", "fecha"):
        formulario[f"{fecha}-dia"], formulario[f"{fecha}-mes"], formulario[f"{fecha}-ano"] = "16", "enero", "2026"
    return formulario.submit()


def subir(
    pagina: Any, documento: bytes = PDF, anexos: tuple[tuple[str, bytes], ...] = (), nombre: str = "CARTA.pdf"
) -> Any:
    formulario = pagina.forms["formulario"]
    formulario["documento"] = Upload(nombre, documento, "application/pdf")
    if anexos:
        formulario["anexos"] = [Upload(*anexo) for anexo in anexos]
    return formulario.submit()


def revision(navegador: Navegador, **cambios: str) -> Any:
    pagina = subir(llenar(empezar(navegador), **cambios).follow()).follow()
    return pagina.click("Continuar a la revisión")


def boton(pagina: Any, rotulo: str) -> Any:
    """The form whose button says so."""
    return next(formulario for formulario in pagina.forms.values() if rotulo in formulario.text)


def test_from_the_person_to_the_deposit(navegador: Navegador, base_de_datos: DB) -> None:
    hecho = boton(revision(navegador), "Notificar").submit().follow()

    assert hecho.html.h1.text == "Notificación depositada"
    codigo = hecho.html.find(id="codigo").text
    with base_de_datos.transaction() as conexion:
        sitio: Sitio = conexion.root()[RAIZ]
        notificacion = sitio.registro[codigo]
        assert notificacion.documento.bytes() == PDF
        assert notificacion.__parent__ is sitio.personas[mundo.ROSA].casilla
        assert (notificacion.dependencia, notificacion.remitente) == (mundo.DEPENDENCIA, "notificador")
        assert notificacion.fecha == notificacion.fecha_emision == datetime(2026, 1, 16, 5, tzinfo=UTC)
        assert any(carta.sobre is notificacion for _, carta in sitio.salida)
        ultimo = next(iter(sitio.auditoria.hacia_atras()))
        assert (ultimo.actor, ultimo.acto, ultimo.sobre) == ("notificador", "notificar", f"depositos/{codigo}")
    assert hecho.click("Descargar la constancia").body.startswith(b"%PDF-")


def test_a_double_click_deposits_once(navegador: Navegador, base_de_datos: DB) -> None:
    formulario = boton(revision(navegador), "Notificar")
    primero = formulario.submit().follow()
    segundo = formulario.submit().follow()

    assert segundo.html.find(id="codigo").text == primero.html.find(id="codigo").text
    with base_de_datos.transaction() as conexion:
        filas = conexion.root()[RAIZ].personas[mundo.ROSA].casilla.filas.values()
        assert sum(fila[6] == "000099-2026-OGTI" for fila in filas) == 1


@pytest.mark.parametrize(("numero", "de_alguien"), [("40000001", True), ("40009999", False)])
def test_looking_somebody_up_leaves_an_entry(
    navegador: Navegador, base_de_datos: DB, numero: str, de_alguien: bool
) -> None:
    buscar(navegador, numero=numero)

    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        ultimo = next(sitio.auditoria.hacia_atras())
        de_rosa = f"personas/{sitio.personas[mundo.ROSA].casilla.__name__}"
    assert (ultimo.actor, ultimo.acto) == ("notificador", "consultar")
    assert ultimo.sobre == (de_rosa if de_alguien else "personas")
    assert numero not in ultimo.despues


def test_whoever_has_no_casilla_is_notified_on_paper(navegador: Navegador) -> None:
    pagina = buscar(navegador, numero="49999999")

    assert "DNI 49999999 no tiene casilla electrónica" in pagina
    assert "notifíquele en papel" in pagina
    assert "empezar" not in pagina


def test_a_closed_casilla_is_said_so(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].personas[mundo.ROSA].casilla.cerrada_en = mundo.ENERO

    pagina = buscar(navegador)

    assert "La casilla de QUISPE MAMANI ROSA está cerrada" in pagina.html.text.replace(",", "")
    assert "notifíquele en papel" in pagina
    assert "empezar" not in pagina


@pytest.mark.parametrize(
    ("tipo", "numero", "queja"),
    [
        ("1", "4000000", "de 8 a 12 números"),
        ("1", "400000011", "El número de DNI tiene 8 cifras"),
        ("8", "20100000000", "El RUC tiene 11 cifras"),
        ("1", "", "Escriba el número"),
    ],
)
def test_a_number_that_is_none_is_told(navegador: Navegador, tipo: str, numero: str, queja: str) -> None:
    assert queja in buscar(navegador, tipo, numero)


def test_no_address_shows_a_document_number(navegador: Navegador) -> None:
    pagina = empezar(navegador)

    assert "40000001" not in pagina.request.url


def actos(base_de_datos: DB) -> list[tuple[str, str]]:
    with base_de_datos.transaction() as conexion:
        return [(a.acto, a.sobre) for a in conexion.root()[RAIZ].auditoria if a.actor == "notificador"]


def de_golpe(navegador: Navegador, numero: str) -> Any:
    """Begin with a person whom nobody looked up, as a form of one's own making can."""
    ficha = navegador.get("/admin/notificar").forms["formulario"]["csrf_token"].value
    return navegador.post("/admin/notificar/empezar", {"csrf_token": ficha, "tipo": "1", "numero": numero}).follow()


def test_whoever_begins_without_looking_the_person_up_leaves_the_same_entry(
    navegador: Navegador, base_de_datos: DB
) -> None:
    with base_de_datos.transaction() as conexion:
        casilla = conexion.root()[RAIZ].personas[mundo.ROSA].casilla.__name__

    assert "QUISPE MAMANI" in de_golpe(navegador, "40000001")

    assert ("consultar", f"personas/{casilla}") in actos(base_de_datos)
    de_golpe(navegador, "40000001")
    assert actos(base_de_datos).count(("consultar", f"personas/{casilla}")) == 1


def test_nor_does_one_learn_without_an_entry_who_has_no_casilla(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = de_golpe(navegador, "49999999")

    assert "Esa persona no tiene una casilla abierta. Notifíquela en papel" in pagina
    assert actos(base_de_datos)[-1] == ("consultar", "personas")


def test_what_is_wrong_is_told_and_what_was_typed_stays(navegador: Navegador) -> None:
    pagina = llenar(empezar(navegador), plazo="mucho", asunto="")

    quejas = [li.text for li in pagina.html.find(class_="resumen-error").find_all("li")]
    assert quejas == ["Escriba el asunto", "Escriba un número de días, de 1 a 3650, o déjelo vacío"]
    assert pagina.forms["formulario"]["expediente"].value == DATOS["expediente"]


def test_a_date_in_the_future_is_refused(navegador: Navegador) -> None:
    formulario = empezar(navegador).forms["formulario"]
    for campo, valor in DATOS.items():
        formulario[campo] = valor
    for fecha in ("fecha_expediente", "fecha"):
        formulario[f"{fecha}-dia"], formulario[f"{fecha}-mes"], formulario[f"{fecha}-ano"] = "16", "1", "2999"

    assert "La fecha del documento no puede ser posterior a hoy" in formulario.submit()


def test_only_ones_own_dependencias_are_offered_and_taken(navegador: Navegador) -> None:
    formulario = empezar(navegador).forms["formulario"]
    assert [valor for valor, *_ in formulario["dependencia"].options] == ["", mundo.DEPENDENCIA]

    formulario["dependencia"].force_value("OTRA OFICINA")
    for campo, valor in DATOS.items():
        formulario[campo] = valor
    for fecha in ("fecha_expediente", "fecha"):
        formulario[f"{fecha}-dia"], formulario[f"{fecha}-mes"], formulario[f"{fecha}-ano"] = "16", "1", "2026"
    assert "Elija la dependencia" in formulario.submit()


def test_who_loses_the_dependencia_meanwhile_is_told(navegador: Navegador, base_de_datos: DB) -> None:
    formulario = boton(revision(navegador), "Notificar")
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].funcionarios["notificador"].dependencias = ("OTRA",)

    assert "ya no notifica por la dependencia" in formulario.submit().follow()


@pytest.mark.parametrize(
    ("contenido", "queja"),
    [(b"hola", "el archivo no es un PDF"), (PDF[:-200], "incompleto"), (b"", "está vacío")],
)
def test_a_document_that_does_not_open_is_told(navegador: Navegador, contenido: bytes, queja: str) -> None:
    assert queja in subir(llenar(empezar(navegador)).follow(), contenido)


def test_a_scan_is_said_and_not_refused(navegador: Navegador) -> None:
    assert "Sin texto: parece escaneado" in subir(llenar(empezar(navegador)).follow()).follow()


def test_files_are_kept_added_shown_and_taken_out(navegador: Navegador) -> None:
    pagina = subir(llenar(empezar(navegador)).follow(), anexos=(("uno.txt", b"1"), ("dos.txt", b"22"))).follow()
    assert "CARTA.pdf (PDF, 1 KB, 2 páginas)" in pagina or "CARTA.pdf (PDF," in pagina
    assert pagina.click("uno.txt").body == b"1"
    pagina.forms["formulario"]["anexos"] = [Upload("tres.txt", b"333")]
    pagina = pagina.forms["formulario"].submit().follow()
    assert pagina.click("tres.txt").body == b"333"

    pagina = boton(pagina, "uno.txt").submit("archivo").follow()

    assert "Se quitó «uno.txt»" in pagina
    assert pagina.click("dos.txt").body == b"22"
    assert boton(pagina, "dos.txt").submit("archivo").follow().click("tres.txt").body == b"333"


def subidos(pagina: Any) -> list[str]:
    return [a.text.split(" (")[0] for a in pagina.html.select("#subidos ~ dl dd > a:not(.d-block)")]


def quejas(pagina: Any) -> list[str]:
    return [a.text for a in pagina.html.select(".resumen-error a")]


def test_what_is_right_stays_when_something_else_is_not(navegador: Navegador, base_de_datos: DB) -> None:
    tres = (("uno.txt", b"1"), ("h.py", b"x"), ("dos.txt", b"22"), ("i.exe", b"MZ"))

    pagina = subir(llenar(empezar(navegador)).follow(), anexos=tres)

    assert quejas(pagina) == ["«h.py»: no se admiten archivos «.py»", "«i.exe»: no se admiten archivos «.exe»"]
    assert subidos(pagina) == ["CARTA.pdf", "uno.txt", "dos.txt"]
    with base_de_datos.transaction() as conexion:
        asientos = [a.despues for a in conexion.root()[RAIZ].auditoria if a.acto == "adjuntar"]
    assert [[linea.split()[0] for linea in dicho.splitlines()] for dicho in asientos] == [subidos(pagina)]
    pagina.forms["formulario"]["anexos"] = [Upload("tres.txt", b"333")]
    pagina = pagina.forms["formulario"].submit().follow()
    assert subidos(pagina) == ["CARTA.pdf", "uno.txt", "dos.txt", "tres.txt"]


def test_annexes_stay_when_the_document_does_not_open(navegador: Navegador) -> None:
    pagina = subir(llenar(empezar(navegador)).follow(), b"hola", anexos=(("uno.txt", b"1"),))

    assert quejas(pagina) == ["«CARTA.pdf»: el archivo no es un PDF"]
    assert subidos(pagina) == ["uno.txt"]
    assert "Continuar a la revisión" not in pagina
    assert subidos(subir(pagina, anexos=(("uno.txt", b"1"),)).follow()) == ["CARTA.pdf", "uno.txt"]


def test_where_nothing_is_right_nothing_is_kept_nor_noted(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = subir(llenar(empezar(navegador)).follow(), b"hola", anexos=(("h.py", b"x"),))

    assert len(quejas(pagina)) == 2
    assert subidos(pagina) == []
    with base_de_datos.transaction() as conexion:
        assert not [a for a in conexion.root()[RAIZ].auditoria if a.acto == "adjuntar"]


def test_annexes_stay_within_their_limit_also_in_several_goes(navegador: Navegador, aplicacion: Any) -> None:
    ajustes = aplicacion.registry.settings
    antes, ajustes["casilla.max_anexos_total"] = ajustes["casilla.max_anexos_total"], 1024
    try:
        pagina = subir(llenar(empezar(navegador)).follow(), anexos=(("uno.txt", b"x" * 1000),)).follow()
        pagina.forms["formulario"]["anexos"] = [Upload("dos.txt", b"x" * 100)]
        assert "Con los que ya subió, los anexos pasan de 1 KB" in pagina.forms["formulario"].submit()
    finally:
        ajustes["casilla.max_anexos_total"] = antes


def test_what_the_antivirus_finds_is_not_kept(navegador: Navegador, aplicacion: Any) -> None:
    pagina = llenar(empezar(navegador)).follow()
    with clamd() as servidor:
        aplicacion.registry.antivirus = Clamd.desde_ajustes({"casilla.clamd": servidor.ajuste})
        try:
            respuesta = subir(pagina, anexos=(("a.txt", INFECTADO),))
            assert f"«{FIRMA}»" in quejas(respuesta)[0]
            assert subidos(respuesta) == ["CARTA.pdf"]
        finally:
            aplicacion.registry.antivirus = None


def test_without_its_antivirus_nothing_is_taken(navegador: Navegador, aplicacion: Any) -> None:
    pagina = llenar(empezar(navegador)).follow()
    aplicacion.registry.antivirus = Clamd.desde_ajustes({"casilla.clamd": f"127.0.0.1:{puerto_libre()}"})
    try:
        assert "El antivirus no responde, y sin su revisión no se recibe ningún archivo" in subir(pagina)
    finally:
        aplicacion.registry.antivirus = None


def test_what_is_larger_than_the_antivirus_examines_is_said_so(navegador: Navegador, aplicacion: Any) -> None:
    pagina = llenar(empezar(navegador)).follow()
    with clamd() as servidor:
        servidor.limite = 25_000
        aplicacion.registry.antivirus = Clamd.desde_ajustes({"casilla.clamd": servidor.ajuste})
        try:
            respuesta = subir(pagina, anexos=(("a.txt", b"x" * 30_720),))
        finally:
            aplicacion.registry.antivirus = None

    dicho = "No se recibió: el archivo «a.txt» pesa 30 KB, más de lo que el antivirus examina"
    assert quejas(respuesta) == [dicho]


def test_the_revision_shows_it_as_the_person_will_see_it(navegador: Navegador) -> None:
    pagina = revision(navegador)

    vista = pagina.html.find("section", {"aria-labelledby": "vista"})
    assert "Respuesta a su solicitud" in vista.text
    assert "000099-2026-OGTI" in vista.text
    assert "CARTA.pdf" in vista.text
    assert "15 días hábiles" in vista.text
    assert re.search(r"El plazo se cuenta desde el .* y vence el ", pagina.html.find("dl").text)


def test_a_document_already_notified_is_warned_about_with_where_to_see_it(navegador: Navegador) -> None:
    pagina = revision(navegador, numero="000001-2026-OGTI")

    assert "Este documento parece ya notificado" in pagina
    assert "depositado en esta casilla el" in pagina
    assert "000001-2026-OGTI" in navegador.consultar(pagina.click("Ver esa notificación").request.path).html.h1.text
    assert "Este documento parece ya notificado" not in revision(navegador)


def test_the_same_document_in_somebody_elses_casilla_is_warned_about_and_can_be_notified(navegador: Navegador) -> None:
    """Number 5 of the world is Ñusta's: a slip in the recipient, or a document for two."""
    pagina = revision(navegador, numero="000005-2026-OGTI", expediente="OGT002025000005")

    assert "depositado en la casilla de otra persona el" in pagina
    assert "ÑUSTA" not in pagina.html.find(class_="aviso").text
    assert boton(pagina, "Notificar").submit().follow().html.h1.text == "Notificación depositada"


def test_of_what_another_dependencia_notified_it_is_told_that_it_did_and_no_more(
    navegador: Navegador, base_de_datos: DB
) -> None:
    """Else whoever guesses numbers would read what others notify this person about."""
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        ajenos = {"asunto": "Inicio de sanción", "expediente": "OGT002025000071", "dependencia": "Otra dependencia"}
        mundo.deposito(sitio, mundo.ROSA, 71, numero="000099-2026-OGTI", **ajenos)
        mundo.al_dia(sitio)

    aviso = revision(navegador).html.find(class_="aviso")

    assert "000099-2026-OGTI, de otra dependencia: depositado en esta casilla el" in " ".join(aviso.text.split())
    assert not [ajeno for ajeno in ajenos.values() if ajeno in aviso.text]
    assert aviso.find("a") is None


@pytest.mark.parametrize(
    ("ahora", "dice"),
    [
        (datetime(2026, 1, 23, 15, tzinfo=UTC), ""),
        (
            datetime(2026, 1, 23, 22, tzinfo=UTC),
            "lunes 26 de enero de 2026.» El horario de recepción es de 08:30 a 16:30.",
        ),
        (datetime(2026, 1, 24, 15, tzinfo=UTC), "lunes 26 de enero de 2026"),
    ],
    ids=["office hours", "late on Friday", "Saturday"],
)
def test_out_of_hours_is_said(ahora: datetime, dice: str) -> None:
    palabras = fuera_de_hora(Calendario(horario=(time(8, 30), time(16, 30))), ahora)

    assert dice in palabras
    assert bool(dice) == bool(palabras)


def test_what_was_begun_waits_in_the_list_and_goes_on_where_it_was(navegador: Navegador) -> None:
    llenar(empezar(navegador))

    lista = navegador.get("/admin/notificar")

    assert "Falta el PDF" in lista
    assert lista.click("CARTA 000099-2026-OGTI").follow().html.h1.text == "Archivos"


def test_the_next_deposit_remembers_who_signs(navegador: Navegador) -> None:
    llenar(empezar(navegador))

    formulario = empezar(navegador).forms["formulario"]

    assert formulario["firmado_por"].value == "PERSONA FICTICIA QUE FIRMA"
    assert formulario["dependencia"].value == mundo.DEPENDENCIA
    assert formulario["numero"].value == ""


def test_it_can_be_thrown_away(navegador: Navegador) -> None:
    lista = boton(revision(navegador), "Descartar").submit().follow()

    assert "Se descartó" in lista
    assert "000099-2026-OGTI" not in lista


def test_a_casilla_closed_meanwhile_is_told_and_nothing_is_lost(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = revision(navegador)
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].personas[mundo.ROSA].casilla.cerrada_en = mundo.ENERO

    respuesta = boton(pagina, "Notificar").submit().follow()

    assert "Notifíquela en papel" in respuesta
    assert respuesta.html.h1.text == "Revise antes de notificar"


def test_a_draft_is_of_whoever_made_it(navegador: Navegador, aplicacion: Any, base_de_datos: DB) -> None:
    direccion = revision(navegador).request.path.removesuffix("/revisar")
    with base_de_datos.transaction() as conexion:
        mundo.funcionario(conexion.root()[RAIZ], "otra", ("notificador",))
    otra = Navegador(aplicacion)
    otra.base_de_datos = base_de_datos
    otra.entrar_al_modulo("otra")

    for pagina in ("", "/datos", "/archivos", "/revisar", "/archivo/documento"):
        assert otra.get(direccion + pagina, status="*").status_int == 403
    assert "000099-2026-OGTI" not in otra.get("/admin/notificar")


def test_the_constancia_is_had_without_a_trace_by_its_maker_alone(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB
) -> None:
    boton(revision(navegador), "Notificar").submit().follow()
    with base_de_datos.transaction() as conexion:
        hecho = next(b for b in conexion.root()[RAIZ].borradores.de("notificador") if b.codigo)
        camino = f"/admin/notificar/{hecho.__name__}/archivo/constancia"
    auditor = Navegador(aplicacion)
    auditor.base_de_datos = base_de_datos
    auditor.entrar_al_modulo("auditor")

    assert navegador.get(camino).content_type == "application/pdf"
    auditor.consultar(camino.removesuffix("/archivo/constancia"))
    auditor.get(camino, status=404)
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].funcionarios["notificador"].dependencias = ("OTRA",)
    navegador.get(camino, status=404)


@pytest.mark.parametrize("rol", ["contenido", "registro", "administrador", "auditor"])
def test_other_roles_deposit_nothing(aplicacion: Any, base_de_datos: DB, rol: str) -> None:
    otro = Navegador(aplicacion)
    otro.base_de_datos = base_de_datos
    otro.entrar_al_modulo(rol)

    assert otro.get("/admin/notificar", status="*").status_int == 403


def test_a_step_out_of_turn_leads_to_the_one_whose_turn_it_is(navegador: Navegador) -> None:
    direccion = empezar(navegador).request.path.removesuffix("/datos")

    assert navegador.get(f"{direccion}/revisar").follow().location.endswith("/datos")


def test_once_deposited_it_is_not_edited_any_more(navegador: Navegador) -> None:
    pagina = revision(navegador)
    direccion = pagina.request.path.removesuffix("/revisar")
    boton(pagina, "Notificar").submit()

    for paso in ("datos", "archivos"):
        assert navegador.get(f"{direccion}/{paso}").follow().html.h1.text == "Notificación depositada"
    assert navegador.get(f"{direccion}/archivo/documento", status="*").status_int == 404


def reingresar(pagina: Any) -> Any:
    """Both factors again, from the page that asks for the first; returns where one comes to."""
    for campo, valor in (("usuario", "notificador"), ("clave", mundo.CLAVE)):
        pagina.forms["formulario"][campo] = valor
    factor = pagina.forms["formulario"].submit().follow()
    despues = datetime.now(UTC) + timedelta(seconds=30)
    factor.forms["formulario"]["codigo"] = mundo.codigo_del_factor("notificador", despues)
    return factor.forms["formulario"].submit().follow()


def test_after_a_session_that_ended_one_goes_on_where_one_was(navegador: Navegador) -> None:
    pagina = llenar(empezar(navegador)).follow()
    navegador.reset()

    assert reingresar(subir(pagina).follow()).follow().html.h1.text == "Archivos"
