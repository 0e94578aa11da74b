"""The account of whoever asks, at ``/cuenta``: a place for its pages, made anew for each request and kept nowhere."""

from typing import Any

from casilla.permissions import ALLOW, NADA_MAS, TITULAR, Permiso


class Cuenta:
    """It shows nobody's account but one's own, so that its address needs no name."""

    __name__ = "cuenta"
    __acl__ = ((ALLOW, TITULAR, Permiso.GESTIONAR_CUENTA), NADA_MAS)

    def __init__(self, sitio: Any) -> None:
        self.__parent__ = sitio
