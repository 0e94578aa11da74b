"""The *Constancia de notificación electrónica*, the paper that attests a deposit.

Its content is that of the guide, point 16 (num. 5.3 of Ley 31736), with the files' digests and a way to verify it.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from casilla.printing.estilos import BLANCO, Celda, Estilo, Partes
from casilla.printing.fuentes import SEMINEGRA
from casilla.printing.hoja import ANCHO
from casilla.printing.papel import Papel
from casilla.printing.qr import modulos
from casilla.services.codigos import en_grupos
from casilla.services.horas import fecha_con_dia, fecha_hora

_GRIS = b"0.33 0.37 0.42"
AZUL = b"0.04 0.3 0.6"
_ROJO = b"0.78 0.06 0.18"
_PIZARRA = b"0.25 0.27 0.3"
_PLATA = b"0.86 0.87 0.89"
_NIEBLA = b"0.955 0.96 0.965"

CUERPO = Estilo(cuerpo=10, salto=14)
_DATO = Estilo(cuerpo=10.5, salto=14)
_ROTULO = Estilo(SEMINEGRA, 9, 14, _GRIS)
TITULO = Estilo(SEMINEGRA, 17, 24)
_SUBTITULO = Estilo(SEMINEGRA, 11, 18)
_HUELLA = Estilo(cuerpo=7.5, salto=11.5, color=_GRIS)
_CODIGO = Estilo(SEMINEGRA, 14, 20)


@dataclass(frozen=True)
class HechosConstancia:
    """All that a constancia says.

    ``depositado_en`` is aware and printed on Lima's clock; ``dia_del_deposito`` says in words why it counts as made
    another day, empty when it does not; ``computo_desde`` is the first day of the term and ``vence``
    its last one, None when the document gives no term; ``archivos`` are the document and then its annexes, each a tuple
    (name, SHA-256 in hexadecimal, length in bytes); ``parrafos`` are the legal wording, already filled in;
    ``url_verificacion`` is the public page for this ``codigo``, in full.
    """

    codigo: str
    expediente: str
    administrado: str
    documento_identidad: str
    documento: str
    depositado_en: datetime
    dia_del_deposito: str
    computo_desde: date
    vence: date | None
    archivos: tuple[tuple[str, str, int], ...]
    parrafos: tuple[str, ...]
    oficina: str
    institucion: str
    sigla: str
    direccion: str
    telefono: str
    url_verificacion: str


class Emisor(Protocol):
    """Whose paper it is."""

    @property
    def institucion(self) -> str: ...
    @property
    def sigla(self) -> str: ...
    @property
    def oficina(self) -> str: ...
    @property
    def direccion(self) -> str: ...
    @property
    def telefono(self) -> str: ...


def constancia(hechos: HechosConstancia) -> bytes:
    """The PDF: A4, tagged, in es-PE. The same facts give the same bytes.

    Raises ValueError for a naive ``depositado_en`` or an address too long for a QR code.
    """
    papel = Papel(
        titulo=f"Constancia de notificación electrónica: {hechos.documento}",
        autor=f"{hechos.institucion} - {hechos.sigla}",
        asunto=f"Expediente {hechos.expediente}",
        fecha=hechos.depositado_en,
        pie=f"Constancia de notificación electrónica {en_grupos(hechos.codigo)}",
    )
    membrete(papel, hechos)
    papel.texto("H1", "CONSTANCIA DE NOTIFICACIÓN ELECTRÓNICA", TITULO)
    papel.y -= 8
    _notificacion(papel, hechos)
    _parrafos(papel, hechos)
    _plazo(papel, hechos)
    archivos(papel, hechos.archivos)
    oficina(papel, hechos)
    verificacion(papel, "Código de verificación", en_grupos(hechos.codigo), hechos.url_verificacion)
    return papel.cerrar()


def membrete(papel: Papel, hechos: Emisor) -> None:
    """The three blocks of the Peruvian State's letterhead."""
    bloques = (
        (0, 84, _ROJO, Estilo(SEMINEGRA, 16, 20, BLANCO), "PERÚ"),
        (84, 186, _PIZARRA, Estilo(SEMINEGRA, 9.5, 12.5, BLANCO), hechos.institucion),
        (270, ANCHO - 270, _PLATA, Estilo(cuerpo=9.5, salto=12.5), hechos.oficina),
    )
    celdas = [Celda("P", x + 15, ancho - 30, [(estilo, texto)]) for x, ancho, _, estilo, texto in bloques]
    alto = max(celda.alto() for celda in celdas) + 18
    arriba = papel.y
    for (x, ancho, color, *_), celda in zip(bloques, celdas, strict=True):
        papel.caja(x, arriba - alto, ancho, alto, color)
        papel.y = arriba - (alto - celda.alto()) / 2
        papel.columnas(celda)
    papel.y = arriba - alto - 20


def datos(papel: Papel, *filas: tuple[str, str]) -> None:
    """A table of labels and values."""
    with papel.tabla() as tabla:
        for rotulo, dato in filas:
            celdas = Celda("TH", 0, 130, [(_ROTULO, rotulo)], "Row"), Celda("TD", 136, ANCHO - 136, [(_DATO, dato)])
            papel.fila(tabla, *celdas)


