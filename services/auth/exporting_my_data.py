"""A person's own data over all services, as lines of JSON."""

import json
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from meshkit.ids import new_id, utc_now
from meshkit.personal_data import Record
from services.auth.audit import USER, Action, Activity
from services.auth.mfa_ports import Person
from services.auth.ports import Activities
from services.auth.privacy import OWN, Holder, OwnData

# Lines are told in parts of about so many characters.
CHUNK = 64 * 1024


@dataclass(frozen=True)
class ExportingMyData:
    """The use case. Nothing is held whole."""

    own: OwnData
    holders: Sequence[Holder]
    activities: Activities
    clock: Callable[[], datetime] = utc_now

    async def export(self, person: Person) -> AsyncGenerator[Sequence[str], None]:
        """Lines in parts. That they are asked for stands in the audit trail first.

        Raises:
            MeshError: a service can't answer now.
        """
        now = self.clock()
        told = Activity(Action.PERSONAL_DATA_EXPORTED, person.user_id, USER, person.user_id)
        await self.activities.record(person.organization_id, person.origin, told, now)
        lines: list[str] = []
        async with aclosing(self._records(person)) as records:
            async for service, record in records:
                lines.append(_line(service, record))
                if sum(map(len, lines)) >= CHUNK:
                    yield lines
                    lines = []
        if lines:
            yield lines

    async def _records(self, person: Person) -> AsyncGenerator[tuple[str, Record], None]:
        job_id = new_id(self.clock())
        sources = [(OWN, self.own.export(person.organization_id, person.user_id))]
        sources += [(one.name, one.export(person.organization_id, job_id, person.user_id)) for one in self.holders]
        for service, source in sources:
            async with aclosing(source) as records:
                async for record in records:
                    yield service, record


def _line(service: str, record: Record) -> str:
    content = {"service": service, "store": record.store, "record": json.loads(record.json)}
    return json.dumps(content, ensure_ascii=False) + "\n"
