"""How likely a follow-up is taken as it was meant: a logistic model of few signs, learned from dialogs.

`python -m cli.training.following` writes the weights, see docs/conversation.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from math import exp, log

from services.ml_gateway.engine.dialog import shapes
from services.ml_gateway.engine.dialog.explaining import left_over
from services.ml_gateway.engine.dialog.model import Followed, Merge
from services.ml_gateway.engine.dialog.obeying import is_nonsense, unheard
from services.ml_gateway.engine.dialog.parts import measures, tables
from services.ml_gateway.engine.dialog.saying import Saying
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.query.walking import nodes_of

FILE = "sureness.json"
_MOST = 4.0  # log-odds
_LONG = 12  # words
_PERIOD = 0.9  # so sure is at least a period alone, if what came before is
_CLEARLY = 0.95
_ANSWERED, _PLAINLY = 0.75, 0.78
_NONSENSE = 0.2  # so sure is at most what nobody asks for
_MISSED = 0.5  # so sure is at most that one of several is meant where one was asked for in vain
_KINDS = (Merge.ALONE, Merge.AMONG, Merge.ROWS)


def signs(way: Followed, ways: Sequence[Followed], saying: Saying, missed: int) -> dict[str, float]:
    """Of a way with a query among all that were read, the likeliest first. missed: what was said since the last answer
    that got none.
    """
    words, before, query = saying.words, saying.before, way.query
    assert query is not None
    ready = way.attempt.query is not None
    kind = "ready" if ready else way.attempt.merge.value if way.attempt.merge in _KINDS else "other"
    others = [one for one in ways if one.query is not None and one.query != query]
    alike = [one for one in ways if one.query is not None and one.attempt == way.attempt]
    near = set(tables(before.query))
    left = left_over(query, saying)
    return {
        "bias": 1.0,
        f"by {kind}": 1.0,
        "read": 0.0 if ready else _odds(way.read.score),
        "prior": _odds(way.attempt.prior),
        "before": _odds(before.confidence),
        "turns": min(float(before.turns), 4.0),
        "missed": min(float(missed), 2.0),
        "unheard": min(float(unheard(way, saying)), 2.0),
        "unexplained": min(float(left.unexplained), 2.0),
        "unused": min(float(left.unused), 2.0),
        "spread": float(bool(left.spread)),
        "second": max((one.score for one in others), default=0.0) / max(way.score, 0.01),
        "others": float(bool(others)),
        "share": way.read.score / max(sum(one.read.score for one in alike), 0.01),
        "backed": float(len({one.attempt for one in ways if one.query == query}) > 1),
        f"opened by {words.opener or 'nothing'}": 1.0,
        "also": float(words.also),
        "only": float(words.only),
        "points": float(bool(saying.pointers)),
        "one of many": float(before.query.limit != 1 and any(one.is_single for one in saying.pointers)),
        "sentence": float(bool(shapes.VERB.search(words.core))),
        "words": min(len(words.core.split()), _LONG) / _LONG,
        "names a table": float(bool(saying.named)),
        "names nothing": float(not saying.linked),
        "same": float(query == before.query),
        "group lost": float(_loses_group(way, words.opener, before.query)),
        "new tables": float(len([one for one in tables(query) if one not in near])),
        "tables": float(len(near)),
        "before by group": float(bool(before.query.group)),
        "before cut off": float(before.query.limit is not None),
        "nested": float(_is_nested(query)),
        "number": float(bool(measures(query))),
        "wide": float(len(query.show) > 2),
    }


@lru_cache(maxsize=1)
def packaged() -> Mapping[str, float]:
    """The weights that come with the engine."""
    read: dict[str, float] = json.loads((files(__package__) / FILE).read_text())
    return read


def sure(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """0..1."""
    total = sum(weights.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + exp(-max(min(total, 30.0), -30.0))), 4)


def if_read(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """How likely it would be right, 0..1, if there were no doubt about what its words ask for."""
    return sure({**found, "read": _odds(_CLEARLY), "share": 1.0, "others": 0.0, "second": 0.0}, weights)


def confidence(way: Followed, saying: Saying, found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """How likely the way is right, 0..1, in the light of its signs."""
    most = _NONSENSE if way.query is None or is_nonsense(way.query, saying.index) else 1.0
    if found["missed"] and saying.before.query.limit != 1 and any(one.is_single for one in saying.pointers):
        most = min(most, _MISSED)  # "when did it start" behind "which was the biggest", which got no answer
    least = min(saying.before.confidence, _PERIOD) if way.attempt.plain else 0.0
    return min(max(sure(found, weights), least, _PLAINLY if _is_plain(found) else 0.0), most)


def _is_plain(found: Mapping[str, float]) -> bool:
    """One edit of what was surely read, made of all that is said, beside which nothing else can be meant: "and for
    Germany?". How large the query is that it edits is no doubt about it. Of such turns of the lessons 90 % are right.
    """
    sure_enough = found["before"] >= _odds(_ANSWERED) and found["prior"] >= _odds(_CLEARLY)
    doubts = ("unheard", "others", "missed", "same")
    return bool(found.get("by ready")) and sure_enough and not any(found[one] for one in doubts)


def _loses_group(way: Followed, opener: str, held: Query) -> bool:
    """Whether numbers by group become others that nobody asked to put together: "drop the country" asks for it."""
    return not way.alone and opener != "without" and bool(held.group) and way.query is not None and not way.query.group


def _is_nested(query: Query) -> bool:
    return any(isinstance(one, Query) for one in nodes_of(query)[1:]) or query.combined is not None


def _odds(share: float) -> float:
    """As a logarithm, within bounds."""
    kept = min(max(share, 1e-6), 1 - 1e-6)
    return max(min(log(kept / (1 - kept)), _MOST), -_MOST)
