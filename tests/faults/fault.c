/*
 * A library to be preloaded that makes one allocation or one system call of a
 * program fail, and tells which there were.
 *
 *   FAULT_LOG=FILE       write a line for each: its kind, and where the program
 *                        asked for it, as an offset into its file
 *   FAULT_KIND=KIND FAULT_AT=N
 *                        the N-th of the kind fails, from 1
 *   FAULT_ERROR=NUMBER   with that errno (allocations: ENOMEM); 0 stands for a
 *                        read or write of one byte
 *   FAULT_LIVE=FILE      write what is allocated at the end, by where it was asked for
 *
 * System calls are caught by a seccomp filter, as the C library's own can't be
 * replaced otherwise; only on x86-64.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

/* The C library's own, which these names stand before. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

enum kind { ALLOCATE, READ, WRITE, OPEN, MMAP, CLOSE, THREAD, KIND_COUNT };

static const char *const names[] = {"allocate", "read", "write", "open", "mmap", "close", "thread"};

/* Which system calls are of which kind. */
static const struct {
	int number;
	enum kind kind;
} calls[] = {{SYS_read, READ}, {SYS_getdents64, READ}, {SYS_write, WRITE}, {SYS_openat, OPEN},
    {SYS_mmap, MMAP}, {SYS_close, CLOSE}};

enum { LIVE_SLOTS = 1 << 18, FRAMES = 48 };

static struct {
	bool ready, begun;
	int log, live;
	enum kind kind;
	unsigned long at;
	int error;
	_Atomic unsigned long counts[KIND_COUNT];
	uintptr_t start, end; /* of the program in memory */
	pthread_mutex_t lock;
	/* blocks and who asked for them, by hash of the block's address */
	void *blocks[LIVE_SLOTS];
	uintptr_t askers[LIVE_SLOTS];
} fault = {.log = -1, .live = -1, .kind = KIND_COUNT, .lock = PTHREAD_MUTEX_INITIALIZER};

static __thread bool inside; /* this file's own doings are not counted */

/* ---- system calls ---- */

/* One system call; the filter knows it by where it is made. */
long fault_call(long number, const greg_t *arguments);
extern const char fault_called[];
__asm__(".text\n.globl fault_call\n.type fault_call, @function\nfault_call:\n"
        "mov %rdi, %rax\nmov %rsi, %rcx\n"
        "mov 0(%rcx), %rdi\nmov 8(%rcx), %rsi\nmov 16(%rcx), %rdx\n"
        "mov 24(%rcx), %r10\nmov 32(%rcx), %r8\nmov 40(%rcx), %r9\n"
        "syscall\n.globl fault_called\nfault_called:\nret\n"
        ".size fault_call, .-fault_call\n");

static void put(int fd, const char *text, size_t size)
{
	const greg_t arguments[6] = {fd, (greg_t)(uintptr_t)text, (greg_t)size};

	fault_call(SYS_write, arguments);
}

/* The innermost place in the program itself that led here, as an offset into it. */
static uintptr_t find_asker(void)
{
	void *frames[FRAMES];
	int count = backtrace(frames, FRAMES);

	for (int i = 0; i < count; i++) {
		uintptr_t frame = (uintptr_t)frames[i];
		if (frame >= fault.start && frame < fault.end)
			return frame - fault.start - 1;
	}
	return 0;
}

/* What happens after the program's end, as writing profiles, is not its own. */
static void stop(void)
{
	fault.ready = false;
}

/* Count an event; whether it is the one to fail. */
static bool strikes(enum kind kind)
{
	unsigned long number = ++fault.counts[kind];

	/* Not before the program begins: what is registered last is called first. */
	if (!fault.begun) {
		fault.begun = true;
		atexit(stop);
	}

	if (fault.log >= 0) {
		char line[64];
		inside = true;
		int size = snprintf(
		    line, sizeof line, "%s %#lx\n", names[kind], (unsigned long)find_asker());
		inside = false;
		put(fault.log, line, (size_t)size);
	}
	return kind == fault.kind && number == fault.at;
}

static enum kind kind_of(int number)
{
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		if (calls[i].number == number)
			return calls[i].kind;
	return KIND_COUNT;
}

static void on_call(int signal_number, siginfo_t *info, void *context)
{
	greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
	greg_t arguments[6] = {registers[REG_RDI], registers[REG_RSI], registers[REG_RDX],
	    registers[REG_R10], registers[REG_R8], registers[REG_R9]};
	int saved = errno;
	enum kind kind = kind_of(info->si_syscall);
	/* What goes wrong with messages has no one to tell; and this file's own are not meant. */
	bool mine = inside || !fault.ready || (kind == WRITE && arguments[0] == STDERR_FILENO);

	(void)signal_number;
	if (!mine && strikes(kind)) {
		if (fault.error != 0) {
			registers[REG_RAX] = -fault.error;
			errno = saved;
			return;
		}
		if (arguments[2] > 1)
			arguments[2] = 1;
	}
	registers[REG_RAX] = fault_call(info->si_syscall, arguments);
	errno = saved;
}

