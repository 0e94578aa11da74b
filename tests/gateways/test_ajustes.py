"""Registers are chosen by dotted name; what is wrong in the ini is told at start, by the setting's name."""

import re

import pytest

from casilla.gateways import registro_de_empresas, registros
from casilla.gateways.ficticio import PadronFicticio
from casilla.gateways.migraciones import MigracionesPide
from casilla.gateways.padron import PadronReducido
from casilla.gateways.reniec import ReniecPide
from casilla.gateways.sunat import SunatPide
from tests.gateways.pide import CREDENCIAL

FICTICIO = "casilla.gateways.ficticio.PadronFicticio"


def test_each_document_type_has_the_register_that_the_ini_names(pide, tmp_path):
    ajustes = pide.ajustes(tmp_path) | {
        "casilla.identidad.dni": "casilla.gateways.reniec.ReniecPide",
        "casilla.identidad.ce": "casilla.gateways.migraciones.MigracionesPide",
    }
    hallados = registros(ajustes)
    assert {tipo: type(registro) for tipo, registro in hallados.items()} == {"1": ReniecPide, "4": MigracionesPide}
    assert hallados["1"].consultar("49083411").nombres == "ROSA ELENA"


def test_the_fictitious_register_needs_no_other_setting():
    hallados = registros({"casilla.identidad.dni": FICTICIO, "casilla.identidad.ce": FICTICIO})
    assert {tipo: type(registro) for tipo, registro in hallados.items()} == {"1": PadronFicticio, "4": PadronFicticio}


def test_an_institution_without_migraciones_leaves_the_setting_out():
    assert list(registros({"casilla.identidad.dni": FICTICIO, "casilla.identidad.ce": ""})) == ["1"]


def test_companies_have_a_register_once_the_ini_names_it():
    assert isinstance(registro_de_empresas({"casilla.identidad.ruc": FICTICIO}), PadronFicticio)
    assert registro_de_empresas({"casilla.identidad.ruc": ""}) is None


def test_companies_are_no_document_type_of_persons():
    assert list(registros({"casilla.identidad.dni": FICTICIO, "casilla.identidad.ruc": FICTICIO})) == ["1"]


def test_a_register_of_persons_is_none_of_companies_nor_the_other_way_round(pide, tmp_path):
    with pytest.raises(ValueError, match=r"casilla\.identidad\.ruc: .* no es un registro de empresas"):
        registro_de_empresas(pide.ajustes(tmp_path) | {"casilla.identidad.ruc": "casilla.gateways.reniec.ReniecPide"})
    with pytest.raises(ValueError, match=r"casilla\.identidad\.dni: .* no es un registro de personas"):
        registros({"casilla.identidad.dni": "casilla.gateways.sunat.SunatPide"})


def test_an_unusable_address_of_sunat_is_named(pide, tmp_path):
    with pytest.raises(ValueError, match=r"casilla\.pide\.sunat_url"):
        SunatPide.desde_ajustes(pide.ajustes(tmp_path, sunat_url="sunat"))


def test_without_an_index_the_reduced_register_says_how_to_make_it(tmp_path):
    with pytest.raises(ValueError, match=r"falta el ajuste casilla\.padron_archivo"):
        PadronReducido.desde_ajustes({})
    with pytest.raises(ValueError, match=r"casilla\.padron_archivo: .*«casilla padron importar»"):
        PadronReducido.desde_ajustes({"casilla.padron_archivo": str(tmp_path / "padron.sqlite")})


def test_without_a_register_for_the_dni_nothing_starts():
    with pytest.raises(ValueError, match=r"casilla\.identidad\.dni"):
        registros({"casilla.identidad.ce": FICTICIO})


@pytest.mark.parametrize(
    "nombre",
    [
        "casilla.gateways.nadie.Nadie",
        "casilla.gateways.reniec.Nadie",
        "no_existe.Nadie",
        "casilla.gateways.reniec",
        "json.dumps",
        "dos palabras",
        "..",
        "ñ-",
    ],
)
def test_a_register_that_cannot_be_loaded_is_named_with_its_setting(nombre):
    with pytest.raises(ValueError, match=re.escape(f"casilla.identidad.ce: no se puede cargar «{nombre}»")):
        registros({"casilla.identidad.dni": FICTICIO, "casilla.identidad.ce": nombre})


@pytest.mark.parametrize(
    ("clave", "valor"),
    [
        ("dni_usuario", ""),
        ("dni_usuario", "1234567"),
        ("dni_usuario", "12345678901"),
        ("ruc_usuario", ""),
        ("ruc_usuario", "2013137897"),
        ("clave_archivo", ""),
        ("clave_archivo", "/no/existe/clave"),
        ("clave_archivo", "/"),
        ("reniec_url", "ws2.pide.gob.pe/Rest/RENIEC/Consultar"),
        ("reniec_url", "ftp://ws2.pide.gob.pe/"),
        ("reniec_url", "https://ws2.pide.gob.pe/Rest/RENIEC/Consultar?out=json"),
        ("espera", ""),
        ("espera", "0"),
        ("espera", "-1"),
        ("espera", "nan"),
        ("espera", "inf"),
        ("espera", "cinco"),
    ],
)
def test_an_unusable_setting_of_reniec_is_named(pide, tmp_path, clave, valor):
    with pytest.raises(ValueError, match=rf"casilla\.pide\.{clave}"):
        ReniecPide.desde_ajustes(pide.ajustes(tmp_path, **{clave: valor}))


def test_an_unusable_address_of_migraciones_is_named(pide, tmp_path):
    with pytest.raises(ValueError, match=r"casilla\.pide\.migraciones_url"):
        MigracionesPide.desde_ajustes(pide.ajustes(tmp_path, migraciones_url="migraciones"))


def test_a_missing_setting_is_named_too(pide, tmp_path):
    ajustes = pide.ajustes(tmp_path)
    del ajustes["casilla.pide.clave_archivo"]
    with pytest.raises(ValueError, match=r"falta el ajuste casilla\.pide\.clave_archivo"):
        ReniecPide.desde_ajustes(ajustes)


@pytest.mark.parametrize("contenido", [b"", b"\n", b"secr\xf1to"])
def test_a_password_file_that_cannot_be_used_is_told_without_its_content(pide, tmp_path, contenido):
    ajustes = pide.ajustes(tmp_path)
    (tmp_path / "clave_pide").write_bytes(contenido)
    with pytest.raises(ValueError, match=r"casilla\.pide\.clave_archivo") as error:
        ReniecPide.desde_ajustes(ajustes)
    assert "secr" not in str(error.value)
    assert "0xf1" not in str(error.value)


def test_the_password_is_read_at_start(pide, tmp_path):
    registro = ReniecPide.desde_ajustes(pide.ajustes(tmp_path))
    (tmp_path / "clave_pide").unlink()
    assert registro.consultar("49083411").nombres == "ROSA ELENA"


def test_waiting_five_seconds_needs_no_setting(pide, tmp_path):
    ajustes = pide.ajustes(tmp_path)
    del ajustes["casilla.pide.espera"]
    assert ReniecPide.desde_ajustes(ajustes).consultar("49083411")


def test_the_password_is_not_in_what_the_client_shows_of_itself(pide, tmp_path):
    assert CREDENCIAL["password"] not in repr(ReniecPide.desde_ajustes(pide.ajustes(tmp_path)))
