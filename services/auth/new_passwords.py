"""What a person may set as their password: the organization's policy, and none of the last twelve."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from meshkit.secrets import Secret
from services.auth import password_policy
from services.auth.errors import PasswordTooWeak
from services.auth.passwords import Passwords
from services.auth.ports import Credentials, StoredPasswords

# The one in use and the eleven before it.
PREVENT_REUSE = 12


@dataclass(frozen=True)
class Held:
    """What a new password is held against.

    `hashes` are the one in use, if there is one, and those before it, the newest first. `words` are what the account
    and its organization are called by.
    """

    mode: str = password_policy.CLASSES
    words: Collection[str] = ()
    second_factor: bool = False
    hashes: Sequence[str] = field(default=(), repr=False)


async def held(stored: StoredPasswords, known: Credentials) -> Held:
    """What a new password of this account is held against."""
    user, organization = known.account.user, known.account.organization
    before = await stored.before(user.organization_id, user.id)
    return Held(
        mode=organization.policy,
        words=password_policy.words_of(user.email, organization.name, organization.slug),
        hashes=[known.password_hash, *before] if known.password_hash is not None else before,
    )


@dataclass(frozen=True)
class NewPasswords:
    """Judges and hashes what is to become a password."""

    passwords: Passwords

    async def hashed(self, wanted: Secret, held: Held, current: Secret | None = None) -> str:
        """The hash to store. `current` is the password in use where it was just given: only then can be seen that the
        new one is the same but for case or spaces around it.

        Raises:
            PasswordTooWeak: naming every rule broken.
            HashingOverloaded: too many wait already.
        """
        await self.check(wanted, held, current)
        return await self.passwords.hash(wanted)

    async def check(self, wanted: Secret, held: Held, current: Secret | None = None) -> None:
        """As `hashed`, without the hash."""
        password_policy.check(wanted.reveal(), held.words, mode=held.mode, second_factor=held.second_factor)
        if current is not None and _bare(wanted) == _bare(current):
            raise _reused()
        for stored in held.hashes[:PREVENT_REUSE]:
            if await self.passwords.matches(wanted, stored):
                raise _reused()


def _reused() -> PasswordTooWeak:
    return PasswordTooWeak(["reused"], f"to be none of the last {PREVENT_REUSE}, nor the one in use in other letters")


def _bare(password: Secret) -> str:
    return password_policy.canonical(password.reveal()).strip().casefold()
