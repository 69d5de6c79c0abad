"""The queries that run: so many at once, the rest in a queue; each in a thread of its own, ended by its id."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from cli.stores.clickhouse.engine import Engine
from cli.stores.clickhouse.errors import (
    QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING,
    TOO_MANY_SIMULTANEOUS_QUERIES,
    Refused,
    cancelled,
)
from cli.stores.clickhouse.settings import Limits

Found = TypeVar("Found")
KILL_AGAIN_SECONDS = 0.05


class Query:
    """One that waits or runs. Its `mark` is how the engine knows it."""

    def __init__(self, query_id: str, user: str, engine: Engine) -> None:
        self.id = query_id
        self.user = user
        self.mark = secrets.token_hex(16)
        self.killed = False
        self._engine = engine
        self._ended = asyncio.Event()
        self._killing: asyncio.Task[None] | None = None
        self._waiting: asyncio.Future[ThreadPoolExecutor] | None = None
        self._lane: ThreadPoolExecutor | None = None

    def kill(self) -> None:
        """Ends it wherever it is; returns at once."""
        self.killed = True
        if self._waiting is not None:
            self._waiting.cancel()
        if self._lane is not None and self._killing is None:
            self._killing = asyncio.create_task(self._kill_until_ended())

    async def run(self, work: Callable[[], Found]) -> Found:
        """Runs a step in the query's thread.

        Raises:
            Refused: it was killed before.
        """
        if self.killed:
            raise cancelled()
        assert self._lane is not None
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._lane, work))

    async def finish(self, work: Callable[[], None]) -> None:
        """The last step, which runs after all others, killed or not."""
        assert self._lane is not None
        ending = asyncio.ensure_future(asyncio.get_running_loop().run_in_executor(self._lane, work))
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            # A closed connection: the thread is given back only when it is free.
            self.kill()
            await ending
            raise

    async def _kill_until_ended(self) -> None:
        # The engine may not know the query yet when it is killed, so it is told until the query has ended.
        while not self._ended.is_set():
            await asyncio.to_thread(self._engine.kill, self.mark)
            try:
                async with asyncio.timeout(KILL_AGAIN_SECONDS):
                    await self._ended.wait()
            except TimeoutError:
                continue


class Queries:
    """All queries of the server."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self._engine = engine
        self._limits = limits
        self._queries: dict[str, Query] = {}
        self._lanes = [ThreadPoolExecutor(1, f"query-{number}") for number in range(limits.running)]
        self._queue: list[asyncio.Future[ThreadPoolExecutor]] = []

    @asynccontextmanager
    async def begun(self, query_id: str, user: str) -> AsyncIterator[Query]:
        """Holds a place for the query and waits for its turn.

        Raises:
            Refused: the queue is full, its turn didn't come in time, it was killed, or its id runs already.
        """
        if query_id in self._queries:
            text = "Query with this id is already running."
            raise Refused(QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING, "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING", text)
        query = self._queries[query_id] = Query(query_id, user, self._engine)
        try:
            lane = query._lane = await self._turn(query)
            try:
                yield query
            finally:
                query._ended.set()
                if query._killing is not None:
                    await asyncio.shield(query._killing)
                self._give_back(lane)
        finally:
            del self._queries[query_id]

    def kill(self, query_id: str, user: str) -> bool:
        """Whether such a query of this user was there."""
        query = self._queries.get(query_id)
        if query is None or query.user != user:
            return False
        query.kill()
        return True

    def kill_all(self) -> None:
        for query in list(self._queries.values()):
            query.kill()

    async def _turn(self, query: Query) -> ThreadPoolExecutor:
        if self._lanes:
            return self._lanes.pop()
        if len(self._queue) >= self._limits.waiting:
            raise _too_many()
        place: asyncio.Future[ThreadPoolExecutor] = asyncio.get_running_loop().create_future()
        query._waiting = place
        self._queue.append(place)
        try:
            async with asyncio.timeout(self._limits.waiting_seconds):
                return await place
        except TimeoutError:
            raise _too_many() from None
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._give_back(place.result())
            if query.killed:
                raise cancelled() from None
            raise
        finally:
            query._waiting = None
            if place in self._queue:
                self._queue.remove(place)

    def _give_back(self, lane: ThreadPoolExecutor) -> None:
        while self._queue:
            place = self._queue.pop(0)
            if not place.done():
                place.set_result(lane)
                return
        self._lanes.append(lane)


def _too_many() -> Refused:
    return Refused(TOO_MANY_SIMULTANEOUS_QUERIES, "TOO_MANY_SIMULTANEOUS_QUERIES", "Too many simultaneous queries.")
