"""How many mails there may be: to one address, asked for from one network address, and of one organization.

What is asked for is counted by the e-mail as typed, whether an account has it or not, so a refusal tells nothing of it.
An organization's sum is counted where a mail is sent, as only then it is known that there is one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from meshkit.ids import utc_now
from services.auth.errors import TooManyMails
from services.auth.model import canonical_email
from services.auth.ports import Attempts
from services.auth.throttling import key, network

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Cap:
    """So many in a window that opens with the first."""

    most: int
    window: timedelta


PER_RECIPIENT = (Cap(1, timedelta(seconds=30)), Cap(3, timedelta(minutes=15)), Cap(10, DAY))
PER_ADDRESS = (Cap(30, HOUR), Cap(100, DAY))
PER_ORGANIZATION = (Cap(200, HOUR), Cap(1000, DAY))


@dataclass(frozen=True)
class MailCaps:
    """Counts in the store of failed logins."""

    attempts: Attempts
    clock: Callable[[], datetime] = utc_now

    async def ask(self, email: str, address: str) -> None:
        """One more mail, to whoever has the e-mail, is asked for from the address.

        Raises:
            TooManyMails: there were too many, by either.
        """
        # The address first, so that who asks too much uses up nobody else's.
        for kind, value, caps in (
            ("mails asked for by", network(address), PER_ADDRESS),
            ("mails asked for to", canonical_email(email), PER_RECIPIENT),
        ):
            if over := await self._over(kind, value, caps):
                raise TooManyMails(over.window.total_seconds())

    async def login_code(self, organization_id: UUID, user_id: UUID, address: str) -> None:
        """One more code is to be mailed to a person who has given the right password. Counted apart from what strangers
        can ask for, so that they use none of it up.

        Raises:
            TooManyMails: there were too many, to the person, by the address or of the organization.
        """
        for kind, value, caps in (
            ("codes asked for by", network(address), PER_ADDRESS),
            ("codes to", str(user_id), PER_RECIPIENT),
            ("mails of", str(organization_id), PER_ORGANIZATION),
        ):
            if over := await self._over(kind, value, caps):
                raise TooManyMails(over.window.total_seconds())

    async def invitation(self, organization_id: UUID, email: str) -> None:
        """An organization invites one more. Counted apart from what strangers can ask for, as codes are.

        Raises:
            TooManyMails: there were too many, of the organization or to the e-mail.
        """
        for kind, value, caps in (
            ("invitations of", str(organization_id), PER_ORGANIZATION),
            (f"invitations of {organization_id} to", canonical_email(email), PER_RECIPIENT),
        ):
            if over := await self._over(kind, value, caps):
                raise TooManyMails(over.window.total_seconds())

    async def allows_sign_up_from(self, address: str) -> bool:
        """Counts one more sign-up, whose mail goes to whomever it names."""
        return await self._over("mails of sign-ups by", network(address), PER_ADDRESS) is None

    async def allows_organization(self, organization_id: UUID) -> bool:
        """Counts one more mail of the organization."""
        return await self._over("mails of", str(organization_id), PER_ORGANIZATION) is None

    async def _over(self, kind: str, value: str, caps: tuple[Cap, ...]) -> Cap | None:
        """Counts one more, and says which cap that is over; what is over a shorter window's uses up no longer one's."""
        for cap in caps:
            counted = await self.attempts.count(
                key(f"{kind}:{cap.window.total_seconds():.0f}", value), cap.window, self.clock()
            )
            if counted > cap.most:
                return cap
        return None
