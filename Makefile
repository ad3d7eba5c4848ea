# make demo   sets up what it takes, measures sample_images/ and tells where the pictures lie
# make app    sets everything up and opens the page in the browser
# make setup  sets up what it takes to work on the program, too
# make test   sets that up, runs the tests and tells how much of the pipeline they reach
# make test-fast   those that need neither the pose model nor a browser: under a minute
# make docs   makes a site of the documents, in site/
# make check  lint, types, tests and the site: what CI runs
# make calibrate ROWS="a.jsonl b.jsonl"   refits the error bars on evaluated families of bodies
VENV   := .venv
BIN    := $(VENV)/bin
# Set up to use the program, and to work on it.
READY  := $(VENV)/.ready
DEV    := $(VENV)/.ready-dev

.PHONY: setup demo app test test-fast check lint models calibrate golden docs pins clean
.DEFAULT_GOAL := demo

setup: $(DEV)

$(READY) $(DEV): pyproject.toml requirements.lock.txt tools/setup tools/system-libraries
	@echo "Setting up $(VENV); the first time takes a few minutes."
	@PYTHON="$(PYTHON)" tools/setup $(if $(findstring dev,$@),dev)
	@touch $(READY) $@

demo: $(READY)
	@tools/demo

app: $(READY)
	@$(BIN)/posture app

test: $(DEV)
	@$(BIN)/python tools/test-browser
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov

test-fast: $(DEV)
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not model and not browser"

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/oxlint --deny-warnings posture

check: lint test docs

# The documents as a site, in site/.
docs: $(DEV)
	@$(BIN)/python -m tools.site

# Rebuilds the pose model bundles from the two pinned public packages (needs npm).
models: $(DEV)
	$(BIN)/python models/build.py

# Prints what is fitted of posture/data/calibration.toml, with standard errors (docs/accuracy.md).
calibrate: $(DEV)
	$(BIN)/python -m benchmarks.accuracy.calibrate $(ROWS)

# Keeps the sample pictures' numbers anew, after METHOD_VERSION was raised (CONTRIBUTING.md).
golden: $(DEV)
	$(BIN)/python -m benchmarks.accuracy.golden

# Renews requirements.lock.txt from what a fresh environment resolves to today.
pins:
	tools/pins

clean:
	rm -rf $(VENV) demo_output dist site docs/reference
