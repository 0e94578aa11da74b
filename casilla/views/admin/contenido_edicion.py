"""Writing: a new question or norm, and the draft of any text."""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.view import view_config

from casilla.forms import Boton, Esquema, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import FichaContenido, SeccionContenidos
from casilla.resources.contenido import Contenido, Redaccion
from casilla.services.auditoria import cambios
from casilla.services.orden import por_categoria
from casilla.services.plantillas import quejas
from casilla.services.publicacion import (
    LIBRES,
    NoSePuede,
    crear,
    de_clase,
    nombre_libre,
    redactar,
)
from casilla.views.admin.contenido import ROTULOS, de_la_ficha, hecho_dicho
from casilla.views.admin.contenidos import CLASES
from casilla.views.admin.dos_a_la_vez import huella, vigentes
from casilla.views.admin.formularios_de_contenido import esquema_de, redaccion_de
from casilla.views.admin.pagina import FORMULARIO, auditar, direccion, ir

_VER = "ver"


def acto(nombre: str, **opciones: Any) -> Callable[[Any], Any]:
    opciones = {"request_method": ("GET", "POST"), "renderer": FORMULARIO, **opciones}
    return view_config(context=FichaContenido, name=nombre, permission=Permiso.GESTIONAR_CONTENIDOS, **opciones)


def marca_de(contenido: Contenido) -> str:
    """Of the draft and what it is made from: to be moved up or down does not count."""
    return huella(
        {"redaccion": tuple(contenido.redaccion)[:8], "versiones": len(contenido.versiones)} | _pdf(contenido)
    )


def _pdf(contenido: Contenido) -> dict[str, object]:
    documento = contenido.redaccion.documento
    return {"pdf": documento.huella if documento else ""}


def descripcion(redaccion: Redaccion) -> dict[str, object]:
    """What the audit keeps of a wording: the words themselves are in the versions."""
    hechos = {rotulo: getattr(redaccion, campo) or "" for campo, rotulo in ROTULOS.items()}
    texto = f"{len(redaccion.cuerpo)} caracteres, marca {huella({'cuerpo': redaccion.cuerpo})}"
    pdf = redaccion.documento.nombre if redaccion.documento else ""
    return {"Título": redaccion.titulo, **hechos, "PDF": pdf, "Qué cambió": redaccion.cambios, "Texto": texto}


def categorias_en_uso(request: Request) -> list[str]:
    return list(por_categoria(de_clase(request.sitio, "pregunta"), request.ahora))


@view_config(
    context=SeccionContenidos,
    name="crear",
    request_method=("GET", "POST"),
    permission=Permiso.GESTIONAR_CONTENIDOS,
    renderer=FORMULARIO,
)
def crear_uno(context: SeccionContenidos, request: Request) -> Any:
    """``?clase=``: a question or a norm."""
    clase = request.GET.get("clase", "")
    if clase not in LIBRES:
        raise HTTPNotFound
    regreso = f"{direccion(request, 'contenidos')}?clase={clase}"
    esquema = esquema_de(clase, "", categorias_en_uso(request))
    formulario = Formulario(
        esquema, request, botones=(Boton("Guardar borrador"), Boton("Regresar", href=regreso)), accion=request.path_qs
    )
    redaccion = _escrita(formulario, formulario.validos(request), clase, "", Redaccion())
    if redaccion is not None:
        nombre = nombre_libre(context.sitio, redaccion.titulo)
        crear(context.sitio, clase, nombre, redaccion, request.identity.usuario, request.ahora)
        auditar(request, "crear", f"contenidos/{nombre}", *cambios({}, descripcion(redaccion)))
        palabras = "El borrador está guardado. Nadie más que el personal lo ve hasta que lo publique."
        return ir(request, "contenidos", nombre, palabras=palabras)
    titulo = "Crear pregunta frecuente" if clase == "pregunta" else "Crear norma"
    return pagina(formulario, titulo, (regreso, CLASES[clase][0]))


