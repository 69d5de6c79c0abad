"""The cheapest ways over foreign keys to one table (Dijkstra), found as far as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice

from services.ml_gateway.engine.reading import Hop

# Going down costs a little more than going up; from one row up and down again to its siblings costs the most.
_UP, _DOWN, _TURN = 1.0, 1.05, 0.5
_FARTHEST = 7.0
_MOST = 8  # equally cheap ways that are told
_SAME = 1e-9

# A table's number times three, plus how it was reached: not at all (the end), by a hop up, by one down.
_State = int
_END, _CAME_UP, _CAME_DOWN = range(3)

# From each table (by its number), the hops to others: the relationship, whether it goes up, the table's number, and
# what it costs more for not being sure. Numbers, as a search over hundreds of tables hashes little else.
Step = tuple[int, bool, int, float]
Steps = Sequence[Sequence[Step]]


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

    def __init__(self, end: int, steps: Steps) -> None:
        self._end = end * 3 + _END
        self._steps = steps
        self._settled: dict[_State, float] = {}
        self._best: dict[_State, float] = {self._end: 0.0}
        self._after: dict[_State, list[tuple[int, bool, _State]]] = {}
        self._queue: list[tuple[float, int, _State]] = [(0.0, 0, self._end)]
        self._pushed = 1

    def ways_from(self, start: int) -> list[Way]:
        states = [start * 3 + _END, start * 3 + _CAME_UP, start * 3 + _CAME_DOWN]
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
        table, came = divmod(state, 3)
        best, after, settled = self._best, self._after, self._settled
        up, down = cost + _UP + (_TURN if came == _CAME_UP else 0.0), cost + _DOWN
        for relationship, upward, reached, doubt in self._steps[table]:
            other = reached * 3 + (_CAME_UP if upward else _CAME_DOWN)
            # The way itself takes the hop from its other side.
            price = (down if upward else up) + doubt
            known = best.get(other, _FARTHEST)
            if price < known - _SAME:
                best[other] = price
                after[other] = []
                heappush(self._queue, (price, self._pushed, other))
                self._pushed += 1
            if price <= known + _SAME and other not in settled:
                after.setdefault(other, []).append((relationship, not upward, state))

    def _paths(self, state: _State) -> Iterator[tuple[Hop, ...]]:
        if state == self._end:
            yield ()
            return
        for relationship, upward, after in self._after.get(state, ()):
            for rest in self._paths(after):
                yield (Hop(relationship, upward), *rest)
