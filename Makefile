# declutter.  make, make check, make install PREFIX=/usr; see README.md.

VERSION = 0.1.0
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
LIBDIR = $(PREFIX)/lib
INCLUDEDIR = $(PREFIX)/include
MANDIR = $(PREFIX)/share/man
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d

CC = cc
HOSTCC = $(CC)
CFLAGS = -O2 -g
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
HARDENING = -fstack-protector-strong -D_FORTIFY_SOURCE=2
# In a build for sanitizers: HARDENING= LINK_HARDENING=
LINK_HARDENING = -Wl,-z,relro,-z,now

BUILD = build
PACKAGES = libpcre2-8
CPPFLAGS = -iquote . -iquote lib -D_GNU_SOURCE -DDECLUTTER_VERSION='"$(VERSION)"'
COMPILE = $(CC) -std=c11 $(WARNINGS) $(HARDENING) -fPIC -fvisibility=hidden $(CPPFLAGS) \
	$$(pkg-config --cflags $(PACKAGES)) $(CFLAGS) -MMD -MP
LINK = $(CC) $(CFLAGS) $(LDFLAGS) $(LINK_HARDENING)
LIBS = -pthread $$(pkg-config --libs $(PACKAGES))
# For records: JSON, gzip, digests.
COMMAND_LIBS = $$(pkg-config --libs yajl zlib libmd)

PACKS = $(wildcard rules/*.rules) $(wildcard rules/sites/*.rules)
GENERATED = $(BUILD)/builtin.o $(BUILD)/unicode.o
COMMAND = $(patsubst %.c,$(BUILD)/%.o,declutter.c $(wildcard cmd/*.c)) $(BUILD)/page.o
OBJECTS = $(patsubst lib/%.c,$(BUILD)/lib/%.o,$(wildcard lib/*.c)) $(GENERATED)
SONAME = libdeclutter.so.0

# ---- building ----

COMPLETIONS = $(patsubst %,$(BUILD)/completions/%,bash zsh fish)

all: declutter libdeclutter.a libdeclutter.so $(COMPLETIONS)

declutter: $(COMMAND) libdeclutter.a
	$(LINK) -pie -o $@ $^ $(LIBS) $(COMMAND_LIBS)

# The same beside others, for builds with other flags.
$(BUILD)/declutter: $(COMMAND) $(OBJECTS)
	$(LINK) -pie -o $@ $^ $(LIBS) $(COMMAND_LIBS)

libdeclutter.a: $(OBJECTS)
	$(AR) rcs $@ $^

libdeclutter.so: $(OBJECTS)
	$(LINK) -shared -Wl,-soname,$(SONAME) -o $@ $^ $(LIBS)

$(BUILD)/completions/%: declutter
	@mkdir -p $(@D)
	./declutter --no-config --completion=$* > $@.new && mv $@.new $@

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(BUILD)/%.o: $(BUILD)/%.c
	$(COMPILE) -c -o $@ $<

# The tables and the rules that are compiled in.
$(BUILD)/unicode.c: $(BUILD)/tools/unicode
	$< > $@.new && mv $@.new $@

$(BUILD)/builtin.c: $(BUILD)/tools/compile $(PACKS)
	$< $(PACKS) > $@.new && mv $@.new $@

# The parts of the page that --explain=html writes, line by line.
$(BUILD)/page.c: cmd/explain.css cmd/explain.js
	@mkdir -p $(@D)
	{ for part in style:css script:js; do \
	    echo "extern const char *const html_$${part%:*}[];"; \
	    echo "const char *const html_$${part%:*}[] = {"; \
	    sed 's/[\"]/\\&/g; s/.*/"&\\n",/' cmd/explain.$${part#*:}; echo '0};'; \
	done; } > $@.new && mv $@.new $@

$(BUILD)/tools/unicode: tools/unicode.c lib/text.h
	@mkdir -p $(@D)
	$(HOSTCC) -std=c11 $(WARNINGS) -D_GNU_SOURCE -O1 -o $@ $<

