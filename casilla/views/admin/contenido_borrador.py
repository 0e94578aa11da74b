"""Acts on a draft: the PDF of a norm, a draft thrown away or made from a version; and how an act is asked about."""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.resources.administracion import FichaContenido
from casilla.resources.contenido import Contenido
from casilla.services.auditoria import cambios
from casilla.services.documentos import guardado
from casilla.services.publicacion import NoSePuede, descartar, redactar, restaurar
from casilla.views.admin.contenido import de_la_ficha, pedida
from casilla.views.admin.contenido_edicion import (
    acto,
    descripcion,
    fuera_del_formulario,
    guardo,
    marca_de,
    pagina,
    ultimo_cambio,
)
from casilla.views.admin.dos_a_la_vez import vigentes
from casilla.views.admin.pagina import auditar, ir


class EsquemaDeConfirmacion(Esquema):
    marca = fields.oculto()


class EsquemaDePdf(EsquemaDeConfirmacion):
    documento = fields.pdf("PDF de la norma", "Elija el PDF de la norma")


@acto("pdf", subidas={"documento": "casilla.max_documento"})
def pdf(context: FichaContenido, request: Request) -> Any:
    contenido, ficha = context.objeto, de_la_ficha(context.objeto, request)
    if contenido.clase != "norma":
        raise HTTPNotFound
    botones = (Boton("Guardar PDF en el borrador"), Boton("Regresar", href=ficha["aqui"]))
    antes, marca = contenido.redaccion, marca_de(contenido)
    formulario = Formulario(EsquemaDePdf(), request, botones=botones, datos={"marca": marca})
    datos = vigentes(formulario, request, marca)
    if datos is not None:
        redaccion = antes._replace(documento=guardado(datos["documento"], request.sitio))
        if guardo(formulario, contenido, redaccion, antes, request):
            palabras = "El PDF está guardado en el borrador. Se verá cuando lo publique."
            return ir(request, "contenidos", context.__name__, palabras=palabras)
    presentes = fuera_del_formulario(contenido)
    return pagina(formulario, f"PDF de «{ficha['de']}»", (ficha["aqui"], ficha["de"]), presentes=presentes)


@acto("quitar-pdf")
def quitar_pdf(context: FichaContenido, request: Request) -> Any:
    def hacer(contenido: Contenido) -> None:
        redactar(contenido, contenido.redaccion._replace(documento=None), request.identity.usuario, request.ahora)

    texto = "El borrador queda sin PDF. Lo que está publicado sigue igual hasta que publique el borrador."
    return confirmar(context, request, "Quitar el PDF", hacer, "El borrador ya no tiene PDF.", texto)


@acto("descartar")
def descartar_borrador(context: FichaContenido, request: Request) -> Any:
    def hacer(contenido: Contenido) -> None:
        descartar(contenido, request.identity.usuario, request.ahora)

    texto = "Lo escrito en el borrador se pierde. Lo que está publicado sigue igual."
    return confirmar(context, request, "Descartar el borrador", hacer, "El borrador se descartó.", texto)


@acto("restaurar")
def restaurar_version(context: FichaContenido, request: Request) -> Any:
    """``?version=N``."""
    contenido, numero = context.objeto, request.GET.get("version", "")
    if not numero.isdigit() or pedida(contenido, numero) is None:
        raise HTTPNotFound

    def hacer(contenido: Contenido) -> None:
        restaurar(contenido, int(numero), request.identity.usuario, request.ahora)

    texto = [f"El texto de la versión {numero} se copia como borrador: véalo, y publíquelo si corresponde."]
    if contenido.borrador:
        texto.append("El borrador que hay ahora se pierde.")
    hecho = f"El borrador dice ahora lo mismo que la versión {numero}."
    return confirmar(context, request, f"Restaurar la versión {numero}", hacer, hecho, *texto)


def no_se_puede(motivo: NoSePuede, contenido: Contenido) -> str:
    """In words; who comes second is told what was done first."""
    return f"{motivo}. {ultimo_cambio(contenido)}."


def confirmar(
    context: FichaContenido,
    request: Request,
    rotulo: str,
    hacer: Callable[[Contenido], None],
    hecho: str,
    *parrafos: str,
) -> Any:
    """Ask, do it, and leave its trace; what cannot be done is said where one comes back to."""
    contenido, ficha = context.objeto, de_la_ficha(context.objeto, request)
    marca, botones = marca_de(contenido), (Boton(rotulo), Boton("Regresar", href=ficha["aqui"]))
    datos = {"marca": marca}
    formulario = Formulario(EsquemaDeConfirmacion(), request, botones=botones, datos=datos, accion=request.path_qs)
    if vigentes(formulario, request, marca) is not None:
        antes = descripcion(contenido.redaccion)
        try:
            hacer(contenido)
        except NoSePuede as motivo:
            return ir(request, "contenidos", context.__name__, palabras=no_se_puede(motivo, contenido), cola="aviso")
        despues = cambios(antes, descripcion(contenido.redaccion))
        auditar(request, request.view_name, context.entrada, *despues)
        return ir(request, "contenidos", context.__name__, palabras=hecho)
    titulo, presentes = f"{rotulo}: «{ficha['de']}»", fuera_del_formulario(contenido)
    return pagina(formulario, titulo, (ficha["aqui"], ficha["de"]), *parrafos, presentes=presentes)
