"""What leaves as a text message. It says that there is something to read, never what: others see a telephone's screen.

Without accented letters, because most of them are outside the alphabet of text messages (GSM 03.38), and one of them
makes the message cost as two.
"""

from casilla.mail.redaccion import Publica
from casilla.resources.institucion import Institucion
from casilla.resources.salida import Carta
from casilla.services.correspondencia import AVISO_SMS, PRUEBA_SMS

_TEXTOS = {
    AVISO_SMS: "{sigla}: hay un documento nuevo en su casilla. Para leerlo, entre con su usuario a {url}",
    PRUEBA_SMS: "{sigla}: mensaje de prueba que usted pidio. Los avisos de su casilla llegan bien a este celular.",
}


def mensaje(carta: Carta, *, publica: Publica, institucion: Institucion) -> str:
    """The words of a message of the outbox."""
    return _TEXTOS[carta.clase].format(sigla=institucion.sigla, url=publica(""))
