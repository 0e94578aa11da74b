"""The SGD of the tests: what it sends, and how."""

import json
from typing import Any

from requests import Request

CLAVE = "sgd.clave-de-prueba"

NOTIFICACION: dict[str, Any] = {
    "destinatario": {"tipo_documento": "1", "numero": "40000001"},
    "expediente": {"numero": "OGT002025000009", "fecha": "2025-01-16"},
    "documento": {
        "tipo": "CARTA",
        "numero": "000009-2025-OGTI",
        "asunto": "Año de la prueba",
        "fecha": "2025-01-16T10:34:27-05:00",
    },
    "remitente": {
        "dependencia": "OFICINA GENERAL DE TECNOLOGÍAS DE LA INFORMACIÓN",
        "firmado_por": "PERSONA FICTICIA QUE FIRMA",
        "elaborado_por": "PERSONA FICTICIA QUE ELABORA",
    },
    "fecha_emision": "2025-01-16T10:35:32-05:00",
    "plazo_dias_habiles": 15,
}

Parte = tuple[str, tuple[str | None, bytes | str, str]]


def notificacion(**cambios: Any) -> dict[str, Any]:
    """NOTIFICACION with changes by dotted name: ``notificacion(**{"documento.asunto": "Otro"})``; None leaves out."""
    datos = json.loads(json.dumps(NOTIFICACION))
    for camino, valor in cambios.items():
        *padres, nombre = camino.split(".")
        donde = datos
        for padre in padres:
            donde = donde[padre]
        if valor is None:
            del donde[nombre]
        else:
            donde[nombre] = valor
    return datos


def cuerpo(partes: list[Parte]) -> tuple[bytes, str]:
    """A multipart body and its media type."""
    preparado = Request("POST", "http://localhost/", files=partes).prepare()
    assert isinstance(preparado.body, bytes)
    return preparado.body, preparado.headers["Content-Type"]


def partes(documento: bytes, datos: Any = None, anexos: tuple[tuple[str, bytes], ...] = ()) -> list[Parte]:
    """The parts of a deposit as the contract describes them."""
    texto = json.dumps(NOTIFICACION if datos is None else datos)
    return [
        ("notificacion", (None, texto, "application/json")),
        ("documento", ("CARTA 000009.pdf", documento, "application/pdf")),
        *(("anexo", (nombre, contenido, "application/octet-stream")) for nombre, contenido in anexos),
    ]


class Sgd:
    """A client of the API over a WebTest browser."""

    def __init__(self, navegador: Any, clave: str = CLAVE) -> None:
        self.navegador = navegador
        self.cabeceras = {"Authorization": f"Bearer {clave}"}

    def enviar(self, partes: list[Parte], clave: str = "k-1", **cabeceras: str) -> Any:
        contenido, tipo = cuerpo(partes)
        return self.publicar(contenido, {"Content-Type": tipo, "Idempotency-Key": clave, **cabeceras})

    def publicar(self, contenido: bytes, cabeceras: dict[str, str], ruta: str = "/notificaciones") -> Any:
        return self.navegador.request(
            f"/api/v1{ruta}", method="POST", body=contenido, headers={**self.cabeceras, **cabeceras}, status="*"
        )

    def depositar(self, documento: bytes, datos: Any = None, clave: str = "k-1", anexos: Any = ()) -> Any:
        return self.enviar(partes(documento, datos, anexos), clave)

    def get(self, ruta: str) -> Any:
        return self.navegador.get(f"/api/v1{ruta}", headers=self.cabeceras, status="*")
