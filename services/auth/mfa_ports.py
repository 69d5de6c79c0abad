"""What the use cases of second factors need of the outside, as Protocols. Every store method is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.auth.audit import Origin
from services.auth.model import Device, Enrolled, PendingLogin, Totp


@dataclass(frozen=True)
class Person:
    """Whose account it is, and from where they come."""

    organization_id: UUID
    user_id: UUID
    origin: Origin


class SecondFactors(Protocol):
    """Authenticator apps and recovery codes. Secrets are sealed at rest, recovery codes hashed."""

    async def of(self, organization_id: UUID, user_id: UUID) -> Enrolled: ...

    async def begin(self, organization_id: UUID, user_id: UUID, totp: Totp, now: datetime) -> None:
        """Keeps a secret that counts for nothing yet, in the place of one begun before."""

    async def begun(self, organization_id: UUID, user_id: UUID, since: datetime) -> Totp | None:
        """The one begun, if that was after `since`."""

    async def confirm(
        self, person: Person, totp: Totp, recovery_hashes: Sequence[bytes], now: datetime, *, first: bool
    ) -> bool:
        """Puts the secret begun in force with its `last_step`, in the place of the one before, with new recovery codes.
        False where it isn't there any more, or is to be the `first` and isn't."""

    async def totp(self, organization_id: UUID, user_id: UUID) -> Totp | None:
        """The one in force."""

    async def take_step(self, organization_id: UUID, totp_id: UUID, step: int) -> bool:
        """Compare-and-set: true for one alone of all who take this step, and for none who takes an earlier one."""

    async def take_recovery_code(self, person: Person, code_hash: bytes, now: datetime) -> bool:
        """Compare-and-set: true once for each code."""

    async def replace_recovery_codes(self, person: Person, hashes: Sequence[bytes], now: datetime) -> bool:
        """False where no second factor is enrolled."""

    async def remove(self, person: Person, now: datetime) -> bool:
        """Everything of them, and the remembered devices; false where there was nothing."""


class PendingLogins(Protocol):
    """Logins between their two steps, found by their tokens' hashes."""

    async def open(self, login: PendingLogin, token_hash: bytes) -> None: ...

    async def find(self, token_hash: bytes, most_tries: int, now: datetime) -> PendingLogin | None:
        """Unless it is over, ended or tried as often as it may be."""

    async def take_try(self, token_hash: bytes, most_tries: int, now: datetime) -> PendingLogin | None:
        """Counts one more try, atomically, and returns it with that counted; None as `find`."""

    async def put_code(
        self, login: PendingLogin, code_hash: bytes, expires_at: datetime, origin: Origin, now: datetime
    ) -> None:
        """Keeps a code that is sent, in the place of one before, and lets the login wait for it."""

    async def is_code(self, login: PendingLogin, code_hash: bytes) -> bool:
        """Whether it is the login's; used up with the login."""

    async def end(self, organization_id: UUID, login_id: UUID, now: datetime) -> bool:
        """Compare-and-set: true for one alone."""


class Devices(Protocol):
    """Remembered devices, found by their tokens' hashes."""

    async def remember(self, device: Device, token_hash: bytes, at_most: int, origin: Origin) -> None:
        """Forgets the oldest beyond `at_most`."""

    async def recognise(self, token_hash: bytes, now: datetime) -> Device | None: ...

    async def used(self, device: Device, now: datetime) -> None: ...

    async def all(self, organization_id: UUID, user_id: UUID, now: datetime) -> Sequence[Device]:
        """The newest first."""

    async def forget(self, person: Person, device_id: UUID, now: datetime) -> bool:
        """False where it isn't the person's."""
