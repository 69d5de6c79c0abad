"""Conditions into SQL. What holds of rows below becomes EXISTS, so that no row is multiplied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from services.ml_gateway.engine.dialects import day_start, within
from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.calls import Select, with_query
from services.ml_gateway.engine.query.existing import exists, within_exists
from services.ml_gateway.engine.query.matching import COMPARISONS, compared
from services.ml_gateway.engine.query.model import (
    Both,
    Compare,
    Condition,
    During,
    Either,
    Exists,
    Field,
    Not,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.rows import conjuncts, rows_of_condition
from services.ml_gateway.engine.query.scope import Scope
from services.ml_gateway.engine.query.values import row_value
from services.ml_gateway.engine.reading import Hop, Operator, Place

_KEEPS_MISSING = True  # a value that is missing is not the one that is excluded


@dataclass(frozen=True)
class Conditions:
    """Conditions over the rows of one scope. select compiles what stands in them as a query of its own."""

    scope: Scope
    select: Select

    def where(self, condition: Condition | None, also: Sequence[Rows] = ()) -> list[exp.Expr]:
        """Conditions side by side are about the same row of a table below: one EXISTS holds them all."""
        made: list[exp.Expr] = []
        branches: dict[tuple[Hop, ...], list[Condition]] = {}
        for one in conjuncts(condition):
            touched = self._touched(one)
            if len(touched) == 1 and isinstance(one, Compare | During | Either) and self._all_touch(one):
                branches.setdefault(touched[0], []).append(one)
            else:
                made.append(self.one(one))
        for rows in also:
            branch = self._branch(rows)
            if branch is None:
                self.scope.reach(self.scope.places[rows].path)
            else:
                branches.setdefault(branch, [])
        made += [self._below(branch, conditions, also) for branch, conditions in branches.items()]
        return made

    def one(self, condition: Condition, *, sure: bool = True) -> exp.Expr:
        """sure: not under a negation or an alternative, where a row without the place may be wanted."""
        match condition:
            case Both():
                return exp.Paren(this=exp.and_(*(self.one(part, sure=sure) for part in condition.conditions)))
            case Either():
                return exp.Paren(this=exp.or_(*(self.one(part, sure=False) for part in condition.conditions)))
            case Not():
                return self._not(condition.condition)
            case Exists():
                return exists(condition, self)
        touched = self._touched(condition)
        if len(touched) > 1:
            raise unsupported("comparing rows that nothing pairs")
        if touched:
            return self._below(touched[0], [condition], ())
        return self._during(condition, sure) if isinstance(condition, During) else self._compare(condition, sure)

    def _not(self, condition: Condition) -> exp.Expr:
        if isinstance(condition, Both | Either):  # De Morgan, so that what is missing is kept in each
            kind = exp.or_ if isinstance(condition, Both) else exp.and_
            return exp.Paren(this=kind(*(self._not(part) for part in condition.conditions)))
        if isinstance(condition, Not):
            return self.one(condition.condition, sure=False)
        made = self.one(condition, sure=False)
        if isinstance(condition, Exists) or self._touched(condition):
            return exp.Not(this=made)
        if isinstance(condition, Compare) and condition.operator in (Operator.IS_NULL, Operator.NOT_NULL):
            return exp.Not(this=exp.Paren(this=made))
        left = condition.field if isinstance(condition, During) else condition.left
        missing = exp.Is(this=row_value(left, self.scope, sure=False), expression=exp.Null())
        return exp.Paren(this=exp.Or(this=exp.Not(this=exp.Paren(this=made)), expression=missing))

    def _compare(self, condition: Compare, sure: bool) -> exp.Expr:
        excludes = condition.operator is Operator.NOT_EQUAL and _KEEPS_MISSING
        empty = condition.operator is Operator.IS_NULL
        left = row_value(condition.left, self.scope, sure=sure and not excludes and not empty)
        known = self.scope.known(condition.left) if isinstance(condition.left, Field) else None
        setting = self.scope.setting
        if isinstance(condition.right, Query):
            made = with_query(left, condition.operator, condition.right, setting, self.select)
        elif isinstance(condition.right, tuple):
            made = compared(left, condition.operator, condition.right, known, setting)
        else:
            right = row_value(condition.right, self.scope, sure=sure)
            return COMPARISONS[condition.operator](this=left, expression=right)
        path = self.scope.places[condition.left.rows].path if known and isinstance(condition.left, Field) and (
            condition.left.rows in self.scope.places) else ()  # fmt: skip
        if excludes and known is not None and (known.nullable or path):
            missing = exp.Is(this=left.copy(), expression=exp.Null())
            return exp.Paren(this=exp.Or(this=made, expression=missing))
        return made

    def _during(self, condition: During, sure: bool) -> exp.Expr:
        column = self.scope.column(condition.field, sure=sure)
        data_type, setting = self.scope.known(condition.field).data_type, self.scope.setting
        ends = [(exp.GTE, condition.start), (exp.LT, condition.end)]
        return exp.and_(
            *(
                kind(this=column.copy(), expression=day_start(day, data_type, setting.timezone, setting.dialect))
                for kind, day in ends
                if day
            )
        )

    def _branch(self, rows: Rows) -> tuple[Hop, ...] | None:
        """The path to where rows begin to fan out, beyond what is joined; None where they don't."""
        if rows not in self.scope.places:
            return None
        path = self.scope.places[rows].path
        for length in range(1, len(path) + 1):
            if path[:length] not in self.scope.joined and self.scope.schema.keys.fans(path[length - 1]):
                return path[:length]
        return None

    def _touched(self, condition: Condition) -> list[tuple[Hop, ...]]:
        found = [self._branch(rows) for rows in rows_of_condition(condition)]
        return [branch for branch in dict.fromkeys(found) if branch is not None]

    def _all_touch(self, condition: Condition) -> bool:
        """Whether each alternative is about the rows below, so that one row below may be asked for any of them."""
        if isinstance(condition, Either):
            return all(self._all_touch(part) for part in condition.conditions)
        return isinstance(condition, Compare | During) and bool(self._touched(condition))

    def _below(self, branch: tuple[Hop, ...], conditions: Sequence[Condition], also: Sequence[Rows]) -> exp.Expr:
        """There is a row at the branch for which the conditions hold."""
        places = {
            rows: Place(place.table, place.path[len(branch) :])
            for rows, place in self.scope.places.items()
            if place.path[: len(branch)] == branch
        }
        root = Place(self.scope.schema.keys.target(branch[-1]))
        inner = within_exists(self.scope, root, places)
        for rows in also:
            if rows in places:
                inner.reach(places[rows].path)
        made = [part for one in conditions for part in replace(self, scope=inner).where(one)]
        near_at, far_at = self.scope.schema.keys.columns(branch[-1])
        near = [self.scope.named(self.scope.place_at(branch[:-1]), name, sure=False) for name in near_at]
        far = [inner.named(root, name) for name in far_at]
        query = inner.from_(exp.select())
        return within([*near], [*far], query.where(*made) if made else query, self.scope.setting.dialect)
