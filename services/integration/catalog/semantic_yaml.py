"""A semantic model as YAML text: what `semantic_model.parse` reads back as the same model."""

from __future__ import annotations

from typing import Any

import yaml

from services.integration.catalog.semantic_model import VERSION
from services.integration.catalog.semantic_terms import (
    ROLES,
    ColumnMeaning,
    Format,
    Metric,
    Relationship,
    SemanticModel,
    TableMeaning,
)

_WIDTH = 120


def rendered(model: SemanticModel) -> str:
    """The model in the keys' usual order; what says nothing is left out."""
    said = {
        "name": model.name,
        "description": model.description,
        "currency": model.currency,
        "week_starts_on": model.week_starts_on,
        "fiscal_year_starts_in": model.fiscal_year_starts_in,
        "tables": {table.name: _table(table, model.currency) for table in model.tables},
        "relationships": [_relationship(link) for link in model.relationships],
        "metrics": {metric.name: _metric(metric, model.currency) for metric in model.metrics},
        "glossary": {word.word: word.meaning for word in model.glossary},
        "questions": _questions(model),
    }
    plain = {"version": VERSION} | _told(said)
    return str(yaml.dump(plain, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=_WIDTH))


class _Plain(yaml.SafeDumper):
    """Without aliases: the reader refuses them, and equal lists are no mistake."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _told(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value not in ("", False, [], {}, None)}


def _table(table: TableMeaning, currency: str) -> dict[str, Any]:
    said = {
        "label": table.label,
        "description": table.description,
        "synonyms": list(table.synonyms),
        "date": table.date,
        "display": table.display,
        "hidden": table.hidden,
        "columns": {column.name: _column(column, currency) for column in table.columns},
    }
    return _told(said)


def _column(column: ColumnMeaning, currency: str) -> dict[str, Any]:
    said = {
        "label": column.label,
        "description": column.description,
        "synonyms": list(column.synonyms),
        "hidden": column.hidden,
        **(_format(column.format, currency) if column.format else {}),
        "values": {stored: list(said) for stored, said in column.values},
    }
    return _told(said)


def _format(style: Format, currency: str) -> dict[str, Any]:
    own = "" if style.currency == currency else style.currency
    return {"format": style.kind, "currency": own, "unit": style.unit}


def _relationship(link: Relationship) -> dict[str, Any]:
    ends = {
        "from": f"{link.from_table}.{link.from_column}",
        "to": f"{link.to_table}.{link.to_column}",
        "name": link.name,
        "ignored": link.off,
    }
    return _told(ends)


def _metric(metric: Metric, currency: str) -> dict[str, Any]:
    said = {
        "label": metric.label,
        "description": metric.description,
        "synonyms": list(metric.synonyms),
        "table": metric.table,
        "expression": metric.expression,
        "filter": metric.filter,
        "time": metric.time,
        "numerator": metric.numerator,
        "denominator": metric.denominator,
        **({} if metric.format == Format() else _format(metric.format, currency)),
        "better": "" if metric.better == "neither" else metric.better,
    }
    return _told(said)


def _questions(model: SemanticModel) -> dict[str, list[str]]:
    return _told(
        {
            role or "everyone": [question.text for question in model.questions if question.role == role]
            for role in ("", *ROLES)
        }
    )