def _escrita(
    formulario: Formulario, datos: dict[str, Any] | None, clase: str, nombre: str, anterior: Redaccion
) -> Redaccion | None:
    """What was sent, when there is nothing against it; else the form says what."""
    if datos is None:
        return None
    redaccion = redaccion_de(datos, anterior)
    en_contra = quejas(clase, nombre, redaccion)
    for campo, palabras in en_contra.items():
        formulario.marcar(palabras, campo)
    return None if en_contra else redaccion


def pagina(
    formulario: Formulario,
    titulo: str,
    volver: tuple[str, str],
    *parrafos: str,
    presentes: tuple[tuple[str, str], ...] = (),
) -> dict[str, Any]:
    return {
        "formulario": formulario,
        "titulo": titulo,
        "seccion": "contenidos",
        "volver": volver,
        "parrafos": parrafos,
        "presentes": presentes,
    }


@acto("editar")
def editar(context: FichaContenido, request: Request) -> Any:
    """Two who edit at once: the second is told, and keeps what they typed."""
    contenido, ficha = context.objeto, de_la_ficha(context.objeto, request)
    antes, marca = contenido.redaccion, marca_de(contenido)
    botones = (Boton("Guardar borrador"), Boton("Guardar y ver", name=_VER), Boton("Regresar", href=ficha["aqui"]))
    esquema = esquema_de(contenido.clase, contenido.__name__, categorias_en_uso(request))
    formulario = Formulario(esquema, request, botones=botones, datos=_datos(esquema, antes, marca))
    datos = vigentes(formulario, request, marca)
    redaccion = _escrita(formulario, datos, contenido.clase, contenido.__name__, antes)
    if redaccion is not None and guardo(formulario, contenido, redaccion, antes, request):
        lugar = ("previa",) if _VER in request.POST else ()
        return ir(request, "contenidos", context.__name__, *lugar, palabras="El borrador está guardado.")
    presentes = fuera_del_formulario(contenido)
    return pagina(formulario, f"Editar «{ficha['de']}»", (ficha["aqui"], ficha["de"]), presentes=presentes)


def fuera_del_formulario(contenido: Contenido) -> tuple[tuple[str, str], ...]:
    """What counts for ``marca_de`` and is changed by other forms; and who was the last to change anything."""
    versiones = (("Versiones", str(len(contenido.versiones))),) if contenido.versiones else ()
    return (*_pdf_dicho(contenido), *versiones, ("Último cambio", ultimo_cambio(contenido)))


def ultimo_cambio(contenido: Contenido) -> str:
    """What was done last, when and by whom."""
    que, cuando, actor = hecho_dicho(contenido.historia[-1])
    return f"{que}, {cuando}, por {actor}"


def _pdf_dicho(contenido: Contenido) -> tuple[tuple[str, str], ...]:
    documento = contenido.redaccion.documento
    return (("PDF", documento.nombre if documento else "Ninguno"),) if contenido.clase == "norma" else ()


def _datos(esquema: Esquema, redaccion: Redaccion, marca: str) -> dict[str, Any]:
    valores = {nodo.name: getattr(redaccion, nodo.name) for nodo in esquema.children if nodo.name != "marca"}
    return {"marca": marca} | {campo: valor for campo, valor in valores.items() if valor is not None}


def guardo(
    formulario: Formulario, contenido: Contenido, redaccion: Redaccion, antes: Redaccion, request: Request
) -> bool:
    """Whether it is kept; else the form says why not."""
    try:
        nueva = redactar(contenido, redaccion, request.identity.usuario, request.ahora)
    except NoSePuede as motivo:
        formulario.marcar(str(motivo))
        return False
    if nueva:
        antes_y_despues = cambios(descripcion(antes), descripcion(redaccion))
        auditar(request, "redactar", f"contenidos/{contenido.__name__}", *antes_y_despues)
    return True
