# make run   the demo edition in the terminal          make test   everything that must hold
# make bench DATA=FOLDER       the suggestions beside other tools, on synthetic pages and those of FOLDER
# Both need Python 3.11 or newer with venv, nothing else: the rest is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH := $(VENV)/.bench
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint tests/constraints.txt

.PHONY: run test check format docs bench clean

run: $(READY)
	$(BIN)/workbench demo --open demo

test: check
	$(BIN)/pytest

check: $(READY)
	$(BIN)/ruff format --check workbench tests docs benchmarks
	$(BIN)/ruff check workbench tests docs benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(BENCH)
	$(BIN)/python -m benchmarks.bench $(DATA)

docs: $(READY)
	$(BIN)/python docs/commands.py
	$(BIN)/python docs/screens.py

format: $(READY)
	$(BIN)/ruff format workbench tests docs benchmarks
	$(BIN)/ruff check --fix workbench tests docs benchmarks

$(READY): pyproject.toml tests/constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable '.[test]'
	touch $(READY)

$(BENCH): $(READY)
	$(INSTALL) --editable '.[bench]'
	touch $(BENCH)

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
