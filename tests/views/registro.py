"""Going through the registration as a person does, page by page."""

from typing import Any

from ZODB import DB

from casilla.services.fundacion import RAIZ
from casilla.services.secretos import codigo_validacion
from tests import mundo
from tests.conftest import Navegador
from tests.solicitantes import datos

PASOS = ("terminos", "privacidad", "tipo", "datos", "verificacion")


def hasta(navegador: Navegador, paso: str, numero: str = "49083411", **campos: str) -> Any:
    """The page of this step, having done the ones before; ``campos``: what is typed otherwise than the card says."""
    pagina = navegador.get("/registro/terminos")
    for anterior in PASOS[: PASOS.index(paso)]:
        pagina = _PASAR[anterior](pagina, numero, campos).follow()
    assert pagina.request.path.endswith(paso), pagina.request.path
    return pagina


def _aceptar(pagina: Any, *_: Any) -> Any:
    pagina.forms["formulario"]["acepto"] = True
    return pagina.forms["formulario"].submit()


def _elegir(pagina: Any, numero: str, *_: Any) -> Any:
    pagina.forms["formulario"]["tipo"] = "juridica" if len(numero) == 11 else "natural"
    return pagina.forms["formulario"].submit()


def enviar(pagina: Any, numero: str = "49083411", campos: dict[str, str] | None = None) -> Any:
    """Fill in the long form of this page and send it."""
    escrito = {**tecleado(numero), **(campos or {})}
    if distrito := escrito.pop("distrito", ""):
        pagina = elegir_distrito(pagina, distrito)
    formulario = pagina.forms["formulario"]
    for campo, valor in escrito.items():
        if valor or campo not in ("tipo", "sexo"):  # whoever has not chosen a radio button sends none
            formulario[campo] = valor
    return formulario.submit()


def elegir_distrito(pagina: Any, codigo: str) -> Any:
    """Go from list to list, as without a script; ``codigo`` may be of a department or province only."""
    for parte, siguiente, largo in (("departamento", "provincia", 2), ("provincia", "distrito", 4)):
        if len(codigo) >= largo:
            pagina.forms["formulario"][f"distrito-{parte}"] = codigo[:largo]
        if len(codigo) > largo:
            pagina = pagina.forms["formulario"].submit("distrito-ver", value=siguiente)
            assert errores(pagina) == []
    if len(codigo) == 6:
        pagina.forms["formulario"]["distrito-distrito"] = codigo
    return pagina


def con_guion(pagina: Any, numero: str, escrito: str, codigo: str = "") -> Any:
    """Send the long form as a browser does whose script has put a box with suggestions in the place of the lists."""
    formulario = pagina.forms["formulario"]
    campos = {campo: valor for campo, valor in formulario.submit_fields() if not campo.startswith("distrito-")}
    campos |= {campo: valor for campo, valor in tecleado(numero).items() if campo != "distrito"}
    campos |= {"distrito-codigo": codigo, "distrito-escrito": escrito}
    return pagina.goto(formulario.action, method="post", params=campos)


def tecleado(numero: str) -> dict[str, str]:
    """What somebody with this document types."""
    d = datos(numero)
    if len(numero) == 11:
        return {
            **{"ruc": numero, "razon_social": d["razon_social"], "distrito": d["ubigeo"]},
            **{"telefono": "987 654 321", "correo": d["correo"], "repetir_correo": d["correo"]},
        }
    escrito = {
        campo: d[campo] for campo in ("numero", "cui", "nombres", "apellido_paterno", "apellido_materno", "sexo")
    }
    escrito |= {"tipo": d["tipo_documento"], "telefono": "987 654 321"}
    escrito |= {"correo": d["correo"], "repetir_correo": d["correo"]}
    for campo, fecha in (("nacimiento", d["fecha_nacimiento"]), ("emision", d["fecha_emision"])):
        partes = (fecha.day, fecha.month, fecha.year) if fecha else ("", "", "")
        escrito |= {f"{campo}-{parte}": str(valor) for parte, valor in zip(("dia", "mes", "ano"), partes, strict=True)}
    return escrito


def reintentar(pagina: Any, **opciones: Any) -> Any:
    """Press "Volver a intentar" on the page where the data wait."""
    assert pagina.html.select_one("main form button").text == "Volver a intentar"
    return pagina.forms[0].submit(**opciones)


def errores(pagina: Any) -> list[str]:
    """The words of the error summary."""
    return [enlace.text for enlace in pagina.html.select(".resumen-error li")]


def nombre(pagina: Any) -> str:
    """The name of the registration that the page is of."""
    return pagina.request.path.split("/")[2]


def codigo(pagina: Any, envio: int = 1) -> str:
    return codigo_validacion(mundo.SECRETO, nombre(pagina), envio)


def guardado(base_de_datos: DB, pagina: Any) -> dict[str, Any]:
    """What the store holds of the registration of this page."""
    with base_de_datos.transaction() as conexion:
        solicitud = conexion.root()[RAIZ].solicitudes[nombre(pagina)]
        return {**dict(solicitud.datos), "estado": solicitud.estado, "correo": solicitud.correo}


_PASAR = {
    "terminos": _aceptar,
    "privacidad": _aceptar,
    "tipo": _elegir,
    "datos": enviar,
}
