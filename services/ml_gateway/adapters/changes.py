"""What the stores of learned things share: the versions of what counts, listings, and limits."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from meshkit.database import ReadSession, WriteSession
from services.ml_gateway.adapters.tables import learned_versions
from services.ml_gateway.errors import LearningLimitReached
from services.ml_gateway.learning.model import Page


async def changed(session: WriteSession, organization_id: UUID, source_id: UUID) -> None:
    """What counts in the source is another from this transaction on."""
    statement = insert(learned_versions).values(organization_id=organization_id, source_id=source_id, version=1)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["organization_id", "source_id"], set_={"version": learned_versions.c.version + 1}
        )
    )


async def check_room(session: ReadSession, table: Table, organization_id: UUID, most: int, what: str) -> None:
    """Raises LearningLimitReached."""
    count = await session.scalar(
        select(func.count()).select_from(table).where(table.c.organization_id == organization_id)
    )
    if count >= most:
        raise LearningLimitReached(what, most)


async def page_of(
    session: ReadSession,
    table: Table,
    organization_id: UUID,
    source_id: UUID | None,
    page: Page,
    by: str = "create_time",
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest rows first; one more than the page's size where there are more."""
    moment = table.c[by]
    statement = (
        select(*table.c)
        .where(table.c.organization_id == organization_id)
        .order_by(moment.desc(), table.c.id.desc())
        .limit(page.size + 1)
    )
    if source_id is not None:
        statement = statement.where(table.c.source_id == source_id)
    if page.position:
        statement = statement.where(tuple_(moment, table.c.id) < tuple_(*page.position))
    return await session.all(statement)
