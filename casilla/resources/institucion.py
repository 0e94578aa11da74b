"""How the institution is called and where it is found: on every page, letter and constancia."""

from persistent import Persistent


class Institucion(Persistent):
    """Names, address and contact, all as shown to people."""

    nombre = ""
    sigla = ""
    sistema = ""
    oficina = ""
    direccion = ""
    telefono = ""
    anexo = ""
    correo = ""
    horario = ""

    def __init__(
        self,
        *,
        nombre: str,
        sigla: str,
        sistema: str,
        oficina: str,
        direccion: str,
        telefono: str,
        anexo: str,
        correo: str,
        horario: str,
    ) -> None:
        self.nombre = nombre
        self.sigla = sigla
        self.sistema = sistema
        self.oficina = oficina
        self.direccion = direccion
        self.telefono = telefono
        self.anexo = anexo
        self.correo = correo
        self.horario = horario
