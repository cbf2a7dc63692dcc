# What a person types. `make help` lists it.
PYTHON ?= python3
export PORT ?= 8000
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test lint words science coach lock schema

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/installed ## serve the app on http://127.0.0.1:8000 (PORT changes it), with a demo course the first time
	@$(BIN)/flask --app app prepare
	@$(BIN)/flask --app app work & worker=$$!; trap 'kill $$worker 2>/dev/null; wait' EXIT INT TERM; \
	$(BIN)/gunicorn --config gunicorn.conf.py app:app

test: .venv/installed-dev ## run every test there is, on SQLite and on PostgreSQL
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile
	$(BIN)/python -m pytest -n 2 --dist loadfile --database=postgres

lint: .venv/installed-dev ## ruff, mypy --strict and djlint
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet

words: .venv/installed-dev ## collect the words of the interface into translations/, and compile them
	@mkdir -p build
	$(BIN)/pybabel -q extract -F translations/babel.cfg -k _l --sort-output --no-location -o build/words.pot .
	$(BIN)/pybabel -q update -i build/words.pot -d translations --no-fuzzy-matching --ignore-obsolete
	$(BIN)/pybabel -q compile -d translations

science: .venv/installed-dev ## print the tables of the scoring and the allocation
	$(BIN)/python -m benchmarks.scoring
	$(BIN)/python -m benchmarks.allocation

coach: .venv/installed-dev ## print precision, recall and F1 of the coach on a labelled file, FILE=…
	$(BIN)/python -m benchmarks.coach $(FILE)

lock: ## write the two lock files anew (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 -q requirements.in -o requirements.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 -q requirements-dev.in -o requirements-dev.txt

schema: ## (before the first release) write the one migration anew from the models
	d=$$(mktemp -d); rm -f migrations/versions/0001*.py; mv migrations/versions/0002*.py $$d; SECRET_KEY=x DATABASE_URL=sqlite:///$$d/s.sqlite $(BIN)/flask --app app db revision --autogenerate --rev-id 0001 -m "the first schema"; sed -i /use_alter/d migrations/versions/0001*.py; mv $$d/0002*.py migrations/versions; rm -r $$d

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Medleser needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
