"""Forms for people: our own deform templates, Spanish messages, and one error summary for each page.

A view makes a ``Formulario`` of an ``Esquema``, validates it, and hands it to the template, which prints it with
``${formulario}``; the page's frame prints its summary of errors. Pyramid itself checks the CSRF token in every form.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import colander
import deform
from deform.template import ZPTTemplateLoader
from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPBadRequest
from pyramid.request import Request
from translationstring import ChameleonTranslate

from casilla.services.horas import dia_en_lima

# Control characters and the like: no page may hold them (HTML, 13.2.3.5), and what was typed is shown again.
NO_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

PLANTILLAS = ZPTTemplateLoader([str(Path(__file__).parent / "templates" / "deform")], auto_reload=False)


def compilar_formularios() -> None:
    """Compile every template of a form now, not at its first use."""
    for carpeta in PLANTILLAS.search_path:
        for archivo in Path(carpeta).glob("*.pt"):
            PLANTILLAS.load(archivo.stem).cook_check()


class Renderizador:
    """Prints deform's fields in the language of one request."""

    def __init__(self, request: Request) -> None:
        self.translate = request.localizer.translate

    def __call__(self, plantilla: str, **valores: Any) -> str:
        return PLANTILLAS.load(plantilla)(translate=ChameleonTranslate(self.translate), **valores)


class Esquema(colander.MappingSchema):
    """A flat mapping that tells everything that is wrong at once: fields are compared also when others are wrong."""

    def cruzar(self, valores: Mapping[str, Any], error: colander.Invalid) -> None:
        """Compare fields: ``valores`` holds those that are right; a complaint is ``error["name"] = "words"``."""

    def deserialize(self, cstruct: Any = colander.null) -> dict[str, Any]:
        """Return the clean values by name; raises ``colander.Invalid`` with a child for every wrong field.

        What is right has come all the same: it is the ``value`` of the error, files of a box with wrong ones included.
        """
        crudos = {} if cstruct is colander.null else cstruct
        error, valores = colander.Invalid(self), {}
        for numero, nodo in enumerate(self.children):
            try:
                valores[nodo.name] = nodo.deserialize(crudos.get(nodo.name, colander.null))
            except colander.Invalid as fallo:
                error.add(fallo, numero)
                if fallo.value:
                    valores[nodo.name] = fallo.value
        self._comparar_repetidos(valores, error)
        self.cruzar(valores, error)
        if error.msg or error.children:
            error.value = valores
            raise error
        return valores

    def _comparar_repetidos(self, valores: dict[str, Any], error: colander.Invalid) -> None:
        """Take away the second boxes (see ``fields.repetir``), each compared with its first when both could be read."""
        for numero, nodo in enumerate(self.children):
            igual_a, repetido = getattr(nodo, "igual_a", None), valores.get(nodo.name)
            if igual_a and valores.pop(nodo.name, None) and igual_a in valores and repetido != valores[igual_a]:
                error.add(colander.Invalid(nodo, nodo.distinto), numero)


@dataclass(frozen=True)
class Boton:
    """A submit button; others need a ``name``, so that the view can tell. With ``href``, a link that looks like one."""

    titulo: str
    name: str | None = None
    href: str | None = None


