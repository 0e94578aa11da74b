"""The benchmarks: ``make bench``, or ``python -m tests.bench``; its ``--help`` names the options.

A real server, one process with FileStorage, and clients in processes of their own. Everything is measured in turns, as
many rounds as asked, and the round least disturbed counts.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from tests.bench import almacen, escenarios, limites
from tests.bench.almacen import LLENAS, VACIAS
from tests.bench.carga import CALENTAMIENTO, Medicion, cargar
from tests.bench.exigencias import EXIGENCIAS
from tests.bench.informe import Informe, escribir, metas
from tests.bench.servidor import RAIZ, reintentos, servidor

CARPETA = RAIZ / "var" / "bench"
GRANDE = 10 << 20
MUCHAS = LLENAS[100_000]


class Corrida:
    """One server, and what is measured of it."""

    def __init__(self, informe: Informe, corrida: Path, segundos: float) -> None:
        self._informe = informe
        self._corrida = corrida
        self._segundos = segundos
        self._documento = almacen.documento()
        self._grande = almacen.documento(GRANDE)
        archivos = corrida / "archivos"
        archivos.mkdir(exist_ok=True)
        (archivos / "chico").write_bytes(self._documento)
        (archivos / "grande").write_bytes(self._grande)

    def preparar(self) -> None:
        """What the figures take for granted: two open notifications, and how large a constancia is."""
        self._chica = escenarios.preparar_descarga(VACIAS[0], self._documento)
        self._pesada = escenarios.preparar_descarga(VACIAS[1], self._grande)
        self._constancia = escenarios.constancia(VACIAS[2], self._documento)
        self._informe.datos["bytes de una constancia"] = len(self._constancia)

    def _medir(self, nombre: str, escenario: Callable, *argumentos: tuple, limite: str = "", **mas: object) -> Medicion:
        print(f"  {nombre}", flush=True)
        antes = reintentos()
        medicion = cargar(escenario, argumentos, self._segundos)
        self._informe.agregar(nombre, medicion, reintentos() - antes, limite=limite, **mas)
        return medicion

    def desnudos(self) -> None:
        archivos = (self._documento, self._constancia)
        self._informe.agregar("límite: 4 KiB al disco (fsync)", limites.anexar(self._corrida, self._segundos / 2))
        for n in (1, 4):
            medicion = limites.confirmar(self._corrida, archivos, n, self._segundos)
            self._informe.agregar(f"límite: commit con los 2 blobs, {n}", medicion, espera=(201,))
            self._medir(f"límite: página, {n}", escenarios.repetir, *[("/desnuda/pagina",)] * n)
        self._medir("límite: subir 100 KiB", escenarios.subir, (self._documento,))

    def depositos(self) -> None:
        datos = self._corrida / "Data.fs"
        antes = datos.stat().st_size
        una = self._depositar("depósito, 1 cliente", VACIAS[0])
        escrito = (datos.stat().st_size - antes) / (len(una.latencias) + CALENTAMIENTO)
        self._informe.datos["bytes escritos por depósito, sin los archivos"] = escrito
        self._depositar("depósito, 4 clientes", *VACIAS)
        self._depositar("depósito, 4 clientes en una casilla", *[VACIAS[0]] * 4)

    def _depositar(self, nombre: str, *quienes: str) -> Medicion:
        argumentos = [(quien, self._documento) for quien in quienes]
        limite = f"límite: commit con los 2 blobs, {len(quienes)}"
        return self._medir(nombre, escenarios.depositar, *argumentos, limite=limite, espera=(201,))

    def bandejas(self) -> None:
        for cuantas, quien in LLENAS.items():
            for nombre, consulta in (("primera", ""), ("última", "?pagina=ultima")):
                rotulo = f"bandeja de {_miles(cuantas)}, {nombre} página"
                self._medir(rotulo, escenarios.ver_bandeja, (quien, consulta), limite="límite: página, 1")
        for cuantas in (100, 100_000):
            rotulo = f"bandeja de {_miles(cuantas)}, 4 clientes"
            self._medir(rotulo, escenarios.ver_bandeja, *[(LLENAS[cuantas], "")] * 4, limite="límite: página, 4")

    def busquedas(self) -> None:
        """A part of a word, found all over the tray or nowhere in it; the first search of all has been before."""
        for cuantas, quien in LLENAS.items():
            for que, consulta in (("una palabra", "?q=solicitud"), ("una que no está", "?q=hipopotamo")):
                rotulo = f"buscar {que} entre {_miles(cuantas)}"
                self._medir(rotulo, escenarios.ver_bandeja, (quien, consulta), limite="límite: página, 1")

    def lecturas(self) -> None:
        self._medir("abrir (POST)", escenarios.abrir, (MUCHAS, False), limite="límite: página, 1", espera=(303,))
        self._medir("sobre, abrir y ver", escenarios.abrir, (MUCHAS, True), limite="límite: página, 1")

    def descargas(self) -> None:
        casos = (("100 KiB", "chico", VACIAS[0], self._chica), ("10 MiB", "grande", VACIAS[1], self._pesada))
        for rotulo, archivo, quien, fila in casos:
            megas = (len(self._documento) if archivo == "chico" else GRANDE) / 1e6
            for n in (1, 4):
                limite = f"límite: archivo de {rotulo}, {n}"
                self._medir(limite, escenarios.repetir, *[(f"/desnuda/archivo/{archivo}",)] * n, megas=megas)
                nombre = f"descarga de {rotulo}, {n}"
                self._medir(nombre, escenarios.descargar, *[(quien, fila)] * n, limite=limite, megas=megas)


PARTES = ("desnudos", "depositos", "bandejas", "busquedas", "lecturas", "descargas")


def principal() -> None:
    opciones = _opciones()
    base = almacen.preparar(CARPETA)
    for hilos in opciones.hilos:
        informe = Informe()
        corrida = almacen.copia(base, CARPETA / "corrida")
        with servidor(corrida, hilos=hilos, cartero=opciones.cartero, mas=opciones.waitress):
            esta = Corrida(informe, corrida, opciones.segundos)
            esta.preparar()
            for ronda in range(opciones.rondas):
                print(f"ronda {ronda + 1} de {opciones.rondas}, {hilos} hilos", flush=True)
                for parte in opciones.solo:
                    getattr(esta, parte)()
        _contar(informe, CARPETA / f"hilos-{hilos}.json")


def _contar(informe: Informe, ruta: Path) -> None:
    cumplidas = [*metas(informe, EXIGENCIAS)]
    print("", *informe.tabla(), "", *cumplidas, "", ruta, sep="\n")
    escribir(ruta, informe.json(cumplidas))


def _opciones() -> argparse.Namespace:
    lector = argparse.ArgumentParser(prog="python -m tests.bench", description="Mide la casilla.")
    lector.add_argument("--rondas", type=int, default=3, help="cuántas veces se mide todo (3)")
    lector.add_argument("--segundos", type=float, default=4, help="cuánto dura cada medida (4)")
    lector.add_argument("--hilos", type=_enteros, default=[2], help="hilos de waitress, como 1,2,4 (2)")
    lector.add_argument("--cartero", choices=("aparte", "hilo"), default="aparte", help="quién envía las cartas")
    lector.add_argument("--waitress", action="append", default=[], help="otro ajuste suyo, como recv_bytes=65536")
    lector.add_argument("--solo", type=lambda t: t.split(","), default=PARTES, help=f"partes, de {','.join(PARTES)}")
    return lector.parse_args()


def _miles(n: int) -> str:
    return f"{n:,}".replace(",", " ")


def _enteros(texto: str) -> list[int]:
    return [int(n) for n in texto.split(",")]


if __name__ == "__main__":
    principal()
