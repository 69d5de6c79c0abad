"""A figure said in words or in SQL → an aggregate over columns that a catalog has. Pure.

"the sum of quantity times unit price in the order lines table"  →  SUM("quantity" * "unit_price") over order_lines
"total price divided by the number of orders"                    →  SUM("price") / NULLIF(COUNT(*), 0)
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from sqlglot import exp, parse
from sqlglot.errors import SqlglotError

from services.ml_gateway.engine.model import Catalog, Column, Table, TableKey
from services.ml_gateway.engine.tokens import name_words

_MOST_CHARACTERS = 500
_MOST_NODES = 80
_AGGREGATES: tuple[tuple[re.Pattern[str], Callable[[exp.Expr], exp.Expr]], ...] = tuple(
    (re.compile(rf"(?:the\s+|an?\s+)?(?:{words})\s+(?:of\s+)?(?P<of>.+)", re.IGNORECASE), make)
    for words, make in (
        (r"(?:count|number)\s+of\s+(?:distinct|unique|different)", lambda of: _distinct(of)),
        (r"(?:sum|total)(?:\s+sum)?", lambda of: exp.Sum(this=of)),
        (r"average|mean|avg", lambda of: exp.Avg(this=of)),
        (r"maximum|highest|largest|max", lambda of: exp.Max(this=of)),
        (r"minimum|lowest|smallest|min", lambda of: exp.Min(this=of)),
    )
)  # fmt: skip
_COUNT = re.compile(r"(?:the\s+)?(?:total\s+)?(?:number|count)\s+of\s+(?:all\s+|the\s+)?(?P<of>.+)", re.IGNORECASE)
_WHERE = re.compile(r"(?P<what>.+)\s+(?:in|from|of)\s+(?:the\s+)?(?P<table>[\w. ]+?)(?:\s+table)?", re.IGNORECASE)
_RATIO = re.compile(r"(?:the\s+)?ratio\s+(?:of|between)\s+(?P<one>.+?)\s+(?:to|and)\s+(?P<other>.+)", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:all\s+)?(?:the|an?)\s+", re.IGNORECASE)
_CALLED = re.compile(r"\s+(?:columns?|fields?|values?)$", re.IGNORECASE)
# Those that bind least first.
_OPERATORS = (
    re.compile(r"\s(minus|plus|less|-|\+)\s", re.IGNORECASE),
    re.compile(r"\s(multiplied\s+by|divided\s+by|times|over|\*|/)\s", re.IGNORECASE),
)
_SIGNS = {"minus": "-", "less": "-", "plus": "+", "times": "*", "multiplied by": "*", "over": "/", "divided by": "/"}
_FUNCTIONS = (
    exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Count, exp.Distinct, exp.Round, exp.Abs, exp.Coalesce, exp.Nullif,
    exp.Column, exp.Identifier, exp.Literal, exp.Star, exp.Paren, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg,
    exp.Cast, exp.DataType,
)  # fmt: skip


class _Unclear(Exception):
    """It is no formula over the table."""


@dataclass(frozen=True, slots=True)
class Formula:
    """An aggregate in the catalog's dialect, over the columns of one table."""

    table: TableKey
    expression: str


def formula(catalog: Catalog, text: str) -> Formula | None:
    """The figure that the text says; None where it says none, or could be one of several tables."""
    said = text.strip().rstrip(".!;,").strip()
    if not said or len(said) > _MOST_CHARACTERS:
        return None
    named = _WHERE.fullmatch(said)
    if named and (owner := _table(catalog, named["table"])) and (found := _over(owner, named["what"], catalog.dialect)):
        return found
    found_in = [found for table in catalog.tables if (found := _over(table, said, catalog.dialect))]
    return found_in[0] if len(found_in) == 1 else None


def _over(table: Table, text: str, dialect: str) -> Formula | None:
    tree = _from_sql(table, text, dialect) or _from_words(table, text)
    if tree is None or not tree.find(exp.AggFunc):
        return None
    return Formula(table.key, tree.sql(dialect=dialect))


def _from_words(table: Table, text: str) -> exp.Expr | None:
    try:
        return _figure(table, text)
    except _Unclear:
        return None


