""" "Cheaper than the average hut", "above-average mileage", "more hours than the average": held against the mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Compare, Field, Function, Query
from services.ml_gateway.engine.reader.assembly.directions import greatest_first
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.measured import ADJECTIVE_FORMS
from services.ml_gateway.engine.reader.labelling.sentence import Item, Sentence
from services.ml_gateway.engine.reader.wording.beside_each_other import HeldAgainst
from services.ml_gateway.engine.reader.wording.figuring import amounts_of
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import TokenKind
from services.ml_gateway.engine.vocabulary import AMOUNTS

_REACH = 6
_NEAR = 3
_SIDES = ("more", "less")
_MEANS = frozenset("average avg mean".split())


def beyond_average(parts: Sequence[Part], sentence: Sentence, index: Index) -> Iterator[HeldAgainst]:
    """The likeliest column first that the words may compare with its mean over all rows."""
    forms = [token.form for token in sentence.tokens]
    at = next((n for n, form in enumerate(forms) if form in _MEANS and n), None)
    side = None if at is None else _side(forms, at)
    if at is None or side is None:
        return
    for field, said in _fields(parts, sentence, index, side, at):
        operator = _operator(forms[side], field, index)
        if operator is not None:
            mean = Query(show=(Aggregate(Function.AVG, field),))
            yield HeldAgainst(Compare(field, operator, mean), frozenset({side, at, *said}))
            return


def _side(forms: Sequence[str], at: int) -> int | None:
    """Where "more", "cheaper", "above" stands that the mean is on the other side of."""
    for place in range(at - 1, max(at - 1 - _REACH, -1), -1):
        if WORDS.get(forms[place]) in _SIDES or _compares(forms[place]):
            between = forms[place + 1 : at]
            if {"and", "or", ","} & set(between):
                return None
            near = at - place <= _NEAR - 1
            return place if "than" in between or near else None
    return None


def _fields(
    parts: Sequence[Part], sentence: Sentence, index: Index, side: int, at: int
) -> Iterator[tuple[Field, set[int]]]:
    """The column that the comparative measures; that is named behind the mean, between the two, or right before; else
    the amount of the rows that the mean is of."""
    behind = next((one for one in sentence.items if at < one.first <= at + _NEAR), None)
    noun = set(range(behind.first, behind.last)) if behind else set[int]()
    measured = next((one for one in sentence.items if one.measured and one.first == side), None)
    tables = {part.choice.target.table for part in parts if part.choice}
    columns = [one for one in measured.choices if one.target.kind is TargetKind.COLUMN] if measured else []
    if columns:
        choice = next((one for one in columns if one.target.table in tables), columns[0])
        yield Field(ColumnKey(choice.target.table, choice.target.column)), noun
        return
    between = [one for one in sentence.items if side < one.first < at]
    before = [one for one in sentence.items if one.last == side]
    for item in (*([behind] if behind else ()), *between, *before):
        if (field := _number(item, index)) is not None:
            yield field, noun | set(range(item.first, item.last))
            return
    rows = behind if behind is not None else before[0] if before and _says_no_more(sentence, at) else None
    if rows is not None and (table := _table(rows)):
        for key in amounts_of(index, table)[:1]:
            yield Field(key), noun or {at + 1}


def _says_no_more(sentence: Sentence, at: int) -> bool:
    """ "Orders above average", "orders above the average total": nothing behind, or that it is the total."""
    behind = sentence.tokens[at + 1 : at + 2]
    ends = not behind or behind[0].kind is not TokenKind.WORD
    return ends or behind[0].lemma in AMOUNTS or behind[0].form in WORDS


def _table(item: Item) -> TableKey | None:
    return next((one.target.table for one in item.choices if one.target.kind is TargetKind.TABLE), None)


def _number(item: Item, index: Index) -> Field | None:
    target = item.choices[0].target
    if target.kind is not TargetKind.COLUMN or target.column in index.tables[target.table].keys:
        return None
    key = ColumnKey(target.table, target.column)
    return Field(key, target.relationship) if index.catalog.columns[key].data_type.numeric else None


def _operator(form: str, field: Field, index: Index) -> Operator | None:
    greater = greatest_first(form, field.key, index)
    if greater is None:
        if WORDS.get(form) not in _SIDES:
            return None
        greater = WORDS.get(form) == "more"
    return Operator.GREATER if greater else Operator.LESS


def _compares(form: str) -> bool:
    return form in ADJECTIVE_FORMS and form.endswith("er")
