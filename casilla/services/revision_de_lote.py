"""The dry run of a bulk: everything that can be known of a row before it is deposited."""

from dataclasses import dataclass, field
from datetime import date, datetime

from casilla.gateways.clamd import Clamd
from casilla.resources.casilla import Fila
from casilla.resources.lote import Lote
from casilla.resources.sitio import Sitio
from casilla.services.deposito import Sobre
from casilla.services.documentos import DocumentoInvalido, NoExaminable, peso, sin_virus
from casilla.services.horas import dia_en_lima, fecha_larga
from casilla.services.lotes import Queja, Taller, sacar, sobre_de_fila
from casilla.services.palabras import plegar
from casilla.services.sobres import DatosInvalidos
from casilla.services.tabla_de_lote import ANEXOS, ARCHIVO, FilaDeLote
from casilla.services.texto_pdf import tiene_letras

SOBRA = ("fila", "sobra una columna: tiene más celdas que la primera fila, y lo que sigue a la que sobra está corrido")
SIN_TEXTO = "no tiene texto: parece escaneado, y un lector de pantalla no puede leerlo"


@dataclass
class Examen:
    """What was found of a file, or of a row: what keeps it back, and what does not."""

    errores: list[Queja] = field(default_factory=list)
    avisos: list[Queja] = field(default_factory=list)
    tamano: int = 0


@dataclass
class Revision:
    """Looks at the rows of one bulk, each on its own and beside the others. To look at one again finds the same."""

    taller: Taller
    antivirus: Clamd | None
    _archivos: dict[Queja, Examen] = field(default_factory=dict)
    _vistas: dict[str, int] = field(default_factory=dict)
    _anteriores: dict[str, dict[str, date]] = field(default_factory=dict)

    def archivos(self, fila: FilaDeLote) -> Examen:
        """The files that a row names, each looked at once however many rows name it. Raises NoResponde."""
        nombrados = [(ARCHIVO, fila.celdas[ARCHIVO]), *((ANEXOS, nombre) for nombre in fila.anexos)]
        examenes = [self._archivo(columna, nombre) for columna, nombre in nombrados]
        todo = Examen([e for x in examenes for e in x.errores], [a for x in examenes for a in x.avisos])
        if sum(examen.tamano for examen in examenes[1:]) > self.taller.anexos:
            todo.errores.append((ANEXOS, f"los anexos pasan de {peso(self.taller.anexos)}"))
        return todo

    def _archivo(self, columna: str, nombre: str) -> Examen:
        if (columna, nombre) not in self._archivos:
            self._archivos[columna, nombre] = self._mirado(columna, nombre)
        return self._archivos[columna, nombre]

    def _mirado(self, columna: str, nombre: str) -> Examen:
        try:
            archivo = sacar(
                self.taller, columna, nombre, getattr(self.taller, "documento" if columna == ARCHIVO else "anexos")
            )
        except DatosInvalidos as error:
            return Examen(list(error.errores))
        try:
            sin_virus(archivo, self.antivirus)
            es_pdf = archivo.tipo == "application/pdf"
            avisos = [(columna, f"«{nombre}» {SIN_TEXTO}")] if es_pdf and not tiene_letras(archivo.ruta) else []
            return Examen([], avisos, archivo.tamano)
        except (DocumentoInvalido, NoExaminable) as motivo:
            return Examen([(columna, str(motivo))])
        finally:
            archivo.ruta.unlink()

    def datos(self, sitio: Sitio, lote: Lote, fila: FilaDeLote, ahora: datetime) -> list[Queja]:
        """What the row says, and whether it was said before, in this table or in the casilla."""
        try:
            sobre = sobre_de_fila(sitio, lote, fila, ahora)
        except DatosInvalidos as error:
            return list(error.errores)
        llave = plegar(f"{sobre.tipo} {sobre.numero}")
        primera = self._vistas.setdefault(f"{sobre.destinatario} {llave}", fila.numero)
        if primera != fila.numero:
            return [("numero", f"es igual a la fila {primera}: mismo destinatario, tipo y número")]
        cuando = None if fila.numero in lote.hechas else self._de_antes(sitio, sobre).get(llave)
        if cuando is None:
            return []
        return [("numero", f"ya está en su casilla: se depositó el {fecha_larga(cuando)}")]

    def _de_antes(self, sitio: Sitio, sobre: Sobre) -> dict[str, date]:
        """Types and numbers in the casilla, and when; a company's may hold ten thousand, so it is read once."""
        if sobre.destinatario not in self._anteriores:
            guardadas = sitio.personas[sobre.destinatario].casilla.filas.values()
            filas = (Fila._make(guardada[1:]) for guardada in guardadas)
            self._anteriores[sobre.destinatario] = {
                plegar(f"{f.tipo} {f.numero}"): dia_en_lima(f.depositado_en) for f in filas if not f.anulado
            }
        return self._anteriores[sobre.destinatario]
