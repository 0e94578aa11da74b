"""Each letter with facts of nobody's, to see how its words read."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pyramid_mailer.message import Message

from casilla.mail import carta_de_resumen, cartas, cartas_de_cuenta, cartas_de_solicitud, cartas_del_modulo
from casilla.mail.cartas import Institucion
from casilla.mail.hoja import parrafo
from casilla.resources.casilla import Fila
from casilla.resources.contenido import Redaccion
from casilla.services import correspondencia as c
from casilla.services.plantillas import AVISO_DISCRETO, CARTAS, DE_LA_INSTITUCION
from casilla.services.resumen import Resumen

_CUANDO = datetime(2030, 1, 2, 15, 11, tzinfo=UTC)
_PARA = "persona@correo.example"
_AVISO: dict[str, Any] = {
    "nombres": "PERSONA DE MUESTRA",
    "tipo": "CARTA",
    "numero": "000001-MUESTRA",
    "depositado_en": _CUANDO,
    "computo_desde": date(2030, 1, 3),
    "vence": date(2030, 1, 23),
    "constancia": b"",
    "nombre_constancia": "constancia-de-muestra.pdf",
}
_FILA = Fila("", "", "", "", "CARTA", "000001-MUESTRA", _CUANDO, _CUANDO, date(2030, 1, 8), False, None)  # type: ignore[arg-type]
_RESUMEN: dict[str, Any] = {
    "nombres": "PERSONA DE MUESTRA",
    "hoy": date(2030, 1, 3),
    "resumen": Resumen(sin_leer=3, nuevas=(_FILA,), por_vencer=(_FILA,)),
}
_CLAVE: dict[str, Any] = {"usuario": "1-00000000", "clave": "0A1B2C3D", "vence": _CUANDO}

# The function, its facts, and the names of those that are links.
_MUESTRAS: dict[str, tuple[Callable[..., Message], dict[str, Any], tuple[str, ...]]] = {
    c.VALIDACION_CORREO: (cartas.validacion_correo, {"codigo": "123456", "vence": _CUANDO}, ("enlace",)),
    c.CREDENCIALES: (cartas.credenciales, _CLAVE, ("enlace",)),
    c.AVISO_DEPOSITO: (cartas.aviso_deposito, _AVISO, ("enlace",)),
    AVISO_DISCRETO: (cartas.aviso_deposito, {**_AVISO, "discreto": True}, ("enlace",)),
    c.YA_TIENE_CASILLA: (cartas.ya_tiene_casilla, {}, ("enlace_ingreso", "enlace_recuperar")),
    c.RECUPERACION_CLAVE: (cartas.recuperacion_clave, {"vence": _CUANDO}, ("enlace",)),
    c.CLAVE_CAMBIADA: (cartas.clave_cambiada, {"cuando": _CUANDO}, ()),
    c.CODIGO_CORREO: (cartas_de_cuenta.codigo_correo, {"codigo": "123456", "vence": _CUANDO}, ()),
    c.CORREO_CAMBIADO: (cartas_de_cuenta.correo_cambiado, {"cuando": _CUANDO}, ()),
    c.CORREO_CORREGIDO: (
        cartas_de_cuenta.correo_corregido,
        {"cuando": _CUANDO, "hasta": _CUANDO + timedelta(days=1), "motivo": "Lo pidió por escrito."},
        (),
    ),
    c.RECUPERACION_EN_ESPERA: (
        cartas_de_cuenta.recuperacion_en_espera,
        {"desde": _CUANDO + timedelta(days=1), "corregido": _CUANDO},
        (),
    ),
    c.INTENTOS_FALLIDOS: (cartas_de_cuenta.intentos_fallidos, {"cuando": _CUANDO}, ()),
    c.AVISO_PRUEBA: (cartas_de_cuenta.aviso_prueba, {}, ("enlace",)),
    c.CASILLA_CERRADA: (
        cartas_de_cuenta.casilla_cerrada,
        {"cuando": _CUANDO, "constancia": b"", "nombre_constancia": "constancia-de-muestra.pdf"},
        ("enlace",),
    ),
    c.CAMBIO_DE_LA_INSTITUCION: (
        cartas_de_cuenta.cambio_de_la_institucion,
        {"hecho": "se corrigió su teléfono", "cuando": _CUANDO, "motivo": "Lo pidió por escrito.", "constancia": None},
        (),
    ),
    c.SOLICITUD_EN_REVISION: (cartas_de_solicitud.en_revision, {"cuando": _CUANDO, "hasta": date(2030, 1, 7)}, ()),
    c.SOLICITUD_AUTORIZADA: (cartas_de_solicitud.autorizada, {"codigo": "123456", "vence": _CUANDO}, ("enlace",)),
    c.SOLICITUD_DENEGADA: (cartas_de_solicitud.denegada, {"motivo": "El documento no es legible"}, ("enlace",)),
    c.CREDENCIALES_MODULO: (cartas_del_modulo.credenciales, _CLAVE, ("enlace",)),
    c.CAMBIO_EN_EL_MODULO: (
        cartas_del_modulo.cambio_en_el_modulo,
        {"usuario": "colega", "hecho": "se restableció su segundo factor", "cuando": _CUANDO},
        (),
    ),
    c.RESUMEN_DIARIO: (carta_de_resumen.resumen_diario, _RESUMEN, ("enlace", "enlace_avisos")),
}


def muestra(carta: str, redaccion: Redaccion, institucion: Institucion, inicio: str) -> Message:
    """The letter of that name in these words; its links lead to ``inicio``, the public front page."""
    if carta not in _MUESTRAS:
        return _con_rotulos(carta, redaccion, institucion)
    escribir, hechos, enlaces = _MUESTRAS[carta]
    hechos = {**hechos, **dict.fromkeys(enlaces, inicio)}
    return escribir(para=_PARA, institucion=institucion, palabras=lambda _: redaccion, **hechos)


def _con_rotulos(carta: str, redaccion: Redaccion, institucion: Institucion) -> Message:
    """A letter without facts of its own here: each field and block shows its name."""
    plantilla = CARTAS[carta]
    bloques = {nombre: parrafo(f"[{nombre}]") for nombre in plantilla.bloques}
    campos = {nombre: f"[{nombre}]" for nombre in plantilla.campos if nombre not in DE_LA_INSTITUCION}
    return cartas.segun(lambda _: redaccion, carta, _PARA, institucion, bloques, **campos)
