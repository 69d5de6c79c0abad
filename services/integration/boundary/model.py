"""What the boundary is told (scope, limits) and what it gives back (a guarded query)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dialect = Literal["postgres", "sqlite", "mysql", "clickhouse", "duckdb"]


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A permitted column: its name exactly as the source spells it, and its type in the source's dialect."""

    name: str
    type: str = "text"


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view that the caller may read, with only the columns that the caller may see."""

    schema: str
    name: str
    columns: tuple[ColumnType, ...]

    def __post_init__(self) -> None:
        if not self.schema:  # a table's schema is what tells it from a WITH query of the same name
            raise ValueError(f"the relation {self.name!r} has no schema")

    @property
    def qualified_name(self) -> str:
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True, slots=True)
class Scope:
    """The caller's catalog: what isn't in it doesn't exist for the caller.

    search_path says in which schemas a bare table name is looked for, in order; a name found in none of
    them is accepted when exactly one relation of the scope bears it.
    """

    dialect: Dialect
    relations: tuple[Relation, ...]
    policy_version: str
    search_path: tuple[str, ...] = ("public",)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one query. The first three are the executor's to hold; the guard holds the rest.

    max_rows: rows given to the caller; the guarded SQL asks for one more, so that a cut can be told.
    """

    max_rows: int = 10_000
    statement_timeout_ms: int = 5_000
    max_bytes: int = 64 * 1024 * 1024

    max_text_bytes: int = 64 * 1024
    max_tokens: int = 8_000
    max_nesting: int = 48
    max_tree_depth: int = 160
    max_nodes: int = 12_000
    max_relations: int = 12
    max_series_rows: int = 10_000
    max_text_growth: int = 10_000
    max_recursion: int = 100


@dataclass(frozen=True, slots=True)
class GuardedQuery:
    """SQL that may run: rendered from the checked tree, never the text that was proposed.

    tables are the qualified names of the relations read, sorted. sql yields at most max_rows + 1 rows.
    """

    sql: str
    tables: tuple[str, ...]
    max_rows: int
    policy_version: str
    parameters: tuple[object, ...] = ()
