"""Rows to model and back, pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, Select, select

from services.integration.adapters.tables import source_catalogs, sources
from services.integration.catalog.model import Question
from services.integration.executors.tls import Tls
from services.integration.model import PostgresConfiguration, Source


def select_sources() -> Select[Any]:
    """Sources with what is shown of their catalogs, without the documents. The caller adds the organization."""
    joined = (sources.c.organization_id == source_catalogs.c.organization_id) & (
        sources.c.id == source_catalogs.c.source_id
    )
    return select(
        sources.c.organization_id,
        sources.c.id,
        sources.c.name,
        sources.c.configuration,
        sources.c.create_time,
        source_catalogs.c.version,
        source_catalogs.c.read_time,
        source_catalogs.c.table_count,
        source_catalogs.c.questions,
    ).join(source_catalogs, joined)


def source(row: Row[Any]) -> Source:
    plain = dict(row.configuration)
    return Source(
        organization_id=row.organization_id,
        id=row.id,
        name=row.name,
        configuration=PostgresConfiguration(**plain | {"tls": Tls(plain["tls"]), "schemas": tuple(plain["schemas"])}),
        create_time=row.create_time,
        catalog_version=row.version,
        catalog_time=row.read_time,
        table_count=row.table_count,
        questions=tuple(Question(**question) for question in row.questions),
    )


def configuration(given: PostgresConfiguration) -> dict[str, Any]:
    return asdict(given) | {"tls": given.tls.value, "schemas": list(given.schemas)}
