"""Counts of failed logins in PostgreSQL: one statement each, so that replicas and parallel tries share one count."""

from datetime import datetime, timedelta

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from meshkit.database import Database
from services.auth.adapters.tables import login_attempts as counts


class SqlAttempts:
    """The port Attempts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, key: bytes, window: timedelta, now: datetime) -> int:
        over = counts.c.window_start <= now - window
        first = insert(counts).values(key=key, failures=1, window_start=now)
        statement = first.on_conflict_do_update(
            index_elements=[counts.c.key],
            set_={
                "failures": case((over, 1), else_=counts.c.failures + 1),
                "window_start": case((over, now), else_=counts.c.window_start),
            },
        ).returning(counts.c.failures)
        async with self._database.lookup() as anyone:
            return int((await anyone.execute(statement)).scalar_one())

    async def so_far(self, key: bytes, window: timedelta, now: datetime) -> int:
        current = select(counts.c.failures).where(counts.c.key == key, counts.c.window_start > now - window)
        async with self._database.lookup() as anyone:
            return (await anyone.execute(current)).scalar_one_or_none() or 0

    async def take_back(self, key: bytes) -> None:
        one_less = update(counts).where(counts.c.key == key, counts.c.failures > 0)
        async with self._database.lookup() as anyone:
            await anyone.execute(one_less.values(failures=counts.c.failures - 1))

    async def forget(self, key: bytes) -> None:
        async with self._database.lookup() as anyone:
            await anyone.execute(delete(counts).where(counts.c.key == key))
