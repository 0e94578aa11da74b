"""The daily summary, a pure function as the letters in ``cartas``, and as discreet: types and numbers of documents."""

from datetime import date

from pyramid_mailer.message import Message

from casilla.mail.cartas import Institucion, Palabras, segun
from casilla.mail.hoja import Bloque, boton, datos, parrafo
from casilla.resources.casilla import Fila
from casilla.services.correspondencia import RESUMEN_DIARIO
from casilla.services.horas import fecha_con_dia, fecha_larga
from casilla.services.plantillas import palabras_iniciales
from casilla.services.resumen import Resumen


def resumen_diario(
    *,
    para: str,
    nombres: str,
    hoy: date,
    resumen: Resumen,
    enlace: str,
    enlace_avisos: str,
    discreto: bool = False,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """What is unread, and which terms end soon, as it was on the day ``hoy`` in Lima; ``discreto``: only how much."""
    cuantas = "1 notificación" if resumen.sin_leer == 1 else f"{resumen.sin_leer} notificaciones"
    bloques: dict[str, Bloque | tuple[Bloque, ...]] = {
        "nuevas": () if discreto else _nuevas(resumen),
        "por_vencer": () if discreto else _por_vencer(resumen.por_vencer, hoy),
        "enlace": boton("Casilla Ciudadana", enlace),
        "enlace_avisos": boton("Mis avisos", enlace_avisos),
    }
    campos = {"nombres": nombres, "hoy": fecha_con_dia(hoy), "cuantas": cuantas}
    return segun(palabras, RESUMEN_DIARIO, para, institucion, bloques, **campos)


def _nuevas(resumen: Resumen) -> tuple[Bloque, ...]:
    filas = ((_documento(fila), _sin_leer(fila)) for fila in resumen.nuevas)
    return (datos(*filas), *_mas(resumen.sin_leer - len(resumen.nuevas)))


def _documento(fila: Fila) -> str:
    return f"{fila.tipo} {fila.numero}"


def _sin_leer(fila: Fila) -> str:
    depositada = f"depositada el {fecha_larga(fila.depositado_en)}"
    return f"{depositada}, vence el {fecha_con_dia(fila.vence)}" if fila.vence else depositada


def _mas(cuantas: int) -> tuple[Bloque, ...]:
    if cuantas <= 0:
        return ()
    return (parrafo("Y una más antigua." if cuantas == 1 else f"Y {cuantas} más antiguas."),)


def _por_vencer(filas: tuple[Fila, ...], hoy: date) -> tuple[Bloque, ...]:
    if not filas:
        return ()
    plazos = ((_documento(fila), _vence(fila.vence or hoy, hoy)) for fila in filas)
    return parrafo("Plazos que vencen en los próximos siete días (cálculo referencial):"), datos(*plazos)


def _vence(vence: date, hoy: date) -> str:
    return "vence hoy" if vence == hoy else f"vence el {fecha_con_dia(vence)}"
