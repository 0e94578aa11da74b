"""The district of a company, as INEI's code: three lists that narrow, or one box that suggests.

The lists need no script: a button beside each brings the next one, in a page that comes back with all that was typed
and complains of nothing else. Where ``static/distritos.js`` runs, the box stands in their place; what is sent then is
the code of what was picked and the words in the box, and the words count. Whoever has used the lists keeps them.
"""

from typing import Any, NamedTuple

import colander
import deform

from casilla.fields.basicos import limpiar
from casilla.services import ubigeo
from casilla.services.distritos import PARTES, iguales, parecidos, reparo

ROTULOS = {"departamento": "Departamento", "provincia": "Provincia", "distrito": "Distrito"}
SIGUIENTES = {"departamento": "provincia", "provincia": "distrito"}
MAXIMO_ESCRITO = 200


class Eleccion(NamedTuple):
    """What came: the codes of three lists; or ``codigo`` and ``escrito``, which is None where the box was not."""

    departamento: str = ""
    provincia: str = ""
    distrito: str = ""
    codigo: str = ""
    escrito: str | None = None


class DistritoInvalido(colander.Invalid):
    """Says also which of the lists is wrong."""

    def __init__(self, node: colander.SchemaNode, msg: str, parte: str = PARTES[0]) -> None:
        super().__init__(node, msg)
        self.parte = parte


class TipoDistrito(colander.SchemaType):
    """Reads an ``Eleccion`` as the code of a district, 6 digits."""

    def serialize(self, node: colander.SchemaNode, appstruct: Any) -> Any:
        if not isinstance(appstruct, str):
            return colander.null
        return Eleccion(appstruct[:2], appstruct[:4], appstruct, appstruct, ubigeo.nombre(appstruct))

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """Return the code, or null when nothing was chosen; raises ``DistritoInvalido``."""
        if cstruct is colander.null:
            return colander.null
        if cstruct.escrito is None:
            return _elegido(node, cstruct) if any(cstruct[:3]) else colander.null
        return _escrito(node, cstruct.escrito, cstruct.codigo) if cstruct.escrito else colander.null


def _elegido(node: colander.SchemaNode, eleccion: Eleccion) -> str:
    falta = reparo(*eleccion[:3])
    if falta:
        raise DistritoInvalido(node, falta[1], falta[0])
    return eleccion.distrito


def _escrito(node: colander.SchemaNode, entero: str, codigo: str) -> str:
    """The code that was picked if the words are its name, or that of the only district with these words."""
    escrito = entero[:MAXIMO_ESCRITO]
    if ubigeo.es_distrito(codigo) and ubigeo.nombre(codigo) == escrito:
        return codigo
    hallados = iguales(escrito)
    if len(hallados) == 1:
        return hallados[0].codigo
    if hallados:
        raise DistritoInvalido(node, f"Hay {len(hallados)} distritos con ese nombre: elija el suyo de la lista")
    nombres = "; ".join(lugar.nombre for lugar in parecidos(escrito))
    pregunta = f"¿Es {nombres}?" if nombres else "Escriba solo el comienzo."
    raise DistritoInvalido(node, f"No hallamos ese distrito. {pregunta} Elija el suyo de la lista")


class Lista(NamedTuple):
    """One of the three lists, as the page shows it; ``siguiente``: what its button brings, "" when it has none."""

    parte: str
    rotulo: str
    lugares: tuple[ubigeo.Lugar, ...]
    elegido: str
    siguiente: str


class Distrito(deform.widget.Widget):
    """The lists and the box. The field remembers in ``foco`` the list that a button has brought."""

    template = "distrito"
    partes = Eleccion._fields
    abre = "ver"

    def serialize(self, field: deform.Field, cstruct: Any, **kw: Any) -> str:
        eleccion = cstruct if isinstance(cstruct, Eleccion) else Eleccion(escrito="")
        mala = getattr(field.error, "parte", PARTES[0]) if field.error else ""
        foco = getattr(field, "foco", "")
        return field.renderer(
            self.template, field=field, eleccion=eleccion, listas=_listas(eleccion), mala=mala, foco=foco, **kw
        )

    def deserialize(self, field: deform.Field, pstruct: Any) -> Any:
        recibido = {} if pstruct is colander.null else pstruct
        cajas = {parte: recibido.get(f"{field.name}-{parte}") for parte in self.partes}
        escrito = None if cajas["escrito"] is None else limpiar(cajas["escrito"]) or ""
        codigos = {parte: cajas[parte] or "" for parte in self.partes if parte != "escrito"}
        return _unica_provincia(Eleccion(**codigos, escrito=escrito))

    def abrir(self, field: deform.Field, pedida: str) -> colander.Invalid | None:
        """Get ready to show the list ``pedida``; returns what is wrong with those before it."""
        parte, palabras = reparo(*field.cstruct[:3]) or (pedida, "")
        anteriores = PARTES[: PARTES.index(pedida)] if pedida in PARTES else PARTES
        if parte in anteriores:
            return DistritoInvalido(field.schema, palabras, parte)
        field.foco = parte
        return None

    def primera(self, field: deform.Field) -> str:
        """The id of the wrong list; the first has the field's own."""
        parte = getattr(field.error, "parte", PARTES[0])
        return field.oid if parte == PARTES[0] else f"{field.oid}-{parte}"


def _unica_provincia(eleccion: Eleccion) -> Eleccion:
    """Where a department has one province there is nothing to choose."""
    suyas = ubigeo.provincias(eleccion.departamento)
    return eleccion._replace(provincia=suyas[0].codigo) if len(suyas) == 1 else eleccion


def _listas(eleccion: Eleccion) -> list[Lista]:
    """The departments, and below them what has been opened."""
    provincias = ubigeo.provincias(eleccion.departamento)
    abierta = eleccion.provincia if eleccion.provincia in {lugar.codigo for lugar in provincias} else ""
    lugares = (ubigeo.departamentos(), provincias, ubigeo.distritos(abierta))
    elegidos = (eleccion.departamento, abierta, eleccion.distrito)
    return [
        Lista(parte, ROTULOS[parte], suyos, elegido, SIGUIENTES.get(parte, ""))
        for parte, suyos, elegido in zip(PARTES, lugares, elegidos, strict=True)
        if suyos
    ]


def distrito(titulo: str = "Distrito", **otros: Any) -> colander.SchemaNode:
    """INEI's code of a district, 6 digits."""
    otros.setdefault("widget", Distrito())
    falta = "Elija el distrito que aparece en la ficha RUC"
    return colander.SchemaNode(TipoDistrito(), title=titulo, missing_msg=falta, **otros)
