"""A deposit prepared by hand: kept step by step, made once, by the rules of every other deposit."""

from datetime import timedelta
from typing import Any

import pytest

from casilla.resources.borrador import Borrador
from casilla.resources.sitio import Sitio
from casilla.services import borradores
from casilla.services.borradores import DependenciaAjena, Incompleto
from casilla.services.deposito import DestinatarioSinCasilla
from casilla.services.lectura import anular
from casilla.services.plazos import Calendario
from casilla.services.sobres import DatosInvalidos
from tests import mundo

DATOS = {
    "expediente.numero": "OGT002026000009",
    "expediente.fecha": "2026-01-16",
    "documento.tipo": "CARTA",
    "documento.numero": "000099-2026-OGTI",
    "documento.asunto": "Respuesta a su solicitud",
    "documento.fecha": "2026-01-16T00:00:00-05:00",
    "remitente.dependencia": mundo.DEPENDENCIA,
    "remitente.firmado_por": "PERSONA FICTICIA QUE FIRMA",
    "remitente.elaborado_por": "PERSONA FICTICIA QUE ELABORA",
    "fecha_emision": "2026-01-16T00:00:00-05:00",
    "plazo_dias_habiles": "15",
}
PDF = mundo.pdf(2)


def listo(sitio: Sitio, **cambios: str) -> Borrador:
    """A draft for Rosa with everything."""
    borrador = borradores.preparar(sitio, "notificador", mundo.ROSA, mundo.ENERO)
    borradores.anotar(borrador, DATOS | cambios, sitio.funcionarios["notificador"], mundo.ENERO)
    anexo = mundo.archivo(sitio, b"hola", "anexo.txt", "text/plain")
    borradores.adjuntar(sitio, borrador, mundo.archivo(sitio, PDF), (anexo,))
    return borrador


def notificar(sitio: Sitio, borrador: Borrador, quien: str = "notificador", **cambios: Any) -> Any:
    revisado = borradores.huella_de_todo(borrador)
    comun: dict[str, Any] = dict(
        revisado=revisado, ahora=mundo.ENERO, calendario=Calendario(), imprimir=mundo.imprimir(sitio)
    )
    return borradores.notificar(sitio, borrador, sitio.funcionarios.get(quien), **{**comun, **cambios})


def test_what_was_prepared_is_deposited_with_its_files(sitio: Sitio) -> None:
    borrador = listo(sitio)

    notificacion, nueva = notificar(sitio, borrador)

    assert nueva
    assert notificacion.documento.bytes() == PDF
    assert [a.bytes() for a in notificacion.anexos] == [b"hola"]
    assert notificacion.__parent__ is sitio.personas[mundo.ROSA].casilla
    assert (notificacion.remitente, notificacion.historia[0][1]) == ("notificador", "notificador")
    assert (notificacion.plazo, notificacion.numero) == (15, "000099-2026-OGTI")
    assert notificacion.constancia is not None
    assert (borrador.documento, borrador.anexos) == (None, ())


def test_a_second_order_gives_the_first_notification(sitio: Sitio) -> None:
    borrador = listo(sitio)
    primera, _ = notificar(sitio, borrador)

    assert notificar(sitio, borrador, ahora=mundo.ENERO + timedelta(hours=1)) == (primera, False)


def test_whoever_has_no_casilla_cannot_be_begun_with(sitio: Sitio) -> None:
    with pytest.raises(DestinatarioSinCasilla):
        borradores.preparar(sitio, "notificador", "1-49999999", mundo.ENERO)
    assert list(sitio.borradores) == []


def test_a_casilla_closed_meanwhile_takes_nothing(sitio: Sitio) -> None:
    borrador = listo(sitio)
    sitio.personas[mundo.ROSA].casilla.cerrada_en = mundo.ENERO

    with pytest.raises(DestinatarioSinCasilla):
        notificar(sitio, borrador)
    assert borrador.documento is not None


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("documento.fecha", "2026-01-24T00:00:00-05:00"),
        ("expediente.fecha", "2026-02-30"),
        ("documento.asunto", ""),
        ("plazo_dias_habiles", "0"),
        ("plazo_dias_habiles", "quince"),
        ("plazo_dias_habiles", "²"),
    ],
)
def test_what_the_machine_door_refuses_is_refused_here(sitio: Sitio, campo: str, valor: str) -> None:
    borrador = borradores.preparar(sitio, "notificador", mundo.ROSA, mundo.ENERO)

    with pytest.raises(DatosInvalidos) as error:
        borradores.anotar(borrador, DATOS | {campo: valor}, sitio.funcionarios["notificador"], mundo.ENERO)
    assert [nombre for nombre, _ in error.value.errores] == [campo]
    assert borrador.datos == ()


