"""What a person allows to be done with their data, where the platform can do without. Every change is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from meshkit.ids import new_id, utc_now
from services.auth.mfa_ports import Person

# Of the words in which the purposes are told. Whoever changes what they mean counts it up.
VERSION = 1


class Purpose(StrEnum):
    """Names are kept for ever, as the records say them."""

    LEARNING = "learning"
    USAGE = "usage"


@dataclass(frozen=True)
class Consent:
    """What holds for one purpose, and since when; nothing was said where `at` is None, and then it is given."""

    purpose: Purpose
    given: bool = True
    version: int = 0
    at: datetime | None = None


class Consents(Protocol):
    """Records that are added to and never changed."""

    async def of(self, organization_id: UUID, user_id: UUID) -> Mapping[Purpose, Consent]:
        """The newest of each purpose on which something was said."""
        ...

    async def record(self, person: Person, record_id: UUID, consent: Consent) -> None: ...


@dataclass(frozen=True)
class Consenting:
    """The use case."""

    consents: Consents
    clock: Callable[[], datetime] = utc_now

    async def of(self, organization_id: UUID, user_id: UUID) -> Sequence[Consent]:
        """One of each purpose."""
        said = await self.consents.of(organization_id, user_id)
        return [said.get(purpose, Consent(purpose)) for purpose in Purpose]

    async def say(self, person: Person, purpose: Purpose, given: bool) -> Consent:
        """What holds from now on. The same said again is no new record."""
        known = (await self.consents.of(person.organization_id, person.user_id)).get(purpose)
        if known is not None and (known.given, known.version) == (given, VERSION):
            return known
        now = self.clock()
        consent = Consent(purpose, given, VERSION, now)
        await self.consents.record(person, new_id(now), consent)
        return consent

    async def withdrawn(self, organization_id: UUID, user_id: UUID) -> Sequence[Purpose]:
        """What isn't allowed."""
        return [one.purpose for one in await self.of(organization_id, user_id) if not one.given]
