"""The parent's side of a zygote: starting it, asking it for workers, hearing how they end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.integration.workers.errors import WorkersUnavailable

_MESSAGE_BYTES = 64 * 1024
_START_SECONDS = 30.0
# Threads would be lost in a fork, so libraries must start none; one memory arena less for each is memory saved.
_ENVIRONMENT = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "TZ": "UTC",
}


@dataclass(slots=True, eq=False)
class Worker:
    """A forked process. `ended` gives its wait status, or None where nobody is left to tell."""

    pid: int
    connection: socket.socket
    process: int
    ended: asyncio.Future[int | None] = field(repr=False)

    def kill(self) -> None:
        """At once, and never another process that got the number later."""
        if not self.ended.done():
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.process, signal.SIGKILL)

    def end(self, status: int | None) -> None:
        if not self.ended.done():
            self.ended.set_result(status)
            os.close(self.process)


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a zygote found out about confining workers here. keeps_root: the path that a plain user couldn't reach."""

    missing: tuple[str, ...]
    keeps_root: str


class ZygoteLink:
    """One zygote from its start to its end. `arrived` gets each new worker, or None where one couldn't be forked."""

    def __init__(
        self, process: subprocess.Popen[bytes], control: socket.socket, arrived: Callable[[Worker | None], None]
    ) -> None:
        loop = asyncio.get_running_loop()
        self.lost: asyncio.Future[None] = loop.create_future()
        self._hello: asyncio.Future[Inspected] = loop.create_future()
        self._process = process
        self._control = control
        self._arrived = arrived
        self._workers: dict[int, Worker] = {}
        loop.add_reader(control, self._readable)

    @classmethod
    async def start(
        cls, modules: Sequence[str], arrived: Callable[[Worker | None], None], *, lacking: bool
    ) -> tuple[ZygoteLink, Inspected]:
        """Raises WorkersUnavailable."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        with theirs:
            # Of this thread, which lives as long as the loop does: it dies with the thread that started it.
            try:
                process = subprocess.Popen(  # noqa: ASYNC220
                    [
                        *(sys.executable, "-P", "-m", "services.integration.workers.zygote"),
                        *(str(theirs.fileno()), "lacking" if lacking else "whole", str(os.getpid()), *modules),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env=_ENVIRONMENT | {"PYTHONPATH": str(Path(__file__).resolve().parents[3])},
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,  # a terminal's interrupt is the parent's to handle
                )
            except OSError:
                ours.close()
                raise WorkersUnavailable("its process can't be started") from None
        link = cls(process, ours, arrived)
        try:
            async with asyncio.timeout(_START_SECONDS):
                either: list[asyncio.Future[Any]] = [link._hello, link.lost]
                await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not link._hello.done():
                raise WorkersUnavailable("the process that workers are forked from ended while it started")
        except BaseException as error:
            await link.close()
            if not isinstance(error, Exception):  # whoever waited for it left
                raise
            raise WorkersUnavailable("it didn't start in time") from None if isinstance(error, TimeoutError) else error
        return link, link._hello.result()

    @property
    def pid(self) -> int:
        return self._process.pid

    def request(self, count: int) -> None:
        """More workers; each arrives by itself."""
        try:
            self._control.send(json.dumps({"fork": count}).encode())
        except OSError:
            self._lose()

    async def close(self) -> None:
        """End it and every worker."""
        self._lose()
        await asyncio.to_thread(self._process.wait)

    def _readable(self) -> None:
        while not self.lost.done():
            try:
                data, descriptors, flags, _ = socket.recv_fds(self._control, _MESSAGE_BYTES, 2)
            except (BlockingIOError, InterruptedError):
                return
            except OSError:
                data, descriptors, flags = b"", [], 0
            if not data:
                self._lose()
                return
            self._heard(json.loads(data), descriptors, bool(flags & socket.MSG_CTRUNC))

    def _heard(self, told: dict[str, object], descriptors: list[int], truncated: bool) -> None:
        match told:
            case {"hello": {"missing": list(missing), "keeps_root": str(path)}}:
                if not self._hello.done():
                    self._hello.set_result(Inspected(tuple(map(str, missing)), path))
            case {"worker": int(pid)} if not truncated:
                connection = socket.socket(fileno=descriptors[0])
                connection.setblocking(False)
                worker = Worker(pid, connection, descriptors[1], asyncio.get_running_loop().create_future())
                self._workers[pid] = worker
                self._arrived(worker)
            case {"ended": int(pid), "status": int(status)}:
                if ended := self._workers.pop(pid, None):
                    ended.end(status)
            case _:  # it couldn't fork, or this process has no descriptor left to take the worker's
                for descriptor in descriptors:
                    os.close(descriptor)
                self._arrived(None)

    def _lose(self) -> None:
        """The workers die with the zygote; make sure, and tell whoever waits for one."""
        if self.lost.done():
            return
        self.lost.set_result(None)
        asyncio.get_running_loop().remove_reader(self._control)
        self._control.close()
        self._process.kill()
        for worker in self._workers.values():
            worker.kill()
            _when_ended(worker)
        self._workers.clear()


def _when_ended(worker: Worker) -> None:
    loop = asyncio.get_running_loop()

    def ended() -> None:
        loop.remove_reader(worker.process)
        worker.end(None)

    loop.add_reader(worker.process, ended)
