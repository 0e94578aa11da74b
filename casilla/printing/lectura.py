"""The *Constancia de lectura*: who opened a notification, and when.

It is made when it is asked for, of facts that never change, and kept nowhere (docs/decisiones/017-detalle-y-avisos.md).
"""

from dataclasses import dataclass
from datetime import datetime

from casilla.printing.constancia import AZUL, CUERPO, TITULO, archivos, datos, membrete, oficina
from casilla.printing.estilos import Estilo
from casilla.printing.hoja import ANCHO
from casilla.printing.papel import Papel
from casilla.services.codigos import en_grupos
from casilla.services.horas import fecha_hora


@dataclass(frozen=True)
class HechosLectura:
    """All that the paper says. ``depositado_en``, ``leido_en`` are aware and printed on Lima's clock.

    ``codigo`` and ``url_verificacion`` are those of the notification's own constancia; ``lector`` is who opened it, and
    ``usuario`` the user name; ``archivos`` as in ``HechosConstancia``.
    """

    codigo: str
    expediente: str
    administrado: str
    documento_identidad: str
    documento: str
    depositado_en: datetime
    leido_en: datetime
    lector: str
    usuario: str
    archivos: tuple[tuple[str, str, int], ...]
    oficina: str
    institucion: str
    sigla: str
    direccion: str
    telefono: str
    url_verificacion: str


PARRAFOS = (
    "Se deja constancia de que esta notificación se abrió en la Casilla Electrónica del administrado, con su usuario y "
    "contraseña, en la fecha y hora de lectura que se indican. Es la primera vez que se abrió; las siguientes no "
    "cambian esa fecha.",
    "Cuándo empieza a contar el plazo lo dice la Constancia de notificación electrónica; esta no lo cambia.",
)


def constancia_de_lectura(hechos: HechosLectura) -> bytes:
    """The PDF: A4, tagged, in es-PE. The same facts give the same bytes. Raises ValueError for a naive time."""
    papel = Papel(
        titulo=f"Constancia de lectura: {hechos.documento}",
        autor=f"{hechos.institucion} - {hechos.sigla}",
        asunto=f"Expediente {hechos.expediente}",
        fecha=hechos.leido_en,
        pie=f"Constancia de lectura de la notificación {en_grupos(hechos.codigo)}",
    )
    membrete(papel, hechos)
    papel.texto("H1", "CONSTANCIA DE LECTURA DE NOTIFICACIÓN ELECTRÓNICA", TITULO)
    papel.y -= 8
    datos(
        papel,
        ("Expediente", hechos.expediente),
        ("Administrado", hechos.administrado),
        ("Documento Identidad", hechos.documento_identidad),
        ("Documento", hechos.documento),
        ("Depositada", f"{fecha_hora(hechos.depositado_en)} (hora de Lima)"),
        ("Leída", f"{fecha_hora(hechos.leido_en)} (hora de Lima)"),
        ("Leída por", f"{hechos.lector}, usuario {hechos.usuario}"),
    )
    papel.y -= 10
    for parrafo in PARRAFOS:
        papel.texto("P", parrafo, CUERPO)
        papel.y -= 7
    archivos(papel, hechos.archivos)
    _deposito(papel, hechos)
    oficina(papel, hechos)
    return papel.cerrar()


def _deposito(papel: Papel, hechos: HechosLectura) -> None:
    """Where anybody can check the deposit that was read; who read it, and when, is for no stranger to ask."""
    papel.y -= 8
    papel.reservar(60)
    papel.texto("P", f"El depósito, de código {en_grupos(hechos.codigo)}, se comprueba en esta dirección:", CUERPO)
    papel.enlace(hechos.url_verificacion, Estilo(cuerpo=9, salto=13, color=AZUL), 0, ANCHO)
