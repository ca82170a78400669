# Every command of the project. `make help` lists them; the scripts behind them are in setup/ and bot/cli.py.
# Variables: PORT (8000), DATA_DIR (var/), PLATFORMS=fake (run: Zalo and Telegram without a token), SIZE (chaos: small
# or large; simulate: small, or full if unset), T (tests: a path or -k expression),
# SET=calibration MISSES=1 (evaluate: the set that may be tuned on), KEEP=1 (evaluate: the figures to compare with).

PYTHON := .venv/bin/python
ISLAND := bot/dialogue/.venv/bin/python
SIZE   ?= small
T      ?=

.DEFAULT_GOAL := help
.PHONY: help setup run status train test test-fast test-browser fuzz check bench evaluate check-evaluation chaos load simulate fields clean

##@ Run
run: setup ## start everything and keep it running (Ctrl-C stops it)
	@$(PYTHON) -m bot.cli run

status: setup ## say which processes of this copy are running
	@$(PYTHON) -m bot.cli status

train: setup ## train the model if its sources have changed
	@$(PYTHON) -m bot.cli train

##@ Test
test: setup ## every test except the browser's
	@$(PYTHON) -m pytest -m "not browser" $(T)

test-fast: setup ## the tests that need no trained model and little time
	@$(PYTHON) -m pytest -n 2 --dist loadfile -m "not browser and not model and not slow" $(T)

test-browser: setup ## the tests that drive the system's Chromium
	@setup/browser
	@$(PYTHON) -m pytest -m browser $(T)

check: setup ## formatting, lint, types, imports, Rasa's data, secrets
	@setup/check

fuzz: setup ## 100,000 odd inputs in process, 2,000 through the running system (FUZZ_SEED=…)
	@FUZZ_INPUTS=100000 FUZZ_REQUESTS=2000 FUZZ_SYSTEM=2000 $(PYTHON) -m pytest -n 2 --dist loadfile tests/fuzz

##@ Measure (reports go to reports/)
bench: setup ## our model beside Rasa's stock pipeline, and the whole road over HTTP
	@mkdir -p reports
	@$(PYTHON) -m benchmarks

evaluate: setup ## how well questions written apart from the training data are answered
	@$(PYTHON) -m benchmarks.evaluation evaluate $(if $(SET),--set $(SET)) $(if $(MISSES),--misses) $(if $(KEEP),--keep)

check-evaluation: setup ## the same against the committed figures: fails when one is worse
	@$(PYTHON) -m benchmarks.evaluation check

chaos: setup ## kill processes under load and count what was lost (SIZE=small|large)
	@mkdir -p reports
	@$(PYTHON) -m benchmarks.chaos --size $(SIZE)

simulate: setup ## a year of 99 communes and 60,000 cases, every one accounted for (SIZE=small: a dozen communes)
	@mkdir -p reports
	@$(PYTHON) -m benchmarks.simulation --size $(if $(filter file,$(origin SIZE)),full,$(SIZE))

fields: setup ## how often the field of a report never seen is guessed
	@$(PYTHON) -m benchmarks.fields

load: setup ## steady load beside bare stock Rasa, one and two workers and Rasa processes (idle machine, ~30 min)
	@mkdir -p reports
	@$(PYTHON) -m benchmarks.load

##@ House
setup: ## environments and assets as the lock files say (the others call it)
	@setup/all

clean: ## remove environments, assets, caches and reports; never data
	@rm -rf .venv bot/dialogue/.venv .tools bot/portal/assets/node_modules reports
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis bot/dialogue/.rasa .rasa

help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
