"""From a promised letter to its words: what the outbox holds, read when it leaves."""

import hmac
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from pyramid_mailer.message import Message

from casilla.mail import carta_de_resumen, cartas, cartas_de_cuenta, cartas_de_solicitud, cartas_del_modulo
from casilla.mail.cartas import Institucion, Palabras
from casilla.resources.salida import Carta
from casilla.services import correcciones, correspondencia, cuenta, recuperacion, resumen
from casilla.services.administrados import HECHOS
from casilla.services.funcionarios import clave_temporal as clave_del_modulo
from casilla.services.horas import dia_en_lima
from casilla.services.personal import HECHOS as HECHOS_DEL_MODULO
from casilla.services.plantillas import CARTAS, palabras_iniciales
from casilla.services.secretos import clave_temporal, codigo_validacion
from casilla.services.validacion import enlace

Publica = Callable[..., str]
"""The public address of a path, given in parts."""


class NoCorresponde(Exception):
    """What the letter would say no longer holds; the text says why, in Spanish."""


def redactar(
    carta: Carta,
    *,
    publica: Publica,
    secreto: bytes,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """The letter, the same however often it is written; ``palabras``: the institution's. Raises NoCorresponde."""
    escribir, hechos = _CLASES[carta.clase]
    propias = {"palabras": palabras} if _editable(carta.clase) else {}
    return escribir(para=carta.para, institucion=institucion, **propias, **hechos(carta, publica, secreto))


def _editable(clase: str) -> bool:
    """Whether the institution words it; the notice to a second address is worded as that to the first."""
    return clase in CARTAS or clase == correspondencia.AVISO_ADICIONAL


def message_id(carta: Carta, url: str, secreto: bytes) -> str:
    """The letter's own name (RFC 5322, 3.6.4), the same each time it is sent; ``url``: the setting ``casilla.url``.

    It tells two letters apart and, being keyed, nothing of whom they are about.
    """
    sobre = getattr(carta.sobre, "codigo", "") or carta.sobre.__name__
    partes = (carta.clase, carta.para, sobre, str(carta.numero), carta.creada_en.isoformat())
    nombre = hmac.digest(secreto, "\0".join(("message-id", *partes)).encode(), "sha256").hex()[:32]
    anfitrion = re.sub(r"[^A-Za-z0-9.-]", "-", urlsplit(url).hostname or "casilla")
    return f"<{nombre}@{anfitrion}>"


def _aviso_deposito(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    n = carta.sobre
    return {
        "nombres": n.__parent__.persona.nombres,
        "tipo": n.tipo,
        "numero": n.numero,
        "enlace": publica("casilla", n.__parent__.__name__, n.__name__),
        "depositado_en": n.depositado_en,
        "computo_desde": n.computo_desde,
        "vence": n.vence,
        "constancia": n.constancia.bytes(),
        "nombre_constancia": n.constancia.nombre,
        "discreto": n.__parent__.persona.avisos_discretos,
    }


def _validacion_correo(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    solicitud = carta.sobre
    if carta.numero != solicitud.envios or solicitud.codigo_hasta is None:
        raise NoCorresponde("el código fue reemplazado por otro")
    codigo = codigo_validacion(secreto, solicitud.__name__, carta.numero)
    return {"codigo": codigo, "enlace": publica(enlace(solicitud, codigo)), "vence": solicitud.codigo_hasta}


def _en_revision(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    if carta.sobre.responder_hasta is None:
        raise NoCorresponde("ya no se espera una respuesta")
    return {"cuando": carta.creada_en, "hasta": carta.sobre.responder_hasta}


def _denegada(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    motivo = next(detalle for hecho, *_, detalle in carta.sobre.historia if hecho == "denegada")
    return {"motivo": motivo, "enlace": publica("registro")}


def _credenciales(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    usuario = carta.sobre
    if carta.numero != usuario.emision or not usuario.temporal:
        raise NoCorresponde("la contraseña temporal ya fue cambiada")
    return {
        "usuario": usuario.__name__,
        "clave": clave_temporal(secreto, usuario.__name__, carta.numero),
        "enlace": publica(""),
        "vence": usuario.temporal_hasta,
    }


def _credenciales_modulo(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    funcionario = carta.sobre
    if carta.numero != funcionario.emision or not funcionario.temporal:
        raise NoCorresponde("la contraseña temporal ya fue cambiada")
    return {
        "usuario": funcionario.__name__,
        "clave": clave_del_modulo(secreto, funcionario),
        "enlace": publica("admin"),
        "vence": funcionario.temporal_hasta,
    }


def _cambio_en_el_modulo(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    hecho, _, cuando, detalle = carta.sobre.historia[carta.numero]
    return {"usuario": carta.sobre.__name__, "hecho": HECHOS_DEL_MODULO[hecho].format(detalle), "cuando": cuando}


def _ya_tiene_casilla(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    return {"enlace_ingreso": publica(""), "enlace_recuperar": publica("recuperar")}


def _recuperacion_clave(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    usuario = carta.sobre
    if usuario.persona is None:
        raise NoCorresponde("los datos del pedido no son los de ninguna casilla")
    if carta.numero != usuario.recuperacion or usuario.recuperacion_hasta is None:
        raise NoCorresponde("el enlace fue reemplazado por otro, o la contraseña ya cambió")
    return {"enlace": publica(recuperacion.direccion(secreto, usuario)), "vence": usuario.recuperacion_hasta}


def _recuperacion_en_espera(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    usuario, correccion = carta.sobre, correcciones.de(carta.sobre)
    if correccion is None or correccion.hasta is None or carta.numero != usuario.recuperacion:
        raise NoCorresponde("el enlace ya no espera")
    return {"desde": correccion.hasta, "corregido": correccion.cuando}


def _correo_corregido(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    """The correction and, after it in the history, until when links wait: whatever became of it since."""
    (_, _, cuando, motivo), (*_, hasta) = carta.sobre.historia[carta.numero : carta.numero + 2]
    return {"cuando": cuando, "motivo": motivo, "hasta": datetime.fromisoformat(hasta)}


def _cuando(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    return {"cuando": carta.creada_en}


def _intentos_fallidos(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    if carta.sobre.persona is None:
        raise NoCorresponde("quien se nombró no tiene casilla, o ya se le avisó hoy")
    return _cuando(carta, publica, secreto)


def _codigo_correo(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    pedido = cuenta.pedido(carta.sobre)
    if pedido is None or pedido.numero != carta.numero:
        raise NoCorresponde("el código fue reemplazado por otro, o ya no hace falta")
    return {"codigo": cuenta.codigo_de(carta.sobre, secreto), "vence": pedido.hasta}


def _aviso_prueba(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    return {"enlace": publica("")}


def _resumen_diario(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    """As the casilla stands when the letter is written: what was read since the morning is left out."""
    if not resumen.vigente(carta.sobre, carta.numero):
        raise NoCorresponde("ya hay un resumen más nuevo, o no se quieren más")
    persona, hoy = carta.sobre.usuario.persona, dia_en_lima(carta.creada_en)
    dicho = resumen.resumen(persona.casilla, hoy)
    if not dicho.sin_leer:
        raise NoCorresponde("ya no queda nada sin leer")
    enlaces = {"enlace": publica(""), "enlace_avisos": publica("cuenta", "avisos")}
    return {"nombres": persona.nombres, "hoy": hoy, "resumen": dicho, "discreto": persona.avisos_discretos, **enlaces}


def _casilla_cerrada(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    cierre = carta.sobre.cierre
    hechos = {"constancia": cierre.bytes(), "nombre_constancia": cierre.nombre}
    return {"cuando": carta.creada_en, "enlace": publica(""), **hechos}


def _cambio_de_la_institucion(carta: Carta, publica: Publica, secreto: bytes) -> dict[str, Any]:
    hecho, _, cuando, motivo = carta.sobre.historia[carta.numero]
    cierre = carta.sobre.cierre if hecho == "institucion:cierre" else None
    constancia = (cierre.nombre, cierre.bytes()) if cierre else None
    return {"hecho": HECHOS[hecho], "cuando": cuando, "motivo": motivo, "constancia": constancia}


_CLASES: dict[str, tuple[Callable[..., Message], Callable[[Carta, Publica, bytes], dict[str, Any]]]] = {
    correspondencia.AVISO_DEPOSITO: (cartas.aviso_deposito, _aviso_deposito),
    correspondencia.VALIDACION_CORREO: (cartas.validacion_correo, _validacion_correo),
    correspondencia.CREDENCIALES: (cartas.credenciales, _credenciales),
    correspondencia.YA_TIENE_CASILLA: (cartas.ya_tiene_casilla, _ya_tiene_casilla),
    correspondencia.CLAVE_CAMBIADA: (cartas.clave_cambiada, _cuando),
    correspondencia.RECUPERACION_CLAVE: (cartas.recuperacion_clave, _recuperacion_clave),
    correspondencia.RECUPERACION_EN_ESPERA: (cartas_de_cuenta.recuperacion_en_espera, _recuperacion_en_espera),
    correspondencia.CORREO_CORREGIDO: (cartas_de_cuenta.correo_corregido, _correo_corregido),
    correspondencia.AVISO_ADICIONAL: (cartas.aviso_deposito, _aviso_deposito),
    correspondencia.AVISO_PRUEBA: (cartas_de_cuenta.aviso_prueba, _aviso_prueba),
    correspondencia.CODIGO_CORREO: (cartas_de_cuenta.codigo_correo, _codigo_correo),
    correspondencia.INTENTOS_FALLIDOS: (cartas_de_cuenta.intentos_fallidos, _intentos_fallidos),
    correspondencia.CORREO_CAMBIADO: (cartas_de_cuenta.correo_cambiado, _cuando),
    correspondencia.CAMBIO_DE_LA_INSTITUCION: (cartas_de_cuenta.cambio_de_la_institucion, _cambio_de_la_institucion),
    correspondencia.SOLICITUD_EN_REVISION: (cartas_de_solicitud.en_revision, _en_revision),
    correspondencia.SOLICITUD_AUTORIZADA: (cartas_de_solicitud.autorizada, _validacion_correo),
    correspondencia.SOLICITUD_DENEGADA: (cartas_de_solicitud.denegada, _denegada),
    correspondencia.CREDENCIALES_MODULO: (cartas_del_modulo.credenciales, _credenciales_modulo),
    correspondencia.CAMBIO_EN_EL_MODULO: (cartas_del_modulo.cambio_en_el_modulo, _cambio_en_el_modulo),
    correspondencia.CASILLA_CERRADA: (cartas_de_cuenta.casilla_cerrada, _casilla_cerrada),
    correspondencia.RESUMEN_DIARIO: (carta_de_resumen.resumen_diario, _resumen_diario),
}
