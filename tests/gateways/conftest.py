from collections.abc import Iterator

import pytest

from tests.gateways.pide import ServidorPide


@pytest.fixture
def pide() -> Iterator[ServidorPide]:
    with ServidorPide() as servidor:
        yield servidor
