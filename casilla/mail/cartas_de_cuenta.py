"""The letters about what people do with their account by themselves, each a pure function as those in ``cartas``."""

from datetime import datetime

from pyramid_mailer.message import Attachment, Message

from casilla.mail.cartas import NOMBRE_MAXIMO, SALUDO, Institucion, componer, momento, si_no_fue
from casilla.mail.hoja import boton, datos, parrafo, una_linea


def codigo_correo(*, para: str, codigo: str, vence: datetime, institucion: Institucion) -> Message:
    """The code that proves that a new address is read by whoever asked for it. No link: they wait at a page for it."""
    return componer(
        para,
        "Código para confirmar su correo",
        institucion,
        parrafo(SALUDO),
        parrafo("Desde una Casilla Electrónica se pidió usar esta dirección de correo."),
        datos(("El código para confirmarla es", codigo)),
        parrafo(f"Escríbalo en la página donde lo pidió, antes del {momento(vence)}."),
        parrafo("Si usted no lo pidió, no haga nada: sin este código la dirección no se usará."),
    )


def correo_cambiado(*, para: str, cuando: datetime, institucion: Institucion) -> Message:
    """To the old address, as the last letter that it gets. Without links, as ``clave_cambiada``."""
    return componer(
        para,
        "El correo de su casilla cambió",
        institucion,
        parrafo(SALUDO),
        parrafo(f"El {momento(cuando)} su Casilla Electrónica pasó a otra dirección de correo."),
        parrafo("Desde ahora los avisos ya no llegarán a esta. Si fue usted, no necesita hacer nada."),
        si_no_fue(institucion),
    )


def intentos_fallidos(*, para: str, cuando: datetime, institucion: Institucion) -> Message:
    """Somebody tried wrong passwords until they had to wait. Without links, as ``clave_cambiada``."""
    return componer(
        para,
        "Hubo intentos fallidos de ingresar a su casilla",
        institucion,
        parrafo(SALUDO),
        parrafo(
            f"El {momento(cuando)} alguien escribió varias veces su usuario con una contraseña equivocada. Nadie "
            "ingresó: por seguridad, hay que esperar unos minutos para volver a intentarlo."
        ),
        parrafo(
            "Si fue usted, espere los minutos que indica la página. Si olvidó su contraseña, elija «¿Olvidaste tu "
            "contraseña?» en la página de inicio."
        ),
        parrafo("Si no fue usted, su contraseña lo protegió. Por este motivo no le escribiremos otra vez hoy."),
        si_no_fue(institucion),
    )


def aviso_prueba(*, para: str, enlace: str, institucion: Institucion) -> Message:
    """As the notice of a deposit would come, but of none."""
    return componer(
        para,
        "Aviso de prueba",
        institucion,
        parrafo(SALUDO),
        parrafo("Este es un aviso de prueba que usted pidió: no tiene una notificación nueva."),
        parrafo("Si lo recibió, los avisos de su Casilla Electrónica llegan bien a esta dirección."),
        boton("Casilla Ciudadana", enlace),
    )


def casilla_cerrada(
    *, para: str, cuando: datetime, enlace: str, constancia: bytes, nombre_constancia: str, institucion: Institucion
) -> Message:
    """The casilla was closed at its owner's request; the constancia of that goes with the letter."""
    carta = componer(
        para,
        "Su Casilla Electrónica se cerró",
        institucion,
        parrafo(SALUDO),
        parrafo(f"Como usted lo pidió, su Casilla Electrónica se cerró el {momento(cuando)}."),
        parrafo(
            "Lo que ya se depositó sigue siendo válido y sus plazos siguen corriendo. Puede seguir leyéndolo aquí:"
        ),
        boton("Casilla Ciudadana", enlace),
        parrafo("Adjuntamos la constancia de su pedido."),
        si_no_fue(institucion),
    )
    carta.attach(Attachment(una_linea(nombre_constancia)[-NOMBRE_MAXIMO:], "application/pdf", constancia))
    return carta
