"""What tests have workers do: the modest, the broken and the hostile. Each is run in a worker."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pyarrow as pa

from services.integration.workers.errors import Refused

Arguments = dict[str, Any]


def echo(arguments: Arguments) -> Iterator[Any]:
    yield arguments
    yield pa.record_batch({"n": [1, 2, 3], "t": ["a", None, "ü"]})


def pid(_: Arguments) -> Iterator[Any]:
    yield {"pid": os.getpid(), "uid": os.getuid(), "threads": len(threading.enumerate())}


def refuse(arguments: Arguments) -> Iterator[Any]:
    yield {"before": True}
    raise Refused("no_good", "It is no good.", **arguments)


def fail(arguments: Arguments) -> Iterator[Any]:
    yield {"before": True}
    raise RuntimeError(arguments["secret"])


def for_ever(_: Arguments) -> Iterator[Any]:
    yield {"pid": os.getpid()}
    while True:
        time.sleep(60)


def endless(_: Arguments) -> Iterator[Any]:
    batch = pa.record_batch({"n": pa.array(range(100_000))})
    while True:
        yield batch


def many(arguments: Arguments) -> Iterator[Any]:
    batch = pa.record_batch({"n": pa.array(range(arguments["rows"]))})
    for _ in range(arguments["batches"]):
        yield batch


def read(arguments: Arguments) -> Iterator[Any]:
    with open(arguments["path"], "rb") as file:
        yield {"read": file.read(100).decode()}


def write(arguments: Arguments) -> Iterator[Any]:
    with open(arguments["path"], "wb") as file:
        file.write(b"x" * arguments.get("bytes", 1))
    yield {"written": True}


def eat_memory(_: Arguments) -> Iterator[Any]:
    eaten = []
    while True:
        eaten.append(b"x" * 16 * 1024 * 1024)
        yield {"eaten": len(eaten)}


def eat_cpu(_: Arguments) -> Iterator[Any]:
    yield {"pid": os.getpid()}
    while True:
        hash("x")


def die(arguments: Arguments) -> Iterator[Any]:
    yield {"before": True}
    if arguments.get("crash"):
        ctypes.string_at(0)
    os._exit(arguments.get("code", 3))


def raw(arguments: Arguments) -> Iterator[Any]:
    """Bytes straight onto the socket, as one who took over the process would."""
    yield {"before": True}
    os.write(3, bytes.fromhex(arguments["hex"]))
    time.sleep(60)


def attempt(arguments: Arguments) -> Iterator[Any]:
    """What became of each forbidden thing: the number of its error, or "done"."""
    for name in arguments["deeds"]:
        yield {"deed": name, "outcome": _outcome(name, arguments)}


def counter(arguments: Arguments) -> Callable[[Arguments], Iterator[Any]]:
    total = arguments["from"]

    def reply(request: Arguments) -> Iterator[Any]:
        nonlocal total
        if request.get("refuse"):
            raise Refused("no_number", "That is no number.")
        if request.get("hang"):
            time.sleep(60)
        total += request["add"]
        yield {"total": total}

    return reply


def _outcome(name: str, arguments: Arguments) -> str:
    try:
        _DEEDS[name](arguments)
    except (OSError, subprocess.SubprocessError) as error:
        return type(error).__name__
    return "done"


def _dial(arguments: Arguments) -> None:
    with socket.create_connection(("127.0.0.1", arguments["port"]), timeout=2):
        pass


def _io_uring(_: Arguments) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    parameters = ctypes.create_string_buffer(120)
    if libc.syscall(425, 1, parameters) < 0:
        raise OSError(ctypes.get_errno(), "io_uring_setup")


def _ptrace(arguments: Arguments) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(101, 16, arguments["pid"], 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def _descriptors(_: Arguments) -> None:
    """Only the standard ones and the worker's own socket may be open."""
    for descriptor in range(4, 256):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        return
    raise OSError("no other descriptor is open")


_DEEDS: dict[str, Callable[[Arguments], object]] = {
    "dial": _dial,
    "unix socket": lambda _: socket.socket(socket.AF_UNIX).close(),
    "datagram": lambda _: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close(),
    "run": lambda _: subprocess.run(["/bin/true"], check=True),
    "exec": lambda _: os.execv("/bin/true", ["/bin/true"]),  # noqa: S606
    "fork": lambda _: os.fork() or os._exit(0),
    "kill parent": lambda arguments: os.kill(arguments["pid"], 0),
    "kill zygote": lambda _: os.kill(os.getppid(), signal.SIGKILL),
    "become root": lambda _: os.setuid(0),
    "io_uring": _io_uring,
    "ptrace": _ptrace,
    "list /": lambda _: os.listdir("/"),
    "list /proc": lambda _: os.listdir("/proc"),
    "environment of the parent": lambda arguments: open(f"/proc/{arguments['pid']}/environ").close(),
    "own environment": lambda _: open("/proc/self/environ").close(),
    "other descriptors": _descriptors,
    "chmod": lambda arguments: os.chmod(arguments["path"], 0o777),  # noqa: S103
    "link": lambda arguments: os.link(arguments["path"], arguments["folder"] + "/linked"),
    "truncate": lambda arguments: os.truncate(arguments["path"], 0),
    "remove": lambda arguments: os.unlink(arguments["path"]),
}


def sql(arguments: Arguments) -> Iterator[Any]:
    """A statement ("duckdb:…" or "sqlite:…") in a fresh database; the rows of its last part, null where it failed."""
    library, _, text = arguments["statement"].partition(":")
    found = None
    try:
        if library == "duckdb":
            connection: Any = duckdb.connect(":memory:", config={"threads": 1, "async_threads": 0})
        else:
            connection = sqlite3.connect(":memory:")
        for part in text.split("; "):
            found = len(connection.execute(part).fetchall())
    except (duckdb.Error, sqlite3.Error, OSError):
        found = None
    yield {"rows": found}
