"""From a deposited notification to the facts of its constancias."""

import re
from typing import Any

from casilla.printing.constancia import HechosConstancia, constancia
from casilla.printing.lectura import HechosLectura
from casilla.resources.institucion import Institucion
from casilla.resources.notificacion import Notificacion
from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio
from casilla.services.calendario import calendario_al
from casilla.services.documentos import Archivo, recibir
from casilla.services.plazos import Calendario
from casilla.services.publicacion import version_numero
from casilla.services.vencimiento import dia_del_deposito

NOMBRES_DE_DOCUMENTO = {"1": "DNI", "4": "CE", "8": "RUC"}


def certificado(sitio: Sitio, notificacion: Notificacion, url_verificacion: str) -> Archivo:
    """The constancia of a notification as a new file on disk, in the wording that it was deposited under."""
    texto = version_numero(sitio.contenidos["constancia"], notificacion.version_constancia).cuerpo
    calendario = calendario_al(sitio, notificacion.depositado_en)
    papel = constancia(hechos_de(notificacion, calendario, sitio.institucion, texto, url_verificacion))
    nombre, carpeta = f"constancia-{notificacion.codigo}.pdf", sitio.carpeta_temporal
    return recibir([papel], nombre, "application/pdf", carpeta=carpeta, maximo=len(papel))


def hechos_de(
    n: Notificacion, calendario: Calendario, institucion: Institucion, texto_legal: str, url_verificacion: str
) -> HechosConstancia:
    """What the constancia of ``n`` says; ``calendario``: the one of its deposit.

    ``texto_legal`` is the institution's wording, with fields in braces.
    """
    return HechosConstancia(
        **_comunes(n, institucion),
        dia_del_deposito=dia_del_deposito(calendario, n.depositado_en, n.computo_desde),
        computo_desde=n.computo_desde,
        vence=n.vence,
        parrafos=parrafos(texto_legal, institucion),
        url_verificacion=url_verificacion,
    )


def hechos_de_lectura(
    n: Notificacion, lector: Persona | None, institucion: Institucion, url_verificacion: str
) -> HechosLectura:
    """What the constancia de lectura of ``n`` says, which must have been opened; ``lector``: whose user did it."""
    usuario, leido_en = next((actor, cuando) for hecho, actor, cuando, _ in n.historia if hecho == "leido")
    return HechosLectura(
        **_comunes(n, institucion),
        leido_en=leido_en,
        lector=lector.nombre_completo if lector else usuario,
        usuario=usuario,
        url_verificacion=url_verificacion,
    )


def _comunes(n: Notificacion, institucion: Institucion) -> dict[str, Any]:
    """Whose notification it is, which document, which files, and whose paper."""
    persona = n.__parent__.persona
    return {
        "codigo": n.codigo,
        "expediente": n.expediente,
        "administrado": persona.nombre_completo,
        "documento_identidad": f"{NOMBRES_DE_DOCUMENTO[persona.tipo_documento]} {persona.numero}",
        "documento": f"{n.tipo} {n.numero}",
        "depositado_en": n.depositado_en,
        "archivos": tuple((a.nombre, a.huella, a.tamano) for a in (n.documento, *n.anexos)),
        "oficina": institucion.oficina,
        "institucion": institucion.nombre,
        "sigla": institucion.sigla,
        "direccion": institucion.direccion,
        "telefono": f"{institucion.telefono}, Anexo {institucion.anexo}",
    }


def parrafos(texto: str, institucion: Institucion) -> tuple[str, ...]:
    """The paragraphs, ``{institucion}``, ``{sigla}`` and ``{oficina}`` filled in; other braces stay as they are."""
    campos = {"institucion": institucion.nombre, "sigla": institucion.sigla, "oficina": institucion.oficina}
    lleno = re.sub(r"\{(\w+)\}", lambda m: campos.get(m[1], m[0]), texto)
    return tuple(" ".join(parrafo.split()) for parrafo in lleno.split("\n\n") if parrafo.strip())
