"""Candidates that do what the set phrases of a question ask: where there are some, the others are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Bucket,
    Change,
    Compare,
    Cycle,
    Duration,
    During,
    Each,
    Either,
    Field,
    Function,
    Query,
    Running,
    SetOperator,
    Share,
)
from services.ml_gateway.engine.reader.business.cues import Cue, CueKind
from services.ml_gateway.engine.reader.business.numbers import numbers_of, parts_of
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reading import Operator

if TYPE_CHECKING:
    from services.ml_gateway.engine.reader.candidates import Candidate


def obeys(query: Query, cue: Cue) -> bool:
    """Whether a query has in it what a cue asks for."""
    nodes = tuple(parts_of(query))
    match cue.kind:
        case CueKind.CHANGE:
            both = cue.said in ("since", "ago", "before") and any(isinstance(one, Either) for one in nodes)
            return both or any(isinstance(one, Change) for one in nodes) or bool(_differences(nodes))
        case CueKind.NEW:
            return any(isinstance(one, During | Bucket) for one in nodes)
        case CueKind.RUNNING:
            return any(isinstance(one, Running) for one in nodes)
        case CueKind.SHARE:
            return any(isinstance(one, Share) for one in nodes) or bool(_quotients(nodes))
        case CueKind.PERCENTILE:
            functions = (Function.MEDIAN, Function.PERCENTILE)
            return any(isinstance(one, Aggregate) and one.function in functions for one in nodes)
        case CueKind.CYCLE:
            return any(isinstance(one, Bucket) and isinstance(one.grain, Cycle) for one in nodes)
        case CueKind.DAYS:
            return any(isinstance(one, Compare) and one.right == cue.days for one in nodes)
        case CueKind.AGAIN:
            return any(isinstance(one, Compare) and isinstance(one.left, Aggregate) for one in nodes)
        case CueKind.UNDONE:
            return any(isinstance(one, Compare) and one.operator is Operator.IS_NULL for one in nodes)
        case CueKind.FISCAL:
            return any(isinstance(one, Bucket) and one.fiscal for one in nodes)
        case CueKind.DURATION:
            return any(isinstance(one, Duration) for one in nodes)
        case CueKind.PER_EACH | CueKind.PER_PERIOD:
            return any(isinstance(one, Each) for one in nodes)
        case CueKind.RATIO | CueKind.QUOTIENT:
            return bool(_quotients(nodes))
        case CueKind.SORTED:
            return bool(query.order)
        case CueKind.VERSUS:
            return _has_sides(query) or (cue.first == 0 and bool(query.group))
    return True


def _has_sides(query: Query) -> bool:
    """Two numbers, or a row for each of two values or periods."""
    if query.combined:  # what two sides have in common is neither
        return query.combined[0] is SetOperator.UNION
    if len(numbers_of(query)) > 1:
        return True
    nodes = tuple(parts_of(query))
    values = any(isinstance(one, Compare) and one.left in query.group and _several(one) for one in nodes)
    periods = any(isinstance(one, Either) for one in nodes) and any(isinstance(one, Bucket) for one in query.group)
    return values or periods or any(isinstance(one, Change | Arithmetic) for one in nodes)


def _several(one: Compare) -> bool:
    return isinstance(one.right, tuple) and len(one.right) > 1


def obedient(found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Without those that leave a set phrase unheard, if any candidate hears all of them.

    A candidate that has read the words as names is no obedient one: what is exactly a name is no cue to begin with.
    """
    hearing = tuple(one for one in found if is_obedient(one))
    return hearing or found


def is_obedient(candidate: Candidate) -> bool:
    """A ratio is no set phrase: "cost per litre" is one, "cost per driver" isn't."""
    cues = [cue for cue in candidate.sentence.cues if cue.kind is not CueKind.RATIO]
    return bool(cues) and all(obeys(candidate.query, cue) for cue in candidate.sentence.cues)


def heeding(candidate: Candidate) -> Mapping[str, float]:
    """For the ranker: which set phrases are obeyed, and whether a rule gives the same query."""
    told = {f"ruled {candidate.ruled}": 1.0}
    for cue in candidate.sentence.cues:
        told[f"cue {cue.kind.value} {obeys(candidate.query, cue)}"] = 1.0
    return told | dict(_split(candidate)) | dict(_ranked(candidate))


def _split(candidate: Candidate) -> Iterator[tuple[str, float]]:
    """Names right behind "by" or "per": is the number split by them?"""
    tokens, query = candidate.sentence.tokens, candidate.query
    for part in candidate.labelling.parts:
        before = [token.form for token in tokens[max(part.item.first - 2, 0) : part.item.first]]
        if not before or before[-1] not in ("by", "per") or WORDS.get(before[0]) == "order":
            continue
        yield ("split ignored" if part.choice is None else f"split {bool(query.group)}"), 1.0


def _ranked(candidate: Candidate) -> Iterator[tuple[str, float]]:
    """What "top 3" is said of is shown; of each region, if it says so."""
    tokens, query = candidate.sentence.tokens, candidate.query
    kinds = [WORDS.get(token.form, "") for token in tokens]
    if {"most", "least"} & set(kinds) and "each" in kinds and query.limit:
        yield f"best of each {bool(query.per)}", 1.0
    shown = {one.key.table for one in query.show if isinstance(one, Field)}
    for part in candidate.labelling.parts:
        first = part.item.first
        said = first > 1 and tokens[first - 1].number is not None and kinds[first - 2] in ("most", "least")
        if said or (first and tokens[first - 1].form == "top"):
            yield f"ranked shown {bool(part.choice and part.choice.target.table in shown)}", 1.0


def _quotients(nodes: tuple[object, ...]) -> list[Arithmetic]:
    return [one for one in nodes if isinstance(one, Arithmetic) and one.operator.value == "/"]


def _differences(nodes: tuple[object, ...]) -> list[Arithmetic]:
    return [one for one in nodes if isinstance(one, Arithmetic) and one.operator.value == "-"]
