# Two commands serve a fresh machine: `make up` and `make test`. `make help` lists the rest.

STAGE ?= dev
ARGS  ?=
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export CDK_DISABLE_CLI_TELEMETRY := true
PYTHON := .venv/bin/python
READY  := .venv/.ready
CDK    := .venv/bin/cdk --no-notices -c stage=$(STAGE)

.DEFAULT_GOAL := help
.PHONY: help setup up down api chat test lint unit e2e browser faults audit synth diff deploy destroy \
	stuck show redrive resend rerun close profiles lock sbom bench docs screenshots fmt clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z][a-z0-9]*:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## install everything this project needs
$(READY): requirements.txt local/aws.txt package-lock.json web/package-lock.json pyproject.toml $(wildcard lambdas/layers/*/requirements.txt)
	@python3 -m local.install
	@touch $@

up: $(READY) ## run Switchboard on this machine until Ctrl-C (ARGS="--detach --strict")
	@$(PYTHON) -m local.up $(ARGS)

down: $(READY) ## stop what `make up ARGS=--detach` left running
	@$(PYTHON) -m local.down

api: $(READY) ## the REST API under uvicorn, on the stacks of the laptop that is up (ARGS="--port 8000")
	@$(PYTHON) -m local.api $(ARGS)

chat: $(READY) ## talk to the running Switchboard from this terminal
	@$(PYTHON) -m local.chat $(ARGS)

test: $(READY) ## run every gate, as CI does
	@$(PYTHON) -m tests.gates

lint: $(READY) ## format, lint and types
	@$(PYTHON) -m tests.gates lint

unit: $(READY) ## unit, contract and template tests
	@$(PYTHON) -m tests.gates unit

e2e: $(READY) ## the stacks on the local AWS, with IAM enforced
	@$(PYTHON) -m tests.gates e2e

browser: $(READY) ## the phone page in a real browser
	@$(PYTHON) -m tests.gates browser

audit: $(READY) ## checkov over the templates of dev and prod
	@$(PYTHON) -m tests.audit

synth: $(READY) ## CloudFormation templates of STAGE into cdk.out
	@$(CDK) synth --quiet $(ARGS)

diff: $(READY) ## what a deployment of STAGE would change
	@$(CDK) diff --all $(ARGS)

deploy: $(READY) ## deploy STAGE to the AWS account of your credentials, and show what to check after the first time
	@$(CDK) deploy --all $(ARGS)
	@cat docs/aws-not-run.md

destroy: $(READY) ## undo a deployment of STAGE (prod keeps its data)
	@$(CDK) destroy --all $(ARGS)

stuck show redrive resend rerun close: $(READY)
	@$(PYTHON) -m operate $@ $(or $(ID),$(QUEUE)) --stage $(STAGE) $(ARGS)
stuck: ## what waits for the operator of STAGE, and what to do about it (docs/runbook.md)
show: ## all about one thing: ID=…
redrive: ## dead letters back on their queue: QUEUE=… or all
resend: ## send a part again that may or may not have left: ID=part/…
rerun: ## ask a failed turn again, or signal for who waits: ID=…
close: ## give a part, a turn or a dead letter up: ID=…

profiles: $(READY) ## how somebody's calls are analysed: DO="list --person …" (or publish, rollback, validate FILE …)
	@$(PYTHON) -m operate profiles $(DO) --stage $(STAGE) $(ARGS)

faults: $(READY) ## break everything on purpose over 1,000 turns, and account for every message
	@$(PYTHON) -m tests.faults $(ARGS)

lock: $(READY) ## write every lock of Python packages from its pins (*.in): all versions, all hashes
	@$(PYTHON) -m local.lock

sbom: $(READY) ## a bill of materials (CycloneDX) and the licences of all packages, into .build/sbom
	@$(PYTHON) -m local.sbom

bench: $(READY) ## measure: cold imports, first delta, AWS calls a turn and of tasks, synth
	@$(PYTHON) -m bench $(ARGS)

docs: $(READY) ## write every generated table, picture and document
	@$(PYTHON) -m local.generated --write

screenshots: $(READY) ## photograph the phone and the page, for README and docs
	@$(PYTHON) -m tests.browser.screenshots
	@$(PYTHON) -m tests.browser.page_screenshots

fmt: $(READY) ## format the code
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix-only --quiet .

clean: ## forget what was built (not what was installed)
	@rm -rf .build cdk.out .pytest_cache .mypy_cache .ruff_cache
