"""What the rest of the question says of a link: a column of a table that is named too is likelier meant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.links import Link
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.targets import Target, TargetKind

_WORDS_ALONE, _VALUE_ALONE = 0.8, 0.92  # of a score, when nothing else speaks for the table
_CROWD = 100  # meanings of one span; of more, the best and those of tables that are spoken of
_NEIGHBOUR = 0.55
_PER_TOKEN, _FARTHEST = 0.015, 10
_BEHIND = 1.5  # "names of actors and names of films": what follows a name owns it
_NAMED, _BY_VALUE, _BY_COLUMN = 1.0, 0.75, 0.6
_SURE = 0.72
_LEAST_NEIGHBOUR = 0.4


@dataclass(frozen=True, slots=True)
class Evidence:
    """How surely each table is spoken of, and where (token positions)."""

    tables: Mapping[TableKey, float]
    places: Mapping[TableKey, tuple[int, ...]]

    def of(self, table: TableKey, at: int) -> float:
        """0..1; nearer mentions count a little more."""
        score = self.tables.get(table, 0.0)
        if not score or table not in self.places:
            return score
        steps = min(place - at if place >= at else at - place + _BEHIND for place in self.places[table])
        return score - _PER_TOKEN * min(_FARTHEST, steps)


def evidence(links: Iterable[Link], neighbours: Mapping[TableKey, frozenset[TableKey]]) -> Evidence:
    named: dict[TableKey, float] = defaultdict(float)
    places: dict[TableKey, list[int]] = defaultdict(list)
    owners: dict[tuple[int, int], list[Link]] = defaultdict(list)
    for link in links:
        kind = link.target.kind
        if kind is TargetKind.TABLE and link.score >= _SURE:
            named[link.target.table] = max(named[link.target.table], _NAMED * link.score)
            places[link.target.table].append(link.first)
        elif kind is TargetKind.VALUE and link.score >= 0.9:
            named[link.target.table] = max(named[link.target.table], _BY_VALUE * link.score)
        elif kind in (TargetKind.COLUMN, TargetKind.FLAG, TargetKind.METRIC) and link.score >= 0.85:
            owners[link.first, link.last].append(link)
    for group in owners.values():
        best = max(link.score for link in group)
        close = {link.target.table for link in group if link.score >= best - 0.05}
        for table in close:
            named[table] = max(named[table], _BY_COLUMN * best / len(close))
    spread = dict(named)
    for table, score in named.items():
        for other in neighbours.get(table, ()):
            if _NEIGHBOUR * score > max(spread.get(other, 0.0), _LEAST_NEIGHBOUR - 0.15):
                spread[other] = _NEIGHBOUR * score
    return Evidence(spread, {table: tuple(at) for table, at in places.items()})


def likeliest(found: Evidence, most: int) -> list[TableKey]:
    """The tables that are most surely spoken of."""
    return sorted(found.tables, key=lambda table: (-found.tables[table], table))[:most]


def best_in_context(links: Sequence[Link], found: Evidence, most: int) -> tuple[Link, ...]:
    """The best links, one per target, with scores in which their surroundings count; equal ones in a fixed order."""
    if len(links) > _CROWD:
        least = sorted((link.score for link in links), reverse=True)[_CROWD]
        links = [link for link in links if link.score > least or link.target.table in found.tables][: 4 * _CROWD]
    by_target: dict[Target, Link] = {}
    for link in links:
        known = by_target.get(link.target)
        if known is None or known.score < link.score:
            by_target[link.target] = link
    order = sorted((_in_context(link, found) for link in by_target.values()), key=_order)
    return tuple(order[:most])


def _in_context(link: Link, found: Evidence) -> Link:
    kind = link.target.kind
    if kind in (TargetKind.LITERAL, TargetKind.METRIC, TargetKind.TABLE):
        return link
    alone = _WORDS_ALONE if kind is not TargetKind.VALUE else _VALUE_ALONE
    score = link.score * (alone + (1 - alone) * found.of(link.target.table, link.first))
    return Link(link.target, link.first, link.last, score, link.how)


def _order(link: Link) -> tuple[float, str, str, str, str, str, int]:
    target = link.target
    relationship = -1 if target.relationship is None else target.relationship
    return (-link.score, target.kind, target.table.schema, target.table.name, target.column, target.value, relationship)
