"""PostgreSQL's allow-list."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.postgres import Postgres

from services.integration.boundary.allow import common
from services.integration.boundary.allow.rules import DialectRules


class Verbatim(Postgres):
    """PostgreSQL with its date formats left as written: translated there and back, 'YYYY-"W"IW' would change."""

    TIME_MAPPING: dict[str, str] = {}


_BINARY = frozenset({"this", "expression"})
_NODES = {
    **common.NODES,
    exp.ILike: frozenset({"this", "expression", "negate"}),
    exp.SimilarTo: _BINARY,
    exp.RegexpLike: _BINARY,
    exp.RegexpILike: _BINARY,
    exp.AtTimeZone: frozenset({"this", "zone"}),
    exp.JSONPath: frozenset({"expressions"}),
    exp.JSONPathRoot: frozenset(),
    exp.JSONPathKey: frozenset({"this"}),
    exp.JSONPathSubscript: frozenset({"this"}),
}

_FUNCTIONS = common.FUNCTIONS | {
    exp.LogicalAnd, exp.LogicalOr, exp.ArrayAgg, exp.GroupConcat, exp.PercentileCont, exp.PercentileDisc, exp.Mode,
    exp.Corr, exp.CovarPop, exp.CovarSamp, exp.RegrSlope, exp.RegrIntercept, exp.RegrR2, exp.RegrCount,
    exp.Trunc, exp.Cbrt, exp.Mod, exp.WidthBucket, exp.Pi, exp.Degrees, exp.Radians,
    exp.Left, exp.Right, exp.Initcap, exp.Reverse, exp.ConcatWs, exp.SplitPart, exp.StrPosition, exp.StartsWith,
    exp.RegexpReplace, exp.RegexpLike, exp.RegexpILike, exp.Translate, exp.MD5, exp.Chr, exp.Ascii, exp.ToNumber,
    exp.Pad, exp.Repeat,
    exp.Localtimestamp, exp.TimestampTrunc, exp.DateTrunc, exp.TimeToStr, exp.StrToDate, exp.StrToTime,
    exp.UnixToTime, exp.JustifyDays, exp.JustifyHours, exp.JustifyInterval,
    exp.JSONExtract, exp.JSONExtractScalar, exp.JSONBExtract, exp.JSONBExtractScalar, exp.JSONBContainsTopKey,
    exp.Array, exp.ArraySize, exp.Grouping,
}  # fmt: skip

RULES = DialectRules(
    parser=Verbatim(),
    nodes=_NODES,
    functions=frozenset(_FUNCTIONS),
    named_functions=frozenset({
        "age", "make_date", "make_timestamp", "every", "cardinality", "isfinite", "btrim", "regexp_count",
        "regexp_substr", "regr_avgx", "regr_avgy", "to_char", "grouping", "div", "octet_length", "char_length",
    }),
    types=common.TYPES | {exp.DType.UUID, exp.DType.JSON, exp.DType.JSONB, exp.DType.ARRAY, exp.DType.TIMETZ},
    series=frozenset({exp.ExplodingGenerateSeries}),
)  # fmt: skip
