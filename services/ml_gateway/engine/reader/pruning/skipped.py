"""Words that are asked for and that a query has skipped: the month with the highest cost, what came after a value, rows
of both years, what was lost, one of several values that are told apart by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.periods import UNITS
from services.ml_gateway.engine.query.model import Aggregate, Arithmetic, Bucket, During, Either, Exists, MetricValue
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS

_ENDS = frozenset(("most", "least"))
_EXTREMES = frozenset("highest lowest largest smallest biggest fewest best worst greatest".split())
_HAVING = frozenset(("with", "of", "having"))
_BOUNDS = frozenset("after before since until till".split())
_GONE = frozenset("lost churned retained kept regained recovered reactivated".split())
_WHO = frozenset("who that which".split())
_NUMBERS = re.compile(r"\d+")


def skipped(candidate: Candidate) -> Iterator[int]:
    yield from _unit_of_the_most(candidate)
    yield from _both_periods(candidate)
    yield from _gone(candidate)
    yield from _bounds_of_values(candidate)
    yield from _one_of_several(candidate)


def _said(candidate: Candidate) -> set[int]:
    parts = [part for part in candidate.labelling.parts if part.choice]
    return {at for part in parts for at in range(part.item.first, part.item.last)}


def _unit_of_the_most(candidate: Candidate) -> Iterator[int]:
    """ "Month with the highest cost" is no highest cost."""
    if any(isinstance(one, Bucket) for one in nodes_of(candidate.query)):
        return
    tokens, said = candidate.sentence.tokens, _said(candidate)
    times = {at for one in candidate.sentence.times for at in range(one.first, one.last)}
    for at in range(len(tokens) - 2):
        behind = [token.form for token in tokens[at + 1 : at + 4]]
        most = any(WORDS.get(form) in _ENDS or form in _EXTREMES for form in behind)
        unit = tokens[at].form in UNITS and tokens[at].form != "date" and at not in said | times
        if unit and behind[0] in _HAVING and most:
            yield at


def _both_periods(candidate: Candidate) -> Iterator[int]:
    """ "Customers who bought in 2024 and 2025": in each of them, and not in either."""
    spans = [one for one in candidate.sentence.times if one.span]
    nodes, tokens = nodes_of(candidate.query), candidate.sentence.tokens
    if len(spans) != 2 or any(isinstance(one, Bucket | Exists) for one in nodes):
        return
    if any(isinstance(one, MetricValue | Arithmetic) for one in candidate.query.show):
        return
    either = [one for one in nodes if isinstance(one, Either)]
    if not any(isinstance(during, During) for one in either for during in one.conditions):
        return
    before = [at for at in range(spans[0].first + 1) if tokens[at].form == "both"]
    joint = [at for at in range(spans[0].last, spans[1].first + 1) if tokens[at].form == "and"]
    yield from before
    counted = any(isinstance(one, Aggregate) for one in candidate.query.show)
    if not before and not counted and {token.form for token in tokens[: spans[0].first]} & _WHO:
        yield from joint


def _gone(candidate: Candidate) -> Iterator[int]:
    """ "Customers lost in 2025" are not those that came then."""
    said = _said(candidate) | {at for cue in candidate.sentence.cues for at in range(cue.first, cue.last)}
    yield from (at for at, one in enumerate(candidate.sentence.tokens) if one.form in _GONE and at not in said)


def _bounds_of_values(candidate: Candidate) -> Iterator[int]:
    """ "Revenue after Black Friday": a value has no days."""
    tokens = candidate.sentence.tokens
    for part in candidate.labelling.parts:
        at = part.item.first - 1 - (part.item.first > 1 and tokens[part.item.first - 1].form == "the")
        value = part.choice and part.choice.target.kind is TargetKind.VALUE and part.label is Label.WHERE
        if value and at >= 0 and tokens[at].form in _BOUNDS:
            yield at


def _one_of_several(candidate: Candidate) -> Iterator[int]:
    """ "Orders of the winter sale", where there are "Winter Sale 2024" and "Winter Sale 2025"."""
    for part in candidate.labelling.parts:
        chosen = part.choice
        if chosen is None or chosen.target.kind is not TargetKind.VALUE or chosen.how != "part":
            continue
        name = _NUMBERS.sub("", str(chosen.target.value))
        alike = [
            one
            for one in part.item.choices
            if one.target.kind is TargetKind.VALUE
            and (one.target.table, one.target.column) == (chosen.target.table, chosen.target.column)
            and one.target != chosen.target
            and one.score == chosen.score
            and _NUMBERS.sub("", str(one.target.value)) == name != str(one.target.value)
        ]
        if alike:
            yield from range(part.item.first, part.item.last)
