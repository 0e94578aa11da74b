"""A throw-away PIDE on the loopback: RENIEC's, Migraciones' and SUNAT's wire formats, and the ways in which they break.

    with ServidorPide() as pide:
        reniec = ReniecPide.desde_ajustes(pide.ajustes(tmp_path))
        pide.falla = "goteo"

It knows the people and companies of the fictitious register unless given others, and hangs for the numbers for which
that one plays dead. Wrong credentials and the daily limit are not faults to switch on: they happen when they should.
"""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from casilla.gateways.ficticio import PadronFicticio
from casilla.gateways.protocolo import DatosEmpresa, DatosPersona

CREDENCIAL = {"nuDniUsuario": "99000001", "nuRucUsuario": "20999000001", "password": "cláve de-prueba 1"}

FRASES = {
    "0000": "Consulta realizada correctamente",
    "0001": "El DNI corresponde a un menor de edad",
    "0999": "No se ha encontrado información para el número de DNI",
    "1000": "Uno o más datos de la petición no son válidos",
    "1001": "El DNI, RUC y contraseña no corresponden a un usuario válido",
    "1002": "La contraseña para el DNI y RUC está caducada",
    "1003": "Se ha alcanzado el límite de consultas permitidas por día",
}


class ServidorPide(ThreadingHTTPServer):
    """``peticiones``: what arrived, as (method, path, query, body). ``codigo``: a result code to give always."""

    daemon_threads = True

    def __init__(self, personas: dict[str, DatosPersona] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Contestador)
        padron = PadronFicticio.desde_ajustes()
        self.personas = padron.personas if personas is None else personas
        self.empresas = padron.empresas
        self.mudos = padron.sin_respuesta
        self.institucion: dict[str, str] = {}
        self.consultas_al_dia = 1000
        self.sin_multiref = True
        self.falla: str | None = None
        self.codigo: str | None = None
        self.peticiones: list[tuple[str, str, dict[str, str], Any]] = []
        self.fin = Event()
        self.direccion = f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Self:
        self._hilo = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self._hilo.start()
        return self

    def __exit__(self, *nada: object) -> None:
        self.fin.set()
        self.shutdown()
        self._hilo.join()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The clients that we try hang up on us all the time."""

    def ajustes(self, carpeta: Path, **otros: str) -> dict[str, str]:
        """Settings for the real clients (``otros`` under casilla.pide), and the password in a file of ``carpeta``."""
        archivo = carpeta / "clave_pide"
        archivo.write_text(CREDENCIAL["password"] + "\n", "utf-8")
        ajustes = {
            "reniec_url": f"{self.direccion}/Rest/RENIEC/Consultar",
            "migraciones_url": f"{self.direccion}/Rest/Migraciones/CarnetExtranjeria",
            "sunat_url": f"{self.direccion}/Rest/Sunat/DatosPrincipales",
            "dni_usuario": CREDENCIAL["nuDniUsuario"],
            "ruc_usuario": CREDENCIAL["nuRucUsuario"],
            "clave_archivo": str(archivo),
            "espera": "5",
        }
        return {f"casilla.pide.{clave}": valor for clave, valor in {**ajustes, **otros}.items()}

    def reniec(self, pregunta: dict[str, str]) -> dict[str, Any]:
        numero = pregunta["nuDniConsulta"]
        persona = self.personas.get(numero)
        codigo = self.codigo or self._codigo_de_reniec(pregunta, persona)
        resultado: dict[str, Any] = {"coResultado": codigo, "deResultado": FRASES.get(codigo, "")}
        if codigo == "0000" and persona:
            resultado["datosPersona"] = {
                "apPrimer": relleno(persona.apellido_paterno),
                "apSegundo": relleno(persona.apellido_materno),
                "direccion": "CALLE FICTICIA 123",
                "estadoCivil": "SOLTERO",
                "foto": "/9j/4AAQSkZJRgABAQ",
                "prenombres": relleno(persona.nombres),
                "restriccion": "NINGUNA",
                "ubigeo": "LIMA/LIMA/LIMA",
            }
        return {"consultarResponse": {"return": resultado}}

    def _codigo_de_reniec(self, pregunta: dict[str, str], persona: DatosPersona | None) -> str:
        if {campo: pregunta[campo] for campo in CREDENCIAL} != CREDENCIAL:
            return "1001"
        if len(self.peticiones) > self.consultas_al_dia:
            return "1003"
        if persona is None:
            return "0999"
        return "0001" if persona.menor else "0000"

    def migraciones(self, pregunta: dict[str, str]) -> dict[str, Any]:
        persona = self.personas.get(pregunta["strNumDocumento"])
        codigo = self.codigo or self._codigo_de_migraciones(pregunta, persona)
        datos = persona if codigo == "0000" else None
        resultado = {
            "strCalidadMigratoria": "RESIDENTE" if datos else None,
            "strNombres": relleno(datos.nombres) if datos else None,
            "strNumRespuesta": codigo,
            "strPrimerApellido": relleno(datos.apellido_paterno) if datos else None,
            "strSegundoApellido": (relleno(datos.apellido_materno) or None) if datos else None,
        }
        return {"consultarDocumentoResponse": {"return": resultado}}

    def _codigo_de_migraciones(self, pregunta: dict[str, str], persona: DatosPersona | None) -> str:
        if any(pregunta.get(campo) != valor for campo, valor in self.institucion.items()):
            return "0005"
        if pregunta["strTipoDocumento"] != "CE":
            return "0006"
        if persona is None:
            return "0001"
        return "0007" if persona.menor else "0000"

    def sunat(self, pregunta: dict[str, str]) -> dict[str, Any]:
        """For a RUC that nobody has, SUNAT says so in one of two ways."""
        empresa = self.empresas.get(pregunta["numruc"])
        if empresa is None and self.sin_multiref:
            return {"list": {"@xmlns": {"soapenc": "http://schemas.xmlsoap.org/soap/encoding/"}}}
        return {"list": {"multiRef": {"@id": "id0", "@soapenc:root": "0", **campos_de_sunat(empresa)}}}


def campos_de_sunat(empresa: DatosEmpresa | None) -> dict[str, dict[str, str]]:
    datos = empresa or DatosEmpresa("")
    campos = {
        "ddp_nombre": relleno(datos.razon_social),
        "ddp_ubigeo": datos.ubigeo,
        "desc_estado": datos.estado and relleno(datos.estado),
        "desc_flag22": datos.condicion and relleno(datos.condicion),
        "desc_dist": "DISTRITO FICTICIO" if datos.ubigeo else None,
        "ddp_numruc": None,
    }
    return {campo: {"@xsi:nil": "true"} if valor is None else {"$": valor} for campo, valor in campos.items()}


def relleno(valor: str) -> str:
    """As PIDE sends it, padded, and empty when there is none."""
    return valor and valor.ljust(len(valor) + 7)


class Contestador(BaseHTTPRequestHandler):
    server: ServidorPide

    def do_POST(self) -> None:
        cuerpo = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._atender("/Rest/RENIEC/Consultar", cuerpo, lambda consulta: self.server.reniec(cuerpo["PIDE"]))

    def do_GET(self) -> None:
        if self.path.startswith("/Rest/Sunat/"):
            self._atender("/Rest/Sunat/DatosPrincipales", None, self.server.sunat)
        else:
            self._atender("/Rest/Migraciones/CarnetExtranjeria", None, self.server.migraciones)

    def _atender(self, servicio: str, cuerpo: Any, responder: Callable[[dict[str, str]], Any]) -> None:
        partes = urlsplit(self.path)
        consulta = dict(parse_qsl(partes.query, keep_blank_values=True))
        self.server.peticiones.append((self.command, partes.path, consulta, cuerpo))
        if partes.path != servicio or consulta.get("out") != "json":
            self._enviar(404, b"")
            return
        numero = consulta.get("strNumDocumento") or consulta.get("numruc") or cuerpo["PIDE"]["nuDniConsulta"]
        if numero in self.server.mudos:
            self.server.fin.wait(60)
        contenido = json.dumps(responder(consulta), ensure_ascii=False).encode()
        if self.server.falla:
            (FALLAS | FALLAS_DE_SUNAT)[self.server.falla](self, contenido)
        else:
            self._enviar(200, contenido)

    def _enviar(self, estado: int, contenido: bytes, largo: int | None = None, **cabeceras: str) -> None:
        self.send_response(estado)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(contenido) if largo is None else largo))
        for nombre, valor in cabeceras.items():
            self.send_header(nombre, valor)
        self.end_headers()
        self.wfile.write(contenido)

    def _gotear(self, antes: bytes, gota: bytes) -> None:
        """Ten bytes in the time of one time-out, until the test ends or repairs us."""
        self.wfile.write(antes)
        while self.server.falla and not self.server.fin.wait(0.03):
            self.wfile.write(gota)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: it would fill the test's output."""


