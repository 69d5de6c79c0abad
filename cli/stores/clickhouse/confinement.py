"""Shutting the process in before the engine opens: its own folder, no network of its own, no other program.

Statements are checked besides; this holds where a check doesn't. Linux only: elsewhere the checks stand alone.
"""

import ctypes
import errno
import logging
import os
import platform
import struct
import sys
import sysconfig
from pathlib import Path

from meshkit import landlock
from meshkit.libc import PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, prctl

log = logging.getLogger(__name__)

# Libraries and time zones; and what the engine asks about the machine it runs on. Of /proc only our own part: others'
# hold the environment of processes of the same user.
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo", "/etc/localtime")
_MACHINE = (
    *("/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/proc/stat", "/proc/uptime", "/proc/loadavg", "/proc/vmstat"),
    *("/sys/fs/cgroup", "/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/kernel/mm"),
    *("/dev/null", "/dev/urandom", "/dev/random"),
)

_SECCOMP_MODE_FILTER = 2
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
_X32 = 0x40000000
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# socket, connect, bind, execve, execveat, ptrace, process_vm_readv, process_vm_writev, io_uring_setup, mount, bpf.
_FORBIDDEN = {
    "x86_64": (41, 42, 49, 59, 322, 101, 310, 311, 425, 165, 321),
    "aarch64": (198, 203, 200, 221, 281, 117, 270, 271, 425, 40, 280),
}


def confine(folder: Path) -> None:
    """For good, and for every thread made later; must run in a process of one thread. Raises OSError."""
    if not sys.platform.startswith("linux"):
        log.warning("this system has nothing to confine the store by; its statements are checked all the same")
        return
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    if landlock.version():
        landlock.restrict(_readable(), (str(folder),), symlinks=True)
    else:
        log.warning("this kernel has no Landlock; statements are checked all the same")
    if platform.machine() in _AUDIT:
        _filter_calls(platform.machine())


def _readable() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    project = Path(__file__).resolve().parents[3]
    own = (str(project / "cli"), str(project / "meshkit"), sys.executable)
    named = (*_SYSTEM, *_MACHINE, *own, *(paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")))
    return tuple(path for path in dict.fromkeys(named) if os.path.exists(path))


def _filter_calls(machine: str) -> None:
    instructions = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _AUDIT[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
    ]
    for number in _FORBIDDEN[machine]:
        instructions += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    instructions.append((_RETURN, 0, 0, _ALLOW))
    packed = b"".join(struct.pack("<HBBI", *one) for one in instructions)
    buffer = ctypes.create_string_buffer(packed, len(packed))
    program = struct.pack("@HP", len(instructions), ctypes.addressof(buffer))
    described = ctypes.create_string_buffer(program, len(program))
    prctl(PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(described))
