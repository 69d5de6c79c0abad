"""Reading an organization's audit trail: page by page, or the whole of it into a file."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meshkit.ids import utc_now
from services.auth.audit import USER, Action, Activity, Entry, Head, holds
from services.auth.mfa_ports import Person
from services.auth.model import Member
from services.auth.ports import Accounts, Activities, ActivityFilter, HeadChecking

# Of an export, what is held at once.
BATCH = 500


@dataclass(frozen=True)
class Shown:
    """One activity with the names that people have now; a person without one has been erased."""

    entry: Entry
    person: Member | None
    resource_person: Member | None
    altered: bool

    @property
    def resource_user_id(self) -> UUID | None:
        """Whose account it was done to."""
        return self.entry.resource_id if self.entry.resource_type == USER else None


@dataclass(frozen=True)
class Page:
    """The newest first; `next` is the number before which older ones stand, None if there are none."""

    shown: Sequence[Shown]
    next: int | None


@dataclass(frozen=True)
class End:
    """A trail's head, and whether it is one of ours over the activity that stands there."""

    head: Head
    valid: bool


@dataclass(frozen=True)
class ReadingActivities:
    """The use case. Each page is read in transactions of its own."""

    activities: Activities
    accounts: Accounts
    heads: HeadChecking
    clock: Callable[[], datetime] = utc_now

    async def page(
        self, organization_id: UUID, wanted: ActivityFilter, before_sequence: int | None, at_most: int
    ) -> Page:
        found = await self.activities.newest(organization_id, wanted, before_sequence, at_most + 1)
        entries = found[:at_most]
        names = await self._names(organization_id, entries)
        return Page(
            [
                Shown(
                    entry,
                    names.get(entry.user_id),
                    names.get(entry.resource_id) if entry.resource_type == USER else None,
                    altered=not holds(entry),
                )
                for entry in entries
            ],
            entries[-1].sequence if len(found) > at_most else None,
        )

    async def end(self, organization_id: UUID) -> End | None:
        """The signed end of the trail; None where there is no trail."""
        head = await self.activities.head(organization_id)
        if head is None:
            return None
        newest = await self.activities.chain(organization_id, head.sequence - 1, 1)
        stands = [(one.sequence, one.hash) for one in newest] == [(head.sequence, head.hash)]
        return End(head, valid=stands and self.heads.is_ours(head))

    async def export(self, reader: Person, wanted: ActivityFilter, form: str) -> AsyncGenerator[Sequence[Shown], None]:
        """The whole listing in batches. That it is read stands in the trail first."""
        told = Activity(Action.ACTIVITIES_EXPORTED, reader.user_id, metadata={"format": form, **_told(wanted)})
        await self.activities.record(reader.organization_id, reader.origin, told, self.clock())
        before: int | None = None
        while True:
            page = await self.page(reader.organization_id, wanted, before, BATCH)
            yield page.shown
            before = page.next
            if before is None:
                return

    async def _names(self, organization_id: UUID, entries: Sequence[Entry]) -> dict[UUID | None, Member]:
        wanted = {entry.user_id for entry in entries if entry.user_id is not None}
        wanted |= {entry.resource_id for entry in entries if entry.resource_type == USER and entry.resource_id}
        if not wanted:
            return {}
        return {member.id: member for member in await self.accounts.members(organization_id, sorted(wanted))}


def _told(wanted: ActivityFilter) -> dict[str, str]:
    """What a filter was, for the trail."""
    parts = {
        "user_id": str(wanted.user_id or ""),
        "actions": ",".join(wanted.actions),
        "resource_type": wanted.resource_type,
        "resource_id": str(wanted.resource_id or ""),
        "since": wanted.since.isoformat() if wanted.since is not None else "",
        "until": wanted.until.isoformat() if wanted.until is not None else "",
    }
    return {name: value for name, value in parts.items() if value}
