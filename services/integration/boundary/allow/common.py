"""Nodes, functions and types that mean the same harmless thing in every dialect."""

from __future__ import annotations

from sqlglot import exp

_QUERY = ("with_", "where", "group", "having", "order", "limit", "offset")
_SET_OPERATION = frozenset({"with_", "this", "expression", "distinct", "order", "limit", "offset"})
_BINARY = frozenset({"this", "expression"})
_UNARY = frozenset({"this"})
_LIST = frozenset({"expressions"})

# For each kind of node the arguments that may be filled. What is absent is refused: Select's `into`, `locks`,
# `hint`, `sample`, `settings`, `format`; Table's `catalog`, `version`, `only`, `pivots`; Join's `method`; …
NODES: dict[type[exp.Expr], frozenset[str]] = {
    exp.Select: frozenset({*_QUERY, "expressions", "distinct", "from_", "joins", "laterals", "windows"}),
    exp.Union: _SET_OPERATION,
    exp.Intersect: _SET_OPERATION,
    exp.Except: _SET_OPERATION,
    exp.Subquery: frozenset({"this", "alias", "with_", "order", "limit", "offset"}),
    exp.Values: frozenset({"expressions", "alias"}),
    exp.With: frozenset({"expressions", "recursive"}),
    exp.CTE: frozenset({"this", "alias", "materialized"}),
    exp.TableAlias: frozenset({"this", "columns"}),
    exp.Table: frozenset({"this", "alias", "db"}),
    exp.From: _UNARY,
    exp.Join: frozenset({"this", "on", "side", "kind", "using"}),
    exp.Lateral: frozenset({"this", "alias"}),
    exp.Where: _UNARY,
    exp.Having: _UNARY,
    exp.Group: frozenset({"expressions", "grouping_sets", "cube", "rollup"}),
    exp.GroupingSets: _LIST,
    exp.Cube: _LIST,
    exp.Rollup: _LIST,
    exp.Order: frozenset({"this", "expressions"}),  # `this`: what an aggregate orders
    exp.Ordered: frozenset({"this", "desc", "nulls_first"}),
    exp.Limit: frozenset({"expression"}),
    exp.Fetch: frozenset({"direction", "count", "limit_options"}),
    exp.LimitOptions: frozenset({"rows"}),  # neither PERCENT nor WITH TIES
    exp.Offset: frozenset({"expression"}),
    exp.Distinct: frozenset({"expressions", "on"}),
    exp.Window: frozenset({"this", "partition_by", "order", "spec", "alias", "over"}),
    exp.WindowSpec: frozenset({"kind", "start", "start_side", "end", "end_side"}),
    exp.Filter: _BINARY,
    exp.WithinGroup: _BINARY,
    exp.IgnoreNulls: _UNARY,
    exp.RespectNulls: _UNARY,
    exp.Alias: frozenset({"this", "alias"}),
    exp.Column: frozenset({"this", "table", "db"}),
    exp.Identifier: frozenset({"this", "quoted"}),
    exp.Star: frozenset(),
    exp.Literal: frozenset({"this", "is_string"}),
    exp.Boolean: _UNARY,
    exp.Null: frozenset(),
    exp.Paren: _UNARY,
    exp.Tuple: _LIST,
    exp.Neg: _UNARY,
    exp.Not: _UNARY,
    exp.Add: _BINARY,
    exp.Sub: _BINARY,
    exp.Mul: _BINARY,
    exp.Div: frozenset({"this", "expression", "typed", "safe"}),
    exp.IntDiv: _BINARY,
    exp.Mod: _BINARY,
    exp.DPipe: frozenset({"this", "expression", "safe"}),
    exp.EQ: _BINARY,
    exp.NEQ: _BINARY,
    exp.GT: _BINARY,
    exp.GTE: _BINARY,
    exp.LT: _BINARY,
    exp.LTE: _BINARY,
    exp.NullSafeEQ: _BINARY,
    exp.NullSafeNEQ: _BINARY,
    exp.Is: frozenset({"this", "expression", "negate"}),
    exp.Like: frozenset({"this", "expression", "negate"}),
    exp.Escape: _BINARY,
    exp.Between: frozenset({"this", "low", "high", "symmetric"}),
    exp.In: frozenset({"this", "expressions", "query"}),
    exp.Any: _UNARY,
    exp.All: _UNARY,
    exp.Interval: frozenset({"this", "unit"}),
    exp.Var: _UNARY,
    # Types are judged by a list of their own.
    exp.DataType: frozenset({"this", "expressions", "nested", "values", "kind"}),
    exp.ObjectIdentifier: _UNARY,
    exp.PseudoType: _UNARY,
    exp.DataTypeParam: _UNARY,
}

# And, Or, Exists, Case, Cast and their like are functions to the parser.
FUNCTIONS: frozenset[type[exp.Expr]] = frozenset({
    # logic
    exp.And, exp.Or, exp.Exists, exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Greatest, exp.Least, exp.Cast,
    # aggregates
    exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance,
    exp.VariancePop,
    # windows
    exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist, exp.Ntile, exp.Lag, exp.Lead,
    exp.FirstValue, exp.LastValue, exp.NthValue,
    # numbers
    exp.Abs, exp.Ceil, exp.Floor, exp.Round, exp.Sqrt, exp.Exp, exp.Ln, exp.Log, exp.Pow, exp.Sign,
    # texts
    exp.Lower, exp.Upper, exp.Length, exp.Substring, exp.Trim, exp.Replace, exp.Concat,
    # time
    exp.CurrentDate, exp.CurrentTimestamp, exp.Extract,
})  # fmt: skip

TYPES: frozenset[exp.DType] = frozenset({
    exp.DType.BOOLEAN, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT, exp.DType.DECIMAL, exp.DType.FLOAT,
    exp.DType.DOUBLE, exp.DType.TEXT, exp.DType.VARCHAR, exp.DType.CHAR, exp.DType.DATE, exp.DType.TIME,
    exp.DType.TIMESTAMP, exp.DType.TIMESTAMPTZ, exp.DType.INTERVAL,
})  # fmt: skip

# The only words that the parser may keep as they stand: units of time, frames of windows, and LIMIT ALL.
WORDS: frozenset[str] = frozenset({
    "MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "DECADE",
    "CENTURY", "DOW", "ISODOW", "DOY", "EPOCH", "ISOYEAR", "DAYOFWEEK", "DAYOFYEAR", "ALL",
    "MICROSECONDS", "MILLISECONDS", "SECONDS", "MINUTES", "HOURS", "DAYS", "WEEKS", "MONTHS", "QUARTERS", "YEARS",
})  # fmt: skip
JOIN_SIDES: frozenset[str] = frozenset({"", "LEFT", "RIGHT", "FULL"})
JOIN_KINDS: frozenset[str] = frozenset({"", "INNER", "OUTER", "CROSS"})
