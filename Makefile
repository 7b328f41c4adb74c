# Beklijf: `make demo` to see it, `make test` to prove it. Nothing else has to be installed first
# but Python 3.11 or newer.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PO := $(wildcard config/translations/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
NOT_COMPATIBLE := GPL-3.0-only;GPL-3.0-or-later;AGPL-3.0-only;AGPL-3.0-or-later;GNU General Public License v3 (GPLv3);GNU Affero General Public License v3;Other/Proprietary License

help: ## What can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | sort

setup: .venv/made ## The virtual environment in .venv, from the lock files

.venv/made: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Beklijf needs Python 3.11 or newer.") if sys.version_info < (3, 11) else None'
	@echo "Making .venv from the lock files. The first time this takes some minutes."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

%.mo: %.po .venv/made
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@ --locale=nl

translations: $(MO) ## Compile the Dutch texts

demo: setup translations ## The tool, a demo LMS and its mailbox, on this machine
	@$(BIN)/python -m lti_tool demo

# On all processors (tests/scheduling.py says what stays together), in the order of the folders: the browsers
# take longest and so begin first.
test: setup translations ## All tests
	$(BIN)/pytest --numprocesses=logical --no-loadscope-reorder

journey: setup translations ## The whole story, unattended, with real processes
	$(BIN)/python -m tests.journeys

bench: setup translations ## How quick it is, beside its peers; on a machine with nothing else to do
	$(BIN)/pytest --override-ini=python_files='bench_*.py' --capture=no tests/load

# test_*.py are the quick ones that `make test` has too. FAULTS_SEED=… repeats the moments of a run that failed.
faults: setup translations ## Kills, and everything around it that can fail: nothing lost, nothing twice
	$(BIN)/pytest --override-ini=python_files='test_*.py long_*.py' --capture=no tests/faults

check: setup translations ## Lint, types, contracts, content, licences
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m lti_tool catalogue check
	$(BIN)/pip-licenses --from=mixed --fail-on="$(NOT_COMPATIBLE)" >/dev/null

serve: setup translations ## The production processes, on the settings of the environment
	$(BIN)/flask --app lti_tool.app db upgrade
	$(BIN)/python -m lti_tool check
	$(BIN)/gunicorn --config config/gunicorn.py 'lti_tool.app:create_app()' & \
	$(BIN)/celery --app tasks.app:celery worker --loglevel=warning & \
	$(BIN)/celery --app tasks.app:celery beat --loglevel=warning & \
	trap 'trap - INT TERM; kill 0; wait' INT TERM; wait

LOCK := uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
  --no-emit-find-links --custom-compile-command "make lock" --quiet

lock: ## Lock the requirements anew (needs uv)
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) -c requirements.txt requirements-channels.in -o requirements-channels.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt

.PHONY: help setup translations demo test journey bench faults check serve lock
