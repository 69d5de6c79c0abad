"""Short tokens for use inside the mesh: for work that outlives its user's token, and for background jobs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from meshkit.ids import utc_now
from meshkit.secrets import Secret
from services.auth.errors import SubjectInvalid, SubjectRevoked
from services.auth.model import Token
from services.auth.ports import Accounts, Sessions
from services.auth.service_accounts import ServiceAccounts
from services.auth.tokens import TokenIssuer


class Revoked(Protocol):
    """What ended, as this process knows it."""

    def is_revoked(self, session_id: UUID | None, user_id: UUID | None, issued_at: datetime) -> bool: ...


@dataclass(frozen=True)
class Exchanging:
    """The use case. The rights in the new token are those of now, not those of the token shown."""

    accounts: Accounts
    sessions: Sessions
    keys: ServiceAccounts
    issuer: TokenIssuer
    revoked: Revoked
    clock: Callable[[], datetime] = utc_now

    async def for_user(self, token: Secret) -> Token:
        """Raises:
        SubjectInvalid: not a token of ours, or of nobody.
        SubjectRevoked: the session has ended or the user is no longer active.
        """
        subject = self.issuer.read_ignoring_time(token)
        account = await self.accounts.find(subject.organization_id, subject.user_id)
        if account is None:
            raise SubjectInvalid()
        # What a token calls its session is a service account's key where nobody has logged in.
        this = (subject.organization_id, subject.session_id, self.clock())
        key = None
        if not (live := await self.sessions.is_live(*this)):
            key = await self.keys.live_key(*this)
            live = key is not None
        gone = self.revoked.is_revoked(subject.session_id, subject.user_id, subject.issued_at)
        if not live or gone or not account.user.is_active:
            raise SubjectRevoked()
        return self.issuer.internal(account.user, subject.session_id, key.scopes if key is not None else None)

    async def for_job(self, organization_id: UUID, job_id: UUID, user_id: UUID | None) -> Token:
        """Raises:
        SubjectInvalid: no such organization, or no such user of it.
        SubjectRevoked: the user is no longer active.
        """
        if await self.accounts.organization(organization_id) is None:
            raise SubjectInvalid()
        if user_id is None:
            return self.issuer.job(organization_id, job_id, None)
        account = await self.accounts.find(organization_id, user_id)
        if account is None:
            raise SubjectInvalid()
        if not account.user.is_active:
            raise SubjectRevoked()
        return self.issuer.job(organization_id, job_id, account.user)
