.DEFAULT_GOAL := ayuda
.PHONY: ayuda install demo test check bench flujos guia candado

PYTHON ?= python3
BIN := .venv/bin
DEMO := $(BIN)/casilla -c development.ini demo
AUTO := --disable-pip-version-check --no-input --quiet

ayuda:  ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

install: .venv/instalado  ## the virtual environment with the locked dependencies and the casilla command

# Debian keeps venv in a package of its own.
.venv/bin/python:
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh tests/sistema.sh python3-venv
	$(PYTHON) -m venv .venv

.venv/instalado: .venv/bin/python requirements.lock setup.cfg pyproject.toml
	$(BIN)/pip install $(AUTO) --require-hashes -r requirements.lock
	$(BIN)/pip install $(AUTO) --no-deps --no-build-isolation -e .
	@touch $@

.venv/instalado-dev: .venv/instalado requirements-dev.lock
	$(BIN)/pip install $(AUTO) --require-hashes -r requirements-dev.lock
	@touch $@

# With a terminal the demo gets it for itself (set -m): Ctrl-C reaches the demo and not make, and both end with status 0.
demo: .venv/instalado  ## the system with fictitious people and real PDF documents, on http://127.0.0.1:6543
	@if [ -t 0 ]; then set -m; $(DEMO); else exec $(DEMO); fi

# In two processes; each file whole in one of them (docs/decisiones/027-pruebas-en-dos-procesos.md).
test: .venv/instalado-dev  ## everything the tests need, then the whole suite
	sh tests/sistema.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/instalado-dev  ## the fast gate: format, lint, import arrows, types
	$(BIN)/ruff format --check casilla tests
	$(BIN)/ruff check casilla tests
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: .venv/instalado-dev  ## the benchmarks: a table, and JSON in var/bench (docs/rendimiento.md)
	$(BIN)/python -m tests.bench $(OPCIONES)

flujos: .venv/instalado  ## docs/flujos.md, drawn anew from the tables of casilla/workflow.py
	$(BIN)/python -m casilla.scripts.flujos > docs/flujos.md

# The old pictures go only when the story has told all of the new ones.
guia: .venv/instalado-dev  ## the guides' pictures, taken anew from the running product, and their PDF in var/guia
	sh tests/sistema.sh
	rm -rf var/guia/imagenes
	CASILLA_GUIA=var/guia/imagenes $(BIN)/python -m pytest $(wildcard tests/browser/test_guia_*.py)
	rm -f docs/imagenes/guia/*.png
	mv var/guia/imagenes/*.png docs/imagenes/guia/
	$(BIN)/python -m tests.browser.imprenta $(wildcard docs/guia-*.md)

candado:  ## the locks, anew from the ranges of setup.cfg (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make candado" setup.cfg -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make candado" --extra dev setup.cfg -o requirements-dev.lock
