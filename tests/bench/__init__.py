"""How quick it is, beside how quick it could be at best. Not part of the test suite: ``make bench``."""

import casilla  # noqa: F401 - before Pyramid, so that its warning about pkg_resources is kept from the tables
