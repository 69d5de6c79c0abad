"""Numbers that two columns of a row make: "order value" where there is a quantity and a unit price, "quantity times
price", "capacity minus fill", "waste divided by output"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import Column, ColumnKey, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Expression,
    Field,
    Function,
    Query,
)
from services.ml_gateway.engine.reader.assembly.conditions import field_of
from services.ml_gateway.engine.reader.assembly.frame import Frame, tables_named, type_of
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.tokens import name_words
from services.ml_gateway.engine.vocabulary import FIGURES

_PRICES = frozenset("price cost rate fee fare wage pay tariff value".split())
_AMOUNTS = frozenset(
    "qty quantity unit piece copy hour hr kg kilo litre liter people person sold stock hand ticket".split()
)
_TOTALS = frozenset("total amount amt revenue turnover subtotal net gross taking paid".split())
_WORTH = FIGURES["income"][0] | FIGURES["money"][0]
_OPERATORS = {
    "times": ArithmeticOperator.TIMES, "multiplied": ArithmeticOperator.TIMES, "x": ArithmeticOperator.TIMES,
    "*": ArithmeticOperator.TIMES, "minus": ArithmeticOperator.MINUS, "less": ArithmeticOperator.MINUS,
    "divided": ArithmeticOperator.DIVIDED_BY, "/": ArithmeticOperator.DIVIDED_BY, "plus": ArithmeticOperator.PLUS,
}  # fmt: skip
_PASSED = frozenset("by the its their of".split())
_MOST = 2


def spelled(frame: Frame, named: Sequence[Part]) -> Iterator[tuple[list[Part], Callable[[Query], Query | None]]]:
    """ "Revenue by month (quantity times unit price)": the parts with the first column alone, and what then makes the
    formula of it: summed in groups, of each row in a list. named: all parts with a meaning, those that say the same
    twice too."""
    named = [one for one in named if not _says_an_operator(frame, one)]
    for one, other in pairwise(named):
        operator = _between(frame, one, other)
        if operator is None or (left := field_of(one)) == (right := field_of(other)):
            continue
        lead = _lead(frame, named, one)
        for label in (Label.SUM, Label.SHOW):
            rest = [p for p in named if p not in (other, lead)]
            parts = [replace(p, label=label) if p is one else _headless(frame, p, one) for p in rest]
            yield parts, lambda query, a=left, b=right, o=operator: _made(query, a, b, o)  # type: ignore[misc]
        return


def _says_an_operator(frame: Frame, one: Part) -> bool:
    words = [token.form for token in frame.sentence.tokens[one.item.first : one.item.last]]
    return len(words) == 1 and words[0] in _OPERATORS


def _headless(frame: Frame, part: Part, formula: Part) -> Part:
    """ "Ticket revenue by year (price times visitors)": what a headline names before its number is neither counted nor
    listed."""
    words = [token.form for token in frame.sentence.tokens[part.item.last : formula.item.first]]
    explained = "(" in words or ":" in words
    if not explained or part.item.first > 1 or part.label not in (Label.SHOW, Label.COUNT):
        return part
    rows = part.choice is not None and part.choice.target.kind is TargetKind.TABLE
    return replace(part, label=Label.CONTEXT) if rows and not {"of", "and"} & set(words[:1]) else part


def _between(frame: Frame, one: Part, other: Part) -> ArithmeticOperator | None:
    """What the words between two numbers do with them."""
    words = [token.form for token in frame.sentence.tokens[one.item.last : other.item.first]]
    said = [word for word in words if word in _OPERATORS]
    if (
        len(said) != 1
        or not set(words) <= {*said, *_PASSED}
        or not (_is_number(frame, one) and _is_number(frame, other))
    ):
        return None
    return _OPERATORS[said[0]]


def _is_number(frame: Frame, part: Part) -> bool:
    target = part.choice.target if part.choice else None
    return target is not None and target.kind is TargetKind.COLUMN and type_of(frame, field_of(part)).numeric


def _lead(frame: Frame, named: Sequence[Part], one: Part) -> Part | None:
    """What the formula tells the meaning of: "the order value (quantity times price)"."""
    before = next((p for p in reversed(named) if p.item.last <= one.item.first), None)
    number = before is not None and _is_number(frame, before)
    words = {token.form for token in frame.sentence.tokens[: one.item.first]}
    return before if number and {"(", ":", "as"} & words else None


def _made(query: Query, left: Field, right: Field, operator: ArithmeticOperator) -> Query | None:
    ratio = operator is ArithmeticOperator.DIVIDED_BY

    def of(one: Expression) -> Expression:
        if one == left:
            return Arithmetic(operator, left, right)
        if isinstance(one, Aggregate) and one.of == left and one.function in (Function.SUM, Function.AVG):
            if ratio and one.function is Function.SUM:
                return Arithmetic(operator, one, replace(one, of=right))
            return replace(one, of=Arithmetic(operator, left, right))
        return one

    made = _changed(query, of)
    return made if made != query else None


def _changed(query: Query, of: Callable[[Expression], Expression]) -> Query:
    group = tuple(one for one in query.group if not isinstance(one, Field) or of(one) == one)
    order = tuple(replace(one, by=of(one.by)) for one in query.order)
    return replace(query, show=tuple(map(of, query.show)), order=order, group=group)


def implied(frame: Frame, query: Query) -> Iterator[Query]:
    """Where worth is asked for, prices are summed and no column keeps the worth: how many, times the price."""
    forms = {word for token in frame.sentence.tokens for word in (token.form, token.lemma)}
    if query.combined or not _WORTH & forms:
        return
    numbers = [*query.show, *(one.by for one in query.order)]
    fields = [_priced(frame, one) for one in numbers]
    price = next((one for one in fields if one is not None), None)
    if price is None:
        return
    for amount in _amounts(frame, price, tables_named(query))[:_MOST]:
        product = Arithmetic(ArithmeticOperator.TIMES, amount, price)

        def of(one: Expression, product: Arithmetic = product) -> Expression:
            if isinstance(one, Aggregate) and one.of == price:
                return replace(one, of=product)
            return product if one == price else one

        made = _changed(query, of)
        yield _summed(frame, made, product)
        if made.group or made.order:
            yield made


def _summed(frame: Frame, query: Query, product: Arithmetic) -> Query:
    """ "Cost of parts per job", "of each job": rows are told with the total of theirs."""
    others = tuple(one for one in query.show if one != product)
    split = {"per", "by", "each", "every"} & {token.form for token in frame.sentence.tokens}
    plain = not (query.group or query.order or query.limit) and all(isinstance(one, Field) for one in others)
    if not split or not plain or len(others) == len(query.show) or not others:
        return query
    shown = (*others, Aggregate(Function.SUM, product))
    return replace(query, show=shown, group=others, distinct=False, subject=None)


def _priced(frame: Frame, one: Expression) -> Field | None:
    """The price of one that a number is made of."""
    field = one.of if isinstance(one, Aggregate) and one.function in (Function.SUM, Function.MAX) else one
    if not isinstance(field, Field):
        return None
    said = set(name_words(field.key.name))
    return field if said & _PRICES and not said & _TOTALS and type_of(frame, field).numeric else None


def _amounts(frame: Frame, price: Field, used: set[TableKey]) -> list[Field]:
    """What the price is of: in its own table, else in those whose rows point at it, the ones that are asked about
    first. Nothing where an amount of money is kept."""
    own = _amounts_in(frame, price.key.table)
    if own is None:
        return []
    below = dict.fromkeys(
        one.table
        for one in frame.index.catalog.relationships
        if one.target == price.key.table and one.table != price.key.table
    )
    found = {table: fields for table in below if (fields := _amounts_in(frame, table))}
    named = {table for table in found if table in used}
    others = used - {price.key.table} - named
    reaching = [table for table in found if table not in named and any(_leads(frame, table, one) for one in others)]
    likeliest = [*[table for table in found if table in named], *reaching]
    if not likeliest and not own and len(found) == 1:
        likeliest = list(found)
    far = [field for table in likeliest for field in found[table]]
    return [*own, *far] if price.key.table in used and not others else [*far, *own]


def _leads(frame: Frame, table: TableKey, other: TableKey) -> bool:
    """Whether each row of the table has one of the other."""
    paths = frame.index.graph.nearest(table, other)
    return bool(paths) and not paths[0].place.fans_out


def _amounts_in(frame: Frame, table: TableKey) -> list[Field] | None:
    """How many of something each row is; None where a row has an amount of money."""
    facts = frame.index.tables[table]
    numbers = [
        one for one in frame.index.catalog.by_key[table].columns if one.data_type.numeric and one.name not in facts.keys
    ]
    if any(_TOTALS & set(name_words(one.name)) for one in numbers):
        return None
    return [Field(ColumnKey(table, one.name)) for one in numbers if _is_amount(one)]


def _is_amount(column: Column) -> bool:
    said = set(name_words(column.name))
    return bool(said & _AMOUNTS) and not said & _PRICES
