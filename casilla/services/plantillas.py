"""Texts with fields in braces, ``{codigo}``: which each may have, which it must, and what is said when it has not.

A letter's links, codes and tables are blocks: the program makes them, the text says where they stand, each in a
paragraph of its own. So no edit can change where a link leads; and none can be saved without it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casilla.evolve.semillas import semilla
from casilla.resources.contenido import Redaccion
from casilla.resources.sitio import Sitio
from casilla.services import correspondencia as c

_CAMPO = re.compile(r"\{(\w+)\}")
_LENGUA = re.compile(r"\]\{[a-z]{2,3}\}")  # of words in another language: [Allillanchu]{qu}
_DIRECCION = re.compile(r"https?://|www\.", re.IGNORECASE)

# The notice of a deposit for whoever wants no document named in it.
AVISO_DISCRETO = "aviso-discreto"

# What the institution says of itself, in any text; ``institucion`` is its name.
DE_LA_INSTITUCION = (
    *("institucion", "nombre", "sigla", "sistema", "oficina", "direccion", "telefono", "anexo", "correo"),
    "horario",
)


@dataclass(frozen=True)
class Plantilla:
    """The fields of a text: ``bloques`` once each and alone, ``exigidos`` in the body, ``en_titulo`` there."""

    bloques: tuple[str, ...] = ()
    exigidos: tuple[str, ...] = ()
    en_titulo: tuple[str, ...] = ()
    admitidos: tuple[str, ...] = ()

    @property
    def campos(self) -> tuple[str, ...]:
        """All that may stand among words, in the body."""
        return tuple(dict.fromkeys((*self.exigidos, *self.en_titulo, *self.admitidos)))


def _carta(*bloques: str, exige: str = "", titulo: str = "", admite: str = "") -> Plantilla:
    return Plantilla(bloques, tuple(exige.split()), tuple(titulo.split()), (*admite.split(), *DE_LA_INSTITUCION))


CARTAS = {
    c.VALIDACION_CORREO: _carta("codigo", "enlace", exige="vence"),
    c.CREDENCIALES: _carta("enlace", "credenciales", exige="vence"),
    c.AVISO_DEPOSITO: _carta("hechos", "enlace", titulo="tipo numero", admite="nombres"),
    AVISO_DISCRETO: _carta("hechos", "enlace", admite="nombres"),
    c.YA_TIENE_CASILLA: _carta("enlace_ingreso", "enlace_recuperar"),
    c.RECUPERACION_CLAVE: _carta("enlace", exige="vence"),
    c.RECUPERACION_EN_ESPERA: _carta(exige="desde corregido telefono"),
    c.CLAVE_CAMBIADA: _carta(exige="cuando telefono"),
    c.CODIGO_CORREO: _carta("codigo", exige="vence"),
    c.CORREO_CAMBIADO: _carta(exige="cuando telefono"),
    c.CORREO_CORREGIDO: _carta(exige="cuando hasta motivo telefono"),
    c.INTENTOS_FALLIDOS: _carta(exige="cuando telefono"),
    c.AVISO_PRUEBA: _carta("enlace"),
    c.CASILLA_CERRADA: _carta("enlace", exige="cuando telefono"),
    c.CAMBIO_DE_LA_INSTITUCION: _carta(exige="hecho cuando motivo telefono"),
    c.SOLICITUD_EN_REVISION: _carta(exige="cuando hasta telefono"),
    c.SOLICITUD_AUTORIZADA: _carta("codigo", "enlace", exige="vence"),
    c.SOLICITUD_DENEGADA: _carta("enlace", exige="motivo telefono"),
    c.CREDENCIALES_MODULO: _carta("credenciales", "enlace", exige="vence"),
    c.CAMBIO_EN_EL_MODULO: _carta(exige="usuario hecho cuando telefono"),
    c.RESUMEN_DIARIO: _carta("nuevas", "por_vencer", "enlace", "enlace_avisos", exige="cuantas hoy", admite="nombres"),
}
_TEXTOS = {
    "constancia": Plantilla(exigidos=("institucion", "sigla"), admitidos=("oficina",)),
    "plazo": Plantilla(),
}
_CUALQUIERA = Plantilla(admitidos=DE_LA_INSTITUCION)


def plantilla_de(clase: str, nombre: str) -> Plantilla:
    """What the text of that name may hold."""
    return CARTAS[nombre] if clase == "carta" else _TEXTOS.get(nombre, _CUALQUIERA)


def rellenar(texto: str, valores: Mapping[str, str]) -> str:
    """The fields filled in, in one pass, so that no value brings another; words in braces that are none stay."""
    return _CAMPO.sub(lambda campo: valores.get(campo[1], campo[0]), texto)


def parrafos(cuerpo: str) -> list[str]:
    """What empty lines set apart."""
    return [parrafo.strip() for parrafo in re.split(r"\n\s*\n", cuerpo) if parrafo.strip()]


def bloque(parrafo: str) -> str | None:
    """The field that is all of this paragraph."""
    solo = _CAMPO.fullmatch(parrafo)
    return solo[1] if solo else None


def quejas(clase: str, nombre: str, redaccion: Redaccion) -> dict[str, str]:
    """What is wrong with the fields, in words for whoever wrote it, by "titulo" and "cuerpo"; empty: all is well."""
    plantilla = plantilla_de(clase, nombre)
    if clase != "carta":
        redaccion = redaccion._replace(cuerpo=_LENGUA.sub("]", redaccion.cuerpo))
    halladas = {
        "titulo": [*_ajenos(redaccion.titulo, plantilla.campos), *_faltan(redaccion.titulo, plantilla.en_titulo)],
        "cuerpo": [
            *_ajenos(redaccion.cuerpo, (*plantilla.campos, *plantilla.bloques)),
            *_faltan(redaccion.cuerpo, plantilla.exigidos),
            *_bloques_mal_puestos(redaccion.cuerpo, plantilla.bloques),
            *(_enlaces_propios(redaccion) if clase == "carta" else ()),
        ],
    }
    return {campo: ". ".join(palabras) for campo, palabras in halladas.items() if palabras}


def _ajenos(texto: str, admitidos: tuple[str, ...]) -> list[str]:
    ajenos = dict.fromkeys(campo for campo in _CAMPO.findall(texto) if campo not in admitidos)
    dichos = [f"El campo {{{campo}}} no existe en este texto" for campo in ajenos]
    if re.search(r"[{}]", _CAMPO.sub("", texto)):
        dichos.append("Hay una llave suelta: los campos se escriben así: {institucion}")
    return dichos


def _faltan(texto: str, exigidos: tuple[str, ...]) -> list[str]:
    escritos = _CAMPO.findall(texto)
    return [f"Falta el campo {{{campo}}}" for campo in exigidos if campo not in escritos]


def _bloques_mal_puestos(cuerpo: str, bloques: tuple[str, ...]) -> list[str]:
    solos, escritos = [bloque(parrafo) for parrafo in parrafos(cuerpo)], _CAMPO.findall(cuerpo)
    dichos = [f"Falta el campo {{{b}}}" for b in bloques if b not in escritos]
    return dichos + [
        f"El campo {{{b}}} debe ir una sola vez, en un párrafo propio, entre líneas vacías"
        for b in bloques
        if b in escritos and (solos.count(b), escritos.count(b)) != (1, 1)
    ]


def _enlaces_propios(redaccion: Redaccion) -> list[str]:
    """A letter teaches which links to trust: those that the program puts."""
    if _DIRECCION.search(redaccion.titulo + redaccion.cuerpo):
        return ["No escriba direcciones web en una carta: los enlaces los pone el sistema"]
    return []


def palabras_de(sitio: Sitio, cuando: datetime, carta: str) -> Redaccion:
    """How the institution wrote this letter for those promised at that time; the package's words where it has none."""
    contenido = sitio.contenidos.get(carta)
    if contenido is None or contenido.clase != "carta":
        return palabras_iniciales(carta)
    return contenido.en_uso(cuando).redaccion


def palabras_iniciales(carta: str) -> Redaccion:
    """How the package writes it."""
    return semilla("carta", carta)
