"""What answering reads and adds: what counts in each source, kept in memory for as long as its version stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from meshkit.database import Database, ReadSession
from services.ml_gateway.adapters.changes import changed, check_room
from services.ml_gateway.adapters.synonyms import synonym, values
from services.ml_gateway.adapters.tables import answer_uses, learned_versions, synonyms, verified_answers
from services.ml_gateway.adapters.verified_answers import verified_answer
from services.ml_gateway.errors import LearningLimitReached
from services.ml_gateway.kept import Kept
from services.ml_gateway.learning.model import BAR, AnswerUse, Learned, Origin, Synonym

# A verdict on an older answer is kept, but moves no weight.
USES_KEPT = timedelta(days=180)

_Key = tuple[UUID, UUID]


class SqlMemory:
    """The port Memory."""

    def __init__(self, database: Database, *, sources_kept: int, most_synonyms: int) -> None:
        self._database = database
        self._most = most_synonyms
        self._kept: Kept[_Key, tuple[int, Learned]] = Kept(sources_kept)

    async def learned(self, organization_id: UUID, source_ids: Sequence[str]) -> Mapping[str, Learned]:
        wanted = [UUID(source_id) for source_id in source_ids]
        statement = select(learned_versions.c.source_id, learned_versions.c.version).where(
            learned_versions.c.organization_id == organization_id, learned_versions.c.source_id.in_(wanted)
        )
        found: dict[str, Learned] = {}
        async with self._database.read(organization_id) as session:
            for row in await session.all(statement):
                kept = self._kept.get((organization_id, row.source_id))
                if kept is None or kept[0] != row.version:
                    # What changed since the version was read is newer than it says, and is read again next time.
                    kept = row.version, await _counting(session, organization_id, row.source_id)
                    self._kept.put((organization_id, row.source_id), kept)
                found[str(row.source_id)] = kept[1]
        return found

    async def learn(self, organization_id: UUID, one: Synonym) -> None:
        new = values(one)
        changing = ("id", "source_id", "kind", "words_key", "create_time", "use_count", "last_use_time")
        statement = (
            insert(synonyms)
            .values(organization_id=organization_id, **new)
            .on_conflict_do_update(
                index_elements=["organization_id", "source_id", "kind", func.md5(synonyms.c.words_key)],
                set_={name: value for name, value in new.items() if name not in changing},
                # What a person wrote on purpose outweighs a choice in passing.
                where=synonyms.c.origin == Origin.CLARIFICATION,
            )
        )
        try:
            async with self._database.write(organization_id) as session:
                await check_room(session, synonyms, organization_id, self._most, "learned words")
                await session.execute(statement)
                await changed(session, organization_id, one.source_id)
        except LearningLimitReached:
            return  # nobody asked for it to be kept, so nobody is told

    async def used(self, organization_id: UUID, use: AnswerUse, now: datetime) -> None:
        noted = (
            insert(answer_uses)
            .values(
                organization_id=organization_id,
                answer_id=use.answer_id,
                source_id=use.source_id,
                user_id=use.user_id,
                verified_answer_id=use.verified_answer_id,
                synonym_ids=list(use.synonym_ids),
                create_time=now,
            )
            .on_conflict_do_nothing()
        )
        # Lost by a crash of the database alone, and then it is but a count.
        async with self._database.write(organization_id, durable=False) as session:
            if (await session.execute(noted)).rowcount == 0:
                return
            await session.execute(
                delete(answer_uses).where(
                    answer_uses.c.organization_id == organization_id, answer_uses.c.create_time < now - USES_KEPT
                )
            )
            for table, ids in ((synonyms, use.synonym_ids), (verified_answers, (use.verified_answer_id,))):
                chosen: ColumnElement[bool] = table.c.id.in_([one for one in ids if one is not None])
                await session.execute(
                    update(table)
                    .where(table.c.organization_id == organization_id, chosen)
                    .values(use_count=table.c.use_count + 1, last_use_time=now)
                )


async def _counting(session: ReadSession, organization_id: UUID, source_id: UUID) -> Learned:
    def counts(table: Table) -> list[ColumnElement[bool]]:
        # Thumbs add up in binary fractions.
        heavy = table.c.weight >= BAR - 1e-6
        return [table.c.organization_id == organization_id, table.c.source_id == source_id, heavy]

    words = select(*synonyms.c).where(*counts(synonyms)).order_by(synonyms.c.id)
    answers = select(*verified_answers.c).where(*counts(verified_answers)).order_by(verified_answers.c.id)
    return Learned(
        synonyms=tuple(synonym(row) for row in await session.all(words)),
        verified=tuple(verified_answer(row) for row in await session.all(answers)),
    )
