# Every command of this project. The first one run makes .venv from the locked requirements, by itself.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python
PRESS := PYTHONPATH=plugins $(RUN) -m press

.DEFAULT_GOAL := help
.PHONY: help html serve publish check test quick bless fuzz oracle bench bench-site clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

html: $(VENV)/installed  ## check every command and build the site into output/
	@$(PRESS).build pelicanconf.py output

serve: $(VENV)/installed  ## preview on http://127.0.0.1:8000/ and rebuild on save (PORT=8001 for another port)
	@$(PRESS).preview $(PORT)

publish: $(VENV)/installed  ## build the site for a web host (SITEURL=https://example.org for another address)
	@$(PRESS).build publishconf.py output

check: $(VENV)/installed  ## check the commands in content/ and build nothing
	@$(VENV)/bin/drytables check content

# File by file, in the order of their names. By their number of tests, which is what is usual, those with a few tests of
# many seconds would come last, and one processor would wait for the other.
test: $(VENV)/installed-for-tests  ## lint, types, and every test
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy --no-error-summary plugins
	@$(VENV)/bin/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

quick: $(VENV)/installed-for-tests  ## lint, types, and the fast tests: half a minute
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy --no-error-summary plugins
	@QUICK=1 $(VENV)/bin/pytest --numprocesses auto -m "not starts_programs and not measures_time"

bless: $(VENV)/installed-for-tests  ## rewrite the expected diagnostics; then read the diff
	@BLESS=1 $(VENV)/bin/pytest tests

oracle: $(VENV)/installed-for-tests  ## compare with the real iptables, as root (ORACLE_N=200000 for a long run)
	@$(VENV)/bin/pytest tests/oracle

bench: $(VENV)/installed-for-tests  ## measure the speed of drytables and of the real iptables, as root
	@$(RUN) tests/bench.py

bench-site: $(VENV)/installed-for-tests  ## measure this site beside Hugo, Eleventy and stock Pelican (SIZES="2 100" INSTALL=1)
	@PYTHONPATH=tests $(RUN) -m bench_site $(if $(SIZES),--sizes $(SIZES)) $(if $(ROUNDS),--rounds $(ROUNDS)) \
	  $(if $(CONTESTANTS),--contestants $(CONTESTANTS)) $(if $(INSTALL),--install)

fuzz: $(VENV)/installed-for-tests  ## fuzz it with generated input, guided by coverage (FUZZ_SECONDS=3600)
	@$(RUN) -m pip install -qq --disable-pip-version-check atheris
	@$(RUN) tests/fuzz/run.py $(or $(FUZZ_SECONDS),300)

clean:  ## remove the built site and the cached drawings (.venv stays)
	rm -rf output output.new* output.old* .output.lock .cache

# The stamp is written last, so an installation that was interrupted is begun again.
$(VENV)/installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "This needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1 | head -n 1)." \
	       "Choose another with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up $(VENV) from requirements.txt (once) ..." >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@$(RUN) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@$(RUN) -m compileall -q plugins
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/installed tests/requirements.txt
	@echo "Adding what the tests need from tests/requirements.txt (once) ..." >&2
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@
