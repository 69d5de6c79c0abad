"""Values, numbers and compared columns → conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.index import Index, LiteralKind, Target, TargetKind
from services.ml_gateway.engine.model import ColumnKey, DataType
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Condition,
    Field,
    Function,
    Literal,
    Not,
    Query,
)
from services.ml_gateway.engine.reader.comparing import between, of_number, of_text
from services.ml_gateway.engine.reader.features import Part
from services.ml_gateway.engine.reader.items import Choice, Sentence
from services.ml_gateway.engine.reader.labels import Label
from services.ml_gateway.engine.reader.marks import WORDS
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.words.splitting import full_words

_AGAINST = {
    "average": Function.AVG, "most": Function.MAX, "least": Function.MIN, "longest": Function.MAX,
    "shortest": Function.MIN,
}  # fmt: skip
_HELD = (TargetKind.VALUE, TargetKind.FLAG)


@dataclass(frozen=True, slots=True)
class Atom:
    """A condition and the parts of the question that it is made of; field is what it is about."""

    condition: Compare
    field: Field
    first: Part
    last: Part
    negated: bool = False


def field_of(part: Part) -> Field:
    assert part.choice
    target = part.choice.target
    return Field(ColumnKey(target.table, target.column), target.relationship)


class Conditions:
    """Atoms in the order of the question; unbound are the literals for which there is no column."""

    def __init__(self, parts: Sequence[Part], sentence: Sentence, index: Index, shown: Sequence[Field]) -> None:
        self._parts, self._sentence, self._index, self._shown = parts, sentence, index, shown
        self.atoms: list[Atom] = []
        self.unbound: list[Part] = []
        self.unused: list[Part] = []
        self._free = [p for p in parts if p.label in (Label.WHERE, Label.NOT) and _is_column(p) and not _implied_by(p)]
        self._read()
        self._flags()
        self.unused = self._free

    def _read(self) -> None:
        passed: set[int] = set()
        for number, part in enumerate(self._parts):
            if number in passed or part.choice is None:
                continue
            kind = part.choice.target.kind
            if part.label in (Label.WHERE, Label.NOT) and kind in _HELD:
                self._value(part)
            elif part.label in (Label.WHERE, Label.NOT) and kind is TargetKind.LITERAL:
                following = self._parts[number + 1] if number + 1 < len(self._parts) else None
                pair = following if following and self._is_pair(part, following) else None
                if pair:
                    passed.add(number + 1)
                self._literal(part, pair)
            elif part.label in (Label.WHERE, Label.NOT) and (literal := _implied_by(part)):
                self._bound(part, literal)
            elif part.label is Label.AGAINST:
                self._against(part)
            elif part.label in (Label.NULL, Label.NOT_NULL):
                operator = Operator.IS_NULL if part.label is Label.NULL else Operator.NOT_NULL
                self._add(Compare(field_of(part), operator), field_of(part), part, part)

    def _flags(self) -> None:
        """A column of yes and no that waits for no value says what must hold: "active products"."""
        for free in [one for one in self._free if self._type(field_of(one)) is DataType.BOOLEAN]:
            self._free.remove(free)
            compare = Compare(field_of(free), Operator.EQUAL, (True,))
            self._add(compare, field_of(free), free, free, free.label is Label.NOT)

    def _add(self, compare: Compare, field: Field, first: Part, last: Part, negated: bool = False) -> None:
        self.atoms.append(Atom(compare, field, first, last, negated))

    def _is_pair(self, part: Part, other: Part) -> bool:
        return (
            other.choice is not None
            and other.choice.target.kind is TargetKind.LITERAL
            and other.label is part.label
            and between(self._sentence, part.item, other.item)
        )

    def _value(self, part: Part) -> None:
        assert part.choice
        field, first = field_of(part), part
        for free in self._free:
            if field_of(free).key == field.key:
                self._free.remove(free)
                first = free if free.item.first < part.item.first else part
                break
        target = part.choice.target
        operator = Operator.EQUAL if target.kind is TargetKind.FLAG else of_text(self._sentence, part.item)
        value: Literal = True if target.kind is TargetKind.FLAG else target.value
        self._add(Compare(field, operator, (value,)), field, first, part, part.label is Label.NOT)

    def _bound(self, part: Part, literal: Choice) -> None:
        """A number that by itself says of which column it is: the year 2007."""
        field = field_of(part)
        self._free = [free for free in self._free if free is not part]
        near = [free for free in self._free if field_of(free).key == field.key]
        for free in near[:1]:
            self._free.remove(free)
        value = self._typed(literal.target, field)
        self._add(Compare(field, of_number(self._sentence, part.item), (value,)), field, part, part,
                  part.label is Label.NOT)  # fmt: skip

    def _literal(self, part: Part, pair: Part | None) -> None:
        assert part.choice
        text = part.choice.target.literal is LiteralKind.TEXT
        if text and not self._free and self._full_name(part):
            return
        column = self._column_for(part, text)
        if column is None:
            self.unbound.append(part)
            return
        field = field_of(column) if isinstance(column, Part) else column
        operator = of_text(self._sentence, part.item) if text else of_number(self._sentence, part.item)
        values: tuple[Literal, ...] = (self._typed(part.choice.target, field),)
        if pair and pair.choice:
            operator, values = (
                Operator.BETWEEN,
                (self._typed(part.choice.target, field), self._typed(pair.choice.target, field)),
            )
        negated = part.label is Label.NOT
        if negated and operator is Operator.NOT_EQUAL:
            negated = False
        first = column if isinstance(column, Part) and column.item.first < part.item.first else part
        self._add(Compare(field, operator, values), field, first, pair or part, negated)

    def _typed(self, target: Target, field: Field) -> Literal:
        """A number is compared as one only where the column holds numbers."""
        if target.literal is LiteralKind.NUMBER and self._type(field) is not DataType.TEXT:
            return float(target.value)
        return target.value

    def _type(self, field: Field) -> DataType:
        return self._index.catalog.columns[field.key].data_type

    def _column_for(self, part: Part, text: bool) -> Part | Field | None:
        """The nearest column that waits for a value: before the value, else right behind it."""
        fitting = [p for p in self._free if not text or self._type(field_of(p)) is not DataType.NUMBER]
        if not text:
            fitting = [p for p in fitting if self._type(field_of(p)) is not DataType.TEXT] or fitting
        before = [p for p in fitting if p.item.last <= part.item.first]
        after = [p for p in fitting if p.item.first >= part.item.last]
        near = after[:1] if after and after[0].item.first - part.item.last <= 1 else []
        chosen = next(iter([*near, *reversed(before), *after]), None)
        if chosen is not None:
            self._free.remove(chosen)
            return chosen
        if self.atoms and isinstance(self.atoms[-1].condition.right, tuple):
            last = self.atoms[-1]
            gap = self._sentence.tokens[last.last.item.last : part.item.first]
            if 0 < len(gap) <= 3 and any(token.form in ("or", "and", ",") for token in gap):
                return last.field  # "between 1 and 5 or 7"; "named X or Y"
        return self._implied(part, text)

    def _implied(self, part: Part, text: bool) -> Field | None:
        if not text:
            return self._year(part)
        tables = [p for p in self._parts if p.choice and p.choice.target.kind is TargetKind.TABLE]
        before = [p for p in tables if p.item.last <= part.item.first]
        after = [p for p in tables if p.item.first == part.item.last]
        for one in [*after, *reversed(before)]:
            assert one.choice
            facts = self._index.tables[one.choice.target.table]
            label = facts.labels[0] if facts.labels else ""
            if label and facts.table.key and self._type(Field(ColumnKey(facts.table.key, label))) is DataType.TEXT:
                return Field(ColumnKey(facts.table.key, label), one.choice.target.relationship)
        return None

    def _full_name(self, part: Part) -> bool:
        """ "Jane Smith", where a table that is spoken of keeps first and last names apart."""
        assert part.choice
        words = part.choice.target.value.split()
        if len(words) != 2 or of_text(self._sentence, part.item) is not Operator.EQUAL:
            return False
        for one in sorted(self._parts, key=lambda other: abs(other.item.first - part.item.first)):
            if one.choice is None or one.choice.target.kind is not TargetKind.TABLE:
                continue
            table, role = one.choice.target.table, one.choice.target.relationship
            named = {full_words(column.name)[-2:]: column.name for column in self._index.catalog.by_key[table].columns}
            columns = [named.get(("first", "name")), named.get(("last", "name"))]
            if all(columns):
                for name, word in zip(columns, words, strict=True):
                    field = Field(ColumnKey(table, name or ""), role)
                    self._add(Compare(field, Operator.EQUAL, (word,)), field, part, part, part.label is Label.NOT)
                return True
        return False

    def _year(self, part: Part) -> Field | None:
        """The date that a year may be of: of a table that is spoken of, if there is one."""
        dates = [one.target for one in part.item.choices if one.how == "question"]
        spoken = {p.choice.target.table for p in self._parts if p.choice}
        target = next((one for one in dates if one.table in spoken), dates[0] if dates else None)
        return Field(ColumnKey(target.table, target.column), target.relationship) if target else None

    def _against(self, part: Part) -> None:
        """ "above the average age", "the highest price"."""
        field = field_of(part)
        kinds = [WORDS.get(symbol, "") for symbol in self._sentence.symbols]
        before = list(reversed(kinds[max(part.item.first - 8, 0) : part.item.first]))
        near = [*before, *kinds[part.item.last : part.item.last + 7]]
        function = next((_AGAINST[kind] for kind in near if kind in _AGAINST), Function.AVG)
        said = next((kind for kind in near if kind in ("more", "less")), "")
        operator = Operator.GREATER if said == "more" else Operator.LESS if said == "less" else Operator.EQUAL
        if operator is Operator.EQUAL and function is Function.AVG:
            operator = Operator.GREATER
        inner = Query(show=(Aggregate(function, field),))
        self._add(Compare(field, operator, inner), field, part, part)


def _is_column(part: Part) -> bool:
    return part.choice is not None and part.choice.target.kind is TargetKind.COLUMN


def _implied_by(part: Part) -> Choice | None:
    """The literal that implied the column."""
    if not _is_column(part) or part.choice is None or part.choice.how != "question":
        return None
    return next((one for one in part.item.choices if one.target.literal), None)


def negation(condition: Condition) -> Condition:
    if isinstance(condition, Compare) and condition.operator is Operator.EQUAL and isinstance(condition.right, tuple):
        return Compare(condition.left, Operator.NOT_EQUAL, condition.right)
    return Not(condition)