def _notificacion(papel: Papel, hechos: HechosConstancia) -> None:
    datos(
        papel,
        ("Expediente", hechos.expediente),
        ("Administrado", hechos.administrado),
        ("Documento Identidad", hechos.documento_identidad),
        ("Documento", hechos.documento),
        ("Fecha y Hora", f"{fecha_hora(hechos.depositado_en)} (hora de Lima)"),
    )


def _parrafos(papel: Papel, hechos: HechosConstancia) -> None:
    papel.y -= 10
    for parrafo in ("Estimado Usuario:", *hechos.parrafos):
        papel.texto("P", parrafo, CUERPO)
        papel.y -= 7


def _plazo(papel: Papel, hechos: HechosConstancia) -> None:
    subtitulo(papel, "Cómputo del plazo")
    filas = [("Día del depósito", hechos.dia_del_deposito)] if hechos.dia_del_deposito else []
    filas.append(("Inicia el", fecha_con_dia(hechos.computo_desde)))
    if hechos.vence:
        filas.append(("Vence el", f"{fecha_con_dia(hechos.vence)} (cálculo referencial)"))
    datos(papel, *filas)


def archivos(papel: Papel, depositados: tuple[tuple[str, str, int], ...]) -> None:
    """Each file with its size and digest: by them anyone can prove that a file is the one deposited."""
    subtitulo(papel, "Archivos depositados")
    titulos = ("Archivo", "Nombre y huella digital SHA-256", "Tamaño")
    with papel.tabla(*_columnas("TH", *([(_ROTULO, titulo)] for titulo in titulos))) as tabla:
        for n, (nombre, huella, tamano) in enumerate(depositados):
            clase = [(CUERPO, f"Anexo {n}" if n else "Documento")]
            archivo = [(CUERPO, nombre), (_HUELLA, huella)]
            papel.fila(tabla, *_columnas("TD", clase, archivo, [(CUERPO, _en_bytes(tamano))]))


def _en_bytes(tamano: int) -> str:
    # Not cifras.miles: the same facts must go on giving the same bytes, and papers were issued with this space.
    return f"{tamano:,}".replace(",", " ") + (" byte" if tamano == 1 else " bytes")


def _columnas(etiqueta: str, clase: Partes, archivo: Partes, tamano: Partes) -> tuple[Celda, Celda, Celda]:
    alcance = "Column" if etiqueta == "TH" else ""
    return (
        Celda(etiqueta, 0, 72, clase, alcance),
        Celda(etiqueta, 78, 305, archivo, alcance),
        Celda(etiqueta, 386, ANCHO - 386, tamano, alcance, a_la_derecha=True),
    )


def oficina(papel: Papel, hechos: Emisor) -> None:
    """Who signs."""
    papel.y -= 8
    partes = [
        (Estilo(SEMINEGRA, 10, 14), hechos.oficina),
        (CUERPO, f"{hechos.institucion} - {hechos.sigla}"),
        (CUERPO, hechos.direccion),
        (CUERPO, f"Teléfono {hechos.telefono}"),
    ]
    papel.columnas(Celda("P", 0, ANCHO, partes))
    papel.y -= 10


def verificacion(papel: Papel, rotulo: str, codigo: str, url: str) -> None:
    """The box at the foot of the last sheet, by which anyone can check at ``url`` that this paper is genuine."""
    x, ancho, lado = 112.0, ANCHO - 124, 84.0
    nota, enlace = Estilo(cuerpo=9, salto=14), Estilo(cuerpo=9, salto=13, color=AZUL)
    alto = max(lado + 20, 78 + Celda("P", x, ancho, [(enlace, url)]).alto())
    papel.reservar_al_pie(alto)
    abajo = papel.y - alto
    papel.caja(0, abajo, ANCHO, alto, _NIEBLA)
    papel.caja(10, abajo + alto - lado - 10, lado, lado, BLANCO)
    papel.y -= 10
    papel.texto("H2", "Verifique esta constancia", Estilo(SEMINEGRA, 10, 15), x, ancho)
    papel.columnas(Celda("P", x, ancho, [(_HUELLA, rotulo), (_CODIGO, codigo)]))
    papel.texto("P", "Lea el código QR con su teléfono o ingrese a esta dirección:", nota, x, ancho)
    papel.enlace(url, enlace, x, ancho)
    papel.figura(10, abajo + alto - lado - 10, lado, _qr(url), f"Código QR que lleva a {url}")


def subtitulo(papel: Papel, texto: str) -> None:
    """A heading with some room under it on the same sheet."""
    papel.y -= 6
    papel.reservar(80)
    papel.texto("H2", texto, _SUBTITULO)
    papel.y -= 2


def _qr(url: str) -> bytes:
    """A QR code with its quiet zone, as PDF operators in a square of side 1.

    Each row reaches a little into the next so that no viewer shows seams.
    """
    filas = modulos(url)
    lado = len(filas) + 8
    cuadros = [
        b"%d %d %d 1.04 re" % (racha.start() + 4, lado - 5 - y, racha.end() - racha.start())
        for y, fila in enumerate(filas)
        for racha in re.finditer(b"\x01+", fila)
    ]
    return b"0 0 0 rg %.6f 0 0 %.6f 0 0 cm\n%s f" % (1 / lado, 1 / lado, b"\n".join(cuadros))
