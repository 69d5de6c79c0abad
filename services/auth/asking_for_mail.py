"""Asking for a mail with a link, by whoever knows an address. Known and unknown ones take the same steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from meshkit.ids import utc_now
from services.auth.audit import NOBODY, Action, Activity, Origin
from services.auth.letters import RESET_PASSWORD, Letter
from services.auth.mail_caps import MailCaps
from services.auth.model import canonical_email
from services.auth.ports import Accounts, MailQueue


@dataclass(frozen=True)
class AskingForMail:
    """The use case. Whether the account gets the letter is seen when it is to be sent, where nobody waits for it."""

    accounts: Accounts
    queue: MailQueue
    caps: MailCaps
    clock: Callable[[], datetime] = utc_now

    async def ask(self, letter: Letter, email: str, address: str, origin: Origin) -> None:
        """Raises:
        TooManyMails: to this e-mail or from this address.
        """
        email = canonical_email(email)
        await self.caps.ask(email, address)
        known = await self.accounts.by_email(email)
        user = known.account.user if known is not None else None
        # A letter to nobody is queued among nobody's, and dropped there.
        organization_id, user_id = (user.organization_id, user.id) if user else (NOBODY, None)
        told = Activity(Action.PASSWORD_RESET_REQUESTED, resource_type="user", resource_id=user_id)
        await self.queue.put(
            organization_id, user_id, letter, [told] if letter is RESET_PASSWORD else [], origin, self.clock()
        )
