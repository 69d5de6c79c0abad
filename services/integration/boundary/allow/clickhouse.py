"""ClickHouse's allow-list. It must hold alone: an embedded server has no users, and its file() runs read-only too."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.clickhouse import ClickHouse

from services.integration.boundary.allow import common
from services.integration.boundary.allow.rules import DialectRules


class Verbatim(ClickHouse):
    """ClickHouse with its date formats left as written."""

    TIME_MAPPING: dict[str, str] = {}


# Kinds that the others have and that aren't here, or are read in another way than they are written: DIV becomes a
# division of floats, VALUES takes a text of types, ANY is an aggregate, <=> binds otherwise than IS NOT DISTINCT
# FROM, LATERAL and WITHIN GROUP don't exist.
_ABSENT = {exp.IntDiv, exp.Values, exp.Any, exp.All, exp.Lateral, exp.WithinGroup, exp.Escape, exp.NullSafeEQ,
           exp.NullSafeNEQ}  # fmt: skip
_SET_OPERATION = frozenset({"with_", "this", "expression", "distinct"})  # LIMIT there is the last SELECT's
_AGGREGATE = frozenset({"this", "expressions"})

_NODES = {
    **{kind: arguments for kind, arguments in common.NODES.items() if kind not in _ABSENT},
    exp.Select: common.NODES[exp.Select] - {"laterals"},
    exp.Union: _SET_OPERATION,
    exp.Intersect: _SET_OPERATION,
    exp.Except: _SET_OPERATION,
    exp.Subquery: frozenset({"this", "alias", "with_"}),
    exp.Between: frozenset({"this", "low", "high"}),
    exp.Star: frozenset({"except_"}),
    exp.ILike: frozenset({"this", "expression", "negate"}),
    exp.DataType: common.NODES[exp.DataType] | {"nullable"},
    exp.AnonymousAggFunc: _AGGREGATE,
    exp.CombinedAggFunc: _AGGREGATE,
    exp.ParameterizedAgg: _AGGREGATE | {"params"},
    exp.CombinedParameterizedAgg: _AGGREGATE | {"params"},
}

_FUNCTIONS = common.FUNCTIONS | {
    exp.AnyValue, exp.ArgMax, exp.ArgMin, exp.ApproxDistinct, exp.CountIf, exp.Quantile, exp.Corr,
    exp.TimestampTrunc, exp.DateTrunc, exp.DateDiff, exp.DateAdd, exp.DateSub, exp.TimeToStr, exp.Monthname,
    exp.DayOfWeekIso, exp.WeekOfYear, exp.YearOfWeekIso, exp.Year, exp.Month, exp.Day, exp.Quarter, exp.Hour,
    exp.DayOfMonth, exp.DayOfWeek, exp.DayOfYear,
    exp.IsNan, exp.IsInf, exp.Trunc, exp.Left, exp.Right, exp.StrPosition, exp.StartsWith, exp.EndsWith,
    exp.RegexpLike, exp.Initcap,
}  # fmt: skip

# sumIf, avgOrNull, …: what the aggregates of the list may be combined with. State, Merge, Array and Map aren't there.
_COMBINED = {
    f"{name}{ending}"
    for name in ("sum", "avg", "min", "max", "count", "any", "anylast", "argmin", "argmax", "uniq", "uniqexact",
                 "stddevpop", "stddevsamp", "varpop", "varsamp", "quantile", "quantileexact", "median")
    for ending in ("if", "ornull", "ordefault", "ornullif", "distinct")
}  # fmt: skip
_INTEGERS = {f"to{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64, 128, 256)}
_CONVERSIONS = {
    f"{name}{ending}"
    for name in _INTEGERS | {"tofloat32", "tofloat64", "todate", "todate32", "todatetime", "todatetime64",
                             "todecimal32", "todecimal64", "todecimal128", "parsedatetimebesteffort"}
    for ending in ("", "ornull", "orzero", "ordefault")
}  # fmt: skip
_MOVED = {
    f"{change}{unit}"
    for change in ("add", "subtract")
    for unit in ("seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years")
}

RULES = DialectRules(
    parser=Verbatim(),
    nodes=_NODES,
    functions=frozenset(_FUNCTIONS),
    named_functions=frozenset({
        *_COMBINED, *_CONVERSIONS, *_MOVED,
        # aggregates
        "anylast", "uniqexact", "uniqcombined", "uniqcombined64", "uniqhll12", "avgweighted", "quantileexact",
        "quantiletdigest", "quantiletiming", "medianexact", "stddevpop", "stddevsamp", "varpop", "varsamp",
        "covarpop", "covarsamp", "skewpop", "skewsamp", "kurtpop", "kurtsamp",
        # windows
        "laginframe", "leadinframe",
        # logic and numbers
        "multiif", "isnull", "isnotnull", "tonullable", "isfinite", "intdiv", "intdivorzero", "modulo",
        "positivemodulo", "roundbankers", "tobool",
        # texts
        "lowerutf8", "upperutf8", "lengthutf8", "substringutf8", "leftutf8", "rightutf8", "initcaputf8", "tostring",
        "positioncaseinsensitive", "positionutf8", "positioncaseinsensitiveutf8", "replaceall", "replaceone",
        "replaceregexpall", "replaceregexpone", "empty", "notempty", "extract",
        # time
        "now", "today", "yesterday", "toyear", "tomonth", "toquarter", "todayofmonth", "todayofyear", "tohour",
        "tominute", "tosecond", "toweek", "toyyyymm", "toyyyymmdd", "tostartofweek", "tostartofisoyear",
        "tostartoffiveminutes", "tostartoffifteenminutes", "tostartoftenminutes", "tolastdayofmonth",
        "tostartofinterval", "datename", "age", "tounixtimestamp", "fromunixtimestamp", "totimezone",
    }),
    types=frozenset({
        exp.DType.BOOLEAN, exp.DType.TINYINT, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT, exp.DType.INT128,
        exp.DType.INT256, exp.DType.UTINYINT, exp.DType.USMALLINT, exp.DType.UINT, exp.DType.UBIGINT,
        exp.DType.UINT128, exp.DType.UINT256, exp.DType.FLOAT, exp.DType.DOUBLE, exp.DType.DECIMAL,
        exp.DType.DECIMAL32, exp.DType.DECIMAL64, exp.DType.DECIMAL128, exp.DType.TEXT, exp.DType.VARCHAR,
        exp.DType.CHAR, exp.DType.DATE, exp.DType.DATE32, exp.DType.DATETIME, exp.DType.DATETIME64,
        exp.DType.TIMESTAMP, exp.DType.UUID,
    }),
    escapes=("\\\\", "\\'", "\\%", "\\_", "\\n", "\\t"),
    plain_names=True,
    aliases_everywhere=True,
    set_operations_wrapped=True,
    plain_operands=True,
    constant_lists=True,
)  # fmt: skip
