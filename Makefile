# 明条 Clauselight: `make serve` opens the app, `make test` runs every check. Both need only python3 (3.11 or later) and
# make; everything is installed into .venv, nothing into the system. Versions stand in constraints.txt.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# Without isolation, packages that come as source are built with the pinned tools and not with the newest.
INSTALL := $(PIP) install --no-build-isolation --constraint constraints.txt
# The pip of every .venv, unchanged from the Python Package Index (MIT): Debian keeps ensurepip in a package of its own.
PIP_WHEEL := .ci/pip-26.3-py3-none-any.whl

# Threads of OpenMP that spin slow each other down on shared cores; nothing is fetched or reported at run time.
export OMP_NUM_THREADS ?= 1
export OMP_WAIT_POLICY ?= PASSIVE
export OPENBLAS_NUM_THREADS ?= 1
export TOKENIZERS_PARALLELISM ?= false
export HF_HUB_OFFLINE ?= 1
export GRADIO_ANALYTICS_ENABLED ?= False
# What another Python was told must not reach the one in .venv.
unexport PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX PIP_USER

.PHONY: help serve test lint types layers unit browser screenshots notebooks bench fuzz soak format clean
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## 显示这份说明
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

serve: $(VENV)/.installed ## 安装所需的包，必要时建立索引，在 127.0.0.1:7860 打开网页
	@$(BIN)/clauselight index verify >/dev/null 2>&1 || $(BIN)/clauselight index build
	@$(BIN)/clauselight serve

test: lint types layers unit browser notebooks ## 安装并运行全部检查
	@echo "全部检查通过"

lint: $(VENV)/.installed-dev ## 代码风格（ruff）
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev ## 类型（mypy）
	$(BIN)/mypy

layers: $(VENV)/.installed-dev ## 分层：app -> index -> corpus（import-linter）
	$(BIN)/lint-imports

unit: $(VENV)/.installed-dev ## 单元测试与性质测试
	$(BIN)/python -m pytest -m "not browser" --ignore tests/notebooks

browser: $(VENV)/.installed-dev ## 无界面 Chromium 里的网页测试
	$(BIN)/python -m pytest -m browser tests/browser

screenshots: $(VENV)/.installed-dev ## 重拍 docs/images 里的网页图片
	$(BIN)/python -m tests.browser.screenshots docs/images

notebooks: $(VENV)/.installed-dev ## 执行笔记本
	$(BIN)/python -m pytest tests/notebooks

bench: $(VENV)/.installed-dev ## 测速：一张表，要达到的和量到的并列（约十分钟）
	$(BIN)/python -m benchmarks

fuzz: $(VENV)/.installed-dev ## 用随机文本试解析器半小时（测试里只试几秒）
	$(BIN)/python -m tests.corpus.fuzz --minutes 30

soak: $(VENV)/.installed-dev ## 两百个客户端压五分钟，看有没有错误和泄漏
	$(BIN)/python -m tests.soak

format: $(VENV)/.installed-dev ## 整理代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## 删除虚拟环境和缓存
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made: $(PIP_WHEEL)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "需要 Python 3.11 或更新的版本；可以指定：make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv' 2>/dev/null || { echo "这个 Python 没有 venv；请先安装：apt-get install python3-venv" >&2; exit 1; }
	@echo "[1/3] 建立虚拟环境 $(VENV)"
	@$(PYTHON) -m venv --clear --without-pip $(VENV)
	@PYTHONPATH=$(PIP_WHEEL) $(PIP) install --quiet --no-index $(PIP_WHEEL)
	@$(INSTALL) --quiet hatchling editables setuptools
	@touch $@

$(VENV)/.installed: $(VENV)/.made constraints.txt pyproject.toml
	@echo "[2/3] 安装运行所需的包"
	@$(INSTALL) --editable .
	@touch $@

# PyTorch in a step of its own, so that the CPU build is taken where one is at hand; only tests and training need it.
$(VENV)/.installed-torch: $(VENV)/.made constraints.txt
	@echo "[2/3] 安装 PyTorch"
	@$(INSTALL) "$$(grep '^torch==' constraints.txt)"
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed-torch constraints.txt pyproject.toml
	@echo "[3/3] 安装测试所需的包"
	@$(INSTALL) --editable '.[encoders,dev]'
	@touch $(VENV)/.installed $@
