# declutter.  make, make check, make install PREFIX=/usr; see README.md.

VERSION = 0.1.0
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
LIBDIR = $(PREFIX)/lib
INCLUDEDIR = $(PREFIX)/include
MANDIR = $(PREFIX)/share/man

CC = cc
HOSTCC = $(CC)
CFLAGS = -O2 -g
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
HARDENING = -fstack-protector-strong -D_FORTIFY_SOURCE=2
# In a build for sanitizers: HARDENING= LINK_HARDENING=
LINK_HARDENING = -Wl,-z,relro,-z,now

BUILD = build
PACKAGES = libpcre2-8
CPPFLAGS = -iquote lib -D_GNU_SOURCE -DDECLUTTER_VERSION='"$(VERSION)"'
COMPILE = $(CC) -std=c11 $(WARNINGS) $(HARDENING) -fPIC -fvisibility=hidden $(CPPFLAGS) \
	$$(pkg-config --cflags $(PACKAGES)) $(CFLAGS) -MMD -MP
LINK = $(CC) $(CFLAGS) $(LDFLAGS) $(LINK_HARDENING)
LIBS = $$(pkg-config --libs $(PACKAGES))

PACKS = $(wildcard rules/*.rules) $(wildcard rules/sites/*.rules)
GENERATED = $(BUILD)/builtin.o $(BUILD)/unicode.o
OBJECTS = $(patsubst lib/%.c,$(BUILD)/lib/%.o,$(wildcard lib/*.c)) $(GENERATED)
SONAME = libdeclutter.so.0

all: declutter libdeclutter.a libdeclutter.so libdeclutter.pc

declutter: $(BUILD)/declutter.o libdeclutter.a
	$(LINK) -pie -o $@ $^ $(LIBS)

libdeclutter.a: $(OBJECTS)
	$(AR) rcs $@ $^

libdeclutter.so: $(OBJECTS)
	$(LINK) -shared -Wl,-soname,$(SONAME) -o $@ $^ $(LIBS)

libdeclutter.pc: lib/libdeclutter.pc.in Makefile
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' \
	    -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@VERSION@|$(VERSION)|' $< > $@

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(BUILD)/%.o: $(BUILD)/%.c
	$(COMPILE) -c -o $@ $<

# The tables and the rules that are compiled in.
$(BUILD)/unicode.c: $(BUILD)/tools/unicode
	$< > $@.new && mv $@.new $@

$(BUILD)/builtin.c: $(BUILD)/tools/embed $(PACKS)
	$< $(PACKS) > $@.new && mv $@.new $@

$(BUILD)/tools/unicode $(BUILD)/tools/embed: $(BUILD)/tools/%: tools/%.c lib/text.h
	@mkdir -p $(@D)
	$(HOSTCC) -std=c11 $(WARNINGS) -D_GNU_SOURCE -O1 -o $@ $<

# What tools/fit reads of the pages it fits the article model to.
$(BUILD)/tools/trace: tools/trace.c libdeclutter.a
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARNINGS) -D_GNU_SOURCE $(CFLAGS) -o $@ $^ $(LIBS)

# Tests.
UNIT = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/unit/*.c))

$(BUILD)/unit-tests: $(UNIT) libdeclutter.a
	$(LINK) -o $@ $^ $$(pkg-config --libs check) $(LIBS)

clean:
	rm -rf $(BUILD) declutter libdeclutter.a libdeclutter.so libdeclutter.pc

-include $(wildcard $(BUILD)/*.d $(BUILD)/*/*.d)

.PHONY: all check install uninstall clean deps
.DELETE_ON_ERROR:
