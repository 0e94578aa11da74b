"""What was notified already as the same document: told before a deposit by hand, and never forbidden."""

from collections.abc import Iterator
from itertools import islice

from casilla.permissions import igualada
from casilla.resources.llaves import llave_de_expediente, llave_de_numero
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.deposito import Sobre
from casilla.services.palabras import plegar

# So many are told, and so many of an expediente are looked at: one may have been notified to thousands.
_BASTAN, _MIRADAS = 3, 5_000
_ULTIMO = 2**63 - 1


def en_otras_casillas(sitio: Sitio, sobre: Sobre) -> list[Notificacion]:
    """The same expediente, type, number and dependencia in the casilla of somebody else, newest first, not annulled.

    As the follow-up index knows them, a second or two late.
    """
    return list(islice(_iguales(sitio, sobre), _BASTAN))


def _iguales(sitio: Sitio, sobre: Sobre) -> Iterator[Notificacion]:
    indice, llave = sitio.seguimiento, llave_de_numero(sobre.numero)
    del_expediente = indice.hacia_abajo(llave_de_expediente(sobre.expediente), 0, _ULTIMO)
    for numero in islice(del_expediente, _MIRADAS):
        if (llave, -numero) in indice.llaves:
            notificacion = sitio.registro[indice.fila(numero).codigo]
            if _es_igual(notificacion, sobre):
                yield notificacion


def _es_igual(n: Notificacion, sobre: Sobre) -> bool:
    return (
        n.estado != "anulado"
        and n.__parent__.persona.documento != sobre.destinatario
        and plegar(f"{n.tipo} {n.numero}") == plegar(f"{sobre.tipo} {sobre.numero}")
        and igualada(n.dependencia) == igualada(sobre.dependencia)
    )
