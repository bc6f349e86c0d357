# What people and CI run. "make help" lists the targets.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := bash
.SHELLFLAGS := -euo pipefail -c

RTTSHARK := node bin/rttshark.js
SOURCES := $(shell find src -name '*.ts')
# Only apt needs more rights than ours.
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

RUN_TOOLS := tshark dumpcap mergecap capinfos
RUN_PACKAGES := tshark wireshark-common
TEST_TOOLS := tcpdump prometheus-pushgateway prometheus promtool prometheus-node-exporter victoria-metrics openssl python3 bash zsh fish \
	curl htpasswd ssh sshd ip iperf3 setcap systemd-analyze mandoc
TEST_PACKAGES := tcpdump prometheus-pushgateway prometheus prometheus-node-exporter victoria-metrics openssl \
	python3 python3-pandas python3-prometheus-client python3-snappy bash zsh fish \
	curl apache2-utils openssh-client openssh-server iproute2 iperf3 libcap2-bin systemd mandoc

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: run-tools node_modules/.package-lock.json ## Install what rttshark needs: tshark (apt) and the npm packages

# $(call install,packages): through apt, without questions, and with sudo only where we are not root.
define install
	@command -v apt-get >/dev/null || { echo 'make: there is no apt-get here; "node bin/rttshark.js doctor" says what is missing and how to get it.' >&2; exit 1; }
	$(SUDO) apt-get update -qq
	echo 'wireshark-common wireshark-common/install-setuid boolean false' | $(SUDO) debconf-set-selections
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) </dev/null
endef

# $(call lacking,tools): which of these are not on PATH.
lacking = $(strip $(foreach tool,$(1),$(if $(shell PATH="$$PATH:/usr/sbin:/sbin" command -v $(tool)),,$(tool))))

# $(call lacking-modules,modules): which of these Debian's Python cannot import.
lacking-modules = $(strip $(foreach module,$(1),$(if $(shell /usr/bin/python3 -c 'import $(module)' 2>/dev/null && echo found),,$(module))))

# What is installed is looked at each time: it can be removed behind our back.
.PHONY: run-tools
run-tools:
	$(if $(call lacking,$(RUN_TOOLS)),$(call install,$(RUN_PACKAGES)),@:)

.PHONY: test-tools
test-tools: run-tools
	$(if $(call lacking,$(TEST_TOOLS))$(call lacking-modules,pandas prometheus_client snappy),$(call install,$(TEST_PACKAGES)),@:)

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

.PHONY: build
build: dist/.built ## Compile to dist/

dist/.built: $(SOURCES) scripts/bundle.ts tsconfig.json tsconfig.build.json node_modules/.package-lock.json
	rm -rf dist
	npm run --silent build
	@touch $@

.PHONY: lint
lint: dist/.built ## Check types, style and the rules of the folders
	npm run --silent lint

.PHONY: test
test: test-tools dist/.built ## Set up, then pass every test (RTTSHARK_CORPUS=DIR adds the captures there)
	npm test --silent

.PHONY: test-matrix
test-matrix: test-tools dist/.built ## Hold every way to drive tshark against the plainest one, for the installed one and TSHARKS="PATH PATH"
	@[[ -n '$(TSHARKS)' ]] || echo 'make: only the installed tshark is looked at; TSHARKS="PATH PATH" adds other versions.' >&2
	@[[ -n "$${RTTSHARK_CORPUS:-}" ]] || echo 'make: RTTSHARK_CORPUS is not set: only the fixtures are read.' >&2
	@for tshark in tshark $(TSHARKS); do "$$tshark" --version 2>/dev/null | head -n 1; done
	RTTSHARK_TEST_TSHARKS="$$(command -v tshark) $(TSHARKS)" npx mocha test/analysis/same-values.test.ts "test/fields/*.test.ts"

.PHONY: test-nodes
test-nodes: test-tools dist/.built ## Install the package, and run it with other versions of Node: NODES="PATH PATH"
	@[[ -n '$(NODES)' ]] || { echo 'make: name the other versions: make test-nodes NODES="PATH PATH"' >&2; exit 2; }
	RTTSHARK_TEST_NODES='$(NODES)' npx mocha test/package/package.test.ts

.PHONY: test-servers
test-servers: test-tools dist/.built ## Pass what asks Pushgateway and Prometheus, for PUSHGATEWAYS="PATH PATH" PROMETHEUSES="PATH PATH"
	@[[ -n '$(PUSHGATEWAYS)$(PROMETHEUSES)' ]] || { echo 'make: name servers of other versions: make test-servers PUSHGATEWAYS="PATH PATH" PROMETHEUSES="PATH PATH"' >&2; exit 2; }
	@for gateway in $(or $(PUSHGATEWAYS),prometheus-pushgateway); do for prometheus in $(or $(PROMETHEUSES),prometheus); do \
		for program in "$$gateway" "$$prometheus"; do "$$program" --version 2>&1 | head -n 1; done; \
		RTTSHARK_TEST_PUSHGATEWAY="$$gateway" RTTSHARK_TEST_PROMETHEUS="$$prometheus" \
			npx mocha $$(grep -rlE '/(pushgateway|prometheus|stores|server-programs|monitored)\.ts' test --include='*.test.ts'); \
	done; done

.PHONY: demo
demo: setup dist/.built ## Set up, analyze a bundled capture, write its Prometheus text beside the table
	@mkdir -p build
	$(RTTSHARK) analyze fixtures/captures/demo.pcap
	$(RTTSHARK) analyze fixtures/captures/demo.pcap --format prometheus > build/demo.prom
	@echo "The same as Prometheus text: build/demo.prom ($$(wc -l < build/demo.prom) lines)"

.PHONY: replay
replay: setup dist/.built ## Hold the bundled captures against their budgets, as a CI job does
	$(RTTSHARK) check fixtures/captures/demo.pcap --for src=10.20.0.0/16 --max p95=300ms --max mean=100ms --min count=20 \
		--junit build/replay.xml

.PHONY: bench
bench: setup dist/.built ## Measure rttshark beside tshark driven by hand, and its parts (RUNS=5; RTTSHARK_CORPUS=DIR adds captures)
	npx tsx bench/analyze.ts --runs $(or $(RUNS),5)
	npx tsx bench/row-reader.ts
	npx tsx bench/exposition.ts
	npx tsx bench/table.ts

.PHONY: clean
clean: ## Remove what was built (node_modules stays)
	rm -rf dist build
