"""One notification seen by the institution: what is shown, what leaves a trace, what may be done and by whom."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.auditoria import Asiento
from casilla.resources.sitio import Sitio
from casilla.services.correspondencia import AVISO_DEPOSITO, rechazada
from casilla.services.fundacion import RAIZ
from casilla.services.lectura import leer
from casilla.services.publicacion import publicar_version
from tests import mundo
from tests.conftest import Navegador

Hacer = Callable[[Callable[[Sitio], Any]], Any]


@pytest.fixture
def hacer(base_de_datos: DB) -> Hacer:
    def _(acto: Callable[[Sitio], Any]) -> Any:
        with base_de_datos.transaction() as conexion:
            return acto(conexion.root()[RAIZ])

    return _


@pytest.fixture
def codigo(hacer: Hacer) -> str:
    """Of a notification to Tomás with two annexes, whose notice was refused a day ago."""

    def acto(sitio: Sitio) -> str:
        ayer = datetime.now(UTC) - timedelta(days=1)
        n = mundo.deposito(sitio, mundo.TOMAS, 40, ahora=ayer, anexos=2)
        lugar = next(lugar for lugar, carta in sitio.salida if carta.sobre is n)
        rechazada(sitio, lugar, ayer, "550 5.1.1 no such user")
        mundo.al_dia(sitio)
        return n.codigo

    return hacer(acto)


def ultimo_asiento(hacer: Hacer) -> Asiento:
    return hacer(lambda sitio: next(sitio.auditoria.hacia_atras()))


def historia(hacer: Hacer, codigo: str) -> list[tuple[str, str, str]]:
    return hacer(lambda sitio: [(h, quien, detalle) for h, quien, _, detalle in sitio.registro[codigo].historia])


def formulario(pagina: Any, accion: str) -> Any:
    return next(f for f in pagina.forms.values() if f.action.endswith(f"/{accion}"))


def texto(pagina: Any) -> str:
    return " ".join(pagina.html.main.text.split())


def test_all_that_happened_is_told_with_the_servers_words(navegador: Navegador, codigo: str) -> None:
    navegador.entrar_al_modulo("notificador")

    dicho = texto(navegador.consultar(f"/admin/depositos/{codigo}"))

    for palabras in (
        "CARTA 000040-2026-OGTI",
        "TOMÁS, CE 001234567",
        "Depositada en la casilla",
        "Sistema remitente sgd",
        "Aviso al correo registrado: en cola",
        "tomas@correo.example",
        "Aviso al correo registrado: rechazado",
        "Esa dirección no existe",
        "550 5.1.1 no such user",
        "Anexo 2",
    ):
        assert palabras in dicho


def test_looking_at_a_file_leaves_a_trace_that_the_citizen_sees(
    navegador: Navegador, codigo: str, hacer: Hacer
) -> None:
    navegador.entrar_al_modulo("auditor")

    archivo = formulario(navegador.consultar(f"/admin/depositos/{codigo}"), "archivo").submit(
        "archivo", value="documento"
    )

    assert archivo.content_type == "application/pdf" and archivo.body.startswith(b"%PDF")
    assert historia(hacer, codigo)[-1] == ("consultada", "auditor", "Documento original")
    asiento = ultimo_asiento(hacer)
    assert (asiento.acto, asiento.sobre, asiento.despues) == (
        "ver-archivo",
        f"depositos/{codigo}",
        "Documento original",
    )
    assert hacer(lambda sitio: sitio.registro[codigo].estado) == "depositado"
    assert "Vista por personal de la institución" in texto(navegador.consultar(f"/admin/depositos/{codigo}"))
    navegador.entrar(mundo.TOMAS)
    casilla, numero = hacer(lambda s: (s.registro[codigo].__parent__.__name__, s.registro[codigo].__name__))
    assert "Personal de la institución vio: Documento original" in texto(navegador.get(f"/casilla/{casilla}/{numero}"))


def test_the_same_look_twice_is_one_fact_and_two_entries(navegador: Navegador, codigo: str, hacer: Hacer) -> None:
    navegador.entrar_al_modulo("auditor")
    ver = formulario(navegador.consultar(f"/admin/depositos/{codigo}"), "archivo")
    antes = hacer(lambda sitio: len(sitio.auditoria))

    for nombre in ("documento", "documento", "anexo-1"):
        ver.submit("archivo", value=nombre)

    assert [hecho for hecho in historia(hacer, codigo) if hecho[0] == "consultada"] == [
        ("consultada", "auditor", "Documento original"),
        ("consultada", "auditor", "Anexo 1"),
    ]
    assert hacer(lambda sitio: len(sitio.auditoria)) == antes + 3


def test_a_file_is_not_had_by_its_address_nor_one_that_is_none(navegador: Navegador, codigo: str) -> None:
    navegador.entrar_al_modulo("auditor")
    ver = formulario(navegador.consultar(f"/admin/depositos/{codigo}"), "archivo")

    navegador.get(f"/admin/depositos/{codigo}/archivo?archivo=documento", status=404)
    ver.submit("archivo", value="../../secreto", status=404)


def test_the_notice_is_sent_again_and_not_twice_within_the_hour(
    navegador: Navegador, codigo: str, hacer: Hacer
) -> None:
    navegador.entrar_al_modulo("notificador")
    pagina = navegador.consultar(f"/admin/depositos/{codigo}")

    reenviada = formulario(pagina, "reenviar").submit().follow()

    assert "El aviso está en cola" in texto(reenviada)
    assert not [f for f in reenviada.forms.values() if f.action.endswith("/reenviar")]
    assert "El aviso anterior todavía está en cola." in texto(reenviada)
    assert [hecho for hecho, *_ in historia(hacer, codigo)][-2:] == ["aviso-reenviado", "aviso-deposito:en-cola"]
    assert ultimo_asiento(hacer).acto == "reenviar-aviso"
    assert hacer(lambda s: sum(c.clase == AVISO_DEPOSITO and c.sobre.codigo == codigo for _, c in s.salida)) == 1
    otra_vez = formulario(pagina, "reenviar").submit().follow()
    assert "No se reenvió el aviso. El aviso anterior todavía está en cola." in texto(otra_vez)
    hacer(mundo.al_dia)
    assert hacer(lambda s: s.seguimiento.fila(s.seguimiento.numero(s.registro[codigo])).aviso) == "en-cola"


def test_it_is_annulled_with_a_reason_after_saying_what_that_means(
    navegador: Navegador, codigo: str, hacer: Hacer
) -> None:
    navegador.entrar_al_modulo("notificador")
    confirmar = navegador.consultar(f"/admin/depositos/{codigo}").click("^Anular$")
    assert "No se puede deshacer" in texto(confirmar)

    sin_motivo = confirmar.forms["formulario"].submit()
    assert "Escriba el motivo" in texto(sin_motivo)
    sin_motivo.forms["formulario"]["motivo"] = "Se notificó a otra persona"
    hecho = sin_motivo.forms["formulario"].submit().follow()

    assert "La notificación quedó anulada." in texto(hecho)
    assert historia(hacer, codigo)[-1] == ("anulado", "notificador", "Se notificó a otra persona")
    asiento = ultimo_asiento(hacer)
    assert (asiento.acto, asiento.antes, asiento.despues) == ("anular", "depositado", "Se notificó a otra persona")
    assert not [f for f in hecho.forms.values() if f.action.endswith("/reenviar")]
    repetida = confirmar.forms["formulario"]
    repetida["motivo"] = "Otra vez"
    assert "Esta notificación ya está anulada." in texto(repetida.submit().follow())


def test_what_was_read_while_somebody_confirmed_is_annulled_all_the_same(
    navegador: Navegador, codigo: str, hacer: Hacer
) -> None:
    navegador.entrar_al_modulo("notificador")
    confirmar = navegador.consultar(f"/admin/depositos/{codigo}/anular").forms["formulario"]
    hacer(lambda s: leer(s, s.registro[codigo], actor=mundo.TOMAS, ahora=datetime.now(UTC)))

    confirmar["motivo"] = "Error"
    confirmar.submit()

    assert hacer(lambda s: s.registro[codigo].estado) == "anulado"
    assert ultimo_asiento(hacer).antes == "leido"


def test_when_it_was_read_is_said_once(navegador: Navegador, codigo: str, hacer: Hacer) -> None:
    hacer(lambda s: leer(s, s.registro[codigo], actor=mundo.TOMAS, ahora=datetime.now(UTC)))
    navegador.entrar_al_modulo("auditor")

    estado = navegador.consultar(f"/admin/depositos/{codigo}").html.select_one("main p.estado").text

    assert re.fullmatch(r"Leída el \d.*", " ".join(estado.split()))


def test_the_auditor_changes_nothing(navegador: Navegador, codigo: str) -> None:
    navegador.entrar_al_modulo("auditor")
    pagina = navegador.consultar(f"/admin/depositos/{codigo}")
    token = formulario(pagina, "archivo")["csrf_token"].value

    assert "Anular" not in texto(pagina) and "Reenviar" not in texto(pagina)
    navegador.get(f"/admin/depositos/{codigo}/anular", status=403)
    for acto in ("anular", "reenviar"):
        navegador.post(f"/admin/depositos/{codigo}/{acto}", {"csrf_token": token, "motivo": "x"}, status=403)


@pytest.mark.parametrize("acto", ["archivo", "prueba", "reenviar", "anular"])
def test_another_dependencia_is_none_of_a_notifiers_business(
    navegador: Navegador, hacer: Hacer, codigo: str, acto: str
) -> None:
    ajena = hacer(lambda s: mundo.deposito(s, mundo.ROSA, 41, dependencia="AJENA").codigo)
    navegador.entrar_al_modulo("notificador")
    token = formulario(navegador.consultar(f"/admin/depositos/{codigo}"), "archivo")["csrf_token"].value

    navegador.get(f"/admin/depositos/{ajena}", status=403)
    navegador.post(f"/admin/depositos/{ajena}/{acto}", {"csrf_token": token, "archivo": "documento"}, status=403)


def test_the_proof_bundle_holds_everything_and_its_hashes_agree(
    navegador: Navegador, codigo: str, hacer: Hacer
) -> None:
    hacer(lambda s: leer(s, s.registro[codigo], actor=mundo.TOMAS, ahora=datetime.now(UTC)))
    navegador.entrar_al_modulo("auditor")

    respuesta = formulario(navegador.consultar(f"/admin/depositos/{codigo}"), "prueba").submit()

    assert re.search(r'filename="[\w.-]+_expediente_de_prueba\.zip"', respuesta.headers["Content-Disposition"])
    zip_ = zipfile.ZipFile(io.BytesIO(respuesta.body))
    assert zip_.testzip() is None
    nombres = zip_.namelist()
    cola = [re.sub(r"^\d{4}-\d\d-\d\d_CARTA_000040-2026-OGTI", "", nombre) for nombre in nombres]
    assert cola == [
        ".pdf",
        "_anexo-1_anexo 1.txt",
        "_anexo-2_anexo 2.txt",
        "_constancia.pdf",
        "_constancia_de_lectura.pdf",
        "_historia.txt",
        "_historia.json",
        "MANIFIESTO-SHA256.txt",
        "LEEME.txt",
    ]
    comprobar_manifiesto(zip_)
    assert hacer(lambda s: s.registro[codigo].documento.huella) in zip_.read("MANIFIESTO-SHA256.txt").decode()


def comprobar_manifiesto(zip_: zipfile.ZipFile) -> None:
    """As sha256sum -c does: every file but the manifest itself."""
    lineas = zip_.read("MANIFIESTO-SHA256.txt").decode().splitlines()
    dichas = {nombre: huella for huella, nombre in (linea.split("  ", 1) for linea in lineas)}
    assert set(dichas) == set(zip_.namelist()) - {"MANIFIESTO-SHA256.txt"}
    for nombre, huella in dichas.items():
        assert hashlib.sha256(zip_.read(nombre)).hexdigest() == huella, nombre


def test_the_history_in_the_bundle_has_the_servers_words_and_its_own_making(
    navegador: Navegador, codigo: str, hacer: Hacer
) -> None:
    navegador.entrar_al_modulo("auditor")
    respuesta = formulario(navegador.consultar(f"/admin/depositos/{codigo}"), "prueba").submit()
    zip_ = zipfile.ZipFile(io.BytesIO(respuesta.body))
    nombres = {nombre.rpartition("_")[2]: nombre for nombre in zip_.namelist()}

    dicho = json.loads(zip_.read(nombres["historia.json"]))
    leible = zip_.read(nombres["historia.txt"]).decode("utf-8-sig")

    assert "lectura.pdf" not in nombres
    assert dicho["codigo"] == codigo and dicho["estado"] == "depositado"
    assert dicho["destinatario"]["documento"] == mundo.TOMAS
    assert [h["hecho"] for h in dicho["historia"]] == [
        "depositado",
        "aviso-deposito:en-cola",
        "aviso-deposito:rechazado",
        "consultada",
    ]
    assert dicho["historia"][-1]["detalle"] == "Expediente de prueba"
    for palabras in ("tomas@correo.example", "550 5.1.1 no such user", "AVISOS, CON LAS PALABRAS DE CADA SERVIDOR"):
        assert palabras in leible
    leeme = zip_.read("LEEME.txt").decode("utf-8-sig")
    assert "AUDITOR (auditor)" in leeme and "sha256sum -c MANIFIESTO-SHA256.txt" in leeme
    assert ultimo_asiento(hacer).despues == "Expediente de prueba"


def test_which_wording_its_constancia_says_is_shown_though_another_is_in_force_now(
    navegador: Navegador, codigo: str, hacer: Hacer
) -> None:
    def otra(sitio: Sitio) -> None:
        primera = sitio.contenidos["constancia"].ultima
        publicar_version(
            sitio, "constancia", primera.titulo, f"{primera.cuerpo}\n\nOtro.", datetime.now(UTC), "contenido"
        )

    hacer(otra)
    navegador.entrar_al_modulo("auditor")
    pagina = navegador.consultar(f"/admin/depositos/{codigo}")

    [dato] = [dt.find_next("dd") for dt in pagina.html.select("dt") if dt.text == "Texto legal de la constancia"]
    assert dato.text.strip() == "Versión 1, publicada el 23 de enero de 2026, 10:11"
    assert "Otro." not in pagina.click("Versión 1, publicada").html.main.text

    zip_ = zipfile.ZipFile(io.BytesIO(formulario(pagina, "prueba").submit().body))
    [txt, json_] = [zip_.read(n).decode("utf-8-sig") for n in zip_.namelist() if "_historia." in n]
    assert "Texto legal de la constancia: versión 1, publicada el" in txt
    primera = hacer(lambda sitio: sitio.contenidos["constancia"].versiones[0])
    assert json.loads(json_)["texto_legal_de_la_constancia"]["sha256"] == primera[3]


def test_whoever_may_not_see_contents_reads_which_wording_it_was_without_a_link(
    navegador: Navegador, codigo: str
) -> None:
    navegador.entrar_al_modulo("notificador")

    pagina = navegador.consultar(f"/admin/depositos/{codigo}")

    assert "Texto legal de la constancia Versión 1, publicada el" in texto(pagina)
    assert not pagina.html.select("a[href*=contenidos]")


def test_of_a_deposit_from_before_wordings_were_numbered_nothing_is_said(
    navegador: Navegador, codigo: str, hacer: Hacer
) -> None:
    hacer(lambda sitio: setattr(sitio.registro[codigo], "version_constancia", 0))
    navegador.entrar_al_modulo("auditor")

    pagina = navegador.consultar(f"/admin/depositos/{codigo}")

    assert "Texto legal" not in pagina
    zip_ = zipfile.ZipFile(io.BytesIO(formulario(pagina, "prueba").submit().body))
    [json_] = [zip_.read(n) for n in zip_.namelist() if n.endswith("historia.json")]
    assert json.loads(json_)["texto_legal_de_la_constancia"] is None


def test_the_way_back_keeps_the_filters_and_leads_nowhere_else(navegador: Navegador, codigo: str) -> None:
    navegador.entrar_al_modulo("auditor")

    ficha = navegador.elegir(navegador.get("/admin/depositos?estado=depositado"), "CARTA 000040")

    assert ficha.html.select_one("a.volver")["href"] == "/admin/depositos?estado=depositado"
    for malo in ("//mal.example/admin/depositos", "/admin/cuentas", "https://mal.example"):
        pagina = navegador.get(f"/admin/depositos/{codigo}", {"volver": malo})
        assert pagina.html.select_one("a.volver")["href"] == "/admin/depositos"


def test_a_code_that_is_none_is_not_found(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")
    navegador.get("/admin/depositos/NOEXISTE", status=404)
