"""Rows to model and back, pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from services.integration.adapters.tables import source_catalogs, sources
from services.integration.catalog.document import to_document
from services.integration.catalog.model import Catalog, Question
from services.integration.executors.tls import Tls
from services.integration.model import KINDS, Configuration, KeptModel, ModelVersion, Source, StoredTable


def select_sources() -> Select[Any]:
    """Sources with what is shown of their catalogs, without the documents. The caller adds the organization."""
    joined = (sources.c.organization_id == source_catalogs.c.organization_id) & (
        sources.c.id == source_catalogs.c.source_id
    )
    return select(
        sources.c.organization_id,
        sources.c.id,
        sources.c.name,
        sources.c.kind,
        sources.c.configuration,
        sources.c.create_time,
        source_catalogs.c.version,
        source_catalogs.c.read_time,
        source_catalogs.c.table_count,
        source_catalogs.c.questions,
    ).join(source_catalogs, joined)


def source(row: Row[Any]) -> Source:
    return Source(
        organization_id=row.organization_id,
        id=row.id,
        name=row.name,
        configuration=_configuration(row.kind, row.configuration),
        create_time=row.create_time,
        catalog_version=row.version,
        catalog_time=row.read_time,
        table_count=row.table_count,
        questions=tuple(Question(**question) for question in row.questions),
    )


def configuration(given: Configuration) -> dict[str, Any]:
    """As JSON. Enums by value, ids as text."""
    return {name: _plain(value) for name, value in asdict(given).items()}


def _plain(value: Any) -> Any:
    match value:
        case Tls():
            return value.value
        case UUID():
            return str(value)
        case tuple() | list():
            return [_plain(item) for item in value]
        case dict():
            return {name: _plain(item) for name, item in value.items()}
    return value


def _configuration(kind: str, plain: dict[str, Any]) -> Configuration:
    values = dict(plain)
    if "tls" in values:
        values["tls"] = Tls(values["tls"])
    if kind == "files":
        values["tables"] = tuple(StoredTable(**table) for table in values["tables"])
        values["upload_ids"] = tuple(map(UUID, values["upload_ids"]))
    made: Callable[..., Configuration] = KINDS[kind]
    return made(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def read_values(as_read: Catalog) -> dict[str, Any]:
    """The columns of source_catalogs that hold what was read."""
    return {
        "document": to_document(as_read),
        "table_count": len(as_read.tables),
        "read_time": as_read.read_time,
    }


def served_values(served: Catalog) -> dict[str, Any]:
    """Those that change with what people say, without a new reading."""
    return {"version": served.version, "questions": [asdict(question) for question in served.questions]}


def model_values(kept: KeptModel) -> dict[str, Any]:
    """The columns of semantic_models but those that say whose it is."""
    version = kept.version
    return {
        "version": version.number,
        "text": kept.text,
        "byte_count": version.byte_count,
        "change": version.change,
        "user_id": version.user_id,
        "create_time": version.create_time,
    }


def kept_model(row: Row[Any]) -> KeptModel:
    return KeptModel(model_version(row), row.text)


def model_version(row: Row[Any]) -> ModelVersion:
    return ModelVersion(row.version, row.change, row.user_id, row.create_time, row.byte_count)
