"""What a use case's adapter holds inside a transaction: SQLAlchemy Core statements in, rows out, outages named."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import asyncpg
from sqlalchemy import CursorResult, Executable, Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection

from meshkit.errors import MeshError, Unavailable

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]

_AWAY = ("08", "57P0", "53300")  # SQLSTATEs: connection lost, server going or coming, too many connections
_STATEMENT_TIMED_OUT = "57014"


class ReadSession:
    """Runs statements in one transaction. IntegrityError and the like pass as SQLAlchemy raises them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def execute(
        self, statement: Executable, parameters: Parameters | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """The buffered result. Raises Unavailable if the database is lost or the statement takes too long."""
        with _outages():
            return await self._connection.execute(statement, parameters)

    async def scalar(self, statement: Executable, parameters: Parameters | None = None) -> Any:
        """The first row's first column, or None."""
        return (await self.execute(statement, parameters)).scalar()

    async def scalars(self, statement: Executable, parameters: Parameters | None = None) -> Sequence[Any]:
        """Every row's first column."""
        return (await self.execute(statement, parameters)).scalars().all()

    async def first(self, statement: Executable, parameters: Parameters | None = None) -> Row[*tuple[Any, ...]] | None:
        """The first row, or None."""
        return (await self.execute(statement, parameters)).first()

    async def all(self, statement: Executable, parameters: Parameters | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
        """Every row."""
        return (await self.execute(statement, parameters)).all()


class WriteSession(ReadSession):
    """A session whose transaction may write."""


def unavailable(error: BaseException) -> MeshError | None:
    """The failure that an outage is to the caller; None if `error` is none."""
    if isinstance(error, PoolTimeout):
        return Unavailable("the service is busy", reason="OVERLOADED", retry_after=1.0)
    if isinstance(error, DBAPIError):
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if state == _STATEMENT_TIMED_OUT:
            return Unavailable("the service is busy", reason="OVERLOADED", retry_after=1.0)
        if error.connection_invalidated or state.startswith(_AWAY):
            return _away()
        return unavailable(error.orig) if error.orig is not None else None
    if isinstance(error, OSError | TimeoutError | asyncpg.PostgresConnectionError | asyncpg.InterfaceError):
        return _away()
    if isinstance(error, asyncpg.PostgresError) and str(error.sqlstate or "").startswith(_AWAY):
        return _away()
    return None


def _away() -> Unavailable:
    return Unavailable("the database can't be reached now", retry_after=1.0)


@contextmanager
def _outages() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        outage = unavailable(error)
        if outage is None:
            raise
        raise outage from error
