"""What a company is known by: RUC and name; the district of its fiscal domicile is in ``distritos``."""

import re
from typing import Any

import colander

from casilla.fields.basicos import caja, compactar, exigir, imprimible, largo, nodo
from casilla.gateways.protocolo import es_ruc

MAXIMO_RAZON_SOCIAL = 250


def ruc(titulo: str = "RUC", falta: str = "Escriba el RUC", **otros: Any) -> colander.SchemaNode:
    """Eleven digits with their check digit (SUNAT). A natural person's (10…) is told to register as what they are."""
    otros.setdefault("widget", caja("medio", inputmode="numeric", spellcheck="false"))
    return nodo(
        titulo,
        falta,
        exigir(re.compile("[0-9]{11}").fullmatch, "El RUC tiene 11 cifras"),
        exigir(es_ruc, "El RUC no es correcto: revise sus 11 cifras en la ficha RUC"),
        exigir(
            lambda valor: not valor.startswith("10"),
            "El RUC que empieza con 10 es de una persona natural: regrese y elija Persona Natural",
        ),
        preparador=compactar,
        **otros,
    )


def razon_social(
    titulo: str = "Razón Social", falta: str = "Escriba la razón social", **otros: Any
) -> colander.SchemaNode:
    """The name of a company, with whatever signs SUNAT has in it."""
    otros.setdefault("widget", caja(autocomplete="organization", spellcheck="false"))
    con_letras = exigir(lambda valor: any(map(str.isalnum, valor)), f"{titulo}: escriba al menos una letra")
    return nodo(titulo, falta, largo(titulo, MAXIMO_RAZON_SOCIAL), imprimible(titulo), con_letras, **otros)
