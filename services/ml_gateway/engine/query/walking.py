"""Walks through the trees of queries, which are walked for each candidate of a question."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any


def children(node: object) -> tuple[object, ...]:
    """What a part of a query is made of; nothing of what is no part."""
    getter = _KNOWN.get(type(node)) or _getter(type(node))
    return getter(node)


def nodes_of(node: object) -> list[object]:
    """The node and everything that it is made of, in no order."""
    found: list[object] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        found.append(one)
        getter = _KNOWN.get(type(one)) or _getter(type(one))
        if getter is not _nothing:  # half of all are names and figures
            waiting += getter(one)
    return found


_Getter = Callable[[Any], tuple[object, ...]]
_KNOWN: dict[type, _Getter] = {}  # of the few kinds of nodes, each worked out when it is first met


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
