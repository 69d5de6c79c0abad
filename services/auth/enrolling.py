"""A person enrols, replaces and removes their authenticator app, and gets recovery codes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from services.auth import recovery_codes, totp
from services.auth.checking_codes import CheckingCodes
from services.auth.errors import (
    MfaCodeIncorrect,
    MfaEnrolmentNotBegun,
    MfaNotEnrolled,
    MfaRequired,
    UserNotFound,
)
from services.auth.mfa_ports import Person, SecondFactors
from services.auth.model import Account, Enrolled, Method, Totp
from services.auth.ports import Accounts
from services.auth.proving import Proof, Proving
from services.auth.throttling import Throttle

# How long a secret waits for its first code.
CONFIRM_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Begun:
    """What an authenticator app must be told, until when it can be confirmed."""

    secret: Secret
    uri: Secret
    expires_at: datetime


@dataclass(frozen=True)
class Status:
    """What is enrolled, and whether something must be."""

    enrolled: Enrolled
    required: bool


@dataclass(frozen=True)
class NewSecrets:
    """Making and confirming a secret, for whoever has proven to be its owner."""

    factors: SecondFactors
    checking: CheckingCodes
    clock: Callable[[], datetime] = utc_now
    codes: totp.Codes = field(default_factory=totp.Codes)

    async def begin(self, account: Account) -> Begun:
        """A secret that counts for nothing until it is confirmed."""
        now, secret = self.clock(), totp.new_secret()
        user = account.user
        await self.factors.begin(user.organization_id, user.id, Totp(new_id(now), secret), now)
        return Begun(secret, totp.provisioning_uri(secret, user.email), now + CONFIRM_WITHIN)

    async def confirm(self, person: Person, code: Secret, *, first: bool) -> list[Secret] | None:
        """New recovery codes, told this once; None for a wrong code.

        Raises:
            MfaEnrolmentNotBegun: there is no secret to confirm, or one is in force where this is to be the `first`.
        """
        now = self.clock()
        begun = await self.factors.begun(person.organization_id, person.user_id, now - CONFIRM_WITHIN)
        if begun is None:
            raise MfaEnrolmentNotBegun()
        step = self.codes.accepted_step(begun.secret, code.reveal(), now, None)
        if step is None:
            await self.checking.failed(person, Method.TOTP)
            return None
        new = recovery_codes.generate()
        if not await self.factors.confirm(person, replace(begun, last_step=step), _hashes(new), now, first=first):
            raise MfaEnrolmentNotBegun()
        return new


@dataclass(frozen=True)
class Enrolling:
    """The use cases of whoever is logged in."""

    accounts: Accounts
    factors: SecondFactors
    secrets: NewSecrets
    proving: Proving
    throttle: Throttle
    clock: Callable[[], datetime] = utc_now

    async def status(self, person: Person) -> Status:
        """Raises:
        UserNotFound: the account is gone.
        """
        account = await self.accounts.find(person.organization_id, person.user_id)
        if account is None:
            raise UserNotFound(person.user_id)
        enrolled = await self.factors.of(person.organization_id, person.user_id)
        return Status(enrolled, account.organization.mfa_required)

    async def begin(self, person: Person, proof: Proof, address: str) -> Begun:
        """Raises:
        as Proving.prove.
        """
        return await self.secrets.begin(await self.proving.prove(person, proof, address))

    async def confirm(self, person: Person, code: Secret, address: str) -> list[Secret]:
        """Recovery codes, told this once.

        Raises:
            MfaEnrolmentNotBegun: there is no secret to confirm.
            MfaCodeIncorrect: it is not a code of it.
            TooManyAttempts: too many wrong ones were given.
        """
        async with self.throttle.trying_code(person.user_id, address):
            new = await self.secrets.confirm(person, code, first=False)
            if new is None:
                raise MfaCodeIncorrect()
            return new

    async def remove(self, person: Person, proof: Proof, address: str) -> None:
        """Raises:
        MfaNotEnrolled: there is nothing to remove.
        MfaRequired: the organization asks for it.
        And as Proving.prove.
        """
        account = await self.proving.prove(person, proof, address)
        if account.organization.mfa_required:
            raise MfaRequired()
        if not await self.factors.remove(person, self.clock()):
            raise MfaNotEnrolled()

    async def regenerate(self, person: Person, proof: Proof, address: str) -> list[Secret]:
        """New recovery codes, told this once; those before are void.

        Raises:
            MfaNotEnrolled: there is no second factor that they could stand for.
            And as Proving.prove.
        """
        await self.proving.prove(person, proof, address)
        new = recovery_codes.generate()
        if not await self.factors.replace_recovery_codes(person, _hashes(new), self.clock()):
            raise MfaNotEnrolled()
        return new


def _hashes(codes: list[Secret]) -> list[bytes]:
    return [hashed for hashed in map(recovery_codes.digest, codes) if hashed is not None]
