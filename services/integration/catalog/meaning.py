"""Putting the semantic model over a catalog: what the source says of itself stays where the model is silent."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import replace

from services.integration.catalog import semantic_model
from services.integration.catalog.model import Catalog, Column, Metric, Question, Relationship, Table
from services.integration.catalog.semantic_checks import by_written_name, model_keys, stale, wrong
from services.integration.catalog.semantic_model import ColumnMeaning, Format, InvalidYaml, SemanticModel, TableMeaning
from services.integration.catalog.semantic_terms import DAYS, MONTHS

_BETTER = {"higher": True, "lower": False, "neither": None}


def with_meaning(catalog: Catalog, text: str) -> Catalog:
    """The catalog with the semantic model `text` (YAML; blank for none) merged into it.

    Raises InvalidYaml with every problem's line and path, among them names that the source doesn't have.
    """
    if not text.strip():
        return catalog
    model = checked(text, catalog)
    return applied(catalog, model, version=hashlib.sha256(text.encode()).hexdigest()[:16])


def checked(text: str, catalog: Catalog, tolerated: Collection[str] = ()) -> SemanticModel:
    """The model that the YAML holds, every word of it checked against the catalog.

    tolerated are the messages of what may be stale. Raises InvalidYaml.
    """
    one = semantic_model.written(text, catalog.dialect)
    found = [problem for problem in stale(one.model, catalog, one.lines) if problem.message not in tolerated]
    found += wrong(one.model, catalog, one.lines)
    if found:
        raise InvalidYaml(sorted(found, key=lambda problem: problem.line))
    return one.model


def applied(catalog: Catalog, model: SemanticModel, *, version: str) -> Catalog:
    """The catalog with the model over it. What the model says of what isn't there takes no part.

    Whatever only a model can have said before is put back first: an older model may have been kept with the catalog.
    """
    tables = by_written_name(catalog)
    meanings = {_key(tables[meaning.name]): meaning for meaning in model.tables if meaning.name in tables}
    return replace(
        catalog,
        tables=tuple(_table(table, meanings.get(_key(table), TableMeaning(""))) for table in catalog.tables),
        relationships=_relationships(catalog, model, tables),
        metrics=tuple(_metric(metric, tables) for metric in _known(model, catalog)),
        questions=tuple(Question(question.role, question.text) for question in model.questions),
        glossary=model.glossary,
        week_starts_on=DAYS.index(model.week_starts_on) if model.week_starts_on else 0,
        fiscal_year_starts_in=MONTHS.index(model.fiscal_year_starts_in) + 1 if model.fiscal_year_starts_in else 1,
        semantic_model_version=version,
    )


def _known(model: SemanticModel, catalog: Catalog) -> list[semantic_model.Metric]:
    """The metrics that stand on what is there, ratios of such among them."""
    gone = {problem.path.split(".")[1] for problem in stale(model, catalog) if problem.path.startswith("metrics.")}
    gone |= {metric.name for metric in model.metrics if {metric.numerator, metric.denominator} & gone}
    return [metric for metric in model.metrics if metric.name not in gone]


def _key(table: Table) -> tuple[str, str]:
    return table.schema, table.name


def _table(table: Table, meaning: TableMeaning) -> Table:
    columns = {column.name: column for column in meaning.columns}
    names = {column.name for column in table.columns}
    date = meaning.date if meaning.date in names else ""
    return replace(
        table,
        label=meaning.label,
        description=meaning.description or table.description,
        synonyms=meaning.synonyms,
        default_time_column=date or table.default_time_column,
        latest_time=_latest(table, date),
        display_column=(meaning.display if meaning.display in names else "") or table.display_column,
        hidden=meaning.hidden,
        columns=tuple(_column(column, columns.get(column.name, ColumnMeaning(""))) for column in table.columns),
    )


def _latest(table: Table, date: str) -> str:
    """The newest moment of the date that the model names, else of the one that was found."""
    if date in ("", table.default_time_column):
        return table.latest_time
    return next((column.max_value for column in table.columns if column.name == date), "")


def _column(column: Column, meaning: ColumnMeaning) -> Column:
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
    unit = f"unit:{meaning.unit}" if meaning.unit else ""
    return {"currency": f"currency:{meaning.currency}", "percent": "percent"}.get(meaning.kind, unit)


def _relationships(catalog: Catalog, model: SemanticModel, tables: dict[str, Table]) -> tuple[Relationship, ...]:
    """Declared keys, named where the model repeats one, then those that the model alone knows; without those that it
    switches off.

    What was only inferred of a column gives way to what the model says of it.
    """
    said = {_ends(link): link for link in model_keys(model, tables)}
    off = set(_off(model, tables))
    meant = {(link.from_schema, link.from_table, link.from_columns) for link in said.values()}
    declared = []
    for known in catalog.relationships:
        start = known.from_schema, known.from_table, known.from_columns
        if known.from_model or _ends(known) in off or (known.inferred and start in meant):
            continue
        repeated = said.pop(_ends(known), None)
        declared.append(replace(known, name=repeated.name if repeated else ""))
    return (*declared, *said.values())


def _ends(link: Relationship) -> tuple[object, ...]:
    start = link.from_schema, link.from_table, link.from_columns
    return *start, link.to_schema, link.to_table, link.to_columns


def _off(model: SemanticModel, tables: dict[str, Table]) -> Iterator[tuple[object, ...]]:
    for link in model.relationships:
        start, end = tables.get(link.from_table), tables.get(link.to_table)
        if link.off and start is not None and end is not None:
            yield *_key(start), (link.from_column,), *_key(end), (link.to_column,)


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
