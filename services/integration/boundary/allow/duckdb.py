"""DuckDB's allow-list."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB

from services.integration.boundary.allow import common
from services.integration.boundary.allow.rules import DialectRules


class Verbatim(DuckDB):
    """DuckDB with its date formats left as written."""

    TIME_MAPPING: dict[str, str] = {}


RULES = DialectRules(
    parser=Verbatim(),
    nodes={
        **common.NODES,
        exp.ILike: frozenset({"this", "expression", "negate"}),
        exp.Group: common.NODES[exp.Group] | {"all"},
        exp.Star: frozenset({"except_"}),
        exp.AtTimeZone: frozenset({"this", "zone"}),
    },
    functions=common.FUNCTIONS
    | {
        exp.Median, exp.Quantile, exp.PercentileCont, exp.PercentileDisc, exp.GroupConcat, exp.ArrayAgg,
        exp.TimestampTrunc, exp.DateTrunc, exp.TimeToStr, exp.DateDiff, exp.Year, exp.Month, exp.Day, exp.Quarter,
        exp.Week, exp.Trunc, exp.Left, exp.Right, exp.SplitPart, exp.StrPosition, exp.StartsWith, exp.CountIf,
        exp.ApproxDistinct, exp.Mode, exp.Corr,
    },
    named_functions=frozenset({"list", "age"}),
    types=common.TYPES
    | {exp.DType.UUID, exp.DType.INT128, exp.DType.TIMESTAMPNTZ, exp.DType.TINYINT, exp.DType.UBIGINT},
    series=frozenset({exp.GenerateSeries}),
    folds_names=True,
)  # fmt: skip
