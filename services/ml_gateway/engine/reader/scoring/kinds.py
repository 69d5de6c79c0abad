"""Signs of how sure a reading is where those that a person accepts as well are taken together with it.

In a sentence of many words it matters whether a number stands beside the names that it ranks, in a headline it does
not: that tells how much of the doubt is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from math import log

from services.ml_gateway.engine.reader.scoring.bare import is_headline
from services.ml_gateway.engine.reader.scoring.gist import kind
from services.ml_gateway.engine.reader.scoring.ranking import Ranked

_MOST = 6.0  # the greatest lead, and the greatest odds as a logarithm


def merged(order: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """In headlines the first stands for all of its kind; order is best first and not empty."""
    best = order[0]
    if not is_headline(best.candidate.sentence):
        return tuple(order)
    own, once = kind(best.candidate.query), best.candidate.query.distinct
    alike = [one for one in order if one.candidate.query.distinct == once and kind(one.candidate.query) == own]
    if len(alike) < 2:
        return tuple(order)
    first = replace(
        best,
        score=max(one.score for one in alike),
        share=sum(one.share for one in alike),
        meant=min(sum({one.asks: one.meant for one in alike}.values()), 1.0),
    )
    others = {id(one) for one in alike}
    return (first, *(one for one in order if id(one) not in others))


def kind_signs(order: Sequence[Ranked], headline: float, business: float) -> dict[str, float]:
    """order is best first and not empty. headline, business: 1 where it is one or of one, else 0."""
    shares, tops = defaultdict[Hashable, float](float), dict[Hashable, float]()
    for one in order:
        own = kind(one.candidate.query)
        shares[own] += one.share
        tops[own] = max(tops.get(own, one.score), one.score)
    best = kind(order[0].candidate.query)
    share, score = shares.pop(best), tops.pop(best)
    found = {
        "kind": share,
        "kind odds": max(min(log(max(share, 1e-6) / max(1 - share, 1e-6)), _MOST), -_MOST),
        "kind otherwise": max(shares.values(), default=0.0),
        "kind lead": max(min(score - max(tops.values(), default=score - _MOST), _MOST), -_MOST),
    }
    return (
        found
        | {f"headline {name}": headline * value for name, value in found.items()}
        | {f"business {name}": business * value for name, value in found.items()}
    )
