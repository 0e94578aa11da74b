"""The account of whoever has come in, ``/cuenta``: a module for each thing that can be done with it."""
