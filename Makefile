.PHONY: demo test soak bench app app-check clean
BIN := .venv/bin

demo:  ## predict the bundled recording and open the window on it
	@.ci/setup
	@.ci/demo

test:  ## lint, types, layers and tests
	@.ci/setup dev,synthetic
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/pytest -n logical --dist worksteal

soak:  ## the long kill and fuzz loops
	@.ci/setup dev,synthetic
	$(BIN)/pytest -n logical -m "soak or slow" --timeout 7200

bench:  ## every benchmark, one after the other; each prints its figures
	@.ci/setup bench
	@for script in benchmarks/*.py; do name=$${script##*/}; echo "== $$name"; \
		$(BIN)/python -m benchmarks.$${name%.py} || exit; done

app:  ## the program as one folder, dist/shift-studio
	@.ci/setup build
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec

app-check: app  ## start the built program without a display and let its worker predict
	@.ci/setup dev,synthetic
	$(BIN)/pytest -m frozen tests/e2e

clean:  ## everything that these targets make
	rm -rf .venv build dist demo-out *.egg-info .pytest_cache .ruff_cache .import_linter_cache .hypothesis
