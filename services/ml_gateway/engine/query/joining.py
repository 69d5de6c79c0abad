"""The join path: the cheapest tree over the foreign keys that reaches every table of a query, each in its role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.naming import words
from services.ml_gateway.engine.problems import Unreadable, no_such_data
from services.ml_gateway.engine.query.keys import Keys
from services.ml_gateway.engine.query.model import Rows
from services.ml_gateway.engine.query.searching import Way, turn
from services.ml_gateway.engine.reading import Hop, Place

_EXACT = 4  # with more tables the nearest is reached first; with as many or fewer, every order is tried


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """`rows` can be reached by several keys (numbers of the catalog's relationships) that nothing tells apart; the
    first was taken."""

    rows: Rows
    relationships: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Where each of the rows stands, as its path from the root."""

    places: dict[Rows, Place]
    cost: float
    ambiguities: tuple[Ambiguity, ...] = ()


def connect(root: Rows, others: Iterable[Rows], keys: Keys) -> Tree:
    """Raises Unreadable where no keys lead to one of the others."""
    wanted = [rows for rows in dict.fromkeys(others) if rows != root]
    orders: Iterable[Sequence[Rows]] = permutations(wanted) if len(wanted) <= _EXACT else (wanted,)
    trees = [_grown(root, order, keys) for order in orders]
    return min(trees, key=lambda tree: tree.cost)


def lowest(rows: Sequence[Rows], keys: Keys) -> Rows:
    """The rows from which all others are reached without fanning out; else those from which it takes the least."""
    among = list(dict.fromkeys(rows))
    if len(among) == 1:
        return among[0]
    found: list[tuple[int, float, int, Rows]] = []
    for position, start in enumerate(among):
        try:
            tree = connect(start, among, keys)
        except Unreadable:
            continue
        found.append((fan_outs(tree, keys), tree.cost, position, start))
    return min(found)[-1] if found else among[0]


def fan_outs(tree: Tree, keys: Keys) -> int:
    return sum(keys.fans(hop) for place in tree.places.values() for hop in place.path)


def way_from(anchors: Sequence[Place], rows: Rows, keys: Keys) -> Place:
    """Where rows other than those at the anchors stand, by the cheapest way from one of them. Raises Unreadable."""
    found = [
        (way.cost, position, Place(rows.table, (*anchor.path, *way.hops)))
        for position, anchor in enumerate(anchors)
        for way in _ways(Place(anchor.table), rows, Rows(anchor.table), keys)[:1]
        if way.hops
    ]
    if not found:
        raise _unconnected(anchors[0].table, rows.table)
    return min(found, key=lambda one: one[:2])[-1]


def _grown(root: Rows, order: Sequence[Rows], keys: Keys) -> Tree:
    places = {root: Place(root.table)}
    nodes = [Place(root.table)]
    cost = 0.0
    ambiguities: list[Ambiguity] = []
    for rows in order:
        place, price, ties = _nearest(rows, nodes, root, keys)
        places[rows] = place
        cost += price
        ambiguities += [Ambiguity(rows, ties)] if len(ties) > 1 else []
        nodes += [node for node in _prefixes(place, keys) if node not in nodes]
    return Tree(places, cost, tuple(ambiguities))


def _nearest(rows: Rows, nodes: Sequence[Place], root: Rows, keys: Keys) -> tuple[Place, float, tuple[int, ...]]:
    if (rows.role is None and root.role is None) or (rows.table == root.table and not _is_self(root, keys)):
        for node in nodes:
            if node.table == rows.table and rows.role is None:
                return node, 0.0, ()
    best: tuple[Place, float, tuple[int, ...]] | None = None
    for node in nodes:
        ways = _ways(node, rows, root, keys)
        if ways and (best is None or ways[0].cost < best[1] - 1e-9):
            place = Place(rows.table, (*node.path, *ways[0].hops))
            best = place, ways[0].cost, _told_apart(ways)
    if best is None:
        raise _unconnected(nodes[0].table, rows.table)
    return best


def _ways(node: Place, rows: Rows, root: Rows, keys: Keys) -> list[Way]:
    """Ways from a place of the tree, without going back where it was reached from."""
    end = _last(rows, root, node, keys)
    target = keys.target(Hop(end.relationship, not end.upward)) if end else rows.table
    found = []
    for way in keys.ways(node.table, target):
        hops = (*way.hops, end) if end else way.hops
        if end and len(way.hops) and way.hops[-1] == Hop(end.relationship, not end.upward):
            continue
        back = node.path and hops and hops[0] == Hop(node.path[-1].relationship, not node.path[-1].upward)
        is_self = back and keys.relationship(hops[0]).table == keys.relationship(hops[0]).target
        if not back or is_self:
            cost = way.cost + (1.0 if end else 0.0) + turn(node.path, hops)
            found.append(Way(hops, cost))
    return found


def _last(rows: Rows, root: Rows, node: Place, keys: Keys) -> Hop | None:
    """The hop that gives the rows their role; the root's own role is that of the key between it and the others."""
    if rows.role is not None:
        one = keys.catalog.relationships[rows.role]
        return Hop(rows.role, upward=one.target == rows.table)
    if root.role is not None and not node.path:
        one = keys.catalog.relationships[root.role]
        if one.table == root.table and one.target == rows.table and one.table != one.target:
            return Hop(root.role, upward=True)
        if one.target == root.table and one.table == rows.table:
            return Hop(root.role, upward=False)
    return None


def _is_self(rows: Rows, keys: Keys) -> bool:
    """Whether the rows are those that others of their own table point to: the managers among the employees."""
    if rows.role is None:
        return False
    one = keys.catalog.relationships[rows.role]
    return one.table == one.target


def _told_apart(ways: Sequence[Way]) -> tuple[int, ...]:
    """Where equally cheap ways go over the same tables and part at one key, those keys."""
    if len(ways) < 2:
        return ()
    for hops in zip(*(way.hops for way in ways), strict=False):
        if len(set(hops)) > 1:
            return tuple(dict.fromkeys(hop.relationship for hop in hops))
    return ()


def _prefixes(place: Place, keys: Keys) -> list[Place]:
    return [Place(keys.target(place.path[n - 1]), place.path[:n]) for n in range(1, len(place.path) + 1)]


def _unconnected(one: TableKey, other: TableKey) -> Unreadable:
    return no_such_data(f"Nothing connects {words(one.name)} with {words(other.name)}.")
