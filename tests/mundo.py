"""One small world of fictitious people, built by the acts themselves.

Rosa has letters waiting and read ones; Ñusta's names are awkward; Tomás has a casilla and nothing in it;
Abigail still has the temporary password. Of the institution's people there is one for each role.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from secrets import token_bytes
from typing import Any

import pikepdf
import pyotp

from casilla.permissions import ROLES
from casilla.resources.casilla import Casilla
from casilla.resources.clave_api import ClaveApi
from casilla.resources.contenido import Contenido, Redaccion
from casilla.resources.funcionario import Funcionario
from casilla.resources.notificacion import Notificacion
from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio
from casilla.services import funcionarios
from casilla.services.acceso import cambiar_clave
from casilla.services.aceptacion import PRIVACIDAD, TERMINOS, aceptar
from casilla.services.afiliacion import afiliar
from casilla.services.calendario import calendario_al
from casilla.services.claves_api import huella_de_clave
from casilla.services.deposito import Sobre, depositar
from casilla.services.documentos import Archivo, contar_paginas, guardado, recibir
from casilla.services.factor import comprobar_factor
from casilla.services.fundacion import fundar
from casilla.services.lectura import leer
from casilla.services.publicacion import crear, publicar
from casilla.services.secretos import clave_temporal, semilla_del_factor
from casilla.services.seguimiento import TANDA, poner_al_dia

SECRETO = b"un secreto solo para las pruebas, de mas de 32 bytes"
CLAVE = "Clave-de-prueba-1"
COSTO = 4
ENERO = datetime(2026, 1, 23, 15, 11, 16, tzinfo=UTC)

ROSA, NUSTA, TOMAS, ABIGAIL = "1-40000001", "1-40000002", "4-001234567", "1-40000004"

# The notifier's office; what the SGD deposits in the world comes from it too.
DEPENDENCIA = "OFICINA GENERAL DE TECNOLOGÍAS DE LA INFORMACIÓN"

PERSONAS = {
    ROSA: dict(nombres="ROSA", apellido_paterno="QUISPE", apellido_materno="MAMANI", correo="rosa@correo.example"),
    NUSTA: dict(
        nombres="ÑUSTA D'ALEMBERT",
        apellido_paterno="ÑAHUI-O'HIGGINS",
        apellido_materno="",
        correo="nusta@correo.example",
    ),
    TOMAS: dict(
        nombres="TOMÁS", apellido_paterno="EXTRANJERO", apellido_materno="DE PRUEBA", correo="tomas@correo.example"
    ),
    ABIGAIL: dict(
        nombres="ABIGAIL", apellido_paterno="NUEVA", apellido_materno="RECIÉN", correo="abigail@correo.example"
    ),
}


def pdf(paginas: int = 1, bytes_: int = 0) -> bytes:
    """A PDF with so many pages and at least so many bytes; without filling, the same one every time."""
    documento = pikepdf.new()
    for _ in range(paginas):
        documento.add_blank_page(page_size=(595, 842))
    if bytes_:
        documento.attachments["relleno.bin"] = token_bytes(bytes_)  # nothing makes them fewer
    salida = BytesIO()
    documento.save(salida, deterministic_id=True)
    return salida.getvalue()


def sobre(destinatario: str = ROSA, n: int = 1, **cambios: Any) -> Sobre:
    """What the SGD says about its n-th document."""
    dicho = dict(
        destinatario=destinatario,
        expediente=f"OGT00202500{n:04}",
        fecha_expediente=date(2026, 1, 16),
        tipo="CARTA",
        numero=f"{n:06}-2026-OGTI",
        asunto=f"Respuesta a su solicitud n.° {n}",
        fecha=datetime(2026, 1, 16, 15, 34, 27, tzinfo=UTC),
        dependencia=DEPENDENCIA,
        firmado_por="PERSONA FICTICIA QUE FIRMA",
        elaborado_por="PERSONA FICTICIA QUE ELABORA",
        fecha_emision=datetime(2026, 1, 16, 15, 35, 32, tzinfo=UTC),
        plazo=15,
    )
    return Sobre(**{**dicho, **cambios})


def archivo(sitio: Sitio, contenido: bytes, nombre: str = "CARTA.pdf", tipo: str = "application/pdf") -> Archivo:
    """A file as a door receives it."""
    recibido = recibir([contenido], nombre, tipo, carpeta=sitio.carpeta_temporal, maximo=1 << 30)
    if tipo != "application/pdf":
        return recibido
    return Archivo(nombre, tipo, recibido.ruta, recibido.tamano, recibido.huella, contar_paginas(recibido.ruta))


def imprimir(sitio: Sitio) -> Callable[[Notificacion], Archivo]:
    """A stand-in paper, for where the paper does not matter: quick, and still a PDF of its own."""
    return lambda notificacion: archivo(sitio, pdf(), f"constancia-{notificacion.codigo}.pdf")


def deposito(
    sitio: Sitio, destinatario: str = ROSA, n: int = 1, *, ahora: datetime = ENERO, anexos: int = 0, **cambios: Any
) -> Notificacion:
    """Deposit the n-th document, as the machine door does."""
    notificacion, _ = depositar(
        sitio,
        sobre(destinatario, n, **cambios),
        archivo(sitio, pdf(paginas=n % 3 + 1)),
        tuple(archivo(sitio, f"anexo {i}".encode(), f"anexo {i}.txt", "text/plain") for i in range(1, anexos + 1)),
        remitente="sgd",
        clave=f"{destinatario}-{n}",
        ahora=ahora,
        calendario=calendario_al(sitio, ahora),
        imprimir=imprimir(sitio),
    )
    return notificacion


def norma(sitio: Sitio, nombre: str, papel: Archivo | None = None, **cambios: Any) -> Contenido:
    """A norm published in January, with its PDF."""
    datos: dict[str, Any] = dict(
        titulo="Directiva N.° 001-2026, Uso de la Casilla Electrónica",
        cuerpo="Dice cómo se usa la casilla en la institución.",
        tipo="Directiva",
        numero_norma="001-2026",
        emisor="Secretaría General",
        fecha=date(2026, 3, 2),
        documento=papel and guardado(papel, sitio),
    )
    contenido = crear(sitio, "norma", nombre, Redaccion(**{**datos, **cambios}), "prueba", ENERO)
    publicar(contenido, "prueba", ENERO)
    return contenido


def persona(documento: str, **cambios: Any) -> Persona:
    tipo, numero = documento.split("-")
    comunes = dict(
        fecha_nacimiento=date(1980, 5, 17), sexo="F", telefono="+51987654321", fecha_emision=date(2020, 1, 2), cui="2"
    )
    return Persona(tipo_documento=tipo, numero=numero, **comunes, **{**PERSONAS.get(documento, {}), **cambios})


def afiliada(sitio: Sitio, documento: str, *, clave: str | None = CLAVE, **cambios: Any) -> Casilla:
    """A person with a casilla; with ``clave`` None, the password is still the temporary one."""
    casilla = afiliar(sitio, persona(documento, **cambios), secreto=SECRETO, ahora=ENERO, costo=COSTO)
    usuario = sitio.usuarios[documento]
    for texto in (TERMINOS, PRIVACIDAD):
        aceptar(sitio, usuario.persona, texto, ahora=ENERO, direccion="203.0.113.7")
    if clave:
        temporal = clave_temporal(SECRETO, documento, 1)
        cambiar_clave(sitio, usuario, temporal, clave, ahora=ENERO, costo=COSTO)
    return casilla


def funcionario(
    sitio: Sitio, nombre: str, roles: tuple[str, ...], dependencias: tuple[str, ...] = (DEPENDENCIA,)
) -> Funcionario:
    """Somebody of the institution with a password of their own and an authenticator."""
    correo = f"{nombre}@institucion.example"
    comun = dict(secreto=SECRETO, ahora=ENERO, costo=COSTO)
    temporal = funcionarios.crear(
        sitio, nombre, nombres=nombre.upper(), correo=correo, roles=roles, dependencias=dependencias, **comun
    )
    uno = sitio.funcionarios[nombre]
    funcionarios.cambiar_clave(uno, temporal, CLAVE, costo=COSTO)
    comprobar_factor(uno, codigo_del_factor(nombre, ENERO), secreto=SECRETO, ahora=ENERO)
    return uno


def codigo_del_factor(nombre: str, cuando: datetime, factor: int = 1) -> str:
    """What the authenticator shows at that time, of an enrolment of before there was a nonce."""
    return codigo_de(semilla_del_factor(SECRETO, nombre, factor), cuando)


def codigo_de(semilla: str, cuando: datetime) -> str:
    """What an authenticator shows that was given this seed, in groups as the page has it."""
    return pyotp.TOTP(semilla.replace(" ", "")).at(cuando)


def construir(raiz: Any) -> Sitio:
    """The whole world, into an empty store (``raiz``: ZODB's root object)."""
    sitio = fundar(raiz, ENERO)
    raiz._p_jar.add(sitio)
    sgd = sitio.claves["sgd"] = ClaveApi()
    sgd.emitir("1", huella_de_clave("clave-de-prueba"), ENERO)
    for documento in (ROSA, NUSTA, TOMAS):
        afiliada(sitio, documento)
    afiliada(sitio, ABIGAIL, clave=None)
    for n in range(1, 4):
        deposito(sitio, ROSA, n, anexos=n - 1)
    leer(sitio, deposito(sitio, ROSA, 4), actor=ROSA, ahora=ENERO)
    deposito(sitio, NUSTA, 5)
    for nombre in ROLES:
        funcionario(sitio, nombre, (nombre,))
    al_dia(sitio)
    return sitio


def al_dia(sitio: Sitio, hoy: date | None = None) -> None:
    """The follow-up board knows everything, as when its worker has been at work."""
    while poner_al_dia(sitio, TANDA, hoy or ENERO.date()):
        pass


def carpeta_vacia(base: Path) -> str:
    """The URI of a FileStorage with blobs in ``base``."""
    return f"file://{base}/Data.fs?blobstorage_dir={base}/blobs"
