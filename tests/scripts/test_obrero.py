"""The obrero: jobs step by step, whatever happens meanwhile."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo
from casilla.scripts.entorno import sesion
from casilla.scripts.exportacion import exportar
from casilla.scripts.faena import Entrega, Faena, NoSePuede
from casilla.scripts.obrero import OFICIOS, Obrero
from casilla.services import papelera, trabajos
from casilla.services.exportaciones import EXPORTACION, Pedido, pedir
from casilla.services.filtros import Consulta, Orden
from casilla.services.fundacion import RAIZ
from casilla.services.trabajos import TURNO
from casilla.services.uso import votar
from casilla.services.verificacion import hallazgos
from tests import mundo
from tests.printing.test_listado import de_csv


class Reloj:
    def __init__(self) -> None:
        self.ahora = datetime(2026, 11, 23, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.ahora


@pytest.fixture
def reloj_de_obra() -> Reloj:
    return Reloj()


@pytest.fixture
def obrero(base_de_datos: DB, reloj_de_obra: Reloj) -> Obrero:
    return Obrero(base_de_datos, {}, reloj=reloj_de_obra)


def con(obrero: Obrero, oficio: Callable[[Faena], Entrega | None]) -> Obrero:
    """The same, with this way to do the job."""
    obrero.oficios = {EXPORTACION: oficio}
    return obrero


def ronda(obrero: Obrero) -> Counter[str]:
    return Counter(obrero.ronda(Event()))


def hacer(db: DB, acto: Callable[[Sitio], Any]) -> Any:
    with sesion(db) as hacer:
        return hacer(lambda raiz: acto(raiz[RAIZ]))


def pedido(db: DB, formato: str = "csv", consulta: Consulta | None = None) -> str:
    """Rosa asks for what she has not read; the name of the job."""

    def pedir_lista(sitio: Sitio) -> str:
        casilla = sitio.personas[mundo.ROSA].casilla
        que = Pedido("pendientes", formato, consulta or Consulta())
        return pedir(sitio, casilla, mundo.ROSA, que, cuantas=3, ahora=mundo.ENERO).__name__

    return hacer(db, pedir_lista)


def estado(db: DB, nombre: str) -> tuple[Any, ...]:
    def mirar(sitio: Sitio) -> tuple[Any, ...]:
        trabajo = sitio.trabajos[nombre]
        return trabajo.estado, trabajo.hechas, trabajo.total, trabajo.resultado and trabajo.resultado.bytes()

    return hacer(db, mirar)


def asuntos(archivo: bytes) -> list[str]:
    return [fila[1] for fila in de_csv(archivo)[1:]]


def restos(db: DB) -> list[Path]:
    return list(Path(hacer(db, lambda sitio: sitio.carpeta_temporal)).glob("trabajo-*"))


@pytest.fixture(autouse=True)
def _nada_sobra(base_de_datos: DB) -> Iterator[None]:
    yield
    assert restos(base_de_datos) == []


def test_a_list_is_made_as_it_was_asked_for(base_de_datos: DB, obrero: Obrero) -> None:
    nombre = pedido(base_de_datos, consulta=Consulta(q="solicitud", orden=Orden("asunto", True)))

    assert ronda(obrero) == {"terminado": 1}

    estado_, _, total, archivo = estado(base_de_datos, nombre)
    assert (estado_, total) == ("terminado", 3)
    assert asuntos(archivo) == [f"Respuesta a su solicitud n.° {n}" for n in (3, 2, 1)]
    assert ronda(obrero) == {}


@pytest.mark.parametrize(("formato", "comienzo"), [("xlsx", b"PK"), ("pdf", b"%PDF"), ("ods", b"PK")])
def test_each_kind_of_file_is_made(base_de_datos: DB, obrero: Obrero, formato: str, comienzo: bytes) -> None:
    nombre = pedido(base_de_datos, formato)
    ronda(obrero)
    assert estado(base_de_datos, nombre)[3].startswith(comienzo)


def test_the_rows_are_those_of_when_it_is_done_and_the_file_is_named_after_that_day(
    base_de_datos: DB, obrero: Obrero
) -> None:
    nombre = pedido(base_de_datos)
    hacer(base_de_datos, lambda sitio: mundo.deposito(sitio, mundo.ROSA, 40))

    ronda(obrero)

    assert len(asuntos(estado(base_de_datos, nombre)[3])) == 4
    assert hacer(base_de_datos, lambda s: s.trabajos[nombre].resultado.nombre) == "casilla_pendientes_2026-11-23.csv"


def test_it_is_told_how_far_a_list_is(base_de_datos: DB, obrero: Obrero, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casilla.scripts.exportacion.TANDA", 1)
    monkeypatch.setattr("casilla.scripts.exportacion.AVISO", 1)
    nombre, vistos = pedido(base_de_datos), []

    def mirando(faena: Faena) -> Entrega:
        paso = faena.paso

        def mirar(acto: Any) -> Any:
            hecho = paso(acto)
            vistos.append(estado(base_de_datos, nombre)[:3])
            return hecho

        faena.paso = mirar  # type: ignore[method-assign]
        return exportar(faena)

    ronda(con(obrero, mirando))

    assert vistos == [("en-curso", n, 3) for n in (0, 0, 1, 2)]


def test_one_that_was_cancelled_while_it_was_made_leaves_nothing(base_de_datos: DB, obrero: Obrero) -> None:
    nombre = pedido(base_de_datos)

    def y_se_arrepiente(faena: Faena) -> Entrega:
        entrega = exportar(faena)
        hacer(base_de_datos, lambda s: trabajos.cancelar(s.trabajos[nombre], mundo.ROSA, mundo.ENERO))
        return entrega

    assert ronda(con(obrero, y_se_arrepiente)) == {"dejado": 1}
    assert estado(base_de_datos, nombre)[0] == "cancelado"
    assert estado(base_de_datos, nombre)[3] is None


def test_told_to_stop_it_leaves_the_job_to_the_next_one(base_de_datos: DB, obrero: Obrero) -> None:
    nombre, parar = pedido(base_de_datos), Event()

    def mientras(faena: Faena) -> Entrega:
        parar.set()
        return exportar(faena)

    assert list(con(obrero, mientras).ronda(parar)) == ["interrumpido"]
    assert estado(base_de_datos, nombre)[0] == "en-cola"
    assert ronda(con(obrero, exportar)) == {"terminado": 1}


def test_one_that_takes_too_long_loses_the_job_and_does_not_finish_it_twice(
    base_de_datos: DB, obrero: Obrero, reloj_de_obra: Reloj
) -> None:
    nombre = pedido(base_de_datos)
    otro = Obrero(base_de_datos, {}, reloj=reloj_de_obra)

    def lento(faena: Faena) -> Entrega:
        entrega = exportar(faena)
        reloj_de_obra.ahora += TURNO
        assert ronda(otro) == {"terminado": 1}
        return entrega

    assert ronda(con(obrero, lento)) == {"dejado": 1}
    assert len(asuntos(estado(base_de_datos, nombre)[3])) == 3
    assert hacer(base_de_datos, lambda s: s.trabajos.diferencias()) == []


def test_what_cannot_be_done_is_said_and_not_tried_again(base_de_datos: DB, obrero: Obrero) -> None:
    nombre = pedido(base_de_datos)

    def negado(faena: Faena) -> Entrega:
        raise NoSePuede("la casilla ya no existe")

    assert ronda(con(obrero, negado)) == {"fallido": 1}
    assert hacer(base_de_datos, lambda s: s.trabajos[nombre].historia[-1][3]) == "la casilla ya no existe"


def test_a_mishap_is_logged_without_its_words_and_tried_again_later(
    base_de_datos: DB, obrero: Obrero, reloj_de_obra: Reloj, caplog: pytest.LogCaptureFixture
) -> None:
    nombre, palabras = pedido(base_de_datos), "el disco de ROSA QUISPE"

    def tropieza(faena: Faena) -> Entrega:
        faena.escribir("lista.csv", "text/csv", lambda destino: destino.write(b"media li") and None)
        raise OSError(palabras)

    assert ronda(con(obrero, tropieza)) == {"aplazado": 1}
    assert "OSError" in caplog.text
    assert "ROSA" not in caplog.text
    assert ronda(con(obrero, exportar)) == {}
    reloj_de_obra.ahora += timedelta(minutes=1)
    assert ronda(obrero) == {"terminado": 1}
    assert estado(base_de_datos, nombre)[0] == "terminado"


def test_a_job_that_this_program_does_not_know_waits_for_one_that_does(base_de_datos: DB, obrero: Obrero) -> None:
    nombre = pedido(base_de_datos)
    obrero.oficios = {}
    assert ronda(obrero) == {"aplazado": 1}
    assert estado(base_de_datos, nombre)[0] == "en-cola"


def test_a_conflict_at_the_end_does_not_lose_the_file(
    base_de_datos: DB, obrero: Obrero, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else writes the job between the last reading and the commit: the second try has its file too."""
    nombre, veces = pedido(base_de_datos), []

    def terminar(trabajo: Trabajo, *resto: Any) -> None:
        verdadera(trabajo, *resto)
        veces.append(trabajo.hechas)
        if len(veces) == 1:
            hacer(base_de_datos, lambda s: trabajos.avanzar(s.trabajos[nombre], 2))

    verdadera = trabajos.terminar
    monkeypatch.setattr("casilla.services.trabajos.terminar", terminar)

    assert ronda(obrero) == {"terminado": 1}
    assert len(veces) == 2
    assert len(asuntos(estado(base_de_datos, nombre)[3])) == 3


