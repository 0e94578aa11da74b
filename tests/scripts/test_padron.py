"""``casilla padron``: the index of SUNAT's public file is made whole or not at all."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep, time

import pytest

from casilla.gateways import indice_padron
from casilla.gateways.ficticio import PadronFicticio
from casilla.gateways.padron import PadronReducido
from casilla.gateways.protocolo import DatosEmpresa
from tests.gateways.padron import CABECERA, archivo, linea
from tests.scripts.conftest import Instalacion

EMPRESAS = PadronFicticio.desde_ajustes().empresas
GUIA = "20566118603"
RENOMBRADA = DatosEmpresa("OTRO NOMBRE FICTICIO S.A.C.", "150101", "ACTIVO", "HABIDO")


@pytest.fixture
def instalacion(vacia: Instalacion) -> Instalacion:
    vacia.ajustar({"casilla.padron_archivo": str(indice(vacia))})
    return vacia


def indice(instalacion: Instalacion) -> Path:
    return instalacion.carpeta / "padron" / "padron.sqlite"


def consultar(instalacion: Instalacion, ruc: str = GUIA) -> DatosEmpresa | None:
    return PadronReducido.desde_ajustes({"casilla.padron_archivo": str(indice(instalacion))}).consultar_empresa(ruc)


def importar(instalacion: Instalacion, contenido: bytes | None = None, *opciones: str, estado: int = 0) -> str:
    """Import what is in ``padron.txt``, after writing it there; returns everything that was said."""
    fuente = instalacion.carpeta / "padron.txt"
    if contenido is not None:
        fuente.write_bytes(contenido)
    resultado = instalacion.orden("padron", "importar", str(fuente), *opciones)
    assert resultado.exit_code == estado, resultado.output
    return resultado.output


@pytest.fixture
def importada(instalacion: Instalacion) -> Instalacion:
    archivo(instalacion.carpeta / "padron.txt", EMPRESAS)
    importar(instalacion)
    return instalacion


def test_the_companies_of_the_file_can_be_asked_for(importada: Instalacion) -> None:
    assert {ruc: consultar(importada, ruc) for ruc in EMPRESAS} == EMPRESAS


def test_people_are_left_out_unless_all_are_asked_for(importada: Instalacion) -> None:
    assert consultar(importada, "10990000011") is None

    dicho = importar(importada, None, "--todos")

    assert f"Tomadas: {len(EMPRESAS) + 1}" in dicho
    persona = sqlite(importada, 10990000011)
    assert persona == "FICTICIO MUESTRA JOSE LUIS"


def sqlite(instalacion: Instalacion, ruc: int) -> str:
    datos = indice_padron.buscar(indice(instalacion), str(ruc))
    assert datos
    return datos.razon_social


def test_what_was_imported_is_told(importada: Instalacion) -> None:
    os.utime(importada.carpeta / "padron.txt", (1769180000, 1769180000))
    importar(importada)

    resultado = importada.orden("padron", "estado")

    assert resultado.exit_code == 0
    assert "De padron.txt, del 23 de enero de 2026, 09:53" in resultado.output
    assert f"RUC: {len(EMPRESAS)}, solo los que empiezan con 20" in resultado.output
    assert f"Líneas leídas: {len(EMPRESAS) + 1}; dejadas de lado: 0" in resultado.output


@pytest.mark.parametrize(("dias", "nivel"), [(1, "ok     padrón: "), (40, "aviso  padrón: ")])
def test_the_doctor_tells_a_file_that_grew_old(importada: Instalacion, dias: int, nivel: str) -> None:
    importada.orden("iniciar")
    os.utime(importada.carpeta / "padron.txt", (time() - dias * 86400,) * 2)
    importar(importada)
    clase = "casilla.gateways.padron.PadronReducido"
    importada.ajustar({"casilla.padron_archivo": str(indice(importada)), "casilla.identidad.ruc": clase})

    dicho = importada.orden("doctor").output

    assert f"{nivel}el archivo de la SUNAT es de hace {dias} días" in dicho
    assert "identidad: casilla.identidad.ruc pregunta a SUNAT (padrón reducido)" in dicho
    assert "otros pueden leer" not in dicho, "what SUNAT publishes is no secret"


def test_a_newer_file_takes_the_place_of_the_old_one(importada: Instalacion) -> None:
    registro = PadronReducido.desde_ajustes({"casilla.padron_archivo": str(indice(importada))})

    importar(importada, CABECERA + linea(GUIA, RENOMBRADA))

    assert registro.consultar_empresa(GUIA) == RENOMBRADA, "a server at work sees it without a new start"
    assert registro.consultar_empresa("20999000011") is None, "who is no longer in the file is forgotten"


def test_of_a_ruc_that_comes_twice_the_last_stays(instalacion: Instalacion) -> None:
    importar(instalacion, CABECERA + linea(GUIA, EMPRESAS[GUIA]) + linea(GUIA, RENOMBRADA))

    assert consultar(instalacion) == RENOMBRADA


def test_a_state_that_the_file_cuts_stays_cut(instalacion: Instalacion) -> None:
    importar(instalacion, CABECERA + linea(GUIA, DatosEmpresa("X FICTICIA", None, "BAJA PROV. POR OFICIO", None)))

    assert consultar(instalacion) == DatosEmpresa("X FICTICIA", None, "BAJA PROV. POR OFICI", None)


def test_lines_that_cannot_be_understood_are_counted_and_told(instalacion: Instalacion) -> None:
    buenas = linea(GUIA, EMPRESAS[GUIA]) * 1000
    malas = (
        b"20999000011|SIN TODAS SUS COLUMNAS|ACTIVO\n"
        + linea("2099900001X", RENOMBRADA)
        + linea("20999000011", DatosEmpresa("-"))
        + linea("20999000011", DatosEmpresa("X|Y FICTICIA"))
        + linea("20999000011", DatosEmpresa("X FICTICIA", "LIMA"))
        + b"\n"
    )

    dicho = importar(instalacion, CABECERA + buenas + malas)

    assert "Líneas que no se entienden, y se dejaron de lado: 6; las primeras: 1002, 1003, 1004, 1005, 1006" in dicho
    assert consultar(instalacion, "20999000011") is None


@pytest.mark.parametrize(
    ("contenido", "palabras"),
    [
        (b"", "no empieza con los títulos"),
        (b"%PDF-1.7\n\x00\xff", "no empieza con los títulos"),
        (b"\x00" * 3_000_000, "no empieza con los títulos"),
        (CABECERA.decode("latin-1").encode("utf-8") + linea(GUIA, RENOMBRADA), "en ISO-8859-1"),
        (linea(GUIA, RENOMBRADA), "no empieza con los títulos"),
        (CABECERA, "no trae ninguna empresa"),
        (CABECERA + linea("10990000011", RENOMBRADA), "no trae ninguna empresa"),
        (CABECERA + linea(GUIA, RENOMBRADA) + linea(GUIA, RENOMBRADA)[:-20], "está cortado"),
        (CABECERA + linea(GUIA, RENOMBRADA) + b"basura\n", "no se entienden 1 de sus 2 líneas"),
        (CABECERA + linea(GUIA, RENOMBRADA) + b"x" * 3_000_000 + b"\n", "no se entienden"),
    ],
    ids=["empty", "PDF", "zeros", "UTF-8", "no header", "only header", "only people", "cut", "rubbish", "endless line"],
)
def test_a_file_that_is_not_it_is_refused_and_the_old_index_stays(
    importada: Instalacion, contenido: bytes, palabras: str
) -> None:
    dicho = importar(importada, contenido, estado=1)

    assert palabras in dicho
    assert "No se cambió nada." in dicho
    assert consultar(importada) == EMPRESAS[GUIA]
    assert sorted(ruta.name for ruta in indice(importada).parent.iterdir()) == [
        "padron.sqlite",
        "padron.sqlite.candado",
    ]


def test_a_header_without_accents_is_the_same_header(instalacion: Instalacion) -> None:
    sin_acentos = CABECERA.translate(bytes.maketrans("ÓÍÚ".encode("latin-1"), b"OIU"))

    importar(instalacion, sin_acentos + linea(GUIA, EMPRESAS[GUIA]).replace(b"\n", b"\r\n"))

    assert consultar(instalacion) == EMPRESAS[GUIA]


def test_an_import_killed_in_mid_flight_loses_nothing(importada: Instalacion) -> None:
    bloque = b"".join(linea(str(20100000000 + n), RENOMBRADA) for n in range(1000)) + linea(GUIA, RENOMBRADA)
    with (importada.carpeta / "padron.txt").open("wb") as fuente:
        fuente.write(CABECERA)
        fuente.writelines(bloque for _ in range(600))
    nuevo = indice(importada).with_name("padron.sqlite.nuevo")

    proceso = en_un_proceso(importada)
    hasta = monotonic() + 60
    while not nuevo.exists() and monotonic() < hasta:
        sleep(0.002)
    proceso.send_signal(signal.SIGKILL)

    assert proceso.wait() == -signal.SIGKILL
    assert nuevo.exists(), "it was killed at work"
    assert consultar(importada) == EMPRESAS[GUIA]
    assert "Tomadas: 600600" in importar(importada), "what it left behind is in nobody's way"
    assert consultar(importada) == RENOMBRADA
    assert not nuevo.exists()


def test_a_long_file_takes_less_than_200_mb_of_memory(importada: Instalacion) -> None:
    """A row in Python takes some 500 bytes: 400,000 kept would be 200 MB by themselves."""
    with (importada.carpeta / "padron.txt").open("wb") as fuente:
        fuente.write(CABECERA)
        fuente.writelines(linea(str(20_000_000_000 + n), RENOMBRADA) for n in range(400_000))

    proceso = en_un_proceso(importada)
    cumbre = 0
    while proceso.poll() is None:
        cumbre = max(cumbre, memoria_mayor(proceso.pid))
        sleep(0.01)

    assert proceso.returncode == 0
    assert 0 < cumbre < 200 * 1024
    assert indice_padron.cuantas(indice(importada)) == 400_000


def memoria_mayor(pid: int) -> int:
    """The most that the process has held since it began its program, in KiB; what wait4 tells counts its parent too."""
    try:
        estado = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0
    return next((int(linea.split()[1]) for linea in estado.splitlines() if linea.startswith("VmHWM")), 0)


def en_un_proceso(instalacion: Instalacion) -> subprocess.Popen[bytes]:
    orden = [str(Path(sys.executable).parent / "casilla"), "-c", str(instalacion.ini), "padron", "importar"]
    return subprocess.Popen([*orden, str(instalacion.carpeta / "padron.txt")], stdout=subprocess.DEVNULL)


def test_a_second_import_at_the_same_time_is_told_to_wait(importada: Instalacion) -> None:
    with indice_padron.construccion(indice(importada)):
        assert "otra importación está haciendo" in importar(importada, estado=1)


def test_without_a_place_for_the_index_nothing_is_done(vacia: Instalacion) -> None:
    assert "falta el ajuste casilla.padron_archivo" in importar(vacia, CABECERA, estado=1)


def test_a_place_that_cannot_be_written_to_is_told(instalacion: Instalacion) -> None:
    indice(instalacion).parent.write_text("no es una carpeta")

    dicho = importar(instalacion, CABECERA + linea(GUIA, RENOMBRADA), estado=1)

    assert "no se pudo hacer el índice" in dicho


def test_without_an_index_its_state_says_what_to_do(instalacion: Instalacion) -> None:
    resultado = instalacion.orden("padron", "estado")

    assert resultado.exit_code == 1
    assert "ejecute «casilla padron importar»" in resultado.output


@pytest.mark.parametrize("contenido", [b"", b"no es SQLite" * 1000])
def test_what_is_no_index_is_not_read(instalacion: Instalacion, contenido: bytes) -> None:
    indice(instalacion).parent.mkdir()
    indice(instalacion).write_bytes(contenido)

    assert instalacion.orden("padron", "estado").exit_code == 1
    with pytest.raises(ValueError, match=r"casilla\.padron_archivo: "):
        consultar(instalacion)
