"""Verifying the audit trail: walking every chain from its beginning and telling the first link that doesn't hold."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

from services.auth.audit import GENESIS, USER, Action, Entry, Head, holds
from services.auth.ports import Activities, Anchors, HeadChecking

BATCH = 2000


@dataclass(frozen=True)
class Verdict:
    """On one organization's trail: how many activities hold; what the first broken link is, "" if there is none."""

    organization_id: UUID
    held: int
    broken: str = ""


@dataclass(frozen=True)
class Verifying:
    """The use case. It may run while the service writes."""

    activities: Activities
    anchors: Anchors
    heads: HeadChecking

    async def all(self) -> AsyncIterator[Verdict]:
        """A verdict for each organization that has a trail, or by its anchor should have one."""
        for organization_id in sorted({*await self.activities.audited(), *self.anchors.anchored()}):
            yield await self.one(organization_id)

    async def one(self, organization_id: UUID) -> Verdict:
        """Walks the chain to its signed head and past its anchor."""
        anchor = self.anchors.find(organization_id)
        if anchor is not None and not (anchor.organization_id == organization_id and self.heads.is_ours(anchor)):
            return Verdict(organization_id, 0, "the anchor's signature is none of ours")
        while True:
            start = await self.activities.start(organization_id)
            verdict = await self._walked(organization_id, anchor, start)
            # Rows whose time is over may be removed meanwhile, and then the trail begins later.
            if not verdict.broken or await self.activities.start(organization_id) == start:
                return verdict

    async def _walked(self, organization_id: UUID, anchor: Head | None, start: Head | None) -> Verdict:
        walk = Walk(organization_id, anchor)
        if start is not None:
            if not (start.organization_id == organization_id and self.heads.is_our_start(start)):
                return Verdict(organization_id, 0, f"the start at {start.sequence} isn't signed by any key of ours")
            walk = Walk(organization_id, anchor, start.sequence, start.hash)
        first = walk.held
        while True:
            while entries := await self.activities.chain(organization_id, walk.held, BATCH):
                for entry in entries:
                    if broken := walk.fault(entry):
                        return Verdict(organization_id, walk.held - first, broken)
            # Read after the rows: activities and their head become visible together.
            head = await self.activities.head(organization_id)
            more = head is not None and head.sequence > walk.held
            if more and await self.activities.chain(organization_id, walk.held, 1):
                continue
            return Verdict(organization_id, walk.held - first, self._end_fault(walk, head) or walk.unerased())

    def _end_fault(self, walk: "Walk", head: Head | None) -> str:
        if head is None:
            missing = walk.held > 0 or walk.anchor is not None
            return "there are activities, and no head that signs for them" if missing else ""
        if not self.heads.is_ours(head):
            return f"the head at {head.sequence} isn't signed by any key of ours"
        if head.sequence > walk.held:
            return f"activities {walk.held + 1} to {head.sequence} are missing: the end was cut off"
        if (head.sequence, head.hash) != (walk.held, walk.previous):
            return f"activity {head.sequence + 1} and on stand after the signed head"
        if walk.anchor is not None and walk.anchor.sequence > walk.held:
            return f"activities {walk.held + 1} to {walk.anchor.sequence} are missing: the anchor has seen them"
        return ""


@dataclass
class Walk:
    """How far one chain has been found whole."""

    organization_id: UUID
    anchor: Head | None
    held: int = 0
    previous: bytes = GENESIS
    # The first activity of each person whose requests came from nowhere any more, and who is told as erased.
    forgotten: dict[UUID | None, int] = field(default_factory=dict)
    erased: set[UUID | None] = field(default_factory=set)

    def fault(self, entry: Entry) -> str:
        """What is wrong with the next entry; "" if it holds, and then it is the one to be followed."""
        if entry.sequence != self.held + 1:
            return f"activity {self.held + 1} is missing"
        if entry.previous_hash != self.previous:
            return f"activity {entry.sequence} doesn't follow on the one before it"
        if not holds(entry):
            return f"activity {entry.sequence} was changed"
        if self.anchor is not None and entry.sequence == self.anchor.sequence and entry.hash != self.anchor.hash:
            return f"activity {entry.sequence} is another than the anchor has seen"
        self.held, self.previous = entry.sequence, entry.hash
        if entry.origin_salt is None:
            whose = entry.resource_id if entry.user_id is None and entry.resource_type == USER else entry.user_id
            self.forgotten.setdefault(whose, entry.sequence)
        if entry.action == Action.USER_ERASED:
            self.erased.add(entry.resource_id)
        return ""

    def unerased(self) -> str:
        """Where a request came from goes with its person, and at no other time."""
        odd = [number for whose, number in self.forgotten.items() if whose not in self.erased]
        return f"where activity {min(odd)} came from was removed, and nobody was erased" if odd else ""
