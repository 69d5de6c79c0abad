# The front door. Each target does all of its own set-up on a machine with python3, pip, make and Node (or none: then Node
# comes from a wheel).
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
WEB := build/web.stamp
WORKERS ?= 2

.PHONY: help setup up down test test-python test-web lint proto bench prove evaluate lock clean

help: ## list what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: .venv/stamp $(WEB) ## build .venv and the web pages

up: setup ## start everything: the stores, the mesh, the demo, the page
	$(BIN)/infinure up $(ARGS)

down: ## stop what `make up ARGS=--detach` started
	$(BIN)/infinure down

test: setup test-python test-web ## every test: unit, contract, rpc, end to end in a browser

test-python: setup
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(ARGS)

test-web: setup
	$(BIN)/python web/node.py npm test

lint: setup ## ruff, mypy, import rules, buf, eslint, tsc, generated code is current
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy meshkit services edge cli tests benchmarks proto/generate.py
	$(BIN)/lint-imports
	$(BIN)/python web/node.py $(CURDIR)/$(BIN)/python $(CURDIR)/proto/generate.py --check
	$(BIN)/python web/node.py npm run lint
	$(BIN)/python web/node.py npm run typecheck

proto: setup ## regenerate gen/ and web/src/gen from proto/ (ARGS=--accept moves the baseline of the breaking check)
	$(BIN)/python web/node.py $(CURDIR)/$(BIN)/python $(CURDIR)/proto/generate.py $(ARGS)

bench: setup ## measure, against a bare baseline in the same run
	$(BIN)/python -m benchmarks $(ARGS)

prove: setup ## remove each guard in turn and see a test turn red
	$(BIN)/python -m tests.boundary

evaluate: setup ## how right the engine is: on the project's own questions, and on every set of SETS=FOLDER (docs/evaluate.md)
	$(BIN)/python -m tests.business
ifdef SETS
	@mkdir -p build/predictions
	@set -e; for set in $(SETS)/*.jsonl; do case $$set in *.questions.jsonl) continue;; esac; \
		name=$$(basename $$set .jsonl); echo; echo "== $$name"; \
		$(BIN)/infinure evaluate --questions $$set --gold $$set --databases $(SETS) --out build/predictions/$$name.jsonl $(ARGS); \
	done
endif

lock: .venv/stamp ## write requirements/*.txt anew from pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes -p 3.11 --no-annotate --no-header pyproject.toml -o requirements/runtime.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes -p 3.11 --no-annotate --no-header --all-extras pyproject.toml -o requirements/dev.txt

clean: ## remove what setup made; data under .infinure stays
	rm -rf .venv build web/node_modules web/dist

.venv/stamp: requirements/uv.txt requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt \
		|| $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

$(WEB): .venv/stamp $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)
	$(BIN)/python web/node.py npm ci --no-audit --no-fund --loglevel=error
	$(BIN)/python web/node.py npm run build
	mkdir -p build && touch $@
