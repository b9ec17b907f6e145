#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#endif
#ifdef HAVE_SECCOMP
#include <sched.h>
#include <seccomp.h>
#endif

#include "complain.h"

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

/* Where the C library finds the tables of encodings, and the libraries these need. */
static const char *const system_directories[] = {"/usr", "/lib", "/lib64", "/etc", NULL};

/* What can't be opened is complained of when its turn comes. */
static void allow(int ruleset, const char *path, unsigned long long access)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = fd};

	if (fd < 0)
		return;
	/* A file has no rights of a directory. */
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
		rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
		syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(fd);
}

static void restrict_files(const struct options *options)
{
	const struct landlock_ruleset_attr attributes = {.handled_access_fs = DENIED};
	int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);

	if (ruleset < 0)
		return;
	for (const char *const *path = system_directories; *path; path++)
		allow(ruleset, *path, READ);
	for (char **path = options->files; *path; path++)
		allow(ruleset, *path, LANDLOCK_ACCESS_FS_READ_FILE);
	if (options->corpus)
		allow(ruleset, options->corpus, READ);
	syscall(SYS_landlock_restrict_self, ruleset, 0);
	close(ruleset);
}

#else

static void restrict_files(const struct options *options)
{
	(void)options;
}

#endif

/* ---- system calls ---- */

#ifdef HAVE_SECCOMP

/* What the filter, its threads and the C library use; the few with conditions are apart. */
static const int allowed[] = {SCMP_SYS(access), SCMP_SYS(alarm), SCMP_SYS(brk),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64), SCMP_SYS(clock_nanosleep), SCMP_SYS(close),
    SCMP_SYS(dup), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
    SCMP_SYS(fcntl), SCMP_SYS(fcntl64), SCMP_SYS(fstat), SCMP_SYS(fstat64), SCMP_SYS(fstatat64),
    SCMP_SYS(futex), SCMP_SYS(futex_time64), SCMP_SYS(getdents64), SCMP_SYS(getpid),
    SCMP_SYS(getrandom), SCMP_SYS(getrlimit), SCMP_SYS(gettid), SCMP_SYS(gettimeofday),
    SCMP_SYS(ioctl), SCMP_SYS(_llseek), SCMP_SYS(lseek), SCMP_SYS(madvise), SCMP_SYS(membarrier),
    SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(mprotect), SCMP_SYS(mremap), SCMP_SYS(munmap),
    SCMP_SYS(newfstatat), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(ppoll_time64),
    SCMP_SYS(pread64), SCMP_SYS(prlimit64), SCMP_SYS(read), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(readv), SCMP_SYS(restart_syscall), SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_yield), SCMP_SYS(set_robust_list),
    SCMP_SYS(setitimer), SCMP_SYS(sigaltstack), SCMP_SYS(sigreturn), SCMP_SYS(stat),
    SCMP_SYS(stat64), SCMP_SYS(statx), SCMP_SYS(sysinfo), SCMP_SYS(tgkill), SCMP_SYS(ugetrlimit),
    SCMP_SYS(uname), SCMP_SYS(write), SCMP_SYS(writev)};

/* Some of these are of other machines than this one; libseccomp passes those over. */
static bool add_rules(scmp_filter_ctx filter)
{
	enum { WRITING = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC };
	/* The kernel has the flags first; other machines than this is for have them last. */
	const struct scmp_arg_cmp reads = SCMP_A2(SCMP_CMP_MASKED_EQ, WRITING, 0),
	                          reads_old = SCMP_A1(SCMP_CMP_MASKED_EQ, WRITING, 0),
	                          thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
	int result = 0;

	for (size_t i = 0; i < sizeof allowed / sizeof *allowed && result == 0; i++)
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	result |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, reads);
	result |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, reads_old);
	result |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, thread);
	/* Its flags are out of a filter's reach; without it threads are made with clone. */
	result |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	return result == 0;
}

static bool restrict_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));

	if (!filter)
		return refuse("sandbox", "out of memory");
	/* Else older kernels slow the process down. */
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1);
	bool done = add_rules(filter) || refuse("sandbox", "out of memory");
	/* A kernel without seccomp refuses it. */
	if (done)
		seccomp_load(filter);
	seccomp_release(filter);
	return done;
}

#else

static bool restrict_calls(void)
{
	return true;
}

#endif

bool sandbox_enter(const struct options *options)
{
	const char *wanted = getenv("DECLUTTER_SANDBOX");

	if (wanted && strcmp(wanted, "off") == 0)
		return true;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return true;
	restrict_files(options);
	return restrict_calls();
}
