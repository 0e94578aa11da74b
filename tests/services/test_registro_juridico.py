"""Registration of a company: the same steps, another register."""

from datetime import timedelta
from typing import Any

import pytest

from casilla.gateways.protocolo import NoResponde
from casilla.printing.certificacion import hechos_de
from casilla.resources.sitio import Sitio
from casilla.services.acceso import comprobar
from casilla.services.correspondencia import CREDENCIALES, VALIDACION_CORREO, YA_TIENE_CASILLA
from casilla.services.plazos import Calendario
from casilla.services.registro import NATURAL, NoCoincide, NoFigura, elegir, esperar
from casilla.services.registro_juridico import Impedida, verificar_empresa
from casilla.services.secretos import clave_temporal, codigo_validacion
from casilla.services.validacion import CodigoErrado, validar
from tests.mundo import COSTO, ENERO, SECRETO, deposito
from tests.solicitantes import PADRON, cartas, datos, declarada, por_validar

GUIA = "20566118603"
LUEGO = ENERO + timedelta(minutes=5)


def aprobar(sitio: Sitio, numero: str, **cambios: Any) -> Any:
    solicitud = por_validar(sitio, numero, **cambios)
    codigo = codigo_validacion(SECRETO, solicitud.__name__, solicitud.envios)
    validar(sitio, solicitud, codigo, secreto=SECRETO, ahora=LUEGO, costo=COSTO)
    return sitio.personas[f"8-{numero}"]


def test_a_company_gets_its_casilla_and_comes_in_with_its_ruc_alone(sitio: Sitio) -> None:
    persona = aprobar(sitio, GUIA, razon_social="Comercial Ejemplo Ficticio Sociedad Anónima Cerrada")

    nombre = "COMERCIAL EJEMPLO FICTICIO SOCIEDAD ANÓNIMA CERRADA"
    assert (persona.razon_social, persona.nombres, persona.nombre_completo) == (nombre, nombre, nombre)
    assert (persona.tipo_documento, persona.numero, persona.ubigeo) == ("8", GUIA, "150101")
    assert (persona.fecha_nacimiento, persona.sexo, persona.cui) == (None, "", "")
    assert set(persona.verificados) == {"razon_social", "ubigeo", "estado", "condicion"}
    assert (persona.declarados, persona.verificado_por) == ((), "Padrón ficticio")
    assert cartas(sitio, CREDENCIALES)[-1] == (f"p{GUIA}@correo.example", 1)
    usuario = comprobar(sitio, GUIA, clave_temporal(SECRETO, f"8-{GUIA}", 1), ahora=LUEGO, costo=COSTO)
    assert usuario.__name__ == f"8-{GUIA}"


def test_a_company_is_notified_like_anybody(sitio: Sitio) -> None:
    persona = aprobar(sitio, GUIA)

    notificacion = deposito(sitio, f"8-{GUIA}", 9)

    assert persona.casilla[notificacion.__name__] is notificacion
    assert hechos_de(notificacion, Calendario(), sitio.institucion, "", "").documento_identidad == f"RUC {GUIA}"


@pytest.mark.parametrize("ruc", ["20999000011", "20999000020", "20999000038", "20999000062", "20999000071"])
def test_companies_with_awkward_names_are_confirmed(sitio: Sitio, ruc: str) -> None:
    assert aprobar(sitio, ruc).nombre_completo == datos(ruc)["razon_social"]


def test_a_district_that_the_register_does_not_give_stays_declared(sitio: Sitio) -> None:
    assert aprobar(sitio, "20999000101").declarados == ("ubigeo",)


@pytest.mark.parametrize(
    ("ruc", "cambios", "motivo"),
    [
        ("20999000135", {}, NoFigura),
        (GUIA, {"ubigeo": "150122"}, NoCoincide),
        (GUIA, {"razon_social": "COMERCIAL EJEMPLO FICTICIO S.A."}, NoCoincide),
        ("20999000089", {}, Impedida),
        ("20999000097", {}, Impedida),
        ("20999000119", {"razon_social": "OTRA"}, Impedida),
    ],
)
def test_whoever_is_not_confirmed_gets_no_code(sitio: Sitio, ruc: str, cambios: Any, motivo: type) -> None:
    solicitud = declarada(sitio, ruc, **cambios)

    with pytest.raises(motivo):
        verificar_empresa(sitio, solicitud, PADRON, LUEGO)

    assert solicitud.estado == "declarada"
    assert (solicitud.verificados, cartas(sitio, VALIDACION_CORREO)) == ((), [])


def test_a_mismatch_names_the_data_and_no_right_value(sitio: Sitio) -> None:
    solicitud = declarada(sitio, GUIA, razon_social="OTRA S.A.", ubigeo="040126")

    with pytest.raises(NoCoincide) as error:
        verificar_empresa(sitio, solicitud, PADRON, ENERO)

    assert error.value.campos == ("razon_social", "ubigeo")
    assert "COMERCIAL" not in repr(error.value)


def test_a_register_that_does_not_answer_costs_no_data(sitio: Sitio) -> None:
    solicitud = declarada(sitio, "20999000127")
    with pytest.raises(NoResponde):
        verificar_empresa(sitio, solicitud, PADRON, ENERO)
    esperar(solicitud, ENERO)

    despierto = type(PADRON)({}, frozenset(), {"20999000127": PADRON.empresas[GUIA]})
    with pytest.raises(NoCoincide):
        verificar_empresa(sitio, solicitud, despierto, LUEGO)
    assert dict(solicitud.datos)["numero"] == "20999000127"


def test_choosing_the_other_kind_of_person_forgets_the_data_and_kills_the_code(sitio: Sitio) -> None:
    solicitud = por_validar(sitio, GUIA)

    elegir(solicitud, NATURAL, LUEGO)

    assert (solicitud.estado, solicitud.datos, solicitud.correo) == ("elegida", (), "")
    assert (solicitud.codigo_hasta, solicitud.verificados, solicitud.envios) == (None, (), 1)


def test_who_has_a_casilla_already_gets_a_letter_and_a_stranger_no_code(sitio: Sitio) -> None:
    aprobar(sitio, GUIA)

    segunda = por_validar(sitio, GUIA, nombre="otra", correo="extrano@correo.example")

    assert segunda.estado == "por-validar"
    assert cartas(sitio, YA_TIENE_CASILLA)[-1][0] == f"p{GUIA}@correo.example"
    assert "extrano@correo.example" not in dict(cartas(sitio, VALIDACION_CORREO))
    codigo = codigo_validacion(SECRETO, "otra", segunda.envios)
    with pytest.raises(CodigoErrado):
        validar(sitio, segunda, codigo, secreto=SECRETO, ahora=LUEGO, costo=COSTO)
