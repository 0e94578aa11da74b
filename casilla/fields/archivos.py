"""Boxes for files. The page says in its ``subidas`` what it takes (``casilla.subidas``); here is what must be in it."""

from collections.abc import Callable, Mapping
from typing import Any

import colander
import deform

from casilla.gateways.protocolo import NoResponde
from casilla.services.documentos import (
    Archivo,
    DocumentoInvalido,
    Infectado,
    NoExaminable,
    TipoNoAdmitido,
    como_anexo,
    como_documento,
    peso,
    sin_virus,
)
from casilla.subidas import Rechazado

Examen = Callable[[Archivo], Archivo]
PDF = ".pdf,application/pdf"
SIN_ANTIVIRUS = "{} no responde, y sin su revisión no se recibe ningún archivo. Espere unos minutos y vuelva a enviarlo"


class TipoArchivos(colander.SchemaType):
    """Reads what came for a box as a tuple of Archivo, each ``examen``-ed; nothing is ever shown again in the box.

    ``antivirus``: whether it is asked about what is otherwise right, one file after the other.
    """

    def __init__(self, examen: Examen, *, antivirus: bool = True) -> None:
        self.examen = examen
        self.antivirus = antivirus

    def serialize(self, node: colander.SchemaNode, appstruct: Any) -> Any:
        return colander.null

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """Null when no file was chosen.

        Raises ``colander.Invalid`` that says of each file that will not do why, and has the others as its ``value``.
        """
        if cstruct is colander.null:
            return colander.null
        buenos, quejas = [], []
        for archivo in cstruct:
            try:
                buenos.append(self._examinado(archivo, node))
            except (Infectado, NoExaminable) as motivo:
                cola = ". No lo abra y avise a quien se lo envió" if isinstance(motivo, Infectado) else ""
                quejas.append(f"No se recibió: {motivo}{cola}")
            except (DocumentoInvalido, TipoNoAdmitido) as motivo:
                quejas.append(f"«{archivo.nombre}»: {motivo}")
            except NoResponde as error:
                quejas.append(SIN_ANTIVIRUS.format(error.servicio))
                break
        if quejas:
            raise colander.Invalid(node, quejas, tuple(buenos))
        return tuple(buenos)

    def _examinado(self, archivo: Archivo | Rechazado, node: colander.SchemaNode) -> Archivo:
        if isinstance(archivo, Rechazado):
            raise DocumentoInvalido(archivo.motivo)
        examinado = self.examen(archivo)
        return sin_virus(examinado, node.bindings["request"].antivirus) if self.antivirus else examinado


class TipoArchivo(TipoArchivos):
    """The same for a box of one."""

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        try:
            archivos = super().deserialize(node, cstruct)
        except colander.Invalid as fallo:
            fallo.value = None
            raise
        if archivos is colander.null:
            return colander.null
        if len(archivos) > 1:
            raise colander.Invalid(node, "Elija un solo archivo")
        return archivos[0]


class CajaDeArchivos(deform.widget.Widget):
    """``acepta`` is what the browser's dialogue offers first; ``varios``: whether several may be chosen."""

    template = "archivo"
    toma_archivos = True
    acepta: str | None = None
    varios = False

    def serialize(self, field: deform.Field, cstruct: Any, **kw: Any) -> str:
        return field.renderer(self.template, field=field, **kw)

    def deserialize(self, field: deform.Field, pstruct: Any) -> Any:
        return pstruct or colander.null


def archivo(
    titulo: str,
    falta: str,
    *,
    tope: int | str,
    clase: str,
    acepta: str,
    examen: Examen,
    antivirus: bool = True,
    **otros: Any,
) -> colander.SchemaNode:
    """One file, an ``Archivo``. ``tope``: bytes, or the setting that says them; ``clase``: what the hint calls it."""
    otros.setdefault("widget", CajaDeArchivos(acepta=acepta))
    otros.setdefault("description", _ayuda(clase, tope))
    tipo = TipoArchivo(examen, antivirus=antivirus)
    return colander.SchemaNode(tipo, title=titulo, missing_msg=falta, **otros)


def pdf(titulo: str, falta: str, *, tope: int | str = "casilla.max_documento", **otros: Any) -> colander.SchemaNode:
    """One PDF that opens, without a password; its pages are counted."""
    return archivo(titulo, falta, tope=tope, clase="PDF", acepta=PDF, examen=como_documento, **otros)


def anexos(titulo: str, *, tope: int | str = "casilla.max_anexos_total", **otros: Any) -> colander.SchemaNode:
    """As many files as one likes, of the types that an annex may be: a tuple of ``Archivo``, empty without any."""
    otros.setdefault("description", _ayuda("PDF, imágenes, texto, ofimática, ZIP, audio o video", tope, "en total"))
    otros.setdefault("widget", CajaDeArchivos(varios=True))
    otros.setdefault("missing", ())
    return colander.SchemaNode(TipoArchivos(como_anexo), title=titulo, **otros)


def _ayuda(clase: str, tope: int | str, cola: str = "") -> Any:
    @colander.deferred
    def ayuda(_: colander.SchemaNode, atado: Mapping[str, Any]) -> str:
        maximo = atado["request"].registry.settings[tope] if isinstance(tope, str) else tope
        return f"{clase}, hasta {peso(maximo)} {cola}".rstrip()

    return ayuda