def _from_sql(table: Table, text: str, dialect: str) -> exp.Expr | None:
    """SQL of aggregates and arithmetic alone, with the columns as the catalog spells them."""
    try:
        trees = parse(text, dialect=dialect)
    except (SqlglotError, RecursionError):
        return None
    tree = trees[0] if len(trees) == 1 else None
    if tree is None:
        return None
    nodes = list(tree.walk())
    if len(nodes) > _MOST_NODES or not all(isinstance(node, _FUNCTIONS) and not node.comments for node in nodes):
        return None
    bare = [one for one in tree.find_all(exp.Column) if not one.find_ancestor(exp.AggFunc)]
    try:
        named = tree.transform(lambda node: _spelled(table, node) if isinstance(node, exp.Column) else node)
    except _Unclear:
        return None
    return None if bare else named


def _spelled(table: Table, node: exp.Column) -> exp.Expr:
    if node.table and node.table.lower() != table.name.lower():
        raise _Unclear
    found = next((one for one in table.columns if one.name.lower() == node.name.lower()), None)
    if found is None:
        raise _Unclear
    return _named(found)


def _figure(table: Table, text: str) -> exp.Expr:
    """An aggregate, or arithmetic of such. Raises _Unclear."""
    text = _unwrapped(text)
    ratio = _RATIO.fullmatch(text)
    if ratio:
        return _combined("/", _figure(table, ratio["one"]), _figure(table, ratio["other"]))
    for one, sign, other in _parts(text):
        try:
            return _combined(sign, _figure(table, one), _figure(table, other))
        except _Unclear:
            continue  # it stands inside an aggregate: "the sum of price times quantity"
    for form, make in _AGGREGATES:
        found = form.fullmatch(text)
        if found:
            return make(_operand(table, found["of"]))
    counted = _COUNT.fullmatch(text)
    if counted and name_words(counted["of"]) in (name_words(table.name), ("row",), ("record",)):
        return exp.Count(this=exp.Star())
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text):
        return exp.Literal.number(text)
    raise _Unclear


def _operand(table: Table, text: str) -> exp.Expr:
    """A column, or arithmetic of columns. Raises _Unclear."""
    text = _unwrapped(text)
    column = _column(table, text) or _column(table, _CALLED.sub("", text))
    if column is not None:
        return _named(column)
    for one, sign, other in _parts(text):
        return _combined(sign, _operand(table, one), _operand(table, other))
    raise _Unclear


def _column(table: Table, text: str) -> Column | None:
    """The column of that name, with or without its table's before it."""
    words, owner = name_words(_ARTICLE.sub("", text)), name_words(table.name)
    for said in (words, words[len(owner) :] if words[: len(owner)] == owner else ()):
        found = next(
            (one for one in table.columns if said and said in (name_words(one.name), name_words(one.label))), None
        )
        if found is not None:
            return found
    return None


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Ways to part a formula at a sign outside of brackets: where it binds least, and there at the last one, first."""
    for operator in _OPERATORS:
        for found in reversed(list(operator.finditer(text))):
            before = text[: found.start()]
            if before.strip() and before.count("(") == before.count(")"):
                sign = " ".join(found[1].lower().split())
                yield before, _SIGNS.get(sign, sign), text[found.end() :]


def _unwrapped(text: str) -> str:
    """Without spaces, and brackets around the whole."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")"):
        depths = list(accumulate((character == "(") - (character == ")") for character in text))
        if 0 in depths[:-1]:
            break
        text = text[1:-1].strip()
    return text


def _combined(sign: str, one: exp.Expr, other: exp.Expr) -> exp.Expr:
    left, right = (exp.Paren(this=part) if isinstance(part, exp.Add | exp.Sub) else part for part in (one, other))
    match sign:
        case "-":
            return exp.Sub(this=one, expression=right)
        case "+":
            return exp.Add(this=one, expression=other)
        case "*":
            return exp.Mul(this=left, expression=right)
        case _:
            return exp.Div(this=left, expression=exp.Nullif(this=right, expression=exp.Literal.number(0)))


def _distinct(of: exp.Expr) -> exp.Expr:
    return exp.Count(this=exp.Distinct(expressions=[of]))


def _table(catalog: Catalog, name: str) -> Table | None:
    words = name_words(name)
    found = [table for table in catalog.tables if words in (name_words(table.name), name_words(table.label))]
    return found[0] if len(found) == 1 else None


def _named(column: Column) -> exp.Column:
    return exp.column(exp.to_identifier(column.name, quoted=True))
