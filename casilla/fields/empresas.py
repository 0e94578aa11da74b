"""What a company is known by: RUC, name, district of its fiscal domicile."""

import re
from typing import Any

import colander
import deform
from deform.widget import TextInputWidget

from casilla.fields.basicos import caja, compactar, exigir, imprimible, largo, limpiar, nodo, radios
from casilla.gateways.protocolo import es_ruc
from casilla.services import ubigeo
from casilla.services.distritos import iguales, parecidos

MAXIMO_RAZON_SOCIAL = 250
MAXIMO_DISTRITO = 200


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


class CajaDeDistrito(TextInputWidget):
    """Where a code came, the box shows the district that it is of."""

    def deserialize(self, field: deform.Field, pstruct: Any) -> Any:
        escrito = super().deserialize(field, pstruct)
        return (ubigeo.nombre(escrito) or escrito) if isinstance(escrito, str) else escrito


def distrito(escrito: str = "", titulo: str = "Distrito", **otros: Any) -> colander.SchemaNode:
    """INEI's code of a district (6 digits), whose name is written in a box.

    When ``escrito``, what came in the box, may mean several, they are radio buttons with the codes instead.
    """
    hallados = parecidos(escrito[:MAXIMO_DISTRITO]) if len(iguales(escrito[:MAXIMO_DISTRITO])) != 1 else ()
    if hallados:
        pares = [*hallados, ("", "Ninguno de estos: escribir otro")]
        return radios(titulo, "Elija, de estos distritos, el que aparece en la ficha RUC", pares, **otros)
    otros.setdefault("widget", CajaDeDistrito(attributes={"spellcheck": "false"}))
    falta = "Escriba el distrito que aparece en la ficha RUC"
    desconocido = "No hallamos ese distrito: escríbalo como aparece en la ficha RUC"
    return nodo(titulo, falta, exigir(ubigeo.es_distrito, desconocido), preparador=_codigo, **otros)


def _codigo(valor: Any) -> Any:
    """The code of the only district with this name; what is none stays as it is, for the validator to refuse."""
    limpio = limpiar(valor)
    hallados = iguales(limpio[:MAXIMO_DISTRITO]) if isinstance(limpio, str) else ()
    return hallados[0].codigo if len(hallados) == 1 else limpio
