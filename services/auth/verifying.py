"""Verifying the audit trail: walking every chain from its beginning and telling the first link that doesn't hold."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from services.auth.audit import GENESIS, Entry, Head, hash_of
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
        walk = Walk(organization_id, anchor)
        while True:
            while entries := await self.activities.chain(organization_id, walk.held, BATCH):
                for entry in entries:
                    if broken := walk.fault(entry):
                        return Verdict(organization_id, walk.held, broken)
            # Read after the rows: activities and their head become visible together.
            head = await self.activities.head(organization_id)
            more = head is not None and head.sequence > walk.held
            if more and await self.activities.chain(organization_id, walk.held, 1):
                continue
            return Verdict(organization_id, walk.held, self._end_fault(walk, head))

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

    def fault(self, entry: Entry) -> str:
        """What is wrong with the next entry; "" if it holds, and then it is the one to be followed."""
        if entry.sequence != self.held + 1:
            return f"activity {self.held + 1} is missing"
        if entry.previous_hash != self.previous:
            return f"activity {entry.sequence} doesn't follow on the one before it"
        if hash_of(entry) != entry.hash:
            return f"activity {entry.sequence} was changed"
        if self.anchor is not None and entry.sequence == self.anchor.sequence and entry.hash != self.anchor.hash:
            return f"activity {entry.sequence} is another than the anchor has seen"
        self.held, self.previous = entry.sequence, entry.hash
        return ""
