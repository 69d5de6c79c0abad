"""Giving up what a process may: its user if that is root, its capabilities, and what it may use of the machine."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
from collections.abc import Iterable
from contextlib import suppress

from meshkit.libc import (
    PR_CAP_AMBIENT,
    PR_CAP_AMBIENT_CLEAR_ALL,
    PR_CAPBSET_DROP,
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    prctl,
    syscall,
)

NOBODY = 65534
_CAPSET = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION_3 = 0x20080522
_OPEN_FILES = 1024


def die_with(parent: int) -> None:
    """From now on the end of the parent is ours too; a change of user undoes it."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we could ask for that
        os._exit(0)


def forgo_new_privileges() -> None:
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def hide() -> None:
    """Nobody of the same user may look into this process's memory."""
    prctl(PR_SET_DUMPABLE, 0)


def limit_resources(address_space_bytes: int, cpu_seconds: int, file_bytes: int) -> None:
    """SIGXCPU at the end of the seconds, SIGKILL one later."""
    for kind, soft, hard in (
        (resource.RLIMIT_AS, address_space_bytes, address_space_bytes),
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, file_bytes, file_bytes),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        most = resource.getrlimit(kind)[1]
        if most != resource.RLIM_INFINITY:  # an operator's own limit may be lower, and can't be raised
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(kind, (soft, hard))


def reachable_by_nobody(readable: Iterable[str], writable: Iterable[str]) -> str:
    """Asked as root: the first of these paths that an unprivileged user couldn't use as said, or ""."""
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        for mode, paths in ((os.R_OK, readable), (os.R_OK | os.W_OK | os.X_OK, writable)):
            for path in paths:
                needed = mode | os.X_OK if os.path.isdir(path) else mode
                if not os.access(path, needed, effective_ids=True):
                    return path
        return ""
    finally:
        os.seteuid(0)
        os.setegid(0)


def become_nobody() -> None:
    """From root to a user who owns nothing; its capabilities go too."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def drop_capabilities() -> None:
    """All of them, so that even root may only what a file's permissions say. Raises OSError."""
    with suppress(OSError):  # a kernel without ambient capabilities has none to clear
        prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    syscall(_CAPSET[platform.machine()], ctypes.byref(header), ctypes.byref(nothing))


def shrink_bounding_set() -> None:
    """No program that is started may have a capability again; only root can give them up."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:  # the first number that the kernel doesn't know, or we never had the right
            return
