"""The semantic model of a data source: what its tables, columns and numbers mean to the people who ask about them.

The format is described in docs/semantic-model.md; this module is the same as code. Nothing here reads files or
databases: whether a source has what the model names is judged in semantic_checks.py.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from services.integration.catalog.metric_sql import condition_problem, expression_problem
from services.integration.catalog.semantic_terms import (
    BETTER,
    DAYS,
    FORMATS,
    MONTHS,
    ROLES,
    ColumnMeaning,
    Format,
    GlossaryWord,
    Metric,
    Relationship,
    SemanticModel,
    SuggestedQuestion,
    TableMeaning,
)
from services.integration.catalog.strict_yaml import InvalidYaml, Problem, Problems, Section, load

__all__ = [
    "ROLES", "ColumnMeaning", "Format", "GlossaryWord", "InvalidYaml", "Metric", "Problem", "Relationship",
    "SemanticModel", "SuggestedQuestion", "TableMeaning", "Written", "parse", "written",
]  # fmt: skip

VERSION = 1

MAX_TABLES = MAX_COLUMNS = MAX_RELATIONSHIPS = MAX_VALUES = 500
MAX_METRICS = 200
MAX_SYNONYMS = 30
MAX_QUESTIONS = 20
MAX_GLOSSARY = 300
_LABEL, _NAME, _DESCRIPTION, _SQL, _QUESTION, _MEANING, _UNIT = 80, 200, 1000, 1000, 200, 400, 20

_METRIC_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Written:
    """A model, and the line of each path of the text that it was read from."""

    model: SemanticModel
    lines: Mapping[str, int]


def parse(text: str, dialect: str = "postgres") -> SemanticModel:
    """The model that `written` reads."""
    return written(text, dialect).model


@lru_cache(maxsize=16)  # every reading of a catalog asks for its model again; exceptions aren't kept
def written(text: str, dialect: str = "postgres") -> Written:
    """Reads a semantic model; `dialect` (sqlglot's name) is that of the source, in which its SQL is written.

    Raises `InvalidYaml` with every problem's path and line.
    """
    problems = Problems()
    top = load(text, problems)
    if (version := top.integer("version")) is not None and version != VERSION:
        top.wrong("version", f"must be {VERSION}")
    currency = _currency(top, "")
    model = SemanticModel(
        name=top.text("name", _LABEL),
        description=top.text("description", _DESCRIPTION),
        currency=currency,
        week_starts_on=top.choice("week_starts_on", DAYS, ""),
        fiscal_year_starts_in=top.choice("fiscal_year_starts_in", MONTHS, ""),
        tables=tuple(_table(name, section, currency) for name, section in top.sections("tables", MAX_TABLES)),
        relationships=tuple(_relationship(s) for s in top.list_of_sections("relationships", MAX_RELATIONSHIPS)),
        metrics=tuple(_metric(n, s, currency, dialect) for n, s in top.sections("metrics", MAX_METRICS)),
        glossary=_glossary(top),
        questions=_questions(top),
    )
    top.finish()
    _check_ratios(model, problems)
    problems.raise_any()
    return Written(model, problems.lines)


def _table(name: str, section: Section, currency: str) -> TableMeaning:
    if len(name) > _NAME or name.count(".") > 1:
        section.problems.add(section.path, section.line, "must be named `table` or `schema.table`")
    table = TableMeaning(
        name=name,
        label=section.text("label", _LABEL),
        description=section.text("description", _DESCRIPTION),
        synonyms=section.texts("synonyms", MAX_SYNONYMS, _LABEL),
        hidden=section.flag("hidden"),
        date=section.text("date", _NAME),
        display=section.text("display", _NAME),
        columns=tuple(_column(n, s, currency) for n, s in section.sections("columns", MAX_COLUMNS)),
    )
    section.finish()
    return table


def _column(name: str, section: Section, currency: str) -> ColumnMeaning:
    values = section.section("values")
    column = ColumnMeaning(
        name=name,
        label=section.text("label", _LABEL),
        description=section.text("description", _DESCRIPTION),
        synonyms=section.texts("synonyms", MAX_SYNONYMS, _LABEL),
        hidden=section.flag("hidden"),
        format=_format(section, currency) if "format" in section or "unit" in section else None,
        values=_values(values) if values else (),
    )
    section.finish()
    return column


def _values(section: Section) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if len(section.names()) > MAX_VALUES:
        section.problems.add(section.path, section.line, f"holds more than {MAX_VALUES} values")
        return ()
    return tuple((stored, section.texts(stored, MAX_SYNONYMS, _LABEL)) for stored in section.names())


def _relationship(section: Section) -> Relationship:
    ends = [_column_of_table(section, "from"), _column_of_table(section, "to")]
    link = Relationship(*ends[0], *ends[1], name=section.text("name", _LABEL), off=section.flag("ignored"))
    if link.off and link.name:
        section.wrong("name", "does not go with `ignored`: a key that isn't joined over plays no part")
    section.finish()
    return link


def _column_of_table(section: Section, key: str) -> tuple[str, str]:
    table, _, column = section.text(key, _NAME, required=True).rpartition(".")
    if not table or not column:
        section.wrong(key, "must be `table.column`")
    return table, column


def _metric(name: str, section: Section, currency: str, dialect: str) -> Metric:
    if not _METRIC_NAME.fullmatch(name):
        section.problems.add(section.path, section.line, "must be named with small letters, digits and _ (at most 63)")
    metric = Metric(
        name=name,
        label=section.text("label", _LABEL) or name.replace("_", " ").capitalize(),
        description=section.text("description", _DESCRIPTION),
        synonyms=section.texts("synonyms", MAX_SYNONYMS, _LABEL),
        table=section.text("table", _NAME),
        expression=section.text("expression", _SQL),
        filter=section.text("filter", _SQL),
        time=section.text("time", _NAME),
        numerator=section.text("numerator", _NAME),
        denominator=section.text("denominator", _NAME),
        format=_format(section, currency),
        better=section.choice("better", BETTER, "neither"),
    )
    section.finish()
    _check_metric(metric, section, dialect)
    return metric


def _check_metric(metric: Metric, section: Section, dialect: str) -> None:
    ratio = bool(metric.numerator or metric.denominator)
    for key in ("table", "expression") if not ratio else ("numerator", "denominator"):
        if not getattr(metric, key):
            section.wrong(key, "is missing: a metric has `table` and `expression`, or `numerator` and `denominator`")
    if ratio:
        for key in ("table", "expression", "filter", "time"):
            if getattr(metric, key):
                section.wrong(key, "does not go with `numerator` and `denominator`: each of those has its own")
        return
    if metric.expression and (problem := expression_problem(metric.expression, metric.table, dialect)):
        section.wrong("expression", problem)
    if metric.filter and (problem := condition_problem(metric.filter, dialect)):
        section.wrong("filter", problem)


def _check_ratios(model: SemanticModel, problems: Problems) -> None:
    """A ratio is of two metrics that are aggregates themselves: one level, so that it always ends."""
    simple = {metric.name for metric in model.metrics if not metric.is_ratio}
    for metric in model.metrics:
        for key in ("numerator", "denominator"):
            named = getattr(metric, key)
            if named and named not in simple:
                path = f"metrics.{metric.name}.{key}"
                problems.add(path, problems.lines.get(path, 0), "must name a metric of this file that has `expression`")


def _format(section: Section, currency: str) -> Format:
    kind = section.choice("format", FORMATS, "number")
    own = _currency(section, currency)
    if kind == "currency" and not own:
        section.wrong("format", "needs a `currency`, here or at the top of the file")
    unit = section.text("unit", _UNIT)
    if unit and kind not in ("number", "integer"):
        section.wrong("unit", f"does not go with `format: {kind}`")
    return Format(kind, own if kind == "currency" else "", unit)


def _currency(section: Section, default: str) -> str:
    code = section.text("currency", 3)
    if code and not _CURRENCY.fullmatch(code):
        section.wrong("currency", "must be an ISO 4217 code such as EUR")
    return code or default


def _glossary(top: Section) -> tuple[GlossaryWord, ...]:
    section = top.section("glossary")
    if section is None:
        return ()
    if len(section.names()) > MAX_GLOSSARY:
        top.wrong("glossary", f"holds more than {MAX_GLOSSARY} entries")
        return ()
    for word in section.names():
        if len(word) > _LABEL:
            section.wrong(word, f"is longer than {_LABEL} characters")
    return tuple(GlossaryWord(word, section.text(word, _MEANING, required=True)) for word in section.names())


def _questions(top: Section) -> tuple[SuggestedQuestion, ...]:
    section = top.section("questions")
    if section is None:
        return ()
    found = [
        SuggestedQuestion("" if role == "everyone" else role, text)
        for role in ("everyone", *ROLES)
        for text in section.texts(role, MAX_QUESTIONS, _QUESTION)
    ]
    section.finish()
    return tuple(found)
