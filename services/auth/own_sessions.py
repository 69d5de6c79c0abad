"""Where a person is logged in, and ending sessions from another one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meshkit.ids import utc_now
from services.auth.errors import SessionNotFound
from services.auth.mfa_ports import Person
from services.auth.model import OpenSession
from services.auth.ports import Sessions


@dataclass(frozen=True)
class OwnSessions:
    """The use cases."""

    sessions: Sessions
    clock: Callable[[], datetime] = utc_now

    async def listed(self, person: Person) -> Sequence[OpenSession]:
        """The person's own that are live, the newest first."""
        return await self.sessions.live_of(person.organization_id, person.user_id, self.clock())

    async def revoke(self, person: Person, session_id: UUID) -> None:
        """Raises:
        SessionNotFound: it isn't the person's, or has ended.
        """
        if not await self.sessions.revoke(person, session_id, self.clock()):
            raise SessionNotFound(session_id)

    async def revoke_others(self, person: Person, keep: UUID | None) -> int:
        """How many ended."""
        return await self.sessions.revoke_all_but(person, keep, self.clock())
