"""The *Constancia de cierre de casilla electrónica*: what its owner asked for, when, and what was still open."""

from dataclasses import dataclass
from datetime import date, datetime

from casilla.printing.constancia import CUERPO, TITULO, datos, membrete, oficina, subtitulo
from casilla.printing.estilos import Celda
from casilla.printing.hoja import ANCHO
from casilla.printing.papel import Papel
from casilla.services.horas import fecha_con_dia, fecha_hora

Renglon = tuple[str, str, datetime, date | None]


@dataclass(frozen=True)
class HechosCierre:
    """All that the paper says. ``abierta_en``, ``cerrada_en`` are aware and printed on Lima's clock.

    ``motivo``: why the institution closed it; empty when its owner did. ``sin_leer`` and ``con_plazo`` are tuples
    (document, office, deposited, last day of the term or None).
    """

    administrado: str
    documento_identidad: str
    abierta_en: datetime
    cerrada_en: datetime
    sin_leer: tuple[Renglon, ...]
    con_plazo: tuple[Renglon, ...]
    oficina: str
    institucion: str
    sigla: str
    direccion: str
    telefono: str
    motivo: str = ""


def constancia_de_cierre(hechos: HechosCierre) -> bytes:
    """The PDF: A4, tagged, in es-PE. The same facts give the same bytes."""
    papel = Papel(
        titulo="Constancia de cierre de casilla electrónica",
        autor=f"{hechos.institucion} - {hechos.sigla}",
        asunto=hechos.documento_identidad,
        fecha=hechos.cerrada_en,
        pie="Constancia de cierre de casilla electrónica",
    )
    membrete(papel, hechos)
    papel.texto("H1", "CONSTANCIA DE CIERRE DE CASILLA ELECTRÓNICA", TITULO)
    papel.y -= 8
    datos(
        papel,
        ("Administrado", hechos.administrado),
        ("Documento Identidad", hechos.documento_identidad),
        ("Casilla abierta el", f"{fecha_hora(hechos.abierta_en)} (hora de Lima)"),
        ("Cierre" if hechos.motivo else "Pedido y cierre", f"{fecha_hora(hechos.cerrada_en)} (hora de Lima)"),
    )
    papel.y -= 10
    for parrafo in (_quien_la_cerro(hechos), SIGUEN_VALIENDO):
        papel.texto("P", parrafo, CUERPO)
        papel.y -= 7
    _lista(papel, "Notificaciones sin leer al cerrar", hechos.sin_leer)
    _lista(papel, "Notificaciones leídas con plazo en curso al cerrar", hechos.con_plazo)
    oficina(papel, hechos)
    return papel.cerrar()


SIGUEN_VALIENDO = (
    "Las notificaciones depositadas antes siguen siendo válidas y sus plazos siguen corriendo. El administrado puede "
    "seguir leyéndolas y descargándolas con su usuario y contraseña."
)


def _quien_la_cerro(hechos: HechosCierre) -> str:
    if hechos.motivo:
        return (
            f"Se deja constancia de que {hechos.institucion} cerró la Casilla Electrónica del administrado: desde "
            f"entonces no se deposita en ella ninguna notificación. Motivo: {hechos.motivo}"
        )
    return (
        "Se deja constancia de que el administrado pidió, con su usuario y contraseña, cerrar su Casilla Electrónica, "
        "y de que en ese momento quedó cerrada: desde entonces no se deposita en ella ninguna notificación."
    )


def _lista(papel: Papel, titulo: str, renglones: tuple[Renglon, ...]) -> None:
    subtitulo(papel, f"{titulo}: {len(renglones) or 'ninguna'}")
    if not renglones:
        return
    with papel.tabla(*_columnas("TH", "Documento y dependencia", "Depositada", "Vence")) as tabla:
        for documento, dependencia, depositada, vence in renglones:
            plazo = fecha_con_dia(vence) if vence else "Sin plazo"
            papel.fila(tabla, *_columnas("TD", f"{documento}, {dependencia}", fecha_hora(depositada), plazo))


def _columnas(etiqueta: str, *textos: str) -> list[Celda]:
    alcance = "Column" if etiqueta == "TH" else ""
    medidas = ((0, 225), (231, 120), (357, ANCHO - 357))
    return [
        Celda(etiqueta, x, ancho, [(CUERPO, texto)], alcance) for (x, ancho), texto in zip(medidas, textos, strict=True)
    ]
