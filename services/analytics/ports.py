"""Where query events are kept. The contract suite in tests/analytics holds for every adapter."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from services.analytics.model import Group, Grouping, Key, Position, QueryEvent, Range


class QueryLog(Protocol):
    """Events by organization, in the order (timestamp, id)."""

    async def record(self, event: QueryEvent) -> None:
        """Keeps the event; one of the same organization and id that is there already stays as it is."""

    async def newest(
        self, organization_id: UUID, within: Range, before: Position | None, at_most: int
    ) -> Sequence[QueryEvent]:
        """The organization's newest events first, continuing after `before`."""
        ...

    async def groups(
        self, organization_id: UUID, within: Range, by: Grouping, after: tuple[Key, ...] | None, at_most: int
    ) -> Sequence[Group]:
        """The organization's groups in the order of their keys (text by its UTF-8 bytes), continuing after `after`.

        Raises:
            ZoneUnknown: the store doesn't know the time zone.
        """
        ...
