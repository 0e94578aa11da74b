"""Is this constancia true? Whoever holds the paper can compare it with what the store says, and learns nothing more."""

from typing import Any

import deform
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla import fields
from casilla.fields.basicos import caja
from casilla.forms import Esquema, Formulario
from casilla.limites import DebeEsperar
from casilla.permissions import Permiso
from casilla.printing.certificacion import hechos_de
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.cifras import miles
from casilla.services.codigos import en_grupos, normalizar
from casilla.services.horas import fecha_con_dia, fecha_hora

PLANTILLA = "casilla:templates/verificar.pt"


class NoHay(Exception):
    """No constancia has this code."""


class EsquemaVerificar(Esquema):
    codigo = fields.codigo_validacion(
        "Código de verificación",
        "Escriba el código de verificación",
        description="Está al pie de la constancia: son 16 letras y números, en grupos de cuatro.",
        widget=caja("medio", autocomplete="off", autocapitalize="characters", spellcheck="false"),
    )


@view_config(context=Sitio, name="verificar", request_method="GET", permission=Permiso.PUBLICO, renderer=PLANTILLA)
def verificar(context: Sitio, request: Request) -> Any:
    """``/verificar`` asks for the code, ``?codigo=`` leads to ``/verificar/CODIGO``."""
    if len(request.subpath) > 1:
        raise HTTPNotFound
    request.response.cache_control.no_store = True
    if request.subpath:
        return _mostrar(context, request, request.subpath[0])
    formulario = _formulario(request)
    if "codigo" in request.GET:
        try:
            codigo = normalizar(formulario.validate(request.GET.items())["codigo"])
            return HTTPSeeOther(request.resource_url(context, "verificar", codigo))
        except deform.ValidationFailure:
            pass
    return {"formulario": formulario, "hechos": None}


def _mostrar(sitio: Sitio, request: Request, tecleado: str) -> dict[str, Any]:
    try:
        notificacion = _hallar(sitio, request, normalizar(tecleado))
    except NoHay:
        return _sin_hallar(
            request,
            tecleado,
            404,
            "No encontramos una constancia con ese código. Compárelo letra por letra con el de su constancia.",
        )
    except DebeEsperar as espera:
        request.response.retry_after = espera.minutos * 60
        return _sin_hallar(request, tecleado, 429, str(espera))
    return {"formulario": None, "hechos": _hechos(request, notificacion)}


def _hallar(sitio: Sitio, request: Request, codigo: str) -> Notificacion:
    """Raises NoHay, or DebeEsperar for whoever tries code after code."""
    with request.limites.intento(NoHay, "verificar", request.remote_addr):
        notificacion = sitio.registro.get(codigo)
        if notificacion is None:
            raise NoHay(codigo)
        return notificacion


def _sin_hallar(request: Request, tecleado: str, estado: int, palabras: str) -> dict[str, Any]:
    request.response.status_int = estado
    formulario = _formulario(request, {"codigo": "".join(filter(str.isprintable, tecleado))[:40]})
    formulario.marcar(palabras, "codigo")
    return {"formulario": formulario, "hechos": None}


def _formulario(request: Request, datos: dict[str, str] | None = None) -> Formulario:
    accion = request.resource_path(request.context, "verificar")
    return Formulario(EsquemaVerificar(), request, botones=("Verificar",), datos=datos, accion=accion, metodo="get")


def _hechos(request: Request, notificacion: Notificacion) -> dict[str, Any]:
    """What the paper shows, by the same function that fills the paper; and whether it still stands."""
    momento = notificacion.depositado_en
    hechos = hechos_de(notificacion, request.calendario_al(momento), request.institucion.en(momento), "", "")
    anulada = notificacion.cuando("anulado")
    return {
        "codigo": en_grupos(hechos.codigo),
        "anulada": fecha_hora(anulada) if anulada else None,
        "datos": [
            ("Expediente", hechos.expediente),
            ("Administrado", hechos.administrado),
            ("Documento Identidad", hechos.documento_identidad),
            ("Documento", hechos.documento),
            ("Fecha y Hora", f"{fecha_hora(hechos.depositado_en)} (hora de Lima)"),
            *([("Día del depósito", hechos.dia_del_deposito)] if hechos.dia_del_deposito else []),
            ("El plazo inicia el", fecha_con_dia(hechos.computo_desde)),
            *([("El plazo vence el", f"{fecha_con_dia(hechos.vence)} (cálculo referencial)")] if hechos.vence else []),
        ],
        "archivos": [
            (f"Anexo {n}" if n else "Documento", nombre, huella, f"{miles(tamano)} bytes")
            for n, (nombre, huella, tamano) in enumerate(hechos.archivos)
        ],
        "oficina": hechos.oficina,
    }
