# Each target makes .venv on first use and reuses it; Python >= 3.11 and make are all it takes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint docs bench clean

demo: $(VENV)/.plot
	$(BIN)/python -m skeeg demo $(DEMO)

test: $(VENV)/.test
	$(BIN)/python -m pytest --numprocesses=auto

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

docs: $(VENV)/.docs
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --fresh-env docs docs/_build/html

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/$(or $(NAME),wavegan).py $(BENCH)

# torch goes first: an unpinned torch is resolved to a build with gigabytes of GPU libraries.
$(VENV)/torch: constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "skeeg needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV), once; this takes a minute or two"
	$(PIP) install --constraint constraints.txt torch
	touch $@

$(VENV)/.%: $(VENV)/torch pyproject.toml
	$(PIP) install --constraint constraints.txt --editable '.[$*]'
	touch $@

clean:
	rm -rf $(VENV) docs/_build docs/api docs/auto_examples
