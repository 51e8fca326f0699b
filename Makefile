# Expresso's commands; `make help` lists them. Nothing but make and Python 3.11+ is presumed.
VENV := .venv
PY := $(VENV)/bin/python
UV := uv==0.13.9
ARGS ?=
COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --annotation-style line \
  --custom-compile-command "make lock" $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help run run-full test lint format sentences lock bench screenshots clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: $(VENV)/.run ## everything on this machine: SQLite, phone simulator, one web process, the worker
	@$(PY) -m expresso.run

run-full: $(VENV)/.run ## the full deployment's processes against DATABASE_URL and REDIS_URL
	@$(PY) -m expresso.full

test: $(VENV)/.dev ## the whole suite on SQLite, then on PostgreSQL and Redis (ARGS="orders -k race" for a part)
	@$(PY) -m tests.run $(ARGS)

lint: $(VENV)/.dev ## style, types, the arrows between the apps, templates, migrations, deployment check
	@$(PY) -m tests.lint

format: $(VENV)/.dev ## put code and templates into the form that lint asks for
	@$(VENV)/bin/ruff check --fix --quiet . ; $(VENV)/bin/ruff format . && $(VENV)/bin/djlint --reformat --quiet templates

sentences: $(VENV)/.dev ## the catalogs in locale/ brought up to what is said to customers, and compiled
	@$(PY) -m tests.catalogs

lock: $(VENV)/.uv ## the requirements' versions and hashes written anew from requirements.in and requirements-dev.in
	@$(COMPILE) requirements.in --output-file requirements.txt
	@$(COMPILE) requirements-dev.in --constraints requirements.txt --output-file requirements-dev.txt
	@echo '$(UV)' | $(COMPILE) - --output-file requirements-uv.txt

bench: $(VENV)/.dev ## figures only: answered texts per second, text to screen, statements per text, pages on a slow device
	@$(PY) -m bench $(ARGS)

screenshots: $(VENV)/.dev ## the pictures in docs/, taken from a running demonstration event
	@$(PY) -m tests.screenshots $(ARGS)

clean: ## remove the environment and the tools' caches; data in var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

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

# pip checks a package's hash against the files of requirements*.txt and refuses another, and so does uv.
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

# uv takes seconds where pip takes most of a minute. Where uv cannot be had or fails, pip does the same.
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
