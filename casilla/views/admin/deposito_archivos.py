"""What staff take away of a notification: a file of it, or its proof bundle. Each leaves a trace the citizen sees."""

from tempfile import TemporaryFile

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response

from casilla.permissions import Permiso
from casilla.resources.administracion import FichaDeposito
from casilla.resources.notificacion import Notificacion
from casilla.services.atencion import consultar
from casilla.services.paquete import nombre_de_descarga
from casilla.services.prueba import Prueba
from casilla.views.adjunto import lectura
from casilla.views.admin.deposito import pagina, rotulo
from casilla.views.admin.pagina import auditar
from casilla.views.descargas import RespuestaDeArchivo

PRUEBA = "Expediente de prueba"


def _dejar_rastro(request: Request, n: Notificacion, que: str) -> None:
    """Where the citizen sees it, and where the institution does."""
    consultar(n, que, actor=request.identity.usuario, ahora=request.ahora)
    auditar(request, "ver-archivo", f"depositos/{n.codigo}", despues=que)


@pagina("archivo", Permiso.VER_DEPOSITOS, request_method="POST")
def archivo(context: FichaDeposito, request: Request) -> Response:
    """A file of it. By a form and not by a link: to look at it is an act that leaves a trace."""
    n: Notificacion = context.objeto
    adjunto = next((a for a in n.archivos if a.__name__ == request.POST.get("archivo")), None)
    if adjunto is None:
        raise HTTPNotFound
    _dejar_rastro(request, n, rotulo(adjunto))
    return RespuestaDeArchivo(
        request,
        adjunto.abrir(),
        nombre=nombre_de_descarga(n, adjunto),
        tipo=adjunto.tipo,
        tamano=adjunto.tamano,
        etag=adjunto.huella,
        fecha=n.depositado_en,
    )


@pagina("prueba", Permiso.VER_DEPOSITOS, request_method="POST")
def prueba(context: FichaDeposito, request: Request) -> Response:
    """The proof bundle, made now; the trace that it leaves is in it."""
    n: Notificacion = context.objeto
    _dejar_rastro(request, n, PRUEBA)
    bulto = Prueba(
        request.sitio,
        n,
        lectura(n, request) if n.abierta else None,
        f"{request.identity.nombres} ({request.identity.usuario})",
        request.ahora,
        request.publica("verificar", n.codigo),
    )
    destino = TemporaryFile(dir=request.sitio.carpeta_temporal)  # noqa: SIM115 - the answer closes it
    huella = bulto.escribir(destino)
    tamano = destino.tell()
    destino.seek(0)
    return RespuestaDeArchivo(
        request, destino, nombre=bulto.nombre, tipo="application/zip", tamano=tamano, etag=huella, fecha=request.ahora
    )
