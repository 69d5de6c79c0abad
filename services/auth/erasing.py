"""Erasing a person over all services: asked for by an administrator, done by a job that goes on until all have
answered."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meshkit.errors import MeshError
from meshkit.ids import new_id, utc_now
from meshkit.mail import Mailer
from services.auth.errors import ErasureNotFound, OwnAccount
from services.auth.mfa_ports import Person
from services.auth.privacy import Answered, Erasure, Erasures, Holder, Ledger

MOST_LISTED = 100
OUTBOX = "outbox"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Erasing:
    """The use case. This service's own part comes last, so that until then the job knows whom it is about."""

    erasures: Erasures
    holders: Sequence[Holder]
    mailer: Mailer
    ledger: Ledger
    clock: Callable[[], datetime] = utc_now

    async def request(self, person: Person, user_id: UUID) -> Erasure:
        """Raises OwnAccount, UserNotFound, UserNotDeactivated."""
        if person.user_id == user_id:
            raise OwnAccount()
        now = self.clock()
        return await self.erasures.request(
            person, Erasure(person.organization_id, new_id(now), user_id, person.user_id, now)
        )

    async def listed(self, organization_id: UUID) -> Sequence[Erasure]:
        return await self.erasures.listed(organization_id, MOST_LISTED)

    async def find(self, organization_id: UUID, erasure_id: UUID) -> Erasure:
        """Raises ErasureNotFound."""
        found = await self.erasures.find(organization_id, erasure_id)
        if found is None:
            raise ErasureNotFound(erasure_id)
        return found

    async def run(self, organization_id: UUID, erasure_id: UUID, job_id: UUID, *, again: bool = False) -> None:
        """Asks each service that hasn't answered yet; or `again` each of them.

        Raises:
            MeshError: one can't answer now; to be run again, and then the others aren't asked anew.
        """
        erasure = await self.erasures.begin(organization_id, erasure_id)
        if erasure is None or erasure.completed_at is not None:
            return
        for holder in self.holders:
            if holder.name in erasure.answered and not again:
                continue
            try:
                counts = await holder.erase(organization_id, job_id, erasure.user_id)
            except MeshError as error:
                await self.erasures.stopped(erasure, f"{holder.name}: {error.reason}")
                raise
            await self.erasures.answered(erasure, Answered(holder.name, counts, self.clock()))
        await self.ledger.keep(erasure)
        mails = sum([await self.mailer.forget(address) for address in await self.erasures.addresses(erasure)])
        await self.erasures.complete(erasure, {OUTBOX: mails}, self.clock())
        log.info("a person is erased", extra={"erasure_id": str(erasure_id)})
