# The commands of this project; plain `make` lists them.

# What is not given is the service's to read from .env; here it only tells where the service listens.
dotenv        = $(shell sed -nE "s/^[[:space:]]*(export[[:space:]]+)?$(1)[[:space:]]*=[[:space:]]*[\"']?([^\"']*).*/\2/p" .env 2>/dev/null | tail -n 1)
GIVEN_HOST   := $(or $(API_HOST),$(HOST))
GIVEN_PORT   := $(or $(API_PORT),$(PORT))
API_PORT     := $(or $(GIVEN_PORT),$(call dotenv,PORT),$(call dotenv,API_PORT),8000)
API_BASE_URL ?= http://localhost:$(API_PORT)
WS_BASE_URL  ?= ws://localhost:$(API_PORT)
ARGS         ?=
JAVA_OPTS    ?=
# Maven profile of all-test that fails it below the coverage bound.
COVERAGE     ?= -Pcoverage

SHELL := /bin/bash
.SHELLFLAGS := -e -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The first JDK 25: $JAVA_HOME, then the places where systems, editors and SDKMAN put JDKs, then
# the one whose javac is on the PATH.
JDK := $(shell for home in "$$JAVA_HOME" /usr/lib/jvm/* /opt/java/* "$$HOME"/.sdkman/candidates/java/* \
		"$$HOME"/.jdks/* "$$(/usr/libexec/java_home -v 25 2>/dev/null || true)" \
		"$$(javac -J-XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p' || true)"; do \
	if [ -x "$$home/bin/javac" ] && grep -qsE '^JAVA_VERSION="25["+.]' "$$home/release"; then \
		echo "$$home"; break; \
	fi; \
done)

# JDK 25 warns of what SQLite and Netty do, and of what Maven does.
QUIET_JVM := --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow

ifneq ($(JDK),)
export JAVA_HOME := $(JDK)
export PATH := $(JDK)/bin:$(PATH)
export MAVEN_OPTS := $(MAVEN_OPTS) $(QUIET_JVM)
endif

# Quiet, but for warnings: -q would hide the compiler's, which are errors here.
MVN      := mvn -B -ntp -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
# A pattern in ARGS, such as -Dtest=SecretTest, need not match in every module.
MVN_TEST := mvn -B -ntp -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
JAVA     := "$(JDK)/bin/java" $(QUIET_JVM)

SERVICE_JAR := service/target/assistant-service.jar
LAUNCHER    := service/target/assistant-service
SCRIPTS_JAR := scripts/target/assistant-scripts.jar
PACK_JARS   := $(foreach pom,$(wildcard assistants/*/pom.xml),$(dir $(pom))$(notdir $(patsubst %/,%,$(dir $(pom))))-actions.jar)
JARS        := $(SERVICE_JAR) $(SCRIPTS_JAR) $(PACK_JARS)
SOURCES     := $(shell find pom.xml actions-api service assistants scripts -name target -prune -o -type f \( -path '*/src/main/*' -o -name pom.xml \) -print)
# Stands for all JARs: newer than the sources it was built from.
BUILT       := target/built
API_PID     := target/api-$(API_PORT).pid
VERSION     := $(shell sed -n 's:^  <version>\(.*\)</version>$$:\1:p' pom.xml)
# Who answers where nobody chose: of the samples, the first by name is not the one the README talks to.
SAMPLE      := $(if $(or $(ASSISTANT_ID),$(ASSISTANTS_DIR),$(PROTOCOLS),$(call dotenv,ASSISTANT_ID),$(call dotenv,ASSISTANTS_DIR)),,Weather Assistant)
IMAGE_TOOL  := $(shell command -v docker || command -v podman || command -v buildah || echo docker)

##@ General

.PHONY: help
help: ## List the commands
	@echo 'Usage: make <command> [ARGS="..."]'
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z][a-z -]*:.*## / { printf "  %-26s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: check-tools
check-tools:
	@if [ -z "$(JDK)" ]; then \
		echo "❌ No JDK 25 found. Install one, e.g. Eclipse Temurin 25, and set JAVA_HOME to its folder." >&2; exit 1; fi
	@if ! command -v mvn >/dev/null; then \
		echo "❌ No Maven found. Install Maven 3.8 or later, so that mvn is on the PATH." >&2; exit 1; fi

##@ Environment

.PHONY: environment-create environment-sync sync-env environment-delete environment-list clean-project
environment-create: check-tools ## Check the tools, fetch all dependencies, build everything
	@$(MAKE) --always-make $(BUILT)
	@$(MVN) test-compile
	@echo "✅ Ready. Next: make local-run"

environment-sync: check-tools ## Fetch what changed dependencies need (also: sync-env)
	@$(MVN) test-compile
sync-env: environment-sync

