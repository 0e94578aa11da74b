"""What whoever keeps the calendar says of a day to come, or of office hours: each with its norm or its reason."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.forms import Boton, Esquema, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import SeccionCalendario
from casilla.resources.calendario import Dia
from casilla.services import calendario
from casilla.services.calendario import TOPE, NoSePuede, calendario_al, declarado, plazos_en_curso, rige_desde
from casilla.services.cifras import miles
from casilla.services.feriados import feriados
from casilla.services.horas import fecha_con_dia, fecha_larga, hora
from casilla.views.admin.calendario import cambios, horario_dicho, que_se_dijo
from casilla.views.admin.dos_a_la_vez import marca, vigentes
from casilla.views.admin.formularios_de_calendario import EsquemaDeDia, EsquemaDeHorario, EsquemaDeMotivo, leer_hora
from casilla.views.admin.pagina import FORMULARIO, auditar, direccion, ir

_NO_CAMBIA = (
    "Lo que ya se depositó conserva sus fechas; el cambio rige para lo que se deposite desde uno o dos minutos después."
)


def _acto(nombre: str) -> Callable[[Any], Any]:
    return view_config(
        context=SeccionCalendario,
        name=nombre,
        request_method=("GET", "POST"),
        permission=Permiso.GESTIONAR_CALENDARIO,
        renderer=FORMULARIO,
    )


@_acto("agregar")
def agregar(context: SeccionCalendario, request: Request) -> Any:
    formulario = _formulario(EsquemaDeDia(), request, "Agregar el día")
    datos = _recibir(formulario, request)
    if datos:
        dia, nombre, base = datos["dia"], datos["nombre"], datos["base"]

        def exigir() -> None:
            calendario.exigir_declarable(request.sitio, dia, request.ahora)

        if _dicho(formulario, exigir, "dia") and not _falta_avisar(formulario, request, datos):
            calendario.no_laborable(request.sitio, dia, nombre, base, **_quien(request))
            return _hecho(request, dia, "", f"Día no laborable: {nombre}. {base}", "no se cuenta en los plazos")
    return _pagina(request, "Agregar un día no laborable", formulario, "Los sábados y domingos ya no cuentan.")


@_acto("habil")
def declarar_habil(context: SeccionCalendario, request: Request) -> Any:
    dia = _dia(request)
    nombre = feriados(dia.year).get(dia)
    if declarado(request.sitio, dia):
        return _ya_dicho(request, dia)
    if nombre is None:
        raise HTTPNotFound
    formulario = _formulario(EsquemaDeMotivo(), request, "Declarar hábil")
    datos = _recibir(formulario, request)
    if datos and _dicho(formulario, lambda: calendario.habil(request.sitio, dia, datos["base"], **_quien(request))):
        return _hecho(request, dia, nombre, f"Feriado declarado hábil: {nombre}. {datos['base']}", "cuenta como hábil")
    titulo = f"Declarar hábil el {fecha_con_dia(dia)}"
    return _pagina(request, titulo, formulario, f"Es feriado nacional: {nombre}.", _alcanzados(request, dia))


@_acto("retirar")
def retirar(context: SeccionCalendario, request: Request) -> Any:
    dia = _dia(request)
    antes = declarado(request.sitio, dia)
    if antes is None:
        return _ya_dicho(request, dia)
    formulario = _formulario(EsquemaDeMotivo(), request, "Retirar")
    datos = _recibir(formulario, request)
    if datos and _dicho(formulario, lambda: calendario.retirar(request.sitio, dia, datos["base"], **_quien(request))):
        que = "cuenta como hábil" if calendario_al(request.sitio, None).es_habil(dia) else "no se cuenta en los plazos"
        return _hecho(request, dia, f"{antes.nombre}. {antes.base}", f"Se retiró: {datos['base']}", que)
    titulo = f"Retirar lo declarado del {fecha_con_dia(dia)}"
    return _pagina(request, titulo, formulario, f"{antes.nombre}. {antes.base}", _alcanzados(request, dia))


@_acto("horario")
def horario(context: SeccionCalendario, request: Request) -> Any:
    oficial = request.sitio.calendario
    antes = oficial.horario(len(oficial.horas))
    presentes = {"abre": antes.abre, "cierra": antes.cierra} if antes else {}
    formulario = _formulario(EsquemaDeHorario(), request, "Guardar", presentes)
    datos = _recibir(formulario, request)
    if datos:
        horas, dicho = (leer_hora(datos["abre"]), leer_hora(datos["cierra"])), horario_dicho(antes)
        calendario.fijar_horario(request.sitio, *horas, datos["base"], **_quien(request))
        ahora = horario_dicho(oficial.horario(len(oficial.horas)))
        auditar(request, "editar", "calendario/horario", antes=dicho, despues=f"{ahora}. {datos['base']}")
        return ir(request, "calendario", palabras=f"Horario de recepción: {ahora.lower()}, {_desde(request)}.")
    parrafo = (
        "Lo que se deposite después de la hora de cierre se tiene por depositado el día hábil siguiente. Deje ambas"
    )
    return _pagina(request, "Horario de recepción", formulario, f"{parrafo} vacías para recibir todo el día.")


def _ya_dicho(request: Request, dia: date) -> HTTPSeeOther:
    """For who comes second: what was said of the day last, and by whom. Raises HTTPNotFound when nothing was."""
    dichos = [hecho for hecho in map(Dia._make, request.sitio.calendario.dias) if hecho.dia == dia]
    if not dichos:
        raise HTTPNotFound
    palabras = f"Ya estaba hecho: {que_se_dijo(dichos[-1])}, por {dichos[-1].actor}."
    return ir(request, "calendario", palabras=palabras, cola="aviso")


def _dia(request: Request) -> date:
    """The day that the address names. Raises HTTPNotFound."""
    try:
        return date.fromisoformat(request.GET.get("dia", ""))
    except ValueError:
        raise HTTPNotFound from None


def _formulario(
    esquema: Esquema, request: Request, boton: str, presentes: Mapping[str, str] | None = None
) -> Formulario:
    botones = (Boton(boton), Boton("Regresar", href=direccion(request, "calendario")))
    datos = {"marca": marca(request.sitio.calendario), **(presentes or {})}
    return Formulario(esquema, request, botones=botones, datos=datos)


def _recibir(formulario: Formulario, request: Request) -> dict[str, Any] | None:
    """What was sent, unless it is wrong or somebody else changed the calendar meanwhile."""
    return vigentes(formulario, request, marca(request.sitio.calendario))


def _dicho(formulario: Formulario, decir: Callable[[], None], campo: str | None = None) -> bool:
    """Whether it was done; else the form says why not."""
    try:
        decir()
    except NoSePuede as motivo:
        formulario.marcar(str(motivo), campo)
        return False
    return True


def _falta_avisar(formulario: Formulario, request: Request, datos: dict[str, Any]) -> bool:
    """Whether it is now told, for the first time, that terms under way reach the day."""
    dia, palabras = datos["dia"], _alcanzados(request, datos["dia"])
    if not palabras or datos["avisado"] == str(dia):
        return False
    formulario["avisado"].cstruct = str(dia)
    formulario.marcar(f"{palabras} Si el día es correcto, agréguelo otra vez.", "dia")
    return True


def _alcanzados(request: Request, dia: date) -> str:
    """How many terms under way reach the day, in words; empty for none."""
    cuantos = plazos_en_curso(request.sitio, dia)
    if not cuantos:
        return ""
    que = "1 plazo en curso vence" if cuantos == 1 else f"{_cuantos(cuantos)} plazos en curso vencen"
    return f"{que} el {fecha_larga(dia)} o después, y no se vuelven a calcular."


def _cuantos(cuantos: int) -> str:
    return f"Al menos {miles(TOPE)}" if cuantos == TOPE else miles(cuantos)


def _quien(request: Request) -> dict[str, Any]:
    return {"actor": request.identity.usuario, "ahora": request.ahora}


def _desde(request: Request) -> str:
    return f"para lo que se deposite desde las {hora(rige_desde(request.ahora))}"


def _hecho(request: Request, dia: date, antes: str, despues: str, que: str) -> Any:
    auditar(request, "editar", f"calendario/{dia}", antes=antes, despues=despues)
    palabras = f"El {fecha_con_dia(dia)} {que}, {_desde(request)}."
    respuesta = ir(request, "calendario", palabras=palabras)
    respuesta.location += f"?anio={dia.year}"
    return respuesta


def _pagina(request: Request, titulo: str, formulario: Formulario, *parrafos: str) -> dict[str, Any]:
    return {
        "titulo": titulo,
        "seccion": "calendario",
        "volver": (direccion(request, "calendario"), "Calendario"),
        "parrafos": (*filter(None, parrafos), _NO_CAMBIA),
        "formulario": formulario,
        "presentes": [
            (c.palabras, f"{c.base} ({c.actor}, desde el {c.desde})") for c in cambios(request.sitio.calendario)[:3]
        ],
    }
