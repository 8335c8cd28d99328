# Two commands: `make demo` and `make test`. `make help` lists the others.

SWIFT ?= swift
ECLUSE := .build/release/ecluse

# Failures of sanitized programs are for the sanitizer to report, not for Swift's crash handler.
# The proofs take smaller samples there.
SANITIZED := SWIFT_BACKTRACE=enable=no ECLUSE_SANITIZED=1
RACES := TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/tsan.supp:print_suppressions=0
LEAKS := LSAN_OPTIONS=suppressions=$(CURDIR)/Tests/leaks.supp:print_suppressions=0

# Where a sanitizer can find something: the engine and the stages, which share threads; the modules
# with memory of their own or of C, and those that read and write through them.
THREADED := Engine Extract Transform
UNSAFE := Columnar Delimited Gzip SQLite Vocabulary Engine Extract Load

# Builds test targets under a sanitizer, and runs those of their tests whose names match. Proofs that
# take minutes of arithmetic are left to make test.
define sanitized
  $(SANITIZED) ECLUSE_TESTS='$(2)' $(SWIFT) build --sanitize=$(1) --scratch-path .build-$(3) \
    --product eclusePackageTests
  $(SANITIZED) ECLUSE_TESTS='$(2)' $(4) $(SWIFT) test --skip-build --disable-xctest \
    --sanitize=$(1) --scratch-path .build-$(3) --filter '$(5)' $(6)
endef

.PHONY: demo test test-release release lint tsan asan fuzz bench docs help clean packages

demo: packages ## build, and turn sample-data into a CDM (emc2.sqlite)
	$(SWIFT) build -c release --product ecluse
	$(ECLUSE) run pipelines/emc2.yaml
	@echo
	@echo "the program is $(ECLUSE); ecluse --help shows the rest"

test: packages ## build, and run all tests
	$(SWIFT) test --disable-xctest

test-release: packages ## run all tests with the optimiser on, over larger samples
	$(SWIFT) test --disable-xctest -c release -Xswiftc -enable-testing --scratch-path .build-testing

release: packages ## build one stripped binary with the Swift runtime inside
	$(SWIFT) build -c release --static-swift-stdlib --product ecluse
	strip -o ecluse $(ECLUSE)
	@echo
	@ls -lh ecluse | awk '{ print "ecluse: " $$5 ", Swift runtime inside; loaded from the system:" }'
	@ldd ecluse

lint: ## check the format of all Swift code, and where unsafe code stands
	$(SWIFT) format lint --recursive --parallel --strict Sources Tests Examples Package.swift
	scripts/unsafe

tsan: packages ## run the tests of what threads share under the thread sanitizer
	$(call sanitized,thread,$(THREADED),tsan,$(RACES),^(Engine|Extract)Tests|LargePerson|PropertyTests|EventPlace)

asan: packages ## run the tests of what holds memory under the address and leak sanitizers
	$(call sanitized,address,$(UNSAFE),asan,ASAN_OPTIONS=detect_leaks=1 $(LEAKS),.,--skip 'FrenchDrug|SuggesterTests')

# The same scratch folder as asan: what others wrote in C need not be compiled twice.
fuzz: packages ## feed made-up bytes to all readers, FUZZ_SECONDS (60) each
	ECLUSE_FUZZ=1 $(SWIFT) build --sanitize=address --scratch-path .build-asan --product Fuzz
	scripts/fuzz .build-asan/debug/Fuzz

# The goals are ratios that stand in Tests/Benchmarks/goals.json. CASE names one case or several.
bench: packages ## compare speed and memory with DuckDB and a loader in C (CASE=a2 for one case)
	@scripts/packages python3-venv gcc libc6-dev
	$(SWIFT) build -c release --product ecluse
	CASE="$(CASE)" PERSONS="$(PERSONS)" Tests/Benchmarks/bench

docs: packages ## write docs/language.md and docs/schema anew, from the program
	$(SWIFT) build -c release --product ecluse
	$(ECLUSE) language >docs/language.md
	$(ECLUSE) schema --project >docs/schema/project.json
	$(ECLUSE) schema --pipeline >docs/schema/pipeline.json

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

clean: ## delete what was built; CDMs and their state stay
	rm -rf .build .build-* ecluse

packages:
	@scripts/toolchain
	@scripts/packages
