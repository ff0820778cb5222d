# Every command works from any folder name, in several clones at once, and after a kill.
.DEFAULT_GOAL := help
.PHONY: help up down login tenant env test recording soak mutants breaks kit
PACKAGES := node_modules/.package-lock.json

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1\t/p' Makefile

up: $(PACKAGES) ## start the local tenant and run `pulumi up` of stack local against it (PORT, DATA, AUTH0_PLUGIN)
	@exec ./local/node local/commands/up.ts

down: $(PACKAGES) ## destroy stack local and stop the tenant
	@exec ./local/node local/commands/down.ts

login: $(PACKAGES) ## sign somebody in to an example app, page by page: make login AS=ann@acme.example (APP, PASSWORD)
	@exec ./local/node local/commands/login.ts

tenant: $(PACKAGES) ## the local tenant alone, in the foreground (PORT, DATA)
	@exec ./local/node local/commands/tenant.ts

env: $(PACKAGES) ## print the environment for a plain pulumi: eval "$(make -s env)"
	@exec ./local/node local/commands/env.ts

test: $(PACKAGES) ## every check and test; one stage alone: STAGE=unit make test
	@exec ./local/node tests/run.ts

soak: $(PACKAGES) ## many more generated entries, requests and logins, others each time (REQUESTS, SEED)
	@REQUESTS=$${REQUESTS:-300000} SEED=$${SEED:-$$(date +%s)} exec ./local/node node_modules/vitest/vitest.mjs run --config tests/vitest.config.ts --project unit --project properties generated properties

mutants: $(PACKAGES) ## break the rules of access/, actions/, kit/ and login/ in every small way, and count what the tests notice
	@exec ./local/node node_modules/@stryker-mutator/core/bin/stryker.js run

breaks: $(PACKAGES) ## give the tenant one fault after the other, and say which test notices it (BREAK: one alone)
	@exec ./local/node tests/breaks/run.ts

recording: $(PACKAGES) ## run the commands of docs/onboard-a-customer.md in a terminal and record them (takes script and tmux)
	@exec ./local/node tests/recording/record.ts

kit: $(PACKAGES) ## compile kit/ for back ends into .local/kit, as JavaScript with its types
	@./local/node node_modules/typescript/bin/tsc -p kit && cp kit/package.json .local/kit/

$(PACKAGES): package-lock.json
	@exec sh local/commands/install.sh
