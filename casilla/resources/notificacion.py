"""A notification: what the SGD sent, the files, and what has happened to it since."""

from datetime import date
from typing import Any

from persistent import Persistent

from casilla.resources.adjunto import Adjunto
from casilla.resources.asiento import sentar
from casilla.resources.historia import ConHistoria
from casilla.workflow import NOTIFICACION

_HECHOS = (
    "codigo expediente fecha_expediente tipo numero asunto fecha dependencia firmado_por elaborado_por fecha_emision "
    "plazo depositado_en computo_desde vence remitente huella documento anexos constancia version_constancia"
).split()


# The letter that announces a notification; its fates are facts of the history, as "aviso-deposito:enviado".
AVISO_DEPOSITO = "aviso-deposito"


class Notificacion(ConHistoria, Persistent):
    """One deposit in one casilla. Its ``__name__`` is its number in the casilla; ``codigo`` identifies it everywhere.

    The fields are those of the SGD (dominio: NU_EXPEDIENTE, CO_DEP_EMI, CO_EMP_RES, CO_EMP_EMI, CO_TIP_DOC_ADM,
    NU_DOC_EMI, DE_ASU, FE_EMI, NU_DIA_ATE). Times are aware, in UTC; ``plazo`` counts business days, 0 = none given;
    ``huella`` is the digest of the request that made it, by which a repetition is told from another content;
    ``version_constancia`` numbers the institution's legal wording that its constancia says, 0 where it was not kept.
    """

    flujo = NOTIFICACION

    __name__ = ""
    __parent__: Any = None
    codigo = ""
    expediente = ""
    fecha_expediente: Any = None
    tipo = ""
    numero = ""
    asunto = ""
    fecha: Any = None
    dependencia = ""
    firmado_por = ""
    elaborado_por = ""
    fecha_emision: Any = None
    plazo = 0
    depositado_en: Any = None
    computo_desde: Any = None
    vence: date | None = None
    remitente = ""
    huella = ""
    documento: Any = None
    anexos: tuple[Any, ...] = ()
    constancia: Any = None
    version_constancia = 0

    def __init__(self, **hechos: Any) -> None:
        """Takes the facts by name; whatever is left out keeps the default of the class."""
        self.__name__ = ""
        self.__parent__ = None
        self.historia = ()
        for nombre in _HECHOS:
            setattr(self, nombre, hechos.pop(nombre, getattr(type(self), nombre)))
        if hechos:
            raise TypeError(f"Notificacion has no {', '.join(hechos)}")

    def adjuntar(self, documento: Adjunto, anexos: tuple[Adjunto, ...]) -> None:
        """Seat what the sender sent. It is part of the notification: it enters with it and never after."""
        self.documento, self.anexos = documento, anexos
        sentar(self, "documento", documento)
        for n, anexo in enumerate(anexos, 1):
            sentar(self, f"anexo-{n}", anexo)

    def certificar(self, constancia: Adjunto) -> None:
        """Seat the constancia, made from everything else."""
        self.constancia = constancia
        sentar(self, "constancia", constancia)

    @property
    def abierta(self) -> bool:
        """Whether it was opened by whom it was for, even if it was annulled later."""
        return self.cuando("leido") is not None

    @property
    def aviso(self) -> str:
        """The last fate of the letter that announces it: en-cola, enviado, rechazado, descartado; empty without one."""
        suertes = (hecho.partition(":") for hecho, *_ in reversed(self.historia))
        return next((suerte for clase, _, suerte in suertes if clase == AVISO_DEPOSITO), "")

    @property
    def archivos(self) -> tuple[Adjunto, ...]:
        """Every file, in the order in which a reader wants them."""
        return (self.documento, *self.anexos, self.constancia)

    def __getitem__(self, nombre: str) -> Adjunto:
        return {archivo.__name__: archivo for archivo in self.archivos}[nombre]
