# The one door: make run, make test, make lint, make bench, make bundle.
#
# Cargo is always asked for the whole workspace: asked for single packages it would build their
# dependencies once more with other features.

target := $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)
# What the interface is made of, so that it is built again only when something changed.
ui_sources := $(shell find ui/src ui/index.html ui/vite.config.ts ui/own-properties.ts ui/package-lock.json -type f 2>/dev/null)

# Real posts that some tests read, where they lie beside the project; those tests pass without.
ifneq ($(wildcard $(CURDIR)/../shared/corpus),)
export DAPANJI_CORPUS ?= $(CURDIR)/../shared/corpus
endif

.PHONY: run test lint soak bench bench-search bench-compare bundle bindings docs setup setup-test cli fuzz fuzz-build

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
test: setup-test ui/dist/index.html fuzz-build
	cargo build --workspace --bins --tests --examples
	@if command -v cargo-nextest >/dev/null; then \
	  cargo nextest run --workspace --profile ci; \
	else \
	  cargo test --workspace --lib --bins --tests; \
	fi
	cargo test --workspace --doc --quiet
	cd ui && npm test --silent
	cd ui && npm run --silent pages
	DAPANJI_WINDOW='$(target)/debug/dapanji-window' tests/e2e/run.sh

lint: setup ui/dist/index.html
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --no-deps --document-private-items --quiet
	cd ui && npm run --silent lint && npm run --silent check

# What libFuzzer needs of the compiler; no nightly one.
fuzz_flags := -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
  -Clink-dead-code --cfg fuzzing
fuzz_target := $(target)/fuzz
fuzz_host = $(shell rustc -vV | sed -n 's/^host: //p')
FUZZ_SECONDS ?= 600

# Builds what feeds made-up texts to reading and editing; the host is named so that build scripts
# are built without coverage.
fuzz-build:
	@command -v cargo >/dev/null || .ci/setup build
	cd tests/fuzz && CARGO_TARGET_DIR='$(fuzz_target)' RUSTFLAGS='$(fuzz_flags)' \
	  cargo build --locked --bins --target $(fuzz_host)

# Runs each for FUZZ_SECONDS, beginning with the posts of the project; what it finds is kept in
# target/fuzz/found.
fuzz: fuzz-build
	@for name in parse edit; do \
	  mkdir -p '$(fuzz_target)'/corpus/$$name '$(fuzz_target)'/seeds/$$name '$(fuzz_target)'/found; \
	  find $(wildcard tests/fixtures) assets/sample -name '*.md' | while read -r post; do \
	    seed='$(fuzz_target)'/seeds/$$name/$$(cksum <"$$post" | tr ' ' -); \
	    { [ $$name = parse ] || printf '\0\0\12new answer'; cat "$$post"; } >"$$seed"; \
	  done; \
	  echo "$$name: $(FUZZ_SECONDS) seconds"; \
	  '$(fuzz_target)'/$(fuzz_host)/debug/$$name -max_total_time=$(FUZZ_SECONDS) -max_len=2048 \
	    -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -dict=tests/fuzz/dictionary.txt \
	    -artifact_prefix='$(fuzz_target)'/found/$$name- \
	    '$(fuzz_target)'/corpus/$$name '$(fuzz_target)'/seeds/$$name || exit 1; \
	done

SOAK_SECONDS ?= 600

# Tries for SOAK_SECONDS to lose a text and prints a table: kills during saves, edits here and outside
# at once, several programs on one folder.
soak: setup ui/dist/index.html
	cargo build --workspace --bins
	$(target)/debug/soak $(SOAK_SECONDS)

# Measures this machine and prints a table; BENCH="--posts 2000" for a smaller notebook.
bench: setup ui/dist/index.html
	cargo build --release --workspace --bins --examples
	$(target)/release/bench $(BENCH)

# Measures how well headings of real posts, those under DAPANJI_CORPUS, find the text under them.
bench-search:
	@command -v cargo >/dev/null || .ci/setup build
	cargo build --workspace --bin bench-search
	$(target)/debug/bench-search $(BENCH)

# Measures how far comparisons agree with a careful reader, and how long they take; BENCH=--all also
# prints each disagreement. Few crates, so that a release build costs little.
bench-compare:
	@command -v cargo >/dev/null || .ci/setup build
	cargo run --quiet --release -p dapanji-compare --example bench-compare -- $(BENCH)

# Writes the interface's types and functions anew from the shell's commands.
bindings: setup ui/dist/index.html
	DAPANJI_BINDINGS=write cargo test --workspace --lib bindings_are_up_to_date

# Writes the document of what is read from each layout anew from its fixtures.
docs:
	DAPANJI_DOCS=write cargo test --workspace --lib layouts_document_is_up_to_date

# Packages for this system, in target/release/bundle.
bundle: setup ui/dist/index.html
	env -u CARGO_TARGET_DIR ui/node_modules/.bin/tauri build
