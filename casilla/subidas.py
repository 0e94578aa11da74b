"""Files that come with a request: read once, in order, straight into the store's own temporary directory.

A page that takes files says which, and how many bytes those of one name may have together, by a number or a setting::

    @view_config(..., permission=..., subidas={"documento": "casilla.max_documento", "anexos": 5_000_000})

Then ``request.POST`` holds for each file an ``Archivo``, or a ``Rechazado`` that says why there is none, beside the
texts; ``fields.archivo`` and ``fields.archivos`` are their boxes in a form. Nothing is read before the permission of
the view was granted, no file before the form's token was found right; and whatever the view did not move into the
store is gone when it is over, however it ends. A request that runs again after a conflict reads its files anew.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header
from pyramid.config import Configurator
from pyramid.csrf import check_csrf_token
from pyramid.httpexceptions import HTTPBadRequest, HTTPRequestEntityTooLarge
from pyramid.request import Request
from webob.multidict import MultiDict

from casilla.request import MAXIMO_FORMULARIO
from casilla.services.documentos import LIMITES, Archivo, DemasiadoGrande, limite, peso, recibir

TROZO = 1 << 18
_MAXIMO_PARTES = 200

Vista = Callable[[Any, Request], Any]


class MultipartIlegible(Exception):
    """The body cannot be read as multipart/form-data to its end; ``donde`` it is wrong, and ``motivo`` in Spanish."""

    def __init__(self, donde: str, motivo: str) -> None:
        super().__init__(donde, motivo)
        self.donde = donde
        self.motivo = motivo


@dataclass(frozen=True)
class Rechazado:
    """A file that was not taken; ``motivo`` is for whoever sent it."""

    nombre: str
    motivo: str


def partes(request: Request) -> Iterator[tuple[MultipartSegment, Iterator[bytes]]]:
    """Each part of the body with its pieces, which are read, or thrown away, before the next. Raises MultipartIlegible.

    So does reading the pieces.
    """
    tipo, opciones = parse_options_header(request.headers.get("Content-Type", ""))
    if tipo != "multipart/form-data" or not opciones.get("boundary"):
        raise MultipartIlegible("Content-Type", "debe ser multipart/form-data con su boundary")
    eventos = _eventos(request, opciones["boundary"])
    for parte in eventos:
        trozos: Iterator[bytes] = iter(lambda: next(eventos), None)  # None closes a part
        yield parte, trozos
        for _ in trozos:
            pass


def _eventos(request: Request, boundary: str) -> Iterator[Any]:
    """The parser's events: for each part its head, its pieces, and None."""
    # A request that runs again after a conflict finds its body read to the end.
    request.body_file_raw.seek(0)
    try:
        with PushMultipartParser(boundary, max_segment_count=_MAXIMO_PARTES, strict=True) as parser:
            while not parser.closed:
                yield from parser.parse(request.body_file_raw.read(TROZO))
    except MultipartError as error:
        raise MultipartIlegible("cuerpo", "el multipart/form-data está mal formado o llegó incompleto") from error


def nombre_limpio(dicho: str) -> str:
    """The bare name of a file, since some clients send a whole path; "" when it is none that can be kept."""
    nombre = PureWindowsPath(PurePosixPath(dicho).name).name.strip()
    return nombre if len(nombre) <= 200 and nombre.isprintable() else ""


def con_subidas(vista: Vista, info: Any) -> Vista:
    """Pyramid's view deriver for the option ``subidas`` of a view."""
    limites = info.options.get("subidas")
    if not limites:
        return vista

    def recibiendo(context: Any, request: Request) -> Any:
        if request.method != "POST" or request.content_type != "multipart/form-data":
            return vista(context, request)
        request.recibido = MultiDict()
        try:
            _leer(request, _en_bytes(limites, request.registry.settings))
            return vista(context, request)
        finally:
            for valor in request.recibido.values():
                if isinstance(valor, Archivo):
                    valor.ruta.unlink(missing_ok=True)

    return recibiendo


con_subidas.options = ("subidas",)  # type: ignore[attr-defined]


def _en_bytes(limites: Mapping[str, int | str], ajustes: Mapping[str, Any]) -> dict[str, int]:
    return {nombre: ajustes[tope] if isinstance(tope, str) else tope for nombre, tope in limites.items()}


def _leer(request: Request, topes: Mapping[str, int]) -> None:
    usado: Counter[str] = Counter()
    try:
        for parte, trozos in partes(request):
            if parte.filename is None:
                valor: Any = _texto(trozos, MAXIMO_FORMULARIO - usado[""])
                usado[""] += len(valor)
            elif not parte.filename:
                continue  # how browsers say that no file was chosen
            else:
                valor = _archivo(request, parte, trozos, topes, usado)
            request.recibido.add(parte.name, valor)
    except (MultipartIlegible, UnicodeDecodeError) as error:
        raise HTTPBadRequest from error


def _texto(trozos: Iterator[bytes], maximo: int) -> str:
    texto = b""
    for trozo in trozos:
        texto += trozo
        if len(texto) > maximo:
            raise HTTPRequestEntityTooLarge
    return texto.decode("utf-8")


def _archivo(
    request: Request, parte: MultipartSegment, trozos: Iterator[bytes], topes: Mapping[str, int], usado: Counter[str]
) -> Archivo | Rechazado:
    if parte.name not in topes:
        raise HTTPBadRequest("La solicitud no corresponde a este formulario.")
    # Our forms begin with their token: a page of somebody else's has nothing written to disk.
    check_csrf_token(request)
    nombre, tope = nombre_limpio(parte.filename or ""), topes[parte.name]
    if not nombre:
        return Rechazado("archivo", "su nombre no es válido: cámbielo por uno más corto y sin signos raros")
    resto = tope - usado[parte.name]
    try:
        archivo = recibir(trozos, nombre, "", carpeta=request.sitio.carpeta_temporal, maximo=resto)
    except DemasiadoGrande:
        return Rechazado(
            nombre, f"pesa más de {peso(tope)}" if resto == tope else f"con los demás, pasa de {peso(tope)}"
        )
    usado[parte.name] += archivo.tamano
    return archivo


def includeme(config: Configurator) -> None:
    settings = config.get_settings()
    settings.update({nombre: limite(settings, nombre) for nombre in LIMITES})
    config.add_view_deriver(con_subidas, "subidas", under="secured_view", over="csrf_view")
