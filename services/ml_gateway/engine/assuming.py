"""What a query takes for granted that the question doesn't say, in sentences for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.dialog.moved import as_periods
from services.ml_gateway.engine.dialog.parts import condition_fields, conjuncts
from services.ml_gateway.engine.dialog.when import days
from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.naming import column_label, lowered, plural, singular, table_label, target_phrase, title
from services.ml_gateway.engine.periodparts import SEASONS
from services.ml_gateway.engine.periods import Span, TimeMention, is_running
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Bucket,
    Change,
    Compare,
    During,
    Each,
    Field,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reading import Grain, Operator
from services.ml_gateway.engine.tokens import name_words

SAID = 0.88  # a link that is less sure than that is a guess at what the words mean
_HELD = {
    Operator.GREATER: "greater or later than", Operator.LESS: "less or earlier than", Operator.EQUAL: "the same as",
    Operator.AT_MOST: "not greater or later than", Operator.AT_LEAST: "not less or earlier than",
}  # fmt: skip
_BOUNDS = (Operator.GREATER, Operator.LESS, Operator.AT_LEAST, Operator.AT_MOST, Operator.BETWEEN)
_RELATIVE = (
    "last ", "the last ", "the same ", "this ", "year to", "month to", "quarter to", "the first ", "the second ",
    "the third ", "the fourth ",
    *(f"{since}{one} " for one in SEASONS for since in ("", "since ", "after ", "before ")),
)  # fmt: skip
_TO_DATE = " to date"
_LASTING = (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
_SEVERAL = re.compile(r"the (?:first|last) (?!1 )\d")


def assumptions(
    query: Query, parts: Sequence[Part], asked: Asked, index: Index, times: Sequence[TimeMention] = ()
) -> tuple[str, ...]:
    """Guessed words, columns reckoned or compared with each other, the date that a period is about, the days of a
    relative one, and what a limit cuts off."""
    told = (
        *guesses(parts, asked, index),
        *_of_two(query, asked, index),
        *_amounts(query, asked, index),
        *dates(query, asked.text, index),
        *periods(times, query),
        *unfinished(query, times, asked.today),
        *_uneven(query),
        *_without_any(query, index),
        *_cut(query, index),
    )
    return tuple(dict.fromkeys(told))


def guessed(relationships: Sequence[int], index: Index) -> Iterator[str]:
    """Keys that nobody declared and that the answer joins over."""
    for one in (index.catalog.relationships[number] for number in relationships):
        own, other = " and ".join(one.columns), " and ".join(one.target_columns)
        yield (
            f"“{own}” of {table_label(one.table, index)} is taken to be “{other}” of "
            f"{table_label(one.target, index)} ({one.confidence:.0%} sure)."
        )


def guesses(parts: Sequence[Part], asked: Asked, index: Index) -> Iterator[str]:
    """Words that were taken to mean what they don't name."""
    for part in parts:
        if part.choice is None or part.item.measured or part.choice.score >= SAID:
            continue
        if part.choice.target.kind is TargetKind.LITERAL:
            continue
        start, end = asked.characters(part.item.first, part.item.last)
        yield guess(asked.text[start:end], part.choice.target, index)


def guess(text: str, target: Target, index: Index) -> str:
    """What words are taken to mean that don't name it."""
    return f"“{text}” is taken to mean {target_phrase(target, index)}."


def _of_two(query: Query, asked: Asked, index: Index) -> Iterator[str]:
    """A quantity times a price where that is not spelled, and which of two columns must be the greater."""
    said = asked.text.lower()
    for node in nodes_of(query):
        match node:
            case Arithmetic(operator=ArithmeticOperator.TIMES, left=Field() as left, right=Field() as right):
                one, other = lowered(column_label(left.key, index)), lowered(column_label(right.key, index))
                if one not in said or other not in said:
                    yield f"Reckoned as “{one}” times “{other}” of each row."
            case Compare(left=Field() as left, operator=operator, right=Field() as right) if operator in _HELD:
                one, other = lowered(column_label(left.key, index)), lowered(column_label(right.key, index))
                if one not in said or other not in said:
                    yield f"Rows where “{one}” is {_HELD[operator]} “{other}”."


def _amounts(query: Query, asked: Asked, index: Index) -> Iterator[str]:
    """Which number "orders over 500" and "orders above average" are taken to be about."""
    said = {token.lemma for token in asked.tokens}
    for node in nodes_of(query):
        if not isinstance(node, Compare) or not isinstance(node.left, Field) or node.operator not in _BOUNDS:
            continue
        key = node.left.key
        mean = isinstance(node.right, Query)
        figures = isinstance(node.right, tuple) and all(isinstance(one, float | int) for one in node.right)
        numeric = index.catalog.columns[key].data_type.numeric
        words = {*name_words(key.name), *name_words(column_label(key, index))} - {*name_words(key.table.name)}
        if numeric and (mean or figures) and not words & said:
            label, rows = lowered(column_label(key, index)), table_label(key.table, index).lower()
            whose = "" if set(singular(rows).split()) & set(label.split()) else f" of {plural(rows)}"
            yield f"The comparison is taken to be about the {label}{whose}."


