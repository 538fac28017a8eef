# Everything a developer runs, by name. Needs Python 3.11 to 3.13 and nothing else: tools, node and npm come with the locks.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONUNBUFFERED := 1

# One machine, configured by nobody: an empty variable counts as missing, and no .env is read.
BARE := ENV_FILE=/dev/null DEBUG= HTTPS= TRUST_PROXY= SECRET_KEY= ALLOWED_HOSTS= DATABASE_URL= REPLICA_URL= CELERY_BROKER_URL= DATA_DIR= STATIC_COLLECTED= \
	EMAIL_URL= OIDC_NAME= OIDC_SERVER_URL= OIDC_CLIENT_ID= OIDC_CLIENT_SECRET= REQUIRE_SECOND_FACTOR= BACKUP_KEY= BACKUP_DIR= API_PACE=
# A server as it should be, for the deployment check; nothing is connected to.
SERVER := ENV_FILE=/dev/null DEBUG=false HTTPS=true ALLOWED_HOSTS=example.vn DATABASE_URL=postgres://nobody@localhost/none \
	SECRET_KEY=only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz

.PHONY: help setup demo test check audit prove bench load screenshots messages lock
.DEFAULT_GOAL := help

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: .venv/.installed node_modules/.installed ## virtual environment and npm packages, from the locks

.venv/.installed: requirements.txt requirements-dev.txt requirements-uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "This needs Python 3.11, 3.12 or 3.13; name one with: make PYTHON=python3.12 setup" >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.txt requirements-uv.txt
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc .venv/.installed
	$(BIN)/npm ci --silent
	@touch $@

demo: setup ## a filled house with demo accounts on http://127.0.0.1:8000
	@$(BARE) $(BIN)/python manage.py migrate --verbosity 0
	@$(BARE) $(BIN)/python manage.py seed
	@$(BARE) DEBUG=true $(BIN)/python manage.py demo_accounts
	@echo "Union Relations: http://127.0.0.1:$(PORT)/  (Ctrl-C stops it)"
	@$(BARE) HTTPS=false STATIC_COLLECTED=false REQUIRE_SECOND_FACTOR=false $(BIN)/python manage.py runserver --noreload 127.0.0.1:$(PORT)

test: setup ## the tests that need nothing but SQLite
	@echo "Without the tests marked browser, broker or postgres: those need more programs and run in .ci/run."
	@$(BARE) $(BIN)/python -m pytest -m "not browser and not broker and not postgres" \
		--numprocesses auto --maxprocesses 4 --dist worksteal $(ARGS)

# Side by side, the longest first; what each has to say is said in one piece.
CHECKS := check-types check-schema check-deployment check-migrations check-floors check-templates check-style check-texts
.PHONY: $(CHECKS)

check: setup ## everything that reads the code without running it
	@$(MAKE) --no-print-directory --jobs "$$(nproc 2>/dev/null || echo 2)" --output-sync=target $(CHECKS)

check-types:
	@$(BARE) $(BIN)/mypy

check-schema:
	@$(BARE) $(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null

check-deployment:
	@$(SERVER) $(BIN)/python manage.py check --deploy --fail-level WARNING

check-migrations:
	@$(BARE) $(BIN)/python manage.py makemigrations --check --dry-run

check-floors:
	@$(BARE) $(BIN)/lint-imports

check-templates:
	$(BIN)/djlint --lint --quiet templates

check-style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-texts:
	$(BIN)/python .ci/messages.py check

audit: setup ## what is known against the libraries in the locks; asks the index of Python and the advisory services
	$(BIN)/python .ci/audit.py
	$(BIN)/pip-audit --strict --disable-pip --progress-spinner off $(addprefix --requirement ,requirements.txt requirements-dev.txt requirements-uv.txt)
	$(BIN)/npm audit

prove: setup ## property tests at full size; the outcome goes to docs/proof.md; ARGS=tests/importing: those alone
	@$(BARE) $(BIN)/python .ci/prove.py $(ARGS)

bench: setup ## what importing costs and how the house grows, as ratios within one run; goes to docs/benchmarks*.md
	@$(BARE) $(BIN)/python .ci/bench.py
	@$(if $(DATABASE_URL),$(BARE) DATABASE_URL=$(DATABASE_URL),$(BARE)) $(BIN)/python .ci/bench_history.py
	@$(if $(DATABASE_URL),$(BARE) DATABASE_URL=$(DATABASE_URL),$(BARE)) $(BIN)/python .ci/bench_scale.py

load: setup ## fifty people at work for two minutes, what they wait for; goes to docs/load.md (needs PostgreSQL)
	@$(if $(DATABASE_URL),$(BARE) DATABASE_URL=$(DATABASE_URL),$(BARE)) $(BIN)/python .ci/load.py $(ARGS)

screenshots: setup ## pictures of every page into screenshots/ (needs Chromium); ARGS=--guides: those of the guides
	@$(BARE) $(BIN)/python .ci/screenshots.py $(ARGS)

messages: setup ## collect the texts to translate (needs gettext), compile what is translated
	@$(BARE) $(BIN)/python .ci/messages.py collect
	$(BIN)/python .ci/messages.py compile

lock: setup ## resolve the .in files anew
	for lock in requirements requirements-dev requirements-uv; do \
		$(BIN)/uv pip compile --quiet --upgrade --python-version 3.11 --universal --generate-hashes --no-emit-index-url \
			--custom-compile-command "make lock" $$lock.in -o $$lock.txt || exit 1; \
	done
	$(BIN)/npm install --package-lock-only --silent
