"""What a source says of itself before any of its rows is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from services.integration.catalog.model import Column, Relationship, Table

MAX_TABLES = 2_000
MAX_COLUMNS = 10_000
DESCRIPTION_CHARACTERS = 500
TableName = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A table or view as the source describes it, its data's traits not yet known.

    estimate: rows by the source's own books, None if it keeps none; `exact` if they are to be believed to the row.
    unique: declared keys besides the primary one. kind: what the dialect calls the thing, for its sampling.
    distinct: numbers of distinct values by the source's own statistics, negative for a share of the rows.
    """

    table: Table
    estimate: int | None = None
    exact: bool = False
    unique: tuple[tuple[str, ...], ...] = ()
    kind: str = ""
    distinct: Mapping[str, float] = field(default_factory=dict)

    @property
    def name(self) -> TableName:
        return self.table.schema, self.table.name


@dataclass(frozen=True, slots=True)
class Structure:
    """Everything that may be read, tables by schema and name; notes say what was left out."""

    tables: tuple[Found, ...]
    relationships: tuple[Relationship, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """A declared key: kind "p" primary, "u" unique, "f" foreign (then with its target)."""

    kind: str
    table: TableName
    columns: tuple[str, ...]
    target: TableName = ("", "")
    target_columns: tuple[str, ...] = ()


def assembled(
    tables: Iterable[Found], columns: Mapping[TableName, list[Column]], keys: Iterable[Key], notes: Iterable[str] = ()
) -> Structure:
    """The structure: tables that have a column, and those keys whose columns and tables are all there."""
    found = {
        one.name: replace(one, table=replace(one.table, columns=tuple(columns[one.name])))
        for one in tables
        if columns.get(one.name)
    }
    relationships = []
    for key in keys:
        if key.table not in found or not _has(found[key.table].table, key.columns):
            continue
        one = found[key.table]
        if key.kind == "p":
            found[key.table] = replace(one, table=replace(one.table, primary_key=key.columns))
        elif key.kind == "u":
            found[key.table] = replace(one, unique=(*one.unique, key.columns))
        elif key.target in found and _has(found[key.target].table, key.target_columns):
            relationships.append(Relationship(*key.table, key.columns, *key.target, key.target_columns))
    return Structure(tuple(found[name] for name in sorted(found)), tuple(relationships), tuple(notes))


def capped_notes(table_count: int, column_count: int) -> tuple[str, ...]:
    """What to say where a source has more than is read. The counts are of what the source has."""
    notes = []
    if table_count > MAX_TABLES:
        notes.append(f"Only the first {MAX_TABLES:,} of {table_count:,} tables are read.")
    if column_count > MAX_COLUMNS:
        notes.append(f"Only the first {MAX_COLUMNS:,} of {column_count:,} columns are read.")
    return tuple(notes)


def described(text: object) -> str:
    """A comment of the source, not longer than a catalog keeps."""
    return str(text or "").strip()[:DESCRIPTION_CHARACTERS]


def _has(table: Table, names: tuple[str, ...]) -> bool:
    return bool(names) and set(names) <= {column.name for column in table.columns}
