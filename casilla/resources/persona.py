"""Who is notified: identity as declared and as verified, contact, accepted texts."""

from datetime import date, datetime
from typing import Any

from BTrees.OOBTree import OOBTree
from persistent import Persistent

from casilla.resources.asiento import AsientoOcupado, Carpeta


class Persona(Persistent):
    """A person, natural or juridical. Its name is ``TIPO-NUMERO``, as ``1-49083411`` or ``8-20566118603``.

    A company has ``razon_social`` and ``ubigeo`` (INEI's code of the district of its fiscal domicile) instead of
    surnames, birth and sex; its ``nombres``, by which everybody is greeted, are its razón social.
    ``verificados``, ``declarados``: names of the data that ``verificado_por`` confirmed, and of those it could not.
    ``aceptaciones``: facts ``(texto, version, huella, cuando, direccion)``. ``avisos``: "ok" or "rechazado", of the
    last notice to ``correo``, and ``motivo_avisos`` the words of who refused it; ``correo_adicional`` gets the notices
    too, and ``avisos_sms`` says that the telephone does. ``avisos_discretos``: letters name and carry no document.
    """

    __name__ = ""
    __parent__: Any = None
    tipo_documento = ""
    numero = ""
    nombres = ""
    apellido_paterno = ""
    apellido_materno = ""
    fecha_nacimiento: date | None = None
    sexo = ""
    telefono = ""
    correo = ""
    correo_adicional = ""
    fecha_emision: date | None = None
    cui = ""
    razon_social = ""
    ubigeo = ""
    verificado_por = ""
    verificado_en: datetime | None = None
    verificados: tuple[str, ...] = ()
    declarados: tuple[str, ...] = ()
    aceptaciones: tuple[Any, ...] = ()
    avisos = "ok"
    motivo_avisos = ""
    avisos_sms = False
    avisos_discretos = False
    casilla: Any = None

    def __init__(self, **datos: Any) -> None:
        """Takes the data by name; whatever is left out keeps the default of the class."""
        self.__name__ = ""
        self.__parent__ = None
        for nombre in _DATOS:
            setattr(self, nombre, datos.pop(nombre, getattr(type(self), nombre)))
        if datos:
            raise TypeError(f"Persona has no {', '.join(datos)}")

    @property
    def documento(self) -> str:
        """``TIPO-NUMERO`` with the institution's code of the document type, which is also the user name."""
        return f"{self.tipo_documento}-{self.numero}"

    @property
    def celular(self) -> str:
        """The telephone, if text messages reach it: a Peruvian mobile in E.164; else empty."""
        return self.telefono if self.telefono.startswith("+519") and len(self.telefono) == 12 else ""

    @property
    def nombre_completo(self) -> str:
        """Surnames first, as the constancia prints it."""
        return " ".join(filter(None, (self.apellido_paterno, self.apellido_materno, self.nombres)))


_DATOS = (
    "tipo_documento numero nombres apellido_paterno apellido_materno fecha_nacimiento sexo telefono correo "
    "fecha_emision cui razon_social ubigeo correo_adicional verificado_por verificado_en verificados declarados "
    "aceptaciones avisos motivo_avisos avisos_sms avisos_discretos casilla"
).split()


class Personas(Carpeta):
    """Everybody, by document; and an index of their mail addresses, which it keeps in its seat."""

    _correos: Any = None

    def __init__(self) -> None:
        super().__init__()
        self._correos = OOBTree()

    def __setitem__(self, nombre: str, persona: Persona) -> None:
        if persona.correo in self._correos:
            raise AsientoOcupado("correo en uso")
        super().__setitem__(nombre, persona)
        self._correos[persona.correo] = nombre

    def __delitem__(self, nombre: str) -> None:
        del self._correos[self[nombre].correo]
        super().__delitem__(nombre)

    def cambiar_correo(self, persona: Persona, correo: str) -> None:
        """Another address, already normalised. Raises AsientoOcupado, nothing changed, when it is somebody's."""
        if correo in self._correos:
            raise AsientoOcupado("correo en uso")
        del self._correos[persona.correo]
        self._correos[correo] = persona.__name__
        persona.correo = correo

    def por_correo(self, correo: str) -> Persona | None:
        """Whose address this is, already normalised; None when it is nobody's."""
        nombre = self._correos.get(correo)
        return self[nombre] if nombre else None

    def diferencias(self) -> list[str]:
        """Where the index of addresses does not say what the people say."""
        dicho = {persona.correo: nombre for nombre, persona in self._hijos.items()}
        if dicho == dict(self._correos):
            return []
        return ["personas: el índice de correos no dice lo que las personas"]

    def rehacer(self) -> None:
        self._correos = OOBTree({persona.correo: nombre for nombre, persona in self._hijos.items()})
