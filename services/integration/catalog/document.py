"""A catalog as a JSON document, and its version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from services.integration.catalog.model import (
    Catalog,
    Column,
    ColumnRole,
    ColumnType,
    Metric,
    Question,
    Relationship,
    Table,
)
from services.integration.catalog.semantic_terms import GlossaryWord

FORMAT = 1


def versioned(catalog: Catalog) -> Catalog:
    """The catalog with its version set."""
    plain = asdict(catalog)
    plain.pop("version")
    plain.pop("read_time")
    for table in plain["tables"]:
        table.pop("change_time")
    digest = hashlib.sha256(json.dumps([FORMAT, plain], sort_keys=True, ensure_ascii=False).encode())
    return replace(catalog, version=digest.hexdigest()[:32])


def to_document(catalog: Catalog) -> str:
    """JSON text that from_document reads."""
    return json.dumps(asdict(catalog), ensure_ascii=False, default=datetime.isoformat)


def from_document(text: str) -> Catalog:
    """The catalog that was written; what an older version of this program didn't know yet is as if unknown."""
    plain: dict[str, Any] = json.loads(text)
    return Catalog(
        **plain
        | {
            "read_time": datetime.fromisoformat(plain["read_time"]),
            "tables": tuple(_table(table) for table in plain["tables"]),
            "relationships": tuple(Relationship(**_tuples(item)) for item in plain["relationships"]),
            "metrics": tuple(Metric(**_tuples(item)) for item in plain["metrics"]),
            "questions": tuple(Question(**item) for item in plain["questions"]),
            "notes": tuple(plain.get("notes", ())),
            "glossary": tuple(GlossaryWord(**item) for item in plain.get("glossary", ())),
        }
    )


def _table(plain: dict[str, Any]) -> Table:
    changed = plain.get("change_time")
    return Table(
        **_tuples(plain)
        | {
            "columns": tuple(_column(column) for column in plain["columns"]),
            "change_time": datetime.fromisoformat(changed) if changed else None,
        }
    )


def _column(plain: dict[str, Any]) -> Column:
    values = tuple((stored, tuple(said)) for stored, said in plain["value_synonyms"])
    return Column(
        **_tuples(plain)
        | {
            "type": ColumnType(plain["type"]),
            "role": ColumnRole(plain.get("role", "")),
            "value_synonyms": values,
        }
    )


def _tuples(plain: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
