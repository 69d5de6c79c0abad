"""Starting a child process so that it never outlives the one who started it, and has no right it doesn't need."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

# linux/capability.h, linux/prctl.h
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
CAPABILITY_VERSION_3 = 0x20080522
PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 8, 47, 2


@dataclass(frozen=True)
class Account:
    """The user and group a process runs under; `capability` is the one right of root it keeps, if any (Linux)."""

    uid: int
    gid: int
    capability: int | None = None


@dataclass(frozen=True)
class Launch:
    """One process to start: what, with which environment, as whom, writing where."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    folder: Path | None = None
    log: Path | None = None
    # None keeps the caller's own account.
    account: Account | None = None
    # What the kernel sends to the child when its parent is gone (Linux only).
    death_signal: signal.Signals = signal.SIGTERM
    stop_signal: signal.Signals = signal.SIGTERM


def spawn(launch: Launch) -> subprocess.Popen[bytes]:
    """Starts the process in a session of its own: Ctrl-C in a terminal reaches only us, and we stop it in order."""
    with log_stream(launch) as output:
        return subprocess.Popen(
            launch.arguments,
            env=dict(launch.environment),
            cwd=launch.folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=before_exec(launch.account, launch.death_signal),
        )


def log_stream(launch: Launch) -> IO[bytes]:
    """Opened for appending, so that cutting a grown log to nothing while it is written stays sound."""
    return launch.log.open("ab") if launch.log else Path(os.devnull).open("ab")


def before_exec(account: Account | None, death_signal: signal.Signals) -> Callable[[], None]:
    """What the child does between fork and exec: becomes the account, then is tied to its parent's life.

    Only system calls; the library is loaded before the fork, as loading one in between can deadlock.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def prepare() -> None:
        if account:
            _become(libc, account)
        if sys.platform.startswith("linux"):
            # Last, because a change of user clears it.
            libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
            if os.getppid() != parent:  # it died between our fork and the call above
                os._exit(1)

    return prepare


def base_environment() -> dict[str, str]:
    """What every child inherits: enough to find libraries and tools, and none of the caller's other variables."""
    inherited = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
    return {name: os.environ[name] for name in inherited if name in os.environ}


def _become(libc: Any, account: Account) -> None:
    """Changes user and group; every capability but the account's one is gone after it."""
    if account.capability is not None:
        _checked(libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
    os.setgroups([])
    os.setgid(account.gid)
    os.setuid(account.uid)
    if account.capability is not None:
        kept = 1 << account.capability
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        # Effective, permitted, inheritable; each in two words.
        sets = (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0)
        _checked(libc.capset(header, sets))
        _checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, account.capability, 0, 0))


def _checked(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), "could not give the process its account")
