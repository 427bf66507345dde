# `make run` serves the site, `make test` runs the tests; the rest is for changing the code.

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name))))
IN_VENV = .venv/bin/python
export PORT STRIPESIM_PORT CHROMIUM BENCH_PORT

.PHONY: help run test nightly security bench check format messages next requirements

help:
	@echo "make run           serve the site with demo content (PORT=8000)"
	@echo "make test          run the tests (one file: make test TESTS=tests/learners)"
	@echo "make nightly       run the tests that take minutes too"
	@echo "make security      send hostile requests to every address (REQUESTS=20000 SEED=…)"
	@echo "make bench         measure every journey on a site of SIZE=S, M or L (bench/README.md)"
	@echo "make check         read style, templates, types, contracts between rooms, migrations"
	@echo "make format        format Python and templates"
	@echo "make messages      write the catalogues of texts to translate"
	@echo "make next          run the tests on the coming release of Wagtail (WAGTAIL=8.1rc1)"
	@echo "make requirements  pin the packages named in requirements*.in"

run:
	@$(PYTHON) -m perfomix.supervisor.environment requirements.txt
	@exec $(IN_VENV) -m perfomix.supervisor

test:
	@$(PYTHON) -m perfomix.supervisor.environment requirements-dev.txt
	@exec $(IN_VENV) -m perfomix.supervisor.testing $(TESTS)

nightly:
	@$(PYTHON) -m perfomix.supervisor.environment requirements-dev.txt
	@NIGHTLY=true exec $(IN_VENV) -m perfomix.supervisor.testing $(TESTS)

# Every address, every kind of person, whatever can be sent: no answer may be an error of ours.
# A run is repeated by its seed. `make test` has a short one.
REQUESTS ?= 20000
SEED := $(or $(SEED),$(shell date +%s))
security:
	@$(PYTHON) -m perfomix.supervisor.environment requirements-dev.txt
	@echo "$(REQUESTS) requests, SEED=$(SEED)"
	@HOSTILE_REQUESTS=$(REQUESTS) HOSTILE_SEED=$(SEED) exec $(IN_VENV) -m perfomix.supervisor.testing tests/security

# Fills a database of its own, loads it with wrk, and writes the table of bench/README.md.
SIZE ?= S
bench:
	@$(PYTHON) -m perfomix.supervisor.environment requirements.txt
	@exec $(IN_VENV) -m bench --size $(SIZE) --only "$(JOURNEYS)"

check:
	@$(PYTHON) -m perfomix.supervisor.environment requirements-dev.txt
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .
	git ls-files -z -- 'templates/*.html' | xargs -0 .venv/bin/djade --target-version 5.2 --check
	DATABASE_URL=postgresql:///unused $(IN_VENV) -m mypy
	.venv/bin/lint-imports --no-cache
	$(IN_VENV) -m perfomix.languages --check
	$(IN_VENV) -m perfomix.supervisor.checking

format:
	@$(PYTHON) -m perfomix.supervisor.environment requirements-dev.txt
	$(IN_VENV) -m ruff check --fix --exit-zero .
	$(IN_VENV) -m ruff format .
	git ls-files -z -- 'templates/*.html' | xargs -0 .venv/bin/djade --target-version 5.2

messages:
	@$(PYTHON) -m perfomix.supervisor.environment requirements.txt
	@$(IN_VENV) -m perfomix.languages

# The coming Wagtail in an environment of its own; docs/wagtail.md says what stands in the way.
WAGTAIL ?= 8.1rc1
next:
	@VENV=.venv-next $(PYTHON) -m perfomix.supervisor.environment requirements-dev.txt
	.venv-next/bin/python -m pip install --quiet --pre "wagtail==$(WAGTAIL)"
	@TRY_NEXT_WAGTAIL=true exec .venv-next/bin/python -m perfomix.supervisor.testing $(TESTS)

# Needs uv, which no other target does.
PIN = uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-annotate --no-header
requirements:
	$(PIN) requirements.in --output-file requirements.txt
	$(PIN) requirements-dev.in --output-file requirements-dev.txt
