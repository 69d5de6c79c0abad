"""MySQL's and MariaDB's allow-list."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.mysql import MySQL

from services.integration.boundary.allow import common
from services.integration.boundary.allow.rules import DialectRules


class Verbatim(MySQL):
    """MySQL with its date formats left as written."""

    TIME_MAPPING: dict[str, str] = {}


RULES = DialectRules(
    parser=Verbatim(),
    nodes={**common.NODES, exp.RegexpLike: frozenset({"this", "expression"})},
    functions=common.FUNCTIONS
    | {
        exp.GroupConcat, exp.Year, exp.Month, exp.Day, exp.Quarter, exp.Week, exp.DayOfMonth, exp.DayOfWeek,
        exp.DayOfYear, exp.DateDiff, exp.DateAdd, exp.DateSub, exp.TimeToStr, exp.Left, exp.Right, exp.ConcatWs,
        exp.StrPosition, exp.RegexpLike, exp.LastDay, exp.TsOrDsToDate, exp.Date, exp.Mod, exp.Trunc,
        exp.ConvertTimezone, exp.TimestampDiff,
    },
    named_functions=frozenset({
        "hour", "minute", "second", "dayname", "monthname", "ltrim", "rtrim", "weekday", "makedate",
    }),
    types=common.TYPES | {exp.DType.DATETIME, exp.DType.UBIGINT},
    comment_marks=("!", "M!", "+"),
)  # fmt: skip