class Formulario(deform.Form):
    """One form of one request, filled with ``datos``; its ids are ``c-<name>``.

       The schema is bound with ``request`` and ``hoy``, today's date in Lima. A ``formid`` sets two forms of one page
    apart, and then stands instead of the "c". ``iniciales``: the cstructs of the fields that ``datos`` filled;
    ``distintos``: what differs from them, of a form that came second (views.admin.dos_a_la_vez), None of any other.
    """

    error: colander.Invalid | None
    distintos: Sequence[Any] | None = None

    def __init__(
        self,
        esquema: colander.SchemaNode,
        request: Request,
        *,
        botones: Sequence[str | Boton] = ("Continuar",),
        datos: Mapping[str, Any] | None = None,
        accion: str = "",
        metodo: str = "post",
        formid: str = "formulario",
    ) -> None:
        super().__init__(
            esquema.bind(request=request, hoy=dia_en_lima(request.ahora)),
            action=accion,
            method=metodo,
            formid=formid,
            focus="off",
            renderer=Renderizador(request),
            buttons=[Boton(boton) if isinstance(boton, str) else boton for boton in botones],
            appstruct=colander.null if datos is None else dict(datos),
        )
        self.csrf_token = get_csrf_token(request) if metodo == "post" else None
        self.prefijo = "c" if formid == "formulario" else formid
        for campo in self.children:
            campo.oid = f"{self.prefijo}-{campo.name}"
        self.iniciales = {campo.name: campo.cstruct for campo in self.children if campo.name in (datos or {})}

    def __html__(self) -> str:
        return NO_HTML.sub("\ufffd", self.render())

    @property
    def grupos(self) -> list[tuple[str | None, list[deform.Field]]]:
        """Runs of fields whose nodes carry the same ``grupo``, with its title."""
        tramos = groupby(self.children, lambda campo: getattr(campo.schema, "grupo", None))
        return [(titulo, list(campos)) for titulo, campos in tramos]

    @property
    def errores(self) -> list[tuple[str, str]]:
        """Pairs (id of the control to mend, words) in the order of the page, the words for the whole form first."""
        visibles = [campo for campo in self.children if not campo.widget.hidden]
        todo = _control(visibles[0]) if visibles else self.formid
        pares = [("presentes" if self.distintos is not None else todo, palabras) for palabras in _mensajes(self)]
        return pares + [(_control(campo), palabras) for campo in self.children for palabras in _mensajes(campo)]

    def resumen(self) -> str:
        """The box "Hay un problema" in HTML; empty when nothing is wrong."""
        return self.renderer("resumen", errores=self.errores) if self.error else ""

    def marcar(self, palabras: str, campo: str | None = None) -> None:
        """Add an error found after validation, to one field or to the whole form."""
        lugar = self[campo] if campo else self
        lugar.error = colander.Invalid(lugar.schema, palabras)
        self.error = self.error or colander.Invalid(self.schema)

    def validate(self, controls: Iterable[tuple[str, Any]], subcontrol: str | None = None) -> dict[str, Any]:
        """Return the clean values of ``request.POST.items()``.

        Raises ``deform.ValidationFailure``, or ``HTTPBadRequest`` for a file where a text was asked.
        """
        return self.validate_pstruct(self._crudos(self._recibido(controls)))

    def validos(self, request: Request) -> dict[str, Any] | None:
        """The clean values of a POST; None of a GET, or when they will not do, and then the form says so."""
        if request.method != "POST":
            return None
        try:
            return self.validate(request.POST.items())
        except deform.ValidationFailure:
            return None

    @property
    def salvados(self) -> dict[str, Any]:
        """The clean values, by name, of what is right in a POST that will not do."""
        return dict(self.error.value or {}) if self.error else {}

    def poner(self, controls: Iterable[tuple[str, Any]]) -> None:
        """Fill it with what was typed, right or wrong. Raises as ``validate`` for a file."""
        self.cstruct = self.deserialize(self._crudos(self._recibido(controls)))
        self.iniciales |= {campo.name: campo.cstruct for campo in self.children}

    @property
    def cajas(self) -> list[str]:
        """The names of its boxes, those that are hidden left out."""
        visibles = [campo for campo in self.children if not campo.widget.hidden]
        return [caja for campo in visibles for caja in _cajas(campo)]

    def a_medias(self, controls: Iterable[tuple[str, Any]]) -> bool:
        """Whether a button of a field was pressed: its widget has ``abrir``, and ``abre`` ends the button's name.

        The form then holds what was typed, and only that field may complain. Raises as ``validate`` for a file.
        """
        recibido = self._recibido(controls)
        con_boton = {f"{c.name}-{c.widget.abre}": c for c in self.children if hasattr(c.widget, "abrir")}
        pulsados = con_boton.keys() & recibido.keys()
        if pulsados:
            self.cstruct = self.deserialize(self._crudos(recibido))
        for boton in pulsados:
            campo = con_boton[boton]
            campo.error = campo.widget.abrir(campo, recibido[boton])
            self.error = self.error or (campo.error and colander.Invalid(self.schema))
        return bool(pulsados)

    def _recibido(self, controls: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        """The last text of each name; of a box for files, all of them (``casilla.subidas`` makes them so)."""
        recibido: dict[str, Any] = {c.name: [] for c in self.children if getattr(c.widget, "toma_archivos", False)}
        de_archivos = frozenset(recibido)
        for nombre, valor in controls:
            if valor != "" and isinstance(valor, str) == (nombre in de_archivos):
                raise HTTPBadRequest("La solicitud no corresponde a este formulario.")
            if nombre not in de_archivos:
                recibido[nombre] = valor
            elif valor != "":
                recibido[nombre].append(valor)
        return recibido

    def _crudos(self, recibido: Mapping[str, Any]) -> dict[str, Any]:
        return {campo.name: _crudo(campo, recibido) for campo in self.children}


def _crudo(campo: deform.Field, recibido: Mapping[str, Any]) -> Any:
    """What came for a field: its string, or the strings of its boxes by name; ``null`` when nothing did.

    The names of all boxes are plain and different, so nothing of peppercorn's markers is needed.
    """
    if not hasattr(campo.widget, "partes"):
        return recibido.get(campo.name, colander.null)
    return {caja: recibido[caja] for caja in _cajas(campo) if caja in recibido} or colander.null


def _cajas(campo: deform.Field) -> list[str]:
    return [f"{campo.name}-{parte}" for parte in getattr(campo.widget, "partes", ())] or [campo.name]


def _mensajes(campo: deform.Field) -> list[str]:
    return [campo.translate(palabras) for palabras in campo.error.messages()] if campo.error else []


def _control(campo: deform.Field) -> str:
    """The id of the control that a link of the summary leads to: the first wrong box of those that a field has."""
    primera = getattr(campo.widget, "primera", None)
    return primera(campo) if primera else campo.oid
