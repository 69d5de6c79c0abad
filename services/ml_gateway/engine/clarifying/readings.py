"""What a question may ask: its ranked candidates, those that say the same taken together."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.clarifying.kinds import with_ties
from services.ml_gateway.engine.clarifying.sameness import gist, is_above, plain
from services.ml_gateway.engine.dialog.parts import base, is_measure
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import Expression, Field, Query, Rows
from services.ml_gateway.engine.reader.planning import answering
from services.ml_gateway.engine.reader.scoring.ranking import Ranked

_ORDERED = re.compile(
    r"\b(?:sort|order|rank|arrang|ascend|descend|alphabet|lexicograph|increas|decreas|first\b|most recent|"
    r"(?:high|low|larg|small|old|young|new|lat|earli|long|short|great|few)(?:i?e?st)\b)",
    re.IGNORECASE,
)
_LEAST = 0.01  # the share of a candidate that may still be meant


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing that the question may ask: the likeliest candidate that says it, and the share of probability that all
    that say it have together. answer is the query that answers it, query the same said plainly.
    """

    ranked: Ranked
    query: Query
    answer: Query
    share: float


def readings(order: Sequence[Ranked], asked: Asked, index: Index) -> tuple[Meant, ...]:
    """The likeliest first; order is best first."""
    found: dict[Hashable, Meant] = {}
    ordered = bool(_ORDERED.search(asked.text))
    for one in order:
        if one.share < _LEAST and len(found) > 1:
            break
        query = answering(one.candidate, asked, index)
        # Nobody is asked about an order that they didn't ask for.
        key = gist(query if ordered or query.limit is not None or not query.order else replace(query, order=()), index)
        known = found.get(key)
        share = one.share + (known.share if known else 0.0)
        found[key] = replace(known, share=share) if known else Meant(one, plain(query, index), query, share)
    return tuple(sorted(found.values(), key=lambda one: -one.share))


def kinds(meant: Sequence[Meant], index: Index) -> tuple[tuple[Meant, ...], ...]:
    """The readings by what they are about, small differences left out: the likeliest kind first, and so within each."""
    found: dict[Hashable, list[Meant]] = {}
    for one in meant:
        found.setdefault(_rough(one.query, index), []).append(one)
    return tuple(
        tuple(several) for several in sorted(found.values(), key=lambda several: -sum(one.share for one in several))
    )


def _rough(query: Query, index: Index) -> Hashable:
    """The gist without what is easily added or left out: equal rows, the order of all, a number or a key beside, which
    of equal rows come first, that a row refers to one of another table."""
    used = [one.by for one in query.order]
    shown = tuple(one for one in query.show if not (is_measure(one) and (one in used or query.having is not None)))
    named = tuple(one for one in shown if not (isinstance(one, Field) and one.key.name in _keys(one, index)))
    rows = base(query)
    tied = with_ties(query)
    return gist(
        replace(
            tied,
            show=named or shown or query.show,
            group=tuple(_entity(one, index) for one in query.group),
            also=tuple(one for one in query.also if not (rows and is_above(rows.table, one.table, index))),
            distinct=False,
            subject=None,
            order=tied.order if tied.limit is not None else (),
        ),
        index,
    )


def _keys(field: Field, index: Index) -> frozenset[str]:
    return index.tables[field.key.table].keys


def _entity(one: Expression | Rows, index: Index) -> Expression | Rows:
    """A row, where the column tells rows apart or names them."""
    if isinstance(one, Field):
        facts = index.tables[one.key.table]
        if one.key.name in facts.unique:
            return Rows(one.key.table, one.role)
    return one
