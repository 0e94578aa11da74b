"""A bulk is looked at and deposited row by row; stopped and begun again, each row is deposited once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.lote import Lote
from casilla.resources.sitio import Sitio
from casilla.services import lotes
from casilla.services.borradores import VIGENCIA, caducar
from casilla.services.lotes import DEPOSITO, EN_PAPEL
from casilla.services.revision_de_lote import SIN_TEXTO, SOBRA
from casilla.services.trabajos import cancelar
from casilla.services.verificacion import hallazgos
from tests import mundo
from tests.gateways.clamd import FIRMA, INFECTADO, clamd
from tests.lotes import FILA, PDF, en, filas, obrar, tabla, traer


def el_lote(sitio: Sitio) -> Lote:
    return next(sitio.lotes.de("notificador"))


def revisado(db: DB, ajustes: dict[str, Any], las_filas: list[dict[str, str]], **entradas: Any) -> None:
    en(db, lambda sitio: traer(sitio, las_filas, entradas.get("entradas")))
    assert obrar(db, ajustes) == ["terminado"]


def quejas(db: DB) -> dict[int, list[tuple[str, str]]]:
    return en(db, lambda sitio: {n: list(dichas) for n, dichas in el_lote(sitio).errores.items()})


def pedir_deposito(db: DB) -> None:
    en(db, lambda sitio: lotes.encargar_trabajo(sitio, el_lote(sitio), DEPOSITO, datetime.now(UTC)))


def numeros(db: DB) -> list[str]:
    """The numbers of what Rosa got by this bulk."""

    def _(sitio: Sitio) -> list[str]:
        casilla = sitio.personas[mundo.ROSA].casilla
        assert casilla.diferencias() == []
        return sorted(n.numero for n in casilla if n.tipo == "OFICIO")

    return en(db, _)


def test_what_is_right_is_deposited_whole(base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    las_filas = filas(3)
    las_filas[1]["anexos"] = "uno.txt|lote/dos.txt"
    entradas = {"a.pdf": PDF, "uno.txt": b"1", "lote/dos.txt": b"22"}
    revisado(base_de_datos, ajustes, las_filas, entradas=entradas)
    assert quejas(base_de_datos) == {}

    pedir_deposito(base_de_datos)
    assert obrar(base_de_datos, ajustes) == ["terminado"]

    assert numeros(base_de_datos) == [fila["numero"] for fila in las_filas]

    def comprobar(sitio: Sitio) -> None:
        lote = el_lote(sitio)
        assert list(lote.hechas) == [2, 3, 4]
        notificacion = sitio.registro[lote.hechas[3]]
        assert notificacion.documento.bytes() == PDF
        assert [(a.nombre, a.bytes()) for a in notificacion.anexos] == [("uno.txt", b"1"), ("dos.txt", b"22")]
        assert notificacion.remitente == "notificador"
        assert notificacion.dependencia == mundo.DEPENDENCIA
        assert notificacion.constancia.bytes().startswith(b"%PDF-")
        assert sum(carta.sobre is notificacion for _, carta in sitio.salida) == 1
        [asiento] = [a for a in sitio.auditoria if a.acto == "terminar-lote"]
        assert asiento.despues == "3 de 3 filas depositadas"
        assert [hallado for tramo in hallazgos(sitio) for hallado in tramo] == []

    en(base_de_datos, comprobar)


MALAS: dict[str, tuple[dict[str, str], tuple[str, str]]] = {
    "no casilla": ({"numero_documento": "49999999"}, ("numero_documento", EN_PAPEL)),
    "no such number": ({"numero_documento": "4000000A"}, ("numero_documento", "no es un número válido")),
    "lost zeros": ({"numero_documento": "123456"}, ("numero_documento", "quitó los ceros")),
    "no such type": ({"tipo_documento": "PASAPORTE"}, ("tipo_documento", "no es uno de los valores admitidos")),
    "empty": ({"asunto": ""}, ("asunto", "falta")),
    "no such date": ({"fecha": "31/02/2026"}, ("fecha", "no es una fecha que exista, como 16/01/2026")),
    "future": ({"fecha_expediente": "01/01/2999"}, ("fecha_expediente", "es una fecha futura")),
    "another's": ({"dependencia": "OTRA OFICINA"}, ("dependencia", "no es una de sus dependencias")),
    "term": ({"plazo_dias_habiles": "mucho"}, ("plazo_dias_habiles", "escriba uno de 1 a 3650, o deje la celda vacía")),
    "no term at all": ({"plazo_dias_habiles": "0"}, ("plazo_dias_habiles", "escriba uno de 1 a 3650")),
    "no file named": ({"archivo": ""}, ("archivo", "falta")),
    "no such file": ({"archivo": "b.pdf"}, ("archivo", "«b.pdf» no está en el ZIP")),
    "not a PDF": ({"archivo": "uno.txt"}, ("archivo", "«uno.txt»: el archivo no es un PDF")),
    "no such annex": ({"anexos": "tres.txt"}, ("anexos", "«tres.txt» no está en el ZIP")),
    "not an annex": ({"anexos": "virus.exe"}, ("anexos", "«virus.exe»: no se admiten archivos «.exe»")),
    "deposited before": (
        {"tipo": "carta", "numero": "000001-2026-ogti"},
        ("numero", "ya está en su casilla: se depositó el 23 de enero de 2026"),
    ),
}


@pytest.mark.parametrize("caso", MALAS)
def test_what_is_wrong_is_told_by_row_and_column(base_de_datos: DB, ajustes: dict[str, Any], caso: str) -> None:
    cambios, (columna, motivo) = MALAS[caso]
    las_filas = filas(2)
    las_filas[1] |= cambios

    revisado(base_de_datos, ajustes, las_filas, entradas={"a.pdf": PDF, "uno.txt": b"1", "virus.exe": b"MZ"})

    [(fila, [(donde, dicho)])] = quejas(base_de_datos).items()
    assert (fila, donde) == (3, columna)
    assert motivo in dicho


@pytest.mark.parametrize(
    ("antes", "despues", "sobra"),
    [
        (";OFICIO;", ";;OFICIO;", True),
        (";a.pdf;", ";a.pdf;;uno.txt", True),
        (";a.pdf;", ";a.pdf;;", False),
    ],
    ids=["all moved", "the last one lost", "only at the end"],
)
def test_one_separator_too_many_is_told_as_such(
    base_de_datos: DB, ajustes: dict[str, Any], antes: str, despues: str, sobra: bool
) -> None:
    csv = tabla(filas(1)).decode().replace(antes, despues).encode()
    assert csv != tabla(filas(1))
    en(base_de_datos, lambda sitio: traer(sitio, csv))

    assert obrar(base_de_datos, ajustes) == ["terminado"]

    assert quejas(base_de_datos) == ({2: [SOBRA]} if sobra else {})


def test_the_same_document_twice_is_told(base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    una = {**FILA, "numero": "1"}
    revisado(base_de_datos, ajustes, [una, {**una, "numero": "2"}, una])

    assert quejas(base_de_datos) == {4: [("numero", "es igual a la fila 2: mismo destinatario, tipo y número")]}


def test_everything_wrong_with_a_row_is_told_at_once(base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    revisado(base_de_datos, ajustes, [{"archivo": "b.pdf"}])

    columnas = [columna for columna, _ in quejas(base_de_datos)[2]]
    obligatorias = "tipo_documento numero_documento expediente fecha_expediente tipo numero asunto fecha firmado_por"
    assert set(obligatorias.split()) | {"archivo"} <= set(columnas)


def test_scans_and_files_that_nobody_names_are_said_and_hold_nothing_back(
    base_de_datos: DB, ajustes: dict[str, Any]
) -> None:
    revisado(base_de_datos, ajustes, filas(1), entradas={"a.pdf": PDF, "sobra.pdf": PDF})

    avisos = en(base_de_datos, lambda sitio: dict(el_lote(sitio).avisos))
    assert avisos == {
        0: (("archivo", "ninguna fila nombra estos archivos del ZIP: sobra.pdf"),),
        2: (("archivo", f"«a.pdf» {SIN_TEXTO}"),),
    }
    assert quejas(base_de_datos) == {}


def test_what_the_antivirus_finds_is_told(base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    las_filas = filas(2)
    las_filas[1]["anexos"] = "malo.txt"
    with clamd() as servidor:
        con = {**ajustes, "casilla.clamd": servidor.ajuste}
        revisado(base_de_datos, con, las_filas, entradas={"a.pdf": PDF, "malo.txt": INFECTADO})
        assert servidor.recibidos.count(PDF) == 1

    assert quejas(base_de_datos) == {3: [("anexos", f"el antivirus encontró «{FIRMA}» en el archivo «malo.txt»")]}


def test_what_is_larger_than_the_antivirus_examines_is_told_of_its_row(
    base_de_datos: DB, ajustes: dict[str, Any]
) -> None:
    las_filas = filas(2)
    las_filas[1]["anexos"] = "largo.txt"
    with clamd() as servidor:
        servidor.limite = 25_000
        con = {**ajustes, "casilla.clamd": servidor.ajuste}
        revisado(base_de_datos, con, las_filas, entradas={"a.pdf": PDF, "largo.txt": b"x" * 30_720})

    dicho = "el archivo «largo.txt» pesa 30 KB, más de lo que el antivirus examina"
    assert quejas(base_de_datos) == {3: [("anexos", dicho)]}


def test_without_its_antivirus_the_dry_run_waits(base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    en(base_de_datos, lambda sitio: traer(sitio, filas(1)))

    assert obrar(base_de_datos, {**ajustes, "casilla.clamd": "/no/hay.sock"}) == ["aplazado"]


def test_rows_with_errors_are_left_out(base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    las_filas = filas(3)
    las_filas[1]["numero_documento"] = "49999999"
    revisado(base_de_datos, ajustes, las_filas)

    pedir_deposito(base_de_datos)
    obrar(base_de_datos, ajustes)

    assert numeros(base_de_datos) == ["000001-2026-LOTE", "000003-2026-LOTE"]


def test_what_changed_since_the_dry_run_is_told_and_the_rest_goes_on(
    base_de_datos: DB, ajustes: dict[str, Any]
) -> None:
    las_filas = filas(2)
    las_filas[0]["numero_documento"] = "40000002"
    revisado(base_de_datos, ajustes, las_filas)
    en(base_de_datos, lambda s: setattr(s.personas[mundo.NUSTA].casilla, "cerrada_en", mundo.ENERO))

    pedir_deposito(base_de_datos)
    obrar(base_de_datos, ajustes)

    assert quejas(base_de_datos) == {2: [("numero_documento", EN_PAPEL)]}
    assert numeros(base_de_datos) == ["000002-2026-LOTE"]


def test_who_is_suspended_meanwhile_deposits_nothing(base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    revisado(base_de_datos, ajustes, filas(2))
    pedir_deposito(base_de_datos)
    en(base_de_datos, lambda sitio: setattr(sitio.funcionarios["notificador"], "suspendido", True))

    obrar(base_de_datos, ajustes)

    assert numeros(base_de_datos) == []
    assert set(quejas(base_de_datos)) == {2, 3}


def test_stopped_and_asked_for_again_it_goes_on_and_doubles_nothing(base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    revisado(base_de_datos, ajustes, filas(6))
    pedir_deposito(base_de_datos)
    vistas: list[int] = []

    def reloj() -> datetime:
        """Whoever stops it does so while it works: when two rows are done."""
        hechas = en(base_de_datos, lambda sitio: len(el_lote(sitio).hechas))
        if hechas == 2 and not vistas:
            vistas.append(hechas)
            en(base_de_datos, lambda s: cancelar(s.trabajos[el_lote(s).trabajo], "notificador", datetime.now(UTC)))
        return datetime.now(UTC)

    assert obrar(base_de_datos, ajustes, reloj=reloj) == ["dejado"]
    primeras = numeros(base_de_datos)
    assert 2 <= len(primeras) < 6

    pedir_deposito(base_de_datos)
    assert obrar(base_de_datos, ajustes) == ["terminado"]
    assert numeros(base_de_datos) == [fila["numero"] for fila in filas(6)]


def test_a_second_bulk_with_the_same_table_deposits_nothing_again(base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    revisado(base_de_datos, ajustes, filas(2))
    pedir_deposito(base_de_datos)
    obrar(base_de_datos, ajustes)

    revisado(base_de_datos, ajustes, filas(2))

    def otro(sitio: Sitio) -> list[int]:
        return [len(lote.errores) for lote in sitio.lotes.values()]

    assert sorted(en(base_de_datos, otro)) == [0, 2]


def test_no_file_is_left_behind(base_de_datos: DB, ajustes: dict[str, Any], tmp_path: Any) -> None:
    las_filas = filas(3)
    las_filas[0]["archivo"] = "malo.pdf"
    las_filas[1]["anexos"] = "uno.txt|no.txt"
    revisado(base_de_datos, ajustes, las_filas, entradas={"a.pdf": PDF, "uno.txt": b"1", "malo.pdf": b"hola"})
    pedir_deposito(base_de_datos)
    obrar(base_de_datos, ajustes)

    assert list((tmp_path / "almacen" / "blobs" / "tmp").glob("recibido-*")) == []


def test_a_bulk_goes_after_its_time_and_what_it_deposited_stays(base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    revisado(base_de_datos, ajustes, filas(1))
    pedir_deposito(base_de_datos)
    obrar(base_de_datos, ajustes)

    en(base_de_datos, lambda sitio: caducar(sitio, mundo.ENERO + VIGENCIA + timedelta(seconds=1)))

    assert en(base_de_datos, lambda sitio: list(sitio.lotes)) == []
    assert numeros(base_de_datos) == ["000001-2026-LOTE"]
