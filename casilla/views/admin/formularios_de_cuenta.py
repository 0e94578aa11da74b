"""The forms about the logins of the institution's people."""

from collections.abc import Iterable, Mapping
from typing import Any

import colander
from deform.widget import CheckboxWidget, TextAreaWidget

from casilla import fields
from casilla.fields.basicos import caja, exigir, limpiar, nodo
from casilla.forms import Esquema
from casilla.permissions import ROLES
from casilla.services.funcionarios import NOMBRE, NOMBRE_EN_PALABRAS
from casilla.views.admin.palabras import ROLES_DICHOS

PANTALLA, CORREO = "pantalla", "correo"


def _correo_de_otro() -> Any:
    """Not that of whoever types, which the browser would offer."""
    return caja(type="email", autocomplete="off", spellcheck="false", autocapitalize="none")


class EsquemaDeCuenta(Esquema):
    """Who it is and what for. Each role is a box of its own; ``roles_de`` gathers them."""

    marca = fields.oculto()
    nombres = fields.texto("Nombres y apellidos", "Escriba los nombres y apellidos", maximo=120)
    correo = fields.correo("Correo institucional", "Escriba el correo institucional", widget=_correo_de_otro())

    def cruzar(self, valores: Mapping[str, Any], error: colander.Invalid) -> None:
        roles = roles_de(valores)
        if not roles:
            error[_campo(next(iter(ROLES)))] = "Marque al menos un rol"
        if "notificador" in roles and valores.get("dependencias") == "":
            error["dependencias"] = "Escriba para qué dependencias notifica"


def _campo(rol: str) -> str:
    return f"rol-{rol}"


def roles_de(valores: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(nombre for nombre in ROLES if valores.get(_campo(nombre)))


def valores_de_roles(roles: Iterable[str]) -> dict[str, bool]:
    """The other way round: what the boxes of the form hold."""
    return {_campo(nombre): nombre in roles for nombre in ROLES}


def _casilla_de_rol(nombre: str) -> colander.SchemaNode:
    titulo, para_que = ROLES_DICHOS[nombre]
    return colander.SchemaNode(
        colander.Boolean(),
        name=_campo(nombre),
        title=f"{titulo}: {para_que[0].lower()}{para_que[1:]}",
        missing=False,
        widget=CheckboxWidget(),
        grupo="Roles",
    )


def _dependencias(conocidas: Iterable[str]) -> colander.SchemaNode:
    ayuda = "Solo para el rol Notificador: una por línea, escritas como las escribe el SGD."
    dichas = "; ".join(conocidas)
    return fields.parrafo(
        "Dependencias",
        "",
        maximo=4000,
        name="dependencias",
        missing="",
        widget=TextAreaWidget(rows=5),
        description=f"{ayuda} Ya se usan: {dichas}." if dichas else ayuda,
        grupo="Para quién notifica",
    )


def _entrega() -> colander.SchemaNode:
    return fields.radios(
        "¿Cómo recibirá la contraseña temporal?",
        "Elija cómo recibirá la contraseña temporal",
        (
            (CORREO, "Por correo: se la enviamos a la persona y nadie más la ve"),
            (PANTALLA, "En pantalla: se la mostramos a usted una sola vez, para que se la entregue"),
        ),
        name="entrega",
    )


def _en_minusculas(valor: Any) -> Any:
    limpio = limpiar(valor)
    return limpio.lower() if isinstance(limpio, str) else limpio


class EsquemaDeAlta(EsquemaDeCuenta):
    """The same for a new login, with its name and how its first password gets to the person."""

    usuario = nodo(
        "Usuario",
        "Escriba el nombre de usuario",
        exigir(NOMBRE.fullmatch, NOMBRE_EN_PALABRAS),
        preparador=_en_minusculas,
        insert_before="nombres",
        description="Con él entrará al módulo, por ejemplo mquispe. No se puede cambiar después.",
        widget=caja("medio", autocomplete="off", autocapitalize="none", spellcheck="false"),
    )


class EsquemaDeMotivo(Esquema):
    motivo = fields.texto(
        "Motivo",
        "Escriba el motivo",
        maximo=300,
        description="La persona lo leerá en una carta, y queda en la auditoría.",
    )


def formulario_de_edicion(conocidas: Iterable[str]) -> Esquema:
    """``conocidas``: dependencias to be written the same again."""
    return _con_roles(EsquemaDeCuenta(), conocidas)


def formulario_de_alta(conocidas: Iterable[str]) -> Esquema:
    esquema = _con_roles(EsquemaDeAlta(), conocidas)
    esquema.add(_entrega())
    return esquema


def formulario_de_entrega() -> Esquema:
    esquema = Esquema()
    esquema.add(_entrega())
    return esquema


def _con_roles(esquema: Esquema, conocidas: Iterable[str]) -> Esquema:
    for nombre in ROLES:
        esquema.add(_casilla_de_rol(nombre))
    esquema.add(_dependencias(conocidas))
    return esquema