def test_files_whose_days_are_over_go_by_themselves(base_de_datos: DB, obrero: Obrero, reloj_de_obra: Reloj) -> None:
    obrero.ajustes = {"casilla.exportaciones_dias": "2"}
    nombre = pedido(base_de_datos)
    ronda(obrero)
    reloj_de_obra.ahora += timedelta(days=2) - timedelta(seconds=1)
    obrero.limpiar()
    assert estado(base_de_datos, nombre)[0] == "terminado"
    reloj_de_obra.ahora += timedelta(seconds=1)
    obrero.limpiar()
    assert estado(base_de_datos, nombre)[::3] == ("caducado", None)


def test_the_bin_is_emptied_and_old_counts_go_by_themselves(
    base_de_datos: DB, obrero: Obrero, reloj_de_obra: Reloj
) -> None:
    def tirar(sitio: Sitio) -> None:
        votar(sitio, "que-es", True, reloj_de_obra.ahora)
        papelera.eliminar(sitio.contenidos["como-me-registro"], "contenido", reloj_de_obra.ahora)

    def quedan() -> list[bool]:
        return hacer(base_de_datos, lambda sitio: ["como-me-registro" in sitio.contenidos, bool(sitio.uso.meses)])

    hacer(base_de_datos, tirar)
    veces = []
    for dias in (29, 1, 365):
        reloj_de_obra.ahora += timedelta(days=dias)
        obrero.limpiar()
        veces.append(quedan())

    assert veces == [[True, True], [False, True], [False, False]]


