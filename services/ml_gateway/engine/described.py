"""A catalog as others describe it → as the engine plans over it. Pure.

The contract's messages and the reader's own dataclasses name most things alike: what is alike is read here, through
the protocols below; the columns, which differ, and the formats are read by whoever knows the describer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from services.ml_gateway.engine.model import (
    Catalog,
    Column,
    ColumnKey,
    Direction,
    Format,
    Metric,
    Relationship,
    Table,
    TableKey,
)
from services.ml_gateway.engine.tokens import name_words

C_co = TypeVar("C_co", covariant=True)
C = TypeVar("C")
M = TypeVar("M", bound="DescribedMetric")
L = TypeVar("L", bound="DescribedRelationship")
_Keys = set[TableKey]
# What people call what a table holds, whatever the table is called.
_ROWS = ("row", "record", "entry")
_DIRECTIONS = {True: Direction.HIGHER, False: Direction.LOWER, None: Direction.NEITHER}


class DescribedTable(Protocol[C_co]):
    @property
    def schema(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> Sequence[C_co]: ...
    @property
    def primary_key(self) -> Sequence[str]: ...
    @property
    def label(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def synonyms(self) -> Sequence[str]: ...
    @property
    def row_count(self) -> int: ...
    @property
    def default_time_column(self) -> str: ...
    @property
    def display_column(self) -> str: ...


class DescribedRelationship(Protocol):
    @property
    def from_schema(self) -> str: ...
    @property
    def from_table(self) -> str: ...
    @property
    def from_columns(self) -> Sequence[str]: ...
    @property
    def to_schema(self) -> str: ...
    @property
    def to_table(self) -> str: ...
    @property
    def to_columns(self) -> Sequence[str]: ...
    @property
    def name(self) -> str: ...
    @property
    def confidence(self) -> float: ...


class DescribedMetric(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def synonyms(self) -> Sequence[str]: ...
    @property
    def schema(self) -> str: ...
    @property
    def table(self) -> str: ...
    @property
    def expression(self) -> str: ...
    @property
    def filter(self) -> str: ...
    @property
    def time_column(self) -> str: ...
    @property
    def numerator(self) -> str: ...
    @property
    def denominator(self) -> str: ...


def catalog_of(
    tables: Iterable[DescribedTable[C]],
    relationships: Iterable[L],
    metrics: Iterable[M],
    *,
    column: Callable[[C], Column],
    inferred: Callable[[L], bool],
    metric_format: Callable[[M], str],
    dialect: str,
    version: str,
    higher_is_better: Callable[[M], bool | None] = lambda _: None,
    glossary: Iterable[tuple[str, str]] = (),
    week_starts_on: int = 0,
    fiscal_year_starts_in: int = 1,
) -> Catalog:
    """Keys and metrics that lean on a table which isn't in the catalog are left out: the caller may not see it.

    higher_is_better is None of a metric of which neither way is good.
    """
    made = _with_rows(tuple(_table(table, column) for table in tables))
    keys = {table.key for table in made}
    named = {metric.name: metric for metric in metrics}
    links = (_relationship(link, inferred(link)) for link in relationships)
    return Catalog(
        tables=made,
        relationships=tuple(link for link in links if link.table in keys and link.target in keys),
        metrics=tuple(
            _metric(metric, named, keys, metric_format(metric), _DIRECTIONS[higher_is_better(metric)])
            for metric in named.values()
            if _tables(metric, named) <= keys
        ),
        dialect=dialect,
        version=version,
        glossary=tuple(glossary),
        week_starts_on=week_starts_on,
        fiscal_year_starts_in=fiscal_year_starts_in,
    )


def number_format(written: str) -> tuple[Format, str]:
    """`currency:EUR`, `percent`, `unit:kg` or nothing, as the engine's format and unit."""
    kind, _, unit = written.partition(":")
    return {"currency": (Format.CURRENCY, unit), "percent": (Format.PERCENT, ""), "unit": (Format.NONE, unit)}.get(
        kind, (Format.NONE, "")
    )


def _table(table: DescribedTable[C], column: Callable[[C], Column]) -> Table:
    return Table(
        schema=table.schema,
        name=table.name,
        columns=tuple(column(one) for one in table.columns),
        primary_key=tuple(table.primary_key),
        label=table.label,
        description=table.description,
        synonyms=tuple(table.synonyms),
        row_count=table.row_count,
        time_column=table.default_time_column,
        label_column=table.display_column,
    )


def _with_rows(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """Where there is one table alone, "how many rows" is about it; unless a column of it is called so."""
    if len(tables) != 1:
        return tables
    named = {word.casefold() for column in tables[0].columns for word in name_words(column.name)}
    free = tuple(word for word in _ROWS if word not in named)
    return (replace(tables[0], synonyms=(*tables[0].synonyms, *free)),)


def _relationship(link: DescribedRelationship, inferred: bool) -> Relationship:
    return Relationship(
        table=TableKey(link.from_schema, link.from_table),
        columns=tuple(link.from_columns),
        target=TableKey(link.to_schema, link.to_table),
        target_columns=tuple(link.to_columns),
        role=link.name,
        inferred=inferred,
        confidence=link.confidence if inferred else 1.0,
    )


def _metric(metric: M, named: dict[str, M], keys: _Keys, written_format: str, direction: Direction) -> Metric:
    form, unit = number_format(written_format)
    table = _home(metric, named)
    return Metric(
        name=metric.name,
        table=table,
        expression=metric.expression,
        label=metric.label,
        description=metric.description,
        synonyms=tuple(metric.synonyms),
        filters=(metric.filter,) if metric.filter else (),
        time_column=_time_column(metric.time_column, table, keys),
        numerator=metric.numerator,
        denominator=metric.denominator,
        format=form,
        unit=unit,
        direction=direction,
    )


def _home(metric: M, named: dict[str, M]) -> TableKey:
    """The metric's table; a ratio stands where its numerator does."""
    if not metric.table and metric.numerator in named and named[metric.numerator].table:
        return _home(named[metric.numerator], named)
    return TableKey(metric.schema, metric.table)


def _tables(metric: M, named: dict[str, M]) -> _Keys:
    """The tables that must be there; a ratio of something unknown needs one that never is."""
    if metric.table:
        return {TableKey(metric.schema, metric.table)}
    parts = [named.get(metric.numerator), named.get(metric.denominator)]
    return {TableKey(part.schema, part.table) if part else TableKey("", "") for part in parts}


def _time_column(written: str, table: TableKey, keys: _Keys) -> ColumnKey | None:
    """`column`, `table.column` or `schema.table.column`; a bare table is looked for in the metric's schema first."""
    if not written:
        return None
    owner, _, name = written.rpartition(".")
    if not owner:
        return ColumnKey(table, name)
    schema, _, bare = owner.rpartition(".")
    if schema:
        return ColumnKey(TableKey(schema, bare), name)
    near = [key for key in keys if key.name == bare]
    return ColumnKey(min(near, key=lambda key: (key.schema != table.schema, key)), name) if near else None
