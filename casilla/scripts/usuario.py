"""``casilla usuario``: the logins of the institution's people; the first of them can only be made here."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import click

from casilla.fields.contacto import correo as nodo_de_correo
from casilla.permissions import ROLES
from casilla.resources.funcionario import Funcionario
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import Entorno, ahora, con_entorno, en_el_sitio
from casilla.scripts.rastro import operador, rastrear, secreto_de
from casilla.services import funcionarios, personal
from casilla.services.acceso import VIDA_TEMPORAL
from casilla.services.auditoria import cambios
from casilla.services.funcionarios import DatosInvalidos
from casilla.services.horas import duracion, fecha_hora

NOMBRE = click.argument("nombre", metavar="NOMBRE", callback=lambda contexto, parametro, valor: valor.strip().lower())


@click.group("usuario", options_metavar="[OPCIONES]", subcommand_metavar="ORDEN [ARGUMENTOS]...")
def usuario() -> None:
    """Crear y cuidar las cuentas del personal de la institución (/admin).

    Cada cambio queda en la auditoría, a nombre del operador.
    """


def _orden(acto: Callable[..., None]) -> Any:
    """An order about one login: what it does is done and traced in one transaction."""

    @wraps(acto)
    def orden(entorno: Entorno, nombre: str, **opciones: Any) -> None:
        acto(_Puesto(entorno), nombre, **opciones)

    return usuario.command(options_metavar="[OPCIONES]")(NOMBRE(con_entorno(orden)))


class _Puesto:
    """Where the operator stands: the store, its secret, and the cost of a password."""

    def __init__(self, entorno: Entorno) -> None:
        self._entorno = entorno
        self.secreto = secreto_de(entorno)
        self.costo = int(entorno.ajustes.get("casilla.bcrypt_costo", 12))

    def hacer(self, acto: Callable[[Sitio], Any]) -> Any:
        """Do it in the site; what cannot be is told, and ends with 1."""
        try:
            with self._entorno.almacen() as db, en_el_sitio(db) as hacer:
                return hacer(acto)
        except DatosInvalidos as error:
            raise click.ClickException(str(error)) from error

    def hacer_con(self, nombre: str, asiento: str, acto: Callable[..., Any]) -> Any:
        """The same with one login, in the operator's name, and the entry about it."""

        def _hacer(sitio: Sitio) -> Any:
            funcionario = sitio.funcionarios.get(nombre)
            if funcionario is None:
                raise DatosInvalidos(f"no hay ninguna cuenta que se llame {nombre}; vea «casilla usuario listar»")
            antes = personal.descripcion(funcionario)
            hecho = acto(sitio, funcionario, actor=operador(), ahora=ahora())
            de, a = cambios(antes, personal.descripcion(funcionario))
            rastrear(sitio, self.secreto, asiento, f"cuentas/{nombre}", antes=de, despues=a)
            return hecho

        return self.hacer(_hacer)


def _correo(contexto: click.Context, parametro: click.Parameter, valor: str) -> str:
    nodo = nodo_de_correo()
    try:
        return nodo.deserialize(valor)
    except Exception as error:
        raise click.BadParameter("escriba una dirección como nombre@ejemplo.com") from error


@_orden
@click.option("--nombres", required=True, metavar="NOMBRES", help="Nombres y apellidos de la persona.")
@click.option("--correo", required=True, metavar="CORREO", callback=_correo, help="Su correo institucional.")
@click.option("--rol", "roles", required=True, multiple=True, type=click.Choice(list(ROLES)), help="Se puede repetir.")
@click.option("--dependencia", "dependencias", multiple=True, metavar="TEXTO", help="Para el notificador; repetible.")
def crear(puesto: _Puesto, nombre: str, nombres: str, correo: str, roles: Any, dependencias: Any) -> None:
    """Crear la cuenta NOMBRE y mostrar su contraseña temporal."""

    def _crear(sitio: Sitio) -> str:
        clave = funcionarios.crear(
            sitio,
            nombre,
            nombres=" ".join(nombres.split()),
            correo=correo,
            roles=roles,
            dependencias=personal.dependencias_de("\n".join(dependencias)),
            secreto=puesto.secreto,
            ahora=ahora(),
            costo=puesto.costo,
        )
        funcionario = sitio.funcionarios[nombre]
        funcionario.anotar("creada", operador(), ahora())
        _, despues = cambios({}, personal.descripcion(funcionario))
        rastrear(sitio, puesto.secreto, "crear", f"cuentas/{nombre}", despues=despues)
        return clave

    _mostrar(nombre, puesto.hacer(_crear))


@_orden
def clave(puesto: _Puesto, nombre: str) -> None:
    """Dar a NOMBRE otra contraseña temporal y mostrarla. Cierra sus sesiones."""
    acto = partial(personal.restablecer_clave, secreto=puesto.secreto, costo=puesto.costo)
    _mostrar(nombre, puesto.hacer_con(nombre, "restablecer-clave", acto))


def _mostrar(nombre: str, temporal: str) -> None:
    click.echo(f"Contraseña temporal de {nombre}, vence en {duracion(VIDA_TEMPORAL)}:", err=True)
    click.echo(temporal)


@_orden
def factor(puesto: _Puesto, nombre: str) -> None:
    """Anular el segundo factor de NOMBRE, que registrará otro al entrar. Cierra sus sesiones."""
    puesto.hacer_con(nombre, "restablecer-factor", personal.restablecer_factor)
    click.echo(f"{nombre} registrará otro segundo factor la próxima vez que entre.")


@_orden
@click.option("--motivo", required=True, metavar="TEXTO", help="La persona lo lee en una carta; queda en la auditoría.")
def suspender(puesto: _Puesto, nombre: str, motivo: str) -> None:
    """Suspender la cuenta NOMBRE, que deja de servir en el acto."""
    acto = partial(personal.suspender, motivo=" ".join(motivo.split()))
    puesto.hacer_con(nombre, "suspender", acto)
    click.echo(f"La cuenta {nombre} está suspendida.")


@_orden
def rehabilitar(puesto: _Puesto, nombre: str) -> None:
    """Rehabilitar la cuenta NOMBRE, con la contraseña y el segundo factor que tenía."""
    puesto.hacer_con(nombre, "rehabilitar", personal.rehabilitar)
    click.echo(f"La cuenta {nombre} puede entrar otra vez.")


@usuario.command(options_metavar="[OPCIONES]")
@con_entorno
def listar(entorno: Entorno) -> None:
    """Listar las cuentas, con sus roles y su último acceso."""
    with entorno.almacen(solo_leer=True) as db, en_el_sitio(db) as hacer:
        lineas = hacer(lambda sitio: [_linea(uno) for uno in sitio.funcionarios.values()])
    click.echo("\n".join(lineas) or "No hay cuentas. Cree la primera con «casilla usuario crear NOMBRE».")


def _linea(funcionario: Funcionario) -> str:
    acceso = funcionario.ultimo_acceso
    hechos = (
        funcionario.__name__,
        funcionario.nombres,
        ", ".join(funcionario.roles),
        "suspendida" if funcionario.suspendido else "activa",
        f"último acceso {fecha_hora(acceso)}" if acceso else "todavía no entró",
    )
    return "  ".join(hechos)