static void catch_calls(void)
{
	enum { CALLS = sizeof calls / sizeof *calls };
	uint64_t here = (uintptr_t)fault_called;
	struct sock_filter code[CALLS + 8];
	struct sock_fprog program = {.filter = code};
	struct sigaction action = {.sa_sigaction = on_call, .sa_flags = SA_SIGINFO | SA_NODEFER};
	size_t n = 0;

	code[n++] = (struct sock_filter)BPF_STMT(
	    BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < CALLS; i++)
		code[n++] = (struct sock_filter)BPF_JUMP(
		    BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i].number, (uint8_t)(CALLS - i), 0);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	code[n++] = (struct sock_filter)BPF_STMT(
	    BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer));
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)here, 0, 3);
	code[n++] = (struct sock_filter)BPF_STMT(
	    BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4);
	code[n++] =
	    (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(here >> 32), 0, 1);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
	program.len = (unsigned short)n;
	sigemptyset(&action.sa_mask);
	sigaction(SIGSYS, &action, NULL);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
		static const char message[] = "fault: no seccomp filter here\n";
		write(STDERR_FILENO, message, sizeof message - 1);
		_exit(99);
	}
}

/* ---- allocations ---- */

static size_t slot_of(const void *block)
{
	return (size_t)((uintptr_t)block * 0x9e3779b97f4a7c15u >> 40) & (LIVE_SLOTS - 1);
}

/* Blocks that were freed leave their place taken, by a block that is none. */
static char freed;

static void note_block(void *block, uintptr_t asker)
{
	pthread_mutex_lock(&fault.lock);
	size_t slot = slot_of(block);
	while (fault.blocks[slot] && fault.blocks[slot] != &freed)
		slot = (slot + 1) & (LIVE_SLOTS - 1);
	fault.blocks[slot] = block;
	fault.askers[slot] = asker;
	pthread_mutex_unlock(&fault.lock);
}

static void forget_block(const void *block)
{
	pthread_mutex_lock(&fault.lock);
	size_t slot = slot_of(block);
	while (fault.blocks[slot] && fault.blocks[slot] != block)
		slot = (slot + 1) & (LIVE_SLOTS - 1);
	if (fault.blocks[slot])
		fault.blocks[slot] = &freed;
	pthread_mutex_unlock(&fault.lock);
}

/* What an allocation returns: the block, which is noted if anyone wants to know. */
static void *allocated(void *block, void *asker)
{
	if (block && fault.live >= 0 && !inside)
		note_block(block, (uintptr_t)asker);
	return block;
}

static bool denies(void)
{
	if (!fault.ready || inside || !strikes(ALLOCATE))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return denies() ? NULL : allocated(__libc_malloc(size), __builtin_return_address(0));
}

void *calloc(size_t count, size_t size)
{
	return denies() ? NULL : allocated(__libc_calloc(count, size), __builtin_return_address(0));
}

void *realloc(void *block, size_t size)
{
	if (denies())
		return NULL;
	void *moved = __libc_realloc(block, size);
	if (moved && block && fault.live >= 0)
		forget_block(block);
	return allocated(moved, __builtin_return_address(0));
}

void free(void *block)
{
	if (block && fault.live >= 0)
		forget_block(block);
	__libc_free(block);
}

/* ---- threads ---- */

/* Not by its system call: the C library makes that with all signals blocked. */
int pthread_create(
    pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *context)
{
	int (*next)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
	void *symbol = dlsym(RTLD_NEXT, "pthread_create");

	memcpy(&next, &symbol, sizeof next);
	return fault.ready && strikes(THREAD) ? fault.error
	                                      : next(thread, attributes, start, context);
}

/* ---- begin and end ---- */

static int find_program(struct dl_phdr_info *info, size_t size, void *context)
{
	(void)size;
	(void)context;
	fault.start = info->dlpi_addr;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];
		if (part->p_type == PT_LOAD &&
		    info->dlpi_addr + part->p_vaddr + part->p_memsz > fault.end)
			fault.end = info->dlpi_addr + part->p_vaddr + part->p_memsz;
	}
	return 1; /* the program is the first */
}

static int open_named(const char *variable)
{
	const char *path = getenv(variable);
	/* Far from the numbers that the program will be given. */
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;

	if (fd < 0)
		return -1;
	int far = fcntl(fd, F_DUPFD_CLOEXEC, 900);
	close(fd);
	return far;
}

__attribute__((constructor)) static void begin(void)
{
	const char *kind = getenv("FAULT_KIND"), *at = getenv("FAULT_AT"),
	           *error = getenv("FAULT_ERROR");
	void *frames[FRAMES];

	/* The first call loads what unwinding needs. */
	backtrace(frames, FRAMES);
	dl_iterate_phdr(find_program, NULL);
	fault.log = open_named("FAULT_LOG");
	fault.live = open_named("FAULT_LIVE");
	for (int i = 0; kind && i < KIND_COUNT; i++)
		if (strcmp(kind, names[i]) == 0)
			fault.kind = (enum kind)i;
	fault.at = at ? strtoul(at, NULL, 10) : 0;
	fault.error = error ? atoi(error) : 0;
	catch_calls();
	fault.ready = true;
}

__attribute__((destructor)) static void end(void)
{
	inside = true;
	for (size_t i = 0; fault.live >= 0 && i < LIVE_SLOTS; i++) {
		Dl_info about = {0};
		char line[256];
		if (!fault.blocks[i] || fault.blocks[i] == &freed)
			continue;
		dladdr((void *)fault.askers[i], &about);
		const char *slash = about.dli_fname ? strrchr(about.dli_fname, '/') : NULL;
		int size = snprintf(line, sizeof line, "%s+%#lx\n", slash ? slash + 1 : "?",
		    (unsigned long)(fault.askers[i] - (uintptr_t)about.dli_fbase));
		put(fault.live, line, (size_t)size);
	}
}
