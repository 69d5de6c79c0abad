"""Questions that their catalog can't answer: a column that the known query needs is taken out of it. No candidate is
right then, and confidence learns how such questions look; questions with known SQL alone never show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from zlib import crc32

from services.ml_gateway.engine.model import Catalog, ColumnKey
from services.ml_gateway.engine.query.model import Query


def lacking(query: Query, catalog: Catalog, text: str) -> Catalog | None:
    """The catalog without one of the query's columns, always the same for a text; None where all are keys."""
    linked = {ColumnKey(one.table, name) for one in catalog.relationships for name in one.columns}
    linked |= {ColumnKey(one.target, name) for one in catalog.relationships for name in one.target_columns}
    linked |= {ColumnKey(one.key, name) for one in catalog.tables for name in one.primary_key}
    needed = sorted(set(_columns(query)) - linked)
    needed = [one for one in needed if len(catalog.by_key[one.table].columns) > 1]
    if not needed:
        return None
    gone = needed[crc32(text.encode()) % len(needed)]
    table = catalog.by_key[gone.table]
    left = replace(
        table,
        columns=tuple(one for one in table.columns if one.name != gone.name),
        unique_keys=tuple(key for key in table.unique_keys if gone.name not in key),
        time_column="" if table.time_column == gone.name else table.time_column,
        label_column="" if table.label_column == gone.name else table.label_column,
    )
    return replace(catalog, tables=tuple(left if one.key == table.key else one for one in catalog.tables))


def _columns(node: object) -> Iterator[ColumnKey]:
    if isinstance(node, ColumnKey):
        yield node
    elif isinstance(node, tuple):
        for one in node:
            yield from _columns(one)
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield from _columns(getattr(node, name))
