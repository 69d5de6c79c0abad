"""The second step of a login: what stands between a right password and a session.

A right password is worth a token that is no session, for five minutes and five tries. Tries are counted before the code
is looked at, on the token and, over all tokens, on the account.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from services.auth import mailed_codes
from services.auth.audit import Origin
from services.auth.checking_codes import CheckingCodes
from services.auth.devices import RememberedDevices
from services.auth.enrolling import Begun, NewSecrets
from services.auth.errors import MfaCodeInvalid, MfaMethodUnavailable, MfaTokenInvalid
from services.auth.mfa_ports import PendingLogins, Person, SecondFactors
from services.auth.model import Account, Awaiting, Device, Method, Opened, PendingLogin, methods_of
from services.auth.ports import Accounts, Login
from services.auth.random_tokens import digest, new_token
from services.auth.sessions import SessionKeeping
from services.auth.throttling import Throttle

LIFE = timedelta(minutes=5)
MOST_TRIES = 5


@dataclass(frozen=True)
class Answer:
    """What comes in the second step."""

    token: Secret
    method: Method
    code: Secret
    remember_device: bool = False


@dataclass(frozen=True)
class Passed:
    """A session, and what else whoever passed gets: the device's token, or recovery codes."""

    opened: Opened
    device: Secret | None = None
    recovery_codes: tuple[Secret, ...] = ()


@dataclass(frozen=True)
class SecondStep:
    """The use cases between the password and the session."""

    accounts: Accounts
    logins: PendingLogins
    factors: SecondFactors
    checking: CheckingCodes
    enrolment: NewSecrets
    devices: RememberedDevices
    sessions: SessionKeeping
    throttle: Throttle
    clock: Callable[[], datetime] = utc_now

    async def after_password(self, account: Account, device: Device | None, origin: Origin) -> Opened | Awaiting:
        """A session where the password is enough; `device` is the remembered one that the request came from, if any."""
        user = account.user
        enrolled = await self.factors.of(user.organization_id, user.id)
        methods = methods_of(account, enrolled)
        if not (enrolled.methods or account.organization.mfa_required):
            return await self.sessions.open(user, Login("password", origin))
        if methods and device is not None and device.user_id == user.id:
            await self.devices.used(device)
            return await self.sessions.open(user, Login("password+device", origin))
        now, token = self.clock(), new_token()
        ids = (new_id(now), user.organization_id, user.id)
        login = PendingLogin(*ids, enrols=not methods, created_at=now, expires_at=now + LIFE)
        await self.logins.open(login, digest(token))
        return Awaiting(token, login.expires_at, methods)

    async def verify(self, answer: Answer, address: str, origin: Origin) -> Passed:
        """The session.

        Raises:
            MfaTokenInvalid: the token is none, or none any more.
            MfaMethodUnavailable: the account has no such second factor.
            MfaCodeInvalid: the code is wrong, over, or was used before.
            TooManyAttempts: too many wrong ones on this account or from this address.
        """
        login = await self.logins.take_try(digest(answer.token), MOST_TRIES, self.clock())
        if login is None or login.enrols:
            raise MfaTokenInvalid()
        person = Person(login.organization_id, login.user_id, origin)
        enrolled = await self.factors.of(person.organization_id, person.user_id)
        if answer.method not in methods_of(await self._account(login), enrolled):
            raise MfaMethodUnavailable()
        async with self.throttle.trying_code(person.user_id, address):
            if not await self._accepts(person, login, answer):
                raise MfaCodeInvalid(MOST_TRIES - login.tries)
        opened = await self._opened(login, f"password+{answer.method}", origin)
        return Passed(opened, await self.devices.remember(person) if answer.remember_device else None)

    async def begin_enrolment(self, token: Secret) -> Begun:
        """Raises:
        MfaTokenInvalid: it isn't the token of a login that must enrol.
        """
        login = await self.logins.find(digest(token), MOST_TRIES, self.clock())
        if login is None or not await self._must_enrol(login):
            raise MfaTokenInvalid()
        return await self.enrolment.begin(await self._account(login))

    async def confirm_enrolment(self, token: Secret, code: Secret, address: str, origin: Origin) -> Passed:
        """The session, and recovery codes, told this once.

        Raises:
            MfaTokenInvalid: it isn't the token of a login that must enrol.
            MfaEnrolmentNotBegun: there is no secret to confirm.
            MfaCodeInvalid: it is not a code of it.
            TooManyAttempts: too many wrong ones on this account or from this address.
        """
        login = await self.logins.take_try(digest(token), MOST_TRIES, self.clock())
        if login is None or not await self._must_enrol(login):
            raise MfaTokenInvalid()
        person = Person(login.organization_id, login.user_id, origin)
        async with self.throttle.trying_code(person.user_id, address):
            new = await self.enrolment.confirm(person, code, first=True)
            if new is None:
                raise MfaCodeInvalid(MOST_TRIES - login.tries)
        opened = await self._opened(login, f"password+{Method.TOTP}", origin)
        return Passed(opened, recovery_codes=tuple(new))

    async def _accepts(self, person: Person, login: PendingLogin, answer: Answer) -> bool:
        if answer.method is not Method.EMAIL:
            return await self.checking.accepts(person, answer.method, answer.code)
        if await self.logins.is_code(login, mailed_codes.keyed(answer.token, answer.code)):
            return True
        await self.checking.failed(person, answer.method)
        return False

    async def _must_enrol(self, login: PendingLogin) -> bool:
        """Only while nothing is enrolled: else a password alone would replace what stands beside it."""
        return login.enrols and not (await self.factors.of(login.organization_id, login.user_id)).methods

    async def _opened(self, login: PendingLogin, method: str, origin: Origin) -> Opened:
        """Ends the login first: a token that is sent twice, with two good codes, opens one session."""
        if not await self.logins.end(login.organization_id, login.id, self.clock()):
            raise MfaTokenInvalid()
        return await self.sessions.open((await self._account(login)).user, Login(method, origin))

    async def _account(self, login: PendingLogin) -> Account:
        account = await self.accounts.find(login.organization_id, login.user_id)
        if account is None or not account.user.is_active:
            raise MfaTokenInvalid()
        return account
