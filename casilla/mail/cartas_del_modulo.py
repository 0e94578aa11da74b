"""The letters to the institution's own people, each a pure function as those in ``cartas``."""

from datetime import datetime

from pyramid_mailer.message import Message

from casilla.mail.cartas import Institucion, componer, momento
from casilla.mail.hoja import boton, datos, parrafo


def credenciales(
    *, para: str, usuario: str, clave: str, enlace: str, vence: datetime, institucion: Institucion
) -> Message:
    """User name and temporary password of somebody who works for the institution."""
    return componer(
        para,
        "Su cuenta del Módulo del administrador",
        institucion,
        parrafo("Estimada (o) colega:"),
        parrafo(f"Tiene una cuenta en el Módulo del administrador del {institucion.sistema}."),
        datos(("Usuario", usuario), ("Contraseña temporal", clave)),
        boton("Entrar al módulo", enlace),
        parrafo(
            f"La contraseña vence el {momento(vence)}. Al entrar, el sistema le pedirá registrar en su teléfono una "
            "aplicación de autenticación, si todavía no la tiene registrada, y elegir una contraseña propia."
        ),
        parrafo("Si no esperaba esta carta, avise a quien administra las cuentas y no use la contraseña."),
    )
