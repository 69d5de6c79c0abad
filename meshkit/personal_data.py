"""What a service does with people's data in its PostgreSQL, said as a list: which tables name people, and how.

A store's rows are a person's own, and go with them, or the organization's, and then only stop naming them.
"""

import json
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Table, delete, select, text, tuple_, update

from meshkit.database import Database, WriteSession

# Rows of an export that are held at once.
BATCH = 200
# Nobody waits for these as for a page: a long life's rows may take their time.
PATIENCE = text("SET LOCAL statement_timeout = '600s'")


@dataclass(frozen=True)
class Count:
    """What was done in one store, in rows."""

    store: str
    deleted: int = 0
    pseudonymised: int = 0
    shredded: int = 0


@dataclass(frozen=True)
class Record:
    """One row of an export, as JSON."""

    store: str
    json: str


@dataclass(frozen=True)
class Store:
    """A table as far as it names people.

    `mine` are the rows of a person. Erased, they are deleted; or get the values `kept_as`, after which they must be
    nobody's. `old` are those of before a moment; None where they are kept for as long as they are in use. `hidden`
    columns aren't exported: secrets, and what says nothing of anybody.
    """

    table: Table
    mine: Callable[[UUID], ColumnElement[bool]]
    kept_as: Mapping[str, Any] | None = None
    old: Callable[[datetime], ColumnElement[bool]] | None = None
    hidden: frozenset[str] = field(default=frozenset({"organization_id"}))
    exported: bool = True
    named: str = ""

    @property
    def name(self) -> str:
        return self.named or self.table.name


def column(table: Table, name: str = "user_id") -> Callable[[UUID], ColumnElement[bool]]:
    """For `mine`: the rows whose column is the person's id."""
    return lambda user_id: table.c[name] == user_id


def before(table: Table, name: str) -> Callable[[datetime], ColumnElement[bool]]:
    """For `old`: the rows whose time is before."""
    return lambda moment: table.c[name] < moment


async def erase(session: WriteSession, organization_id: UUID, user_id: UUID, stores: Sequence[Store]) -> list[Count]:
    """In the session's transaction, store after store: what refers to a row stands before it in the list."""
    await session.execute(PATIENCE)
    counts = []
    for store in stores:
        this = (store.table.c.organization_id == organization_id, store.mine(user_id))
        if store.kept_as is None:
            done = (await session.execute(delete(store.table).where(*this))).rowcount
            counts.append(Count(store.name, deleted=done))
        else:
            done = (await session.execute(update(store.table).where(*this).values(**store.kept_as))).rowcount
            counts.append(Count(store.name, pseudonymised=done))
    return merged(counts)


def merged(counts: Sequence[Count]) -> list[Count]:
    """One for each store, in the order of the first of each."""
    found: dict[str, Count] = {}
    for one in counts:
        known = found.get(one.store, Count(one.store))
        found[one.store] = replace(
            known,
            deleted=known.deleted + one.deleted,
            pseudonymised=known.pseudonymised + one.pseudonymised,
            shredded=known.shredded + one.shredded,
        )
    return list(found.values())


@dataclass(frozen=True)
class SqlPersonalData:
    """Over the tables of one service. Each of these may run twice."""

    database: Database
    stores: Sequence[Store]

    async def export(self, organization_id: UUID, user_id: UUID) -> AsyncGenerator[Record, None]:
        """Row by row; each batch is read in a transaction of its own."""
        for store in self.stores:
            if store.exported:
                async for row in self._rows(store, organization_id, user_id):
                    yield Record(store.name, as_json(row, store.hidden))

    async def erase(self, organization_id: UUID, user_id: UUID) -> Sequence[Count]:
        async with self.database.write(organization_id) as session:
            return await erase(session, organization_id, user_id, self.stores)

    async def retain(self, organization_id: UUID, moment: datetime) -> Sequence[Count]:
        """Deletes what is of before the moment."""
        counts = []
        async with self.database.write(organization_id) as session:
            await session.execute(PATIENCE)
            for store in self.stores:
                if store.old is not None:
                    this = (store.table.c.organization_id == organization_id, store.old(moment))
                    done = (await session.execute(delete(store.table).where(*this))).rowcount
                    counts.append(Count(store.name, deleted=done))
        return merged(counts)

    async def _rows(self, store: Store, organization_id: UUID, user_id: UUID) -> AsyncGenerator[Row[Any], None]:
        key = tuple_(*store.table.primary_key.columns)
        wanted = select(*store.table.c).where(store.table.c.organization_id == organization_id, store.mine(user_id))
        wanted = wanted.order_by(*store.table.primary_key.columns).limit(BATCH)
        last: tuple[Any, ...] | None = None
        while True:
            statement = wanted if last is None else wanted.where(key > tuple_(*last))
            async with self.database.read(organization_id) as session:
                rows = await session.all(statement)
            for row in rows:
                yield row
            if len(rows) < BATCH:
                return
            last = tuple(rows[-1]._mapping[one.name] for one in store.table.primary_key.columns)


def as_json(row: Row[Any], hidden: frozenset[str]) -> str:
    """An object of the columns; times in UTC, bytes left out as nobody can read them."""
    shown = {name: value for name, value in row._mapping.items() if name not in hidden and not isinstance(value, bytes)}
    return json.dumps(shown, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)
