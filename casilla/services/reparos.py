"""What to tell whoever brings the PDF of a norm. Told, and not forbidden: there may be no other."""

from casilla.resources.adjunto import Adjunto
from casilla.services.documentos import peso
from casilla.services.texto_pdf import es_imagen

# Bytes that take two minutes on slow 3G (400 kbit/s).
PESADO = 5 << 20


def reparos_del_pdf(documento: Adjunto | None) -> list[str]:
    """In whole sentences; none when there is nothing to tell, or no PDF."""
    if documento is None:
        return []
    reparos = []
    if es_imagen(documento):
        reparos.append(
            "El PDF es una imagen escaneada, sin texto. Un lector de pantalla no puede leerla y nadie puede buscar en "
            "ella: suba una versión con texto si la tiene."
        )
    if documento.tamano > PESADO:
        reparos.append(
            f"El PDF pesa {peso(documento.tamano)}: con un celular y poca señal tarda varios minutos en abrirse. "
            "Suba una versión más liviana si la tiene."
        )
    return reparos