environment-delete: clean-project ## Remove all local build state; data/ stays

environment-list: check-tools ## Show the tools and the libraries of the service
	@"$(JDK)/bin/java" --version | head -n 1; echo "  $(JDK)"
	@mvn --version | head -n 1 | sed 's/\x1b\[[0-9;]*m//g'
	@ls service/target/lib 2>/dev/null | sed 's/^/  /' || true

clean-project: ## Remove build output
	@rm -rf target actions-api/target actions-api/testkit/target actions-api/safe-fetch/target service/target scripts/target scripts/bench/target assistants/*/target
	@rm -f $(PACK_JARS)

##@ Code

.PHONY: format lint type-check validate-branch validate-branch-strict test-validate-branch all-test-validate-branch
format: check-tools ## Format all Java code
	@$(MVN) spotless:apply

lint: check-tools ## Check the format, then Error Prone and NullAway; every finding is an error
	@$(MVN) spotless:check
	@rm -rf */target/lint */*/target/lint
	@$(MVN) -Plint test-compile

type-check: check-tools ## Compile all code and tests, every warning an error
	@$(MVN) test-compile

# One after the other, also under make -j.
validate-branch: ## Format, lint, type-check, unit tests
	@for step in format lint type-check unit-test; do $(MAKE) $$step || exit 1; done

validate-branch-strict: ## The same with the dependencies refreshed first
	@for step in environment-sync validate-branch; do $(MAKE) $$step || exit 1; done

test-validate-branch: ## Refresh, format, lint, type-check, unit tests
	@for step in environment-sync format lint type-check unit-test; do $(MAKE) $$step || exit 1; done

all-test-validate-branch: ## Refresh, format, lint, type-check, all tests
	@for step in environment-sync format lint type-check all-test; do $(MAKE) $$step || exit 1; done

##@ Tests

.PHONY: unit-test functional-test integration-test all-test
unit-test: check-tools ## Run the unit tests (*Test), e.g. ARGS=-Dtest=SecretTest
	@$(MVN_TEST) test $(ARGS)

functional-test: check-tools ## Run the tests of the packaged service (*IT), e.g. ARGS=-Dit.test=JsonCasesIT
	@$(MVN_TEST) verify -DskipUnitTests $(ARGS)

integration-test: check-tools ## Run the tests that need real accounts (tagged "integration")
	@$(MVN_TEST) verify -Dtest.groups=integration -Dtest.excludedGroups= $(ARGS)

all-test: check-tools ## Run all unit and functional tests with the coverage bound (COVERAGE= leaves it out)
	@rm -f service/target/jacoco.exec
	@$(MVN_TEST) $(COVERAGE) verify $(ARGS)

##@ Benchmark

.PHONY: bench bench-quick
BENCH_JAR := scripts/bench/target/assistant-bench.jar
# The tools' core; the servers under test get core 0. Without taskset or a second core the output
# says that nothing was pinned.
TOOLS_CORE := $(if $(and $(shell command -v taskset),$(filter-out 1,$(shell nproc 2>/dev/null))),taskset -c 1)
BENCH     = $(TOOLS_CORE) $(JAVA) -Xmx1g -jar $(BENCH_JAR)

$(BENCH_JAR): $(shell find scripts/bench/pom.xml scripts/bench/src/main -type f) | check-tools
	@echo "Building the benchmark…" >&2
	@$(MVN) -Dmaven.test.skip=true -pl scripts/bench -am package >&2

bench: $(BUILT) ## Measure everything beside the floors, into target/bench (about 19 minutes)
	@$(MAKE) $(BENCH_JAR)
	@$(BENCH) $(or $(ARGS),full --out target/bench/results)

bench-quick: $(BUILT) ## Hold the service to the bounds of scripts/bench (about 4 minutes)
	@$(MAKE) $(BENCH_JAR)
	@$(BENCH) quick $(ARGS)

##@ Service

.PHONY: package build local-run api-run api-layer-isolate api-kill api-docs service-build auth-gcloud
package: check-tools ## Build all JARs and the AOT cache; start with service/target/assistant-service
	@$(MAKE) --always-make $(BUILT)

build: $(BUILT)

# Standard output stays free for the command that needed the JARs.
$(BUILT): $(SOURCES) $(if $(filter-out $(wildcard $(JARS)),$(JARS)),missing-jar) | check-tools
	@echo "Building…" >&2
	@$(MVN) -Dmaven.test.skip=true package >&2
	@JAVA_OPTS= ASSISTANTS_DIR=assistants $(LAUNCHER) --make-aot-cache >&2 || true
	@mkdir -p $(@D) && touch $@

.PHONY: missing-jar
missing-jar:

# Runs a copy, in a folder named after the process, so that building does not disturb it. With the
# time stamps: the AOT cache fits only the JARs it was made with.
define SERVE
	@mkdir -p target/run; \
	for old in target/run/*; do kill -0 "$${old##*/}" 2>/dev/null || rm -rf "$$old"; done; \
	run=target/run/$$$$; rm -rf $$run; mkdir $$run; cp -pR $(LAUNCHER)* service/target/lib $$run; \
	echo $$$$ > $(API_PID); \
	$(if $(GIVEN_HOST),HOST="$(GIVEN_HOST)") $(if $(GIVEN_PORT),PORT="$(GIVEN_PORT)") \
		$(if $(SAMPLE),ASSISTANT_ID="$(SAMPLE)") \
		exec $$run/$(notdir $(LAUNCHER)) $(ARGS)
