"""One try at proving who one is, on the institution's side: what fails is counted, and leaves its trace."""

from collections.abc import Iterator
from contextlib import contextmanager

from pyramid.request import Request

from casilla.services.acceso import AccesoNegado, ClaveTemporalVencida
from casilla.services.ingresos_fallidos import SIN_IDENTIFICAR, dejar_rastro

_FALLOS = (AccesoNegado, ClaveTemporalVencida)
# In the environment, which outlives a conflict: the same try must be counted once, and not have to wait for itself.
_CONTADO = "casilla.intento_contado"


@contextmanager
def intento(request: Request, puerta: str, nombre: str, de_quien: str = "") -> Iterator[None]:
    """As ``Limites.intento``, about the account ``nombre``; ``de_quien``: the name to count by, if it is another.

    Raises DebeEsperar before the block is entered; what the block raises goes on. The trace is in the transaction of
    this request, which is committed although the person is refused: the answer must be a page.
    """
    de_quien = de_quien or nombre
    try:
        if _CONTADO in request.environ:
            yield
        else:
            with request.limites.intento(_FALLOS, puerta, request.remote_addr, de_quien):
                yield
    except _FALLOS as fallo:
        existe = dejar_rastro(
            request.sitio,
            nombre,
            "contraseña temporal vencida" if isinstance(fallo, ClaveTemporalVencida) else str(fallo),
            actor=request.identity.usuario if request.identity else SIN_IDENTIFICAR,
            direccion=request.remote_addr,
            ahora=request.ahora,
            secreto=request.secreto,
            minutos=request.limites.espera_de(puerta, de_quien),
        )
        if _CONTADO not in request.environ:
            request.environ[_CONTADO] = True
            request.registry.metricas.intentos_en_admin.labels("sí" if existe else "no").inc()
        raise
