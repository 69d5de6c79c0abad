"""The audit trail in PostgreSQL. An activity is added in the transaction of what it tells of.

The chain's head is locked from reading it to the commit, so that an organization's activities come one after the other.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, insert, or_, select, text
from sqlalchemy.dialects.postgresql import insert as upsert

from meshkit.database import Database, WriteSession
from meshkit.ids import new_id
from services.auth.adapters.head_signing import HeadSigner
from services.auth.adapters.tables import activity_heads, activity_starts, user_activities
from services.auth.audit import GENESIS, SALT_BYTES, USER, Activity, Entry, Head, Origin, hash_of, origin_hash
from services.auth.ports import ActivityFilter

FIRST_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('activities ' || :organization_id, 0))"


@dataclass(frozen=True)
class SqlTrail:
    """Adds to the trail within others' transactions, as one of their last steps: locks come in one order, which is
    user, session, trail, revocations."""

    signer: HeadSigner

    async def add(
        self, tenant: WriteSession, organization_id: UUID, origin: Origin, activities: Sequence[Activity], now: datetime
    ) -> None:
        """Chains the activities, in their order, and signs the new head."""
        sequence, digest = await self._locked_head(tenant, organization_id)
        for one in activities:
            sequence += 1
            entry = _entry(organization_id, sequence, digest, origin, one, now)
            digest = entry.hash
            await tenant.execute(insert(user_activities).values(**_values(entry)))
        head = {
            "sequence": sequence,
            "hash": digest,
            "key_id": self.signer.key_id,
            "signature": self.signer.sign(organization_id, sequence, digest),
            "signed_at": now,
        }
        new = upsert(activity_heads).values(organization_id=organization_id, **head)
        await tenant.execute(new.on_conflict_do_update(index_elements=[activity_heads.c.organization_id], set_=head))

    async def _locked_head(self, tenant: WriteSession, organization_id: UUID) -> tuple[int, bytes]:
        wanted = (
            select(activity_heads.c.sequence, activity_heads.c.hash)
            .where(activity_heads.c.organization_id == organization_id)
            .with_for_update()
        )
        head = await tenant.first(wanted)
        if head is None:
            # There is no row to lock yet.
            await tenant.execute(text(FIRST_LOCK), {"organization_id": str(organization_id)})
            head = await tenant.first(wanted)
        return (head.sequence, head.hash) if head is not None else (0, GENESIS)


class SqlActivities:
    """The port Activities."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def record(self, organization_id: UUID, origin: Origin, activity: Activity, now: datetime) -> None:
        async with self._database.write(organization_id) as tenant:
            await self._trail.add(tenant, organization_id, origin, [activity], now)

    async def audited(self) -> Sequence[UUID]:
        async with self._database.lookup() as anyone:
            return await anyone.scalars(text("SELECT organization_id FROM list_audited()"))

    async def heads(self, since: datetime) -> Sequence[Head]:
        listing = text("SELECT * FROM list_activity_heads(:since)")
        async with self._database.lookup() as anyone:
            return [Head(*row) for row in await anyone.all(listing, {"since": since})]

    async def head(self, organization_id: UUID) -> Head | None:
        wanted = select(activity_heads).where(activity_heads.c.organization_id == organization_id)
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(wanted)
        return Head(*row) if row is not None else None

    async def start(self, organization_id: UUID) -> Head | None:
        wanted = select(activity_starts).where(activity_starts.c.organization_id == organization_id)
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(wanted)
        return Head(*row) if row is not None else None

    async def chain(self, organization_id: UUID, after_sequence: int, at_most: int) -> Sequence[Entry]:
        wanted = _of(organization_id).where(user_activities.c.sequence > after_sequence)
        async with self._database.read(organization_id) as tenant:
            rows = await tenant.all(wanted.order_by(user_activities.c.sequence).limit(at_most))
        return [_read(row) for row in rows]

    async def newest(
        self, organization_id: UUID, wanted: ActivityFilter, before_sequence: int | None, at_most: int
    ) -> Sequence[Entry]:
        statement = _filtered(_of(organization_id), wanted)
        if before_sequence is not None:
            statement = statement.where(user_activities.c.sequence < before_sequence)
        async with self._database.read(organization_id) as tenant:
            rows = await tenant.all(statement.order_by(user_activities.c.sequence.desc()).limit(at_most))
        return [_read(row) for row in rows]


def _of(organization_id: UUID) -> Select[Any]:
    return select(user_activities).where(user_activities.c.organization_id == organization_id)


def _filtered(statement: Select[Any], wanted: ActivityFilter) -> Select[Any]:
    columns = user_activities.c
    if wanted.user_id is not None:
        statement = statement.where(or_(columns.user_id == wanted.user_id, _is_account(wanted.user_id)))
    if wanted.actions:
        statement = statement.where(columns.action.in_([action.value for action in wanted.actions]))
    if wanted.resource_type:
        statement = statement.where(columns.resource_type == wanted.resource_type)
    if wanted.resource_id is not None:
        statement = statement.where(columns.resource_id == wanted.resource_id)
    if wanted.since is not None:
        statement = statement.where(columns.created_at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(columns.created_at < wanted.until)
    return statement


def _is_account(user_id: UUID) -> ColumnElement[bool]:
    return and_(user_activities.c.resource_type == USER, user_activities.c.resource_id == user_id)


def _entry(
    organization_id: UUID, sequence: int, previous: bytes, origin: Origin, activity: Activity, now: datetime
) -> Entry:
    salt = os.urandom(SALT_BYTES)
    unhashed = Entry(
        organization_id=organization_id,
        sequence=sequence,
        id=new_id(now),
        user_id=activity.user_id,
        action=activity.action.value,
        resource_type=activity.resource_type,
        resource_id=activity.resource_id,
        metadata=activity.metadata,
        origin=origin,
        origin_salt=salt,
        origin_hash=origin_hash(origin, salt),
        created_at=now,
        previous_hash=previous,
        hash=b"",
    )
    return replace(unhashed, hash=hash_of(unhashed))


def _values(entry: Entry) -> dict[str, object]:
    return {
        "organization_id": entry.organization_id,
        "id": entry.id,
        "sequence": entry.sequence,
        "user_id": entry.user_id,
        "action": entry.action,
        "resource_type": entry.resource_type or None,
        "resource_id": entry.resource_id,
        "metadata": dict(entry.metadata),
        "ip_address": entry.origin.ip_address or None,
        "user_agent": entry.origin.user_agent or None,
        "origin_salt": entry.origin_salt,
        "origin_hash": entry.origin_hash,
        "created_at": entry.created_at,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }


def _read(row: Row[Any]) -> Entry:
    return Entry(
        organization_id=row.organization_id,
        sequence=row.sequence,
        id=row.id,
        user_id=row.user_id,
        action=row.action,
        resource_type=row.resource_type or "",
        resource_id=row.resource_id,
        metadata=_details(row.metadata),
        origin=Origin(str(row.ip_address or ""), row.user_agent or ""),
        origin_salt=row.origin_salt,
        origin_hash=row.origin_hash,
        created_at=row.created_at.astimezone(UTC),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def _details(stored: object) -> Mapping[str, str]:
    """What was written. What we never write, but the database's owner can, is kept as one text: its hash is another."""
    if isinstance(stored, dict) and all(isinstance(value, str) for value in stored.values()):
        return stored
    return {"unreadable": json.dumps(stored)}
