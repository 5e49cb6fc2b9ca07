# Everything a person types. Python 3.11 or newer and make are all that a machine needs.

PYTHON ?= python3
VENV := .venv/bin
SETUP := $(PYTHON) -m deploy.local.setup
# What starts, stops and kills whole products needs both processors; the rest takes one each.
ALONE := tests/ground tests/faults tests/journeys

.DEFAULT_GOAL := help
.PHONY: help setup run later demo check test test-long docker-check bench lock clean

help: ## what can be typed
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

setup: ## fetch everything into .venv and .local (the others do it too)
	@$(SETUP)

run: ## the sample province, until Ctrl-C; it is kept in .local/province
	@$(SETUP) $@
	@$(VENV)/python -m deploy.local run

later: ## days go by in the province that is up: make later DAYS=6
	@$(SETUP) $@
	@$(VENV)/python -m deploy.local later

demo: ## the whole story on real servers, then everything stops
	@$(SETUP) $@
	@$(VENV)/python -m deploy.local demo

check: setup ## style, types, import contracts, size of rooms
	@$(VENV)/python -m deploy.check

test: setup ## the tests, against real PostgreSQL and Kafka
	@$(VENV)/pytest tests -m "not long" -n 2 --dist loadfile $(ALONE:%=--ignore=%)
	@$(VENV)/pytest $(ALONE) -m "not long"

test-long: setup ## the longer fault and property runs
	@$(VENV)/pytest tests -m long

docker-check: ## the servers as containers, where an engine has their images
	@$(SETUP) $@
	@$(VENV)/python -m deploy.local docker-check

bench: setup ## figures, each beside its ceiling (docs/benchmarks.md)
	@$(VENV)/python -m tests.bench

lock: setup ## write constraints.txt and the lock files anew from the newest versions
	@$(PYTHON) -m deploy.local.setup.relock

clean: ## remove .venv, .local (the province too) and out/, unless somebody is at work there
	@$(SETUP) $@
	rm -rf .venv .local out *.egg-info
