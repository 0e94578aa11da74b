"""The real clients, against a PIDE on the loopback that speaks and fails as the real one."""

import logging
import socket
import traceback
from time import monotonic, sleep

import pytest

from casilla.gateways.migraciones import MigracionesPide
from casilla.gateways.pide import A_LA_VEZ
from casilla.gateways.protocolo import NoResponde
from casilla.gateways.reniec import ReniecPide
from tests.gateways.pide import CREDENCIAL, FALLAS

CLIENTES = {ReniecPide: "49083411", MigracionesPide: "000999002"}
AGUANTA = ("lento", "goteo", "goteo de cabeceras")
"""Faults that hold the line open."""


@pytest.fixture(params=CLIENTES, ids=lambda clase: clase.__name__)
def clase(request):
    return request.param


def motivo_de(registro, numero):
    with pytest.raises(NoResponde) as error:
        registro.consultar(numero)
    return error.value.motivo


def test_reniec_is_asked_in_its_own_format(pide, tmp_path):
    ReniecPide.desde_ajustes(pide.ajustes(tmp_path)).consultar("49083411")
    cuerpo = {"PIDE": {"nuDniConsulta": "49083411", **CREDENCIAL}}
    assert pide.peticiones == [("POST", "/Rest/RENIEC/Consultar", {"out": "json"}, cuerpo)]


def test_migraciones_is_asked_in_its_own_format(pide, tmp_path):
    pide.institucion = {"strCodInstitucion": "MIMP", "strMac": "00:00:5E:00:53:01", "strNroIp": "192.0.2.1"}
    quien = {
        "migraciones_institucion": "MIMP",
        "migraciones_mac": "00:00:5E:00:53:01",
        "migraciones_ip": "192.0.2.1",
    }
    persona = MigracionesPide.desde_ajustes(pide.ajustes(tmp_path, **quien)).consultar("000999001")
    consulta = {**pide.institucion, "strNumDocumento": "000999001", "strTipoDocumento": "CE", "out": "json"}
    assert pide.peticiones == [("GET", "/Rest/Migraciones/CarnetExtranjeria", consulta, None)]
    assert persona.nombres == "ANNA MARÍA"


def test_what_cannot_be_a_number_spends_no_question(pide, tmp_path, clase):
    assert clase.desde_ajustes(pide.ajustes(tmp_path)).consultar("4908-3411") is None
    assert pide.peticiones == []


def test_the_names_and_nothing_else_come_from_pide(pide, tmp_path, clase):
    persona = clase.desde_ajustes(pide.ajustes(tmp_path)).consultar(CLIENTES[clase])
    assert persona.nombres == pide.personas[CLIENTES[clase]].nombres
    sin_dar = (
        persona.fecha_nacimiento,
        persona.sexo,
        persona.fecha_emision,
        persona.digito_verificacion,
        persona.ubigeo,
    )
    assert sin_dar == (None,) * 5


def test_a_wrong_password_is_the_operators_affair(pide, tmp_path):
    ajustes = pide.ajustes(tmp_path)
    (tmp_path / "clave_pide").write_text("otra\n")
    assert "1001" in motivo_de(ReniecPide.desde_ajustes(ajustes), "49083411")


def test_the_daily_limit_is_told_as_such(pide, tmp_path):
    pide.consultas_al_dia = 2
    registro = ReniecPide.desde_ajustes(pide.ajustes(tmp_path))
    assert registro.consultar("49083411")
    assert registro.consultar("99000001")
    assert "límite diario" in motivo_de(registro, "99000002")


@pytest.mark.parametrize(
    ("codigo", "dice"), [("1001", "credencial"), ("1002", "caducó"), ("1003", "límite"), ("9999", "desconocido")]
)
def test_each_refusal_of_reniec_has_its_reason(pide, tmp_path, codigo, dice):
    pide.codigo = codigo
    assert dice in motivo_de(ReniecPide.desde_ajustes(pide.ajustes(tmp_path)), "49083411")


@pytest.mark.parametrize("codigo", ["0999", "1000"])
def test_no_data_and_a_refused_number_mean_that_it_is_nobodys(pide, tmp_path, codigo, caplog):
    pide.codigo = codigo
    assert ReniecPide.desde_ajustes(pide.ajustes(tmp_path)).consultar("49083411") is None
    assert ("1000" in caplog.text) == (codigo == "1000"), "the operator is told of a refusal"


@pytest.mark.parametrize(
    ("codigo", "dice"),
    [
        ("0002", "base de datos"),
        ("0003", "falló"),
        ("0005", "casilla.pide.migraciones_mac"),
        ("0006", "tipo de documento"),
        ("9999", "desconocido"),
    ],
)
def test_each_refusal_of_migraciones_has_its_reason(pide, tmp_path, codigo, dice):
    pide.codigo = codigo
    assert dice in motivo_de(MigracionesPide.desde_ajustes(pide.ajustes(tmp_path)), "000999001")


