"""From a deposited notification to the facts of its constancia."""

import re

from casilla.printing.constancia import HechosConstancia
from casilla.resources.institucion import Institucion
from casilla.resources.notificacion import Notificacion

NOMBRES_DE_DOCUMENTO = {"1": "DNI", "4": "CE", "8": "RUC"}


def hechos_de(n: Notificacion, institucion: Institucion, texto_legal: str, url_verificacion: str) -> HechosConstancia:
    """What the constancia of ``n`` says; ``texto_legal`` is the institution's wording, with fields in braces."""
    persona = n.__parent__.persona
    return HechosConstancia(
        codigo=n.codigo,
        expediente=n.expediente,
        administrado=persona.nombre_completo,
        documento_identidad=f"{NOMBRES_DE_DOCUMENTO[persona.tipo_documento]} {persona.numero}",
        documento=f"{n.tipo} {n.numero}",
        depositado_en=n.depositado_en,
        computo_desde=n.computo_desde,
        vence=n.vence,
        archivos=tuple((a.nombre, a.huella, a.tamano) for a in (n.documento, *n.anexos)),
        parrafos=_parrafos(texto_legal, institucion),
        oficina=institucion.oficina,
        institucion=institucion.nombre,
        sigla=institucion.sigla,
        direccion=institucion.direccion,
        telefono=f"{institucion.telefono}, Anexo {institucion.anexo}",
        url_verificacion=url_verificacion,
    )


def _parrafos(texto: str, institucion: Institucion) -> tuple[str, ...]:
    """The paragraphs, ``{institucion}``, ``{sigla}`` and ``{oficina}`` filled in; other braces stay as they are."""
    campos = {"institucion": institucion.nombre, "sigla": institucion.sigla, "oficina": institucion.oficina}
    lleno = re.sub(r"\{(\w+)\}", lambda m: campos.get(m[1], m[0]), texto)
    return tuple(" ".join(parrafo.split()) for parrafo in lleno.split("\n\n") if parrafo.strip())
