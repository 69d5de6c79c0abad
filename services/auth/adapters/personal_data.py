"""What this service keeps of people, table by table. Who is erased leaves a row without a name, as other rows refer to
it, and their activities, as nobody may change those."""

import secrets
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, text

from meshkit.database import Database, WriteSession
from meshkit.job_table import jobs
from meshkit.personal_data import Count, Record, SqlPersonalData, Store, column, erase
from services.auth.adapters.tables import (
    api_keys,
    consents,
    email_tokens,
    former_passwords,
    identity_links,
    pending_logins,
    recovery_codes,
    refresh_tokens,
    remembered_devices,
    sessions,
    sso_logins,
    totp_secrets,
    user_activities,
    users,
)
from services.auth.audit import USER

# Domains of this kind are nobody's (RFC 2606).
PSEUDONYM = "erased-{}@erased.invalid"
# What a person's row has instead, but for the address.
NAMELESS: Mapping[str, object] = {
    "password_hash": None,
    "first_name": "",
    "last_name": "",
    "department": "",
    "team": "",
    "grants": [],
    "source_ids": [],
    "last_login_at": None,
    "email_verified_at": None,
    "invited_at": None,
}
SECRET = frozenset({"organization_id", "password_hash", "erased_at"})


def _own_tokens(user_id: UUID) -> ColumnElement[bool]:
    """Row security holds the organization in the inner select."""
    return refresh_tokens.c.session_id.in_(select(sessions.c.id).where(sessions.c.user_id == user_id))


def _own_activities(user_id: UUID) -> ColumnElement[bool]:
    """What they did, and what was tried on their account by nobody known."""
    tried = and_(
        user_activities.c.user_id.is_(None),
        user_activities.c.resource_type == USER,
        user_activities.c.resource_id == user_id,
    )
    return or_(user_activities.c.user_id == user_id, tried)


EXPORTED = (
    Store(users, column(users, "id"), hidden=SECRET),
    Store(sessions, column(sessions)),
    Store(remembered_devices, column(remembered_devices)),
    Store(totp_secrets, column(totp_secrets), hidden=frozenset({"organization_id", "key_version", "last_step"})),
    Store(consents, column(consents)),
    Store(user_activities, _own_activities),
)
# What these keep is nothing without the person. Revocations stay for their day: they shut out tokens.
DELETED = (
    Store(refresh_tokens, _own_tokens),
    *(
        Store(table, column(table))
        for table in (
            *(sessions, former_passwords, email_tokens, totp_secrets, recovery_codes, pending_logins),
            *(remembered_devices, api_keys, identity_links, sso_logins, jobs),
        )
    ),
)


async def erase_person(session: WriteSession, organization_id: UUID, user_id: UUID) -> list[Count]:
    """In the session's transaction; the person must be marked as erased."""
    nameless = {**NAMELESS, "email": PSEUDONYM.format(secrets.token_hex(16))}
    row = Store(users, column(users, "id"), nameless)
    counts = await erase(session, organization_id, user_id, (*DELETED, row))
    forgotten = await session.scalar(text("SELECT forget_origins(:person)"), {"person": user_id})
    return [*counts, Count(user_activities.name, shredded=forgotten)]


@dataclass(frozen=True)
class SqlOwnData:
    """The port OwnData."""

    database: Database

    async def export(self, organization_id: UUID, user_id: UUID) -> AsyncGenerator[Record, None]:
        async for record in SqlPersonalData(self.database, EXPORTED).export(organization_id, user_id):
            yield record
