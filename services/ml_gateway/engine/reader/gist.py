"""What a query asks for, however its rows are listed."""

from __future__ import annotations

from collections.abc import Hashable

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


def _is_asked_for(ordering: Ordering) -> bool:
    """Lists go upward and numbers downward unless it is said."""
    return ordering.descending == isinstance(ordering.by, Field | Bucket)
