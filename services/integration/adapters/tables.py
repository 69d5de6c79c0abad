"""The service's tables as migrations/ makes them."""

from sqlalchemy import BigInteger, Column, Float, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP, UUID

metadata = MetaData()
_TIME = TIMESTAMP(timezone=True)

sources = Table(
    "sources",
    metadata,
    Column("organization_id", UUID, primary_key=True),
    Column("id", UUID, primary_key=True),
    Column("name", Text),
    Column("name_key", Text),
    Column("kind", Text),
    Column("configuration", JSONB),
    Column("created_by", UUID),
    Column("create_time", _TIME),
)
data_keys = Table(
    "data_keys",
    metadata,
    Column("organization_id", UUID, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("wrapped", LargeBinary),
    Column("create_time", _TIME),
)
source_credentials = Table(
    "source_credentials",
    metadata,
    Column("organization_id", UUID, primary_key=True),
    Column("source_id", UUID, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("key_version", Integer),
    Column("sealed", LargeBinary),
)
source_catalogs = Table(
    "source_catalogs",
    metadata,
    Column("organization_id", UUID, primary_key=True),
    Column("source_id", UUID, primary_key=True),
    Column("version", Text),
    Column("document", Text),
    Column("questions", JSONB),
    Column("table_count", Integer),
    Column("read_time", _TIME),
)
source_events = Table(
    "source_events",
    metadata,
    Column("organization_id", UUID, primary_key=True),
    Column("id", UUID, primary_key=True),
    Column("source_id", UUID),
    Column("action", Text),
    Column("user_id", UUID),
    Column("details", JSONB),
    Column("event_time", _TIME),
)
uploads = Table(
    "uploads",
    metadata,
    Column("organization_id", UUID, primary_key=True),
    Column("id", UUID, primary_key=True),
    Column("user_id", UUID),
    Column("file_name", Text),
    Column("byte_count", BigInteger),
    Column("state", Text),
    Column("prepared", Text),
    Column("folder", Text),
    Column("source_id", UUID),
    Column("create_time", _TIME),
    Column("expire_time", _TIME),
)
semantic_models = Table(
    "semantic_models",
    metadata,
    Column("organization_id", UUID, primary_key=True),
    Column("source_id", UUID, primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("text", Text),
    Column("byte_count", Integer),
    Column("change", Text),
    Column("user_id", UUID),
    Column("create_time", _TIME),
)
descriptions = Table(
    "descriptions",
    metadata,
    Column("organization_id", UUID, primary_key=True),
    Column("source_id", UUID, primary_key=True),
    Column("table_schema", Text, primary_key=True),
    Column("table_name", Text, primary_key=True),
    Column("column_name", Text, primary_key=True),
    Column("description", Text),
    Column("user_id", UUID),
    Column("update_time", _TIME),
)
catalog_refreshes = Table(
    "catalog_refreshes",
    metadata,
    Column("organization_id", UUID, primary_key=True),
    Column("source_id", UUID, primary_key=True),
    Column("id", UUID),
    Column("state", Text),
    Column("stage", Text),
    Column("fraction", Float),
    Column("failure", JSONB),
    Column("update_time", _TIME),
)
