"""A first semantic model, read from a catalog: names, comments, keys and types. Pure; nothing here knows any source.

Whoever edits the model decides: what was said already stays as it is, and every proposal gives its reason. Values come
from comments and are taken only where the column has them; of columns that look sensitive nothing but names is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.integration.catalog.abbreviations import spelled_out
from services.integration.catalog.comments import other_names, spelled_values
from services.integration.catalog.draft_metrics import proposed_metrics
from services.integration.catalog.model import Catalog, Column, ColumnRole, Relationship, Table
from services.integration.catalog.roles import bookkeeping, likely_time
from services.integration.catalog.semantic_checks import by_written_name
from services.integration.catalog.semantic_model import MAX_METRICS, MAX_RELATIONSHIPS, MAX_TABLES
from services.integration.catalog.semantic_terms import ColumnMeaning, SemanticModel, TableMeaning
from services.integration.catalog.semantic_terms import Relationship as Link

# A key less sure than this is told, but isn't in the draft: who takes the draft as it is would make it certain.
SURE = 0.85
_LABEL = 80


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One proposal: where it stands in the model's YAML, what it was read from, how sure it is (0 to 1), and whether
    the draft holds it."""

    path: str
    reason: str
    confidence: float
    included: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole model, and what of it was proposed."""

    model: SemanticModel
    suggestions: tuple[Suggestion, ...]


def drafted(catalog: Catalog, current: SemanticModel) -> Draft:
    """The current model, completed."""
    names = _writable_names(catalog)
    tables, told = _tables(catalog, current, names)
    links, told_links = _links(catalog, current, names)
    metrics = list(current.metrics)
    told_metrics = []
    taken = {word.casefold() for metric in metrics for word in (metric.name, metric.label, *metric.synonyms)}
    for metric, reason, confidence in proposed_metrics(catalog, names, current):
        if len(metrics) >= MAX_METRICS:
            break
        if metric.name in taken or metric.label.casefold() in taken:
            continue
        taken |= {metric.name, metric.label.casefold()}
        metrics.append(metric)
        told_metrics.append(Suggestion(f"metrics.{metric.name}", reason, confidence))
    model = replace(current, tables=tuple(tables), relationships=links, metrics=tuple(metrics))
    return Draft(model, (*told, *told_links, *told_metrics))


def _writable_names(catalog: Catalog) -> dict[tuple[str, str], str]:
    """How a model names each table: shortly where that is clear. Names with dots can't be written."""
    tables = by_written_name(catalog)
    names = {}
    for table in catalog.tables:
        key = table.schema, table.name
        known = tables.get(table.name)
        written = table.name if known and (known.schema, known.name) == key else f"{table.schema}.{table.name}"
        if "." not in table.name and "." not in table.schema and len(written) <= 200 and written == written.strip():
            names[key] = written
    return names


def _tables(
    catalog: Catalog, current: SemanticModel, names: dict[tuple[str, str], str]
) -> tuple[list[TableMeaning], list[Suggestion]]:
    by_name = by_written_name(catalog)
    said = {(by_name[one.name].schema, by_name[one.name].name): one for one in current.tables if one.name in by_name}
    tables = {one.name: one for one in current.tables}
    told: list[Suggestion] = []
    for table in sorted(catalog.tables, key=lambda one: -one.row_count):
        key = table.schema, table.name
        if key not in names and key not in said:
            continue
        meaning = said.get(key, TableMeaning(names.get(key, "")))
        proposed, found = _table(table, meaning)
        if proposed != meaning and (meaning.name in tables or len(tables) < MAX_TABLES):
            tables[meaning.name] = proposed
            told += found
    order = {name: number for number, name in enumerate(tables)}
    told.sort(key=lambda one: order.get(one.path.split(".columns.")[0].removeprefix("tables."), len(order)))
    return list(tables.values()), told


