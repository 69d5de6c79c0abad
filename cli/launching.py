"""Starting a child process so that it never outlives the one who started it."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Account:
    """The user and group a process runs under."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Launch:
    """One process to start: what, with which environment, as whom, writing where."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
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
            user=launch.account.uid if launch.account else None,
            group=launch.account.gid if launch.account else None,
            extra_groups=[] if launch.account else None,
            preexec_fn=tie_to_parent(launch.death_signal),
        )


def log_stream(launch: Launch) -> IO[bytes]:
    # Appending, so that cutting a grown log to nothing while it is written stays sound.
    return launch.log.open("ab") if launch.log else Path(os.devnull).open("ab")


def tie_to_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    """A pre-exec hook by which the kernel signals the child when its parent dies, even by kill -9."""
    if not sys.platform.startswith("linux"):
        return None
    # Loaded before the fork: loading a library between fork and exec can deadlock.
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:  # it died between our fork and the call above
            os._exit(1)

    return tie


def base_environment() -> dict[str, str]:
    """What every child inherits: enough to find libraries and tools, and none of the caller's other variables."""
    inherited = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
    return {name: os.environ[name] for name in inherited if name in os.environ}
