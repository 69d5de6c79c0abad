"""What answering takes from the organization's memory, and what it adds. An outage of it never costs an answer."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from meshkit.errors import MeshError
from meshkit.identity import caller
from meshkit.ids import new_id
from services.ml_gateway.builtin.choosing import Read
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.naming import words
from services.ml_gateway.learning.model import (
    AnswerUse,
    Learned,
    Origin,
    Synonym,
    SynonymKind,
)
from services.ml_gateway.learning.ports import Consents, Memory
from services.ml_gateway.learning.targets import described, of_option
from services.ml_gateway.learning.words import words_key
from services.ml_gateway.model import Choice, KnownCatalog, Question

log = logging.getLogger(__name__)

_NO_SOURCE = UUID(int=0)


@dataclass(frozen=True)
class Remembering:
    """The memory as the running caller's organization has it."""

    memory: Memory
    consents: Consents

    async def learned(self, question: Question, catalogs: Sequence[KnownCatalog]) -> Mapping[str, Learned]:
        """What counts in each source; nothing where the question is to be read without, or it can't be had."""
        if not question.with_learning:
            return {}
        try:
            return await self.memory.learned(caller().organization_id, [known.source_id for known in catalogs])
        except MeshError as error:
            log.warning("a question is read without what was learned", extra={"reason": error.reason})
            return {}

    async def answered(self, question: Question, read: Read, catalog: Catalog) -> None:
        """The answer is complete: its choice is the organization's from now on, and what it used is noted; unless the
        asker doesn't allow that."""
        organization_id, user_id = caller().organization_id, caller().user_id
        source_id = UUID(read.known.source_id)
        if not question.with_learning or question.answer_id is None:
            return
        try:
            if not await self.consents.learning():
                return
            if question.choice is not None and user_id is not None:
                synonym = _synonym(question.choice, question, source_id, user_id, catalog)
                await self.memory.learn(organization_id, synonym)
            ids = tuple(one.id for one in read.uses)
            verified_id = read.verified.id if read.verified else None
            use = AnswerUse(question.answer_id, source_id, user_id, verified_id, ids)
            await self.memory.used(organization_id, use, question.now)
        except MeshError as error:
            log.warning("what an answer teaches is not kept", extra={"reason": error.reason})

    async def refused(self, question: Question, source_id: str = "") -> None:
        """The question got no answer, which which may be judged as well. source_id is empty if there is none."""
        if not question.with_learning or question.answer_id is None:
            return
        asker = caller()
        use = AnswerUse(question.answer_id, UUID(source_id) if source_id else _NO_SOURCE, asker.user_id, None, ())
        try:
            if not await self.consents.learning():
                return
            await self.memory.used(asker.organization_id, use, question.now)
        except MeshError as error:
            log.warning("a refusal is not noted", extra={"reason": error.reason})


def _synonym(choice: Choice, question: Question, source_id: UUID, user_id: UUID, catalog: Catalog) -> Synonym:
    target = of_option(choice.option_id, catalog, about_words=bool(choice.words))
    said = choice.words or choice.question.strip()
    if target.kind is SynonymKind.DATE:
        said = words(target.table)
    return Synonym(
        id=new_id(question.now),
        source_id=source_id,
        words=said,
        words_key=words_key(said),
        target=target,
        meaning=described(target, catalog, choice.label),
        origin=Origin.CLARIFICATION,
        user_id=user_id,
        create_time=question.now,
        update_time=question.now,
    )
