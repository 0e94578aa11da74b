"""States as tables: which states there are, and which act leads from one to the next.

Notificacion (each change is a dated fact, nothing is erased)::

    depositado --leer--> leido
    depositado --anular--> anulado
    leido      --anular--> anulado

Contenido::

    borrador  --publicar--> publicado
    publicado --archivar--> archivado
    archivado --publicar--> publicado

Solicitud (registration of a person, screens 4 to 11 of the guide; the terms are accepted by beginning it)::

    iniciada    --aceptar--> aceptada         privacy policy accepted
    aceptada    --elegir--> elegida           kind of person chosen
    elegida     --declarar--> declarada       the form is complete
    elegida, declarada, en-espera, por-validar --elegir--> elegida        another kind of person: the data go
    declarada   --verificar--> por-validar    the register confirms, a code goes to the mail address
    declarada   --esperar--> en-espera        the register does not answer
    en-espera   --verificar--> por-validar
    en-espera   --esperar--> en-espera
    en-espera   --rechazar--> declarada       the register answers, but does not confirm
    declarada, en-espera, por-validar --declarar--> declarada      other data
    por-validar --enviar--> por-validar       another code, or another address
    por-validar --aprobar--> aprobada         the code was right
    declarada, en-espera --pedir-revision--> en-revision      the register could not settle it: somebody will
    en-revision --autorizar--> por-validar    a person confirmed the identity, a code goes to the mail address
    en-revision --denegar--> denegada         a person did not, and said why
    (any but aprobada and denegada) --vencer--> vencida

Interrupcion (of the service; planned or under way while registrada)::

    registrada --cerrar--> cerrada            its end is a fact
    registrada, cerrada --anular--> anulada   it was told wrong

Trabajo (work done behind the back of whoever asked for it)::

    en-cola   --tomar--> en-curso
    en-curso  --tomar--> en-curso        whoever had it died: its time is over
    en-curso  --soltar--> en-cola        whoever had it has to leave, or something went wrong
    en-curso  --terminar--> terminado
    en-cola, en-curso --fallar--> fallido
    en-cola, en-curso --cancelar--> cancelado
    terminado --caducar--> caducado      its file is kept no longer
"""

from dataclasses import dataclass


class TransicionInvalida(Exception):
    """The act cannot be done in the present state."""

    def __init__(self, flujo: str, estado: str, acto: str) -> None:
        super().__init__(f"{flujo}: no se puede {acto} desde {estado}")
        self.estado = estado
        self.acto = acto


@dataclass(frozen=True)
class Transicion:
    """One arrow: ``acto`` leads from the state ``desde`` to the state ``hacia``."""

    acto: str
    desde: str
    hacia: str


@dataclass(frozen=True)
class Flujo:
    """A workflow: its first state and its arrows. Raises ValueError when the table does not hold together."""

    nombre: str
    inicial: str
    transiciones: tuple[Transicion, ...]

    def __post_init__(self) -> None:
        pares = [(t.desde, t.acto) for t in self.transiciones]
        if len(set(pares)) != len(pares):
            raise ValueError(f"{self.nombre}: one act leads to two states")
        perdidos = set(self.estados) - self._alcanzables()
        if perdidos:
            raise ValueError(f"{self.nombre}: no arrow leads to {', '.join(sorted(perdidos))}")

    @property
    def estados(self) -> tuple[str, ...]:
        """Every state, in the order in which the table names them."""
        nombrados = [self.inicial] + [estado for t in self.transiciones for estado in (t.desde, t.hacia)]
        return tuple(dict.fromkeys(nombrados))

    def _alcanzables(self) -> set[str]:
        vistos = {self.inicial}
        for _ in self.transiciones:
            vistos |= {t.hacia for t in self.transiciones if t.desde in vistos}
        return vistos

    def siguiente(self, estado: str, acto: str) -> str:
        """The state to which ``acto`` leads; TransicionInvalida when there is no such arrow."""
        for t in self.transiciones:
            if (t.desde, t.acto) == (estado, acto):
                return t.hacia
        raise TransicionInvalida(self.nombre, estado, acto)

    def permite(self, estado: str, acto: str) -> bool:
        """Whether ``acto`` can be done in ``estado``."""
        return any((t.desde, t.acto) == (estado, acto) for t in self.transiciones)

    def dibujo(self) -> str:
        """The table as a Mermaid state diagram, for the documentation."""
        lineas = ["stateDiagram-v2", f"    [*] --> {_id(self.inicial)}"]
        lineas += [f"    {_id(t.desde)} --> {_id(t.hacia)}: {t.acto}" for t in self.transiciones]
        return "\n".join(lineas)


def _id(estado: str) -> str:
    """Mermaid reads a hyphen as part of an arrow."""
    return estado.replace("-", "_")


NOTIFICACION = Flujo(
    "notificacion",
    "depositado",
    (
        Transicion("leer", "depositado", "leido"),
        Transicion("anular", "depositado", "anulado"),
        Transicion("anular", "leido", "anulado"),
    ),
)

CONTENIDO = Flujo(
    "contenido",
    "borrador",
    (
        Transicion("publicar", "borrador", "publicado"),
        Transicion("archivar", "publicado", "archivado"),
        Transicion("publicar", "archivado", "publicado"),
    ),
)

_SIN_TERMINAR = ("iniciada", "aceptada", "elegida", "declarada", "en-espera", "por-validar")
_ENTRE_MANOS = (*_SIN_TERMINAR, "en-revision")

SOLICITUD = Flujo(
    "solicitud",
    "iniciada",
    (
        Transicion("aceptar", "iniciada", "aceptada"),
        Transicion("elegir", "aceptada", "elegida"),
        Transicion("declarar", "elegida", "declarada"),
        *(Transicion("elegir", estado, "elegida") for estado in _SIN_TERMINAR[2:]),
        Transicion("verificar", "declarada", "por-validar"),
        Transicion("esperar", "declarada", "en-espera"),
        Transicion("verificar", "en-espera", "por-validar"),
        Transicion("esperar", "en-espera", "en-espera"),
        Transicion("rechazar", "en-espera", "declarada"),
        *(Transicion("declarar", estado, "declarada") for estado in ("declarada", "en-espera", "por-validar")),
        Transicion("enviar", "por-validar", "por-validar"),
        Transicion("aprobar", "por-validar", "aprobada"),
        *(Transicion("pedir-revision", estado, "en-revision") for estado in ("declarada", "en-espera")),
        Transicion("autorizar", "en-revision", "por-validar"),
        Transicion("denegar", "en-revision", "denegada"),
        *(Transicion("vencer", estado, "vencida") for estado in _ENTRE_MANOS),
    ),
)

INTERRUPCION = Flujo(
    "interrupcion",
    "registrada",
    (
        Transicion("cerrar", "registrada", "cerrada"),
        Transicion("anular", "registrada", "anulada"),
        Transicion("anular", "cerrada", "anulada"),
    ),
)

TRABAJO = Flujo(
    "trabajo",
    "en-cola",
    (
        *(Transicion("tomar", estado, "en-curso") for estado in ("en-cola", "en-curso")),
        Transicion("soltar", "en-curso", "en-cola"),
        Transicion("terminar", "en-curso", "terminado"),
        *(Transicion("fallar", estado, "fallido") for estado in ("en-cola", "en-curso")),
        *(Transicion("cancelar", estado, "cancelado") for estado in ("en-cola", "en-curso")),
        Transicion("caducar", "terminado", "caducado"),
    ),
)

FLUJOS = (NOTIFICACION, CONTENIDO, SOLICITUD, INTERRUPCION, TRABAJO)
