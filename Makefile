.PHONY: install candado

install: .venv/instalado

.venv/instalado: requirements.lock setup.cfg pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install --require-hashes -r requirements.lock
	.venv/bin/pip install --no-deps --no-build-isolation -e .
	touch $@

candado:  ## write the locks anew from the ranges of setup.cfg (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make candado" setup.cfg -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make candado" --extra dev setup.cfg -o requirements-dev.lock
