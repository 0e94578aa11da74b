"""The audit: who did what, on what, from where; to be searched and taken away, never to be changed."""

from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing.formatos import FORMATOS, NOMBRES
from casilla.printing.listado_de_auditoria import ListadoDeAuditoria
from casilla.resources.administracion import SECCIONES, Administracion, SeccionAuditoria
from casilla.resources.auditoria import Asiento
from casilla.services.cifras import miles
from casilla.services.consulta_de_auditoria import Consulta, Hallados, hallar, todos
from casilla.services.consulta_de_depositos import ESTADOS
from casilla.services.horas import fecha_hora
from casilla.views.admin.pagina import auditar, direccion, ir
from casilla.views.admin.palabras import ACTOS_DICHOS, acto_dicho
from casilla.views.exportar import archivo_de

# Entries in one file.
MAXIMO = 50_000


@dataclass(frozen=True)
class Renglon:
    """An entry as the page shows it; ``url``: of what it is about, empty where that has no page or is not for them."""

    asiento: Asiento
    cuando: str
    acto: str
    url: str

    @property
    def antes(self) -> list[str]:
        return self.asiento.antes.splitlines()

    @property
    def despues(self) -> list[str]:
        return self.asiento.despues.splitlines()


@view_config(
    context=SeccionAuditoria,
    request_method="GET",
    permission=Permiso.VER_AUDITORIA,
    renderer="casilla:templates/admin_auditoria.pt",
)
def ver(context: SeccionAuditoria, request: Request) -> Any:
    """``?antes=NUMERO``: the entries below that one."""
    consulta, auditoria = Consulta.leer(request.GET), context.sitio.auditoria
    antes = request.GET.get("antes", "")
    if antes and not (antes.isascii() and antes.isdigit() and len(antes) < 19 and 1 <= int(antes) <= len(auditoria)):
        return HTTPSeeOther(_direccion(request, consulta))
    esta = hallar(auditoria, consulta, int(antes) if antes else None)
    ultimo = next(auditoria.hacia_atras(), None)
    return {
        "titulo": "Auditoría" + (f", antes del asiento {antes}" if antes else ""),
        "con_error": bool(consulta.errores),
        "consulta": consulta,
        "tecleado": request.GET,
        "actos": sorted(ACTOS_DICHOS.items(), key=lambda par: par[1]),
        "renglones": [_renglon(request, asiento) for asiento in esta.asientos],
        "estado": _estado(esta, consulta),
        "faltan": esta.faltan,
        "recientes": _direccion(request, consulta) if antes else "",
        "siguientes": _direccion(request, consulta, antes=esta.sigue) if esta.sigue and esta.sigue > 1 else "",
        "sin_filtros": direccion(request, "auditoria") if consulta.parametros() else "",
        "ultimo": ultimo and f"{ultimo.numero}:{ultimo.sello}",
        "exportar": f"{direccion(request, 'auditoria', 'exportar')}?{urlencode(consulta.parametros())}",
        "formatos": NOMBRES,
        "maximo": miles(MAXIMO),
    }


def _direccion(request: Request, consulta: Consulta, **otros: Any) -> str:
    parametros = consulta.parametros() | otros
    return direccion(request, "auditoria") + (f"?{urlencode(parametros)}" if parametros else "")


def _estado(esta: Hallados, consulta: Consulta) -> str:
    """How many there are on the page, as the status says it aloud."""
    cuantos = len(esta.asientos)
    if not cuantos:
        return "Ningún asiento cumple los filtros entre los que se revisaron." if consulta.parametros() else ""
    if cuantos == 1:
        return f"Asiento {esta.asientos[0].numero}."
    return f"{cuantos} asientos, del {esta.asientos[0].numero} al {esta.asientos[-1].numero}."


def _renglon(request: Request, asiento: Asiento) -> Renglon:
    return Renglon(dicho(asiento), fecha_hora(asiento.cuando), acto_dicho(asiento.acto), _url(request, asiento.sobre))


def dicho(asiento: Asiento) -> Asiento:
    """As people read it: the state that a notification was annulled in is kept as the store calls it."""
    return asiento._replace(antes=ESTADOS.get(asiento.antes, asiento.antes)) if asiento.acto == "anular" else asiento


def _url(request: Request, sobre: str) -> str:
    """Where the thing is seen, while it is there; for what has no page of its own, its section."""
    seccion, _, nombre = sobre.partition("/")
    url = next((enlace.url for enlace in request.menu_admin if enlace.seccion == seccion), "")
    if not (url and nombre and hasattr(SECCIONES[seccion], "ficha")):
        return url
    try:
        Administracion(request.sitio)[seccion].objeto(nombre)
    except KeyError:
        return ""
    return direccion(request, seccion, nombre)


@view_config(
    context=SeccionAuditoria, name="exportar", request_method="POST", permission=Permiso.VER_AUDITORIA, http_cache=0
)
def exportar(context: SeccionAuditoria, request: Request) -> Response:
    """What is asked, as a file. Who takes the audit away is in it too."""
    formato = request.POST.get("formato", "")
    if formato not in FORMATOS:
        raise HTTPNotFound
    consulta = Consulta.leer(request.GET)
    asientos = tuple(islice(todos(context.sitio.auditoria, consulta), MAXIMO + 1))
    if len(asientos) > MAXIMO:
        palabras = f"Son más de {miles(MAXIMO)} asientos: elija fechas y exporte cada parte por separado."
        return ir(request, "auditoria", palabras=palabras, cola="aviso")
    filtro = consulta.en_palabras(acto_dicho(consulta.acto))
    auditar(
        request, "exportar", "auditoria", despues=f"{formato}, asientos: {len(asientos)}, {filtro or 'sin filtros'}"
    )
    listado = ListadoDeAuditoria(
        institucion=request.institucion.nombre,
        quien=request.identity.nombres,
        filtro=filtro,
        hecho_en=request.ahora,
        asientos=tuple(map(dicho, asientos)),
        dicho=acto_dicho,
    )
    return archivo_de(request, listado, formato)
