import random

import pytest
import segno

from casilla.printing.qr import modulos
from casilla.services.codigos import codigo_nuevo


@pytest.mark.parametrize(
    "comienzo", ["http://x/", "https://casilla.ejemplo.gob.pe/verificar/", "https://" + "a" * 200 + "/"]
)
def test_the_code_is_the_one_that_segno_draws(comienzo: str) -> None:
    for _ in range(20):
        url = comienzo + codigo_nuevo()
        esperado = segno.make(url, error="m", mask=4, mode="byte", micro=False, boost_error=False).matrix
        assert modulos(url) == [bytes(fila) for fila in esperado]


def test_any_ending_is_drawn_right() -> None:
    azar = random.Random(7)
    for largo in (1, 15, 16, 17, 60):
        url = "".join(chr(azar.randrange(32, 127)) for _ in range(largo))
        esperado = segno.make(url.encode(), error="m", mask=4, mode="byte", micro=False, boost_error=False).matrix
        assert modulos(url) == [bytes(fila) for fila in esperado], url


def test_an_address_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        modulos("https://x/" + "a" * 3000)
