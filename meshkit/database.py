"""PostgreSQL sessions: one short transaction each, its tenant set with the same round trip that begins it.

The pool's connections run in autocommit as SQLAlchemy sees it, and BEGIN, COMMIT and ROLLBACK are sent here: that
halves the round trips of a one-statement read, and BEGIN finds a dead pooled connection before anything was done.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self
from uuid import UUID

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from meshkit import sessions
from meshkit.errors import MeshError, Unavailable
from meshkit.sessions import ReadSession, WriteSession
from meshkit.settings import DatabaseSettings

__all__ = ["Database", "ReadSession", "WriteSession"]

# Seconds that COMMIT or ROLLBACK may take before the connection is given up.
END_TIMEOUT = 5.0
RECYCLE_SECONDS = 1800
# A server looks this often whether a running query's client is still there, so a cancelled call's query ends.
CHECK_CLIENT_MILLISECONDS = 1000
_LOST = (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.OperatorInterventionError, OSError)


class Database:
    """One service's database, as its app role, which row-level security holds."""

    def __init__(self, engine: AsyncEngine, attempts: int) -> None:
        self._engine = engine
        self._attempts = attempts
        self._ending: set[asyncio.Task[None]] = set()

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: DatabaseSettings) -> AsyncIterator[Self]:
        """Doesn't connect yet: a service starts, and says it isn't ready, while its database is away."""
        engine = create_async_engine(
            settings.url.reveal(),
            isolation_level="AUTOCOMMIT",
            pool_size=settings.pool_size,
            max_overflow=0,
            pool_timeout=settings.pool_timeout,
            pool_recycle=RECYCLE_SECONDS,
            pool_use_lifo=True,
            hide_parameters=True,  # an error's text must not carry a tenant's values
            connect_args={
                "timeout": settings.connect_timeout,
                "server_settings": {
                    "statement_timeout": str(int(settings.statement_timeout * 1000)),
                    "idle_in_transaction_session_timeout": "30000",
                    "client_connection_check_interval": str(CHECK_CLIENT_MILLISECONDS),
                },
            },
        )
        database = cls(engine, attempts=settings.pool_size + 1)
        try:
            yield database
        finally:
            if database._ending:
                await asyncio.wait(database._ending)
            await engine.dispose()

    @asynccontextmanager
    async def read(self, organization_id: UUID) -> AsyncIterator[ReadSession]:
        """A READ ONLY transaction that sees this organization's rows alone."""
        connection, driver = await self._begun(f"BEGIN READ ONLY; {_tenant(organization_id)}")
        try:
            yield ReadSession(connection)
        finally:
            # A reply doesn't wait for the end of a transaction that only read: there is nothing it could lose.
            self._in_background(self._end(connection, driver, "ROLLBACK"))

    @asynccontextmanager
    async def write(self, organization_id: UUID, *, durable: bool = True) -> AsyncIterator[WriteSession]:
        """A transaction on this organization's rows: leaving the block commits, an exception rolls back.

        Not durable: the commit doesn't wait for the disk. It survives this process, not a crash of the database.
        """
        begin = "BEGIN" if durable else "BEGIN; SET LOCAL synchronous_commit = off"
        async with self._transaction(f"{begin}; {_tenant(organization_id)}") as connection:
            yield WriteSession(connection)

    @asynccontextmanager
    async def lookup(self) -> AsyncIterator[WriteSession]:
        """A transaction of no tenant: sees no tenant's rows; for calling the SECURITY DEFINER functions only."""
        async with self._transaction("BEGIN") as connection:
            yield WriteSession(connection)

    async def ping(self) -> None:
        """Raises Unavailable if the database doesn't answer."""
        async with self._transaction("BEGIN READ ONLY"):
            pass

    @asynccontextmanager
    async def _transaction(self, begin: str) -> AsyncIterator[AsyncConnection]:
        connection, driver = await self._begun(begin)
        try:
            yield connection
        except BaseException:
            await self._finished(connection, driver, "ROLLBACK")
            raise
        await self._finished(connection, driver, "COMMIT")

    async def _begun(self, begin: str) -> tuple[AsyncConnection, Any]:
        """A connection on which `begin` succeeded; dead ones found on the way leave the pool."""
        lost: Exception | None = None
        for _ in range(self._attempts):
            try:
                connection = await self._engine.connect()
            except (PoolTimeout, DBAPIError, *_LOST) as error:
                raise _unavailable(error) from error
            driver = _driver(connection)
            try:
                await driver.execute(begin)
            except (*_LOST, asyncpg.InternalClientError) as error:  # the latter: it died amid what was done before
                lost = error
                await self._discarded(connection)
            except BaseException:
                await self._discarded(connection)
                raise
            else:
                return connection, driver
        raise Unavailable("the database can't be reached now", retry_after=1.0) from lost

    async def _finished(self, connection: AsyncConnection, driver: Any, verb: str) -> None:
        await self._kept(self._end(connection, driver, verb))

    async def _discarded(self, connection: AsyncConnection) -> None:
        await self._kept(_discard(connection))

    async def _kept(self, ending: Any) -> None:
        """Awaits what must run to its end even if the caller is cancelled, or the pool would lose a connection."""
        await asyncio.shield(self._in_background(ending))

    def _in_background(self, ending: Any) -> "asyncio.Future[None]":
        task: asyncio.Task[None] = asyncio.ensure_future(ending)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        return task

    async def _end(self, connection: AsyncConnection, driver: Any, verb: str) -> None:
        if connection.invalidated:  # a cancelled or broken statement: the server rolls back by itself
            await connection.close()
            return
        try:
            async with asyncio.timeout(END_TIMEOUT):
                done = await driver.execute(verb)
        except Exception as error:
            await _discard(connection)
            if verb == "COMMIT":
                raise _unavailable(error) from error
            return
        await connection.close()
        if done != verb:
            raise RuntimeError("a statement had failed, so the transaction that was to be committed was rolled back")


async def _discard(connection: AsyncConnection) -> None:
    await connection.invalidate()
    await connection.close()


def _driver(connection: AsyncConnection) -> Any:
    sync = connection.sync_connection
    assert sync is not None
    return sync.connection.driver_connection


def _tenant(organization_id: UUID) -> str:
    # The id is formatted by UUID itself, so there is nothing to quote; parameters would cost another round trip.
    return f"SELECT pg_catalog.set_config('app.organization_id', '{UUID(bytes=organization_id.bytes)}', true)"


def _unavailable(error: Exception) -> MeshError | Exception:
    return sessions.unavailable(error) or error
