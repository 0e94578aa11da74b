"""All that has happened to a notification, in words for the institution's own: who, when, and what servers said."""

from datetime import datetime
from typing import NamedTuple

from casilla.resources.contenido import Version
from casilla.resources.notificacion import AVISO_DEPOSITO, Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.atencion import CONSULTADA, REENVIO
from casilla.services.correspondencia import AVISO_ADICIONAL, AVISO_SMS
from casilla.services.publicacion import version_numero
from casilla.services.rebotes import motivo

_HECHOS = {
    "depositado": "Depositada en la casilla",
    "leido": "Leída",
    "anulado": "Anulada",
    CONSULTADA: "Vista por personal de la institución",
    REENVIO: "Se pidió enviar otra vez el aviso",
}
AVISOS = {
    AVISO_DEPOSITO: "Aviso al correo registrado",
    AVISO_ADICIONAL: "Aviso al correo adicional",
    AVISO_SMS: "Aviso por mensaje de texto",
}
SUERTES = {
    "en-cola": "en cola",
    "enviado": "aceptado por el servidor de destino",
    "rechazado": "rechazado",
    "descartado": "descartado",
}
_RECHAZOS = frozenset(f"{clase}:rechazado" for clase in (AVISO_DEPOSITO, AVISO_ADICIONAL))
_SISTEMA = "cartero"


class Suceso(NamedTuple):
    """``hecho`` as the store names it, ``que`` in words; ``quien`` did it.

    ``detalle``: the reason, the file, to whom a notice went or the words of its server; often empty.
    """

    hecho: str
    cuando: datetime
    que: str
    quien: str
    detalle: str

    @property
    def es_aviso(self) -> bool:
        return self.hecho.partition(":")[0] in AVISOS

    @property
    def porque(self) -> str:
        """Why a mail was refused, in plain words; empty for anything else."""
        return motivo(self.detalle) if self.hecho in _RECHAZOS else ""


def texto_legal(sitio: Sitio, notificacion: Notificacion) -> Version | None:
    """The institution's wording that its constancia says; None where that was not kept."""
    numero = notificacion.version_constancia
    return version_numero(sitio.contenidos["constancia"], numero) if numero else None


def cronica(sitio: Sitio, notificacion: Notificacion) -> list[Suceso]:
    """Every fact of its history, in order of time."""
    return [
        Suceso(hecho, cuando, _que(hecho), _quien(sitio, actor), detalle)
        for hecho, actor, cuando, detalle in notificacion.historia
    ]


def _que(hecho: str) -> str:
    clase, _, suerte = hecho.partition(":")
    if clase in AVISOS:
        return f"{AVISOS[clase]}: {SUERTES.get(suerte, suerte)}"
    return _HECHOS.get(hecho, hecho)


def _quien(sitio: Sitio, actor: str) -> str:
    """The name behind a login, and which it is."""
    usuario, funcionario = sitio.usuarios.get(actor), sitio.funcionarios.get(actor)
    if actor == _SISTEMA:
        return "El sistema"
    if usuario is not None:
        return f"{usuario.persona.nombre_completo} (usuario {actor})"
    if funcionario is not None:
        return f"{funcionario.nombres} (institución, {actor})"
    return f"Sistema remitente {actor}" if actor in sitio.claves else actor
