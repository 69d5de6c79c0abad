"""A query log in memory: what the port means, without a database."""

from collections.abc import Sequence
from uuid import UUID

from services.analytics.model import Position, QueryEvent, Range


class MemoryQueryLog:
    """The port QueryLog."""

    def __init__(self) -> None:
        self._events: dict[tuple[UUID, UUID], QueryEvent] = {}

    async def record(self, event: QueryEvent) -> None:
        self._events.setdefault((event.organization_id, event.id), event)

    async def newest(
        self, organization_id: UUID, within: Range, before: Position | None, at_most: int
    ) -> Sequence[QueryEvent]:
        found = [
            event
            for event in self._events.values()
            if event.organization_id == organization_id
            and (within.start is None or event.timestamp >= within.start)
            and (within.end is None or event.timestamp < within.end)
            and (before is None or (event.timestamp, event.id) < (before.timestamp, before.id))
        ]
        return sorted(found, key=lambda event: (event.timestamp, event.id), reverse=True)[:at_most]