endef

local-run: $(BUILT) ## Build what is missing, then serve on API_HOST:API_PORT (also: api-run)
	$(SERVE)
api-run: local-run

api-layer-isolate: check-tools ## Serve what is built already, whatever changed since
	@test -f $(SERVICE_JAR) || { echo "❌ Nothing is built. Run: make package" >&2; exit 1; }
	$(SERVE)

api-kill: ## Stop the service that local-run started on API_PORT
	@pid="$$(cat $(API_PID) 2>/dev/null || true)"; rm -f $(API_PID); \
	if [ -n "$$pid" ] && ps -p "$$pid" -o args= 2>/dev/null | grep -q '$(notdir $(SERVICE_JAR))'; then \
		kill "$$pid"; echo "Stopping the service on port $(API_PORT) (process $$pid)"; \
		for _ in {1..150}; do kill -0 "$$pid" 2>/dev/null || exit 0; sleep 0.2; done; \
		echo "❌ Process $$pid still runs after 30 s" >&2; exit 1; \
	fi; \
	echo "No service of make local-run on port $(API_PORT)"

api-docs: ## Open the API documentation of the running service
	@echo "$(API_BASE_URL)/docs"
	@{ xdg-open "$(API_BASE_URL)/docs" || open "$(API_BASE_URL)/docs"; } >/dev/null 2>&1 || true

service-build: $(BUILT) ## Build the container image assistant-service:latest and :<version>
	@$(IMAGE_TOOL) build -f deployment/Dockerfile -t assistant-service:latest -t assistant-service:$(VERSION) .

auth-gcloud: ## Sign in to Google Cloud for the configuration store
	@gcloud auth application-default login

##@ Assistants

.PHONY: api-check chat chat-ws register-assistant doctor action new-assistant
CLI = $(JAVA) $(JAVA_OPTS) -jar $(SCRIPTS_JAR)

# Only if it is missing: a command does not wait for what is being edited.
$(SCRIPTS_JAR): | check-tools
	@echo "Building the command line…" >&2
	@$(MVN) -Dmaven.test.skip=true -pl scripts -am package >&2

api-check:
	@curl -fsS --max-time 5 --noproxy localhost,127.0.0.1 -o /dev/null "$(API_BASE_URL)/" 2>/dev/null || \
		{ echo "❌ API server not running. Start it first with: make api-run"; exit 1; }

chat: api-check ## Chat in the terminal over HTTP, e.g. ARGS=--stream
	@$(MAKE) $(SCRIPTS_JAR)
	@$(CLI) chat $(if $(findstring --base-url,$(ARGS)),,--base-url "$(API_BASE_URL)") $(ARGS)

chat-ws: api-check ## Chat in the terminal over WebSocket
	@$(MAKE) $(SCRIPTS_JAR)
	@$(CLI) chat --transport ws $(if $(findstring --base-url,$(ARGS)),,--base-url "$(WS_BASE_URL)") $(ARGS)

register-assistant: $(SCRIPTS_JAR) ## Register an assistant, e.g. ARGS=assistants/weather/assistant.json
	@{ echo "🤖 Registering new assistant…"; \
		if [ -n "$$OPENAI_API_KEY" ]; then echo "🔑 OpenAI Key: ✅ Set"; else echo "🔑 OpenAI Key: ❌ Not Set"; fi; \
		echo "Examples:"; \
		echo "  make register-assistant ARGS='assistants/weather/assistant.json'"; \
		echo "  make register-assistant ARGS='--generate-schema' > schema.json"; } >&2
	@$(CLI) register-assistant $(ARGS)

doctor: $(SCRIPTS_JAR) ## Check the installation: packs, configuration, stores, model
	@$(CLI) doctor $(ARGS)

action: $(SCRIPTS_JAR) ## List, describe or call actions of packs
	@$(CLI) action $(ARGS)

new-assistant: $(SCRIPTS_JAR) ## Start a new assistant folder, e.g. NAME=orders
	@$(CLI) new-assistant $(if $(findstring command,$(origin NAME)),$(NAME)) $(ARGS)
