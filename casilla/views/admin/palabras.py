"""What roles, permissions and acts are called for people. The names in the code and in the store stay as they are."""

from casilla.permissions import Permiso

# Each role with what it is for.
ROLES_DICHOS = {
    "contenido": ("Contenido", "Preguntas frecuentes, normativas, textos legales, cartas y textos de las páginas."),
    "notificador": ("Notificador", "Deposita notificaciones de sus dependencias y les hace seguimiento."),
    "registro": (
        "Registro",
        "Atiende las solicitudes que necesitan a alguien, y los datos de quienes tienen casilla.",
    ),
    "administrador": ("Administrador", "Cuentas y roles, claves del SGD, calendario y datos de la institución."),
    "auditor": ("Auditor", "Ve todo y no cambia nada."),
}

PERMISOS_DICHOS = {
    Permiso.VER_TABLERO: "Ver el tablero y los roles, y cuidar su propia cuenta",
    Permiso.VER_CONTENIDOS: "Ver los contenidos y sus versiones",
    Permiso.GESTIONAR_CONTENIDOS: "Redactar, publicar y archivar contenidos",
    Permiso.VER_DEPOSITOS: "Ver las notificaciones y su seguimiento",
    Permiso.GESTIONAR_DEPOSITOS: "Reenviar avisos y anular notificaciones",
    Permiso.NOTIFICAR: "Depositar notificaciones",
    Permiso.VER_PREPARACION: "Ver lo que otros preparan: borradores y lotes",
    Permiso.VER_SOLICITUDES: "Ver las solicitudes de registro",
    Permiso.GESTIONAR_SOLICITUDES: "Autorizar o denegar solicitudes de registro",
    Permiso.VER_PERSONAS: "Ver a quienes tienen casilla",
    Permiso.GESTIONAR_PERSONAS: "Corregir datos de contacto, suspender y cerrar casillas",
    Permiso.VER_CUENTAS: "Ver las cuentas del personal",
    Permiso.GESTIONAR_CUENTAS: "Crear, editar y suspender cuentas del personal",
    Permiso.VER_CLAVES: "Ver las claves del SGD",
    Permiso.GESTIONAR_CLAVES: "Crear y revocar claves del SGD",
    Permiso.VER_CALENDARIO: "Ver el calendario de días no hábiles",
    Permiso.GESTIONAR_CALENDARIO: "Editar el calendario y el horario de recepción",
    Permiso.VER_AJUSTES: "Ver los datos de la institución",
    Permiso.GESTIONAR_AJUSTES: "Editar los datos de la institución",
    Permiso.VER_AUDITORIA: "Ver y exportar la auditoría",
}

# What the audit calls each act that leaves an entry (``auditar``, ``asentar``, ``rastrear``).
ACTOS_DICHOS = {
    "abrir-interrupcion": "Registró una interrupción del servicio",
    "adjuntar": "Adjuntó un archivo",
    "anular": "Anuló",
    "anular-interrupcion": "Anuló una interrupción del servicio",
    "archivar": "Archivó un contenido",
    "autorizar": "Autorizó una solicitud de registro",
    "bajar": "Bajó un contenido en su orden",
    "bloquear-intentos": "Quedó en espera por intentos fallidos",
    "cambiar-clave": "Cambió su contraseña",
    "cancelar": "Canceló una publicación programada",
    "cancelar-exportacion": "Canceló una exportación",
    "cancelar-lote": "Detuvo un lote",
    "cerrar": "Cerró la casilla de una persona",
    "cerrar-interrupcion": "Cerró una interrupción del servicio",
    "cerrar-sesiones": "Cerró sus otras sesiones",
    "confirmar-correccion": "Confirmó la corrección del correo de una persona",
    "consultar": "Consultó los datos de una persona",
    "corregir-contacto": "Corrigió los datos de contacto de una persona",
    "crear": "Creó",
    "crear-clave": "Creó una clave del SGD",
    "denegar": "Denegó una solicitud de registro",
    "descartar": "Descartó",
    "editar": "Editó",
    "eliminar": "Envió un contenido a la papelera",
    "encargar-lote": "Ordenó notificar un lote",
    "entrar": "Entró",
    "enviar-recuperacion": "Envió un enlace de recuperación",
    "exportar": "Exportó",
    "intento-fallido": "Intentó identificarse sin éxito",
    "notificar": "Depositó una notificación",
    "pdf": "Cambió el PDF de una norma",
    "preparar": "Preparó una notificación",
    "publicar": "Publicó un contenido",
    "quitar": "Quitó un archivo",
    "quitar-pdf": "Quitó el PDF de una norma",
    "recuperar": "Recuperó un contenido de la papelera",
    "redactar": "Redactó un contenido",
    "reenviar-aviso": "Reenvió el aviso",
    "rehabilitar": "Rehabilitó",
    "renovar-factor": "Cambió su segundo factor",
    "restablecer-clave": "Dio otra contraseña temporal",
    "restablecer-factor": "Restableció el segundo factor",
    "restaurar": "Restauró una versión de un contenido",
    "revisar-lote": "Pidió revisar un lote otra vez",
    "revocar-clave": "Revocó una clave del SGD",
    "salir": "Salió",
    "subir": "Subió un contenido en su orden",
    "subir-lote": "Subió un lote",
    "suspender": "Suspendió",
    "terminar-lote": "Terminó de notificar un lote",
    "ver-archivo": "Abrió un archivo",
}


def rol_dicho(nombre: str) -> str:
    return ROLES_DICHOS[nombre][0] if nombre in ROLES_DICHOS else nombre


def acto_dicho(acto: str) -> str:
    return ACTOS_DICHOS.get(acto, acto)