FALLAS_DE_SUNAT: dict[str, Callable[[Contestador, bytes], object]] = {
    "lista que no es objeto": lambda yo, bueno: yo._enviar(200, b'{"list": [1]}'),
    "lista que es texto": lambda yo, bueno: yo._enviar(200, b'{"list": "EN MANTENIMIENTO"}'),
    "varias referencias": lambda yo, bueno: yo._enviar(200, b'{"list": {"multiRef": [{"ddp_nombre": {"$": "X"}}]}}'),
    "referencia que es texto": lambda yo, bueno: yo._enviar(200, b'{"list": {"multiRef": "X"}}'),
    "sin el nombre": lambda yo, bueno: yo._enviar(200, b'{"list": {"multiRef": {"desc_estado": {"$": "ACTIVO"}}}}'),
    "nombre que no es objeto": lambda yo, bueno: yo._enviar(200, b'{"list": {"multiRef": {"ddp_nombre": "X"}}}'),
}
"""Ways to break that only SUNAT's answer has."""

FALLAS: dict[str, Callable[[Contestador, bytes], object]] = {
    "lento": lambda yo, bueno: yo.server.fin.wait(60),
    "goteo": lambda yo, bueno: yo._gotear(b"HTTP/1.1 200 OK\r\n\r\n", b" "),
    "goteo de cabeceras": lambda yo, bueno: yo._gotear(b"HTTP/1.1 200 OK\r\nX-Eterna: ", b"a"),
    "error 500": lambda yo, bueno: yo._enviar(500, bueno),
    "error 404": lambda yo, bueno: yo._enviar(404, bueno),
    "redirección": lambda yo, bueno: yo._enviar(302, b"", Location=yo.server.direccion + yo.path + "&otra=1"),
    "no es HTTP": lambda yo, bueno: yo.wfile.write(b"\x00\x01\x02 buenos dias\r\n\r\n"),
    "cuelga": lambda yo, bueno: None,
    "cortado": lambda yo, bueno: yo._enviar(200, bueno[:-1], largo=len(bueno)),
    "vacío": lambda yo, bueno: yo._enviar(200, b""),
    "JSON roto": lambda yo, bueno: yo._enviar(200, bueno[:-1]),
    "HTML": lambda yo, bueno: yo._enviar(200, b"<html><body>En mantenimiento</body></html>"),
    "no es UTF-8": lambda yo, bueno: yo._enviar(200, '{"coResultado": "ñ"}'.encode("latin-1")),
    "hondo": lambda yo, bueno: yo._enviar(200, b"[" * 200_000),
    "enorme": lambda yo, bueno: yo._enviar(200, bueno + b" " * 4_000_000),
    "comprimido": lambda yo, bueno: yo._enviar(200, b"\x1f\x8b" + bueno, **{"Content-Encoding": "gzip"}),
    "otra forma": lambda yo, bueno: yo._enviar(200, b'[{"coResultado": "0000", "strNumRespuesta": "0000"}]'),
    "sin partes": lambda yo, bueno: yo._enviar(200, b'{"Fault": {"return": null}}'),
    "sin persona": lambda yo, bueno: yo._enviar(
        200,
        b'{"r": {"coResultado": "0000", "strNumRespuesta": "0000", "datosPersona": null, "strNombres": {"@nil": 1}}}',
    ),
    "código que no es texto": lambda yo, bueno: yo._enviar(200, b'{"coResultado": ["0000"], "strNumRespuesta": 0}'),
    "cabecera rara": lambda yo, bueno: yo.wfile.write(
        b"HTTP/1.1 200 OK\r\nX-Buena: 1\r\n rara\r\nsin dos puntos\r\n\r\n{}"
    ),
}
