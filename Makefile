# Everything that is done with this project, one word each: `make` alone lists the words.
# Needs Python 3.11 or later, make and git; the rest goes into .venv.
# PYTHON=python3.12 chooses an interpreter; ARGS='-k search' is handed to pytest, or to benchmarks.

VENV := .venv
BIN := $(VENV)/bin
MADE := $(VENV)/made
JOBS ?= 2
ARGS ?=
PYTEST = $(BIN)/python -m pytest -n $(JOBS) --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help run ingest check test test-all lint format bench wheel pins clean

help: ## list these words
	@echo 'make WORD, where WORD is one of:'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

run: $(MADE) ## make the environment, read the text, open the browser
	@echo '==> Reading references/ and notes/, then starting the browser (Ctrl-C stops it)'
	@$(BIN)/kb serve

ingest: $(MADE) ## read references/ and notes/ into kb.db
	@echo '==> Reading references/ and notes/ into kb.db'
	@$(BIN)/kb ingest

check: ingest ## list everything questionable in the text
	@echo '==> Checking the text'
	@$(BIN)/kb check

test: lint ## every check of the code, and every test but the long ones
	@echo '==> Tests: units, laws, the application, and a real browser where there is a Chromium'
	@$(PYTEST) -m 'not sweep' $(ARGS)

test-all: lint ## the same with the long ones
	@echo '==> All tests, the long ones too'
	@$(PYTEST) $(ARGS)

lint: $(MADE) ## format, rules, types and layers of the code
	@echo '==> Format (ruff format)'
	@$(BIN)/ruff format --check .
	@echo '==> Rules (ruff check)'
	@$(BIN)/ruff check .
	@echo '==> Types (mypy)'
	@$(BIN)/mypy
	@echo '==> Layers (import-linter)'
	@$(BIN)/lint-imports --no-logo

format: $(MADE) ## put the code into the house's format
	@echo '==> Formatting (ruff)'
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(MADE) ## measure reading, ingest, duplicates and search
	@echo '==> Measuring (several minutes; a quiet machine measures best)'
	@$(BIN)/python -m benchmarks $(ARGS)

wheel: $(MADE) ## build the package into dist/
	@echo '==> Building the wheel'
	@$(BIN)/python -m hatchling build -t wheel

pins: ## write constraints.txt anew with the newest versions
	@sh .ci/pins.sh

clean: ## remove what was made: environment, database, caches
	@echo '==> Removing .venv, kb.db, dist/ and caches'
	@rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@rm -f kb.db kb.db-wal kb.db-shm

$(MADE): pyproject.toml constraints.txt
	@sh .ci/environment.sh $(VENV)
	@touch $@
