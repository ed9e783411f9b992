# Every command of this project. The first one run makes .venv from the locked requirements, by itself.
PYTHON ?= python3
PORT ?= 8000
# Only where it is typed behind make: some shells set one of their own, and that would open the preview to the network.
HOST := 127.0.0.1
VENV := .venv
RUN := $(VENV)/bin/python
# As `python -m`; it also says so if a program failed because .venv is damaged. Make starts it without a shell, so that
# what ends make ends it as well: with `NAME=` before it or double quotes behind it, there would be one.
RUN_MODULE := $(RUN) plugins/environment/run.py
html serve publish deploy rollback check links prove new: export PYTHONPATH := plugins
# With this, which belongs to another Python, none starts.
unexport PYTHONHOME
# As it was typed: make would look for variables in a title, such as the `$b` of "a$b".
new: export POST_TITLE = $(value TITLE)
new: export POST_SLUG = $(value SLUG)
unexport TITLE SLUG
# So is where a site goes to.
deploy rollback: export DEPLOY_TO = $(value TO)
deploy rollback: export DEPLOY_RELEASE = $(value TO_RELEASE)
deploy rollback: export DEPLOY_DRY_RUN = $(value DRY_RUN)
deploy rollback: export DEPLOY_FORCE = $(value FORCE)
deploy rollback: export DEPLOY_UNLOCK = $(value UNLOCK)
unexport TO TO_RELEASE DRY_RUN FORCE UNLOCK
# And so is how long other sites are asked.
links: export LINKS_TIMEOUT = $(value TIMEOUT)
links: export LINKS_WITHIN = $(value WITHIN)
links: export LINKS_REMEMBERED = $(value REMEMBERED)
unexport TIMEOUT WITHIN REMEMBERED
# And which experiments are tried.
prove: export PROVE_ONLY = $(value ONLY)
unexport ONLY
ENSURE := sh plugins/environment/ensure.sh
export PYTHON MAKECMDGOALS

.DEFAULT_GOAL := help
.PHONY: help html serve publish deploy rollback check links prove new test quick bless fuzz oracle bench bench-site setup clean setup-for-tests

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

html: setup  ## check every command and build the site into output/
	@$(RUN_MODULE) press build pelicanconf.py --require drytables

# For the page that shows every element of the theme.
serve: export STYLE_PAGE = 1
serve: setup  ## preview on http://127.0.0.1:8000/ that follows each save (PORT=8001, HOST=0.0.0.0)
	@$(RUN_MODULE) press serve --port '$(PORT)' --host '$(HOST)'

publish: setup  ## build the site for a web host (SITEURL=https://example.org for another address)
	@$(RUN_MODULE) press build publishconf.py --require drytables

deploy: setup  ## publish, and put the site on its host (TO=user@host:/srv/blog, DRY_RUN=1 to see what would change)
	@$(RUN_MODULE) deploy

rollback: setup  ## let readers see the deployment before the last one again (TO_RELEASE=name for another one)
	@$(RUN_MODULE) deploy rollback

check: setup  ## check the commands in content/ and build nothing
	@$(RUN_MODULE) drytables check content

links: setup  ## try the links to other sites (WITHIN=60 seconds in all, REMEMBERED=0 days to try the good ones again)
	@$(RUN_MODULE) external_links

prove: setup  ## try on a real kernel what posts claim of their rules (ONLY="part of a name or title")
	@$(RUN_MODULE) proof

new: setup  ## write the draft of a post (TITLE="What it is about", SLUG=its-address)
	@$(RUN_MODULE) headers.new_post

# File by file, in the order that tests/conftest.py gives them. By their number of tests, which is what is usual, those
# with a few tests of many seconds would come last, and one processor would wait for the other.
test: setup-for-tests  ## lint, types and tests: five minutes (THOROUGH=1, as in CI: also those that take long)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy --no-error-summary plugins
	@$(VENV)/bin/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder \
	  $(if $(THOROUGH)$(filter true,$(CI)),,-m "not thorough")

quick: setup-for-tests  ## lint, types, and the fast tests: half a minute
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy --no-error-summary plugins
	@QUICK=1 $(VENV)/bin/pytest --numprocesses auto -m "not starts_programs and not measures_time"

bless: setup-for-tests  ## rewrite the expected diagnostics; then read the diff
	@BLESS=1 $(VENV)/bin/pytest tests

oracle: setup-for-tests  ## compare with the real iptables, as root (ORACLE_N=200000 for a long run)
	@$(VENV)/bin/pytest tests/oracle

bench: setup-for-tests  ## measure the speed of drytables and of the real iptables, as root
	@$(RUN) tests/bench.py

bench-site: setup-for-tests  ## measure this site beside Hugo, Eleventy and stock Pelican (SIZES="2 100" INSTALL=1)
	@PYTHONPATH=tests $(RUN) -m bench_site $(if $(SIZES),--sizes $(SIZES)) $(if $(ROUNDS),--rounds $(ROUNDS)) \
	  $(if $(CONTESTANTS),--contestants $(CONTESTANTS)) $(if $(INSTALL),--install)

fuzz: setup-for-tests  ## fuzz it with generated input, guided by coverage (FUZZ_SECONDS=3600)
	@$(RUN) -m pip install -qq --disable-pip-version-check atheris
	@$(RUN) tests/fuzz/run.py $(or $(FUZZ_SECONDS),300)

clean:  ## remove the built site and the cached drawings (.venv stays)
	rm -rf output output.new* output.old* .output.lock .cache

setup:  ## make or mend .venv now; the other commands do so when it is needed
	@$(ENSURE) $(if $(filter $@,$(MAKECMDGOALS)),--now) requirements.txt

setup-for-tests:
	@$(ENSURE) requirements.txt tests/requirements.txt
