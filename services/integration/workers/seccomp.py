"""A seccomp filter: the kernel refuses every call that isn't listed, for good. See Linux' userspace-api/seccomp_filter.

No sockets, no other program, no other process: what can't be called can't be misused by a file that took over the
worker. Refused calls fail with EPERM; those that no kernel had yet fail with ENOSYS, so that the C library takes an
older way.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from meshkit.libc import PR_SET_SECCOMP, prctl
from services.integration.workers import syscalls

_MODE_FILTER = 2
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
# Classic BPF: load a word; jump if equal, at least, any bit set; return.
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_CLONE_THREAD, _CLONE3 = 0x00010000, 435
_NAME_THREAD, _NAME_MAPPING = 15, 0x53564D41  # prctl's; no other of its options is anyone's need
_NEWER_THAN_ALL = 470

Instruction = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Architecture:
    audit: int
    calls: Mapping[str, int]
    clone: int
    tgkill: int
    prctl: int
    prlimit64: int


_ARCHITECTURES = {
    "x86_64": _Architecture(0xC000003E, syscalls.X86_64, clone=56, tgkill=234, prctl=157, prlimit64=302),
    "aarch64": _Architecture(0xC00000B7, syscalls.AARCH64, clone=220, tgkill=131, prctl=167, prlimit64=261),
}


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def available() -> bool:
    """Whether this machine's calls are known and the kernel filters them."""
    return platform.machine() in _ARCHITECTURES and os.path.exists("/proc/sys/kernel/seccomp/actions_avail")


def restrict() -> None:
    """Filter the calls of this process, which must have one thread. Needs no_new_privs. Raises OSError."""
    instructions = program(platform.machine(), os.getpid())
    packed = b"".join(struct.pack("<HBBI", *instruction) for instruction in instructions)
    buffer = ctypes.create_string_buffer(packed, len(packed))
    described = _Program(len(instructions), ctypes.addressof(buffer))
    prctl(PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(described))


def program(machine: str, pid: int) -> list[Instruction]:
    """The filter of a process of one thread so far, as instructions of classic BPF (code, jt, jf, k)."""
    this = _ARCHITECTURES[machine]
    instructions = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, this.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        # Beyond every known call, which is also where x32's are.
        (_AT_LEAST, 0, 1, _NEWER_THAN_ALL),
        (_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
        (_EQUAL, 0, 1, _CLONE3),  # its arguments can't be seen; the C library goes on to clone
        (_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
    ]
    for number in this.calls.values():
        instructions += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    threads = [(_LOAD, 0, 0, _FIRST_ARGUMENT), (_ANY_BIT, 0, 1, _CLONE_THREAD), (_RETURN, 0, 0, _ALLOW)]
    instructions += _only(this.clone, threads)
    instructions += _only(this.tgkill, _first_argument(pid))  # its own threads: abort() needs it
    instructions += _only(this.prctl, _first_argument(_NAME_THREAD, _NAME_MAPPING))
    instructions += _only(this.prlimit64, _first_argument(0, pid))
    return [*instructions, (_RETURN, 0, 0, _ERRNO | errno.EPERM)]


def _first_argument(*values: int) -> list[Instruction]:
    """Its lower half: none of these calls reads the upper."""
    checks: list[Instruction] = [(_LOAD, 0, 0, _FIRST_ARGUMENT)]
    for value in values:
        checks += [(_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ALLOW)]
    return checks


def _only(number: int, checks: list[Instruction]) -> list[Instruction]:
    """Checks of one call's arguments; none of them met, it is refused."""
    return [(_EQUAL, 0, len(checks) + 1, number), *checks, (_RETURN, 0, 0, _ERRNO | errno.EPERM)]
