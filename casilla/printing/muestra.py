"""A constancia of nobody's, to see what its legal paragraphs look like on paper."""

from datetime import date, datetime

from casilla.printing.certificacion import parrafos
from casilla.printing.constancia import HechosConstancia, constancia
from casilla.resources.institucion import Institucion


def constancia_de_muestra(texto_legal: str, institucion: Institucion, ahora: datetime, url: str) -> bytes:
    """The paper with ``texto_legal``, made by the same hand as the others; ``url``: of the page that verifies them."""
    return constancia(
        HechosConstancia(
            codigo="MUESTRAS1NVAL0R",
            expediente="MUESTRA-000001",
            administrado="PERSONA DE MUESTRA",
            documento_identidad="DNI 00000000",
            documento="CARTA 000001-MUESTRA",
            depositado_en=ahora,
            dia_del_deposito="",
            computo_desde=date(2030, 1, 3),
            vence=date(2030, 1, 23),
            archivos=(("CARTA de muestra.pdf", "0" * 64, 123456),),
            parrafos=parrafos(texto_legal, institucion),
            oficina=institucion.oficina,
            institucion=institucion.nombre,
            sigla=institucion.sigla,
            direccion=institucion.direccion,
            telefono=f"{institucion.telefono}, Anexo {institucion.anexo}",
            url_verificacion=url,
        )
    )
