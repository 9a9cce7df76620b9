# Yifa 依法. Everything runs in .venv, which tools/bootstrap.py makes from the lock file.
.DEFAULT_GOAL := help
.PHONY: help setup system demo screenshots test lint types tests coverage format bench mutate lock clean

BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE := 1

help: ## 列出全部命令 list all commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## 安装运行环境 make the environment from the lock
	@python=$$(sh tools/python311.sh) && $$python tools/bootstrap.py dev
	@$(BIN)/python tools/fonts.py

test: setup system lint types coverage ## 全部检查与测试 lint, types, contracts, tests

system: ## 测试所需的系统程序 Debian packages the tests use (root only)
	@python=$$(sh tools/python311.sh) && $$python tools/system.py

lint: setup ## 代码风格与分层约束 style, import contract, purity
	$(BIN)/ruff check src tests tools bench
	$(BIN)/ruff format --check src tests tools bench
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tools/purity.py

types: setup ## 类型检查 strict types
	$(BIN)/mypy

tests: setup ## 仅运行测试 tests only (T=path runs one file)
	$(BIN)/pytest -q $(T)

coverage: setup ## 测试并检查内核分支覆盖 tests with the kernel's branch coverage
	$(BIN)/python tools/coverage_gate.py

format: setup ## 统一格式 format the code
	$(BIN)/ruff check --fix src tests tools bench
	$(BIN)/ruff format src tests tools bench

demo: setup ## 演示：建一个城市年度、出年报、开网站 a city-year, its report, the site (SCALE=0.02 PORT=8000)
	@$(BIN)/python tools/demo.py

screenshots: setup system ## 拍摄说明文档的截图 pictures of the README from the demonstration
	@$(BIN)/python tools/screenshots.py

bench: setup ## 性能测量 benchmarks, as ratios
	@python=$$(sh tools/python311.sh) && $$python tools/bootstrap.py bench
	.venv-bench/bin/python -m bench

mutate: setup ## 变异测试：守卫、审查表、期间 mutation score of guards, tables, periods (M="module…" N=sample)
	$(BIN)/python tools/mutate.py $(M) $(if $(N),--sample $(N))

# What is tested is resolved first; production and the benchmarks then take the same versions.
LOCK = uv pip compile -q $(UP) --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: ## 重新锁定依赖 resolve the lock files anew (needs uv; UP=--upgrade for new versions)
	$(LOCK) requirements/dev.in requirements/build.in -o requirements/dev.lock
	@for group in base bench; do \
	  $(LOCK) requirements/$$group.in requirements/build.in -c requirements/dev.lock -o requirements/$$group.lock; done

clean: ## 删除运行环境与数据 remove environments and data
	rm -rf .venv .venv-bench var out
