"""The SGD with its key."""

import pytest

from tests.api.sgd import Sgd
from tests.conftest import Navegador


@pytest.fixture
def sgd(navegador: Navegador) -> Sgd:
    return Sgd(navegador)
