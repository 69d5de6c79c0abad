"""Numbers of the system calls that a worker may make: all that reading, computing and writing files take, no more.

From Linux's asm/unistd_64.h (x86_64) and asm-generic/unistd.h (aarch64), which lacks the calls that newer ones
replace. Not here, because their arguments decide: clone, tgkill, prctl, prlimit64.
"""

from collections.abc import Mapping

X86_64: Mapping[str, int] = {
    "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "newfstatat": 262, "statx": 332,
    "lseek": 8, "pread64": 17, "pwrite64": 18, "readv": 19, "writev": 20, "preadv": 295, "pwritev": 296,
    "preadv2": 327, "pwritev2": 328, "access": 21, "faccessat": 269, "faccessat2": 439, "openat": 257,
    "ftruncate": 77, "fallocate": 285, "fsync": 74, "fdatasync": 75, "sync_file_range": 277, "fadvise64": 221,
    "readahead": 187, "flock": 73, "fcntl": 72, "getdents": 78, "getdents64": 217, "getcwd": 79, "chdir": 80,
    "rename": 82, "renameat": 264, "renameat2": 316, "mkdir": 83, "mkdirat": 258, "rmdir": 84, "unlink": 87,
    "unlinkat": 263, "readlink": 89, "readlinkat": 267, "umask": 95, "fchmod": 91, "utimensat": 280, "statfs": 137,
    "fstatfs": 138, "sendfile": 40, "copy_file_range": 326, "close_range": 436, "dup": 32, "dup2": 33, "dup3": 292,
    "pipe": 22, "pipe2": 293, "ioctl": 16,
    "mmap": 9, "mprotect": 10, "munmap": 11, "mremap": 25, "brk": 12, "msync": 26, "mincore": 27, "madvise": 28,
    "mlock": 149, "munlock": 150, "membarrier": 324, "mbind": 237, "get_mempolicy": 239, "set_mempolicy": 238,
    "poll": 7, "ppoll": 271, "select": 23, "pselect6": 270, "epoll_create1": 291, "epoll_ctl": 233, "epoll_wait": 232,
    "epoll_pwait": 281, "eventfd2": 290, "futex": 202, "futex_waitv": 449, "nanosleep": 35, "clock_nanosleep": 230,
    "sched_yield": 24, "restart_syscall": 219,
    "sendto": 44, "sendmsg": 46, "recvfrom": 45, "recvmsg": 47, "shutdown": 48, "getsockopt": 55, "getsockname": 51,
    "getpeername": 52,
    "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "rt_sigpending": 127, "rt_sigtimedwait": 128,
    "rt_sigsuspend": 130, "sigaltstack": 131,
    "exit": 60, "exit_group": 231, "gettid": 186, "getpid": 39, "getppid": 110, "getuid": 102, "geteuid": 107,
    "getgid": 104, "getegid": 108, "getresuid": 118, "getresgid": 120, "getgroups": 115, "getpgrp": 111,
    "getrlimit": 97, "getrusage": 98, "sysinfo": 99, "times": 100, "uname": 63, "getcpu": 309,
    "sched_getaffinity": 204, "sched_setaffinity": 203, "sched_getparam": 143, "sched_getscheduler": 145,
    "sched_get_priority_max": 146, "sched_get_priority_min": 147, "set_tid_address": 218, "set_robust_list": 273,
    "get_robust_list": 274, "rseq": 334, "arch_prctl": 158, "gettimeofday": 96, "time": 201, "clock_gettime": 228,
    "clock_getres": 229, "getrandom": 318,
}  # fmt: skip

AARCH64: Mapping[str, int] = {
    "read": 63, "write": 64, "close": 57, "fstat": 80, "newfstatat": 79, "statx": 291, "lseek": 62, "pread64": 67,
    "pwrite64": 68, "readv": 65, "writev": 66, "preadv": 69, "pwritev": 70, "preadv2": 286, "pwritev2": 287,
    "faccessat": 48, "faccessat2": 439, "openat": 56, "ftruncate": 46, "fallocate": 47, "fsync": 82, "fdatasync": 83,
    "sync_file_range": 84, "fadvise64": 223, "readahead": 213, "flock": 32, "fcntl": 25, "getdents64": 61,
    "getcwd": 17, "chdir": 49, "renameat": 38, "renameat2": 276, "mkdirat": 34, "unlinkat": 35, "readlinkat": 78,
    "umask": 166, "fchmod": 52, "utimensat": 88, "statfs": 43, "fstatfs": 44, "sendfile": 71, "copy_file_range": 285,
    "close_range": 436, "dup": 23, "dup3": 24, "pipe2": 59, "ioctl": 29,
    "mmap": 222, "mprotect": 226, "munmap": 215, "mremap": 216, "brk": 214, "msync": 227, "mincore": 232,
    "madvise": 233, "mlock": 228, "munlock": 229, "membarrier": 283, "mbind": 235, "get_mempolicy": 236,
    "set_mempolicy": 237,
    "ppoll": 73, "pselect6": 72, "epoll_create1": 20, "epoll_ctl": 21, "epoll_pwait": 22, "eventfd2": 19, "futex": 98,
    "futex_waitv": 449, "nanosleep": 101, "clock_nanosleep": 115, "sched_yield": 124, "restart_syscall": 128,
    "sendto": 206, "sendmsg": 211, "recvfrom": 207, "recvmsg": 212, "shutdown": 210, "getsockopt": 209,
    "getsockname": 204, "getpeername": 205,
    "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "rt_sigpending": 136, "rt_sigtimedwait": 137,
    "rt_sigsuspend": 133, "sigaltstack": 132,
    "exit": 93, "exit_group": 94, "gettid": 178, "getpid": 172, "getppid": 173, "getuid": 174, "geteuid": 175,
    "getgid": 176, "getegid": 177, "getresuid": 148, "getresgid": 150, "getgroups": 158, "getrlimit": 163,
    "getrusage": 165, "sysinfo": 179, "times": 153, "uname": 160, "getcpu": 168, "sched_getaffinity": 123,
    "sched_setaffinity": 122, "sched_getparam": 121, "sched_getscheduler": 120, "sched_get_priority_max": 125,
    "sched_get_priority_min": 126, "set_tid_address": 96, "set_robust_list": 99, "get_robust_list": 100, "rseq": 293,
    "gettimeofday": 169, "clock_gettime": 113, "clock_getres": 114, "getrandom": 278,
}  # fmt: skip
