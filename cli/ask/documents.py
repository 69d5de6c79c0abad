"""How a question ended as one JSON document, for programs. Keys stay; docs/ask.md lists them."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from cli.ask.cells import as_json
from cli.ask.model import Answered, Column, Opened, Settings, Told
from cli.ask.sentences import sentence
from services.ml_gateway.engine import BAR, NeedsClarification, Planned, Refused

# Rows in the document unless --max-rows says otherwise.
ROWS = 1_000


def document(told: Told, opened: Opened, settings: Settings) -> dict[str, Any]:
    """Every outcome has every key; what doesn't apply is null or empty."""
    empty: dict[str, Any] = {
        "outcome": "",
        "question": told.question,
        "sentence": "",
        "columns": [],
        "rows": [],
        "row_count": 0,
        "truncated": False,
        "sql": None,
        "chart": None,
        "interpretation": None,
        "assumptions": [],
        "notices": [],
        "options": [],
        "reason": None,
        "suggestions": list(told.suggestions),
        "receipt": {
            "source": opened.name,
            "dialect": opened.catalog.dialect,
            "catalog_version": opened.catalog.version,
            "semantic_model_version": opened.catalog.semantic_model_version or None,
            "reference_time": told.now.isoformat(),
            "time_zone": settings.time_zone,
            "tables": [],
            "row_counts": {},
            "confidence": None,
            "bar": BAR if settings.bar is None else settings.bar,
            "plan": None,
        },
        "timings": _timings(told, opened),
    }
    return empty | _outcome(told, opened, settings, empty["receipt"])


def failure(question: str | None, message: str, hint: str) -> dict[str, Any]:
    """The document where there is no outcome: outcome "failed", and why."""
    return {"outcome": "failed", "question": question, "sentence": message, "hint": hint}


def _outcome(told: Told, opened: Opened, settings: Settings, receipt: dict[str, Any]) -> dict[str, Any]:
    match told.outcome:
        case Answered() as answered:
            sizes = {f"{table.schema}.{table.name}": table.row_count for table in opened.catalog.tables}
            return _answered(
                answered, settings, receipt | {"row_counts": {name: sizes.get(name) for name in answered.tables}}
            )
        case NeedsClarification() as asked:
            options = [{"id": one.id, "label": one.label, "question": one.question} for one in asked.options]
            return {"outcome": "clarification", "sentence": asked.message, "options": options}
        case Refused() as refused:
            return {"outcome": "refused", "sentence": refused.message, "reason": refused.reason.value}


def _answered(answered: Answered, settings: Settings, receipt: dict[str, Any]) -> dict[str, Any]:
    result, planned = answered.result, answered.planned
    shown = result.rows[: ROWS if settings.rows is None else settings.rows]
    used = {"tables": list(answered.tables), "confidence": planned.confidence, "plan": planned.fingerprint}
    return {
        "outcome": "no_data" if result.is_empty else "answered",
        "sentence": sentence(answered, ZoneInfo(settings.time_zone)),
        "columns": [_column(column) for column in result.columns],
        "rows": [[as_json(value) for value in row] for row in shown],
        "row_count": result.row_count,
        "truncated": result.truncated or len(shown) < result.row_count,
        "sql": answered.sql,
        "chart": _chart(planned),
        "interpretation": _interpretation(planned),
        "assumptions": list(planned.assumptions),
        "notices": list(answered.notices),
        "receipt": receipt | used,
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "label": column.label,
        "type": column.kind,
        "format": column.format or None,
        "unit": column.unit or None,
        "grain": column.grain or None,
        "measure": column.is_measure,
    }


def _chart(planned: Planned) -> dict[str, Any]:
    chart = planned.chart
    return {"kind": chart.kind.value, "x": chart.x or None, "y": list(chart.y), "series": chart.series or None}


def _interpretation(planned: Planned) -> dict[str, Any]:
    meanings = [
        {
            "text": meaning.text,
            "start": meaning.start,
            "end": meaning.end,
            "kind": meaning.kind.value,
            "meaning": meaning.meaning,
            "table": meaning.table or None,
            "column": meaning.column or None,
        }
        for meaning in planned.interpretation.meanings
    ]
    return {"summary": planned.interpretation.summary, "meanings": meanings}


def _timings(told: Told, opened: Opened) -> dict[str, Any]:
    """Seconds."""
    queried = told.outcome.result.seconds if isinstance(told.outcome, Answered) else None
    seconds = {"load": opened.load_seconds, "plan": told.plan_seconds, "query": queried}
    return {name: None if value is None else round(value, 4) for name, value in seconds.items()}
