"""Query events in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from meshkit.database import Database
from services.analytics.adapters.tables import query_analytics as events
from services.analytics.model import Position, QueryEvent, Range


class SqlQueryLog:
    """The port QueryLog."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, event: QueryEvent) -> None:
        values = {**asdict(event), "data_sources": [str(source_id) for source_id in event.data_sources]}
        async with self._database.write(event.organization_id) as tenant:
            await tenant.execute(insert(events).values(**values).on_conflict_do_nothing())

    async def newest(
        self, organization_id: UUID, within: Range, before: Position | None, at_most: int
    ) -> Sequence[QueryEvent]:
        listing = select(events).where(events.c.organization_id == organization_id)
        if within.start is not None:
            listing = listing.where(events.c.timestamp >= within.start)
        if within.end is not None:
            listing = listing.where(events.c.timestamp < within.end)
        if before is not None:
            listing = listing.where(tuple_(events.c.timestamp, events.c.id) < tuple_(before.timestamp, before.id))
        listing = listing.order_by(events.c.timestamp.desc(), events.c.id.desc()).limit(at_most)
        async with self._database.read(organization_id) as tenant:
            return [_event(row) for row in await tenant.all(listing)]


def _event(row: Row[Any]) -> QueryEvent:
    values = row._asdict()
    values["data_sources"] = tuple(UUID(source_id) for source_id in values["data_sources"])
    return QueryEvent(**values)
