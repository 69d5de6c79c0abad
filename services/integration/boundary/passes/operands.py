"""Operators in a row, where the database binds them in another order than the parser does."""

from __future__ import annotations

from sqlglot import exp

from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason

_COMPARING = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ, exp.Is, exp.Like,
              exp.ILike, exp.In, exp.Between)  # fmt: skip
_COMPUTING = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.DPipe, exp.Neg)


def plain_operands(draft: Draft) -> Draft:
    """A comparison or NOT within a comparison or a computation stands in parentheses: `a = b NOT IN (1)` could mean
    two things. So does a cast behind a minus: `-1::UInt8` is a cast of -1 to some and minus a cast to others."""
    if not draft.rules.plain_operands:
        return draft
    for node in draft.nodes:
        if isinstance(node, exp.Neg) and isinstance(node.this, exp.Cast):
            raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, "a cast behind a minus without parentheses")
        if isinstance(node, (*_COMPARING, *_COMPUTING)):
            operands = (node.args.get(key) for key in ("this", "expression", "low", "high"))
            if any(isinstance(operand, (*_COMPARING, exp.Not)) for operand in operands):
                raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, "comparisons in a row without parentheses")
    return draft
