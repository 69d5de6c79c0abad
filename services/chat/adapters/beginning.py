"""Keeping a question and the beginning of its answer: one statement, as the first event waits for it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from infinure.ml_gateway.v1.answer_event_pb2 import Accepted, AnswerEvent
from sqlalchemy import text

from meshkit.database import WriteSession
from services.chat.model import Question

TITLE_LENGTH = 80
LEASE = timedelta(seconds=30)
# An answer comes after its question, also where both are kept in the same microsecond.
JUST_AFTER = timedelta(microseconds=1)

# The lock makes parallel sends of one message wait for each other: for the later ones the id is taken. Nothing is kept
# where the conversation isn't the caller's, the id is taken, or as many answers run as may.
_BEGIN = text("""
WITH given AS (
    SELECT CAST(:organization_id AS uuid) AS organization_id, CAST(:user_id AS uuid) AS user_id,
        CAST(:conversation_id AS uuid) AS conversation_id, CAST(:question_id AS uuid) AS question_id,
        CAST(:answer_id AS uuid) AS answer_id, CAST(:asked_at AS timestamptz) AS asked_at,
        CAST(:answered_at AS timestamptz) AS answered_at
), conversation AS (
    SELECT c.source_id, (
        SELECT count(*) FROM answers a
        WHERE a.organization_id = given.organization_id AND a.user_id = given.user_id AND a.state = 'running'
    ) AS running
    FROM conversations c, given
    WHERE c.organization_id = given.organization_id AND c.user_id = given.user_id AND c.id = given.conversation_id
    FOR UPDATE OF c
), question AS (
    INSERT INTO messages (organization_id, id, conversation_id, role, content, created_at)
    SELECT organization_id, question_id, conversation_id, 'user', CAST(:content AS text), asked_at
    FROM given, conversation WHERE conversation.running < CAST(:most AS bigint)
    ON CONFLICT DO NOTHING
    RETURNING id
), answer_message AS (
    INSERT INTO messages (organization_id, id, conversation_id, role, content, question_id, created_at)
    SELECT organization_id, answer_id, conversation_id, 'assistant', '', question_id, answered_at FROM given, question
), answer AS (
    INSERT INTO answers (organization_id, id, user_id, state, worker, lease_until)
    SELECT organization_id, answer_id, user_id, 'running', CAST(:worker AS text), now() + CAST(:lease AS interval)
    FROM given, question
), event AS (
    INSERT INTO answer_events (organization_id, answer_id, sequence, kind, event)
    SELECT organization_id, answer_id, 1, 'accepted', CAST(:accepted AS bytea) FROM given, question
), used AS (
    UPDATE conversations c
    SET updated_at = given.asked_at, title = coalesce(nullif(c.title, ''), CAST(:title AS text))
    FROM given, question WHERE c.organization_id = given.organization_id AND c.id = given.conversation_id
)
SELECT conversation.source_id, conversation.running, EXISTS (SELECT FROM question) AS kept FROM conversation
""")


@dataclass(frozen=True)
class Beginning:
    """What came of it; kept is False where the id is taken or too many answers run."""

    source_id: UUID | None
    running: int
    kept: bool


async def keep(
    session: WriteSession,
    organization_id: UUID,
    user_id: UUID,
    question: Question,
    answer_id: UUID,
    worker: str,
    limit: int,
) -> Beginning | None:
    """None if the conversation isn't the user's."""
    accepted = Accepted(
        message_id=str(question.id), answer_id=str(answer_id), conversation_id=str(question.conversation_id)
    )
    row = await session.first(
        _BEGIN,
        {
            "organization_id": organization_id,
            "user_id": user_id,
            "conversation_id": question.conversation_id,
            "question_id": question.id,
            "answer_id": answer_id,
            "asked_at": question.asked_at,
            "answered_at": question.asked_at + JUST_AFTER,
            "content": question.content,
            "most": limit,
            "worker": worker,
            "lease": LEASE,
            "accepted": AnswerEvent(sequence=1, accepted=accepted).SerializeToString(),
            "title": title_of(question.content),
        },
    )
    return Beginning(row.source_id, row.running, row.kept) if row else None


def title_of(question: str) -> str:
    """The question's first line, cut between words."""
    line = " ".join(question.split())
    return line if len(line) <= TITLE_LENGTH else line[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
