"""Walks through the trees of queries, which are walked for each candidate of a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import Field, Query, Rows, SetOperator


def children(node: object) -> tuple[object, ...]:
    """What a part of a query is made of; nothing of what is no part."""
    getter = _KNOWN.get(type(node)) or _getter(type(node))
    return getter(node)


def nodes_of(node: object) -> Sequence[object]:
    """The node and every part of a query that it is made of, itself first, and what sets are combined by: no names
    or numbers, and of columns and rows not what they are called."""
    if type(node) is not Query:
        return _walked(node)
    try:
        return node.walked
    except AttributeError:
        object.__setattr__(node, "walked", tuple(_walked(node)))
        return node.walked


def numbers_of(node: object) -> set[float]:
    """What its columns are compared with, limits and other figures; no number that only tells a role."""
    found: set[float] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, int | float) and not isinstance(one, bool):
            found.add(float(one))
        waiting += children(one)
    return found


def tables_in(node: object) -> set[TableKey]:
    """Every table that it names, those of columns that stand in for others too."""
    nodes = nodes_of(node)
    columns = {one.key.table for one in nodes if isinstance(one, Field)}
    return columns | {one.table for one in nodes if isinstance(one, Rows)}


def _walked(node: object) -> list[object]:
    found: list[object] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        getter = _KNOWN.get(type(one)) or _getter(type(one))
        if getter is _nothing:
            continue
        if getter is not _itself:
            found.append(one)
        waiting += getter(one)
    return found


_Getter = Callable[[Any], tuple[object, ...]]


def _getter(kind: type) -> _Getter:
    names = tuple(getattr(kind, "__dataclass_fields__", ()))
    if issubclass(kind, tuple):
        made: _Getter = _itself
    elif len(names) > 1:
        made = attrgetter(*names)
    else:
        made = _only(names[0]) if names else _nothing
    return _KNOWN.setdefault(kind, made)


def _only(name: str) -> _Getter:
    return lambda node: (getattr(node, name),)


def _itself(node: Any) -> tuple[object, ...]:
    return tuple(node)


def _nothing(node: object) -> tuple[object, ...]:
    return ()


def _stood_in(node: Field) -> tuple[object, ...]:
    return node.alike


def _no_part(node: Rows | SetOperator) -> tuple[object, ...]:
    return ()


# Of the few kinds of nodes, each worked out when it is first met.
_KNOWN: dict[type, _Getter] = {Field: _stood_in, Rows: _no_part, SetOperator: _no_part}
