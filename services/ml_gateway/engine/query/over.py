"""Expressions and conditions over the rows of a grouped SELECT."""

from __future__ import annotations

from sqlglot import exp

from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.calls import Select, with_query
from services.ml_gateway.engine.query.matching import COMPARISONS, compared
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Bucket,
    Compare,
    Condition,
    Duration,
    Either,
    Expression,
    Field,
    Function,
    Not,
    Query,
)
from services.ml_gateway.engine.query.parts import Key, Measure
from services.ml_gateway.engine.query.rows import Leaf
from services.ml_gateway.engine.query.scope import Setting
from services.ml_gateway.engine.query.values import number, rendered


class Over:
    """Expressions over the rows of a grouped SELECT."""

    def __init__(
        self,
        keys: dict[Key, exp.Expr],
        measures: dict[Measure, exp.Expr],
        setting: Setting,
        known: dict[Expression, exp.Expr] | None = None,
        *,
        stitched: bool = False,
    ) -> None:
        """known: what else has a value already: the numbers over groups. stitched: groups of which some tables may
        have no rows.
        """
        self.keys = keys
        self.measures = measures
        self.known = known or {}
        self.stitched = stitched
        self._setting = setting

    def value(self, one: Expression) -> exp.Expr:
        return rendered(one, self._leaf, self._setting.dialect, self.known, self._as_term)

    def _as_term(self, one: Expression, value: exp.Expr) -> exp.Expr:
        """The sum of no rows, where others of the group have some, takes nothing away and adds nothing."""
        apart = isinstance(one, Aggregate) and (one.where is not None or self.stitched)
        if apart and isinstance(one, Aggregate) and one.function is Function.SUM:
            return exp.Coalesce(this=value, expressions=[number(0)])
        return value

    def _leaf(self, leaf: Leaf) -> exp.Expr:
        found = self.keys.get(leaf) if isinstance(leaf, Field | Bucket | Duration) else self.measures.get(leaf)
        assert found is not None, leaf
        return found.copy()

    def condition(self, condition: Condition, select: Select) -> exp.Expr:
        match condition:
            case Both():
                return exp.Paren(this=exp.and_(*(self.condition(one, select) for one in condition.conditions)))
            case Either():
                return exp.Paren(this=exp.or_(*(self.condition(one, select) for one in condition.conditions)))
            case Not():
                return exp.Not(this=exp.Paren(this=self.condition(condition.condition, select)))
            case Compare():
                return self._compare(condition, select)
        raise unsupported("such a condition on groups")

    def _compare(self, condition: Compare, select: Select) -> exp.Expr:
        left = self.value(condition.left)
        if isinstance(condition.right, Query):
            return with_query(left, condition.operator, condition.right, self._setting, select)
        if not isinstance(condition.right, tuple):
            return COMPARISONS[condition.operator](this=left, expression=self.value(condition.right))
        known = None
        if isinstance(condition.left, Field):
            known = self._setting.schema.catalog.columns[condition.left.key]
        return compared(left, condition.operator, condition.right, known, self._setting)
