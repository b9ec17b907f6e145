#include "sandbox.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#endif

/* ---- files ---- */

#ifdef LANDLOCK_ACCESS_FS_READ_FILE

/* What the first version of Landlock (Linux 5.13) can deny; reading is then allowed again. */
enum {
	READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
	DENIED = READ | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
	         LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
	         LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
	         LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
	         LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
	         LANDLOCK_ACCESS_FS_MAKE_SYM
};

/* False if the path is there and can't be looked at. */
static bool allow(int ruleset, const char *path, unsigned long long access)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = fd};

	if (fd < 0)
		return errno == ENOENT;
	/* A file has no rights of a directory. */
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
		rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
		syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(fd);
	return true;
}

/* The C library's folder, with its tables of encodings and what these need, and its locales. */
static bool allow_library(int ruleset)
{
	char path[PATH_MAX] = "";
	Dl_info about;
	void *symbol = dlsym(RTLD_DEFAULT, "iconv_open");

	if (symbol && dladdr(symbol, &about) != 0 && about.dli_fname)
		snprintf(path, sizeof path, "%s", about.dli_fname);
	char *slash = strrchr(path, '/');
	if (slash)
		*slash = '\0';
	return slash > path && allow(ruleset, path, READ) &&
	       allow(ruleset, "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE) &&
	       allow(ruleset, "/usr/lib/locale", READ);
}

static void restrict_files(const struct options *options)
{
	const struct landlock_ruleset_attr attributes = {.handled_access_fs = DENIED};
	int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);

	if (ruleset < 0)
		return;
	/* Without its library the process could not do what it is for. */
	if (allow_library(ruleset)) {
		/* A file that can't be opened is complained of when its turn comes. */
		for (char **path = options->files; *path; path++)
			allow(ruleset, *path, LANDLOCK_ACCESS_FS_READ_FILE);
		if (options->corpus)
			allow(ruleset, options->corpus, READ);
		syscall(SYS_landlock_restrict_self, ruleset, 0);
	}
	close(ruleset);
}

#else

static void restrict_files(const struct options *options)
{
	(void)options;
}

#endif

/* ---- system calls ---- */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE

/* What the filter, its threads and the C library use; the few with conditions are apart. */
static const unsigned allowed[] = {
#ifdef __x86_64__
    SYS_access, SYS_alarm, SYS_poll, SYS_readlink, SYS_stat,
#endif
    SYS_brk, SYS_clock_gettime, SYS_close, SYS_dup, SYS_exit, SYS_exit_group, SYS_faccessat,
    SYS_fcntl, SYS_fstat, SYS_futex, SYS_getdents64, SYS_getpid, SYS_getrandom, SYS_gettid,
    SYS_gettimeofday, SYS_ioctl, SYS_lseek, SYS_madvise, SYS_membarrier, SYS_mmap, SYS_mprotect,
    SYS_mremap, SYS_munmap, SYS_newfstatat, SYS_ppoll, SYS_pread64, SYS_prlimit64, SYS_read,
    SYS_readlinkat, SYS_readv, SYS_restart_syscall, SYS_rseq, SYS_rt_sigaction, SYS_rt_sigprocmask,
    SYS_rt_sigreturn, SYS_sched_getaffinity, SYS_sched_yield, SYS_set_robust_list, SYS_setitimer,
    SYS_sigaltstack, SYS_statx, SYS_sysinfo, SYS_tgkill, SYS_uname, SYS_write, SYS_writev};

/* Calls are told apart by halving them until they are so few. */
enum { FEW = 4 };

enum { ALLOWED = sizeof allowed / sizeof *allowed, CODE_MOST = 4 * ALLOWED + 24 };

/* A program for the kernel, as it grows. */
struct code {
	struct sock_filter items[CODE_MOST];
	unsigned short size;
};

static void load(struct code *code, size_t offset)
{
	code->items[code->size++] =
	    (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset);
}

static void answer(struct code *code, uint32_t action)
{
	code->items[code->size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action);
}

/* Go on behind the next so many items unless the word loaded last is this one. */
static void skip_unless(struct code *code, uint32_t word, unsigned char items)
{
	code->items[code->size++] =
	    (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, word, 0, items);
}

/* Allow the call if those bits of an argument's lower half are as wanted. */
static void allow_if(
    struct code *code, uint32_t call, unsigned argument, uint32_t mask, uint32_t wanted)
{
	/* Both machines that this is for are little-endian. */
	skip_unless(code, call, 5);
	load(code, offsetof(struct seccomp_data, args) + argument * sizeof(uint64_t));
	code->items[code->size++] = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask);
	skip_unless(code, wanted, 1);
	answer(code, SECCOMP_RET_ALLOW);
	answer(code, SECCOMP_RET_ERRNO | EPERM);
}

/*
 * Allow the calls, which are in order, and nothing else.  Halved from step to
 * step: the kernel tries the program with every call there is when it is loaded.
 */
static void allow_one_of(struct code *code, const unsigned *calls, size_t count)
{
	if (count <= FEW) {
		for (size_t i = 0; i < count; i++)
			code->items[code->size++] = (struct sock_filter)BPF_JUMP(
			    BPF_JMP | BPF_JEQ | BPF_K, calls[i], (unsigned char)(count - i), 0);
		answer(code, SECCOMP_RET_ERRNO | EPERM);
		answer(code, SECCOMP_RET_ALLOW);
		return;
	}
	size_t half = count / 2;
	struct sock_filter *jump = &code->items[code->size++];
	const struct sock_filter *next = jump + 1;
	allow_one_of(code, calls, half);
	*jump = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, calls[half],
	    (unsigned char)(&code->items[code->size] - next), 0);
	allow_one_of(code, calls + half, count - half);
}

static int compare_calls(const void *a, const void *b)
{
	unsigned left = *(const unsigned *)a, right = *(const unsigned *)b;

	return (left > right) - (left < right);
}

static void restrict_calls(void)
{
	enum { WRITING = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC };
	struct code code = {.size = 0};
	unsigned calls[ALLOWED];

	load(&code, offsetof(struct seccomp_data, arch));
	code.items[code.size++] =
	    (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
	answer(&code, SECCOMP_RET_ERRNO | EPERM);
	load(&code, offsetof(struct seccomp_data, nr));
	allow_if(&code, SYS_openat, 2, WRITING, 0);
	allow_if(&code, SYS_clone, 0, CLONE_THREAD, CLONE_THREAD);
	/* Its flags are out of a filter's reach; without it threads are made with clone. */
	skip_unless(&code, SYS_clone3, 1);
	answer(&code, SECCOMP_RET_ERRNO | ENOSYS);
	memcpy(calls, allowed, sizeof calls);
	qsort(calls, ALLOWED, sizeof *calls, compare_calls);
	allow_one_of(&code, calls, ALLOWED);
	const struct sock_fprog program = {.len = code.size, .filter = code.items};
	/* Without the flag older kernels slow the process down. */
	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program);
}

#else

static void restrict_calls(void)
{
}

#endif

void sandbox_enter(const struct options *options)
{
	const char *wanted = getenv("DECLUTTER_SANDBOX");

	if (wanted && strcmp(wanted, "off") == 0)
		return;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return;
	restrict_files(options);
	restrict_calls();
}
