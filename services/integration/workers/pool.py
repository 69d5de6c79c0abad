"""The pool: warm workers waiting, one for each piece of work, and a zygote that makes more."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from services.integration.workers.errors import (
    ConfinementUnavailable,
    WorkersBusy,
    WorkersUnavailable,
)
from services.integration.workers.model import Message, Work
from services.integration.workers.running import NotStarted, Running
from services.integration.workers.zygote_link import Inspected, Worker, ZygoteLink

logger = logging.getLogger(__name__)

# What every kind of work needs; modules may have a `warm_up()`, which is run once, before any worker is forked.
MODULES = (
    "services.integration.executors.duckdb_work",
    "services.integration.executors.sqlite_work",
)
_ATTEMPTS = 3
_WORKER_SECONDS = 15.0
_FORK_AGAIN_SECONDS = 0.25
_RESTART_SECONDS = (0.0, 0.1, 0.5, 2.0, 5.0)


class Conversation:
    """A worker that answers one request after the other."""

    def __init__(self, running: Running) -> None:
        self._running = running

    async def ask(self, request: dict[str, Any], *, timeout_seconds: float) -> AsyncIterator[Message]:
        """The answer's messages. Raises WorkFailed (it can be asked again) and WorkKilled (it can't)."""
        whole = self._running.deadline
        self._running.deadline = min(whole, asyncio.get_running_loop().time() + timeout_seconds)
        try:
            await self._running.ask(request)
            while (message := await self._running.next()) is not None:
                yield message
        finally:
            self._running.deadline = whole


class Workers:
    """Made by `open`; belongs to one event loop."""

    def __init__(
        self, *, warm: int, at_once: int, patience_seconds: float, modules: Sequence[str], unconfined: bool
    ) -> None:
        self._warm = warm
        self._patience = patience_seconds
        self._modules = tuple(modules)
        self._unconfined = unconfined
        self._places = asyncio.Semaphore(at_once)
        self._idle: deque[Worker] = deque()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._ordered = 0
        self._running: set[Running] = set()
        self._link: ZygoteLink | None = None
        self._closed = False

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        *,
        warm: int = 2,
        at_once: int = 8,
        patience_seconds: float = 30.0,
        modules: Sequence[str] = MODULES,
        unconfined: bool = False,
    ) -> AsyncIterator[Workers]:
        """A pool with `warm` workers ready, `at_once` at most at work; who finds none free waits `patience_seconds`.

        modules: those whose functions may be run. unconfined: go on where the system can't confine them.
        Raises ConfinementUnavailable and WorkersUnavailable.
        """
        workers = cls(
            warm=warm, at_once=at_once, patience_seconds=patience_seconds, modules=modules, unconfined=unconfined
        )
        await workers._start_zygote(first=True)
        keeping = asyncio.create_task(workers._keep_zygote())
        try:
            yield workers
        finally:
            keeping.cancel()
            await asyncio.wait([keeping])
            await workers._close()

    @property
    def zygote_pid(self) -> int | None:
        """For whoever measures; None while there is none."""
        return self._link.pid if self._link and not self._link.lost.done() else None

    @property
    def idle_pids(self) -> tuple[int, ...]:
        """Of the warm workers, for whoever measures."""
        return tuple(worker.pid for worker in self._idle)

    @asynccontextmanager
    async def run(self, work: Work) -> AsyncIterator[AsyncIterator[Message]]:
        """The work's messages. Leaving the block kills the worker if it still runs.

        Raises WorkersBusy and WorkersUnavailable; the iteration raises WorkFailed and WorkKilled.
        """
        async with self._at_work(work) as running:
            yield _messages(running)

    @asynccontextmanager
    async def converse(self, work: Work) -> AsyncIterator[Conversation]:
        """Like `run`, for a function that returns one which answers requests."""
        async with self._at_work(work) as running:
            yield Conversation(running)

    @asynccontextmanager
    async def _at_work(self, work: Work) -> AsyncIterator[Running]:
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError:
            raise WorkersBusy("no worker became free in time") from None
        running = None
        try:
            running = await self._started(work)
            yield running
        finally:
            if running is None:
                self._places.release()
            else:
                self._running.discard(running)
                await running.close()

    async def _started(self, work: Work) -> Running:
        for _ in range(_ATTEMPTS):
            worker = await self._take()
            running = Running(worker, work)
            self._running.add(running)
            try:
                await running.start()
            except NotStarted:  # it went down, perhaps with its zygote, before it did anything
                await self._discard(running)
            except BaseException:
                await self._discard(running)
                raise
            else:
                # The place is free when the process is gone, not when nobody listens to it any more.
                worker.ended.add_done_callback(lambda _: self._places.release())
                return running
        raise WorkersUnavailable("workers end before they can be given work")

    async def _discard(self, running: Running) -> None:
        self._running.discard(running)
        await running.close()

    async def _take(self) -> Worker:
        while self._idle:
            worker = self._idle.popleft()
            self._order()
            if not worker.ended.done():
                return worker
        waiting: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        self._order()
        try:
            async with asyncio.timeout(_WORKER_SECONDS):
                return await waiting
        except BaseException as error:
            if waiting.done() and not waiting.cancelled():  # it came in the moment that we were cancelled
                self._keep(waiting.result())
            if isinstance(error, TimeoutError):
                raise WorkersUnavailable("no worker could be started in time") from None
            raise
        finally:
            with suppress(ValueError):
                self._waiting.remove(waiting)

    def _order(self) -> None:
        """Ask the zygote for as many as are missing."""
        missing = self._warm + len(self._waiting) - len(self._idle) - self._ordered
        if missing > 0 and self._link and not self._link.lost.done() and not self._closed:
            self._ordered += missing
            self._link.request(missing)

    def _arrived(self, worker: Worker | None) -> None:
        self._ordered = max(0, self._ordered - 1)
        if worker is None:
            asyncio.get_running_loop().call_later(_FORK_AGAIN_SECONDS, self._order)
        else:
            self._keep(worker)

    def _keep(self, worker: Worker) -> None:
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(worker)
                return
        if len(self._idle) >= self._warm:  # it was ordered for somebody who has left
            worker.connection.close()
            worker.kill()
            return
        self._idle.append(worker)
        worker.ended.add_done_callback(lambda _: self._forget(worker))

    def _forget(self, worker: Worker) -> None:
        """An idle worker ended by itself."""
        if worker in self._idle:
            self._idle.remove(worker)
            worker.connection.close()
            self._order()

    async def _start_zygote(self, *, first: bool = False) -> None:
        self._ordered = 0
        link, inspected = await ZygoteLink.start(self._modules, self._arrived, lacking=self._unconfined)
        if inspected.missing and not self._unconfined:
            await link.close()
            raise ConfinementUnavailable(inspected.missing)
        if first:
            _report(inspected)
        self._link = link
        self._order()

    async def _keep_zygote(self) -> None:
        failures = 0
        while True:
            if self._link:
                await asyncio.wait([self._link.lost])
                await self._link.close()
                self._link = None
            await asyncio.sleep(_RESTART_SECONDS[min(failures, len(_RESTART_SECONDS) - 1)])
            try:
                logger.warning("the process that workers are forked from ended: starting another")
                await self._start_zygote()
                failures = 0
            except WorkersUnavailable:
                failures += 1

    async def _close(self) -> None:
        self._closed = True
        for running in tuple(self._running):
            running.kill()
        if self._link:
            await self._link.close()
        for worker in self._idle:
            worker.connection.close()
        self._idle.clear()


async def _messages(running: Running) -> AsyncIterator[Message]:
    while (message := await running.next()) is not None:
        yield message


def _report(inspected: Inspected) -> None:
    if inspected.missing:
        logger.warning("workers run unconfined, as allowed", extra={"missing": "; ".join(inspected.missing)})
    if inspected.keeps_root:
        logger.warning(
            "workers keep root's user, without its capabilities: a plain user couldn't reach a path that they need",
            extra={"path": inspected.keeps_root},
        )
