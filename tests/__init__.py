"""The tests. Every application under test compiles all templates, which takes seconds: here once for all of them."""

import atexit
import os
import shutil
import tempfile

# Read when Chameleon is first imported; the servers that tests start as processes of their own inherit it.
if "CHAMELEON_CACHE" not in os.environ:
    os.environ["CHAMELEON_CACHE"] = tempfile.mkdtemp(prefix="casilla-plantillas-")
    atexit.register(shutil.rmtree, os.environ["CHAMELEON_CACHE"], ignore_errors=True)