def _table(table: Table, meaning: TableMeaning) -> tuple[TableMeaning, list[Suggestion]]:
    path, told = f"tables.{meaning.name}", []
    words, spelled = spelled_out(table.name)
    if not meaning.label and not table.label and words and spelled and len(words) <= _LABEL:
        meaning = replace(meaning, label=_capital(words))
        told.append(Suggestion(f"{path}.label", f'"{table.name}" spelled out', 0.8))
    others = other_names(table.description)
    if others and not meaning.synonyms:
        meaning = replace(meaning, synonyms=others)
        told.append(Suggestion(f"{path}.synonyms", "the table's comment says so", 0.9))
    date = likely_time(table)
    if date and not meaning.date and not table.default_time_column:
        meaning = replace(meaning, date=date)
        told.append(Suggestion(f"{path}.date", f'of several dates, "{date}" reads most like the one of the event', 0.5))
    columns = {column.name: column for column in meaning.columns}
    for column in table.columns:
        before = columns.get(column.name, ColumnMeaning(column.name))
        after, found = _column(table, column, before, path)
        if after != before and 0 < len(column.name) <= 200 and column.name == column.name.strip():
            columns[column.name] = after
            told += found
    return replace(meaning, columns=tuple(columns.values())), told


def _column(table: Table, column: Column, meaning: ColumnMeaning, of: str) -> tuple[ColumnMeaning, list[Suggestion]]:
    path, told = f"{of}.columns.{column.name}", []
    words, spelled = spelled_out(column.name)
    if not meaning.label and not column.label and spelled and len(words) <= _LABEL:
        meaning = replace(meaning, label=_capital(words))
        told.append(Suggestion(f"{path}.label", f'"{column.name}" spelled out', 0.8))
    others = other_names(column.description)
    if others and not meaning.synonyms:
        meaning = replace(meaning, synonyms=others)
        told.append(Suggestion(f"{path}.synonyms", "the column's comment says so", 0.9))
    if not meaning.values and not column.sensitive and (values := _values(column)):
        meaning = replace(meaning, values=values)
        told.append(Suggestion(f"{path}.values", "the column's comment says what its values mean", 0.9))
    if not meaning.hidden and (bookkeeping(column) or _technical_key(table, column)):
        meaning = replace(meaning, hidden=True)
        told.append(Suggestion(f"{path}.hidden", "it keeps the books of the database, and tells people little", 0.6))
    return meaning, told


def _values(column: Column) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the comment says of values that the column really has."""
    return tuple((value, (said,)) for value, said in spelled_values(column.description) if value in column.samples)


def _technical_key(table: Table, column: Column) -> bool:
    """A key that only machines read: a UUID, beside other columns."""
    return column.role is ColumnRole.KEY and column.type.value == "uuid" and len(table.columns) > 1


def _links(
    catalog: Catalog, current: SemanticModel, names: dict[tuple[str, str], str]
) -> tuple[tuple[Link, ...], list[Suggestion]]:
    tables = by_written_name(catalog)
    links, told = list(current.relationships), []
    said = {
        (tables[one.from_table].schema, tables[one.from_table].name, one.from_column)
        for one in links
        if one.from_table in tables
    }
    for key, written in _inferred(catalog, names):
        if (key.from_schema, key.from_table, key.from_columns[0]) in said:
            continue
        included = key.confidence >= SURE and len(links) < MAX_RELATIONSHIPS
        path = f"relationships[{len(links)}]" if included else "relationships"
        ends = f"{written.from_table}.{written.from_column} → {written.to_table}.{written.to_column}"
        reason = f"{ends}: names, types and values agree, but no key is declared"
        told.append(Suggestion(path, reason, round(key.confidence, 3), included))
        if included:
            links.append(written)
    return tuple(links), told


def _inferred(catalog: Catalog, names: dict[tuple[str, str], str]) -> Iterator[tuple[Relationship, Link]]:
    found = (link for link in catalog.relationships if link.inferred and len(link.from_columns) == 1)
    for link in sorted(found, key=lambda one: -one.confidence):
        start, end = names.get((link.from_schema, link.from_table)), names.get((link.to_schema, link.to_table))
        if start and end:
            yield link, Link(start, link.from_columns[0], end, link.to_columns[0])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
