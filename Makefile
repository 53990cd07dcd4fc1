# make course   everything: environment, book, exercises, a graded sample class; then serves the book
# make test     all tests that need no network
# make bench    the engine beside PyTorch and other libraries, grading beside stock nbgrader, as ratios
# make book · exercises · sample · serve · lint   the parts
SHELL  := /bin/sh
PYTHON ?= python3
PORT   ?= 8000
SERVE  ?= 1

VENV   := .venv
BIN    := $(VENV)/bin
SAMPLE := $(CURDIR)/_build/sample-class

.PHONY: course test bench book exercises sample serve lint assets clean
.DELETE_ON_ERROR:

course: book exercises sample
	@echo
	@echo "book       $(CURDIR)/_build/html/index.html"
	@echo "exercises  $(CURDIR)/exercises/"
	@echo "gradebook  $(SAMPLE)/gradebook.db"
	@echo "feedback   $(SAMPLE)/feedback/<student>/<assignment>/"
	@echo "formgrader COURSE_CLASS=$(SAMPLE) $(BIN)/jupyter lab   (then Nbgrader > Formgrader)"
	@if [ "$(SERVE)" != 0 ]; then $(BIN)/python book/serve.py $(PORT); fi

test: $(VENV)/.installed assets
	$(BIN)/python -m pytest $(if $(TESTS),$(TESTS),--numprocesses 2 --dist loadfile)

bench: $(VENV)/.installed
	$(BIN)/python -m pytest benchmarks --benchmark-quiet $(BENCH)

book: $(VENV)/.installed assets
	@$(BIN)/python book/build.py

exercises: $(VENV)/.installed
	@$(BIN)/course release

sample: $(VENV)/.installed
	@export COURSE_CLASS="$(SAMPLE)"; $(BIN)/course sample && \
	for path in solutions/*/; do \
	  name=$$(basename "$$path"); \
	  $(BIN)/course grade "$$name" && $(BIN)/course feedback "$$name" || exit 1; \
	done

serve: $(VENV)/.installed
	@$(BIN)/python book/serve.py $(PORT)

lint: $(VENV)/.installed
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

$(VENV)/.installed: requirements.txt constraints.txt pyproject.toml
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "course: $(PYTHON) is not there; install Python 3.11 or newer, or name it: make PYTHON=…" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "course: Python 3.11 or newer is needed, and $(PYTHON) is $$("$(PYTHON)" --version 2>&1); name another: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "course: $(PYTHON) has no venv module; on Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt -c constraints.txt -e .
	@touch $@

# What pages load, kept beside them. Without npm or network the build falls back to a CDN and says so.
assets:
	@if [ ! -f node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then \
	  if ! command -v npm >/dev/null; then \
	    echo "course: npm is not there, so the book's pages will load MathJax and the widgets from a CDN"; \
	  elif npm ci --ignore-scripts --no-audit --no-fund; then touch node_modules/.installed; \
	  else echo "course: npm could not install; the book's pages will load from a CDN"; fi; \
	fi

clean:
	rm -rf _build
