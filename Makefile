.PHONY: install candado

install: .venv/instalado

.venv/instalado: requirements.lock setup.cfg pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install --require-hashes -r requirements.lock
	.venv/bin/pip install --no-deps --no-build-isolation -e .
	touch $@
