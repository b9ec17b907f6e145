/*
 * A library to be preloaded that stands for someone who got into the filter:
 * when it first writes its output, it tries what a filter has no use for and
 * tells on standard error what the system said.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;

static void tell(const char *what, long result)
{
	const char *said = result < 0 ? strerror(errno) : "done";

	dprintf(STDERR_FILENO, "%s: %s\n", what, said);
}

static void try_all(void)
{
	char *const shell[] = {"sh", "-c", "echo a shell >&2", NULL};
	pid_t child;

	int spawned = posix_spawn(&child, "/bin/sh", NULL, NULL, shell, environ);
	errno = spawned;
	tell("spawn", spawned ? -1 : 0);
	long forked = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	if (forked == 0)
		_exit(0);
	tell("fork", forked);
	tell("socket", socket(AF_INET, SOCK_STREAM, 0));
	tell("create", open("inside-was-here", O_CREAT | O_WRONLY, 0600));
	tell("read", open("README.md", O_RDONLY));
	/* If this is not refused, there is nothing left to say. */
	tell("exec", execve("/bin/sh", shell, environ));
}

ssize_t write(int fd, const void *bytes, size_t size)
{
	static bool tried;
	ssize_t (*next)(int, const void *, size_t);
	void *symbol = dlsym(RTLD_NEXT, "write");

	memcpy(&next, &symbol, sizeof next);
	if (fd == STDOUT_FILENO && !tried) {
		tried = true;
		try_all();
	}
	return next(fd, bytes, size);
}
