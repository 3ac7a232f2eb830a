# The one door: make run, make test, make lint, make bench, make bundle.
#
# Cargo is always asked for the whole workspace: asked for single packages it would build their
# dependencies once more with other features.

target := $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)
# What the interface is made of, so that it is built again only when something changed.
ui_sources := $(shell find ui/src ui/index.html ui/vite.config.ts ui/package-lock.json -type f 2>/dev/null)

# Real posts that some tests read, where they lie beside the project; those tests pass without.
ifneq ($(wildcard $(CURDIR)/../shared/corpus),)
export DAPANJI_CORPUS ?= $(CURDIR)/../shared/corpus
endif

.PHONY: run test lint bench bundle bindings docs setup setup-test cli

# Opens the window on the sample notebook, or on FOLDER=….
run:
ifeq ($(shell uname -s),Linux)
	@if [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  echo 'There is no display here, so no window can open.'; \
	  echo 'These work without one:'; \
	  echo '  make cli        builds the command line, $(target)/debug/dapanji (list, search, answer, export, …)'; \
	  echo '  make test       runs all tests, the window'"'"'s on a display of their own'; \
	  exit 1; \
	fi
endif
	@$(MAKE) --no-print-directory window
	$(target)/debug/dapanji-window $(if $(FOLDER),'$(FOLDER)',--sample)

# Builds the command line.
cli:
	@command -v cargo >/dev/null || .ci/setup build
	cargo build -p dapanji-cli
	@echo '$(target)/debug/dapanji --help tells what it does'

.PHONY: window
window: setup ui/dist/index.html
	cargo build --workspace --bins

ui/dist/index.html: $(ui_sources) | setup
	cd ui && npm run --silent build

setup:
	@.ci/setup build

setup-test:
	@.ci/setup test

# Everything: Rust, the interface, and the real window.
test: setup-test ui/dist/index.html
	cargo build --workspace --bins --tests
	@if command -v cargo-nextest >/dev/null; then \
	  cargo nextest run --workspace --profile ci; \
	else \
	  cargo test --workspace --lib --bins --tests; \
	fi
	cargo test --workspace --doc --quiet
	cd ui && npm test --silent
	DAPANJI_WINDOW='$(target)/debug/dapanji-window' tests/e2e/run.sh

lint: setup ui/dist/index.html
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --no-deps --document-private-items --quiet
	cd ui && npm run --silent lint && npm run --silent check

# Measures this machine and prints a table; BENCH="--posts 2000" for a smaller notebook.
bench: setup ui/dist/index.html
	cargo build --release --workspace --bins --examples
	$(target)/release/bench $(BENCH)

# Writes the interface's types and functions anew from the shell's commands.
bindings: setup ui/dist/index.html
	DAPANJI_BINDINGS=write cargo test --workspace --lib bindings_are_up_to_date

# Writes the document of what is read from each layout anew from its fixtures.
docs:
	DAPANJI_DOCS=write cargo test --workspace --lib layouts_document_is_up_to_date

# Packages for this system, in target/release/bundle.
bundle: setup ui/dist/index.html
	env -u CARGO_TARGET_DIR ui/node_modules/.bin/tauri build
