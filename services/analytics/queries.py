"""Recording query events and listing them page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.analytics.model import Position, QueryEvent, Range
from services.analytics.ports import QueryLog


@dataclass(frozen=True)
class Page:
    """Events and where the next page begins; None after the last."""

    events: Sequence[QueryEvent]
    next: Position | None


@dataclass(frozen=True)
class Queries:
    """The use case."""

    log: QueryLog

    async def record(self, event: QueryEvent) -> None:
        """Delivered twice, kept once."""
        await self.log.record(event)

    async def page(self, organization_id: UUID, within: Range, before: Position | None, size: int) -> Page:
        """One event more than asked for tells whether there is a next page."""
        found = await self.log.newest(organization_id, within, before, size + 1)
        events = found[:size]
        more = len(found) > size
        return Page(events, Position(events[-1].timestamp, events[-1].id) if more else None)
