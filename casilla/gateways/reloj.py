"""The operating system, asked how far this machine's clock may be from the true time.

Whatever keeps the clock (chrony, ntpd, systemd-timesyncd) tells the kernel how good it is, so no time server need be
asked, nor a setting name one: see adjtimex(2).
"""

import ctypes
from datetime import timedelta

_SIN_AJUSTAR = 0x0040  # STA_UNSYNC


class _Timex(ctypes.Structure):
    """The beginning of ``struct timex``; the rest is not looked at."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        *((nombre, ctypes.c_long) for nombre in ("offset", "freq", "maxerror", "esterror")),
        ("status", ctypes.c_int),
        ("resto", ctypes.c_byte * 512),
    )


def margen() -> timedelta | None:
    """How far the clock may be off at most; None when nobody sets it, or the system does not tell."""
    leido = _Timex()
    try:
        estado = ctypes.CDLL(None).adjtimex(ctypes.byref(leido))
    except (AttributeError, OSError):
        return None
    if estado < 0 or leido.status & _SIN_AJUSTAR:
        return None
    return timedelta(microseconds=leido.maxerror)
