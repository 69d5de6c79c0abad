"""Queries in a form in which equal ones compare equal."""

from dataclasses import replace

from services.ml_gateway.engine.dialog.parts import base, conjuncts, together
from services.ml_gateway.engine.query.model import Compare, Condition, Query


def plain(query: Query) -> Query:
    """Conditions in a fixed order, the subject said, in queries that conditions compare with as well."""
    conditions = tuple(sorted((_plain(one) for one in conjuncts(query.where)), key=repr))
    return replace(query, where=together(conditions), subject=base(query))


def _plain(condition: Condition) -> Condition:
    if isinstance(condition, Compare) and isinstance(condition.right, Query):
        return replace(condition, right=plain(condition.right))
    return condition
