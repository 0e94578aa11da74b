"""For whoever writes the questions: which answers serve, and what people searched for and did not find."""

from collections.abc import Iterable
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing.formatos import FORMATOS, NOMBRES
from casilla.printing.listado_de_uso import BUSQUEDAS, RESPUESTAS, ListadoDeUso
from casilla.resources.administracion import SeccionContenidos
from casilla.services import uso
from casilla.services.publicacion import publicados
from casilla.services.uso import Resumen, mes_en_palabras, meses_guardados
from casilla.views.admin.contenidos import titulo_de
from casilla.views.admin.pagina import auditar, direccion
from casilla.views.contenidos import dice, letras_de
from casilla.views.exportar import archivo_de

EN_TODA_LA_VIGENCIA = f"los últimos {uso.VIGENCIA} meses"


class Periodo:
    """The months that ``?mes=`` asks for: one of those that are kept or, without it, all of them."""

    def __init__(self, request: Request) -> None:
        self.guardados = meses_guardados(request.ahora)
        dicho = request.GET.get("mes", "")
        self.elegido = int(dicho) if dicho in map(str, self.guardados) else None
        self.meses: Iterable[int] = self.guardados if self.elegido is None else (self.elegido,)
        self.palabras = EN_TODA_LA_VIGENCIA if self.elegido is None else mes_en_palabras(self.elegido)

    def opciones(self) -> list[tuple[str, str, bool]]:
        """Value, words and whether it is the chosen one."""
        sin_elegir = ("", EN_TODA_LA_VIGENCIA.capitalize(), self.elegido is None)
        return [sin_elegir, *((str(m), mes_en_palabras(m).capitalize(), m == self.elegido) for m in self.guardados)]


@view_config(
    context=SeccionContenidos,
    name="uso",
    request_method="GET",
    permission=Permiso.VER_CONTENIDOS,
    renderer="casilla:templates/admin_uso.pt",
)
def ver(context: SeccionContenidos, request: Request) -> Any:
    periodo = Periodo(request)
    hechos = uso.resumen(context.sitio, periodo.meses)
    exportar = direccion(request, "contenidos", "exportar-uso")
    return {
        "titulo": f"Uso de las preguntas frecuentes: {periodo.palabras}",
        "periodo": periodo,
        "votos": [(voto, *_pregunta(request, voto.nombre)) for voto in hechos.votos],
        "sin_votos": len(publicados(context.sitio, "pregunta", request.ahora)) - len(hechos.votos),
        "busquedas": _busquedas(hechos, request),
        "sin_guardar": hechos.sin_guardar,
        "se_cuentan": request.buscadas is not None,
        "lista": direccion(request, "contenidos"),
        "exportar": f"{exportar}?mes={periodo.elegido}" if periodo.elegido else exportar,
        "formatos": NOMBRES,
        "vigencia": uso.VIGENCIA,
    }


def _pregunta(request: Request, nombre: str) -> tuple[str, str]:
    """Its words and its page; of one that was deleted for good, its name alone."""
    contenido = request.sitio.contenidos.get(nombre)
    return (titulo_de(contenido), direccion(request, "contenidos", nombre)) if contenido else (nombre, "")


def _busquedas(hechos: Resumen, request: Request) -> list[tuple[str, int, int]]:
    """Words, how often, and how many questions would be found by now."""
    letras = [letras_de(pregunta, request) for pregunta in publicados(request.sitio, "pregunta", request.ahora)]
    return [(b, veces, sum(dice(pregunta, b) for pregunta in letras)) for b, veces in hechos.busquedas]


@view_config(
    context=SeccionContenidos,
    name="exportar-uso",
    request_method="POST",
    permission=Permiso.VER_CONTENIDOS,
    http_cache=0,
)
def exportar(context: SeccionContenidos, request: Request) -> Response:
    """``?mes=`` as the page has it; ``lista`` and ``formato`` by the buttons."""
    cual, formato = request.POST.get("lista", ""), request.POST.get("formato", "")
    if cual not in (RESPUESTAS, BUSQUEDAS) or formato not in FORMATOS:
        raise HTTPNotFound
    periodo = Periodo(request)
    hechos = uso.resumen(context.sitio, periodo.meses)
    listado = ListadoDeUso(
        cual=cual,
        institucion=request.institucion.nombre,
        quien=request.identity.nombres,
        periodo=periodo.palabras,
        hecho_en=request.ahora,
        filas=tuple(_filas(cual, hechos, request)),
        nota=f"Otras {hechos.sin_guardar} no se guardan." if cual == BUSQUEDAS and hechos.sin_guardar else "",
    )
    auditar(request, "exportar", "contenidos/uso", despues=f"{listado.titulo}, {formato}, {periodo.palabras}")
    return archivo_de(request, listado, formato)


def _filas(cual: str, hechos: Resumen, request: Request) -> Iterable[tuple[str | int, ...]]:
    if cual == BUSQUEDAS:
        return _busquedas(hechos, request)
    return ((_pregunta(request, v.nombre)[0], v.si, v.no, v.porcentaje) for v in hechos.votos)