# The whole library but for the tables, for the machine that builds.
$(BUILD)/tools/compile: tools/compile.c $(wildcard lib/*.[ch]) $(BUILD)/unicode.c
	@mkdir -p $(@D)
	$(HOSTCC) -std=c11 $(WARNINGS) $(CPPFLAGS) $$(pkg-config --cflags $(PACKAGES)) -O1 -o $@ \
	    $(filter %.c,$^) $(LIBS)

# What tools/fit reads of the pages it fits the article model to.
$(BUILD)/tools/trace: tools/trace.c libdeclutter.a
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARNINGS) -D_GNU_SOURCE $(CFLAGS) -o $@ $^ $(LIBS)

# ---- tests ----

UNIT = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/unit/*.c))
# Real pages stand beside the repository; without them their tests have less to do.
DEV_PAGES = $(wildcard ../shared/corpus/inner/*.txt ../shared/corpus/w3m/*.txt)
DEV_SAMPLE = $(wildcard ../shared/corpus/inner/fu-*-V2_1.txt)

# What there are fuzz targets for.
TARGETS = document rules jsonl wet options encoding
REPLAYS = $(TARGETS:%=$(BUILD)/replay-%)
check: all $(BUILD)/unit-tests $(BUILD)/reference $(BUILD)/documents $(BUILD)/partition \
    $(BUILD)/texts $(BUILD)/fault.so $(BUILD)/inside.so $(REPLAYS)
	$(BUILD)/unit-tests
	./declutter --no-config --check
	tests/run-cases
	@$(BUILD)/texts tests/texts/whole/*
	@$(BUILD)/texts -m tests/texts/marked/*
	@$(BUILD)/reference -g $(if $(SANITIZED),1000,10000) tests/cases/*/input $(DEV_SAMPLE)
	@$(BUILD)/documents -g $(if $(SANITIZED),200,20000) tests/cases/*/input tests/texts/*/*
	@$(BUILD)/partition tests/cases/*/input $(if $(SANITIZED),$(DEV_SAMPLE),$(DEV_PAGES))
	tests/run-suggest
	tests/run-records
	tests/run-promises
	@for target in $(TARGETS); do \
	    $(BUILD)/replay-$$target tests/fuzz/corpus/$$target/* 2> $(BUILD)/replay.log || \
	        { cat $(BUILD)/replay.log; exit 1; }; done
	tests/run-trust $(if $(SANITIZED),-q)

# The fast path against the slow reference on all that there is; takes some minutes.
verify: $(BUILD)/reference $(BUILD)/documents
	$(BUILD)/reference -g 1000000 tests/cases/*/input $(DEV_PAGES)
	$(BUILD)/documents -g 10000000 tests/cases/*/input tests/texts/*/*

$(BUILD)/unit-tests: $(UNIT) libdeclutter.a
	$(LINK) -o $@ $^ $$(pkg-config --libs check) $(LIBS)

# The slow way of slow.c stands between the document and the index.
SLOW = -Wl,--wrap=index_candidates,--wrap=index_rules_out
$(BUILD)/documents: $(BUILD)/%: $(BUILD)/tests/%.o $(BUILD)/tests/slow.o $(BUILD)/tests/verdicts.o \
    libdeclutter.a
	$(LINK) $(SLOW) -o $@ $^ $(LIBS)

$(BUILD)/reference: $(BUILD)/tests/reference.o $(BUILD)/tests/verdicts.o libdeclutter.a
	$(LINK) -o $@ $^ $(LIBS)

$(BUILD)/partition $(BUILD)/texts: $(BUILD)/%: $(BUILD)/tests/%.o libdeclutter.a
	$(LINK) -o $@ $^ $(LIBS)

# Every allocation and system call of all modes fails once; x86-64 Linux only.
check-faults: all $(BUILD)/fault.so
	tests/run-faults

# To be preloaded, so without what CFLAGS may say of sanitizers.
$(BUILD)/fault.so: tests/faults/fault.c
$(BUILD)/inside.so: tests/inside.c
$(BUILD)/fault.so $(BUILD)/inside.so:
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARNINGS) -D_GNU_SOURCE -O2 -g -fPIC -shared -o $@ $<

