# make run   the demo edition in the terminal          make test   everything that must hold
# make bench DATA=FOLDER       the suggestions beside other tools, on synthetic pages and those of FOLDER
# make catalogues              what the interface says, collected for translation and compiled
# All need Python 3.11 or newer with venv, nothing else: the rest is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH := $(VENV)/.bench
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint tests/constraints.txt

.PHONY: run test check format docs catalogues bench clean

run: $(READY)
	$(BIN)/workbench demo --open demo

# Half of the time of a test is waiting for the disk or the screen: four at a time, on two cores.
test: check
	$(BIN)/pytest -n 4 --dist worksteal

check: $(READY)
	$(BIN)/ruff format --check workbench tests docs benchmarks
	$(BIN)/ruff check workbench tests docs benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(BENCH)
	$(BIN)/python -m benchmarks.bench $(DATA)

docs: $(READY)
	$(BIN)/python docs/commands.py
	$(BIN)/python docs/states.py
	$(BIN)/python docs/screens.py

LOCALE := workbench/i18n/locale
catalogues: $(READY)
	$(BIN)/pybabel --quiet extract --no-default-keywords -k _ -k keyed -k N_ -k ngettext:1,2 --no-location \
	  --sort-output -o $(LOCALE)/workbench.pot workbench
	$(BIN)/pybabel --quiet update --domain workbench --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120 \
	  -i $(LOCALE)/workbench.pot -d $(LOCALE)
	sed -i -E '/^"(Report-Msgid|POT-Creation|PO-Revision|Last-Translator|Language-Team|Generated-By)/d' $(LOCALE)/*/*/*.po
	rm $(LOCALE)/workbench.pot
	$(BIN)/pybabel --quiet compile --domain workbench -d $(LOCALE)

format: $(READY)
	$(BIN)/ruff format workbench tests docs benchmarks
	$(BIN)/ruff check --fix workbench tests docs benchmarks

$(READY): pyproject.toml tests/constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable '.[test,browse]'
	touch $(READY)

$(BENCH): $(READY)
	$(INSTALL) --editable '.[bench]'
	touch $(BENCH)

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
