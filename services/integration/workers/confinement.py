"""Shutting a worker in, before it touches what a stranger made."""

from __future__ import annotations

import os
import socket
import sysconfig
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from meshkit import landlock
from services.integration.workers import privileges, seccomp

# Libraries that are opened late, time zones, and the local time; nothing of these is anyone's secret.
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo", "/etc/localtime")
# How much of the machine there is for it: DuckDB doesn't start where it can't find out.
_MACHINE = ("/proc/self/cgroup", "/proc/meminfo", "/proc/stat", "/sys/fs/cgroup", "/sys/devices/system/cpu")


def needed_by_python() -> tuple[str, ...]:
    """What a module imported late may need: the standard library, installed packages, this service's own code."""
    paths = sysconfig.get_paths()
    own = str(Path(__file__).resolve().parents[1])
    named = (*_SYSTEM, *_MACHINE, paths["stdlib"], paths["platstdlib"], paths["purelib"], paths["platlib"], own)
    return tuple(dict.fromkeys(path for path in named if os.path.exists(path)))


def missing() -> tuple[str, ...]:
    """What confining needs and this system hasn't."""
    lacks = []
    if not landlock.version():
        lacks.append("Landlock (Linux 5.13 and later, with landlock among the kernel's security modules)")
    if not seccomp.available():
        lacks.append("seccomp filters (on x86_64 and aarch64)")
    return tuple(lacks)


@dataclass(frozen=True, slots=True)
class Confinement:
    """How a zygote's workers are shut in. `lacking`: a setting lets them go on without what `missing` names."""

    zygote: int
    needed: tuple[str, ...]
    lacking: bool = False

    def prepare(self) -> None:
        """What needs no knowledge of the work: done while nothing waits for it."""
        privileges.shrink_bounding_set()
        privileges.forgo_new_privileges()
        privileges.hide()

    def close(
        self,
        readable: Iterable[str],
        writable: Iterable[str],
        *,
        address_space_bytes: int,
        cpu_seconds: int,
        file_bytes: int,
    ) -> None:
        """All of it, or OSError; FileNotFoundError where a path isn't there."""
        readable, writable = (*self.needed, *readable), tuple(writable)
        privileges.limit_resources(address_space_bytes, cpu_seconds, file_bytes)
        if os.geteuid() == 0 and not privileges.reachable_by_nobody(readable, writable):
            privileges.become_nobody()
        privileges.drop_capabilities()
        privileges.hide()  # again, and the next: a change of user undoes them
        privileges.die_with(self.zygote)
        if not self.lacking or landlock.version():
            landlock.restrict(readable, writable)
        if not self.lacking or seccomp.available():
            seccomp.restrict()


def holes() -> tuple[str, ...]:
    """Asked from inside: what is open that shouldn't be. A kernel may accept rules that something hollows out."""
    attempts: dict[str, Callable[[], object]] = {
        "files elsewhere can be read": lambda: os.close(os.open("/etc/passwd", os.O_RDONLY)),
        "folders elsewhere can be listed": lambda: os.listdir("/"),
        "files elsewhere can be written": lambda: tempfile.TemporaryFile().close(),
        "sockets can be opened": lambda: socket.socket().close(),
        "processes can be started": _fork,
    }
    return tuple(name for name, attempt in attempts.items() if _succeeds(attempt))


def _fork() -> None:
    if not os.fork():
        os._exit(0)


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True
