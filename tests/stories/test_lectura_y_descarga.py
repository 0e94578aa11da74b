"""What was deposited is read and taken home from every store: files on disk, behind a server, in a database."""

from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from ZODB import DB

from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador


def test_a_person_opens_a_notification_and_takes_every_file_home(navegador: Navegador, base_de_datos: DB) -> None:
    bandeja = navegador.entrar(mundo.NUSTA)
    pagina = next(f for f in bandeja.forms.values() if f.action.endswith("/abrir")).submit().follow()

    documento = pagina.click("Descargar Documento Original")
    todo = pagina.click("Descargar todo")
    trozo = navegador.get(documento.request.path, headers={"Range": "bytes=10-19"})

    with base_de_datos.transaction() as conexion:
        (guardada,) = conexion.root()[RAIZ].personas[mundo.NUSTA].casilla
        huellas = [adjunto.huella for adjunto in guardada.archivos]
        assert [hecho for hecho, *_ in guardada.historia].count("leido") == 1
    assert sha256(documento.body).hexdigest() == huellas[0]
    assert (trozo.status_int, trozo.body) == (206, documento.body[10:20])
    with ZipFile(BytesIO(todo.body)) as paquete:
        assert [sha256(paquete.read(n)).hexdigest() for n in paquete.namelist()[:-2]] == huellas
