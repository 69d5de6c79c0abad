"""Recording query events, listing them and counting them, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.analytics.model import Group, Grouping, Key, Position, QueryEvent, Range
from services.analytics.ports import QueryLog


@dataclass(frozen=True)
class Page:
    """Events and where the next page begins; None after the last."""

    events: Sequence[QueryEvent]
    next: Position | None


@dataclass(frozen=True)
class GroupPage:
    """Groups and the last one's keys; None after the last page."""

    groups: Sequence[Group]
    next: tuple[Key, ...] | None


@dataclass(frozen=True)
class Queries:
    """The use case. Of each page one more than asked for tells whether there is a next one."""

    log: QueryLog

    async def record(self, event: QueryEvent) -> None:
        """Delivered twice, kept once."""
        await self.log.record(event)

    async def page(self, organization_id: UUID, within: Range, before: Position | None, size: int) -> Page:
        found = await self.log.newest(organization_id, within, before, size + 1)
        events = found[:size]
        more = len(found) > size
        return Page(events, Position(events[-1].timestamp, events[-1].id) if more else None)

    async def group_page(
        self, organization_id: UUID, within: Range, by: Grouping, after: tuple[Key, ...] | None, size: int
    ) -> GroupPage:
        found = await self.log.groups(organization_id, within, by, after, size + 1)
        return GroupPage(found[:size], found[size - 1].keys if len(found) > size else None)
