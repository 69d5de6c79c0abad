"""How good a candidate is, and when two are so close that only the asker can choose."""

from collections.abc import Sequence
from itertools import pairwise

from services.ml_gateway.engine.candidates import Candidate
from services.ml_gateway.engine.linking import Link
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.outcome import NeedsClarification
from services.ml_gateway.engine.reading import Aggregate

CONFIDENT = 0.7  # below it a reading is not answered
TIE = 0.012
_COMPUTED = frozenset({Aggregate.SUM, Aggregate.AVG, Aggregate.MIN, Aggregate.MAX})
_OF = frozenset({"of", "for", "the", "all", "each", "every", "our", "these", "those", "any"})
_HOP, _ASSUMPTION, _UNPLACED, _FAILED = 0.012, 0.015, 0.5, 0.35


def score(candidate: Candidate) -> float:
    """The mean sureness of its words, less what joins, assumptions and unexplained words cost."""
    scores = [min(link.score, 1.04) for link in candidate.links]
    scores += [0.97] * _verbs(candidate)
    base = sum(scores) / len(scores) if scores else 0.8
    worst = min(scores, default=0.8)
    total = 0.75 * base + 0.25 * worst
    total -= _HOP * candidate.cost + _ASSUMPTION * len(candidate.assumed) + candidate.intent.penalty
    total += _context(candidate)
    total -= _UNPLACED * len(candidate.unplaced)
    if candidate.reading is None:
        total -= 0.1 if isinstance(candidate.failure, NeedsClarification) else _FAILED
    return total


def confidence(candidate: Candidate) -> float:
    return max(0.0, min(1.0, score(candidate)))


def _verbs(candidate: Candidate) -> int:
    return sum(1 for position in candidate.intent.verbs if position not in candidate.unplaced)


def _context(candidate: Candidate) -> float:
    """Columns whose own table is named beside them are what was meant."""
    links = candidate.links
    tables = {link.target.table for link in links if link.target.kind in ("table", "metric")}
    columns = [link for link in links if link.target.column]
    named = sum(1 for link in columns if link.target.table in tables)
    return 0.03 * named / len(columns) - _misattributed(candidate) if columns else 0.0


def _misattributed(candidate: Candidate) -> float:
    """ "Names of colleges" is no other table's name, and nobody asks for one column twice."""
    wrong = 0.0
    ordered = sorted(candidate.links, key=lambda link: link.first)
    narrowed = {condition.target.table for condition in candidate.intent.filters}
    computed = [measure.link for measure in candidate.intent.measures if measure.aggregate in _COMPUTED]
    for link, following in pairwise(ordered):
        if link.target.kind != "column" or following.target.kind != "table":
            continue
        between = {token.form for token in candidate.tokens[link.last : following.first]}
        if between and between <= _OF and _owning(between, link) and link.target.table != following.target.table:
            # The fees of patients from Paris are those of their visits.
            wrong += 0.1 if link in computed and following.target.table in narrowed else 0.3
    for link, following in pairwise(ordered):
        if link.target.kind == following.target.kind == "value" and link.last == following.first:
            wrong += 0.3 if link.target.table != following.target.table else 0.0  # one name, two tables
    wrong += 0.3 * _chained(candidate, ordered) + 0.3 * _inconsistent(candidate, ordered)
    for link, following in pairwise(ordered):
        adjacent = link.target.kind == following.target.kind == "column" and link.last == following.first
        if adjacent and link.target.table != following.target.table:
            wrong += 0.3  # "year joined" is no two things
        named = link.target.kind == "column" and following.target.kind == "value" and link.last == following.first
        if named and link.target.column != following.target.column:
            wrong += 0.15  # the governor "Ann Lee"
    targets = [link.target for link in ordered if link.target.kind == "column"]
    return wrong + 0.2 * (len(targets) - len(set(targets)))


def _owning(between: set[str], link: Link) -> bool:
    return "of" in between or ("for" in between and link.last - link.first == 1)


def _chained(candidate: Candidate, ordered: Sequence[Link]) -> int:
    """How many plain words of "ids and details of events" are of another table than events."""
    wrong, chain = 0, list[Link]()
    for link, following in pairwise(ordered):
        between = {token.form for token in candidate.tokens[link.last : following.first]}
        if link.target.kind != "column":
            chain = []
            continue
        chain.append(link)
        if following.target.kind == "table" and between & {"of", "for"} and between <= _OF:
            earlier = [one for one in chain[:-1] if one.last - one.first == 1]
            wrong += sum(1 for one in earlier if one.target.table != following.target.table)
        if following.target.kind != "column" or not between <= {"and", ",", "the", "their", "its"}:
            chain = []
    return wrong


def _inconsistent(candidate: Candidate, ordered: Sequence[Link]) -> int:
    """The same words do not mean two columns in one question."""
    meant: dict[tuple[str, ...], set[ColumnKey]] = {}
    for link in ordered:
        if link.target.kind == "column":
            said = tuple(token.lemma for token in candidate.tokens[link.first : link.last])
            meant.setdefault(said, set()).add(ColumnKey(link.target.table, link.target.column))
    return sum(len(keys) - 1 for said, keys in meant.items() if not set(said) <= {"name", "id"})


def ranked(found: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
    """Best first; equal scores keep the order in which they were made, which is that of the better links."""
    return sorted(((score(candidate), candidate) for candidate in found), key=lambda pair: -pair[0])
