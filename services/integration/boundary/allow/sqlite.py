"""SQLite's allow-list."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.sqlite import SQLite

from services.integration.boundary.allow import common
from services.integration.boundary.allow.rules import DialectRules


class Verbatim(SQLite):
    """SQLite with its date formats left as written."""

    TIME_MAPPING: dict[str, str] = {}


RULES = DialectRules(
    parser=Verbatim(),
    nodes={**common.NODES},
    functions=common.FUNCTIONS | {exp.GroupConcat, exp.StrPosition, exp.TimeToStr, exp.Date, exp.TsOrDsToDate,
                                  exp.TsOrDsToTimestamp},
    named_functions=frozenset({
        "total", "date", "datetime", "time", "julianday", "strftime", "unixepoch", "iif", "instr", "ltrim", "rtrim",
    }),
    types=common.TYPES | {exp.DType.DECIMAL, exp.DType.BIGINT},
    folds_names=True,
)  # fmt: skip
