"""The server is killed at any moment; then every promise that it made is looked for.

What it promised is what its clients heard: an answer to a deposit means that the document, its constancia and its
letter are there, once, whatever died afterwards.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from ZODB import DB
from ZODB.utils import get_pickle_metadata

from casilla.mail.redaccion import message_id
from casilla.printing.certificacion import hechos_de
from casilla.printing.constancia import constancia
from casilla.scripts.reparto import Cartero
from casilla.services.calendario import calendario_al
from casilla.services.correspondencia import AVISO_DEPOSITO
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.almacenes import puerto_libre
from tests.faults.correo import correo_en, por_smtp
from tests.faults.desastre import CLIENTES, MUERTES, NUESTROS, SEMILLA, Desastre, desastre, veces
from tests.faults.servidor import Servidor

# A letter that a dead cartero held waits for so long.
TURNO = timedelta(minutes=6)


@pytest.fixture(scope="module")
def hecho(mundo_guardado: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desastre]:
    print(f"to see it again: CASILLA_SEMILLA={SEMILLA}")
    with correo_en(puerto_libre()) as correo:
        servidor = Servidor(mundo_guardado, tmp_path_factory.mktemp("desastre"), por_smtp(correo.port))
        try:
            yield desastre(servidor, correo.handler)
        finally:
            servidor.matar()


def test_the_clients_were_really_interrupted(hecho: Desastre) -> None:
    assert len(hecho.envios) > 10 * MUERTES
    assert sum(envio.cortes for envio in hecho.envios) > CLIENTES


def test_every_deposit_answered_is_there_with_its_bytes(hecho: Desastre) -> None:
    with hecho.servidor.sitio() as sitio:
        for envio in hecho.envios:
            n = sitio.registro[envio.codigo]
            guardado = [a.bytes() for a in (n.documento, *n.anexos)]
            assert n.numero == envio.clave
            assert guardado == [envio.documento, *(contenido for _, contenido in envio.anexos)]
            assert [f"sha256:{sha256(contenido).hexdigest()}" for contenido in guardado] == envio.huellas
            assert sitio.personas[envio.destinatario].casilla[n.__name__] is n


def test_every_deposit_has_its_own_constancia(hecho: Desastre) -> None:
    """The same facts give the same paper: the one that is kept is about this deposit and no other."""
    with hecho.servidor.sitio() as sitio:
        texto = sitio.contenidos["constancia"].ultima.cuerpo
        for n in hecho.propias(sitio).values():
            calendario, url = calendario_al(sitio, n.depositado_en), f"{hecho.servidor.url}/verificar/{n.codigo}"
            papel = constancia(hechos_de(n, calendario, sitio.institucion, texto, url))
            assert n.constancia.bytes() == papel
            assert n.constancia.huella == sha256(papel).hexdigest()


def test_one_key_made_one_notification_whoever_sent_it_and_however_often(hecho: Desastre) -> None:
    for envio in hecho.envios:
        assert sum(r.status_int == 201 for r in envio.respuestas) <= 1
        assert all(r.json == envio.respuestas[0].json for r in envio.respuestas)
    claves = sorted(envio.clave for envio in hecho.envios)
    with hecho.servidor.sitio() as sitio:
        sentadas = [n.numero for casilla in sitio.casillas.values() for n in casilla]
        recibidas = [n.numero for _, n in sitio.recibidos.items()]
        registradas = [n.numero for _, n in sitio.registro.items()]
    for numeros in (sentadas, recibidas, registradas):
        assert sorted(n for n in numeros if n.startswith(NUESTROS)) == claves


def test_nothing_was_made_by_halves(hecho: Desastre) -> None:
    """No notification nor file was ever written that the site does not know of."""
    with hecho.servidor.almacen() as db, db.transaction() as conexion:
        archivos = [len(n.archivos) for _, n in conexion.root()[RAIZ].registro.items()]
        escritos = Counter(_clases(db).values())
    assert escritos["Notificacion"] == len(archivos)
    assert escritos["Adjunto"] == escritos["Blob"] == sum(archivos)


def test_no_deposit_is_dated_before_it_was_sent(hecho: Desastre) -> None:
    with hecho.servidor.sitio() as sitio:
        for envio in hecho.envios:
            n = sitio.registro[envio.codigo]
            assert envio.desde <= n.depositado_en <= envio.contestado
            assert n.historia[0] == ("depositado", "sgd", n.depositado_en, "")


def test_the_api_still_says_what_it_answered_and_its_feed_told_of_each_deposit_once(hecho: Desastre) -> None:
    with hecho.en_marcha() as sgd:
        for envio in hecho.envios:
            dicho = envio.respuestas[0].json
            assert dicho.items() <= sgd.get(f"/notificaciones/{envio.codigo}").json.items()
        for envio in hecho.envios[::10]:
            assert sgd.get(f"/notificaciones/{envio.codigo}/constancia").body.startswith(b"%PDF-")
            otra_vez = envio.por(sgd)
            assert (otra_vez.status_int, otra_vez.json) == (200, envio.respuestas[0].json)
        hecho.seguidor.leer(sgd)
    eventos = hecho.seguidor.eventos
    depositos = Counter(e["notificacion"] for e in eventos if e["tipo"] == "depositado")
    assert len({e["id"] for e in eventos}) == len(eventos)
    assert {envio.codigo for envio in hecho.envios} <= set(depositos)
    assert set(depositos.values()) == {1}


def test_one_letter_was_promised_for_each_deposit(hecho: Desastre) -> None:
    with hecho.servidor.almacen() as db, db.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        en_cola = Counter(carta.sobre.numero for _, carta in sitio.salida if carta.clase == AVISO_DEPOSITO)
        prometidas = Counter(carta.sobre.numero for carta in _avisos(db, conexion))
        for clave, n in hecho.propias(sitio).items():
            assert veces(n, "en-cola") == prometidas[clave] == 1
            assert veces(n, "enviado") + en_cola[clave] == 1


def test_each_letter_arrives_under_one_name_and_its_fate_is_noted(hecho: Desastre) -> None:
    """A cartero that died with a letter in hand may have sent it: it goes again, and its name says so."""
    servidor = hecho.servidor
    with servidor.almacen() as db:
        cartero = Cartero.desde_ajustes(servidor.ajustes, db)
        cartero.reloj = lambda: datetime.now(UTC) + TURNO
        while list(cartero.ronda(Event())):
            pass
    with servidor.almacen() as db, db.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert list(sitio.salida) == []
        assert {veces(n, "enviado") for n in hecho.propias(sitio).values()} == {1}
        nombres = {message_id(carta, servidor.url, mundo.SECRETO) for carta in _avisos(db, conexion)}
    llegadas = Counter(message_from_bytes(r.crudo)["Message-Id"] for r in hecho.correo.recibidos)
    assert nombres <= set(llegadas)
    assert llegadas.total() - len(llegadas) <= hecho.muertes


def test_the_check_of_the_store_agrees(hecho: Desastre) -> None:
    resultado = hecho.servidor.ordenar("verificar")
    assert resultado.returncode == 0, resultado.stdout + resultado.stderr


def _clases(db: DB) -> dict[bytes, str]:
    """Every object ever written, also those that nothing leads to any more: its id and the name of its class."""
    return {r.oid: get_pickle_metadata(r.data)[1] for transaccion in db.storage.iterator() for r in transaccion}


def _avisos(db: DB, conexion: Any) -> list[Any]:
    """Every letter about a deposit that was ever promised, also those that have left."""
    cartas = [conexion.get(oid) for oid, clase in _clases(db).items() if clase == "Carta"]
    return [carta for carta in cartas if carta.clase == AVISO_DEPOSITO]
