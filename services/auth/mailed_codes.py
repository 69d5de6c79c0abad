"""Codes by e-mail: six digits that are good for one login between its two steps.

A code is kept as a hash keyed with the login's token, which isn't kept itself: six digits alone could be tried through.
It is sent while its login waits, not by the queue, as nothing else may hold it.
"""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from meshkit.errors import Unavailable
from meshkit.ids import utc_now
from meshkit.mail import Mailer, MailRefused, MailUndelivered, Templates
from meshkit.secrets import Secret
from services.auth.audit import Origin
from services.auth.errors import MfaMethodUnavailable, MfaTokenInvalid
from services.auth.mail_caps import MailCaps
from services.auth.mfa_ports import PendingLogins, SecondFactors
from services.auth.model import Method, methods_of
from services.auth.ports import Accounts
from services.auth.random_tokens import digest

DIGITS = 6
# From the login's first step on, however often one is sent.
LIFE = timedelta(minutes=10)
TEMPLATE = "login_code"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class MailedCodes:
    """The use case."""

    accounts: Accounts
    logins: PendingLogins
    factors: SecondFactors
    caps: MailCaps
    templates: Templates
    mailer: Mailer
    public_url: str
    most_tries: int
    clock: Callable[[], datetime] = utc_now

    async def send(self, token: Secret, address: str, origin: Origin) -> datetime:
        """Until when the code is good.

        Raises:
            MfaTokenInvalid: the token is none, or none any more.
            MfaMethodUnavailable: the organization doesn't allow it, or the address isn't confirmed.
            TooManyMails: to this account, from this address or of this organization.
            Unavailable: it couldn't be sent.
        """
        now = self.clock()
        login = await self.logins.find(digest(token), self.most_tries, now)
        account = await self.accounts.find(login.organization_id, login.user_id) if login is not None else None
        if login is None or account is None or not account.user.is_active:
            raise MfaTokenInvalid()
        enrolled = await self.factors.of(login.organization_id, login.user_id)
        if Method.EMAIL not in methods_of(account, enrolled):
            raise MfaMethodUnavailable()
        await self.caps.login_code(login.organization_id, login.user_id, address)
        code, expires_at = new_code(), login.created_at + LIFE
        await self.logins.put_code(login, keyed(token, code), expires_at, origin, now)
        mail = self.templates.mail(
            TEMPLATE, account.user.email, site=self.public_url.rstrip("/"), code=code.reveal(), lasts="10 minutes"
        )
        try:
            await self.mailer.send(mail)
        except (MailUndelivered, MailRefused) as failed:
            log.warning("a code for user %s couldn't be sent: %s", login.user_id, failed)
            raise Unavailable("the code couldn't be sent; try again", retry_after=30.0) from None
        return expires_at


def new_code() -> Secret:
    return Secret(f"{secrets.randbelow(10**DIGITS):0{DIGITS}}")


def keyed(token: Secret, code: Secret) -> bytes:
    """The form in which a code is kept; spaces in what was typed are left out."""
    plain = code.reveal().replace(" ", "")
    return hmac.digest(token.reveal().encode(), plain.encode(), hashlib.sha256)
