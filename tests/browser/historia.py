"""Who walks through a guide: a person at a browser that keeps pictures, with the product as the institution runs it."""

import json
import re
from email.message import EmailMessage
from typing import Self

import requests
from playwright.sync_api import BrowserContext, Page

from casilla.gateways.ficticio import PadronFicticio
from casilla.scripts.muestras import Muestra
from tests.api.sgd import CLAVE, cuerpo
from tests.browser.conftest import Servido, texto
from tests.browser.guia import Guia

PUBLICA = "https://casillaelectronica.mimp.gob.pe"


class Reniec(PadronFicticio):
    nombre = "RENIEC"


class Migraciones(PadronFicticio):
    nombre = "Migraciones"


class Sunat(PadronFicticio):
    nombre = "SUNAT"


class Mensajes:
    """A carrier of text messages that takes them all."""

    @classmethod
    def desde_ajustes(cls, settings: object) -> Self:
        return cls()

    def enviar(self, telefono: str, texto: str, referencia: str) -> str:
        return referencia


# As in the institution: the registers under their names; letters and papers with its address, where nobody ever goes.
# But a list is long with less.
DE_LA_INSTITUCION = {
    "casilla.url": PUBLICA,
    "casilla.identidad.dni": f"{__name__}.Reniec",
    "casilla.identidad.ce": f"{__name__}.Migraciones",
    "casilla.identidad.ruc": f"{__name__}.Sunat",
    "casilla.sms": f"{__name__}.Mensajes",
    "casilla.exportar_en_segundo_plano": 4,
    "casilla.busquedas": "contar",
}


class Historia:
    """A person at their desk with the guide beside them."""

    def __init__(self, guia: Guia, contexto: BrowserContext, servido: Servido) -> None:
        self.guia, self.contexto, self.servido = guia, contexto, servido
        self.pagina: Page = contexto.new_page()
        self.codigos: list[str] = []

    def ir(self, direccion: str = "/") -> None:
        """To an address of the product, in whatever way it is written: in a letter, it is the public one."""
        self.pagina.goto(self.servido.direccion + re.sub("^https?://[^/]+", "", direccion))

    def seguir(self, enlace: str) -> None:
        self.pagina.get_by_role("link", name=enlace).first.click()

    def pulsar(self, boton: str) -> None:
        self.pagina.get_by_role("button", name=boton, exact=True).last.click()

    def elegir(self, *rotulos: str) -> None:
        for rotulo in rotulos:
            self.pagina.get_by_label(rotulo, exact=True).check()

    def escribir(self, textos: dict[str, str]) -> None:
        """Fill boxes, each by its label."""
        for rotulo, valor in textos.items():
            self.pagina.get_by_label(rotulo, exact=True).fill(valor)

    def fechar(self, grupo: str, dia: str, mes: str, ano: str) -> None:
        cajas = self.pagina.get_by_role("group", name=grupo, exact=True)
        for rotulo, valor in (("Día", dia), ("Mes", mes), ("Año", ano)):
            cajas.get_by_label(rotulo).fill(valor)

    def ver(self) -> None:
        self.guia.visitar(self.pagina)

    def foto(self, nombre: str, *partes: str, pulsar: str = "", movil: bool = False) -> None:
        """A picture of this page; ``pulsar``: a selector of what gets the ring."""
        anillo = self.pagina.locator(pulsar).first if pulsar else None
        self.guia.foto(self.pagina, nombre, *partes, pulsar=anillo, movil=movil)

    def carta(self, para: str, asunto: str, imagen: str = "") -> str:
        """The words of a letter, which is seen as a mail programme shows it."""
        carta = self.servido.carta(para, asunto)
        hoja = self.contexto.new_page()
        hoja.set_content(_html(carta))
        self.guia.leer(str(carta["Subject"]))
        if imagen:
            self.guia.foto(hoja, imagen, "[role=main] > :not(hr, hr ~ p)")
        else:
            self.guia.visitar(hoja)
        hoja.close()
        return texto(carta)

    def hallar(self, patron: str, palabras: str) -> str:
        """What a letter says where the group of the pattern stands."""
        hallado = re.search(patron, palabras)
        assert hallado is not None, f"la carta no dice {patron}"
        return hallado[1]

    def depositar(self, muestra: Muestra, documento: str) -> None:
        """The SGD sends this document to that person; ``codigos`` keeps its code."""
        tipo, numero = documento.split("-")
        sobre = {**muestra.sobre, "destinatario": {"tipo_documento": tipo, "numero": numero}}
        nombre = f"{muestra.clave.removeprefix('demo-')}.pdf"
        contenido, medio = cuerpo(
            [
                ("notificacion", (None, json.dumps(sobre), "application/json")),
                ("documento", (nombre, muestra.documento, "application/pdf")),
                *(("anexo", (nombre, datos, tipo)) for nombre, tipo, datos in muestra.anexos),
            ]
        )
        cabeceras = {"Authorization": f"Bearer {CLAVE}", "Content-Type": medio, "Idempotency-Key": muestra.clave}
        url = f"{self.servido.direccion}/api/v1/notificaciones"
        respuesta = requests.post(url, data=contenido, headers=cabeceras, timeout=30)
        assert respuesta.status_code == 201, respuesta.text
        self.codigos.append(respuesta.json()["codigo"])


def _html(carta: EmailMessage) -> str:
    cuerpo = carta.get_body(("html",))
    assert cuerpo is not None
    return str(cuerpo.get_content())
