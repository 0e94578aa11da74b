"""Documents for the demonstration: letters that look real, of people and offices that do not exist.

The same date gives the same bytes, so that depositing them again is a repetition and not another deposit.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from casilla.printing.estilos import Celda, Estilo
from casilla.printing.fuentes import SEMINEGRA
from casilla.printing.hoja import ANCHO
from casilla.printing.papel import Papel
from casilla.services.horas import en_lima, fecha_larga

_ENTIDAD = "Ministerio de la Mujer y Poblaciones Vulnerables"
_CABEZA = Estilo(SEMINEGRA, 11, 15, b"0.78 0.06 0.18")
_TITULO = Estilo(SEMINEGRA, 13, 20)
_NEGRITA = Estilo(SEMINEGRA, 10.5, 16)
_CUERPO = Estilo(cuerpo=10.5, salto=16)
_MENOR = Estilo(cuerpo=9, salto=13)
_ANCHOS = (28.0, 250.0, 120.0, 40.0)
# Short letters for one person, so that the tray has a second page.
_SERIE = 28
_CON_SERIE = "1-99000001"


@dataclass(frozen=True)
class Muestra:
    """A document to be deposited: ``sobre`` is the JSON of the API, ``archivos`` are (name, media type, bytes)."""

    clave: str
    sobre: dict[str, Any]
    documento: bytes
    anexos: tuple[tuple[str, str, bytes], ...]
    leida: bool = False


def muestras(base: datetime) -> Iterator[Muestra]:
    """Everything to deposit; dates are reckoned back from ``base`` (aware)."""
    for texto in _textos():
        yield _muestra(texto, base)
    for n in range(1, _SERIE + 1):
        yield _muestra(_acuse(n), base)


def dependencias() -> tuple[str, ...]:
    """Those that deposit, each once."""
    return tuple(dict.fromkeys(texto["dependencia"] for texto in _textos()))


def _textos() -> list[dict[str, Any]]:
    return json.loads((files("casilla.scripts") / "muestras.json").read_text("utf-8"))


def _acuse(n: int) -> dict[str, Any]:
    """The n-th of a series of one-page letters."""
    return {
        "para": _CON_SERIE,
        "a": "Señor JOSÉ LUIS FICTICIO MUESTRA",
        "tipo": "CARTA",
        "numero": f"{n + 500:06}-{{anio}}-OACGD",
        "expediente": f"OACGD0{{anio}}{n + 900:06}",
        "asunto": f"Se recibió su solicitud n.° {n} y se trasladó al área competente",
        "dependencia": "OFICINA DE ATENCIÓN A LA CIUDADANÍA Y GESTIÓN DOCUMENTAL",
        "firmado_por": "DIRECTORA FICTICIA DE EJEMPLO",
        "cargo": "Directora de la Oficina de Atención a la Ciudadanía y Gestión Documental",
        "elaborado_por": "ESPECIALISTA FICTICIO DE EJEMPLO",
        "dias": 30 + n,
        "plazo": 0,
        "leida": n % 5 == 0,
        "parrafos": [
            f"Me dirijo a usted para comunicarle que su solicitud n.° {n}, presentada por la mesa de partes digital, "
            "fue recibida y registrada con el número de expediente que figura en la parte superior de esta carta.",
            "La solicitud se trasladó al área competente, que le dará respuesta por este medio en el plazo de ley. "
            "Puede consultar el estado de su trámite con el número de expediente.",
        ],
        "cierre": ["Sin otro particular, quedo de usted."],
        "anexos": {},
    }


def _muestra(texto: dict[str, Any], base: datetime) -> Muestra:
    fecha = base - timedelta(days=texto["dias"])
    datos = {**texto, **{campo: texto[campo].format(anio=fecha.year) for campo in ("numero", "expediente")}}
    tipo_documento, _, numero = texto["para"].partition("-")
    sobre = {
        "destinatario": {"tipo_documento": tipo_documento, "numero": numero},
        "expediente": {"numero": datos["expediente"], "fecha": en_lima(fecha - timedelta(days=7)).date().isoformat()},
        "documento": {**{c: datos[c] for c in ("tipo", "numero", "asunto")}, "fecha": _iso(fecha)},
        "remitente": {campo: datos[campo] for campo in ("dependencia", "firmado_por", "elaborado_por")},
        "fecha_emision": _iso(fecha + timedelta(minutes=1)),
    }
    if datos["plazo"]:
        sobre["plazo_dias_habiles"] = datos["plazo"]
    anexos = tuple(_anexo(nombre, titulo, datos, fecha) for nombre, titulo in datos["anexos"].items())
    return Muestra(f"demo-{datos['numero']}", sobre, _carta(datos, fecha), anexos, datos.get("leida", False))


def _iso(momento: datetime) -> str:
    return en_lima(momento).isoformat(timespec="seconds")


def _papel(datos: dict[str, Any], titulo: str, fecha: datetime) -> Papel:
    papel = Papel(
        titulo=titulo, autor=_ENTIDAD, asunto=datos["asunto"], fecha=fecha, pie=f"Expediente {datos['expediente']}"
    )
    papel.texto("P", f"PERÚ | {_ENTIDAD}", _CABEZA)
    papel.texto("P", datos["dependencia"], _MENOR)
    papel.caja(0, papel.y - 6, ANCHO, 1, b"0.78 0.06 0.18")
    papel.y -= 24
    return papel


def _carta(datos: dict[str, Any], fecha: datetime) -> bytes:
    papel = _papel(datos, f"{datos['tipo']} {datos['numero']}", fecha)
    papel.texto("P", f"Lima, {fecha_larga(fecha)}", _CUERPO)
    papel.y -= 10
    papel.texto("H1", f"{datos['tipo']} N.° {datos['numero']}", _TITULO)
    papel.columnas(Celda("P", 0, ANCHO, [(_NEGRITA, datos["a"]), (_CUERPO, "Presente.-")]))
    papel.y -= 10
    for rotulo, valor in (("Asunto", datos["asunto"]), ("Expediente", datos["expediente"])):
        papel.columnas(Celda("P", 0, 90, [(_NEGRITA, rotulo)]), Celda("P", 96, ANCHO - 96, [(_CUERPO, valor)]))
    papel.y -= 12
    _parrafos(papel, datos["parrafos"])
    if "cuadro" in datos:
        _cuadro(papel, datos["cuadro"])
    _parrafos(papel, datos["cierre"])
    papel.reservar(120)
    papel.y -= 40
    papel.columnas(
        Celda("P", 0, ANCHO, [(_MENOR, "Documento de demostración, sin valor"), (_NEGRITA, datos["firmado_por"])])
    )
    papel.texto("P", datos["cargo"], _CUERPO)
    return papel.cerrar()


def _parrafos(papel: Papel, parrafos: list[str]) -> None:
    for parrafo in parrafos:
        papel.texto("P", parrafo, _CUERPO)
        papel.y -= 9


def _cuadro(papel: Papel, cuadro: dict[str, Any]) -> None:
    with papel.tabla(*_fila("TH", cuadro["titulos"], _NEGRITA)) as tabla:
        for fila in cuadro["filas"]:
            papel.fila(tabla, *_fila("TD", fila, _MENOR))
    papel.y -= 12


def _fila(etiqueta: str, textos: list[str], estilo: Estilo) -> list[Celda]:
    alcance = "Column" if etiqueta == "TH" else ""
    lugares = [sum(_ANCHOS[:n]) + 6 * n for n in range(len(_ANCHOS))]
    return [
        Celda(etiqueta, x, ancho, [(estilo, texto)], alcance)
        for x, ancho, texto in zip(lugares, _ANCHOS, textos, strict=True)
    ]


def _anexo(nombre: str, titulo: str, datos: dict[str, Any], fecha: datetime) -> tuple[str, str, bytes]:
    """An annex whose kind is that of its name."""
    cuadro = datos.get("cuadro", {"titulos": ["N.°", "Tema", "Responsable", "Min."], "filas": _AGENDA})
    if nombre.endswith(".csv"):
        lineas = [";".join(fila) for fila in (cuadro["titulos"], *cuadro["filas"])]
        return nombre, "text/csv", ("\ufeff" + "\r\n".join(lineas) + "\r\n").encode()
    if nombre.endswith(".txt"):
        return nombre, "text/plain", "\r\n\r\n".join(datos["cierre"]).encode()
    papel = _papel(datos, titulo, fecha)
    papel.texto("H1", titulo, _TITULO)
    papel.y -= 8
    _cuadro(papel, cuadro)
    return nombre, "application/pdf", papel.cerrar()


_AGENDA = [
    ["1", "Bienvenida y verificación de asistentes", "Moderación", "5"],
    ["2", "Revisión de las respuestas a las consultas", "Equipo técnico", "40"],
    ["3", "Cronograma de pruebas de interoperabilidad", "Ambas partes", "25"],
    ["4", "Acuerdos y cierre", "Moderación", "10"],
]
