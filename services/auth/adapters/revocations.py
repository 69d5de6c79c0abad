"""Revocations in PostgreSQL: a growing list over all tenants, read from a cursor on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, text

from meshkit.database import Database, WriteSession
from services.auth.adapters.tables import revocations
from services.auth.model import Revocation
from services.auth.tokens import LONGEST_LIFE

# Held from taking a number to committing, so that numbers become visible in their order and no reader's cursor skips
# one. Nothing is locked after it.
ORDER_LOCK = 7_364_180_221


async def revoke_sessions(
    tenant: WriteSession, organization_id: UUID, session_ids: Sequence[UUID], now: datetime
) -> None:
    """Adds the sessions to the list, within the transaction that ended them."""
    if not session_ids:
        return
    await tenant.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ORDER_LOCK})
    for session_id in session_ids:
        await tenant.execute(
            insert(revocations).values(
                organization_id=organization_id,
                session_id=session_id,
                revoked_at=now,
                expires_at=now + LONGEST_LIFE,
            )
        )


async def revoke_user(tenant: WriteSession, organization_id: UUID, user_id: UUID, now: datetime) -> None:
    """Voids every token of the user that was made until now; the last step of its transaction."""
    await tenant.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ORDER_LOCK})
    new = insert(revocations).values(
        organization_id=organization_id, user_id=user_id, revoked_at=now, expires_at=now + LONGEST_LIFE
    )
    await tenant.execute(new)


class SqlRevocations:
    """The port Revocations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def after(self, cursor: int, at_most: int, now: datetime) -> list[Revocation]:
        listing = text(
            "SELECT cursor, session_id, user_id, revoked_at, expires_at FROM list_revocations(:cursor, :now, :at_most)"
        )
        async with self._database.lookup() as anyone:
            found = await anyone.execute(listing, {"cursor": cursor, "now": now, "at_most": at_most})
            return [Revocation(*row) for row in found]

    async def forget_ended(self, now: datetime) -> None:
        """Removes what ended long ago, of all tenants."""
        async with self._database.lookup() as anyone:
            await anyone.execute(text("SELECT forget_ended(:now)"), {"now": now})
