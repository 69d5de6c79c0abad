"""What somebody did, and when, told as something else: "customers who rented last month", by who joined then."""

from __future__ import annotations

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import During
from services.ml_gateway.engine.query.walking import nodes_of, tables_in
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.sentence import Item
from services.ml_gateway.engine.reader.wording.deeds import deeds, is_dated_by

_DENYING = frozenset("not never no nobody nothing none without neither nor".split())
_COUNTED = (Label.COUNT, Label.SHOW)


def mistells_deed(candidate: Candidate, index: Index) -> bool:
    """Whether what was done is told as the state of something else, denied, counted instead of who did it, or dated by
    another day of theirs."""
    parts = {part.item.first: part for part in candidate.labelling.parts}
    return any(
        _is_something_else(candidate, parts.get(verb.first), whose, deed) or _is_dated_elsewhere(candidate, verb, whose)
        for verb, whose, deed in deeds(candidate.sentence, index)
    )


def _is_something_else(candidate: Candidate, part: Part | None, whose: TableKey, deed: TableKey) -> bool:
    if part is None or part.choice is None:
        return not {whose, deed} <= tables_in(candidate.query)
    target = part.choice.target
    if target.column:
        return target.table not in (whose, deed)
    if part.label is Label.NOT:
        return _DENYING.isdisjoint(token.form for token in candidate.sentence.tokens)
    return part.label in _COUNTED


def _is_dated_elsewhere(candidate: Candidate, verb: Item, whose: TableKey) -> bool:
    times = [one for one in candidate.sentence.times if one.span and is_dated_by(verb, one, candidate.sentence)]
    days = {one.field.key.table for one in nodes_of(candidate.query) if isinstance(one, During)}
    return bool(times) and days == {whose}
