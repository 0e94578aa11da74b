"""Two of the institution's people with the same form open: the second is told, and loses nothing of what they typed."""

from typing import Any

import pytest
from webtest import Upload
from ZODB import DB

from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador

ROLES = ("contenido", "registro", "administrador")


def entrada(aplicacion: Any, base_de_datos: DB, nombre: str) -> Navegador:
    navegador = Navegador(aplicacion)
    navegador.base_de_datos = base_de_datos
    navegador.entrar_al_modulo(nombre)
    return navegador


@pytest.fixture
def una(aplicacion: Any, base_de_datos: DB) -> Navegador:
    """Somebody called ``primera``, who may do what any role may but notify."""
    with base_de_datos.transaction() as conexion:
        for nombre in ("primera", "segunda"):
            mundo.funcionario(conexion.root()[RAIZ], nombre, ROLES)
    return entrada(aplicacion, base_de_datos, "primera")


@pytest.fixture
def otra(una: Navegador, aplicacion: Any, base_de_datos: DB) -> Navegador:
    return entrada(aplicacion, base_de_datos, "segunda")


def enviar(pagina: Any, **valores: Any) -> Any:
    formulario = pagina.forms["formulario"]
    for campo, valor in valores.items():
        formulario[campo.replace("__", "-")] = valor
    respuesta = formulario.submit()
    return respuesta.follow() if respuesta.status_int == 303 else respuesta


def comparados(pagina: Any) -> dict[str, tuple[str, str]]:
    """Of each label, what there is now and what was typed."""
    filas = pagina.html.find("section", {"aria-labelledby": "presentes"}).find_all("tr")[1:]
    return {fila.th.text: tuple(td.text for td in fila.find_all("td")) for fila in filas}


NORMA = {
    "titulo": "Ley de prueba",
    "tipo": "Ley",
    "numero_norma": "1",
    "fecha__dia": "2",
    "fecha__mes": "1",
    "fecha__ano": "2026",
    "emisor": "Congreso",
    "cuerpo": "De qué trata.",
}


def test_every_box_of_a_norm_that_says_something_else_is_compared(una: Navegador, otra: Navegador) -> None:
    ficha = enviar(una.get("/admin/contenidos/crear?clase=norma"), **NORMA).request.path
    abierta = una.get(f"{ficha}/editar")
    suyos = {"titulo": "A", "tipo": "B", "numero_norma": "C", "emisor": "D", "cuerpo": "E", "fecha__dia": "3"}
    enviar(otra.get(f"{ficha}/editar"), **suyos)
    enviar(otra.get(f"{ficha}/pdf"), documento=Upload("ley.pdf", mundo.pdf(), "application/pdf"))

    avisada = enviar(abierta)

    assert comparados(avisada) == {
        "Nombre de la norma": ("A", "Ley de prueba"),
        "Tipo de norma": ("B", "Ley"),
        "Número": ("C", "1"),
        "Fecha de la norma": ("3 de enero de 2026", "2 de enero de 2026"),
        "Emisor": ("D", "Congreso"),
        "De qué trata": ("E", "De qué trata."),
    }
    fuera = avisada.html.find("section", {"aria-labelledby": "presentes"}).dl.text
    assert "ley.pdf" in fuera
    assert "por segunda" in fuera


@pytest.mark.parametrize(
    ("nombre", "campo", "rotulo"),
    [
        ("que-es", "titulo", "Pregunta"),
        ("que-es", "categoria", "Categoría"),
        ("que-es", "cuerpo", "Respuesta"),
        ("terminos", "cambios", "Qué cambió en esta versión"),
        ("aviso-deposito", "titulo", "Asunto"),
        ("constancia", "cuerpo", "Texto"),
    ],
)
def test_whatever_box_the_first_changed_the_second_sees_it_beside_their_own(
    una: Navegador, otra: Navegador, nombre: str, campo: str, rotulo: str
) -> None:
    editar = f"/admin/contenidos/{nombre}/editar"
    abierta, de_antes = una.get(editar), una.get(editar).forms["formulario"][campo].value.strip()
    enviar(otra.get(editar), **{campo: f"{de_antes} Lo que puso la otra."})

    avisada = enviar(abierta, **{campo: f"{de_antes} Lo que puse yo."})

    assert avisada.html.select_one(".resumen-error a")["href"] == "#presentes"
    [(dicho, (ahora, suyo))] = comparados(avisada).items()
    assert dicho == rotulo
    assert ahora.endswith("Lo que puso la otra.")
    assert suyo.endswith("Lo que puse yo.")
    assert avisada.forms["formulario"][campo].value.strip().endswith("Lo que puse yo.")
    dejado = avisada.click("Dejar lo mío")
    assert dejado.forms["formulario"][campo].value.strip().endswith("Lo que puso la otra.")
