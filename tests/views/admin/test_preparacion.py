"""What notifiers prepare, from the auditor's chair: everybody's, to be read; and from another notifier's: nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.services import borradores, lotes
from casilla.services.fundacion import RAIZ
from tests import lotes as muestras
from tests import mundo
from tests.conftest import Navegador
from tests.services.test_borradores import DATOS


def preparar(sitio: Sitio, quien: str) -> str:
    """A draft with everything said and a file; returns its name."""
    ahora = datetime.now(UTC)
    borrador = borradores.preparar(sitio, quien, mundo.ROSA, ahora)
    borradores.anotar(borrador, DATOS, sitio.funcionarios[quien], ahora)
    borradores.adjuntar(sitio, borrador, mundo.archivo(sitio, mundo.pdf(2), "carta.pdf"), ())
    return borrador.__name__


def subir(sitio: Sitio, quien: str) -> None:
    tabla = mundo.archivo(sitio, muestras.tabla(muestras.filas(3)), f"{quien}.csv", "text/csv")
    paquete = mundo.archivo(sitio, muestras.paquete(), "enero.zip", "application/zip")
    lotes.traer(sitio, quien, tabla, paquete, datetime.now(UTC))


@pytest.fixture
def en(base_de_datos: DB) -> Callable[[Callable[[Sitio], Any]], Any]:
    def hacer(acto: Callable[[Sitio], Any]) -> Any:
        with base_de_datos.transaction() as conexion:
            return acto(conexion.root()[RAIZ])

    return hacer


@pytest.fixture
def de_dos(en: Any) -> list[str]:
    """Two notifiers prepare a deposit and a bulk each; returns the names of the deposits, the first's first."""
    en(lambda sitio: mundo.funcionario(sitio, "otra", ("notificador",)))
    for quien in ("notificador", "otra"):
        en(lambda sitio, quien=quien: subir(sitio, quien))
    return [en(lambda sitio, quien=quien: preparar(sitio, quien)) for quien in ("notificador", "otra")]


def filas(pagina: Any) -> list[str]:
    return [" ".join(fila.text.split()) for fila in pagina.html.select("tbody tr")]


def menu(pagina: Any) -> list[str]:
    return [a.text for a in pagina.html.select("nav.menu a")]


@pytest.mark.usefixtures("de_dos")
def test_the_auditor_reads_everybodys_from_the_menu_with_their_author(navegador: Navegador) -> None:
    inicio = navegador.entrar_al_modulo("auditor")

    preparadas, subidos = (filas(inicio.click(f"^{rotulo}$")) for rotulo in ("En preparación", "Lotes"))

    assert sorted("otra" in fila for fila in preparadas) == [False, True]
    assert sorted("notificador" in fila for fila in preparadas) == [False, True]
    assert all("QUISPE MAMANI ROSA, DNI 40000001" in fila and "Por revisar" in fila for fila in preparadas)
    assert sorted(fila.split()[0] for fila in subidos) == ["notificador.csv", "otra.csv"]
    assert all("En espera" in fila for fila in subidos)


def test_the_auditor_reads_what_was_typed_and_which_files_there_are_and_can_do_nothing(
    navegador: Navegador, de_dos: list[str], en: Any
) -> None:
    navegador.entrar_al_modulo("auditor")

    pagina = navegador.elegir(navegador.get("/admin/notificar/todas"), "CARTA")

    assert pagina.request.path.endswith("/lectura")
    dicho = " ".join(pagina.html.main.text.split())
    for palabras in (DATOS["documento.asunto"], DATOS["expediente.numero"], "carta.pdf", "2 páginas", "Firmado por"):
        assert palabras in dicho
    assert not pagina.html.main.select("form, button, input")
    ultimo = en(lambda sitio: next(sitio.auditoria.hacia_atras()))
    assert (ultimo.actor, ultimo.acto, ultimo.sobre) == ("auditor", "consultar", pagina.request.path[7:-8])


def test_what_was_deposited_leads_to_its_notification(navegador: Navegador, de_dos: list[str], en: Any) -> None:
    codigo = next(iter(en(lambda sitio: [n.codigo for n in sitio.personas[mundo.ROSA].casilla])))

    def depositado(sitio: Sitio) -> None:
        sitio.borradores[de_dos[0]].codigo = codigo

    en(depositado)
    navegador.entrar_al_modulo("auditor")

    assert any("Depositada" in fila for fila in filas(navegador.get("/admin/notificar/todas")))
    ficha = navegador.consultar(f"/admin/notificar/{de_dos[0]}/lectura")
    assert ficha.location.endswith(f"/admin/depositos/{codigo}")


@pytest.mark.parametrize("rol", ["notificador", "registro", "administrador", "contenido"])
def test_nobody_else_has_the_lists_nor_their_place_in_the_menu(
    navegador: Navegador, de_dos: list[str], rol: str
) -> None:
    inicio = navegador.entrar_al_modulo(rol)

    assert not {"En preparación", "Lotes"} & set(menu(inicio))
    for camino in ("notificar/todas", "lotes/todos", f"notificar/{de_dos[1]}/lectura"):
        navegador.get(f"/admin/{camino}", status=403)


def test_a_notifier_goes_on_seeing_their_own_alone(navegador: Navegador, de_dos: list[str]) -> None:
    navegador.entrar_al_modulo("notificador")

    assert len(filas(navegador.get("/admin/notificar"))) == 1
    [lote] = navegador.get("/admin/lotes").html.select("#suyos ~ table tbody th")
    assert lote.text == "notificador.csv"


def test_when_nobody_prepares_anything_it_is_said(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")

    assert "Nadie empezó ninguna notificación" in navegador.get("/admin/notificar/todas")
    assert "Nadie subió ningún lote" in navegador.get("/admin/lotes/todos")
