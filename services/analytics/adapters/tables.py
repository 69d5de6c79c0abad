"""The table, as the migrations leave it."""

from sqlalchemy import REAL, BigInteger, Boolean, Column, DateTime, MetaData, String, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

query_analytics = Table(
    "query_analytics",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("timestamp", DateTime(timezone=True), nullable=False),
    Column("user_id", Uuid),
    Column("user_role", String(50), nullable=False),
    Column("query_type", String(50), nullable=False),
    Column("query_complexity", REAL, nullable=False),
    Column("execution_time_ms", BigInteger, nullable=False),
    Column("tokens_used", BigInteger, nullable=False),
    Column("success", Boolean, nullable=False),
    Column("error_type", String(100), nullable=False),
    Column("data_sources", JSONB, nullable=False),
)
