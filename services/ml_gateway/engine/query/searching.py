"""The cheapest ways over foreign keys to one table (Dijkstra), found as far as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice

from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.reading import Hop

# Going down costs a little more than going up; from one row up and down again to its siblings costs the most.
_UP, _DOWN, _TURN = 1.0, 1.05, 0.5
_FARTHEST = 7.0
_MOST = 8  # equally cheap ways that are told
_SAME = 1e-9

# A table and how it was reached: by a hop up, by one down, or not at all (the end).
_State = tuple[TableKey, bool | None]

# From each table, the hops to others, where they lead, and what they cost more for not being sure.
Steps = Mapping[TableKey, tuple[tuple[Hop, TableKey, float], ...]]


@dataclass(frozen=True, slots=True)
class Way:
    """Hops from one table to another."""

    hops: tuple[Hop, ...]
    cost: float


def turn(before: tuple[Hop, ...], after: tuple[Hop, ...]) -> float:
    """What it costs to go on by `after` where one came by `before`."""
    return _TURN if before and after and before[-1].upward and not after[0].upward else 0.0


class Search:
    """Starts at the end of the ways and goes backwards. Keeps what it has seen, and goes on from there."""

    def __init__(self, end: TableKey, steps: Steps) -> None:
        self._end = end
        self._steps = steps
        self._settled: dict[_State, float] = {}
        self._best: dict[_State, float] = {(end, None): 0.0}
        self._after: dict[_State, list[tuple[Hop, _State]]] = {}
        self._queue: list[tuple[float, int, _State]] = [(0.0, 0, (end, None))]
        self._pushed = 1

    def ways_from(self, start: TableKey) -> list[Way]:
        states: list[_State] = [(start, None), (start, True), (start, False)]
        known = min((self._settled[state] for state in states if state in self._settled), default=_FARTHEST)
        while self._queue and self._queue[0][0] <= known + _SAME:
            cost, _, state = self._queue[0]
            known = min(known, cost) if state in states else known
            self._settle()
        costs = {state: self._settled[state] for state in states if state in self._settled}
        least = min(costs.values(), default=0.0)
        found = (
            Way(hops, cost) for state, cost in costs.items() if cost <= least + _SAME for hops in self._paths(state)
        )
        return list(islice(found, _MOST))

    def _settle(self) -> None:
        cost, _, state = heappop(self._queue)
        if state in self._settled:
            return
        self._settled[state] = cost
        table, came_up = state
        for hop, reached, doubt in self._steps.get(table, ()):
            other = (reached, hop.upward)
            # The way itself takes the hop from its other side.
            price = cost + doubt + (_DOWN if hop.upward else _UP) + (_TURN if came_up and not hop.upward else 0.0)
            known = self._best.get(other, _FARTHEST)
            if price < known - _SAME:
                self._best[other] = price
                self._after[other] = []
                heappush(self._queue, (price, self._pushed, other))
                self._pushed += 1
            if price <= known + _SAME and other not in self._settled:
                self._after.setdefault(other, []).append((Hop(hop.relationship, not hop.upward), state))

    def _paths(self, state: _State) -> Iterator[tuple[Hop, ...]]:
        if state == (self._end, None):
            yield ()
            return
        for hop, after in self._after.get(state, ()):
            for rest in self._paths(after):
                yield (hop, *rest)