@pytest.mark.parametrize("falla", sorted(FALLAS.keys() - set(AGUANTA)))
def test_whatever_breaks_the_answer_is_one_exception(pide, tmp_path, clase, falla):
    registro = clase.desde_ajustes(pide.ajustes(tmp_path))
    pide.falla = falla
    motivo_de(registro, CLIENTES[clase])
    assert len(pide.peticiones) == 1, "a question is neither repeated nor redirected"
    pide.falla = None
    assert registro.consultar(CLIENTES[clase]).nombres


@pytest.mark.parametrize(
    ("falla", "dice"),
    [("error 500", "HTTP 500"), ("redirección", "HTTP 302"), ("JSON roto", "JSON"), ("enorme", "grande")],
)
def test_the_operator_learns_what_broke(pide, tmp_path, clase, falla, dice):
    pide.falla = falla
    assert dice in motivo_de(clase.desde_ajustes(pide.ajustes(tmp_path)), CLIENTES[clase])


@pytest.mark.parametrize("falla", AGUANTA)
def test_nobody_waits_longer_than_the_setting_says(pide, tmp_path, clase, falla):
    registro = clase.desde_ajustes(pide.ajustes(tmp_path, espera="0.3"))
    pide.falla = falla
    antes = monotonic()
    assert "0.3 segundos" in motivo_de(registro, CLIENTES[clase])
    assert 0.25 < monotonic() - antes < 20  # it would hold the line for a minute


def test_a_service_that_hangs_holds_a_bounded_number_of_threads(pide, tmp_path):
    registro = ReniecPide.desde_ajustes(pide.ajustes(tmp_path, espera="0.25"))
    pide.falla = "goteo de cabeceras"
    for _ in range(A_LA_VEZ):
        assert "segundos" in motivo_de(registro, "49083411")
    assert f"{A_LA_VEZ} consultas" in motivo_de(registro, "49083411")
    assert len(pide.peticiones) <= A_LA_VEZ
    pide.falla = None
    assert contesta_al_fin(registro, "49083411")


def test_an_answer_that_drips_gives_its_thread_back_by_itself(pide, tmp_path):
    registro = ReniecPide.desde_ajustes(pide.ajustes(tmp_path, espera="0.25"))
    pide.falla = "goteo"
    for _ in range(A_LA_VEZ + 4):
        assert "segundos" in motivo_de(registro, "49083411")


def contesta_al_fin(registro, numero):
    hasta = monotonic() + 60
    while monotonic() < hasta:
        try:
            return registro.consultar(numero)
        except NoResponde:
            sleep(0.05)
    return None


def test_a_closed_door_is_told_at_once(tmp_path, pide, clase):
    with socket.create_server(("127.0.0.1", 0)) as enchufe:
        puerto = enchufe.getsockname()[1]
    otra = f"http://127.0.0.1:{puerto}/"
    registro = clase.desde_ajustes(pide.ajustes(tmp_path, reniec_url=otra, migraciones_url=otra))
    assert "conectar" in motivo_de(registro, CLIENTES[clase])


def test_a_connection_that_cannot_be_trusted_is_told_as_such(tmp_path, pide, clase):
    otra = pide.direccion.replace("http:", "https:")
    registro = clase.desde_ajustes(pide.ajustes(tmp_path, reniec_url=otra, migraciones_url=otra))
    assert "TLS" in motivo_de(registro, CLIENTES[clase])


@pytest.mark.parametrize("falla", [None, *FALLAS])
def test_neither_the_person_nor_the_password_is_written_anywhere(pide, tmp_path, clase, falla, caplog):
    caplog.set_level(logging.DEBUG)
    registro = clase.desde_ajustes(pide.ajustes(tmp_path, espera="0.2" if falla else "30"))
    pide.falla = falla
    dicho = repr(registro)
    if falla is None:
        registro.consultar(CLIENTES[clase])
    else:
        with pytest.raises(NoResponde) as caso:
            registro.consultar(CLIENTES[clase])
        assert caso.value.__cause__ is None
        assert caso.value.__context__ is None
        assert str(caso.value) in caplog.text, "the operator is told"
        dicho += repr(caso.value) + "".join(traceback.format_exception(caso.value))
    persona = pide.personas[CLIENTES[clase]]
    for secreto in (CLIENTES[clase], persona.nombres, persona.apellido_paterno, *CREDENCIAL.values()):
        assert secreto not in dicho + caplog.text
