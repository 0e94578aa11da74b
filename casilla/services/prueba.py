"""The proof bundle of one notification: all that shows, to whoever must decide, what was notified, when and how.

Its files, its constancias, its history and the words of every mail server, each with its SHA-256.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import IO, Any

from casilla.resources.contenido import Version
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.calendario import calendario_al
from casilla.services.codigos import en_grupos
from casilla.services.cronica import Suceso, cronica, texto_legal
from casilla.services.horas import en_lima, fecha_hora, fecha_larga
from casilla.services.paquete import (
    LEEME,
    Suelto,
    empaquetar,
    leeme,
    nombre_de_descarga,
    nombre_de_papel,
    nombre_del_paquete,
)
from casilla.services.vencimiento import dia_del_deposito

MANIFIESTO = "MANIFIESTO-SHA256.txt"
_EXPLICACION = """EXPEDIENTE DE PRUEBA DE UNA NOTIFICACIÓN ELECTRÓNICA

Código de la notificación: {codigo}
Preparado por {quien}, el {cuando} (hora de Lima).

Qué hay aquí:
- el documento notificado y sus anexos, tal como se depositaron;
- la constancia de notificación electrónica, hecha al depositar{lectura};
- «historia»: qué pasó con la notificación, quién lo hizo y cuándo, y qué respondió el servidor de cada aviso.
  El archivo .txt es para leerlo; el .json dice lo mismo, para programas;
- {manifiesto}: la huella de cada archivo. En Linux se comprueban todas con: sha256sum -c {manifiesto}

