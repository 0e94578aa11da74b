"""What the figures should reach on two cores, with FileStorage and one process."""

from collections.abc import Callable

from tests.bench.informe import Informe

_ESCRITO = "bytes escritos por depósito, sin los archivos"
_PRIMERA, _ULTIMA = "bandeja de {}, primera página", "bandeja de {}, última página"


def _plana(informe: Informe) -> bool:
    """A tray of 100,000 costs what one of 100 costs, on the first page and on the last."""
    return all(informe.p50(p.format("100 000")) <= 1.2 * informe.p50(p.format("100")) for p in (_PRIMERA, _ULTIMA))


def _sin_peros(informe: Informe) -> bool:
    return not any(figura.errores for figura in informe.figuras.values())


def _cola(informe: Informe) -> bool:
    """The slowest deposits are not much slower than the usual one."""
    figuras = [f for nombre, f in informe.figuras.items() if nombre.startswith("depósito")]
    return all(f.mejor.percentil(99) <= 4 * f.mejor.percentil(50) for f in figuras)


def _por_segundo(informe: Informe, nombre: str) -> float:
    return informe.figuras[nombre].por_segundo


def _con_cuatro(informe: Informe) -> bool:
    uno, cuatro = (_por_segundo(informe, nombre) for nombre in ("depósito, 1 cliente", "depósito, 4 clientes"))
    return cuatro >= uno


EXIGENCIAS: list[tuple[str, Callable[[Informe], bool]]] = [
    ("bandeja: p50 de 7 ms o menos", lambda i: i.p50(_PRIMERA.format("100 000")) <= 7),
    ("bandeja de 100 000: hasta 1,2 veces la de 100, primera y última página", _plana),
    ("una palabra entre 100 000: menos de 70 ms", lambda i: i.p50("buscar una palabra entre 100 000") < 70),
    ("100 depósitos por segundo o más, un cliente", lambda i: _por_segundo(i, "depósito, 1 cliente") >= 100),
    ("con cuatro clientes no son menos", _con_cuatro),
    ("depósito: p99 de hasta 4 veces el p50", _cola),
    ("menos de 10 000 bytes por depósito, sin los archivos", lambda i: i.datos[_ESCRITO] < 10_000),
    ("sobre, abrir y ver: menos de 10 ms", lambda i: i.p50("sobre, abrir y ver") < 10),
    ("ninguna respuesta inesperada", _sin_peros),
]
