"""The ``casilla`` command: the only code that commits by itself."""
