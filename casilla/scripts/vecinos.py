"""The people of the demonstration, who do not exist: they register by the same acts as anybody, letters included."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from secrets import token_urlsafe
from threading import Event
from typing import Any

from casilla.gateways.ficticio import PadronFicticio
from casilla.gateways.protocolo import DatosEmpresa, DatosPersona
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import ahora, en_el_sitio
from casilla.scripts.reparto import Cartero
from casilla.services import registro
from casilla.services.acceso import cambiar_clave, emitir_clave_temporal
from casilla.services.registro_juridico import verificar_empresa
from casilla.services.secretos import clave_temporal, codigo_validacion
from casilla.services.validacion import validar

CLAVE = "Casilla-demo-1"
_DIRECCION = "127.0.0.1"

Hacer = Callable[[Callable[[Sitio], Any]], Any]


@dataclass(frozen=True)
class Vecino:
    """Somebody, or a company, of the fictitious register; ``estrena``: the temporary password must still be changed."""

    documento: str
    correo: str
    estrena: bool = False

    @property
    def numero(self) -> str:
        return self.documento.partition("-")[2]

    @property
    def es_empresa(self) -> bool:
        return self.documento.startswith("8-")


VECINOS = (
    Vecino("1-49083411", "rosa.ejemplo@correo.example"),
    Vecino("1-99000001", "jose.ficticio@correo.example"),
    Vecino("1-99000002", "begona.nuno@correo.example"),
    Vecino("4-000999002", "joao.exemplo@correo.example"),
    Vecino("8-20999000011", "nandu.inventado@correo.example"),
    Vecino("1-99000004", "yaku.inventado@correo.example", estrena=True),
)
POR_REGISTRAR = ("99000003", "99000006", "99000007")
"""Numbers of people who are left for the visitor to register."""


def poblar(cartero: Cartero, costo: int) -> None:
    """Give each of them a casilla; who has one already keeps it. The letters go out as they are promised."""
    padron = PadronFicticio.desde_ajustes()
    with en_el_sitio(cartero.db) as hacer:
        for vecino in VECINOS:
            if not hacer(partial(_afiliado, vecino=vecino)):
                _registrar(hacer, cartero, padron, vecino, costo)
            elif vecino.estrena:
                hacer(partial(_renovar, vecino=vecino, secreto=cartero.secreto, costo=costo))


def temporales(sitio: Sitio, secreto: bytes) -> dict[str, str]:
    """The temporary passwords that have not been changed yet, by user name."""
    usuarios = [sitio.usuarios[v.documento] for v in VECINOS if v.documento in sitio.usuarios]
    return {u.__name__: clave_temporal(secreto, u.__name__, u.emision) for u in usuarios if u.temporal}


def _afiliado(sitio: Sitio, vecino: Vecino) -> bool:
    return vecino.documento in sitio.personas


def _registrar(hacer: Hacer, cartero: Cartero, padron: PadronFicticio, vecino: Vecino, costo: int) -> None:
    nombre = token_urlsafe(16)
    hacer(lambda sitio: _solicitar(sitio, nombre, padron, vecino))
    Counter(cartero.ronda(Event()))
    hacer(lambda sitio: _validar(sitio, nombre, cartero.secreto, costo))
    Counter(cartero.ronda(Event()))
    if not vecino.estrena:
        hacer(lambda sitio: _estrenar(sitio, vecino, cartero.secreto, costo))


def _solicitar(sitio: Sitio, nombre: str, padron: PadronFicticio, vecino: Vecino) -> None:
    cuando = ahora()
    solicitud = registro.iniciar(sitio, nombre, ahora=cuando, direccion=_DIRECCION)
    registro.aceptar_privacidad(sitio, solicitud, ahora=cuando, direccion=_DIRECCION)
    if vecino.es_empresa:
        registro.elegir(solicitud, registro.JURIDICA, cuando)
        registro.declarar(solicitud, _datos_de_empresa(vecino, padron.empresas[vecino.numero]), cuando)
        verificar_empresa(sitio, solicitud, padron, cuando)
    else:
        registro.elegir(solicitud, registro.NATURAL, cuando)
        registro.declarar(solicitud, _datos(vecino, padron.personas[vecino.numero]), cuando)
        registro.verificar(sitio, solicitud, padron, cuando)


def _datos(vecino: Vecino, persona: DatosPersona) -> dict[str, Any]:
    """What the person types: the register's data, and something likely where it has none."""
    return {
        "tipo_documento": vecino.documento.partition("-")[0],
        "numero": vecino.numero,
        "nombres": persona.nombres,
        "apellido_paterno": persona.apellido_paterno,
        "apellido_materno": persona.apellido_materno,
        "fecha_nacimiento": persona.fecha_nacimiento or date(1980, 5, 17),
        "sexo": persona.sexo or "M",
        "telefono": "+51987654321",
        "correo": vecino.correo,
        "fecha_emision": persona.fecha_emision,
        "cui": persona.digito_verificacion or "",
    }


def _datos_de_empresa(vecino: Vecino, empresa: DatosEmpresa) -> dict[str, Any]:
    return {
        "tipo_documento": "8",
        "numero": vecino.numero,
        "razon_social": empresa.razon_social,
        "ubigeo": empresa.ubigeo,
        "telefono": "+5154201234",
        "correo": vecino.correo,
    }


def _validar(sitio: Sitio, nombre: str, secreto: bytes, costo: int) -> None:
    solicitud = sitio.solicitudes[nombre]
    codigo = codigo_validacion(secreto, nombre, solicitud.envios)
    validar(sitio, solicitud, codigo, secreto=secreto, ahora=ahora(), costo=costo)


def _estrenar(sitio: Sitio, vecino: Vecino, secreto: bytes, costo: int) -> None:
    usuario = sitio.usuarios[vecino.documento]
    antigua = clave_temporal(secreto, usuario.__name__, usuario.emision)
    cambiar_clave(sitio, usuario, antigua, CLAVE, ahora=ahora(), costo=costo)


def _renovar(sitio: Sitio, vecino: Vecino, secreto: bytes, costo: int) -> None:
    """A temporary password that died between two demonstrations is issued anew."""
    usuario = sitio.usuarios[vecino.documento]
    if usuario.temporal and usuario.temporal_hasta < ahora():
        emitir_clave_temporal(sitio, usuario, secreto=secreto, ahora=ahora(), costo=costo)
