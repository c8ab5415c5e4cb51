# A fresh machine needs Python 3.11 or newer and make; all else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: run test mutate check figures bench peers clean

run: $(INSTALLED)  ## extract the corpus into outputs/
	$(BIN)/zhextract run corpus/articles -o outputs

test: $(INSTALLED)  ## the whole suite, without network
	$(BIN)/python -m pytest -n auto

mutate: $(INSTALLED)  ## twenty faults, each of which some test must see
	$(BIN)/python -m tests.mutate

check: $(INSTALLED)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

figures: $(INSTALLED)  ## those of the README
	$(BIN)/zhextract score --markdown | grep -e '^\*\*F1' -e '| record |'

bench: $(INSTALLED)  ## speed against jieba.cut in one process, operations, growth, start, memory
	$(BIN)/python -m pytest tests/benchmarks --benchmark-enable --benchmark-only -s
	$(BIN)/python -m tests.benchmarks.report

peers: $(INSTALLED)  ## dates and values of the gold that other tools find, beside ours
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[peers]'
	$(BIN)/python -m tests.benchmarks.peers

clean:  ## all that the other targets made
	rm -rf .venv .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache
	git clean -fdXq outputs

# Installs only where the project's own requirements changed, so that later calls are fast and offline.
$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@
