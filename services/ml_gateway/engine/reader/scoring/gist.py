"""What a query asks for, however its rows are listed, and what a person takes for the same."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from services.ml_gateway.engine.query.model import Bucket, Field, Ordering, Query
from services.ml_gateway.engine.query.rows import conjuncts


def gist(query: Query) -> Hashable:
    """Equal where two show the same of the same rows, as far as their words can tell."""
    return (
        frozenset(query.show),
        frozenset(conjuncts(query.where)),
        bool(query.group),
        query.having,
        query.order[:1] if query.limit is not None else tuple(filter(_is_asked_for, query.order)),
        query.limit,
        query.per,
        query.combined,
    )


def kind(query: Query) -> Hashable:
    """Equal where two differ at most in their order, or in whether a number that the rows are ranked by stands beside
    their names: people who say neither accept either."""
    ranked_by = {one.by for one in query.order[:1] if query.limit is not None or query.group}
    return (
        frozenset(query.show) | ranked_by,
        frozenset(conjuncts(query.where)),
        bool(query.group),
        query.having,
        query.order[:1] if query.limit is not None else (),
        query.limit,
        query.per,
        query.combined,
    )


def beside(query: Query) -> Query | None:
    """The same with the number that its first groups are ranked by; None where it is shown, or there is none."""
    if not query.group or not query.order or query.limit is None or query.order[0].by in query.show:
        return None
    return replace(query, show=(*query.show, query.order[0].by))


def _is_asked_for(ordering: Ordering) -> bool:
    """Lists go upward and numbers downward unless it is said."""
    return ordering.descending == isinstance(ordering.by, Field | Bucket)
