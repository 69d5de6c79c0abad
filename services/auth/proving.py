"""Whether it is the owner of an account who asks, not somebody at a session of theirs that stands open."""

from dataclasses import dataclass, field

from meshkit.secrets import Secret
from services.auth.checking_codes import CheckingCodes
from services.auth.errors import MfaCodeIncorrect, PasswordIncorrect, UserNotFound
from services.auth.mfa_ports import Person
from services.auth.model import Account, Method
from services.auth.passwords import Passwords
from services.auth.ports import StoredPasswords
from services.auth.throttling import Throttle


@dataclass(frozen=True)
class Proof:
    """The password in use or, where none is given, a code of the authenticator app."""

    password: Secret | None = None
    code: Secret = field(default_factory=lambda: Secret(""))


@dataclass(frozen=True)
class Proving:
    """The use case."""

    stored: StoredPasswords
    passwords: Passwords
    checking: CheckingCodes
    throttle: Throttle

    async def prove(self, person: Person, proof: Proof, address: str) -> Account:
        """The account. A code is used up.

        Raises:
            UserNotFound: the account is gone.
            PasswordIncorrect, MfaCodeIncorrect: the proof is wrong.
            TooManyAttempts: too many wrong ones were given.
        """
        known = await self.stored.of(person.organization_id, person.user_id)
        if known is None or not known.account.user.is_active:
            raise UserNotFound(person.user_id)
        if proof.password is None:
            async with self.throttle.trying_code(person.user_id, address):
                if not await self.checking.accepts(person, Method.TOTP, proof.code):
                    raise MfaCodeIncorrect()
        else:
            async with self.throttle.trying(known.account.user.email, address):
                if not await self.passwords.matches(proof.password, known.password_hash):
                    raise PasswordIncorrect()
        return known.account
