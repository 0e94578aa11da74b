"""What an authenticator program needs to know: a QR code, drawn here, and the same in letters."""

import segno
from pyramid.request import Request

from casilla.services.factor import direccion_del_factor
from casilla.services.secretos import semilla_del_factor


def autenticador(request: Request, nombre: str, factor: int, sal: str) -> dict[str, str]:
    """Of the ``factor``-th enrolment of this user, as shown with this nonce.

    Gives ``qr`` (SVG), ``semilla`` (in groups of four), ``url``.
    """
    semilla = semilla_del_factor(request.secreto, nombre, factor, sal)
    url = direccion_del_factor(semilla, nombre, f"Casilla {request.institucion.sigla}")
    # White behind the code and around it: readers want it, also where a person has chosen dark colours.
    qr = segno.make(url, error="m").svg_inline(scale=5, border=4, light="#fff", svgclass="qr", lineclass=None)
    return {
        "qr": qr,
        "semilla": " ".join(semilla[n : n + 4] for n in range(0, len(semilla), 4)),
        "url": url,
    }
