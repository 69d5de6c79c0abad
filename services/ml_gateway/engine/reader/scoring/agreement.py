"""How far the candidates of a question agree: what many likely ones say is likelier right, whatever sets them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from math import exp

from services.ml_gateway.engine.query.model import Both, Condition, Query
from services.ml_gateway.engine.reader.candidates import Candidate

_KINDS = ("show", "where", "group", "order", "limit", "having", "also", "other")


def agreement(found: Sequence[Candidate]) -> list[dict[str, float]]:
    """Of each candidate: what share of the likelihood goes with each of its clauses, and with clauses it leaves out."""
    if not found:
        return []
    best = max(one.labelling.score for one in found)
    variants: defaultdict[int, int] = defaultdict(int)
    for one in found:
        variants[id(one.labelling)] += 1
    weights = [exp(max(one.labelling.score - best, -30.0)) / variants[id(one.labelling)] for one in found]
    total = sum(weights)
    clauses = [tuple(dict.fromkeys(_clauses(one.query))) for one in found]
    shares: defaultdict[tuple[str, Hashable], float] = defaultdict(float)
    for said, weight in zip(clauses, weights, strict=True):
        for clause in said:
            shares[clause] += weight / total
    return [_told(said, shares) for said in clauses]


def _told(said: Sequence[tuple[str, Hashable]], shares: dict[tuple[str, Hashable], float]) -> dict[str, float]:
    own, lacking = dict[str, list[float]](), dict[str, list[float]]()
    mine = set(said)
    for clause, share in shares.items():
        (own if clause in mine else lacking).setdefault(clause[0], []).append(share)
    every = [share for one in own.values() for share in one]
    missed = [share for one in lacking.values() for share in one]
    told = {
        "agreed": sum(every) / max(len(every), 1),
        "agreed least": min(every, default=1.0),
        "doubted": sum(1 - share for share in every),
        "lacking": sum(missed),
        "lacking most": max(missed, default=0.0),
    }
    for kind in _KINDS:
        if kind in own:
            told[f"doubted {kind}"] = 1 - min(own[kind])
        if kind in lacking:
            told[f"lacking {kind}"] = max(lacking[kind])
    return told


def _clauses(query: Query) -> Iterator[tuple[str, Hashable]]:
    for shown in query.show:
        yield "show", shown
    yield "other", ("shown", len(query.show))
    for condition in _atoms(query.where):
        yield "where", condition
    for group in query.group:
        yield "group", group
    if not query.group:
        yield "group", None
    for ordering in query.order:
        yield "order", ordering
    yield "limit", query.limit
    if query.having:
        yield "having", query.having
    for rows in query.also:
        yield "also", rows
    yield "other", ("distinct", query.distinct)
    yield "other", ("combined", query.combined)


def _atoms(condition: Condition | None) -> Iterator[Hashable]:
    if isinstance(condition, Both):
        for one in condition.conditions:
            yield from _atoms(one)
    else:
        yield condition  # nothing, too: that there is no condition
