"""The *Constancia de interrupción del servicio*: what could not be used and when, for whoever must prove it."""

from dataclasses import dataclass
from datetime import date, datetime

from casilla.printing.constancia import CUERPO, TITULO, datos, membrete, oficina, verificacion
from casilla.printing.papel import Papel
from casilla.services.horas import duracion, fecha_con_dia, fecha_hora

# Business days that are named one by one; of more, the first and the last.
_NOMBRADOS = 5


@dataclass(frozen=True)
class HechosInterrupcion:
    """All that the paper says. ``desde``, ``hasta``, ``registrada_en``, ``emitida_en`` are aware, printed as Lima's.

    ``hasta`` is None while it goes on; ``anunciada``: that end was announced beforehand and nobody has said otherwise.
    ``dias_habiles``: those that it touched; ``detectada``: told by the system itself; ``url``: its public page.
    """

    numero: str
    servicios: tuple[str, ...]
    motivo: str
    desde: datetime
    hasta: datetime | None
    anunciada: bool
    dias_habiles: tuple[date, ...]
    registrada_en: datetime
    detectada: bool
    emitida_en: datetime
    url: str
    oficina: str
    institucion: str
    sigla: str
    direccion: str
    telefono: str


def constancia_de_interrupcion(hechos: HechosInterrupcion) -> bytes:
    """The PDF: A4, tagged, in es-PE. The same facts give the same bytes."""
    papel = Papel(
        titulo=f"Constancia de interrupción del servicio n.° {hechos.numero}",
        autor=f"{hechos.institucion} - {hechos.sigla}",
        asunto="Casilla Electrónica",
        fecha=hechos.emitida_en,
        pie=f"Constancia de interrupción del servicio n.° {hechos.numero}",
    )
    membrete(papel, hechos)
    papel.texto("H1", "CONSTANCIA DE INTERRUPCIÓN DEL SERVICIO", TITULO)
    papel.y -= 8
    datos(papel, *renglones(hechos), ("Emisión de esta constancia", _momento(hechos.emitida_en)))
    papel.y -= 10
    for parrafo in PARRAFOS:
        papel.texto("P", parrafo, CUERPO)
        papel.y -= 7
    oficina(papel, hechos)
    verificacion(papel, "Interrupción", f"N.° {hechos.numero}", hechos.url)
    return papel.cerrar()


PARRAFOS = (
    "Se deja constancia de que los servicios nombrados de la Casilla Electrónica no se pudieron usar con normalidad "
    "entre las fechas y horas indicadas, según el registro de interrupciones del sistema.",
    "Quien la necesite puede presentarla para sustentar un pedido sobre sus plazos. Lo resuelve la oficina que tiene a "
    "su cargo el procedimiento.",
)


def renglones(hechos: HechosInterrupcion) -> tuple[tuple[str, str], ...]:
    """The facts with their labels, the same on paper and on the page."""
    quien = "Por el propio sistema, que anota cada minuto que funciona" if hechos.detectada else "Por la institución"
    return (
        ("Número", hechos.numero),
        ("Servicios que no se pudieron usar", "; ".join(hechos.servicios)),
        ("Desde", _momento(hechos.desde)),
        ("Hasta", _hasta(hechos)),
        ("Duración", duracion(hechos.hasta - hechos.desde) if hechos.hasta else "Todavía no terminaba"),
        ("Días hábiles alcanzados", _dias(hechos.dias_habiles)),
        ("Motivo", hechos.motivo),
        ("Registro", f"{quien}, el {_momento(hechos.registrada_en)}"),
    )


def _hasta(hechos: HechosInterrupcion) -> str:
    if hechos.hasta is None:
        return f"Seguía el {_momento(hechos.emitida_en)}"
    return _momento(hechos.hasta) + (", según se anunció" if hechos.anunciada else "")


def _dias(dias: tuple[date, ...]) -> str:
    if len(dias) > _NOMBRADOS:
        return f"{len(dias)}, del {fecha_con_dia(dias[0])} al {fecha_con_dia(dias[-1])}"
    return "; ".join(map(fecha_con_dia, dias)) or "Ninguno"


def _momento(cuando: datetime) -> str:
    return f"{fecha_hora(cuando)} (hora de Lima)"
