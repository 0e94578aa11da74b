"""The list that the institution's people take away from the follow-up board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from casilla.printing.certificacion import NOMBRES_DE_DOCUMENTO
from casilla.printing.listado import FECHA, FECHA_HORA, NUMERO, TEXTO, Columna, Valor, una_linea
from casilla.resources.conjunto import momento
from casilla.resources.persona import Persona
from casilla.resources.seguimiento import Fila
from casilla.resources.sitio import Sitio
from casilla.services.cifras import miles
from casilla.services.consulta_de_depositos import AVISOS, ESTADOS, FILTROS, ORDENES, Consulta
from casilla.services.horas import dia_en_lima, en_lima, fecha_hora

_COLUMNAS = (
    Columna("Depositada", FECHA_HORA, 16),
    Columna("Código", TEXTO, 19),
    Columna("Expediente", TEXTO, 18),
    Columna("Tipo de documento", TEXTO, 14),
    Columna("Número de documento", TEXTO, 22),
    Columna("Asunto", TEXTO, 36),
    Columna("Dependencia", TEXTO, 32),
    Columna("Documento de la persona", TEXTO, 15),
    Columna("Persona", TEXTO, 30),
    Columna("Estado", TEXTO, 10),
    Columna("Leída", FECHA_HORA, 16),
    Columna("Aviso por correo", TEXTO, 12),
    Columna("Vence", FECHA, 12),
    Columna("Plazo vencido", TEXTO, 9),
    Columna("Días desde el depósito", NUMERO, 10),
)


def documento_de(persona: Persona) -> str:
    """As "DNI 40000001"."""
    return f"{NOMBRES_DE_DOCUMENTO[persona.tipo_documento]} {persona.numero}"


def filtros_en_palabras(sitio: Sitio, consulta: Consulta) -> dict[str, str]:
    """Those that are applied, by their keys, as "Persona DNI 40000001"."""
    casilla = sitio.casillas.get(consulta.valor("persona"))
    aplicados = dict(consulta.aplicados)
    if "persona" in aplicados:
        aplicados["persona"] = documento_de(casilla.persona) if casilla else "desconocida"
    return {nombre: f"{FILTROS[nombre]} {palabras}" for nombre, palabras in aplicados.items()}


class Renglon(NamedTuple):
    """A row with its number, and whose it is: their document and their name."""

    numero: int
    fila: Fila
    documento: str
    persona: str

    @classmethod
    def de(cls, sitio: Sitio, numero: int, fila: Fila) -> "Renglon":
        persona = sitio.casillas[fila.casilla].persona
        return cls(numero, fila, documento_de(persona), persona.nombre_completo)


@dataclass(frozen=True)
class ListadoDeDepositos:
    """``filtro`` and ``orden`` in words, ``filtro`` empty for all; ``quien``: who takes it away."""

    institucion: str
    quien: str
    filtro: str
    orden: str
    hecho_en: datetime
    cuantas: int
    renglones: Iterable[Renglon]

    hoja = "Notificaciones"
    titulo = "Seguimiento de notificaciones"
    columnas = _COLUMNAS

    @classmethod
    def de(
        cls,
        sitio: Sitio,
        consulta: Consulta,
        *,
        quien: str,
        hecho_en: datetime,
        cuantas: int,
        renglones: Iterable[Renglon] = (),
    ) -> "ListadoDeDepositos":
        """Of what was asked of the board."""
        return cls(
            institucion=sitio.institucion.nombre,
            quien=quien,
            filtro="; ".join(filtros_en_palabras(sitio, consulta).values()),
            orden=ORDENES[consulta.orden],
            hecho_en=hecho_en,
            cuantas=cuantas,
            renglones=renglones,
        )

    @property
    def nombre(self) -> str:
        return f"notificaciones_{dia_en_lima(self.hecho_en)}"

    @property
    def encabezado(self) -> tuple[str, ...]:
        cuantas = "1 notificación" if self.cuantas == 1 else f"{miles(self.cuantas)} notificaciones"
        return (
            una_linea(f"{self.institucion}. Hecho por {self.quien} el {fecha_hora(self.hecho_en)} (hora de Lima)."),
            una_linea(f"Filtros: {self.filtro or 'ninguno'}"),
            f"{cuantas}. Orden: {self.orden}.",
        )

    def valores(self) -> Iterable[tuple[Valor, ...]]:
        hoy = dia_en_lima(self.hecho_en)
        for numero, fila, documento, persona in self.renglones:
            depositada = _momento(momento(numero))
            textos = (fila.codigo, fila.expediente, fila.tipo, fila.numero, fila.asunto, fila.dependencia)
            yield (
                depositada,
                *map(una_linea, (*textos, documento, persona)),
                ESTADOS[fila.estado],
                _momento(fila.leida_en) if fila.leida_en else None,
                AVISOS.get(fila.aviso, fila.aviso),
                fila.vence,
                "Sí" if fila.vencida else "No",
                (hoy - depositada.date()).days,
            )


def _momento(cuando: datetime) -> datetime:
    """As a spreadsheet takes it: Lima's clock, no zone."""
    return en_lima(cuando).replace(tzinfo=None, microsecond=0)
