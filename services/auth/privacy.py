"""Personal data over all services: what an erasure is, and what is asked of whoever keeps such data."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from meshkit.personal_data import Count, Record
from services.auth.mfa_ports import Person

# This service among those that keep personal data.
OWN = "auth"


@dataclass(frozen=True)
class Answered:
    """What one service did, and when it said so."""

    service: str
    counts: Sequence[Count]
    at: datetime


@dataclass(frozen=True)
class Erasure:
    """One person's data on its way out; done once `completed_at` is known. `last_problem` is why the last run
    stopped."""

    organization_id: UUID
    id: UUID
    user_id: UUID
    requested_by: UUID
    requested_at: datetime
    completed_at: datetime | None = None
    attempts: int = 0
    last_problem: str = ""
    evidence: Sequence[Answered] = field(default=())

    @property
    def answered(self) -> frozenset[str]:
        return frozenset(one.service for one in self.evidence)


class Holder(Protocol):
    """Another service that keeps personal data. Asked by a job of ours, each may be asked twice."""

    @property
    def name(self) -> str: ...

    def export(self, organization_id: UUID, job_id: UUID, user_id: UUID) -> AsyncGenerator[Record, None]: ...

    async def erase(self, organization_id: UUID, job_id: UUID, user_id: UUID) -> Sequence[Count]: ...

    async def retain(self, organization_id: UUID, job_id: UUID, moment: datetime) -> Sequence[Count]: ...


class Erasures(Protocol):
    """Kept with their evidence for good."""

    async def request(self, person: Person, erasure: Erasure) -> Erasure:
        """Hides the person, adds the job. The one that is there already, if any.

        Raises:
            NoAdministrator, UserNotFound, UserNotDeactivated.
        """
        ...

    async def again(self, erasure: Erasure, now: datetime) -> bool:
        """Hides the person of a restored database anew, if they are there, and adds a job that asks every service,
        whatever it has answered before. False if there is no such person."""
        ...

    async def listed(self, organization_id: UUID, at_most: int) -> Sequence[Erasure]:
        """The newest first."""
        ...

    async def find(self, organization_id: UUID, erasure_id: UUID) -> Erasure | None: ...

    async def begin(self, organization_id: UUID, erasure_id: UUID) -> Erasure | None:
        """Counts one more run."""
        ...

    async def answered(self, erasure: Erasure, answer: Answered) -> None: ...

    async def stopped(self, erasure: Erasure, problem: str) -> None: ...

    async def addresses(self, erasure: Erasure) -> Sequence[str]:
        """The e-mail that the person still has."""
        ...

    async def complete(self, erasure: Erasure, before: Mapping[str, int], now: datetime) -> None:
        """Erases what this service keeps, its trail's origins among it, and notes that as the last evidence; `before`
        is what was deleted outside the database already."""
        ...


class Ledger(Protocol):
    """Who was erased, outside the database."""

    async def keep(self, erasure: Erasure) -> None: ...

    def kept(self) -> Sequence[Erasure]: ...


class OwnData(Protocol):
    """What this service keeps of people."""

    def export(self, organization_id: UUID, user_id: UUID) -> AsyncGenerator[Record, None]: ...
