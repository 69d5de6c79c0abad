"""Sources as the service knows them, and what it hands over of a query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meshkit.secrets import Secret
from services.integration.catalog.model import Catalog, Question
from services.integration.executors.tls import Tls

# Who may see what, until policies are edited: every role all rows and columns of its organization's sources.
POLICY_VERSION = "all-1"


@dataclass(frozen=True, slots=True)
class PostgresConfiguration:
    """How a PostgreSQL source is reached, without any secret. No schemas means all that the role may use."""

    host: str
    port: int
    database: str
    username: str
    tls: Tls = Tls.PREFER
    schemas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A source that can be asked. catalog_version changes whenever its catalog does."""

    organization_id: UUID
    id: UUID
    name: str
    configuration: PostgresConfiguration
    create_time: datetime
    catalog_version: str
    catalog_time: datetime
    table_count: int
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class NewSource:
    """All that is kept of a new source, in one transaction or not at all."""

    organization_id: UUID
    id: UUID
    name: str
    configuration: PostgresConfiguration
    password: Secret
    semantic_model: str
    catalog: Catalog
    create_time: datetime
    created_by: UUID | None


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a source says of itself and of the role we log in as."""

    server_version: str
    latency_seconds: float
    warnings: tuple[str, ...] = ()


def name_key(name: str) -> str:
    """Names that differ in case alone are one name to a person."""
    return " ".join(name.split()).casefold()
