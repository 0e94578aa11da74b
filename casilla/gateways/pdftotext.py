"""The words of a PDF, as poppler's ``pdftotext`` reads them: a program of the system, beside us and on a short leash.

Whoever wrote the PDF may have meant harm, so it is read by another process, with little time, memory and paper.
"""

import resource
import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryFile
from threading import BoundedSemaphore

PROGRAMA = "pdftotext"
ESPERA = 10  # seconds
MEMORIA = 512 << 20  # bytes of address space
SALIDA = 2 << 20  # bytes of text; more than a thousand pages
PAGINAS = 300
_TURNOS = BoundedSemaphore(2)


class SinTexto(Exception):
    """Its words could not be had: too long, damaged, too many readers at once, or no such program."""


def disponible() -> bool:
    """Whether the program is installed."""
    return which(PROGRAMA) is not None


def leer_pdf(ruta: Path, espera: float = ESPERA) -> list[str]:
    """The text of each page, the first PAGINAS of them, in the order of reading, within so many seconds.

    Raises SinTexto.
    """
    if not _TURNOS.acquire(timeout=espera):
        raise SinTexto("hay demasiados documentos leyéndose a la vez")
    try:
        with TemporaryFile() as salida:
            orden = [PROGRAMA, "-q", "-enc", "UTF-8", "-l", str(PAGINAS), str(ruta), "-"]
            _correr(orden, salida.fileno(), espera)
            salida.seek(0)
            return salida.read().decode("utf-8", "replace").split("\f")[:-1]
    except (OSError, subprocess.SubprocessError) as error:
        raise SinTexto(type(error).__name__) from error
    finally:
        _TURNOS.release()


def _correr(orden: list[str], salida: int, espera: float) -> None:
    nada = subprocess.DEVNULL
    with subprocess.Popen(orden, stdin=nada, stdout=salida, stderr=nada) as proceso:  # noqa: S603 - no shell, our words
        try:
            resource.prlimit(proceso.pid, resource.RLIMIT_AS, (MEMORIA, MEMORIA))
            resource.prlimit(proceso.pid, resource.RLIMIT_FSIZE, (SALIDA, SALIDA))
            estado = proceso.wait(espera)
        except ProcessLookupError:
            estado = proceso.wait()
        except BaseException:
            proceso.kill()
            raise
    if estado:
        raise subprocess.CalledProcessError(estado, orden)
