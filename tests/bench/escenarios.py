"""What the clients do. Each function makes one client's step, which does it once and gives the answer's status."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from urllib.parse import urlsplit
from uuid import uuid4

from tests import mundo
from tests.bench.cliente import Cliente, ingresar

Paso = Callable[[], int]

_LINDE = "linde-entre-partes"
CLAVE = "sgd.clave-de-prueba"
_PARTE = '--{}\r\nContent-Disposition: form-data; name="{}"{}\r\nContent-Type: {}\r\n\r\n'
_FILA = re.compile(rb'action="(/casilla/[^/"]+/\d+)/abrir"')


def repetir(ruta: str) -> Paso:
    """The same GET without a session."""
    visita = Cliente()
    peticion = visita.peticion("GET", ruta)
    return lambda: visita.enviar(peticion).estado


def subir(documento: bytes) -> Paso:
    """A POST of that many bytes to the bare application."""
    visita = Cliente()
    peticion = visita.peticion("POST", "/desnuda/recibir", documento)
    return lambda: visita.enviar(peticion).estado


def depositar(quien: str, documento: bytes) -> Paso:
    """A deposit in the casilla of ``quien``, as the SGD makes it."""
    sgd = Cliente(Authorization=f"Bearer {CLAVE}")
    numeros = count(1)

    def paso() -> int:
        return sgd.enviar(envio(sgd, quien, next(numeros), documento)).estado

    return paso


def envio(sgd: Cliente, quien: str, n: int, documento: bytes) -> bytes:
    """The request of the n-th deposit."""
    tipo, numero = quien.split("-")
    datos = {
        "destinatario": {"tipo_documento": tipo, "numero": numero},
        "expediente": {"numero": f"OGT00202600{n:05}", "fecha": "2026-01-16"},
        "documento": {
            "tipo": "CARTA",
            "numero": f"{n:06}-2026-OGTI",
            "asunto": f"Respuesta a su solicitud n.° {n}",
            "fecha": "2026-01-16T10:34:27-05:00",
        },
        "remitente": {
            "dependencia": "OFICINA GENERAL DE TECNOLOGÍAS DE LA INFORMACIÓN",
            "firmado_por": "PERSONA FICTICIA QUE FIRMA",
            "elaborado_por": "PERSONA FICTICIA QUE ELABORA",
        },
        "fecha_emision": "2026-01-16T10:35:32-05:00",
        "plazo_dias_habiles": 15,
    }
    cuerpo = b"".join(
        (
            _PARTE.format(_LINDE, "notificacion", "", "application/json").encode(),
            json.dumps(datos).encode(),
            b"\r\n",
            _PARTE.format(_LINDE, "documento", '; filename="CARTA.pdf"', "application/pdf").encode(),
            documento,
            f"\r\n--{_LINDE}--\r\n".encode(),
        )
    )
    clave, tipo_de_cuerpo = str(uuid4()), f"multipart/form-data; boundary={_LINDE}"
    return sgd.peticion("POST", "/api/v1/notificaciones", cuerpo, Idempotency_Key=clave, Content_Type=tipo_de_cuerpo)


def ver_bandeja(quien: str, cual: str) -> Paso:
    """A page of the tray: ``cual`` is the query that leads to it."""
    navegador, casilla = ingresar(quien, mundo.CLAVE)
    peticion = navegador.peticion("GET", casilla + cual)
    return lambda: navegador.enviar(peticion).estado


def abrir(quien: str, todo: bool) -> Paso:
    """Open the next unread notification; with ``todo``, look at its envelope before and at all of it after."""
    navegador, casilla = ingresar(quien, mundo.CLAVE)
    csrf = navegador.get(casilla).csrf
    filas = _por_leer(navegador, casilla)

    def paso() -> int:
        fila = next(filas)
        if todo and navegador.get(fila).estado != 200:
            return 599
        abierta = navegador.post(f"{fila}/abrir", csrf_token=csrf)
        return navegador.get(fila).estado if todo else abierta.estado

    return paso


def _por_leer(navegador: Cliente, casilla: str) -> Iterator[str]:
    """Addresses of unread notifications, gathered beforehand: looking for them is not what is measured."""
    filas: list[str] = []
    pagina = navegador.get(casilla)
    while len(filas) < 3000 and (siguiente := re.search(rb'href="([^"]+)" rel="next"', pagina.cuerpo)):
        filas += [fila.decode() for fila in _FILA.findall(pagina.cuerpo)]
        pagina = navegador.get(siguiente[1].decode().replace("&amp;", "&"))
    return iter(filas)


def descargar(quien: str, fila: str) -> Paso:
    """The document of an open notification."""
    navegador, _ = ingresar(quien, mundo.CLAVE)
    peticion = navegador.peticion("GET", f"{fila}/documento")
    return lambda: navegador.enviar(peticion).estado


def constancia(quien: str, documento: bytes) -> bytes:
    """That of a new deposit."""
    sgd = Cliente(Authorization=f"Bearer {CLAVE}")
    respuesta = json.loads(sgd.enviar(envio(sgd, quien, 1, documento)).cuerpo)
    return sgd.get(urlsplit(respuesta["constancia"]).path).cuerpo


def preparar_descarga(quien: str, documento: bytes) -> str:
    """Deposit that document for ``quien`` and open it; its address."""
    if depositar(quien, documento)() != 201:
        raise RuntimeError("el depósito no salió")
    navegador, casilla = ingresar(quien, mundo.CLAVE)
    bandeja = navegador.get(casilla)
    hallada = _FILA.search(bandeja.cuerpo)
    assert hallada, "la bandeja está vacía"
    fila = hallada[1].decode()
    if navegador.post(f"{fila}/abrir", csrf_token=bandeja.csrf).estado != 303:
        raise RuntimeError("no se pudo abrir")
    return fila