# ---- fuzzing ----

FUZZ_PARTS = $(patsubst %,$(BUILD)/tests/%.o,slow verdicts fuzz/records) $(OBJECTS) \
	$(filter-out $(BUILD)/declutter.o,$(COMMAND))

# Each target on its corpus, without a fuzzer.
$(BUILD)/replay-%: $(BUILD)/tests/fuzz/replay.o $(BUILD)/tests/fuzz/%.o $(FUZZ_PARTS)
	$(LINK) $(SLOW) -o $@ $^ $(LIBS) $(COMMAND_LIBS)

# build/fuzz/fuzz-TARGET for libFuzzer; see tests/fuzz/README.md.
FUZZ_FLAGS = -O2 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
$(BUILD)/fuzz-%: $(BUILD)/tests/fuzz/%.o $(FUZZ_PARTS)
	$(LINK) -fsanitize=fuzzer $(SLOW) -o $@ $^ $(LIBS) $(COMMAND_LIBS)

fuzzers:
	$(MAKE) BUILD=build/fuzz CC=clang HOSTCC=cc HARDENING= LINK_HARDENING= \
	    CFLAGS="$(FUZZ_FLAGS) -fsanitize=fuzzer-no-link" $(TARGETS:%=build/fuzz/fuzz-%)

# The same for AFL++.
afl:
	AFL_USE_ASAN=1 $(MAKE) BUILD=build/afl CC=afl-clang-fast HOSTCC=cc HARDENING= LINK_HARDENING= \
	    CFLAGS="-O2 -g -fsanitize=fuzzer" $(TARGETS:%=build/afl/fuzz-%)

# ---- other tools that look for faults ----

# Nothing may be wrong, and nothing left at the end; takes some minutes.
VALGRIND = valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=all \
	--errors-for-leak-kinds=definite,indirect,possible,reachable
check-memory: all
	printf '#!/bin/sh\nexec %s "%s/declutter" "$$@"\n' '$(VALGRIND)' '$(CURDIR)' > $(BUILD)/valgrind
	chmod +x $(BUILD)/valgrind
	DECLUTTER_SANDBOX=off DECLUTTER=$(CURDIR)/$(BUILD)/valgrind tests/run-cases

# Threads that share what they should not; clang's, as gcc's trips over target_clones.
check-threads:
	rm -rf build/threads && mkdir -p build/threads
	$(MAKE) -s BUILD=build/threads CC=clang HOSTCC=cc HARDENING= LINK_HARDENING= \
	    CFLAGS="-O1 -g -fsanitize=thread -DSCAN_PLAIN" build/threads/declutter
	for tests in records promises; do \
	    DECLUTTER_SANDBOX=off DECLUTTER=$(CURDIR)/build/threads/declutter SANITIZED=yes \
	        TSAN_OPTIONS=exitcode=66 tests/run-$$tests || exit 1; done

# Static analysis: gcc's, clang-tidy by .clang-tidy, cppcheck.
lint:
	rm -rf build/lint
	$(MAKE) -s BUILD=build/lint HOSTCC=cc CC=gcc CFLAGS="-O1 -fanalyzer" build/lint/declutter
	@# One by one: after several files clang-tidy 14 takes va_start for missing.
	for file in declutter.c cmd/*.c lib/*.c; do \
	    clang-tidy --quiet $$file -- -std=c11 $(CPPFLAGS) 2> build/lint/log || exit 1; done
	@# A struct for errors is filled by those that it is given to.
	cppcheck --quiet --error-exitcode=1 --enable=warning,performance,portability --std=c11 \
	    --inline-suppr --suppress=missingIncludeSystem --suppress=ctuuninitvar -I. -Ilib -D_GNU_SOURCE \
	    declutter.c cmd lib tools

# ---- speed ----

# Beside other tools, as many of them as are installed; see bench/run.
bench: all
	bench/run

# The dearest line that a search finds, in time per byte.
worst: $(BUILD)/worst
	$(BUILD)/worst $(DEV_PAGES) tests/cases/*/input

