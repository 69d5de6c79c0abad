"""Putting the semantic model over a catalog: what the source says of itself stays where the model is silent."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace

from services.integration.catalog import semantic_model
from services.integration.catalog.model import Catalog, Column, Metric, Question, Relationship, Table
from services.integration.catalog.semantic_model import ColumnMeaning, Format, InvalidYaml, SemanticModel, TableMeaning

HOME_SCHEMA = {"postgres": "public"}
_BETTER = {"higher": True, "lower": False, "neither": None}


def with_meaning(catalog: Catalog, text: str) -> Catalog:
    """The catalog with the semantic model `text` (YAML; blank for none) merged into it.

    Raises InvalidYaml with every problem's path, among them names that the source doesn't have.
    """
    if not text.strip():
        return catalog
    model = semantic_model.parse(text, catalog.dialect)
    tables = _by_written_name(catalog)
    columns = {written: [column.name for column in table.columns] for written, table in tables.items()}
    if problems := semantic_model.unknown_names(model, columns, catalog.dialect):
        raise InvalidYaml(list(problems))
    meanings = {_key(tables[meaning.name]): meaning for meaning in model.tables}
    return replace(
        catalog,
        tables=tuple(_table(table, meanings.get(_key(table))) for table in catalog.tables),
        relationships=_relationships(catalog, model, tables),
        metrics=tuple(_metric(metric, tables) for metric in model.metrics),
        questions=tuple(Question(question.role, question.text) for question in model.questions),
        semantic_model_version=hashlib.sha256(text.encode()).hexdigest()[:16],
    )


def _by_written_name(catalog: Catalog) -> dict[str, Table]:
    """Tables by `schema.name`, and by bare name where that is one table, or the one in the home schema."""
    found = {f"{table.schema}.{table.name}": table for table in catalog.tables}
    names = Counter(table.name for table in catalog.tables)
    home = HOME_SCHEMA.get(catalog.dialect, "")
    for table in catalog.tables:
        if names[table.name] == 1 or table.schema == home:
            found[table.name] = table
    return found


def _key(table: Table) -> tuple[str, str]:
    return table.schema, table.name


def _table(table: Table, meaning: TableMeaning | None) -> Table:
    if meaning is None:
        return table
    columns = {column.name: column for column in meaning.columns}
    return replace(
        table,
        label=meaning.label,
        description=meaning.description or table.description,
        synonyms=meaning.synonyms,
        default_time_column=meaning.date or table.default_time_column,
        latest_time=_latest(table, meaning.date),
        display_column=meaning.display or table.display_column,
        hidden=meaning.hidden,
        columns=tuple(_column(column, columns.get(column.name)) for column in table.columns),
    )


def _latest(table: Table, date: str) -> str:
    """The newest moment of the date that the model names, else of the one that was found."""
    if date in ("", table.default_time_column):
        return table.latest_time
    return next((column.max_value for column in table.columns if column.name == date), "")


def _column(column: Column, meaning: ColumnMeaning | None) -> Column:
    if meaning is None:
        return column
    return replace(
        column,
        label=meaning.label,
        description=meaning.description or column.description,
        synonyms=meaning.synonyms,
        hidden=meaning.hidden,
        unit_format=_format(meaning.format),
        value_synonyms=meaning.values,
    )


def _format(meaning: Format | None) -> str:
    if meaning is None:
        return ""
    return {"currency": f"currency:{meaning.currency}", "percent": "percent"}.get(meaning.kind, "")


def _relationships(catalog: Catalog, model: SemanticModel, tables: dict[str, Table]) -> tuple[Relationship, ...]:
    """Declared keys, named where the model repeats one, then those that the model alone knows.

    What was only inferred of a column gives way to what the model says of it.
    """
    said: dict[tuple[object, ...], Relationship] = {}
    for link in model.relationships:
        start, end = tables[link.from_table], tables[link.to_table]
        columns = ((link.from_column,), (link.to_column,))
        said[(*_key(start), *_key(end), *columns)] = Relationship(
            *_key(start), columns[0], *_key(end), columns[1], from_model=True, name=link.name
        )
    meant = {(link.from_schema, link.from_table, link.from_columns) for link in said.values()}
    declared = []
    for known in catalog.relationships:
        if known.inferred and (known.from_schema, known.from_table, known.from_columns) in meant:
            continue
        start_key, end_key = (known.from_schema, known.from_table), (known.to_schema, known.to_table)
        repeated = said.pop((*start_key, *end_key, known.from_columns, known.to_columns), None)
        declared.append(replace(known, name=repeated.name) if repeated else known)
    return (*declared, *said.values())


def _metric(metric: semantic_model.Metric, tables: dict[str, Table]) -> Metric:
    table = tables.get(metric.table)
    return Metric(
        name=metric.name,
        label=metric.label,
        description=metric.description,
        synonyms=metric.synonyms,
        schema=table.schema if table else "",
        table=table.name if table else "",
        expression=metric.expression,
        filter=metric.filter,
        time_column=metric.time,
        unit_format=_format(metric.format),
        numerator=metric.numerator,
        denominator=metric.denominator,
        higher_is_better=_BETTER[metric.better],
    )
