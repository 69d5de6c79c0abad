"""Paths over the foreign-key graph, kept apart by role.

A path goes down (to the many) any number of times and then up (to the one) any number of times. Going up and then down
again would pair rows that have nothing to do with each other, so no such path exists here.
"""

from collections.abc import Mapping, Sequence
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
_BASES_KEPT = 128
_LEAST_WAYS, _MOST_WAYS, _WAYS_IN_ALL = 4, 64, 6000
_Step = tuple[int, bool]  # along a relationship, upward or not
# Cost; steps; the number of the table reached; the numbers of the tables passed; whether it has gone up.
_Way = tuple[float, tuple[_Step, ...], int, tuple[int, ...], bool]
_Found = list[tuple[float, tuple[_Step, ...]]]


@dataclass(frozen=True, slots=True)
class Path:
    place: Place
    cost: float


@dataclass(frozen=True, slots=True)
class _Ways:
    """From one base, to each table by its number: what was found, and the paths made of it when they were asked for."""

    found: dict[int, _Found]
    paths: dict[TableKey, tuple[Path, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Graph:
    """The cheapest paths between tables, found when they are first asked for and kept for the bases asked for last.

    A large schema has more ways than anybody can mean: `_ways` bounds how many to one table are followed.
    """

    catalog: Catalog
    _found: dict[TableKey, _Ways] = field(default_factory=dict, compare=False)

    def paths(self, base: TableKey, target: TableKey, relationship: int | None = None) -> tuple[Path, ...]:
        """Paths from base to target, cheapest first; with a relationship, only those that go up through it."""
        ways = self._from(base)
        paths = ways.paths.get(target)
        if paths is None:
            found = ways.found.get(self._numbers.get(target, -1), ())
            paths = ways.paths[target] = tuple(
                Path(Place(target, tuple(Hop(number, upward=upward) for number, upward in steps)), cost)
                for cost, steps in found
            )
        if relationship is not None:
            wanted = Hop(relationship, upward=True)
            paths = tuple(path for path in paths if wanted in path.place.path)
        return paths

    def nearest(self, base: TableKey, target: TableKey, relationship: int | None = None) -> tuple[Path, ...]:
        """The cheapest paths: more than one where a table plays two roles that nothing tells apart."""
        paths = self.paths(base, target, relationship)
        return tuple(path for path in paths if path.cost == paths[0].cost)

    def hops(self, base: TableKey, target: TableKey) -> int | None:
        """How long the cheapest path is; None where there is none."""
        if base == target:
            return 0
        found = self._from(base).found.get(self._numbers.get(target, -1))
        return len(found[0][1]) if found else None

    @cached_property
    def groups(self) -> Mapping[TableKey, TableKey]:
        """Of each table one that stands for all that keys connect it with, however far."""
        above: dict[TableKey, TableKey] = {}

        def top(table: TableKey) -> TableKey:
            while (parent := above.get(table, table)) != table:
                above[table] = above.get(parent, parent)
                table = parent
            return table

        for one in self.catalog.relationships:
            above[top(one.table)] = top(one.target)
        return {table.key: top(table.key) for table in self.catalog.tables}

    def _from(self, base: TableKey) -> _Ways:
        found = self._found.get(base)
        if found is None:
            while len(self._found) >= _BASES_KEPT:
                self._found.pop(next(iter(self._found), base), None)
            found = self._found[base] = self._search(base)
        return found

    def _search(self, base: TableKey) -> _Ways:
        """Uniform-cost search over (table, way so far): the cheapest ways to each table come first."""
        start = self._numbers.get(base)
        if start is None:
            return _Ways({}, {base: (Path(Place(base), 0.0),)})  # no key leads there
        most, edges = self._ways, self._edges
        found: dict[int, _Found] = {}
        waiting: list[_Way] = [(0.0, (), start, (), False)]
        while waiting:
            cost, steps, table, before, risen = heappop(waiting)
            here = found.setdefault(table, [])
            if len(here) >= most:
                continue
            here.append((cost, steps))
            if len(steps) >= MAX_HOPS or (before and before[-1] == table):
                continue  # a table joined with itself leads no farther
            seen = (*before, table)
            for step, other, price in edges[table]:
                upward = step[1]
                if other == table:
                    if upward:
                        heappush(waiting, (cost + price, (*steps, step), table, seen, True))
                elif (upward or not risen) and other not in seen and len(found.get(other, ())) < most:
                    heappush(waiting, (cost + price, (*steps, step), other, seen, upward or risen))
        return _Ways(found)

    @cached_property
    def _ways(self) -> int:
        return max(_LEAST_WAYS, min(_MOST_WAYS, _WAYS_IN_ALL // max(1, len(self.catalog.tables))))

    @cached_property
    def _numbers(self) -> Mapping[TableKey, int]:
        """Of the tables that have keys: a search over hundreds of tables hashes nothing else."""
        ends = (table for key in self.catalog.relationships for table in (key.table, key.target))
        return {table: number for number, table in enumerate(dict.fromkeys(ends))}

    @cached_property
    def _edges(self) -> Sequence[Sequence[tuple[_Step, int, float]]]:
        """By table: relationships that lead on, where to, and what they cost."""
        edges: list[list[tuple[_Step, int, float]]] = [[] for _ in self._numbers]
        for number, key in enumerate(self.catalog.relationships):
            doubt = _doubt(key)
            up = _SELF_COST if key.table == key.target else _UP_COST
            own, other = self._numbers[key.table], self._numbers[key.target]
            edges[own].append(((number, True), other, up + doubt))
            edges[other].append(((number, False), own, _DOWN_COST + doubt))
        return edges


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
