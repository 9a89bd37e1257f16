# Every target is a thin line over `python -m govlaw …`, so Windows users lack nothing.
PYTHON ?= python3
CORPUS ?= seeds
EDITION ?=
LANG_FIRST ?= zh
GOVLAW = $(PYTHON) -m govlaw

.DEFAULT_GOAL := help
.PHONY: help env lab tables report check lint test test-browser fuzz bench doctor clean

help:    ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 24
env:     ## make .venv, the environment, and nothing else
	@$(GOVLAW) env
lab:     ## open the notebooks in JupyterLab on this machine
	@$(GOVLAW) lab
tables:  ## read CORPUS=seeds and write build/tables
	@$(GOVLAW) tables --corpus "$(CORPUS)"
report:  ## make reports/EDITION from CORPUS (default: reports/default from the five seeds)
	@$(GOVLAW) report --corpus "$(CORPUS)" $(if $(EDITION),--edition "$(EDITION)") --lang "$(LANG_FIRST)"
check:   ## test every definition in data/ against its own examples
	@$(GOVLAW) check
lint:    ## style and types
	@$(GOVLAW) lint
test:    ## all tests that need no browser
	@$(GOVLAW) test
test-browser: ## the tests of the pages in Chromium
	@$(GOVLAW) test --browser
fuzz: ## read 10,000 damaged files of each format; none may get through uncaught
	@$(GOVLAW) fuzz
bench:   ## measure the speed, print and keep build/bench.json
	@$(GOVLAW) bench
doctor:  ## say what is missing and how to get it
	@$(GOVLAW) doctor
clean:   ## remove what machines wrote: build/ and reports/
	@$(GOVLAW) clean
