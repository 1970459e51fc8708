# SPDX-License-Identifier: Apache-2.0
# Thin: scripts/ sets up, the command line does the work.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup demo test check screenshots bench clean

# What the demonstration is told reaches it through the environment, exactly as it was
# given: no shell and no make reads the value, so any character is safe in a path.
define pass_on
ifneq ($$(origin $(1)),undefined)
override $(1) := $$(value $(1))
export $(1)
endif
endef
$(foreach name,EPCIS PRODUCT TAMPER OUT ONCE NETWORK PUBLIC PYTHON,$(eval $(call pass_on,$(name))))

help: ## Say what can be made
	@grep -E '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 13

setup: ## Fetch and build what is missing (docs/setup.md says what, where)
	@scripts/setup.sh

demo: setup ## One garment's passport, from fibre to shop (variables: README.md)
	@.venv/bin/filiera demo

test: setup ## Every check and every test, chain and IPFS included
	@scripts/test.sh

check: ## The quick part: format, lint, types, tests without chain and IPFS
	@scripts/setup.sh --python-only
	@scripts/test.sh quick

screenshots: setup ## Pictures of every page in every state, to look at (OUT=folder)
	@.venv/bin/python -m scripts.screenshots "$$OUT"

bench: ## Measure, by ratios, and judge nothing (docs/performance.md)
	@scripts/setup.sh --python-only
	@.venv/bin/python -m scripts.bench

clean: ## Remove what set-up and runs left here (the user's cache stays)
	@rm -rf .venv .filiera build dist backend/verifier/dist
	@rm -rf hardhat_local/node_modules backend/verifier/node_modules tests/browser/node_modules
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
