# `make` lists what there is. The first two targets are all that most people need.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python
# Where Deno keeps what it has checked already.
export DENO_DIR := $(CURDIR)/$(VENV)/deno
# Else each of the hundred programs that tests start compiles what it imports.
unexport PYTHONDONTWRITEBYTECODE
# One more than there are processors: while one waits for a browser, another works.
WORKERS = $(shell $(RUN) -c 'import os; print((os.cpu_count() or 1) + 1)')
# The theme's notice about its end of life: known, and planned for in MAINTENANCE.md.
export NO_MKDOCS_2_WARNING := 1
# What holds tests of the content: to collect the others would take longer than to run these.
CONTENT := $(addprefix tests/,test_docs.py test_experiments.py test_published.py test_words.py \
  test_pitfall_pages.py test_post.py test_site.py test_sums.py)
.DEFAULT_GOAL := help
.PHONY: help site test workflows build cards check record format schema experiments rerun fuzz faults links bench words lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /\1	/' | awk -F'\t' '{printf "  make %-11s %s\n", $$1, $$2}'

site: $(VENV)/site.stamp ## build the playbook and serve it with live reload
	$(RUN) -m mkdocs serve --livereload --no-strict --dev-addr 127.0.0.1:$(PORT)

test: $(VENV)/test.stamp $(VENV)/html-validate.stamp ## run every check: lint, types, data, build, links, browser, accessibility
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/deno fmt --check
	{ $(RUN) -m mypy && $(VENV)/bin/deno check docs/assets && $(VENV)/bin/deno check tests/js && $(MAKE) --no-print-directory workflows; } & types=$$!; \
	$(RUN) -m macros check && $(RUN) -m tests.browser.install && \
	  $(RUN) -m pytest --numprocesses $(WORKERS) --dist worksteal; rest=$$?; \
	wait $$types || { echo "mypy, Deno, or the check of the workflows found faults: see above"; exit 1; }; exit $$rest

# What they may do (zizmor at its strictest), and whether the forge can read them.
workflows: $(VENV)/test.stamp ## check the forge's workflows and issue forms
	$(VENV)/bin/zizmor --quiet --offline --persona auditor .github
	$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/*.yml
	$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml

build: $(VENV)/site.stamp $(if $(CARDS),$(VENV)/cards.stamp) ## build into site/, which is replaced only if everything went well
	$(RUN) -m macros.build

cards: $(VENV)/site.stamp $(VENV)/cards.stamp ## draw the pictures for link previews, to look at
	$(RUN) -m macros cards .cache/preview
	@echo "look at .cache/preview/cards"

check: $(VENV)/test.stamp ## check the data and the pages, all that needs no browser: ten seconds
	@PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(RUN) -m tests.content $(CONTENT)

format: $(VENV)/test.stamp ## put Python, scripts and styles into the house style
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/deno fmt

record: $(VENV)/site.stamp ## list the addresses of new, renamed and moved questions and pages
	@$(RUN) -m macros record

schema: $(VENV)/site.stamp ## rewrite the editor's schemas after a change to macros/model/
	$(RUN) -m macros schema

experiments: $(VENV)/experiments.stamp ## run the experiments that changed and write their results
	$(RUN) -m tests.experiments

rerun: $(VENV)/experiments.stamp ## run every experiment again and compare it with its results: two minutes
	$(RUN) -m tests.experiments --compare

fuzz: $(VENV)/test.stamp ## try data and exports with twenty times as many made-up texts: minutes
	HYPOTHESIS=many $(RUN) -m pytest --numprocesses logical tests/load tests/check tests/render tests/export tests/modules

faults: $(VENV)/test.stamp ## plant faults in a copy, one at a time, and see that each turns something red
	$(RUN) -m tests.faults

links: $(VENV)/links.stamp ## ask every outside link whether it still answers
	$(VENV)/bin/lychee --config .github/lychee.toml README.md CONTRIBUTING.md MAINTENANCE.md CHANGELOG.md docs

bench: $(VENV)/test.stamp ## measure what has a budget: times and weights, some minutes
	$(RUN) -m tests.bench

words: $(VENV)/test.stamp ## report how hard each page is to read
	$(RUN) -m tests.readability

lock: ## compile requirements/*.in again (needs uv); versions and hashes, no addresses
	for name in site cards experiments test links; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links --upgrade \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

clean: ## take away everything that was made here
	rm -rf $(VENV) .build .cache site .pytest_cache .mypy_cache .ruff_cache .hypothesis

# uv where it is installed, else the venv and pip that come with Python. Both check the hashes.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make PYTHON=python3.12 ..."; exit 1; }
	@if command -v uv >/dev/null; then uv venv --quiet --python "$$(command -v $(PYTHON))" $(VENV); \
	else $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }; fi

# What says whether pages are valid HTML, as its lock has it. Deno needs neither Node nor npm for it.
$(VENV)/html-validate.stamp: requirements/html-validate/deno.lock $(VENV)/test.stamp
	$(VENV)/bin/deno install --quiet --frozen --config requirements/html-validate/deno.json \
	  --lock requirements/html-validate/deno.lock --entrypoint tests/valid_html.mjs
	@touch $@

$(VENV)/%.stamp: requirements/%.txt | $(VENV)/bin/python
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(RUN) --require-hashes -r $<; \
	else $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<; fi
	@touch $@
