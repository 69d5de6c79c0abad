"""Sessions: opened by a login, prolonged by a refresh token that works once, ended by time, logout or misuse."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from services.auth.audit import Origin
from services.auth.model import Opened, Session, User
from services.auth.ports import Login, Sessions
from services.auth.random_tokens import digest, new_token
from services.auth.tokens import TokenIssuer

LONGEST = timedelta(hours=8)
LONGEST_IDLE = timedelta(hours=2)
MOST_PER_USER = 3


@dataclass(frozen=True)
class SessionKeeping:
    """Opens, prolongs and ends sessions."""

    sessions: Sessions
    issuer: TokenIssuer
    clock: Callable[[], datetime] = utc_now

    async def open(self, user: User, login: Login) -> Opened:
        """A new session; the user's oldest one ends where there are three already."""
        now = self.clock()
        session = Session(new_id(now), user.organization_id, user.id, now, now + LONGEST)
        refresh = new_token()
        account = await self.sessions.open(session, digest(refresh), MOST_PER_USER, login)
        return Opened(account, session, self.issuer.access(account.user, session), refresh)

    async def prolong(self, refresh: Secret, origin: Origin) -> Opened:
        """New tokens for the session, with the user's role as of now; the session's end stays.

        Raises:
            RefreshTokenInvalid: it is not the session's live token.
        """
        new = new_token()
        kept = await self.sessions.rotate(digest(refresh), digest(new), self.clock(), origin)
        return Opened(kept.account, kept.session, self.issuer.access(kept.account.user, kept.session), new)

    async def end(self, refresh: Secret, origin: Origin) -> None:
        """Ends the session of the token, if it is anybody's."""
        await self.sessions.end(digest(refresh), self.clock(), origin)
