# Everything that a newcomer types. Each step says what it does, and what to do when it fails.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
NODE_MODULES := tests/peers/node_modules

.PHONY: help run install install-dev peers workspace test check format hearing echoes bench chaos picture clean
.DEFAULT_GOAL := help

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: install ## Start Brug in this terminal: SQLite, no account, no token
	@$(BIN)/brug

install: $(VENV)/.installed ## Put Brug and what it needs in .venv

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Brug needs Python 3.11 or newer. Install it, or name it: make run PYTHON=python3.12"; exit 1; }
	@echo "Making an environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "That failed. On Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/.python
	@echo "Installing what Brug needs (a minute, the first time) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt || \
	  { echo "That failed. Is there a network? Then: rm -rf $(VENV) and try again"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . || \
	  { echo "That failed. Try: rm -rf $(VENV), then make install"; exit 1; }
	@$(BIN)/python -m compileall -q bot handlers scheduler store  # a start is 0.2 s quicker with it
	@touch $@

install-dev: $(VENV)/.installed-dev ## The same, with the tools for tests and checks

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing what the tests and checks need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt || \
	  { echo "That failed. Is there a network? Then: rm -rf $(VENV) and try again"; exit 1; }
	@touch $@

peers: ## Install the npm peers that tests talk to, where there is npm
	@if command -v npm >/dev/null; then \
	  [ -d $(NODE_MODULES) ] || { echo "Installing the npm peers …"; \
	    cd tests/peers && npm install --no-package-lock --no-audit --no-fund --loglevel=error; } || \
	    echo "That failed; the tests that need them are skipped, and say so."; \
	else echo "There is no npm: the tests against npm peers are skipped, and say so."; fi

workspace: install-dev peers ## Try Brug in a Slack without an account, in your browser (needs npm)
	@command -v npm >/dev/null || { echo "This needs npm. On Debian: apt-get install nodejs npm"; exit 1; }
	@PORT=$(or $(PORT),4310) $(BIN)/python -m tests.peers.workspace

# What starts servers and counts on its patience has the machine for itself; the rest shares it.
QUICK := tests/bench tests/bot tests/handlers tests/rules tests/scheduler tests/store
ALONE := tests/peers tests/stories

test: install-dev peers ## The whole suite; ARGS="-k coverage" for a part
ifdef ARGS
	@echo "Running these tests …"
	@$(BIN)/python -m pytest $(ARGS)
else
	@echo "Running the quick tests, two at a time …"
	@$(BIN)/python -m pytest --numprocesses=2 --dist=worksteal $(QUICK)
	@echo "Running the tests with peers, and the stories …"
	@$(BIN)/python -m pytest $(ALONE)
endif

check: install-dev ## Format, lint, types, import contracts
	@echo "Format …";    $(BIN)/ruff format --check . || { echo "Mend it with: make format"; exit 1; }
	@echo "Lint …";      $(BIN)/ruff check . || { echo "Many are mended by: make format"; exit 1; }
	@echo "Types …";     $(BIN)/pyright
	@echo "Contracts …"; $(BIN)/lint-imports

format: install-dev ## Let ruff format and mend what it can
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: $(VENV)/.installed-bench ## Measure, side by side with peers, and print the tables
	@$(BIN)/python -m tests.bench

hearing: $(VENV)/.installed-bench ## Learn anew how people put their questions, from the phrasings
	@$(BIN)/python -m tests.handlers.hearing.learn

echoes: $(VENV)/.installed-bench ## Learn anew how a signal sounds in other words, from the tellings
	@$(BIN)/python -m tests.store.signals.learn_echoes

chaos: install-dev ## Kill and disturb Brug for half an hour, and print the matrix
	@$(BIN)/python -m tests.stories.chaos
	@INTERLEAVINGS=100000 $(BIN)/python -m pytest -q --durations=5 tests/scheduler/test_protocol.py

$(VENV)/.installed-bench: requirements-bench.txt $(VENV)/.installed-dev
	@echo "Installing the peers that bench compares with …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

picture: install ## Draw the picture of the README anew
	@$(BIN)/python -m bot.picture

clean: ## Remove the environment, caches and the embedded database
	rm -rf $(VENV) .brug .pytest_cache .ruff_cache .hypothesis .grimp_cache $(NODE_MODULES) tests/peers/.generated
