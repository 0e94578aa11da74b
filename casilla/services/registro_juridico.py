"""Is there such a company, and may it have a casilla: what ``registro`` needs to know of a juridical person."""

from datetime import datetime

from casilla.gateways.protocolo import DatosEmpresa, RegistroDeEmpresas
from casilla.resources.sitio import Sitio
from casilla.resources.solicitud import Solicitud
from casilla.services.identidad_juridica import cotejar_empresa
from casilla.services.registro import NoCoincide, NoFigura, NoVerificada, confirmar


class Impedida(NoVerificada):
    """The register says that the company is not active or not at its address; ``motivo``: a sentence in Spanish."""

    def __init__(self, motivo: str) -> None:
        super().__init__(motivo)
        self.motivo = motivo


def verificar_empresa(sitio: Sitio, solicitud: Solicitud, registro: RegistroDeEmpresas, ahora: datetime) -> None:
    """As ``registro.verificar``, for a company. Raises NoFigura, Impedida, NoCoincide; and NoResponde."""
    datos = dict(solicitud.datos)
    respuesta = registro.consultar_empresa(datos["numero"])
    if respuesta is None:
        raise NoFigura
    cotejo = cotejar_empresa(DatosEmpresa(datos["razon_social"], datos["ubigeo"]), respuesta)
    if cotejo.impedimento:
        raise Impedida(cotejo.impedimento)
    if cotejo.discrepan:
        raise NoCoincide(cotejo.discrepan)
    confirmar(sitio, solicitud, cotejo, registro.nombre, ahora)
