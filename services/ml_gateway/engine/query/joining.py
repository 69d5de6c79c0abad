"""The join path: the cheapest tree over the foreign keys that reaches every table of a query, each in its role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.naming import words
from services.ml_gateway.engine.problems import Unreadable, no_such_data
from services.ml_gateway.engine.query.model import Rows
from services.ml_gateway.engine.query.schema import Schema, Way
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


def connect(root: Rows, others: Iterable[Rows], schema: Schema) -> Tree:
    """Raises Unreadable where no keys lead to one of the others."""
    wanted = [rows for rows in dict.fromkeys(others) if rows != root]
    orders: Iterable[Sequence[Rows]] = permutations(wanted) if len(wanted) <= _EXACT else (wanted,)
    trees = [_grown(root, order, schema) for order in orders]
    return min(trees, key=lambda tree: tree.cost)


def _grown(root: Rows, order: Sequence[Rows], schema: Schema) -> Tree:
    places = {root: Place(root.table)}
    nodes = [Place(root.table)]
    cost = 0.0
    ambiguities: list[Ambiguity] = []
    for rows in order:
        place, price, ties = _nearest(rows, nodes, root, schema)
        places[rows] = place
        cost += price
        ambiguities += [Ambiguity(rows, ties)] if len(ties) > 1 else []
        nodes += [node for node in _prefixes(place, schema) if node not in nodes]
    return Tree(places, cost, tuple(ambiguities))


def _nearest(rows: Rows, nodes: Sequence[Place], root: Rows, schema: Schema) -> tuple[Place, float, tuple[int, ...]]:
    if (rows.role is None and root.role is None) or rows.table == root.table:
        for node in nodes:
            if node.table == rows.table and rows.role is None:
                return node, 0.0, ()
    best: tuple[Place, float, tuple[int, ...]] | None = None
    for node in nodes:
        ways = _ways(node, rows, root, schema)
        if ways and (best is None or ways[0].cost < best[1] - 1e-9):
            place = Place(rows.table, (*node.path, *ways[0].hops))
            best = place, ways[0].cost, _told_apart(ways)
    if best is None:
        raise _unconnected(nodes[0].table, rows.table)
    return best


def _ways(node: Place, rows: Rows, root: Rows, schema: Schema) -> list[Way]:
    """Ways from a place of the tree, without going back where it was reached from."""
    end = _last(rows, root, node, schema)
    target = schema.target(Hop(end.relationship, not end.upward)) if end else rows.table
    found = []
    for way in schema.ways(node.table, target):
        hops = (*way.hops, end) if end else way.hops
        if end and len(way.hops) and way.hops[-1] == Hop(end.relationship, not end.upward):
            continue
        back = node.path and hops and hops[0] == Hop(node.path[-1].relationship, not node.path[-1].upward)
        is_self = back and schema.relationship(hops[0]).table == schema.relationship(hops[0]).target
        if not back or is_self:
            cost = way.cost + (1.0 if end else 0.0) + schema.turn(node.path, hops)
            found.append(Way(hops, cost))
    return found


def _last(rows: Rows, root: Rows, node: Place, schema: Schema) -> Hop | None:
    """The hop that gives the rows their role; the root's own role is that of the key between it and the others."""
    if rows.role is not None:
        one = schema.catalog.relationships[rows.role]
        return Hop(rows.role, upward=one.target == rows.table)
    if root.role is not None and not node.path:
        one = schema.catalog.relationships[root.role]
        if one.table == root.table and one.target == rows.table:
            return Hop(root.role, upward=True)
        if one.target == root.table and one.table == rows.table:
            return Hop(root.role, upward=False)
    return None


def _told_apart(ways: Sequence[Way]) -> tuple[int, ...]:
    """Where equally cheap ways go over the same tables and part at one key, those keys."""
    if len(ways) < 2:
        return ()
    for hops in zip(*(way.hops for way in ways), strict=False):
        if len(set(hops)) > 1:
            return tuple(dict.fromkeys(hop.relationship for hop in hops))
    return ()


def _prefixes(place: Place, schema: Schema) -> list[Place]:
    return [Place(schema.target(place.path[n - 1]), place.path[:n]) for n in range(1, len(place.path) + 1)]


def _unconnected(one: TableKey, other: TableKey) -> Unreadable:
    return no_such_data(f"Nothing connects {words(one.name)} with {words(other.name)}.")
