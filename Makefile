# Everything that one does with this project. `make` alone lists it.

PYTHON ?= python3
IN_VENV := .venv/bin/python -m
WITH_POSTGRES := $(IN_VENV) milia_site.with_postgres

.PHONY: help run test check bench bench-wagtail audit lock clean

help:
	@echo "make run     start the site on http://127.0.0.1:8000 (PORT=8001 make run: elsewhere)"
	@echo "make test    run all tests, in a browser too"
	@echo "make check   lint, types, templates, who imports whom, pending migrations"
	@echo "make bench   measure the speed"
	@echo "make bench-wagtail   measure the search beside Wagtail's"
	@echo "make audit   what Lighthouse and axe say of the pages, and what they weigh (needs npm)"
	@echo "make lock    make the requirements files anew from pyproject.toml"
	@echo "make clean   remove what the tools made; the site's data in var/ stays"

run: .venv/installed
	@$(IN_VENV) milia_site.run

test: .venv/installed-dev
	@$(IN_VENV) tests.install_browser
	$(WITH_POSTGRES) -- $(IN_VENV) pytest -n auto --cov --cov-report=term --cov-fail-under=99

check: .venv/installed-dev
	$(IN_VENV) ruff check .
	$(IN_VENV) ruff format --check .
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 --check {} +
	.venv/bin/lint-imports
	SECRET_KEY=check $(IN_VENV) mypy .
	$(WITH_POSTGRES) -- .venv/bin/python manage.py check --fail-level WARNING
	$(WITH_POSTGRES) -- .venv/bin/python manage.py makemigrations --check --dry-run

bench: .venv/installed
	$(WITH_POSTGRES) --data var/bench-postgres -- $(IN_VENV) bench

bench-wagtail: .venv/installed .venv-wagtail/installed
	$(WITH_POSTGRES) --data var/bench-postgres -- $(IN_VENV) bench.beside_wagtail .venv-wagtail/bin/python

audit: .venv/installed-dev bench/audit/lighthouse/node_modules
	@$(IN_VENV) tests.install_browser
	$(WITH_POSTGRES) -- $(IN_VENV) bench.audit

lock: .venv/installed-dev
	$(call compile,requirements.txt)
	$(call compile,requirements-dev.txt,--group dev)

clean:
	rm -rf .venv .venv-wagtail .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* htmlcov
	find . -name __pycache__ -prune -exec rm -rf {} +

compile = .venv/bin/uv pip compile pyproject.toml $(2) --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --no-emit-index-url --custom-compile-command "make lock" \
	--quiet --output-file $(1)

.venv-wagtail/installed: bench/wagtail_side/requirements.txt
	$(PYTHON) -m venv --clear .venv-wagtail
	.venv-wagtail/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

bench/audit/lighthouse/node_modules: bench/audit/lighthouse/package-lock.json
	npm ci --prefix bench/audit/lighthouse --no-audit --no-fund
	@touch $@

# The stamps are written last: an installation that broke off is done again.
.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11")'
	@.venv/bin/python -c "" 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@echo "Installing what the site needs into .venv …"
	@$(IN_VENV) pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing what the tests need into .venv …"
	@$(IN_VENV) pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