def test_work_in_steps_that_remembers_where_it_is_does_nothing_twice(base_de_datos: DB, obrero: Obrero) -> None:
    """How a job that writes should go about it: each step does its part and moves the cursor in one transaction."""
    nombre = pedido(base_de_datos)

    def depositar(sitio: Sitio, trabajo: Trabajo) -> bool:
        n = trabajo.cursor
        mundo.deposito(sitio, mundo.NUSTA, 100 + n)
        trabajos.avanzar(trabajo, n + 1, total=5, cursor=n + 1)
        return n + 1 < 5

    def por_lotes(faena: Faena) -> None:
        pasos = 0
        while faena.paso(depositar):
            pasos += 1
            if pasos == 2:
                raise OSError

    for _ in range(3):
        ronda(con(obrero, por_lotes))
        obrero.reloj.ahora += timedelta(minutes=5)  # type: ignore[attr-defined]

    assert estado(base_de_datos, nombre) == ("terminado", 5, 5, None)
    de_nusta = hacer(base_de_datos, lambda s: [n.numero for n in s.personas[mundo.NUSTA].casilla])
    assert sorted(de_nusta)[1:] == [f"{100 + n:06}-2026-OGTI" for n in range(5)]


def test_the_real_obrero_knows_how_to_make_lists() -> None:
    assert OFICIOS[EXPORTACION] is exportar


def test_a_file_that_the_disk_spoilt_is_found_by_the_check(base_de_datos: DB, obrero: Obrero) -> None:
    nombre = pedido(base_de_datos)
    ronda(obrero)
    ruta = Path(hacer(base_de_datos, lambda s: s.trabajos[nombre].resultado.ruta))
    ruta.chmod(0o600)
    ruta.write_bytes(b"otra cosa")

    quejas = hacer(base_de_datos, lambda s: [queja for tramo in hallazgos(s) for queja in tramo])

    assert quejas == [f"trabajos: {nombre}: su archivo no es el que se depositó (otra huella SHA-256)"]
