"""What ended before its tokens' time, kept in memory and brought up to date by polling a list with a cursor."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meshkit.errors import MeshError, Unavailable
from meshkit.ids import utc_now

# Seconds between polls: how long an ended session's tokens still pass.
POLL_SECONDS = 2.0
# Until the list was seen once the process is not ready; services start together, so auth is there in a moment.
FIRST_SECONDS = 0.1
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ended:
    """A session, or a user all of whose tokens issued up to `revoke_time` are void."""

    session_id: UUID | None
    user_id: UUID | None
    revoke_time: datetime
    expire_time: datetime


# From a cursor: what follows, oldest first, and the next cursor.
Fetch = Callable[[int], Awaitable[tuple[Sequence[Ended], int]]]


class PolledRevocations:
    """The port by which tokens are checked. While the list can't be reached what is known goes on holding: nobody can
    end a session then either."""

    def __init__(
        self, fetch: Fetch, *, clock: Callable[[], datetime] = utc_now, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._cursor = 0
        self._polled = False
        self._sessions: dict[UUID, Ended] = {}
        self._users: dict[UUID, Ended] = {}

    def is_revoked(self, session_id: UUID | None, user_id: UUID | None, issued_at: datetime) -> bool:
        if session_id is not None and session_id in self._sessions:
            return True
        ended = self._users.get(user_id) if user_id is not None else None
        # Claims count whole seconds, so a token of the same second may be the older one.
        return ended is not None and issued_at <= ended.revoke_time

    async def poll(self) -> None:
        """Fetches what is new and forgets what no longer matters."""
        while True:
            found, cursor = await self._fetch(self._cursor)
            for ended in found:
                self._keep(ended)
            if not found or cursor <= self._cursor:
                break
            self._cursor = cursor
        self._polled = True
        now = self._clock()
        self._sessions = {key: ended for key, ended in self._sessions.items() if ended.expire_time > now}
        self._users = {key: ended for key, ended in self._users.items() if ended.expire_time > now}

    async def run(self) -> None:
        """Polls for ever; a background task of the process."""
        while True:
            try:
                await self.poll()
            except MeshError as error:
                log.warning("revocations could not be fetched: %s", error.reason)
            await asyncio.sleep(self._poll_seconds if self._polled else min(FIRST_SECONDS, self._poll_seconds))

    async def check(self) -> None:
        """Readiness: a process that has never seen the list would let ended sessions in.

        Raises:
            Unavailable: not yet.
        """
        if not self._polled:
            raise Unavailable("the list of revocations is not here yet")

    def _keep(self, ended: Ended) -> None:
        if ended.session_id is not None:
            self._sessions[ended.session_id] = ended
        elif ended.user_id is not None:
            self._users[ended.user_id] = ended
