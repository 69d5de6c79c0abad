"""Keeps processes running: starts them, waits until each is ready, restarts what dies, stops all in reverse order."""

import asyncio
import contextlib
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cli.board import Board, State
from cli.children import end, ended, how_it_ended, kill_group
from cli.errors import CommandError
from cli.launching import Launch, spawn
from cli.logs import last_lines
from cli.orphans import ProcessRecords

POLL_SECONDS, LONGEST_POLL_SECONDS = 0.05, 0.5


@dataclass(frozen=True)
class Backoff:
    """How long to wait before the n-th restart in a row; a process that ran well for `forgiven_after` starts anew."""

    first_seconds: float = 0.5
    longest_seconds: float = 30.0
    forgiven_after_seconds: float = 60.0

    def delay(self, failures: int) -> float:
        """Doubles from `first_seconds` with each failure in a row (counted from 1)."""
        return min(self.first_seconds * 2.0 ** min(failures - 1, 20), self.longest_seconds)


@dataclass(frozen=True)
class Process:
    """One process to keep running. `prepare` runs before each start; `is_ready` may block for a second or two."""

    name: str
    launch: Callable[[], Launch]
    is_ready: Callable[[], bool]
    prepare: Callable[[], None] = field(default=lambda: None)
    ready_seconds: float = 60.0
    stop_seconds: float = 15.0


class Supervisor:
    """Owns every child process of one `infinure up`. Used from one event loop, in the main thread."""

    def __init__(self, board: Board, records: ProcessRecords, backoff: Backoff | None = None) -> None:
        self._board = board
        self._records = records
        self._backoff = backoff or Backoff()
        self._tiers: list[list[_Kept]] = []

    async def start(self, processes: Sequence[Process]) -> None:
        """Starts the processes together and returns when all are ready; from then on they are kept running.

        Raises:
            CommandError: one ended before it was ready, or wasn't in time; the hint holds its last log lines.
        """
        tier = [_Kept(process, self._board, self._records, self._backoff) for process in processes]
        self._tiers.append(tier)
        starting = [asyncio.ensure_future(kept.first_ready()) for kept in tier]
        try:
            await asyncio.gather(*starting)
        finally:
            for task in starting:
                task.cancel()

    async def stop(self) -> None:
        """Stops what was started last first; those started together are stopped together. Nothing is left."""
        while self._tiers:
            await asyncio.gather(*(kept.stop() for kept in self._tiers.pop()))


class _Kept:
    """One process through its lives."""

    def __init__(self, process: Process, board: Board, records: ProcessRecords, backoff: Backoff) -> None:
        self._process = process
        self._board = board
        self._records = records
        self._backoff = backoff
        self._popen: subprocess.Popen[bytes] | None = None
        self._stopping = False
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._life = asyncio.create_task(self._keep(), name=f"keep {process.name}")

    async def first_ready(self) -> None:
        await asyncio.shield(self._ready)

    async def stop(self) -> None:
        """Asks it to end, kills it when it doesn't; also whatever it left in its session."""
        self._stopping = True
        if self._popen is not None:
            self._show(State.STOPPING)
            await self._end(self._popen)
        self._life.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._life
        if not self._ready.done():
            self._ready.cancel()
        self._show(State.STOPPED)

    async def _keep(self) -> None:
        failures = 0
        while not self._stopping:
            try:
                lived, problem = await self._live()
            except (CommandError, OSError) as error:
                lived, problem = 0.0, str(error)
            if self._stopping:
                return
            if not self._ready.done():
                self._show(State.FAILED, problem)
                hint = last_lines(self._process.launch().log)
                self._ready.set_exception(CommandError(f"{self._process.name} did not start: {problem}.", hint))
                return
            failures = 1 if lived > self._backoff.forgiven_after_seconds else failures + 1
            delay = self._backoff.delay(failures)
            self._show(State.RESTARTING, f"{problem}; again in {delay:g} s")
            await asyncio.sleep(delay)

    async def _live(self) -> tuple[float, str]:
        """One life, from spawn to end: the seconds it was ready, and how it ended."""
        self._show(State.STARTING)
        await asyncio.to_thread(self._process.prepare)
        if self._stopping:
            return 0.0, "stopped"
        self._popen = popen = spawn(self._process.launch())
        self._records.add(self._process.name, popen.pid, self._process.launch().stop_signal)
        ending = ended(popen)
        self._show(State.STARTING)
        ready = asyncio.create_task(self._until_ready())
        either: set[asyncio.Future[Any]] = {ending, ready}
        await asyncio.wait(either, timeout=self._process.ready_seconds, return_when=asyncio.FIRST_COMPLETED)
        since = time.monotonic()
        if not ready.done() and not ending.done():
            await self._end(popen)
            problem = f"not ready within {self._process.ready_seconds:g} s"
        else:
            if not ending.done():
                self._show(State.READY)
                if not self._ready.done():
                    self._ready.set_result(None)
            problem = how_it_ended(await ending)
        ready.cancel()
        kill_group(popen.pid)
        self._popen = None
        return time.monotonic() - since, problem

    async def _until_ready(self) -> None:
        # Its readiness can only be asked for: nobody tells us. Ever less often, as each refusal is a line in its log.
        pause = POLL_SECONDS
        while not await asyncio.to_thread(self._process.is_ready):
            await asyncio.sleep(pause)
            pause = min(pause * 1.1, LONGEST_POLL_SECONDS)

    async def _end(self, popen: subprocess.Popen[bytes]) -> None:
        await end(popen, self._process.launch().stop_signal, self._process.stop_seconds)

    def _show(self, state: State, note: str = "") -> None:
        pid = self._popen.pid if self._popen and state is not State.STOPPED else None
        self._board.show(self._process.name, state, note, process=True, pid=pid)
