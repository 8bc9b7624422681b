# Pakten and Vandel. `make` alone lists what there is.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000

# Kept bytecode, also of rewritten tests, halves the time to collect them and to start the product in a process.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := list
.PHONY: list run test lint pytest pytest-sqlite pytest-postgresql bench docs lock clean

list: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

run: $(VENV)/.run-ready ## Start Pakten with the demo network on 127.0.0.1:8000 (PORT=8001 for another port)
	@PORT=$(PORT) $(PY) -m pakten.project.run

test: lint pytest ## Run every check and test: style, types, contracts, engine, web, browser, both databases

lint: $(VENV)/.test-ready ## Style, types, import contracts
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

pytest: pytest-sqlite pytest-postgresql

pytest-sqlite: $(VENV)/.test-ready
	PYTHONWARNINGS=error $(PY) -m pytest -n 3

pytest-postgresql: $(VENV)/.test-ready
	PYTHONWARNINGS=error PAKTEN_TEST_DATABASE=postgresql $(PY) -m pytest -n 3 tests/web

bench: $(VENV)/.test-ready ## How to measure speed and accuracy
	@sed -n '1,60p' bench/README.md

docs: $(VENV)/.test-ready ## Make the pictures of the guides anew
	PAKTEN_SCREENSHOTS=1 PAKTEN_REQUIRE=browser $(PY) -m pytest -n 0 tests/browser

lock: $(VENV)/.test-ready ## Resolve the dependencies anew
	CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/bin/pip-compile -q $(LOCK) -o requirements/base.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/bin/pip-compile -q $(LOCK) --extra dev -o requirements/dev.txt pyproject.toml
LOCK := --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-options

clean: ## Remove the environment; data in var/ stays
	rm -rf $(VENV)

# The environment. Each mark is newer than what it was made from, so that a second call does nothing.
$(VENV)/.made:
	@./make/environment $(VENV)
	@touch $@

$(VENV)/.run-ready: $(VENV)/.made requirements/base.txt pyproject.toml
	@echo "Installing what Pakten needs (once, about a minute) ..."
	@$(PY) -m pip install --quiet --require-hashes -r requirements/base.txt
	@$(PY) -m pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.test-ready: $(VENV)/.made requirements/dev.txt pyproject.toml
	@echo "Installing what the tests need (once, about a minute) ..."
	@$(PY) -m pip install --quiet --require-hashes -r requirements/dev.txt
	@$(PY) -m pip install --quiet --no-deps --editable .
	@touch $@
