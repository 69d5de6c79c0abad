"""Whether the tables of a query hang together at all: what nothing connects, no SQL can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import Field, Query, Rows
from services.ml_gateway.engine.query.walking import children

Groups = Mapping[TableKey, TableKey]


def groups(index: Index) -> Groups:
    """Of each table one that stands for all that keys connect it with, however far."""
    return index.graph.groups


def is_connected(query: Query, known: Groups) -> bool:
    """A query within another, or beside it, is looked at by itself."""
    inner: list[Query] = []
    met = {known.get(table) for table in _tables(query, inner, outer=True)}
    return len(met) < 2 and all(is_connected(one, known) for one in inner)


def _tables(node: object, inner: list[Query], *, outer: bool = False) -> Iterator[TableKey]:
    if isinstance(node, Query) and not outer:
        inner.append(node)
    elif isinstance(node, Rows):
        yield node.table
    elif isinstance(node, Field):
        if not node.alike:
            yield node.key.table
    else:
        for one in children(node):
            if one:
                yield from _tables(one, inner)
