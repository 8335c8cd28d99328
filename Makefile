# Two commands: `make demo` and `make test`. `make help` lists the others.

SWIFT ?= swift
ECLUSE := .build/release/ecluse

# Failures of sanitized programs are for the sanitizer to report, not for Swift's crash handler.
SANITIZED := SWIFT_BACKTRACE=enable=no

.PHONY: demo test release lint tsan asan help clean packages

demo: packages ## build, and turn sample-data into a CDM (emc2.sqlite)
	$(SWIFT) build -c release --product ecluse
	$(ECLUSE) run pipelines/emc2.yaml
	@echo
	@echo "the program is $(ECLUSE); ecluse --help shows the rest"

test: packages ## build, and run all tests
	$(SWIFT) test --disable-xctest

release: packages ## build one stripped binary with the Swift runtime inside
	$(SWIFT) build -c release --static-swift-stdlib --product ecluse --scratch-path .build-static
	strip -o ecluse .build-static/release/ecluse
	@echo
	@ls -lh ecluse | awk '{ print "ecluse: " $$5 ", Swift runtime inside; loaded from the system:" }'
	@ldd ecluse

lint: ## check the format of all Swift code, and where unsafe code stands
	$(SWIFT) format lint --recursive --parallel --strict Sources Tests Package.swift
	scripts/unsafe

tsan: packages ## run all tests under the thread sanitizer
	$(SANITIZED) $(SWIFT) test --disable-xctest --sanitize=thread --scratch-path .build-tsan

asan: packages ## run all tests under the address and leak sanitizers
	$(SANITIZED) ASAN_OPTIONS=detect_leaks=1 \
	  $(SWIFT) test --disable-xctest --sanitize=address --scratch-path .build-asan

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

clean: ## delete what was built; CDMs and their state stay
	rm -rf .build .build-* ecluse

packages:
	@scripts/toolchain
	@scripts/packages