"""


@dataclass(frozen=True)
class Prueba:
    """What goes into the bundle. ``lectura``: the constancia de lectura, None when nobody has opened it.

    ``quien`` prepares it, at ``ahora``; ``url``: where anybody checks the constancia.
    """

    sitio: Sitio
    notificacion: Notificacion
    lectura: Suelto | None
    quien: str
    ahora: datetime
    url: str

    @property
    def nombre(self) -> str:
        return nombre_del_paquete(self.notificacion, "expediente_de_prueba")

    def escribir(self, destino: IO[bytes]) -> str:
        """Write the ZIP; returns the digest of its manifest, which stands for all that is in it."""
        n = self.notificacion
        sueltos = (*((self.lectura,) if self.lectura else ()), *self._historia())
        texto = self._explicacion() + leeme(n, n.archivos, self.url, sueltos)
        manifiesto = self._manifiesto(sueltos, texto)
        empaquetar(n, n.archivos, texto, destino, (*sueltos, manifiesto))
        return manifiesto.huella

    def _explicacion(self) -> str:
        return _EXPLICACION.format(
            codigo=en_grupos(self.notificacion.codigo),
            quien=self.quien,
            cuando=fecha_hora(self.ahora),
            lectura=", y la de lectura" if self.lectura else "",
            manifiesto=MANIFIESTO,
        ).replace("\n", "\r\n")

    def _manifiesto(self, sueltos: Sequence[Suelto], texto: str) -> Suelto:
        """In the form that sha256sum takes."""
        n = self.notificacion
        huellas = [(a.huella, nombre_de_descarga(n, a)) for a in n.archivos]
        huellas += [(suelto.huella, suelto.nombre) for suelto in sueltos]
        huellas.append((sha256(texto.encode("utf-8-sig")).hexdigest(), LEEME))
        return Suelto(MANIFIESTO, "".join(f"{huella}  {nombre}\n" for huella, nombre in huellas).encode())

    def _historia(self) -> tuple[Suelto, Suelto]:
        n = self.notificacion
        sucesos, texto = cronica(self.sitio, n), texto_legal(self.sitio, n)
        leible = "\r\n".join(_renglones(n, sucesos, texto, self._dia_del_deposito())).encode("utf-8-sig")
        dicho = json.dumps(self._datos(sucesos, texto), ensure_ascii=False, indent=2).encode()
        return Suelto(nombre_de_papel(n, "historia.txt"), leible), Suelto(nombre_de_papel(n, "historia.json"), dicho)

    def _dia_del_deposito(self) -> str:
        n = self.notificacion
        return dia_del_deposito(calendario_al(self.sitio, n.depositado_en), n.depositado_en, n.computo_desde)

    def _datos(self, sucesos: list[Suceso], texto: Version | None) -> dict[str, Any]:
        n, persona = self.notificacion, self.notificacion.__parent__.persona
        return {
            "codigo": n.codigo,
            "estado": n.estado,
            "destinatario": {"documento": persona.documento, "nombre": persona.nombre_completo},
            "expediente": {"numero": n.expediente, "fecha": _dicho(n.fecha_expediente)},
            "documento": {"tipo": n.tipo, "numero": n.numero, "asunto": n.asunto, "fecha": _dicho(n.fecha)},
            "remitente": {
                "sistema": n.remitente,
                "dependencia": n.dependencia,
                "firmado_por": n.firmado_por,
                "elaborado_por": n.elaborado_por,
            },
            "fecha_emision": _dicho(n.fecha_emision),
            "depositado_en": _dicho(n.depositado_en),
            "dia_del_deposito": self._dia_del_deposito() or None,
            "computo_desde": _dicho(n.computo_desde),
            "vence": _dicho(n.vence),
            "texto_legal_de_la_constancia": _texto_dicho(texto),
            "archivos": [
                {"nombre": nombre_de_descarga(n, a), "tipo": a.tipo, "bytes": a.tamano, "sha256": a.huella}
                for a in n.archivos
            ],
            "historia": [
                {"cuando": _dicho(s.cuando), "hecho": s.hecho, "que": s.que, "quien": s.quien, "detalle": s.detalle}
                for s in sucesos
            ],
            "verificacion": self.url,
            "preparado": {"por": self.quien, "cuando": _dicho(self.ahora)},
        }


def _renglones(n: Notificacion, sucesos: list[Suceso], texto: Version | None, dia_del_deposito: str) -> list[str]:
    persona = n.__parent__.persona
    vence = fecha_larga(n.vence) if n.vence else "no señala plazo"
    renglones = [
        f"HISTORIA DE LA NOTIFICACIÓN {en_grupos(n.codigo)}",
        "",
        f"{n.tipo} {n.numero}: {n.asunto}",
        f"Expediente: {n.expediente}",
        f"Destinatario: {persona.nombre_completo}, {persona.documento}",
        f"Dependencia: {n.dependencia}",
        *([dia_del_deposito] if dia_del_deposito else []),
        f"Se cuenta desde el {fecha_larga(n.computo_desde)}; vence: {vence}",
        *([f"Texto legal de la constancia: {version_dicha(texto)}"] if texto else []),
        "",
        "Todas las horas son de Lima.",
    ]
    for titulo, de_avisos in (("QUÉ PASÓ", False), ("AVISOS, CON LAS PALABRAS DE CADA SERVIDOR", True)):
        renglones += ["", titulo, ""]
        renglones += [renglon for s in sucesos if s.es_aviso == de_avisos for renglon in _renglones_de(s)]
    return [*renglones, ""]


def version_dicha(version: Version) -> str:
    return f"versión {version.numero}, publicada el {fecha_hora(version.publicada_en)}"


def _texto_dicho(texto: Version | None) -> dict[str, Any] | None:
    """``sha256``: of title, line break and body, as the institution published them."""
    if texto is None:
        return None
    return {"version": texto.numero, "publicada_en": _dicho(texto.publicada_en), "sha256": texto.huella}


def _renglones_de(suceso: Suceso) -> list[str]:
    dicho = [f"{en_lima(suceso.cuando):%d/%m/%Y %H:%M:%S}  {suceso.que}. {suceso.quien}."]
    return [*dicho, f"    {suceso.detalle}"] if suceso.detalle else dicho


def _dicho(cuando: date | datetime | None) -> str | None:
    """ISO 8601, times with Lima's offset."""
    if isinstance(cuando, datetime):
        return en_lima(cuando).isoformat(timespec="seconds")
    return cuando.isoformat() if cuando else None
