# The targets a person types. `make help` lists them.
PORT ?= 8000
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test lint lock schema

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

schema: ## (before the first release) write the one migration anew from the models
	rm -f migrations/versions/*.py; d=$$(mktemp -d); SECRET_KEY=x DATABASE_URL=sqlite:///$$d/s.sqlite $(BIN)/flask --app app db revision --autogenerate --rev-id 0001 -m "the first schema"; rm -r $$d
