"""How good a candidate is, and when two are so close that only the asker can choose."""

from collections.abc import Sequence

from services.ml_gateway.engine.candidates import Candidate
from services.ml_gateway.engine.intent import Intent
from services.ml_gateway.engine.linking import Link
from services.ml_gateway.engine.outcome import NeedsClarification

CONFIDENT = 0.55  # below it a reading is not answered
TIE = 0.012
_HOP, _ASSUMPTION, _UNPLACED, _FAILED = 0.012, 0.015, 0.5, 0.35


def score(candidate: Candidate) -> float:
    """The mean sureness of its words, less what joins, assumptions and unexplained words cost."""
    scores = [min(link.score, 1.04) for link in candidate.links]
    scores += [0.97] * _verbs(candidate)
    base = sum(scores) / len(scores) if scores else 0.8
    worst = min(scores, default=0.8)
    total = 0.75 * base + 0.25 * worst
    total -= _HOP * candidate.cost + _ASSUMPTION * len(candidate.assumed) + candidate.intent.penalty
    total += _context(candidate.links, candidate.intent)
    total -= _UNPLACED * len(candidate.unplaced)
    if candidate.reading is None:
        total -= 0.1 if isinstance(candidate.failure, NeedsClarification) else _FAILED
    return total


def confidence(candidate: Candidate) -> float:
    return max(0.0, min(1.0, score(candidate)))


def _verbs(candidate: Candidate) -> int:
    return sum(1 for position in candidate.intent.verbs if position not in candidate.unplaced)


def _context(links: Sequence[Link], intent: Intent) -> float:
    """Columns whose own table is named beside them are what was meant."""
    tables = {link.target.table for link in links if link.target.kind == "table"}
    columns = [link for link in links if link.target.column]
    named = sum(1 for link in columns if link.target.table in tables)
    return 0.03 * named / len(columns) if columns else 0.0


def ranked(found: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
    """Best first; equal scores keep the order in which they were made, which is that of the better links."""
    return sorted(((score(candidate), candidate) for candidate in found), key=lambda pair: -pair[0])
