"""Whether an answer served, said by anybody; and searches in vain, counted without a GET that writes."""

from typing import Any

import pytest

from casilla.buscadas import Buscadas
from casilla.services.fundacion import RAIZ
from casilla.services.uso import Resumen, Voto, resumen
from tests.conftest import Navegador


@pytest.fixture
def buscadas(aplicacion: Any, monkeypatch: pytest.MonkeyPatch) -> Buscadas:
    """As where the institution counts searches, which is what it does unless told."""
    suyas = Buscadas()
    monkeypatch.setattr(aplicacion.registry, "buscadas", suyas)
    return suyas


def hechos(navegador: Navegador) -> Resumen:
    with navegador.base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        return resumen(sitio, list(sitio.uso.meses))


def responder(navegador: Navegador, voto: str, nombre: str, consulta: str = "") -> Any:
    """Press a button of the page, which belongs to the form by its ``form`` and not by its place."""
    pagina = navegador.get(f"/preguntas-frecuentes{consulta}")
    boton = pagina.html.select_one(f"button[form=utilidad][name={voto}][value={nombre}]")
    assert boton is not None
    formulario = pagina.forms["utilidad"]
    return navegador.post(formulario.action, {**dict(formulario.submit_fields()), boton["name"]: boton["value"]})


def test_every_answer_asks_whether_it_served(navegador: Navegador) -> None:
    pagina = navegador.get("/preguntas-frecuentes").html

    nombres = [h3["id"] for h3 in pagina.select("main h3")]
    for voto in ("si", "no"):
        assert [b["value"] for b in pagina.select(f"button[name={voto}]")] == nombres
    rotulos = [b.text for b in pagina.select("button[form=utilidad]")]
    assert rotulos[:2] == [
        "Sí me sirvió «¿Qué es la Casilla Electrónica?»",
        "No me sirvió «¿Qué es la Casilla Electrónica?»",
    ]
    assert len(set(rotulos)) == len(rotulos)


@pytest.mark.parametrize(
    ("voto", "palabras", "cuenta"),
    [("si", "Gracias por su respuesta.", Voto("que-es", 1, 0)), ("no", "llámenos", Voto("que-es", 0, 1))],
)
def test_whoever_answers_is_counted_and_thanked_at_that_question(
    navegador: Navegador, voto: str, palabras: str, cuenta: Voto
) -> None:
    respuesta = responder(navegador, voto, "que-es")

    assert respuesta.location == f"http://localhost/preguntas-frecuentes?{voto}=que-es#gracias"
    pagina = respuesta.follow().html
    assert palabras in pagina.select_one("#gracias[role=status]").text
    assert not pagina.select("button[value=que-es]")
    assert hechos(navegador).votos == (cuenta,)


def test_in_a_search_one_stays_in_it(navegador: Navegador) -> None:
    pagina = responder(navegador, "si", "otra-lengua", "?q=lenguas").follow().html

    assert [h3["id"] for h3 in pagina.select("main h3")] == ["otra-lengua"]
    assert pagina.find(id="gracias")


def test_nothing_but_the_session_comes_back_and_nothing_of_the_person_is_kept(navegador: Navegador) -> None:
    respuesta = responder(navegador, "si", "que-es")

    assert set(navegador.cookies) <= {"casilla"}
    assert "Set-Cookie" not in respuesta.headers
    with navegador.base_de_datos.transaction() as conexion:
        mes = next(iter(conexion.root()[RAIZ].uso.meses.values()))
        assert {k: list(getattr(mes, k)) for k in ("si", "no", "busquedas")} == {
            "si": ["que-es"],
            "no": [],
            "busquedas": [],
        }


def test_one_address_answers_one_question_so_often_and_is_told(navegador: Navegador) -> None:
    for _ in range(6):
        ultima = responder(navegador, "no", "que-es")

    assert "Ya recibimos varias respuestas suyas. Podrá enviar otra en 15 minutos." in ultima.follow()
    responder(navegador, "no", "como-me-registro")
    assert {voto.nombre: voto.no for voto in hechos(navegador).votos} == {"que-es": 5, "como-me-registro": 1}


def test_a_stranger_cannot_inflate_the_counts_of_all_questions(navegador: Navegador) -> None:
    nombres = [h3["id"] for h3 in navegador.get("/preguntas-frecuentes").html.select("main h3")]
    for nombre in nombres * 2:
        responder(navegador, "si", nombre)

    assert sum(voto.todos for voto in hechos(navegador).votos) == 30 < len(nombres) * 2


@pytest.mark.parametrize("datos", [{}, {"si": "no-hay"}, {"no": "ley-31736"}, {"si": "que-es\x00"}])
def test_of_what_is_no_question_there_is_nothing_to_say(navegador: Navegador, datos: dict[str, str]) -> None:
    token = navegador.get("/preguntas-frecuentes").forms["utilidad"]["csrf_token"].value

    navegador.post("/preguntas-frecuentes", {"csrf_token": token, **datos}, status=404)

    assert hechos(navegador).votos == ()


def test_what_a_stranger_calls_a_question_is_not_kept_in_memory(navegador: Navegador) -> None:
    token = navegador.get("/preguntas-frecuentes").forms["utilidad"]["csrf_token"].value

    navegador.post("/preguntas-frecuentes", {"csrf_token": token, "si": "x" * 200_000}, status=404)

    ventanas = navegador.app.registry.limites._memoria.events
    assert max(map(len, ventanas), default=0) < 200


def test_without_the_token_nothing_is_counted(navegador: Navegador) -> None:
    navegador.post("/preguntas-frecuentes", {"si": "que-es"}, status=400)

    assert hechos(navegador).votos == ()


def test_an_address_with_a_thanks_for_nothing_thanks_nobody(navegador: Navegador) -> None:
    assert not navegador.get("/preguntas-frecuentes?si=<b>no-hay").html.find(id="gracias")


def test_what_was_searched_for_in_vain_is_counted_and_the_page_says_so(
    navegador: Navegador, buscadas: Buscadas
) -> None:
    for q in ("Hipopótamo", "hipopotamo ", "contraseña", "40009999", ""):
        pagina = navegador.get("/preguntas-frecuentes", {"q": q})
        assert ("Contamos las búsquedas sin respuesta, sin saber de quién son" in pagina) == (
            q not in ("contraseña", "")
        )

    assert buscadas.tomar() == ({"hipopotamo": 2}, 1)
    assert not buscadas.tomar()


def test_one_address_alone_does_not_fill_the_list_of_searches(navegador: Navegador, buscadas: Buscadas) -> None:
    for n in range(40):
        assert "Ninguna pregunta contiene" in navegador.get(f"/preguntas-frecuentes?q=hipo{n}")

    assert len(buscadas.tomar().busquedas) == 30


def test_where_they_are_not_counted_the_page_does_not_say_that_they_are(navegador: Navegador) -> None:
    pagina = navegador.get("/preguntas-frecuentes?q=hipopotamo")

    assert "Ninguna pregunta contiene" in pagina
    assert "Contamos las búsquedas" not in pagina