def test_nobody_notifies_for_another_dependencia(sitio: Sitio) -> None:
    borrador = borradores.preparar(sitio, "notificador", mundo.ROSA, mundo.ENERO)

    datos = DATOS | {"remitente.dependencia": "OTRA OFICINA"}
    with pytest.raises(DependenciaAjena):
        borradores.anotar(borrador, datos, sitio.funcionarios["notificador"], mundo.ENERO)


def test_ones_dependencia_is_ones_own_whatever_its_blanks_and_capitals(sitio: Sitio) -> None:
    listo(sitio, **{"remitente.dependencia": f"  {mundo.DEPENDENCIA.lower()} "})


def test_who_lost_the_dependencia_meanwhile_deposits_nothing(sitio: Sitio) -> None:
    borrador = listo(sitio)
    funcionario = sitio.funcionarios["notificador"]
    for perder in (
        lambda: setattr(funcionario, "dependencias", ("OTRA",)),
        lambda: setattr(funcionario, "roles", ("auditor",)),
        lambda: setattr(funcionario, "suspendido", True),
    ):
        perder()
        with pytest.raises(DependenciaAjena):
            notificar(sitio, borrador)


@pytest.mark.parametrize(("quitado", "falta"), [("datos", "datos"), ("documento", "archivos")])
def test_what_is_missing_is_said(sitio: Sitio, quitado: str, falta: str) -> None:
    borrador = listo(sitio)
    setattr(borrador, quitado, () if quitado == "datos" else None)

    with pytest.raises(Incompleto, match=falta):
        notificar(sitio, borrador)


def test_a_file_is_taken_out_by_its_name(sitio: Sitio) -> None:
    borrador = listo(sitio)

    assert borradores.quitar(borrador, "anexo-1") == "anexo.txt"
    assert borradores.quitar(borrador, "documento") == "CARTA.pdf"
    assert borrador.archivos == {}
    with pytest.raises(KeyError):
        borradores.quitar(borrador, "anexo-1")


def test_a_document_notified_before_is_found_whatever_its_capitals(sitio: Sitio) -> None:
    hallada = borradores.parecidas(sitio, mundo.ROSA, "carta", "000002-2026-ogti")

    assert [fila.numero for fila in hallada] == ["000002-2026-OGTI"]
    assert borradores.parecidas(sitio, mundo.NUSTA, "CARTA", "000002-2026-OGTI") == []
    assert borradores.parecidas(sitio, "1-49999999", "CARTA", "000002-2026-OGTI") == []


def test_one_that_was_annulled_is_no_repetition(sitio: Sitio) -> None:
    [fila] = borradores.parecidas(sitio, mundo.ROSA, "CARTA", "000002-2026-OGTI")
    anular(sitio, fila.notificacion, motivo="error", actor="sgd", ahora=mundo.ENERO)

    assert borradores.parecidas(sitio, mundo.ROSA, "CARTA", "000002-2026-OGTI") == []


def test_drafts_are_ones_own_newest_first_and_go_after_their_time(sitio: Sitio) -> None:
    primero = borradores.preparar(sitio, "ana", mundo.ROSA, mundo.ENERO)
    segundo = borradores.preparar(sitio, "ana", mundo.NUSTA, mundo.ENERO + timedelta(days=1))
    borradores.preparar(sitio, "ana-maria", mundo.ROSA, mundo.ENERO)

    assert list(sitio.borradores.de("ana")) == [segundo, primero]
    borradores.caducar(sitio, mundo.ENERO + borradores.VIGENCIA + timedelta(seconds=1))
    assert list(sitio.borradores.de("ana")) == [segundo]
    assert list(sitio.borradores.de("ana-maria")) == []
