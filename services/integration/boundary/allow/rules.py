"""The shape of a dialect's allow-list, and the choice of one by the dialect's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as SqlDialect


@dataclass(frozen=True, slots=True)
class DialectRules:
    """Everything here is closed: what isn't listed is refused.

    parser: the sqlglot dialect that reads and renders.
    nodes: for every kind of node that isn't a function, the arguments that may be filled.
    functions: functions that the parser knows by a class of their own.
    named_functions: functions that it knows only by name, in lower case.
    types: what may be cast to.
    series: table functions that make rows out of bounds; allowed in FROM alone, with constant bounds.
    growing: functions whose result's length is a number in their arguments, and which argument that is.
    folds_names: names match without regard to case, quoted or not.
    comment_marks: openings of a comment's text by which the database would run it.
    escapes: the only backslash sequences that the parser and the database read alike in a text; None where a
        backslash is an ordinary character.
    plain_names: the database reads a dot within a quoted name as one between names, so new names hold none.
    aliases_everywhere: a result's name stands for its expression in every clause, before any column of that name.
    set_operations_wrapped: LIMIT after a set operation would be its last query's alone.
    plain_operands: the database binds comparisons in a row in another order than the parser.
    constant_lists: a name in the list of IN may mean a table, so the list holds constants alone.
    """

    parser: SqlDialect
    nodes: Mapping[type[exp.Expr], frozenset[str]]
    functions: frozenset[type[exp.Expr]]
    named_functions: frozenset[str]
    types: frozenset[exp.DType]
    series: frozenset[type[exp.Expr]] = frozenset()
    growing: Mapping[str, int] | None = None
    folds_names: bool = False
    comment_marks: tuple[str, ...] = ()
    escapes: tuple[str, ...] | None = None
    plain_names: bool = False
    aliases_everywhere: bool = False
    set_operations_wrapped: bool = False
    plain_operands: bool = False
    constant_lists: bool = False


def rules_for(dialect: str) -> DialectRules:
    """The rules of a dialect. KeyError for one that has none: nothing runs there."""
    from services.integration.boundary.allow import clickhouse, duckdb, mysql, postgres, sqlite

    return {
        "postgres": postgres.RULES,
        "sqlite": sqlite.RULES,
        "mysql": mysql.RULES,
        "duckdb": duckdb.RULES,
        "clickhouse": clickhouse.RULES,
    }[dialect]