$(BUILD)/worst: $(BUILD)/bench/worst.o $(BUILD)/tests/verdicts.o libdeclutter.a
	$(LINK) -o $@ $^ $(LIBS)

# Fails when the filter takes 5 % more instructions than recorded.
instructions: all
	bench/instructions

# ---- a fresh machine ----

DEPS = gcc libc6-dev pkg-config libpcre2-dev libyajl-dev zlib1g-dev libmd-dev check mandoc \
	python3 jq

deps:
	@dpkg -s $(DEPS) > /dev/null 2>&1 || \
	    $$([ "$$(id -u)" = 0 ] || echo sudo) apt-get install -y $(DEPS)

demo: all
	./declutter tests/cases/news-page/input

# ---- installing ----

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCLUDEDIR) \
	    $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man3 $(DESTDIR)$(MANDIR)/man5 \
	    $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR)
	install declutter $(DESTDIR)$(BINDIR)
	install -m 644 libdeclutter.a $(DESTDIR)$(LIBDIR)
	install -m 644 libdeclutter.so $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libdeclutter.so
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' \
	    -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	    lib/libdeclutter.pc.in > $(DESTDIR)$(LIBDIR)/pkgconfig/libdeclutter.pc
	install -m 644 lib/declutter.h $(DESTDIR)$(INCLUDEDIR)
	install -m 644 man/declutter.1 $(DESTDIR)$(MANDIR)/man1
	install -m 644 man/libdeclutter.3 $(DESTDIR)$(MANDIR)/man3
	install -m 644 man/declutter-rules.5 $(DESTDIR)$(MANDIR)/man5
	install -m 644 $(BUILD)/completions/bash $(DESTDIR)$(BASHDIR)/declutter
	install -m 644 $(BUILD)/completions/zsh $(DESTDIR)$(ZSHDIR)/_declutter
	install -m 644 $(BUILD)/completions/fish $(DESTDIR)$(FISHDIR)/declutter.fish

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/declutter $(DESTDIR)$(LIBDIR)/libdeclutter.a \
	    $(DESTDIR)$(LIBDIR)/libdeclutter.so $(DESTDIR)$(LIBDIR)/$(SONAME) \
	    $(DESTDIR)$(LIBDIR)/pkgconfig/libdeclutter.pc $(DESTDIR)$(INCLUDEDIR)/declutter.h \
	    $(DESTDIR)$(MANDIR)/man1/declutter.1 $(DESTDIR)$(MANDIR)/man3/libdeclutter.3 \
	    $(DESTDIR)$(MANDIR)/man5/declutter-rules.5 $(DESTDIR)$(BASHDIR)/declutter \
	    $(DESTDIR)$(ZSHDIR)/_declutter $(DESTDIR)$(FISHDIR)/declutter.fish

# ---- releasing ----

# The sources of the last commit: the same bytes whenever and wherever it is made.
dist:
	@mkdir -p $(BUILD)
	git archive --format=tar --prefix=declutter-$(VERSION)/ HEAD | gzip -n -9 \
	    > $(BUILD)/declutter-$(VERSION).tar.gz

clean:
	rm -rf $(BUILD) declutter libdeclutter.a libdeclutter.so

-include $(wildcard $(BUILD)/*.d $(BUILD)/*/*.d $(BUILD)/*/*/*.d)

# Inside shells, editors and a browser; see tests/run-programs for what must be there.
check-programs: all
	tests/run-programs

# On two hosts and in Slurm; starts daemons as root, for machines that can be thrown away.
check-cluster: all
	tests/run-cluster

# Debian packages, built from the last commit and tried out; needs what debian/ names.
check-package: dist
	tests/run-package

.PHONY: all fuzzers afl check check-memory check-threads lint check-cluster check-faults check-programs check-package dist verify bench worst instructions install uninstall clean deps demo
.DELETE_ON_ERROR:
