"""Where somebody who has a casilla is reached: put right by one of the institution, confirmed by another."""

from typing import Any

from pyramid.request import Request

from casilla import fields
from casilla.forms import Esquema, Formulario
from casilla.resources.administracion import FichaPersona
from casilla.resources.usuario import Usuario
from casilla.services import administrados, correcciones
from casilla.services.auditoria import cambios
from casilla.services.horas import fecha_hora
from casilla.views.admin.correccion import AJUSTE, fin
from casilla.views.admin.dos_a_la_vez import huella, vigentes
from casilla.views.admin.pagina import auditar
from casilla.views.admin.persona import formulario_con_regreso, motivo_de, pagina, pagina_con, quien
from casilla.views.admin.personas import a_la_ficha, usuario_de


class EsquemaDeContacto(Esquema):
    marca = fields.oculto()
    correo = fields.correo()
    telefono = fields.telefono()
    motivo = motivo_de()


@pagina("contacto")
def contacto(context: FichaPersona, request: Request) -> Any:
    usuario = usuario_de(context, request)
    antes = _contacto(usuario)
    datos_de_hoy = {
        "marca": huella(antes),
        "correo": usuario.persona.correo,
        "telefono": usuario.persona.telefono.removeprefix("+51"),
    }
    formulario = formulario_con_regreso(context, request, EsquemaDeContacto(), "Guardar", datos_de_hoy)
    datos = vigentes(formulario, request, huella(antes))
    if datos is not None and (respuesta := _corregido(context, request, formulario, usuario, datos, antes)):
        return respuesta
    return pagina_con(context, request, "Corregir datos de contacto", formulario, _que_pasara(request), antes)


def _que_pasara(request: Request) -> str:
    texto = "Avisaremos del cambio y de su motivo al correo de antes y al de ahora."
    if not request.registry.settings[AJUSTE]:
        return texto
    return (
        f"{texto} Al correo nuevo no irá ningún enlace ni contraseña para entrar antes del {fecha_hora(fin(request))}, "
        "salvo que otra persona con el rol Registro confirme la corrección."
    )


def _contacto(usuario: Usuario) -> dict[str, str]:
    return {"Correo": usuario.persona.correo, "Teléfono": usuario.persona.telefono}


def _corregido(
    context: FichaPersona,
    request: Request,
    formulario: Formulario,
    usuario: Usuario,
    datos: dict[str, Any],
    antes: dict[str, str],
) -> Any:
    """Where to go on when it was done; None when the form says why not."""
    try:
        hubo = administrados.corregir_contacto(
            request.sitio,
            usuario,
            datos["correo"],
            datos["telefono"],
            motivo=datos["motivo"],
            hasta=fin(request),
            **quien(request),
        )
    except administrados.NoCorresponde as error:
        formulario.marcar(str(error), "correo")
        return None
    if not hubo:
        return a_la_ficha(context, request, "Los datos ya eran esos: no cambió nada.", "aviso")
    de, a = cambios(antes, _contacto(usuario))
    auditar(request, "corregir-contacto", context.entrada, de, f"{a}\nMotivo: {datos['motivo']}")
    espera = correcciones.pendiente(usuario, request.ahora)
    despues = " Los enlaces para entrar esperan hasta que otra persona confirme la corrección, o se cumpla el plazo."
    palabras = "Los datos de contacto se corrigieron y avisamos a los dos correos."
    return a_la_ficha(context, request, palabras + (despues if espera else ""))


class EsquemaDeConfirmacion(Esquema):
    marca = fields.oculto()
    motivo = motivo_de("Cómo lo comprobó", "Escriba cómo lo comprobó")


@pagina("confirmar")
def confirmar(context: FichaPersona, request: Request) -> Any:
    """By somebody else than who corrected, and of the correction that they looked at."""
    usuario = usuario_de(context, request)
    try:
        correccion = administrados.por_confirmar(usuario, **quien(request))
    except administrados.NoCorresponde as error:
        return a_la_ficha(context, request, f"{error}.", "aviso")
    marca = correccion.cuando.isoformat()
    formulario = formulario_con_regreso(
        context, request, EsquemaDeConfirmacion(), "Confirmar la corrección", {"marca": marca}
    )
    datos = formulario.validos(request)
    if datos is None:
        texto = (
            f"La cuenta {correccion.quien} cambió el correo {correccion.anterior} por {usuario.persona.correo} el "
            f"{fecha_hora(correccion.cuando)}. Confírmelo solo si usted mismo comprobó que la persona lo pidió y que "
            "ese correo es suyo: los enlaces para entrar irán allí desde este momento."
        )
        return pagina_con(context, request, "Confirmar la corrección", formulario, texto)
    if datos["marca"] != marca:
        return a_la_ficha(context, request, "El correo se corrigió otra vez mientras usted miraba: revíselo.", "aviso")
    administrados.confirmar_correccion(request.sitio, usuario, motivo=datos["motivo"], **quien(request))
    despues = f"Correo: {usuario.persona.correo}\nMotivo: {datos['motivo']}"
    auditar(request, "confirmar-correccion", context.entrada, f"Corrigió: {correccion.quien}", despues)
    return a_la_ficha(context, request, "La corrección está confirmada: los enlaces ya pueden ir a ese correo.")
