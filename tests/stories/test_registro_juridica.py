"""A company's road on every store: from the form to its first notification; and the day on which SUNAT is silent."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from ZODB import DB

from casilla.gateways.sunat import SunatPide
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.api.sgd import Sgd, notificacion
from tests.conftest import Navegador
from tests.gateways.pide import ServidorPide
from tests.stories.test_registro import Buzon, buzon, navegador_nuevo, repartir  # noqa: F401
from tests.views.registro import enviar, hasta, reintentar

RUC = "20566118603"
CORREO = f"p{RUC}@correo.example"
NOMBRE = "COMERCIAL EJEMPLO FICTICIO S.A.C."


def test_a_company_registers_comes_in_and_is_notified(
    navegador: Navegador,
    aplicacion: Any,
    base_de_datos: DB,
    buzon: Buzon,  # noqa: F811
) -> None:
    hasta(navegador, "verificacion", RUC)
    repartir(base_de_datos, buzon)
    enlace = re.search(r"Validar Correo: (http://localhost/registro/validar\S+)", buzon.de(CORREO)[0][1])[1]
    telefono = navegador_nuevo(aplicacion, base_de_datos)
    telefono.get(enlace).forms["formulario"].submit().follow()
    repartir(base_de_datos, buzon)
    asunto, texto = buzon.de(CORREO)[-1]
    assert (asunto, f"Usuario: 8-{RUC}" in texto) == ("Credenciales de Acceso", True)

    clave = re.search(r"Contraseña: ([0-9A-F]{8})\s", texto)[1]
    formulario = telefono.entrar(RUC, clave).forms["formulario"]
    formulario["antigua"], formulario["nueva"], formulario["repetida"] = clave, mundo.CLAVE, mundo.CLAVE
    assert f"Bienvenida/o {NOMBRE}" in " ".join(formulario.submit().follow().html.header.text.split())

    codigo = depositar(navegador)
    repartir(base_de_datos, buzon)
    assert buzon.de(CORREO)[-1][0].startswith("Nueva notificación")
    with base_de_datos.transaction() as conexion:
        papel = pypdf.PdfReader(BytesIO(conexion.root()[RAIZ].registro[codigo].constancia.bytes()))
        impreso = " ".join(papel.pages[0].extract_text().split())
    assert NOMBRE in impreso
    assert f"RUC {RUC}" in impreso


def depositar(navegador: Navegador) -> str:
    datos = notificacion(**{"destinatario.tipo_documento": "8", "destinatario.numero": RUC})
    respuesta = Sgd(navegador).depositar(mundo.pdf(), datos)
    assert respuesta.status_code == 201, respuesta.text
    return str(respuesta.json["codigo"])


def test_when_sunat_does_not_answer_the_company_finishes_later(
    navegador: Navegador, aplicacion: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, reloj: Any
) -> None:
    with ServidorPide() as pide:
        sunat = SunatPide.desde_ajustes(pide.ajustes(tmp_path))
        monkeypatch.setattr(aplicacion.registry, "registro_de_empresas", sunat)
        pide.falla = "error 500"
        pagina = enviar(hasta(navegador, "datos", RUC), RUC).follow()
        assert "SUNAT no responde" in pagina

        pide.falla = None
        reloj.adelantar(minutos=180)
        vuelta = navegador.get(pagina.request.path)
        assert NOMBRE in vuelta
        final = reintentar(vuelta).follow()

    assert final.html.h1.text == "VERIFICACIÓN DE CORREO"
