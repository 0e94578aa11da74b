"""The daily summary, a pure function as the letters in ``cartas``, and as discreet: types and numbers of documents."""

from datetime import date

from pyramid_mailer.message import Message

from casilla.mail.cartas import Institucion, componer
from casilla.mail.hoja import Bloque, boton, datos, parrafo
from casilla.resources.casilla import Fila
from casilla.services.horas import fecha_con_dia, fecha_larga
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
) -> Message:
    """What is unread, and which terms end soon, as it was on the day ``hoy`` in Lima; ``discreto``: only how much."""
    cuantas = "1 notificación" if resumen.sin_leer == 1 else f"{resumen.sin_leer} notificaciones"
    return componer(
        para,
        f"Resumen de su casilla: {cuantas} sin leer",
        institucion,
        parrafo(f"Estimada (o) {nombres}:"),
        parrafo(f"Hoy, {fecha_con_dia(hoy)}, tiene {cuantas} sin leer en su Casilla Electrónica."),
        *(() if discreto else _detalle(resumen, hoy)),
        boton("Casilla Ciudadana", enlace),
        parrafo("Este resumen no reemplaza los avisos, que recibe cada vez que se deposita una notificación."),
        parrafo("Lo recibe cada mañana porque usted lo pidió. Para dejar de recibirlo:"),
        boton("Mis avisos", enlace_avisos),
    )


def _detalle(resumen: Resumen, hoy: date) -> tuple[Bloque, ...]:
    return (
        datos(*((_documento(fila), _sin_leer(fila)) for fila in resumen.nuevas)),
        *_mas(resumen.sin_leer - len(resumen.nuevas)),
        *_por_vencer(resumen.por_vencer, hoy),
    )


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
