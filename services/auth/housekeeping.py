"""Forgetting, now and then, what ended long ago: revocations nobody needs, old counts, sessions of last month."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from meshkit.errors import MeshError
from meshkit.ids import utc_now

SECONDS_BETWEEN = 3600.0
log = logging.getLogger(__name__)


class Forgetting(Protocol):
    """The stores' part."""

    async def forget_ended(self, now: datetime) -> None: ...


@dataclass(frozen=True)
class Housekeeping:
    """A background task; every replica may run it."""

    forgetting: Forgetting
    clock: Callable[[], datetime] = utc_now

    async def run(self) -> None:
        """For ever. A store that is away is tried again the next time."""
        while True:
            try:
                await self.forgetting.forget_ended(self.clock())
            except MeshError as error:
                log.warning("what has ended could not be forgotten: %s", error.reason)
            await asyncio.sleep(SECONDS_BETWEEN)
