"""Labelled parts → the queries that they can make, the plainest first.

What the labels leave open (which of two ways to nest, whether equal rows are dropped) gives several queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.query.model import Aggregate, Field, MetricValue, Query, Rows
from services.ml_gateway.engine.reader.assembly.conditions import Conditions, field_of
from services.ml_gateway.engine.reader.assembly.counting import counted, counted_by, grouped
from services.ml_gateway.engine.reader.assembly.filtering import filtered
from services.ml_gateway.engine.reader.assembly.frame import (
    Frame,
    is_above,
    is_named,
    labels_of,
    tables_joined,
    tables_named,
    type_of,
)
from services.ml_gateway.engine.reader.assembly.ordering import ordered
from services.ml_gateway.engine.reader.assembly.showing import keyed, something, what_is_shown
from services.ml_gateway.engine.reader.assembly.telling_numbers import telling_numbers
from services.ml_gateway.engine.reader.assembly.timing import timed
from services.ml_gateway.engine.reader.business.editing import best_of_each, edited
from services.ml_gateway.engine.reader.business.shown import measured, without_ends
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.roles import SHOWING
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.words.splitting import full_words


@dataclass(frozen=True, slots=True)
class Assembled:
    """A query, and what was left over or taken for granted in making it."""

    query: Query
    notes: tuple[str, ...] = ()


def assemble(parts: Sequence[Part], sentence: Sentence, index: Index) -> tuple[Assembled, ...]:
    """Empty where the parts make no query."""
    return queries(framed(parts, sentence, index))


def framed(parts: Sequence[Part], sentence: Sentence, index: Index) -> Frame:
    """What has a meaning, nothing twice."""
    return Frame(_once([p for p in parts if p.choice], index), sentence, index)


def queries(frame: Frame) -> tuple[Assembled, ...]:
    frame = without_ends(frame)
    shown = measured(frame) or what_is_shown(frame) or something(frame)
    if not shown:
        return ()
    fields = [one for one in shown if isinstance(one, Field)]
    conditions = Conditions(frame.parts, frame.sentence, frame.index, fields)
    unused = [one for one in conditions.unused if not _dates_a_period(frame, one)]
    frame.notes += ["unbound"] * len(conditions.unbound) + ["unused column"] * len(unused)
    made = [Query(show=tuple(one)) for one in (shown, keyed(frame, shown), counted_by(frame, shown)) if one]
    made = [grouped(frame, one) for one in made]
    made = [further for one in made for further in counted(frame, one)]
    made = [further for one in made for further in ordered(frame, one)]
    made = [further for one in made for further in filtered(frame, one, conditions)]
    made = [_with_context(frame, telling_numbers(frame, one)) for one in made]
    made = [further for one in made for further in _distinct(frame, one)]
    made += [further for one in made if (further := _row_by_row(frame, one))]
    made += [further for one in made if (further := _with_number(one))]
    made = [further for one in made for further in best_of_each(frame, one)]
    made = [further for one in made for further in edited(frame, timed(frame, one, conditions.unused))]
    return tuple(Assembled(one, tuple(frame.notes)) for one in dict.fromkeys(made))


def _dates_a_period(frame: Frame, part: Part) -> bool:
    """ "Hired in May", "opened per month": the date is what the period is about."""
    field = field_of(part)
    dated = type_of(frame, field).temporal or "year" in full_words(field.key.name)
    return any(one.span or one.grain for one in frame.sentence.times) and dated


def _with_context(frame: Frame, query: Query) -> Query:
    """Tables that were named and that nothing else uses."""
    named = [
        p.choice.target
        for p in frame.parts
        if p.choice
        and p.label is Label.CONTEXT
        and p.choice.target.kind is TargetKind.TABLE
        and not (frame.negated_from is not None and p.item.first > frame.negated_from)
    ]
    used = tables_named(query) if named else ()
    also = tuple(dict.fromkeys(Rows(one.table, one.relationship) for one in named if one.table not in used))
    return query if also == query.also else replace(query, also=also)


def _with_number(query: Query) -> Query | None:
    """The first few groups beside the number that they are ranked by."""
    if not query.group or not query.limit or query.combined or len(query.order) != 1:
        return None
    by = query.order[0].by
    if not isinstance(by, Aggregate | MetricValue) or any(not isinstance(one, Field) for one in query.show):
        return None
    return replace(query, show=(*query.show, by))


def _row_by_row(frame: Frame, query: Query) -> Query | None:
    """One row for each row below that a condition is about, where the words don't say once for each."""
    plain = all(isinstance(one, Field) for one in query.show) and not query.group and not query.distinct
    if not plain or query.combined or query.limit or query.subject:
        return None
    own = {one.key.table for one in query.show if isinstance(one, Field)}
    others = sorted((tables_joined(query.where) | tables_named(query.also)) - own)
    below = [one for one in others if all(is_above(frame, Rows(one), Rows(table)) for table in own)]
    lowest = [one for one in below if all(one == o or is_above(frame, Rows(one), Rows(o)) for o in below)]
    return replace(query, subject=Rows(lowest[0])) if lowest else None


def _distinct(frame: Frame, query: Query) -> list[Query]:
    if query.group or any(isinstance(one, Aggregate | MetricValue) for one in query.show):
        return [query]
    unique = any(
        isinstance(one, Field) and one.key.name in frame.index.tables[one.key.table].unique for one in query.show
    )
    if "distinct" in frame.kinds:
        return [replace(query, distinct=True), query]
    if _names_rows(frame, query):
        return [query]  # two people of one name are two
    return [query] if unique and not tables_named(query) else [query, replace(query, distinct=True)]


def _names_rows(frame: Frame, query: Query) -> bool:
    """Whether it lists the rows of a named table by what they are called, each once."""
    fields = [one for one in query.show if isinstance(one, Field)]
    rows = {one.rows for one in fields}
    if len(rows) != 1 or query.also or query.combined or len(fields) < len(query.show):
        return False
    listed = rows.pop()
    named = set(fields) >= set(labels_of(frame, listed)) and is_named(frame, listed)
    return named and tables_joined(query.where) <= {listed.table}


def _once(parts: Sequence[Part], index: Index) -> list[Part]:
    """Without what is shown a second time: the same column, or one that a key makes equal to it."""
    equal = index.catalog.equal
    kept: list[Part] = []
    shown: list[tuple[ColumnKey, int | None]] = []
    for part in parts:
        assert part.choice
        target = part.choice.target
        if target.kind is TargetKind.COLUMN and part.label in SHOWING:
            key = ColumnKey(target.table, target.column)
            said = (key, target.relationship)  # a column in two roles is two
            if any(frozenset((key, one)) in equal for one, _ in shown) or (said in shown and part.label is Label.SHOW):
                continue
            shown.append(said)
        kept.append(part)
    return kept
