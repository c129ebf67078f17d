# clauselight: `make serve` opens the app, `make test` runs every check. Both need only python3 (3.11 or later) and make;
# everything is installed into .venv, nothing into the system.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# Threads of OpenMP that spin slow each other down on shared cores; nothing is fetched or reported at run time.
export OMP_NUM_THREADS ?= 1
export OMP_WAIT_POLICY ?= PASSIVE
export OPENBLAS_NUM_THREADS ?= 1
export TOKENIZERS_PARALLELISM ?= false
export HF_HUB_OFFLINE ?= 1
export GRADIO_ANALYTICS_ENABLED ?= False

.PHONY: help serve test lint types layers unit browser notebooks format clean
.DEFAULT_GOAL := help

help: ## show this help
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

serve: $(VENV)/.installed ## install what is needed, build the index if needed, open the app on 127.0.0.1:7860
	$(BIN)/clauselight serve

test: lint types layers unit browser notebooks ## install everything and run the whole suite
	@echo "All checks passed."

lint: $(VENV)/.installed-dev ## ruff: style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev ## mypy, strict
	$(BIN)/mypy

layers: $(VENV)/.installed-dev ## imports run one way: app -> index -> corpus
	$(BIN)/lint-imports

unit: $(VENV)/.installed-dev ## unit and property tests
	$(BIN)/python -m pytest -m "not browser" --ignore tests/notebooks

browser: $(VENV)/.installed-dev ## tests in headless Chromium
	$(BIN)/python -m pytest -m browser tests

notebooks: $(VENV)/.installed-dev ## run the notebooks
	$(BIN)/python -m pytest tests/notebooks

format: $(VENV)/.installed-dev ## format the code and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# Debian splits ensurepip off into python3-venv; where it is missing, the pip that lies in .ci installs itself.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本（可用 make PYTHON=python3.12 指定）"; exit 1; }
	@echo "[1/3] virtual environment in $(VENV)"
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null && $(PYTHON) -m venv $(VENV) || { \
	  $(PYTHON) -m venv --without-pip $(VENV) && \
	  wheel="$$(ls .ci/pip-*.whl)" && \
	  PYTHONPATH="$$wheel" $(BIN)/python -m pip --disable-pip-version-check -q install --no-index "$$wheel"; }
	@touch $@

$(VENV)/.installed: $(VENV)/.made constraints.txt pyproject.toml
	@echo "[2/3] packages"
	$(PIP) install -c constraints.txt -e .
	@touch $@

# PyTorch in a step of its own, so that the CPU build is taken where one is at hand; only tests and training need it.
$(VENV)/.installed-torch: $(VENV)/.made constraints.txt
	@echo "[2/3] PyTorch"
	$(PIP) install "$$(grep '^torch==' constraints.txt)"
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed-torch $(VENV)/.made constraints.txt pyproject.toml
	@echo "[3/3] packages for tests"
	$(PIP) install -c constraints.txt -e '.[encoders,dev]'
	@touch $(VENV)/.installed $@
