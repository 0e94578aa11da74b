"""Is this company what it says it is: its name and district as declared beside what the register answered.

Names are compared as two honest people might write them. Besides what ``identidad.letras`` leaves out, forms of
companies count the same in full and abbreviated (Ley 26887, Ley General de Sociedades, arts. 50, 235, 250, 284 and 296;
D. L. 21621; D. Leg. 1409), with SUNAT's own abbreviations among them; and where SUNAT has a name followed by its short
form ("EJEMPLO SOCIEDAD ANONIMA - EJEMPLO S.A."), the first alone will do.
"""

import re
from dataclasses import dataclass

from casilla.gateways.protocolo import DatosEmpresa
from casilla.services.identidad import Cotejo, letras

ACTIVO, HABIDO = "ACTIVO", "HABIDO"

_SOCIEDAD, _LIMITADA = "(?:sociedad|soc)", "(?:de)?(?:responsabilidad|respons|resp|r)(?:limitada|ltda|l)"
# Tried in this order, so the longer forms come first. Each stands for the letters of the name, without spaces or marks.
_FORMAS = tuple(
    (re.compile(escrita), sigla)
    for escrita, sigla in (
        (f"(?:empresa|emp)individual{_LIMITADA}|eirltda", "eirl"),
        (f"{_SOCIEDAD}civil{_LIMITADA}|scivil{_LIMITADA}", "scivilrl"),
        (f"{_SOCIEDAD}(?:comercial|com){_LIMITADA}|{_SOCIEDAD}{_LIMITADA}|sc?rltda|scrl", "srl"),
        (f"{_SOCIEDAD}poraccionescerradasimplificada", "sacs"),
        (f"{_SOCIEDAD}anonimacerrada", "sac"),
        (f"{_SOCIEDAD}anonimaabierta", "saa"),
        (f"{_SOCIEDAD}anonima", "sa"),
        (f"{_SOCIEDAD}civil", "scivil"),
        (f"{_SOCIEDAD}encomandita", "senc"),
        ("asociacion", "asoc"),
        ("cooperativa", "coop"),
        ("fundacion", "fund"),
        ("compania", "cia"),
        ("limitada", "ltda"),
        ("sucursal", "suc"),
    )
)
# "N° 5", "Nro. 5" and "No 5" are one number: schools and associations have them.
_NUMERO = re.compile(r"\bn(?:ro|o|[º°])?\.?\s*(?=\d)", re.IGNORECASE)
_GUION = re.compile(r"\s[-–—]\s")
_TERMINA_EN_FORMA = re.compile(r"(?:eirl|scivil|scivilrl|srl|sacs|sac|saa|sa|ltda)$")


@dataclass(frozen=True)
class CotejoEmpresa(Cotejo):
    """Fields of DatosEmpresa, as in Cotejo. ``impedimento``: why such a company gets no casilla, in Spanish, or ""."""

    impedimento: str = ""


def cotejar_empresa(declarado: DatosEmpresa, respuesta: DatosEmpresa) -> CotejoEmpresa:
    """Compares name and district; the register alone speaks of state and condition, which are verified or impede.

    A district that the register does not give stays declared.
    """
    iguales = {
        "razon_social": mismo_nombre(declarado.razon_social, respuesta.razon_social),
        "ubigeo": declarado.ubigeo == respuesta.ubigeo,
        "estado": respuesta.estado == ACTIVO,
        "condicion": respuesta.condicion == HABIDO,
    }
    sin_respuesta = ("ubigeo",) if respuesta.ubigeo is None else ()
    return CotejoEmpresa(
        verificados=tuple(campo for campo in iguales if iguales[campo] and campo not in sin_respuesta),
        declarados=sin_respuesta,
        discrepan=tuple(c for c in ("razon_social", "ubigeo") if not iguales[c] and c not in sin_respuesta),
        impedimento=impedimento(respuesta),
    )


def impedimento(respuesta: DatosEmpresa) -> str:
    """Why SUNAT's word on this company forbids its casilla, in a sentence for its people; "" when it does not.

    Both words are public: anybody may look up any RUC at SUNAT.
    """
    if respuesta.estado != ACTIVO:
        return _motivo("El estado de este RUC en la SUNAT", respuesta.estado, ACTIVO)
    if respuesta.condicion != HABIDO:
        return _motivo("La condición del domicilio fiscal de este RUC en la SUNAT", respuesta.condicion, HABIDO)
    return ""


def mismo_nombre(uno: str, otro: str) -> bool:
    """Whether two spellings may be the same company's name. Which form it has matters: S.A. is not S.A.C."""
    return not _lecturas(uno).isdisjoint(_lecturas(otro))


def _motivo(que: str, hallado: str | None, debido: str) -> str:
    return f"{que} {f'es {hallado}' if hallado else 'no figura'} y debe ser {debido}. Regularícelo y vuelva a intentar"


def _lecturas(nombre: str) -> set[str]:
    """The whole name, and what stands before the short one that may follow it."""
    antes = " ".join(_GUION.split(nombre)[:-1])
    completa = _reducido(antes)
    return {_reducido(nombre), completa} if _TERMINA_EN_FORMA.search(completa) else {_reducido(nombre)}


def _reducido(nombre: str) -> str:
    plano = letras(_NUMERO.sub("n", nombre.replace("&", " y ")))
    for escrita, sigla in _FORMAS:
        plano = escrita.sub(sigla, plano)
    return plano
