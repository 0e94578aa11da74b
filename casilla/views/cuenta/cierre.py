"""Closing the casilla: what follows from it, what is still open, the password, and the paper that attests it."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.limites import DebeEsperar
from casilla.printing.certificacion import NOMBRES_DE_DOCUMENTO
from casilla.printing.cierre import HechosCierre, Renglon, constancia_de_cierre
from casilla.resources.casilla import Casilla, Fila
from casilla.resources.cuenta import Cuenta
from casilla.resources.usuario import Usuario
from casilla.services.acceso import AccesoNegado
from casilla.services.administrados import motivo_del_cierre
from casilla.services.cierre import Imprimir, cerrar, con_plazo, sin_leer
from casilla.services.documentos import Archivo, recibir
from casilla.services.horas import dia_en_lima, fecha_con_dia, fecha_larga
from casilla.views.cuenta.pagina import con_clave, direccion, ir, pagina
from casilla.views.descargas import RespuestaDeArchivo

# Rows that the page shows of each list; the paper has them all.
_MUESTRA = 50
NOMBRE = "constancia-de-cierre.pdf"


class EsquemaCierre(Esquema):
    entiendo = fields.aceptacion(
        "Entiendo que ya no me notificarán por aquí y que los plazos en curso siguen corriendo",
        "Marque la casilla si lo entiende; sin eso no podemos continuar",
    )
    usuario = fields.usuario_fijo()
    clave = fields.clave("Contraseña", "Escriba su contraseña")


@dataclass(frozen=True)
class Pendiente:
    """A row as the page shows it."""

    rotulo: str
    url: str
    vence: str


@pagina("cerrar", request_method=("GET", "POST"), renderer="casilla:templates/cuenta_cerrar.pt")
def pedir(context: Cuenta, request: Request) -> Any:
    cuenta = request.identity.cuenta
    casilla = cuenta.persona.casilla
    if casilla.cerrada_en:
        return ir(request)
    botones = (Boton("Cerrar mi casilla"), Boton("Regresar", href=direccion(request)))
    formulario = Formulario(EsquemaCierre(), request, botones=botones, datos={"usuario": cuenta.__name__})
    datos = formulario.validos(request)
    if datos is not None and _cerro(request, cuenta, formulario, datos["clave"]):
        return ir(request, palabras="Su casilla quedó cerrada. Le enviamos la constancia a su correo.")
    return {
        "formulario": formulario,
        "cuantas": len(casilla.pendientes),
        "muestra": _MUESTRA,
        "sin_leer": [_pendiente(request, casilla, fila) for fila in islice(sin_leer(casilla), _MUESTRA)],
        "con_plazo": [
            _pendiente(request, casilla, fila)
            for fila in islice(con_plazo(casilla, dia_en_lima(request.ahora)), _MUESTRA)
        ],
    }


def _cerro(request: Request, cuenta: Usuario, formulario: Formulario, clave: str) -> bool:
    """Whether it was closed; else the form says why not."""
    costo = request.registry.settings["casilla.bcrypt_costo"]
    try:
        with con_clave(request):
            cerrar(request.sitio, cuenta, clave, ahora=request.ahora, costo=costo, imprimir=imprimir_de(request))
        return True
    except AccesoNegado:
        formulario.marcar("La contraseña no es correcta", "clave")
    except DebeEsperar as espera:
        formulario.marcar(str(espera), "clave")
    return False


def imprimir_de(request: Request) -> Imprimir:
    """Who writes the constancia of a casilla that has just been closed."""

    def imprimir(usuario: Usuario) -> Archivo:
        papel = constancia_de_cierre(hechos_del_cierre(usuario, request))
        carpeta = request.sitio.carpeta_temporal
        return recibir([papel], NOMBRE, "application/pdf", carpeta=carpeta, maximo=len(papel))

    return imprimir


def hechos_del_cierre(usuario: Usuario, request: Request) -> HechosCierre:
    """What the paper says of a casilla that has just been closed."""
    persona, casilla, institucion = usuario.persona, usuario.persona.casilla, request.institucion
    return HechosCierre(
        administrado=persona.nombre_completo,
        documento_identidad=f"{NOMBRES_DE_DOCUMENTO[persona.tipo_documento]} {persona.numero}",
        abierta_en=casilla.abierta_en,
        cerrada_en=casilla.cerrada_en,
        sin_leer=tuple(map(_renglon, sin_leer(casilla))),
        con_plazo=tuple(map(_renglon, con_plazo(casilla, dia_en_lima(casilla.cerrada_en)))),
        oficina=institucion.oficina,
        institucion=institucion.nombre,
        sigla=institucion.sigla,
        direccion=institucion.direccion,
        telefono=institucion.telefono,
        motivo=motivo_del_cierre(usuario),
    )


def _renglon(fila: Fila) -> Renglon:
    return f"{fila.tipo} {fila.numero}", fila.dependencia, fila.depositado_en, fila.vence


def _pendiente(request: Request, casilla: Casilla, fila: Fila) -> Pendiente:
    vence = f"vence el {fecha_con_dia(fila.vence)}" if fila.vence else "sin plazo"
    rotulo = f"{fila.tipo} {fila.numero}, depositada el {fecha_larga(fila.depositado_en)}"
    return Pendiente(rotulo, request.resource_path(casilla, fila.notificacion.__name__), vence)


@pagina(NOMBRE, request_method="GET")
def constancia(context: Cuenta, request: Request) -> Response:
    cierre = request.identity.cuenta.cierre
    if cierre is None:
        raise HTTPNotFound
    return RespuestaDeArchivo(
        request,
        cierre.abrir(),
        nombre=cierre.nombre,
        tipo=cierre.tipo,
        tamano=cierre.tamano,
        etag=cierre.huella,
        fecha=request.identity.cuenta.persona.casilla.cerrada_en,
        mostrar=request.GET.get("ver") == "1",
    )