def dates(query: Query, text: str, index: Index) -> Iterator[str]:
    """Which of a table's dates a period or a grain is about."""
    said = text.lower()
    for field in _dated(query):
        label = lowered(column_label(field.key, index))
        every = [one for one in index.catalog.by_key[field.key.table].columns if one.data_type.temporal]
        if len(every) > 1 and label not in said:
            yield f"Time is taken from “{label}” of {plural(table_label(field.key.table, index)).lower()}."


def _dated(query: Query) -> Iterator[Field]:
    for condition in conjuncts(query.where):
        if isinstance(condition, During):
            yield from condition_fields(condition)
    for one in (*query.show, *query.group):
        if isinstance(one, Bucket):
            yield one.field


def periods(times: Sequence[TimeMention], query: Query) -> Iterator[str]:
    """The days that a relative period ("last quarter") was taken to be; a calendar year needs no saying, and what the
    query took for other days is none.
    """
    taken = {(one.start, one.end) for one in nodes_of(query) if isinstance(one, During)}
    for time in times:
        if time.span and taken and (time.span.start, time.span.end) not in taken:
            continue
        if time.span and (time.span.label.startswith(_RELATIVE) or time.span.label.endswith(_TO_DATE)):
            verb = "are" if _SEVERAL.match(time.span.label) else "is"
            yield f"{title(time.span.label)} {verb} {in_days(time.span)}."


def unfinished(query: Query, times: Sequence[TimeMention], today: date) -> Iterator[str]:
    """What is held against whole periods though it isn't over: this month so far beside all of the last."""
    nodes = nodes_of(query)
    changes = [one for one in nodes if isinstance(one, Change)]
    spans = [one for one in nodes if isinstance(one, During)]
    spans += [one for one in as_periods(query.having) if isinstance(one, During)]
    if not changes and len({(one.start, one.end) for one in spans}) < 2:
        return
    named = {(one.span.start, one.span.end): one.span.label.removeprefix("the ") for one in times if one.span}
    for one in dict.fromkeys((span.start, span.end) for span in spans if is_running(span.start, span.end, today)):
        label = named.get(one) or days(*one).removeprefix("in ")
        yield f"{title(label)} isn't over: what there is of it so far is held against whole periods."
    if not spans and (grain := changes[0].along.grain) in _LASTING:
        yield f"The running {grain.value} isn't over: what there is of it so far is held against a whole one."


def _uneven(query: Query) -> Iterator[str]:
    """Over which periods a mean of theirs is."""
    for node in nodes_of(query):
        if isinstance(node, Each) and node.by and isinstance(node.by[0], Bucket):
            grain = node.by[0].grain.value
            yield f"The average is over the {grain}s that have any; the first and last may not be whole."


def _without_any(query: Query, index: Index) -> Iterator[str]:
    """Whom a mean of each one's number leaves out: "average orders per customer" is of customers who ordered."""
    for node in nodes_of(query):
        if isinstance(node, Each) and not node.with_none and isinstance(node.by[0], Rows):
            rows = plural(table_label(node.by[0].table, index)).lower()
            counted = [one.of for one in nodes_of(node.of) if isinstance(one, Aggregate)]
            below = [plural(table_label(of.table, index)).lower() for of in counted if isinstance(of, Rows)]
            what = f"no {below[0]}" if below else "none"
            yield f"{title(rows)} with {what} are left out of the average."


def _cut(query: Query, index: Index) -> Iterator[str]:
    """What a ranking leaves out without the reader seeing it, and that single rows are ranked, not their sums."""
    if query.limit is None or not query.order:
        return
    by = query.order[0].by
    if isinstance(by, Field) and index.catalog.columns[by.key].data_type.numeric and not query.group:
        named = [one for one in query.show if isinstance(one, Field)]
        others = [one for one in named if one.key.name not in index.tables[one.key.table].unique]
        if named and len(others) == len(named) and all(one.key.table == by.key.table for one in named):
            rows = singular(table_label(by.key.table, index)).lower()
            yield f"Ranked by the {lowered(column_label(by.key, index))} of a single {rows}, not by a total."
    if query.limit == 1:
        yield "Where several are equal, only one of them is shown."
    else:
        yield f"Rows beyond the first {query.limit} are left out, even where their figures equal the last one shown."


def in_days(span: Span) -> str:
    """ "from 2025-01-01 to before 2026-01-01"."""
    start = f"from {span.start.isoformat()}" if span.start else ""
    end = f"before {span.end.isoformat()}" if span.end else ""
    return " to ".join(part for part in (start, end) if part)
