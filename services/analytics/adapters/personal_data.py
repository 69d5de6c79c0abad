"""What analytics keeps of people: who asked, in each query event. The events stay, as the organization's figures."""

import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from meshkit.personal_data import Count, Record
from services.analytics.adapters.clickhouse import ClickHouse
from services.analytics.adapters.query_log import COLUMNS, event, milliseconds

STORE = "query_analytics"
# A statement that changes rows returns when they are changed.
AT_ONCE = {"mutations_sync": 2}
_OWN = "organization_id = {organization_id:String} AND user_id = {user_id:String}"
_OLD = "organization_id = {organization_id:String} AND timestamp < fromUnixTimestamp64Milli({moment:Int64}, 'UTC')"


@dataclass(frozen=True)
class AnalyticsPersonalData:
    """The port PersonalData of services/peers."""

    store: ClickHouse

    async def export(self, organization_id: UUID, user_id: UUID) -> AsyncGenerator[Record, None]:
        sql = f"SELECT {COLUMNS} FROM {STORE} FINAL WHERE {_OWN} ORDER BY timestamp, id"  # noqa: S608 - words of ours
        for row in await self.store.rows(sql, _person(organization_id, user_id)):
            shown = {name: value for name, value in asdict(event(row)).items() if name != "organization_id"}
            yield Record(STORE, json.dumps(shown, default=_plain))

    async def erase(self, organization_id: UUID, user_id: UUID) -> Sequence[Count]:
        values = _person(organization_id, user_id)
        found = await self._count(_OWN, values)
        if found:
            await self.store.command(f"ALTER TABLE {STORE} UPDATE user_id = '' WHERE {_OWN}", values, AT_ONCE)
        return [Count(STORE, pseudonymised=found)]

    async def retain(self, organization_id: UUID, moment: datetime) -> Sequence[Count]:
        values = {"organization_id": str(organization_id), "moment": milliseconds(moment)}
        found = await self._count(_OLD, values)
        if found:
            await self.store.command(f"ALTER TABLE {STORE} DELETE WHERE {_OLD}", values, AT_ONCE)
        return [Count(STORE, deleted=found)]

    async def _count(self, which: str, values: dict[str, Any]) -> int:
        rows = await self.store.rows(f"SELECT count() FROM {STORE} FINAL WHERE {which}", values)  # noqa: S608 - as above
        return int(rows[0][0])


def _person(organization_id: UUID, user_id: UUID) -> dict[str, Any]:
    return {"organization_id": str(organization_id), "user_id": str(user_id)}


def _plain(value: object) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
