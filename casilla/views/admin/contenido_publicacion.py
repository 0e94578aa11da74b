"""Publishing, now or on a date, and taking away: archived, or in the bin."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.forms import Boton, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import FichaContenido
from casilla.resources.contenido import Contenido
from casilla.services import papelera
from casilla.services.aceptacion import PRIVACIDAD, TERMINOS
from casilla.services.horas import fecha_hora
from casilla.services.publicacion import NoSePuede, archivar, cancelar, publicar
from casilla.services.reparos import reparos_del_pdf
from casilla.views.admin.contenido import de_la_ficha, estado
from casilla.views.admin.contenido_borrador import confirmar, no_se_puede
from casilla.views.admin.contenido_edicion import acto, descripcion, fuera_del_formulario, marca_de, ultimo_cambio
from casilla.views.admin.dos_a_la_vez import vigentes
from casilla.views.admin.enlaces import enlaces_rotos
from casilla.views.admin.formularios_de_contenido import EsquemaDePublicacion, desde
from casilla.views.admin.pagina import auditar, ir
from casilla.workflow import TransicionInvalida


@acto("publicar", renderer="casilla:templates/admin_publicar.pt")
def publicar_texto(context: FichaContenido, request: Request) -> Any:
    contenido, marca = context.objeto, marca_de(context.objeto)
    if not contenido.borrador and contenido.estado_en(request.ahora) != "archivado":
        palabras = f"No hay nada nuevo que publicar. {ultimo_cambio(contenido)}."
        return ir(request, "contenidos", context.__name__, palabras=palabras, cola="aviso")
    ficha = de_la_ficha(contenido, request)
    formulario = Formulario(
        EsquemaDePublicacion(),
        request,
        botones=(Boton("Publicar"), Boton("Regresar", href=ficha["aqui"])),
        datos={"marca": marca, "cuando": "ahora", "hora": "00:00"},
    )
    falta = _falta_decir_que_cambio(contenido)
    datos = None if falta else vigentes(formulario, request, marca)
    if datos is not None and _publico(formulario, contenido, datos, request):
        return ir(request, "contenidos", context.__name__, palabras=f"{estado(contenido, request)}.")
    return {
        **ficha,
        "formulario": formulario,
        "presentes": fuera_del_formulario(contenido),
        "falta": falta,
        "rotos": enlaces_rotos(contenido, request),
        "reparos": reparos_del_pdf(contenido.redaccion.documento),
        "personas": len(request.sitio.personas) if contenido.__name__ in (TERMINOS, PRIVACIDAD) else None,
        "contenido": contenido,
    }


def _falta_decir_que_cambio(contenido: Contenido) -> bool:
    """Whoever must accept a text again is told what is new in it."""
    pide = contenido.__name__ in (TERMINOS, PRIVACIDAD) and contenido.versiones
    return bool(pide and not contenido.redaccion.cambios)


def _publico(formulario: Formulario, contenido: Contenido, datos: dict[str, Any], request: Request) -> bool:
    """Whether it was done; else the form says why not."""
    cuando, antes = desde(datos), len(contenido.versiones)
    try:
        publicar(contenido, request.identity.usuario, request.ahora, desde=cuando)
    except NoSePuede as motivo:
        formulario.marcar(str(motivo), "fecha" if cuando else None)
        return False
    despues = descripcion(contenido.redaccion) | {"Versión": contenido.ultima.numero}
    if cuando:
        despues["Desde"] = fecha_hora(cuando)
    lineas = "\n".join(f"{rotulo}: {valor}" for rotulo, valor in despues.items() if valor)
    auditar(request, "publicar", f"contenidos/{contenido.__name__}", f"Versiones: {antes}", lineas)
    return True


@acto("cancelar")
def cancelar_programada(context: FichaContenido, request: Request) -> Any:
    def hacer(contenido: Contenido) -> None:
        cancelar(contenido, request.identity.usuario, request.ahora)

    texto = "La versión programada vuelve a ser un borrador. Lo que está publicado sigue igual."
    return confirmar(context, request, "Cancelar la publicación programada", hacer, "La publicación se canceló.", texto)


@acto("archivar")
def archivar_texto(context: FichaContenido, request: Request) -> Any:
    def hacer(contenido: Contenido) -> None:
        try:
            archivar(contenido, request.identity.usuario, request.ahora)
        except TransicionInvalida:
            raise NoSePuede("El contenido no está publicado") from None

    texto = "Deja de verse en las páginas públicas. Se conserva con sus versiones y se puede publicar otra vez."
    return confirmar(context, request, "Archivar", hacer, "El contenido está archivado.", texto)


@acto("eliminar")
def eliminar(context: FichaContenido, request: Request) -> Any:
    def hacer(contenido: Contenido) -> None:
        papelera.eliminar(contenido, request.identity.usuario, request.ahora)

    dias = papelera.VIGENCIA.days
    hecho = f"El contenido está en la papelera. Puede recuperarlo durante {dias} días."
    texto = f"Deja de verse en el acto y va a la papelera. Durante {dias} días se puede recuperar; después se pierde."
    return confirmar(context, request, "Enviar a la papelera", hacer, hecho, texto)


@view_config(context=FichaContenido, name="recuperar", request_method="POST", permission=Permiso.GESTIONAR_CONTENIDOS)
def recuperar(context: FichaContenido, request: Request) -> Any:
    try:
        papelera.recuperar(context.objeto, request.identity.usuario, request.ahora)
    except NoSePuede as motivo:
        palabras = no_se_puede(motivo, context.objeto)
        return ir(request, "contenidos", context.__name__, palabras=palabras, cola="aviso")
    auditar(request, "recuperar", context.entrada)
    return ir(request, "contenidos", context.__name__, palabras="El contenido se recuperó, como estaba.")
