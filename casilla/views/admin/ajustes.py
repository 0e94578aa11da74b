"""What the institution says of itself: on every page, letter and paper that is made from now on."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla import fields
from casilla.fields.basicos import caja
from casilla.forms import Boton, Esquema, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import SeccionAjustes
from casilla.services.auditoria import cambios
from casilla.services.institucion import RECUADROS, datos_de, editar
from casilla.views.admin.dos_a_la_vez import marca, vigentes
from casilla.views.admin.pagina import FORMULARIO, auditar, direccion, ir


class EsquemaDeInstitucion(Esquema):
    marca = fields.oculto()
    nombre = fields.texto(RECUADROS["nombre"], "Escriba el nombre de la institución", maximo=150)
    sigla = fields.texto(RECUADROS["sigla"], "Escriba la sigla", maximo=20)
    sistema = fields.texto(RECUADROS["sistema"], "Escriba el nombre del sistema", maximo=150)
    oficina = fields.texto(
        RECUADROS["oficina"], "Escriba la oficina", maximo=200, description="Firma las cartas y las constancias."
    )
    direccion = fields.texto(RECUADROS["direccion"], "Escriba la dirección", maximo=200)
    telefono = fields.texto(
        RECUADROS["telefono"], "Escriba el teléfono", maximo=40, description="Como se lee, por ejemplo (01) 626-1600."
    )
    anexo = fields.texto(RECUADROS["anexo"], "Escriba el anexo", maximo=20)
    correo = fields.correo(
        RECUADROS["correo"], "Escriba el correo", widget=caja(type="email", autocomplete="off", spellcheck="false")
    )
    horario = fields.texto(
        RECUADROS["horario"],
        "Escriba el horario",
        maximo=200,
        description="Como sigue a «Atención:», por ejemplo: de lunes a viernes de 8:30 a 16:30. "
        "Solo se muestra; los plazos siguen el horario del calendario.",
    )


@view_config(
    context=SeccionAjustes,
    request_method="GET",
    permission=Permiso.VER_AJUSTES,
    renderer="casilla:templates/admin_ajustes.pt",
)
def ver(context: SeccionAjustes, request: Request) -> Any:
    puede = request.has_permission(Permiso.GESTIONAR_AJUSTES, context)
    return {
        "datos": datos_de(context.sitio.institucion).items(),
        "editar": direccion(request, "ajustes", "editar") if puede else "",
    }


@view_config(
    context=SeccionAjustes,
    name="editar",
    request_method=("GET", "POST"),
    permission=Permiso.GESTIONAR_AJUSTES,
    renderer=FORMULARIO,
)
def cambiar(context: SeccionAjustes, request: Request) -> Any:
    institucion, regreso = context.sitio.institucion, direccion(request, "ajustes")
    antes = datos_de(institucion)
    presente = {"marca": marca(institucion), **{campo: getattr(institucion, campo) for campo in RECUADROS}}
    botones = (Boton("Guardar"), Boton("Regresar", href=regreso))
    formulario = Formulario(EsquemaDeInstitucion(), request, botones=botones, datos=presente)
    datos = vigentes(formulario, request, presente["marca"])
    if datos is not None:
        if editar(institucion, {campo: datos[campo] for campo in RECUADROS}, request.ahora):
            auditar(request, "editar", "ajustes", *cambios(antes, datos_de(institucion)))
        return ir(request, "ajustes", palabras="Los datos de la institución se guardaron.")
    return {
        "formulario": formulario,
        "titulo": "Editar los datos de la institución",
        "seccion": "ajustes",
        "volver": (regreso, "Ajustes"),
        "parrafos": (
            "Aparecen en todas las páginas, y en las cartas y constancias que se hagan desde ahora. Lo que ya se "
            "certificó no cambia.",
        ),
    }
