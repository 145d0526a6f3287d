# Every command first sets up what it needs, into .venv (see .ci/bootstrap.py).
PYTHON ?= python3
BIN := .venv/bin
LOCK_FLAGS ?=

# Material announces MkDocs 2 on every run; we stay below 2 (docs/decisions/0002-dependencies.md).
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup browser checkers serve site check test bench lint fix lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

setup:
	@$(PYTHON) .ci/bootstrap.py

serve: setup ## Build, and serve on http://127.0.0.1:8000 with live reload
	@$(BIN)/undelivered serve

site: setup ## Build the deployable folder site/
	@$(BIN)/undelivered build

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint ## The fast part of the tests
	$(BIN)/undelivered check
	$(BIN)/pytest tests/unit tests/golden tests/content tests/architecture

browser: setup
	@$(PYTHON) .ci/bootstrap.py --browser >/dev/null

checkers: setup
	@$(PYTHON) .ci/bootstrap.py --checkers

test: browser checkers lint ## Everything, with a real Chromium
	$(BIN)/undelivered build
	@UNDELIVERED_CHROMIUM="$$($(PYTHON) .ci/bootstrap.py --browser)" && export UNDELIVERED_CHROMIUM && \
	  set -x && $(BIN)/pytest --numprocesses 2 --dist loadgroup tests

bench: setup ## What a build costs beside other engines (BENCH="--without hugo" leaves one out)
	$(BIN)/python tests/bench/build.py $(BENCH)

fix: setup ## Format, mend what can be mended, write the editor schemas
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	$(BIN)/undelivered schema
	$(BIN)/pybabel --quiet extract --mapping pyproject.toml --keyword _n:1,2 --keyword say --omit-header \
	  --add-location file --sort-by-file --no-wrap --output-file generator/locale/undelivered.pot generator

lock: setup ## Write the locks in .ci anew (all to their newest: make lock LOCK_FLAGS=--upgrade)
	@$(PYTHON) -m venv .build/uv
	@.build/uv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@.build/uv/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --quiet --custom-compile-command "make lock" $(LOCK_FLAGS) \
	  --output-file .ci/requirements.txt
	@.build/uv/bin/uv pip compile --group pyproject.toml:checkers --universal --python-version 3.11 \
	  --generate-hashes --quiet --custom-compile-command "make lock" $(LOCK_FLAGS) \
	  --output-file .ci/requirements-checkers.txt
	@$(PYTHON) .ci/bootstrap.py --lock-checkers

clean: ## Remove what the commands made, but not .venv
	rm -rf .build site .cache .hypothesis dist
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
