"""What a previous result is called, in words that lead a reader back to it, and keys by which its rows are named."""

from __future__ import annotations

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.naming import plural, singular, table_label
from services.ml_gateway.engine.query.model import Field, Rows


def many(rows: Rows, index: Index) -> str:
    """ "order lines"."""
    return plural(_noun(rows.table, index))


def one(rows: Rows, index: Index) -> str:
    """ "order line"."""
    return singular(_noun(rows.table, index))


def said(rows: Rows, index: Index) -> str:
    """As people are told of it: "origin airports" for airports in that role."""
    if rows.role is None:
        return many(rows, index)
    role = " ".join(role_words(index.catalog.relationships[rows.role]))
    return f"{role} {many(rows, index)}".strip()


def key_of(rows: Rows, index: Index) -> Field | None:
    """The column by which its rows are told apart; None where it takes several, or none is known."""
    table = index.catalog.by_key[rows.table]
    if len(table.primary_key) == 1:
        return Field(ColumnKey(rows.table, table.primary_key[0]), rows.role)
    single = [unique[0] for unique in table.unique_keys if len(unique) == 1]
    return Field(ColumnKey(rows.table, single[0]), rows.role) if single else None


def _noun(table: TableKey, index: Index) -> str:
    """What people call it, where that is known; else the words of its name."""
    label = table_label(table, index)
    return label.removeprefix("tbl ") if label != "tbl " else label
