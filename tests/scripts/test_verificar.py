"""``casilla verificar``: whatever disagrees in the store is found and named."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casilla.resources.salida import Carta
from casilla.resources.sitio import Sitio
from tests import mundo
from tests.scripts.conftest import Instalacion


def de_rosa(sitio: Sitio) -> Any:
    return sitio.personas[mundo.ROSA].casilla


def primera(sitio: Sitio) -> Any:
    return next(iter(de_rosa(sitio)))


def test_a_sound_store_agrees(poblada: Instalacion) -> None:
    resultado = poblada.orden("verificar")

    assert resultado.exit_code == 0, resultado.output
    assert resultado.stdout == "Todo concuerda.\n"


def perder_del_indice_de_correos(sitio: Sitio) -> None:
    del sitio.personas._correos["rosa@correo.example"]


def perder_de_la_bandeja(sitio: Sitio) -> None:
    casilla = de_rosa(sitio)
    casilla.pendientes.quitar(casilla.pendientes.numeros.maxKey())


def contar_de_mas(sitio: Sitio) -> None:
    de_rosa(sitio).leidos.cuenta.change(1)


def perder_del_orden_de_solicitudes(sitio: Sitio) -> None:
    sitio.solicitudes._por_edad.add((mundo.ENERO, "nadie"))


@pytest.mark.parametrize(
    ("danar", "palabras"),
    [
        (perder_del_indice_de_correos, "personas: el índice de correos"),
        (perder_de_la_bandeja, "no está en su bandeja"),
        (contar_de_mas, "la cuenta de leidos no es la de su bandeja"),
        (perder_del_orden_de_solicitudes, "solicitudes: el orden por edad"),
    ],
)
def test_an_index_that_lies_is_found_and_repaired(
    poblada: Instalacion, danar: Callable[[Sitio], None], palabras: str
) -> None:
    poblada.hacer(danar)

    resultado = poblada.orden("verificar")
    assert resultado.exit_code == 1
    assert palabras in resultado.stdout

    reparado = poblada.orden("verificar", "--reparar")
    assert reparado.exit_code == 0, reparado.output
    assert "Rehecho: " in reparado.stdout
    assert poblada.orden("verificar").exit_code == 0


def perder_del_registro(sitio: Sitio) -> None:
    codigo = primera(sitio).codigo
    sitio.registro._arbol(codigo).pop(codigo)


def perder_la_llave_del_remitente(sitio: Sitio) -> None:
    arbol = next(arbol for arbol in sitio.recibidos.arboles if arbol)
    del arbol[arbol.minKey()]


def perder_un_evento(sitio: Sitio) -> None:
    arbol = next(a for a in sitio.eventos.arboles if a and a[a.minKey()][0] == "depositado")
    del arbol[arbol.minKey()]


def perder_la_constancia(sitio: Sitio) -> None:
    primera(sitio).constancia = None


def perder_el_aviso(sitio: Sitio) -> None:
    lugar = next(lugar for lugar, carta in sitio.salida if carta.sobre is primera(sitio))
    sitio.salida.quitar(lugar)


def anunciar_lo_que_no_esta(sitio: Sitio) -> None:
    ajena = type(primera(sitio))(codigo="NOESTA", depositado_en=mundo.ENERO)
    sitio.salida.agregar("x", Carta("aviso-deposito", "x@correo.example", ajena, 0, mundo.ENERO))


def quitar_la_casilla(sitio: Sitio) -> None:
    del sitio.casillas[de_rosa(sitio).__name__]


def quitar_al_usuario(sitio: Sitio) -> None:
    del sitio.usuarios[mundo.ROSA]


def contar_mal_a_las_personas(sitio: Sitio) -> None:
    sitio.personas._cuenta.change(2)


def anunciar_un_evento_de_nadie(sitio: Sitio) -> None:
    sitio.eventos.agregar("NADIE", ("leido", "NADIE", mundo.ENERO))


def cerrar_sin_papel(sitio: Sitio) -> None:
    de_rosa(sitio).cerrada_en = mundo.ENERO


@pytest.mark.parametrize(
    ("danar", "palabras"),
    [
        (cerrar_sin_papel, "cerró su casilla y le falta la constancia"),
        (perder_del_registro, "no está en el registro"),
        (perder_la_llave_del_remitente, "recibidos: no tiene las mismas notificaciones que el registro (4 de 5)"),
        (perder_un_evento, "eventos: no tiene las mismas notificaciones que el registro (4 de 5)"),
        (perder_la_constancia, "le falta el documento o la constancia"),
        (perder_el_aviso, "su aviso no salió ni está en cola"),
        (anunciar_lo_que_no_esta, "salida: una carta anuncia NOESTA"),
        (quitar_la_casilla, "no tiene su casilla"),
        (quitar_al_usuario, "no tiene su usuario"),
        (contar_mal_a_las_personas, "personas: hay 4 y la cuenta dice 6"),
        (anunciar_un_evento_de_nadie, "eventos: hay uno de NADIE"),
    ],
)
def test_what_no_index_can_mend_is_named_and_ends_with_1(
    poblada: Instalacion, danar: Callable[[Sitio], None], palabras: str
) -> None:
    poblada.hacer(danar)

    resultado = poblada.orden("verificar", "--reparar")

    assert resultado.exit_code == 1
    assert palabras in resultado.stdout


def archivo_de_un_documento(poblada: Instalacion) -> Path:
    return Path(poblada.hacer(lambda sitio: primera(sitio).documento.ruta))


def test_a_document_of_which_one_bit_changed_is_found(poblada: Instalacion) -> None:
    archivo = archivo_de_un_documento(poblada)
    contenido = bytearray(archivo.read_bytes())
    contenido[100] ^= 1
    archivo.chmod(0o600)
    archivo.write_bytes(contenido)

    resultado = poblada.orden("verificar")

    assert resultado.exit_code == 1
    assert "documento: su archivo no es el que se depositó" in resultado.stdout


def test_a_document_whose_file_is_gone_is_found_and_the_rest_is_looked_at(poblada: Instalacion) -> None:
    archivo_de_un_documento(poblada).unlink()
    poblada.hacer(contar_mal_a_las_personas)

    resultado = poblada.orden("verificar")

    assert resultado.exit_code == 1
    assert "documento: falta su archivo" in resultado.stdout
    assert "personas: hay 4" in resultado.stdout


def test_a_file_that_no_record_names_is_counted_and_is_no_fault(poblada: Instalacion) -> None:
    archivo = archivo_de_un_documento(poblada)
    os.link(archivo, archivo.with_name("0x0000000000000001.blob"))

    resultado = poblada.orden("verificar")

    assert resultado.exit_code == 0
    assert "que solo ocupan disco: 1" in resultado.stdout


def asentado(poblada: Instalacion) -> str:
    """Somebody administers; returns what ``verificar`` says of the last entry then."""
    crear = ["--nombres", "Ana", "--correo", "ana@institucion.example", "--rol", "auditor"]
    assert poblada.orden("usuario", "crear", "ana", *crear).exit_code == 0
    return poblada.orden("verificar").stdout.splitlines()[0].rpartition(" ")[2]


def test_the_last_entry_of_the_audit_is_told_with_its_seal_and_can_be_asked_for_later(poblada: Instalacion) -> None:
    apuntado = asentado(poblada)
    assert poblada.orden("usuario", "clave", "ana").exit_code == 0

    resultado = poblada.orden("verificar", "--sello", apuntado)

    assert resultado.exit_code == 0, resultado.output
    assert resultado.stdout.splitlines()[0].startswith("Último asiento de la auditoría y su sello: 2:")


def test_a_store_that_lost_the_entry_that_was_noted_is_found_out(poblada: Instalacion) -> None:
    apuntado = asentado(poblada)

    resultado = poblada.orden("verificar", "--sello", apuntado.replace("1:", "7:", 1))

    assert resultado.exit_code == 1
    assert "el asiento 7, del que hay un sello apuntado, ya no está" in resultado.stdout


def quitar_el_ultimo_asiento(sitio: Sitio) -> None:
    sitio.auditoria._asientos.clear()


def cambiar_un_asiento(sitio: Sitio) -> None:
    sitio.auditoria._asientos[1] = (*sitio.auditoria._asientos[1][:3], "otra", *sitio.auditoria._asientos[1][4:])


def estropear_un_asiento(sitio: Sitio) -> None:
    sitio.auditoria._asientos[1] = (1, "nada")


@pytest.mark.parametrize(
    ("danar", "palabras"),
    [
        (quitar_el_ultimo_asiento, "falta el asiento 1, del final"),
        (cambiar_un_asiento, "el asiento 1 no es el que se asentó"),
        (estropear_un_asiento, "auditoría: no se puede leer"),
    ],
)
def test_an_audit_that_was_tampered_with_is_found(
    poblada: Instalacion, danar: Callable[[Sitio], None], palabras: str
) -> None:
    asentado(poblada)
    poblada.hacer(danar)

    resultado = poblada.orden("verificar")

    assert resultado.exit_code == 1
    assert palabras in resultado.stdout


@pytest.mark.parametrize("sello", ["1", "1:abc", "0:" + "a" * 64, "uno:" + "a" * 64])
def test_what_is_no_seal_is_refused(poblada: Instalacion, sello: str) -> None:
    assert poblada.orden("verificar", "--sello", sello).exit_code == 2
