"""Paths over the foreign-key graph, kept apart by role.

A path goes down (to the many) any number of times and then up (to the one) any number of times. Going up and then down
again would pair rows that have nothing to do with each other, so no such path exists here.
"""

from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush

from services.ml_gateway.engine.model import Catalog, Relationship, TableKey
from services.ml_gateway.engine.reading import Hop, Place
from services.ml_gateway.engine.tokens import name_words
from services.ml_gateway.engine.vocabulary import IDENTIFIERS

MAX_HOPS = 4
_UP_COST, _DOWN_COST, _SELF_COST = 1.0, 2.5, 3.0
_INFERRED_COST, _UNSURE_COST, _SURE = 0.25, 0.5, 0.8
_BASES_KEPT = 64
_LEAST_WAYS, _MOST_WAYS, _WAYS_IN_ALL = 4, 64, 6000
# Cost; hops as (relationship, upward); the table reached; the tables passed.
_Way = tuple[float, tuple[tuple[int, bool], ...], TableKey, tuple[TableKey, ...]]


@dataclass(frozen=True, slots=True)
class Path:
    place: Place
    cost: float


@dataclass(frozen=True)
class Graph:
    """The cheapest paths between tables, found when they are first asked for and kept for the bases asked for last.

    A large schema has more ways than anybody can mean: `_ways` bounds how many to one table are followed.
    """

    catalog: Catalog
    _found: dict[TableKey, dict[TableKey, tuple[Path, ...]]] = field(default_factory=dict, compare=False)

    def paths(self, base: TableKey, target: TableKey, relationship: int | None = None) -> tuple[Path, ...]:
        """Paths from base to target, cheapest first; with a relationship, only those that go up through it."""
        paths = self._from(base).get(target, ())
        if relationship is not None:
            wanted = Hop(relationship, upward=True)
            paths = tuple(path for path in paths if wanted in path.place.path)
        return paths

    def nearest(self, base: TableKey, target: TableKey, relationship: int | None = None) -> tuple[Path, ...]:
        """The cheapest paths: more than one where a table plays two roles that nothing tells apart."""
        paths = self.paths(base, target, relationship)
        return tuple(path for path in paths if path.cost == paths[0].cost)

    def _from(self, base: TableKey) -> dict[TableKey, tuple[Path, ...]]:
        found = self._found.get(base)
        if found is None:
            while len(self._found) >= _BASES_KEPT:
                self._found.pop(next(iter(self._found), base), None)
            found = self._found[base] = self._search(base)
        return found

    def _search(self, base: TableKey) -> dict[TableKey, tuple[Path, ...]]:
        """Uniform-cost search over (table, way so far): the cheapest ways to each table come first."""
        found: dict[TableKey, list[Path]] = {}
        waiting: list[_Way] = [(0.0, (), base, ())]
        while waiting:
            cost, hops, table, before = heappop(waiting)
            here = found.setdefault(table, [])
            if len(here) >= self._ways:
                continue
            path = tuple(Hop(number, upward=upward) for number, upward in hops)
            here.append(Path(Place(table, path), cost))
            if len(hops) >= MAX_HOPS or (before and before[-1] == table):
                continue  # a table joined with itself leads no farther
            seen = (*before, table)
            for number, upward, other, price in self._edges.get(table, ()):
                if other == table:
                    if upward:
                        heappush(waiting, (cost + price, (*hops, (number, True)), table, seen))
                elif other not in seen and (upward or not any(up for _, up in hops)):
                    heappush(waiting, (cost + price, (*hops, (number, upward)), other, seen))
        return {table: tuple(paths) for table, paths in found.items()}

    @cached_property
    def _ways(self) -> int:
        return max(_LEAST_WAYS, min(_MOST_WAYS, _WAYS_IN_ALL // max(1, len(self.catalog.tables))))

    @cached_property
    def _edges(self) -> dict[TableKey, tuple[tuple[int, bool, TableKey, float], ...]]:
        """By table: relationships that lead on, whether upward, where to, and what they cost."""
        edges: dict[TableKey, list[tuple[int, bool, TableKey, float]]] = {}
        for number, key in enumerate(self.catalog.relationships):
            doubt = _doubt(key)
            up = _SELF_COST if key.table == key.target else _UP_COST
            edges.setdefault(key.table, []).append((number, True, key.target, up + doubt))
            edges.setdefault(key.target, []).append((number, False, key.table, _DOWN_COST + doubt))
        return {table: tuple(ways) for table, ways in edges.items()}


def _doubt(relationship: Relationship) -> float:
    """What a key costs for not being declared. Coarse, so that two parts that one table plays stay equal, and are
    asked about, though one's values overlap a little better."""
    if not relationship.inferred:
        return 0.0
    return _INFERRED_COST if relationship.confidence >= _SURE else _UNSURE_COST


def role_words(relationship: Relationship) -> tuple[str, ...]:
    """The words that tell this relationship from another to the same table: ("origin",) for origin_airport_id."""
    if relationship.role:
        return name_words(relationship.role)
    if len(relationship.columns) != 1:
        return ()
    target = {*name_words(relationship.target.name), *name_words(relationship.target.schema)}
    return tuple(w for w in name_words(relationship.columns[0]) if w not in target and w not in IDENTIFIERS)
