# Everything starts here; `make` alone says what there is. A second run of any target does only what is missing.
SHELL := /bin/bash
BIN := .venv/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests demo test explore mutated fuzz lint docs bench bench-load durability machines eval-hearing gallery lock clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install all that is missing: system packages, .venv, the locked Python packages
	@tools/setup.sh

setup-tests: ## the same, and PostgreSQL, which only tests need on a machine of one's own
	@tools/setup.sh --tests

demo: setup ## compose a short song, make its video, say where it is
	@$(BIN)/songreel demo $(ARGS)

test: setup-tests ## run every test (ARGS="tests/proof -k cuts" runs some)
	@$(BIN)/pytest -n auto $(ARGS)

explore: setup-tests ## run the property tests on other examples than the gate's (ARGS="tests/analysis")
	@$(BIN)/pytest -n auto -m "hypothesis" --hypothesis-profile=explore $(ARGS)

mutated: setup ## upload 500 broken media files to the service (ARGS are pytest's)
	@SONGREEL_MUTATED=500 $(BIN)/pytest tests/server/test_mutated.py $(ARGS)

lint: setup ## check style, types and layers
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

docs: setup ## write the pages of docs/reference from the code
	@$(BIN)/python -m tools.reference

bench: setup ## measure speed and memory as ratios (ARGS="--rows help,analysis --seconds 30")
	@$(BIN)/python -m bench.speed $(ARGS)

fuzz: setup ## make calls that the service's own description allows (SONGREEL_FUZZ=200 of each kind)
	@SONGREEL_FUZZ=$${SONGREEL_FUZZ:-200} $(BIN)/pytest tests/server/test_schema.py --hypothesis-profile=explore $(ARGS)

bench-load: setup ## poll 200 sessions and upload 20 files of 50 MB while 4 renders run (ARGS="--every 2 --rounds 4")
	@$(BIN)/python -m bench.load $(ARGS)

durability: setup-tests ## kill servers and workers at many moments of renders (DURABILITY_MOMENTS=20)
	@DURABILITY_MOMENTS=$${DURABILITY_MOMENTS:-20} $(BIN)/pytest tests/service/test_killed.py $(ARGS)

machines: setup-tests ## render one video by 1, 2 and 4 machines, and say what an idle one costs
	@$(BIN)/pytest -q -s bench/machines.py $(ARGS)

eval-hearing: setup ## score the hearing beside librosa's on songs whose beats are known (ARGS=FOLDER of annotated songs, ARGS='--most 2' for a taste)
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install -q --require-hashes -r requirements/eval.txt
	@$(BIN)/python -m bench.hearing $(ARGS)

gallery: setup ## draw every look, scene, effect, transition, visualizer and design of words into docs/gallery
	@$(BIN)/python tools/gallery.py docs/gallery

lock: setup ## choose versions anew where pyproject asks for it, and write them down by hash (ARGS=--upgrade for newer ones)
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --extra heic $(ARGS) pyproject.toml -o requirements/runtime.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --extra heic --group dev $(ARGS) pyproject.toml -o requirements/dev.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --group eval -c requirements/dev.txt $(ARGS) -o requirements/eval.txt
	@echo uv | $(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate -c requirements/dev.txt - -o requirements/uv.txt

clean: ## remove the environment and all caches of the tools
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis .benchmarks .import_linter_cache out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
