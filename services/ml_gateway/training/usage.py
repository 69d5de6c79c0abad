"""Tables that were joined though nothing of them is used, and that the way between the others doesn't lead over."""

from __future__ import annotations

from collections.abc import Iterator

from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.joining import connect, lowest
from services.ml_gateway.engine.query.keys import Keys
from services.ml_gateway.engine.query.model import Query, Rows
from services.ml_gateway.engine.query.rows import distinct, rows_of, rows_of_condition
from services.ml_gateway.training.sources import Sources


def unused(query: Query, sources: Sources) -> tuple[Rows, ...]:
    used = distinct(_rows_of_query(query))
    found: list[Rows] = []
    for alias in sources.tables:
        rows = sources.rows(alias)
        if rows not in used and rows.table not in _on_the_way((*used, *found), sources):
            found.append(rows)
    return distinct(found)


def _on_the_way(used: tuple[Rows, ...], sources: Sources) -> set[object]:
    keys = Keys(sources.catalog)
    try:
        tree = connect(lowest(used, keys), used, keys) if used else None
    except Unreadable:
        return set()
    paths = [place.path for place in tree.places.values()] if tree else []
    return {keys.target(hop) for path in paths for hop in path}


def _rows_of_query(query: Query) -> Iterator[Rows]:
    for shown in (*query.show, *query.group, *query.per, *(one.by for one in query.order)):
        yield from rows_of(shown)
    for condition in (query.where, query.having):
        if condition is not None:
            yield from rows_of_condition(condition)
