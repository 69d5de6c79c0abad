"""The tables, as the migrations leave them."""

from sqlalchemy import Boolean, Column, DateTime, Integer, LargeBinary, MetaData, String, Table, Text, Uuid

metadata = MetaData()


def _moment(name: str, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


conversations = Table(
    "conversations",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("title", String(255), nullable=False),
    Column("source_id", Uuid),
    Column("is_archived", Boolean, nullable=False),
    _moment("created_at"),
    _moment("updated_at"),
)

messages = Table(
    "messages",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("conversation_id", Uuid, nullable=False),
    Column("role", String(20), nullable=False),
    Column("content", Text, nullable=False),
    Column("question_id", Uuid),
    _moment("created_at"),
)

answers = Table(
    "answers",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("state", String(20), nullable=False),
    Column("worker", String(100), nullable=False),
    _moment("lease_until"),
    Column("cancel_requested", Boolean, nullable=False, server_default="false"),
    _moment("ended_at", nullable=True),
)

answer_events = Table(
    "answer_events",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("answer_id", Uuid, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("event", LargeBinary, nullable=False),
)
