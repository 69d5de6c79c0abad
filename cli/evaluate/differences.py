"""What sets a wrong answer's SQL apart from the SQL that is known to be right, part by part: where to look first. Pure.

Two statements that differ in text may say the same, so parts are compared by what they speak of: names without their
tables, numbers and texts as they stand, the bounds of a period whichever way they are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

if TYPE_CHECKING:
    from cli.evaluate.figures import Scored

UNREADABLE = "SQL that can't be compared"


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a statement; each part's name is how a report calls it."""

    tables: Hashable
    columns_shown: Hashable
    figures: Hashable
    conditions: Hashable
    grouping: Hashable
    order_and_limit: Hashable
    equal_rows: Hashable
    nesting_and_sets: Hashable


def told(of: Sequence[Scored]) -> list[tuple[str, int, int]]:
    """Of the wrong answers: each part that differs, in how many of them, and in how many it alone does."""
    some, alone = Counter[str](), Counter[str]()
    for one in of:
        if one.answered and not one.verdict.right and one.gold.sql:
            found = differences(one.prediction.sql or "", one.gold.sql)
            some.update(found)
            alone.update(found if len(found) == 1 else ())
    return [(name, count, alone[name]) for name, count in some.most_common()]


def differences(sql: str, gold: Iterable[str]) -> list[str]:
    """Names of the parts that differ from the gold's, of several gold statements from the likest one's. Empty where all
    parts are alike, though the rows differ."""
    try:
        ours = outline(sql)
        theirs = [outline(one) for one in gold]
    except SqlglotError:
        return [UNREADABLE]
    names = [one.name for one in fields(Outline)]
    found = [[name for name in names if getattr(ours, name) != getattr(one, name)] for one in theirs]
    return [name.replace("_", " ") for name in min(found, key=len)]


def outline(sql: str) -> Outline:
    """Of a statement in SQLite's dialect. Raises sqlglot.errors.SqlglotError."""
    tree = parse_one(sql, read="sqlite")
    first = next(tree.find_all(exp.Select), None)
    if first is None:
        return Outline(*[None] * len(fields(Outline)))
    own = {one.alias_or_name.lower() for one in tree.find_all(exp.CTE)}
    shown = [_bare(one.unalias()) for one in first.expressions]
    named = {one.alias.lower(): _bare(one.this) for one in first.expressions if isinstance(one, exp.Alias)}
    return Outline(
        tables=frozenset(one.name.lower() for one in tree.find_all(exp.Table)) - own,
        columns_shown=_counted(name for one in shown if not _figures(one) for name in _columns(one)),
        figures=_counted(figure for one in shown for figure in _figures(one)),
        conditions=frozenset(_conditions(tree)),
        grouping=any(tree.find_all(exp.Group)),
        order_and_limit=_order(tree, named),
        equal_rows=bool(first.args.get("distinct")),
        nesting_and_sets=any(tree.find_all(exp.SetOperation)) or len(list(tree.find_all(exp.Select))) > 1,
    )


def _bare(node: exp.Expr) -> exp.Expr:
    """Without the tables that its columns are said to be of."""
    return node.transform(lambda one: exp.column(one.name.lower()) if isinstance(one, exp.Column) else one)


def _columns(node: exp.Expr) -> list[str]:
    return ["*"] if isinstance(node, exp.Star) else [one.name for one in node.find_all(exp.Column)]


def _figures(node: exp.Expr) -> list[Hashable]:
    return [
        (type(one).__name__, bool(one.find(exp.Distinct)), () if isinstance(one, exp.Count) else tuple(_columns(one)))
        for one in node.find_all(exp.AggFunc)
    ]


def _counted(of: Iterable[Hashable]) -> frozenset[tuple[Hashable, int]]:
    return frozenset(Counter(of).items())


def _conditions(tree: exp.Expr) -> Iterable[Hashable]:
    """What columns and figures are held against. Keys that meet and bare tests of existence are joins, and none."""
    for one in tree.find_all(exp.Predicate, exp.In):
        literals = frozenset(str(value.this).lower() for value in one.find_all(exp.Literal))
        if isinstance(one, exp.Exists) or one.find(exp.Select) or not (literals or one.find(exp.Null)):
            continue
        held = "figure" if one.this.find(exp.AggFunc) else one.this.name.lower()
        if isinstance(one, exp.Between):
            yield "GTE", held, frozenset({str(one.args["low"].name).lower()})
            yield "LTE", held, frozenset({str(one.args["high"].name).lower()})
        else:
            yield type(one).__name__, held, literals


def _order(tree: exp.Expr, named: Mapping[str, exp.Expr]) -> Hashable:
    """What comes first, and how many rows there are; what only breaks ties is left out. () without a limit: whatever
    orders rows that are all shown makes no other rows."""
    limit, order = tree.args.get("limit"), tree.args.get("order")
    if limit is None:
        return ()
    if order is None:
        return str(limit.expression)
    first = order.expressions[0]
    by = _bare(first.this)
    return str(limit.expression), bool(first.args.get("desc")), named.get(by.sql(), by).sql(comments=False).lower()
