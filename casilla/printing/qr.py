"""QR codes of addresses that differ only in their last signs, such as the address by which a constancia is verified.

segno takes 0.7 to 1 ms for one, a tenth of a deposit. But in QR codes of one size and one mask each bit of the text
turns over the same modules whatever the other bits are: Reed-Solomon's code is linear over GF(2), and mask, frame and
format do not depend on the text (ISO/IEC 18004, 7.5 to 7.9). So segno draws the code of the beginning once, and once
more for each bit of the ending; from then on a code is some fifty exclusive ors.
"""

from functools import lru_cache

import segno

# Signs of a verification code (services.codigos).
_FINAL = 16


def modulos(url: str) -> list[bytes]:
    """The rows, from the top, a byte for each module: 1 is dark. Raises ValueError for an address that does not fit.

    The level of correction is M. The mask is fixed: to weigh the eight of them costs four times the rest, and readers
    take any (ISO/IEC 18004, 7.8).
    """
    comienzo, final = url[:-_FINAL].encode(), url[-_FINAL:].encode()
    lado, codigo, vueltas = _partes(comienzo, len(final))
    for letra, suyas in zip(final, vueltas, strict=True):
        for bit, vuelta in enumerate(suyas):
            if letra >> bit & 1:
                codigo ^= vuelta
    todos = codigo.to_bytes(lado * lado)
    return [todos[fila : fila + lado] for fila in range(0, lado * lado, lado)]


@lru_cache(maxsize=8)
def _partes(comienzo: bytes, largo: int) -> tuple[int, int, list[list[int]]]:
    """The side of the code, the code with an ending of zeros, and what each bit of the ending turns over."""

    def codigo(final: bytes) -> tuple[int, int]:
        filas = segno.make(comienzo + final, error="m", mask=4, mode="byte", micro=False, boost_error=False).matrix
        return len(filas), int.from_bytes(b"".join(filas))

    lado, vacio = codigo(bytes(largo))
    signos = ([bytes(n) + bytes([1 << bit]) + bytes(largo - n - 1) for bit in range(8)] for n in range(largo))
    return lado, vacio, [[vacio ^ codigo(final)[1] for final in finales] for finales in signos]
