"""Targets of learned words: from an option of a clarification, to the catalog's things, and in words. Pure."""

import re
from collections.abc import Iterator

from services.ml_gateway.engine.model import Catalog, ColumnKey, Relationship, Table, TableKey
from services.ml_gateway.engine.naming import words
from services.ml_gateway.learning.model import SynonymKind, SynonymTarget

_RELATIONSHIP = re.compile(r":(\d{1,6})$")


def of_option(option_id: str, catalog: Catalog, *, about_words: bool) -> SynonymTarget:
    """What choosing an option means; a choice among readings where it names nothing of the catalog, or two things."""
    found = list(_named(option_id, catalog)) if about_words else [*_dates(option_id, catalog)]
    if len(found) == 1:
        return found[0]
    return SynonymTarget(SynonymKind.CHOICE, choice=stable(option_id, catalog))


def is_option(target: SynonymTarget, option_id: str, catalog: Catalog) -> bool:
    """Whether the option of a clarification is the target."""
    if target.kind is SynonymKind.CHOICE:
        return target.choice == stable(option_id, catalog)
    return target in (*_named(option_id, catalog), *_dates(option_id, catalog))


def stable(option_id: str, catalog: Catalog) -> str:
    """The id with the number of a relationship, which another catalog may number otherwise, replaced by its columns."""
    found = _RELATIONSHIP.search(option_id)
    if found is None or int(found[1]) >= len(catalog.relationships):
        return option_id
    link = catalog.relationships[int(found[1])]
    return f"{option_id[: found.start()]}@{_joined(link.table.schema, link.table.name, *link.columns)}"


def _named(option_id: str, catalog: Catalog) -> Iterator[SynonymTarget]:
    kind, _, name = option_id.partition(":")
    if kind == SynonymKind.METRIC:
        for metric in catalog.metrics:
            if name == _joined(metric.table.schema, metric.table.name, metric.name):
                yield SynonymTarget(SynonymKind.METRIC, metric=metric.name)
    for table in catalog.tables if kind in (SynonymKind.TABLE, SynonymKind.COLUMN, SynonymKind.VALUE) else ():
        prefix = _joined(table.schema, table.name)
        if kind == SynonymKind.TABLE and name == prefix:
            yield SynonymTarget(SynonymKind.TABLE, table.schema, table.name)
        for column in table.columns if name.startswith(f"{prefix}.") else ():
            path = f"{prefix}.{column.name}"
            if kind == SynonymKind.COLUMN and name == path:
                yield SynonymTarget(SynonymKind.COLUMN, table.schema, table.name, column.name)
            if kind == SynonymKind.VALUE and name.startswith(f"{path}.") and name[len(path) + 1 :] in column.samples:
                value = name[len(path) + 1 :]
                yield SynonymTarget(SynonymKind.VALUE, table.schema, table.name, column.name, value)


def _dates(option_id: str, catalog: Catalog) -> Iterator[SynonymTarget]:
    kind, _, name = option_id.partition(":")
    if kind != "time":
        return
    for table in catalog.tables:
        for column in table.columns:
            if column.data_type.temporal and name == f"{table.schema}.{table.name}.{column.name}":
                yield SynonymTarget(SynonymKind.DATE, table.schema, table.name, column.name)


def is_there(target: SynonymTarget, catalog: Catalog) -> bool:
    """Whether the caller's catalog has what the words stand for. A choice is looked for when it is asked."""
    table = TableKey(target.schema, target.table)
    match target.kind:
        case SynonymKind.CHOICE:
            return True
        case SynonymKind.TABLE:
            return table in catalog.by_key
        case SynonymKind.METRIC:
            return any(metric.name == target.metric for metric in catalog.metrics)
        case SynonymKind.RELATIONSHIP:
            return relationship(target, catalog) is not None
        case SynonymKind.DATE:
            column = catalog.columns.get(ColumnKey(table, target.column))
            return column is not None and column.data_type.temporal
        case SynonymKind.VALUE:
            column = catalog.columns.get(ColumnKey(table, target.column))
            # A value is named only to those who are shown it, unless the column has more values than are shown.
            return column is not None and (target.value in column.samples or not column.samples_complete)
        case SynonymKind.COLUMN:
            return ColumnKey(table, target.column) in catalog.columns


def relationship(target: SynonymTarget, catalog: Catalog) -> Relationship | None:
    """The key that a target of kind relationship means."""
    holder = TableKey(target.schema, target.table)
    found = (r for r in catalog.relationships if r.table == holder and r.columns == target.reference_columns)
    return next(found, None)


def described(target: SynonymTarget, catalog: Catalog, label: str = "") -> str:
    """The target in words; `label` is that of the option chosen, for a choice."""
    table = catalog.by_key.get(TableKey(target.schema, target.table))
    match target.kind:
        case SynonymKind.CHOICE:
            return label or target.choice
        case SynonymKind.METRIC:
            metric = next((one for one in catalog.metrics if one.name == target.metric), None)
            return (metric.label if metric else "") or words(target.metric)
        case SynonymKind.TABLE:
            return _table(table, target)
        case SynonymKind.RELATIONSHIP:
            link = relationship(target, catalog)
            of = words(link.target.name) if link else "a table"
            return f"{of} by {', '.join(words(name) for name in target.reference_columns)} of {_table(table, target)}"
        case SynonymKind.VALUE:
            return f"{_column(target, catalog)} “{target.value}” of {_table(table, target)}"
        case SynonymKind.COLUMN | SynonymKind.DATE:
            return f"{_column(target, catalog)} of {_table(table, target)}"


def _table(table: Table | None, target: SynonymTarget) -> str:
    return (table.label if table else "") or words(target.table)


def _column(target: SynonymTarget, catalog: Catalog) -> str:
    column = catalog.columns.get(ColumnKey(TableKey(target.schema, target.table), target.column))
    return (column.label if column else "") or words(target.column)


def _joined(*parts: str) -> str:
    return ".".join(part for part in parts if part)
