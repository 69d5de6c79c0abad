"""Anchoring: keeping what has been signed since the last time outside the database, every minute."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from meshkit.errors import MeshError
from meshkit.ids import utc_now
from services.auth.ports import Activities, Anchors

SECONDS_BETWEEN = 60.0
# A head is signed somewhat before its transaction commits, and replicas' clocks differ.
OVERLAP = timedelta(minutes=2)
log = logging.getLogger(__name__)


@dataclass
class Anchoring:
    """A background task; every replica may run it, over a folder of its own or a shared one."""

    activities: Activities
    anchors: Anchors
    clock: Callable[[], datetime] = utc_now
    _since: datetime = field(default=datetime.min.replace(tzinfo=utc_now().tzinfo), repr=False)

    async def run(self) -> None:
        """For ever. A store that is away is tried again the next time."""
        while True:
            try:
                await self.keep_newest()
            except (MeshError, OSError) as error:
                log.warning("the audit trail could not be anchored: %s", type(error).__name__)
            await asyncio.sleep(SECONDS_BETWEEN)

    async def keep_newest(self) -> None:
        """Keeps every head signed since the last time."""
        started = self.clock()
        for head in await self.activities.heads(self._since):
            await asyncio.to_thread(self.anchors.keep, head)
        self._since = started - OVERLAP
