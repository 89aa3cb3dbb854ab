# Every target calls the command that a person would type; where .venv is missing, it is made first.

PYTHON ?= python3
ASSIGNMENT ?= policy_gradient
VENV := .venv
READY := $(VENV)/.ready
RUN := $(VENV)/bin/python
AUTOGRADER := $(VENV)/bin/autograder
SITE := build/docs-venv
PIP := $(RUN) -m pip --disable-pip-version-check $(if $(V),,--quiet)
# `make V=1` shows every command and all that it says.
Q := $(if $(V),,@)
QUIETLY := $(if $(V),,>/dev/null)
CONTAINERS := { docker info || podman info; } >/dev/null 2>&1
IMAGES := if $(CONTAINERS); then $(AUTOGRADER) image build --quiet; else \
	echo 'No container engine answers: what must be graded in a container is left out.'; fi
# Tests that share a grading session go to the same of two processes; the longest of them begin first.
PYTEST := $(RUN) -m pytest -n 2 --dist loadgroup --no-loadscope-reorder
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --no-annotate --quiet

.DEFAULT_GOAL := help
.PHONY: help setup release grade certify notebook test test-quick test-all lint image docs dist lock agent evaluate-agent matrix benchmark fuzz clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Make .venv with the autograder command in it (PYTHON=python3.12 picks a Python)

$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || \
	  { echo 'Python 3.11, 3.12 or 3.13 is needed: make setup PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo 'This Python makes no virtual environments: apt-get install python3-venv'; exit 1; }
	@echo 'Installing the libraries into $(VENV), which takes some minutes.'
	$(Q)$(PYTHON) -m venv $(VENV)
	$(Q)$(PIP) install --require-hashes -r requirements-dev.lock
	$(Q)$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

release: $(READY) ## Make the student release and its zip from the master notebook
	$(AUTOGRADER) release

grade: $(READY) ## Grade submitted/, where it is empty a sample class (ASSIGNMENT=name, V=1 shows all)
	$(Q)$(AUTOGRADER) release --assignment $(ASSIGNMENT) $(QUIETLY)
	$(Q)if $(CONTAINERS); then $(AUTOGRADER) image build --assignment $(ASSIGNMENT) $(if $(V),,--quiet); fi
	$(Q)folder=$$($(RUN) -m samples.sample_class $(ASSIGNMENT)) && \
	  $(AUTOGRADER) grade "$$folder/submitted" --out "$$folder/graded" --assignment $(ASSIGNMENT)

certify: $(READY) ## Measure how well the checks tell right from wrong, and keep the numbers (15 minutes)
	@$(IMAGES)
	$(AUTOGRADER) certify --write README.md $(ARGS)

notebook: ## Open the notebooks in JupyterLab as students do; work is kept in work/ (STUDENT_PORT=8889)
	@$(PYTHON) -m tools.notebook

test: $(READY) ## Run the tests (ARGS="-k pong" picks some); says what it left out where no Docker runs
	@$(IMAGES)
	$(PYTEST) -m 'not exhaustive' $(ARGS)

test-quick: $(READY) ## Run what needs no container, no TensorFlow, no browser and no database, within 90 seconds
	$(PYTEST) -m 'not (exhaustive or container or heavy or browser or postgres or slow)' $(ARGS)

test-all: $(READY) ## Run everything on every engine, which all must be there; keep a record of it for CI
	@$(IMAGES)
	AUTOGRADER_REQUIRE_DOCKER=1 $(PYTEST) $(ARGS)
	@$(if $(ARGS),echo 'No record: ARGS left something out.',$(RUN) -m tools.verified --write)

lint: $(READY) ## Check format, style and types
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

image: $(READY) ## Build the image that submissions are graded in
	$(AUTOGRADER) image build

docs: $(SITE)/.ready ## Build the pages of docs/ as a site that opens from disk, build/site/index.html
	$(Q)NO_MKDOCS_2_WARNING=1 $(SITE)/bin/mkdocs build --quiet --clean
	@echo 'Read build/site/index.html.'

$(SITE)/.ready: requirements-docs.lock
	$(Q)$(PYTHON) -m venv $(SITE)
	$(Q)$(SITE)/bin/pip --disable-pip-version-check $(if $(V),,--quiet) install --require-hashes -r requirements-docs.lock
	@touch $@

dist: $(READY) ## Make the wheel and the sdist in dist/
	$(RUN) -m tools.dist

lock: ## Write the lock files anew from pyproject.toml (needs uv; ARGS=--upgrade takes newer versions)
	$(COMPILE) $(ARGS) --group session --group course -o requirements.lock
	$(COMPILE) $(ARGS) --group session -c requirements.lock -o autograder/engines/container/requirements.lock
	$(COMPILE) $(ARGS) pyproject.toml --group course --extra dev -c requirements.lock \
	  -o requirements-dev.lock
	$(COMPILE) $(ARGS) --group docs -o requirements-docs.lock
	$(COMPILE) $(ARGS) autograder/platforms/scripts/command.txt -c requirements.lock \
	  -c requirements-dev.lock -o autograder/platforms/scripts/command.lock
	$(COMPILE) $(ARGS) docker/student/requirements.in --group session --group course -c requirements.lock \
	  -o docker/student/requirements.lock
	$(COMPILE) $(ARGS) docker/hub/requirements.in -c docker/student/requirements.lock \
	  -o docker/hub/requirements.lock

agent: $(READY) ## Train the agent with PPO, an hour or two on two cores; interrupted, it goes on
	$(RUN) source/policy_gradient/ppo/ppo.py --folder build/agent
	$(RUN) -m tools.agent install build/agent
	$(RUN) -m tools.agent evaluate

evaluate-agent: $(READY) ## Play 100 games of each kind with the trained agent and show the scores
	$(RUN) -m tools.agent evaluate

matrix: $(READY) ## Run the notebook with the oldest and the newest libraries that it promises (ARGS="--python python3.13")
	$(RUN) -m tools.matrix $(ARGS)

benchmark: $(READY) ## Measure what grading costs, beside nbgrader autograde on the same notebooks
	$(RUN) -m benchmarks.grade

fuzz: $(READY) ## Search for bytes that break the protocol (needs atheris; ARGS="-frames=1000000")
	@$(RUN) -c 'import atheris' 2>/dev/null || { echo 'atheris is needed: $(PIP) install atheris'; exit 1; }
	@mkdir -p build/wire
	$(RUN) -m tests.wire.fuzz build/wire tests/wire/corpus -artifact_prefix=build/ $(ARGS)

clean: ## Remove .venv, caches and build output; never submissions or grades
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
