"""Sending a queued letter. The token of its link is made now, so that none waits anywhere in clear."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meshkit.ids import utc_now
from meshkit.mail import Mailer, MailRefused, Templates
from services.auth.letters import INVITATION, RESET_PASSWORD, VERIFY_EMAIL, Letter
from services.auth.mail_caps import MailCaps
from services.auth.model import UserState
from services.auth.ports import Credentials, EmailTokens, StoredPasswords
from services.auth.random_tokens import digest, new_token

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mailing:
    """The use case. Nothing in a letter was written by a stranger: whoever signs up chooses who gets one.

    `public_url` is what links begin with, whatever a request said of the host.
    """

    stored: StoredPasswords
    tokens: EmailTokens
    caps: MailCaps
    templates: Templates
    mailer: Mailer
    public_url: str
    clock: Callable[[], datetime] = utc_now

    async def deliver(self, organization_id: UUID, user_id: UUID | None, letter: Letter, *, first: bool) -> None:
        """Sends the letter if it is still of use to the person; it may be delivered twice, then with another token.
        `first` if it wasn't tried before.

        Raises:
            MailUndelivered: to be tried again.
        """
        known = await self.stored.of(organization_id, user_id) if user_id is not None else None
        if known is None or not _of_use(letter, known):
            return
        # How many invitations there may be was seen when somebody was invited, who could be told.
        counts = letter.page and letter is not INVITATION
        if counts and first and not await self.caps.allows_organization(organization_id):
            log.warning("organization %s is over its mails; a letter %s isn't sent", organization_id, letter.name)
            return
        link = await self._link(organization_id, known.account.user.id, letter) if letter.page else ""
        site = self.public_url.rstrip("/")
        mail = self.templates.mail(
            letter.name, known.account.user.email, site=site, link=site + link, lasts=letter.lasts
        )
        try:
            await self.mailer.send(mail)
        except MailRefused as refused:
            log.error("a letter %s to user %s is given up: %s", letter.name, user_id, refused)

    async def _link(self, organization_id: UUID, user_id: UUID, letter: Letter) -> str:
        token = new_token()
        await self.tokens.issue(organization_id, user_id, letter, digest(token), self.clock() + letter.life)
        # In the fragment, which browsers send to no server, neither ours nor by Referer another.
        return f"{letter.page}#token={token.reveal()}"


def _of_use(letter: Letter, known: Credentials) -> bool:
    user = known.account.user
    if letter is VERIFY_EMAIL:
        return user.is_active and user.email_verified_at is None and known.password_hash is not None
    if letter is INVITATION:
        return user.state is UserState.INVITED
    if letter is RESET_PASSWORD:
        return user.is_active and known.password_hash is not None
    return user.is_active
