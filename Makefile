# make run       set everything up and try the whole way of a report in this terminal
# make test      set everything up and run the whole suite; ARGS="--thorough" searches everything
# make pure      the tests of what decides, which need neither disk nor network: a few seconds
# make package   build, install, and prove what could fail there
# make coverage  which branches the suite takes where it matters most
# make mutants   change that code in thousands of places and see whether a test notices; ARGS="sealing --json"
# make bench ARGS="steps --json"  set the rivals up, too, and measure; without ARGS it lists what there is

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# Compiled tests and product are kept: without them every process would read its own code again.
TRY := PYTHONDONTWRITEBYTECODE= $(BIN)/python

.PHONY: run test pure bench lint types package coverage mutants check clean

run: $(VENV)/.run
	@$(BIN)/python -m bot try

test: $(VENV)/.dev
	$(TRY) -m pytest -n auto --dist worksteal --ignore tests/test_packaging.py $(ARGS)

pure: $(VENV)/.dev
	$(TRY) -m pytest -q -m "not hypothesis and not search" -p no:cacheprovider -p no:logging --capture=sys $(ARGS) tests/handlers

bench: $(VENV)/.bench
	@$(BIN)/python -m bench $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

package: $(VENV)/.dev
	$(TRY) -m pytest $(ARGS) tests/test_packaging.py

coverage: $(VENV)/.mutants
	@$(TRY) -m tests.mutants --coverage $(ARGS)

mutants: $(VENV)/.mutants
	@$(TRY) -m tests.mutants $(ARGS)

check:
	.ci/run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Vestka needs Python 3.11 or newer.")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV): the libraries, every one pinned by its hash. This happens once."
	@$(INSTALL) -r requirements/run.txt
	@$(BIN)/python -c 'import pathlib, sys, sysconfig; pathlib.Path(sysconfig.get_paths()["purelib"], "vestka.pth").write_text(sys.argv[1] + "\n")' "$(CURDIR)"
	@printf '#!%s\nfrom bot.__main__ import main\n\nmain()\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/vestka
	@chmod 755 $(BIN)/vestka
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "Setting up $(VENV): what the suite needs. This happens once."
	@$(INSTALL) -r requirements/dev.txt
	@touch $@

$(VENV)/.mutants: requirements/mutants.txt $(VENV)/.dev
	@echo "Setting up $(VENV): what measures the suite. This happens once."
	@$(INSTALL) -r requirements/mutants.txt
	@touch $@

RIVALS := $(VENV)/rivals

$(VENV)/.bench: requirements/bench.txt bench/rivals/package-lock.json $(VENV)/.dev
	@echo "Setting up $(RIVALS): the bots that ours is compared with. This happens once."
	@$(PYTHON) -m venv $(RIVALS)
	@$(RIVALS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@mkdir -p $(RIVALS)/grammy && cp bench/rivals/package.json bench/rivals/package-lock.json $(RIVALS)/grammy
	@cd $(RIVALS)/grammy && npm ci --silent --ignore-scripts --no-audit --no-fund \
	  || echo "Node's packages are not to be had here: grammY will be left out."
	@touch $@

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
