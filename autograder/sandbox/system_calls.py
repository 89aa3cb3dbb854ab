"""The system calls that student code may make; seccomp.py refuses every other one.

A notebook computes, reads the runtime, writes its own folder and runs threads. So these are here: files,
memory, time, signals and threads of its own, waiting. Not here is what reaches another process, starts one,
opens a socket, changes users, limits, namespaces or mounts, leaves something that outlives the process, or
changes files where not every Landlock sees it: their modes, their times, their length by path. Names are
those of syscalls(2); a machine passes over those that it does not have.
"""

from __future__ import annotations

FILES = """
    access chdir close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2
    fallocate fchdir fdatasync flock fstat fstatfs fsync ftruncate
    getcwd getdents getdents64 link linkat lseek lstat mkdir mkdirat newfstatat open
    openat pipe pipe2 pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readlink
    readlinkat readv rename renameat renameat2 rmdir sendfile stat statfs statx symlink symlinkat
    umask unlink unlinkat write writev
    getxattr fgetxattr lgetxattr listxattr flistxattr llistxattr
"""
# The worker's own socket, and pairs such as asyncio makes; seccomp.py adds sending and receiving. Not here:
# socket, bind, connect; setsockopt, which makes buffers large that no limit counts.
CONVERSATION = """
    getpeername getsockname getsockopt shutdown socketpair
"""
# memfd_create and mremap are missing: no limit counts what the one makes, nor a stack that the other moves.
MEMORY = """
    brk get_mempolicy madvise membarrier mprotect msync munmap pkey_alloc pkey_free
    pkey_mprotect
"""
THREADS = """
    arch_prctl exit exit_group futex futex_wait futex_waitv futex_wake get_robust_list getcpu
    rseq sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam
    sched_getscheduler sched_rr_get_interval sched_yield set_robust_list set_tid_address wait4 waitid
"""
SIGNALS = """
    alarm getitimer pause restart_syscall rt_sigaction rt_sigpending rt_sigprocmask rt_sigreturn
    rt_sigsuspend rt_sigtimedwait setitimer sigaltstack signalfd signalfd4 timerfd_create
    timerfd_gettime timerfd_settime
"""
WAITING = """
    clock_getres clock_gettime clock_nanosleep epoll_create epoll_create1 epoll_ctl epoll_pwait
    epoll_pwait2 epoll_wait eventfd eventfd2 gettimeofday nanosleep poll ppoll pselect6 select time
    times
"""
QUESTIONS = """
    capget getegid geteuid getgid getgroups getpgid getpgrp getpid getppid getpriority getrandom
    getresgid getresuid getrlimit getrusage getsid gettid getuid sysinfo uname
"""

ALLOWED = tuple(
    " ".join((FILES, CONVERSATION, MEMORY, THREADS, SIGNALS, WAITING, QUESTIONS)).split()
)
