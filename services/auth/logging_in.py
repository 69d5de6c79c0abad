"""Logging in by e-mail and password: the first step, and the only one where nothing stands beside the password.

Known and unknown e-mail take the same steps and end in the same words; tries are counted by the e-mail as typed,
whether an account has it or not (`throttling.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from meshkit.ids import utc_now
from meshkit.secrets import Secret
from services.auth.audit import NOBODY, Action, Activity, Origin
from services.auth.devices import RememberedDevices
from services.auth.errors import CredentialsInvalid
from services.auth.model import Awaiting, Device, Opened, canonical_email
from services.auth.passwords import Passwords
from services.auth.ports import Accounts, Activities, Credentials
from services.auth.second_step import SecondStep
from services.auth.throttling import AccountExhausted, Throttle


@dataclass(frozen=True)
class Given:
    """What comes in the first step; `device` is the token of the browser's cookie, or empty."""

    email: str
    password: Secret = field(repr=False)
    device: Secret = field(default_factory=lambda: Secret(""), repr=False)


@dataclass(frozen=True)
class LoggingIn:
    """The use case."""

    accounts: Accounts
    throttle: Throttle
    second_step: SecondStep
    devices: RememberedDevices
    passwords: Passwords
    activities: Activities
    clock: Callable[[], datetime] = utc_now

    async def log_in(self, given: Given, address: str, origin: Origin) -> Opened | Awaiting:
        """Opens a session, or says what else it takes.

        Raises:
            CredentialsInvalid: for every reason that concerns the account, too many tries on it included.
            TooManyAttempts: too many failed from this address.
        """
        email = canonical_email(given.email)
        device = await self._owners_device(email, given.device)
        try:
            async with self.throttle.trying(email, address, device.id if device is not None else None):
                known = await self.accounts.by_email(email)
                stored = known.password_hash if known is not None else None
                matches = await self.passwords.matches(given.password, stored)
                if known is None or not matches or not known.account.user.is_active:
                    await self._refused(known, Action.LOGIN_FAILED, origin)
                    raise CredentialsInvalid()
                return await self.second_step.after_password(known.account, device, origin)
        except AccountExhausted as exhausted:
            if exhausted.first:
                # Once in a window: what is refused without a look mustn't fill anybody's trail.
                await self._refused(await self.accounts.by_email(email), Action.LOGIN_THROTTLED, origin)
            raise CredentialsInvalid() from None

    async def _owners_device(self, email: str, token: Secret) -> Device | None:
        """The remembered device that the request comes from, if it is of the account that the e-mail names."""
        device = await self.devices.recognise(token)
        if device is None:
            return None
        known = await self.accounts.by_email(email)
        return device if known is not None and known.account.user.id == device.user_id else None

    async def _refused(self, known: Credentials | None, action: Action, origin: Origin) -> None:
        """Records it with the account's organization, or with nobody's: the same work, whether there is an account."""
        user = known.account.user if known is not None else None
        organization_id, user_id = (user.organization_id, user.id) if user else (NOBODY, None)
        activity = Activity(action, resource_type="user", resource_id=user_id)
        await self.activities.record(organization_id, origin, activity, self.clock())
