"""Letting go of what was kept for long enough: once a day, for each organization, in every service."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from meshkit.errors import MeshError
from meshkit.ids import new_id, utc_now
from meshkit.personal_data import Count
from services.auth.audit import NOBODY
from services.auth.ports import Activities
from services.auth.privacy import OWN, Holder

# A service that was away is asked again by the next round; a day's answer is asked for once.
SECONDS_BEFORE, SECONDS_BETWEEN = 300.0, 3600.0
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Retained:
    """What one service let go of on a day: everything of before a moment."""

    organization_id: UUID
    day: date
    service: str
    before: datetime
    counts: Sequence[Count]
    at: datetime


class Retentions(Protocol):
    """The evidence, and this service's own part."""

    async def done(self, organization_id: UUID, day: date) -> frozenset[str]:
        """The services that have answered on the day."""
        ...

    async def note(self, retained: Retained) -> None: ...

    async def retain_own(self, retained: Retained) -> None:
        """Removes the trail's oldest rows and notes that, once a day; `retained` has no counts yet."""
        ...


@dataclass(frozen=True)
class Retaining:
    """A background task; every replica may run it."""

    retentions: Retentions
    activities: Activities
    holders: Sequence[Holder]
    kept_for: timedelta
    clock: Callable[[], datetime] = utc_now

    async def run(self) -> None:
        """For ever. What is away is tried again the next time."""
        await asyncio.sleep(SECONDS_BEFORE)
        while True:
            try:
                await self.run_due()
            except MeshError as error:
                log.warning("what is too old could not be let go of: %s", error.reason)
            await asyncio.sleep(SECONDS_BETWEEN)

    async def run_due(self) -> None:
        """The day's work, as far as it isn't done."""
        for organization_id in await self.activities.audited():
            await self._one(organization_id, self.clock())

    async def _one(self, organization_id: UUID, now: datetime) -> None:
        day, before = now.date(), now - self.kept_for
        done = await self.retentions.done(organization_id, day)
        if OWN not in done:
            await self.retentions.retain_own(Retained(organization_id, day, OWN, before, (), now))
        # Under nobody's organization stands nothing but refusals.
        for holder in self.holders if organization_id != NOBODY else ():
            if holder.name in done:
                continue
            try:
                counts = await holder.retain(organization_id, new_id(now), before)
            except MeshError as error:
                log.warning("%s could not let go of what is too old: %s", holder.name, error.reason)
                continue
            await self.retentions.note(Retained(organization_id, day, holder.name, before, counts, now))
