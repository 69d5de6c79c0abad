"""Landlock: from `restrict` on, this process opens nothing but the paths given. See Linux' userspace-api/landlock.

The calls have the same numbers on every architecture.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

from meshkit.libc import syscall

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1

_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_MAKE_SYM, _REFER, _TRUNCATE = 1 << 12, 1 << 13, 1 << 14
_READ = _READ_FILE | _READ_DIR
_WRITE = _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER | _TRUNCATE
# What a rule on a file, rather than on a folder, may name.
_OF_A_FILE = _READ_FILE | _WRITE_FILE | _TRUNCATE

# The first version knows 13 rights; later ones add a right each. What is known is what is forbidden unless allowed.
_KNOWN_BY_FIRST = 13
_LATER_RIGHTS = {2: 13, 3: 14, 5: 15}
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6
_BIND_AND_CONNECT_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def version() -> int:
    """Of the kernel's Landlock; 0 where there is none."""
    try:
        return syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_CREATE_RULESET_VERSION))
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str], *, symlinks: bool = False) -> None:
    """Close everything else, for good. Needs no_new_privs. Paths are followed now, not later. Raises OSError.

    With `symlinks` they may be made where it is writable: a trap for a reader of these folders who isn't confined.
    """
    kernel = version()
    handled = _rights(kernel)
    ruleset = _Ruleset(
        handled,
        _BIND_AND_CONNECT_TCP if kernel >= _NETWORK_SINCE else 0,
        _ABSTRACT_SOCKETS_AND_SIGNALS if kernel >= _SCOPES_SINCE else 0,
    )
    descriptor = syscall(_CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(_size(kernel)), ctypes.c_uint32(0))
    try:
        for allowed, paths in ((_READ, readable), (_WRITE | (_MAKE_SYM if symlinks else 0), writable)):
            for path in paths:
                _allow(descriptor, path, allowed & handled)
        syscall(_RESTRICT_SELF, ctypes.c_int(descriptor), ctypes.c_uint32(0))
    finally:
        os.close(descriptor)


def _allow(ruleset: int, path: str, allowed: int) -> None:
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(opened).st_mode):
            allowed &= _OF_A_FILE
        rule = _PathBeneath(allowed, opened)
        kind = ctypes.c_int(_RULE_PATH_BENEATH)
        syscall(_ADD_RULE, ctypes.c_int(ruleset), kind, ctypes.byref(rule), ctypes.c_uint32(0))
    finally:
        os.close(opened)


def _rights(kernel: int) -> int:
    later = sum(1 << bit for since, bit in _LATER_RIGHTS.items() if since <= kernel)
    return ((1 << _KNOWN_BY_FIRST) - 1) | later


def _size(kernel: int) -> int:
    """An older kernel takes no fields that it doesn't know."""
    known = 3 if kernel >= _SCOPES_SINCE else 2 if kernel >= _NETWORK_SINCE else 1
    return known * ctypes.sizeof(ctypes.c_uint64)
