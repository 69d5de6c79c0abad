"""Values, numbers and compared columns → conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.ml_gateway.engine.flags import stored
from services.ml_gateway.engine.index import Index, LiteralKind, TargetKind
from services.ml_gateway.engine.model import ColumnKey, DataType
from services.ml_gateway.engine.query.model import Compare, Condition, Field, Literal, Not
from services.ml_gateway.engine.reader.assembly.against import against, of_a_third, of_columns
from services.ml_gateway.engine.reader.assembly.binding import (
    can_hold,
    field_of,
    implied,
    is_moment,
    may_hold_text,
    named_by,
    nearest_free,
    numbered,
    of_person,
    part_of_values,
    said_to_hold,
    type_of,
    typed,
)
from services.ml_gateway.engine.reader.assembly.comparing import between, of_number, of_text
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Sentence
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import TokenKind

__all__ = ["Atom", "Conditions", "field_of", "negation", "signed"]

_HELD = (TargetKind.VALUE, TargetKind.FLAG)
_BY_ITS_NAME = "code"  # a yes or a no that is meant by the name of its column
_ALIKE = 0.05  # values that words fit nearly as well
_READINGS = 2  # of the columns that a text may be of, where none waits for it


@dataclass(frozen=True, slots=True)
class Atom:
    """A condition and the parts of the question that it is made of; field is what it is about. others: what it
    may mean else. joined: it or the one before holds: "named Reed", whichever of a person's names that is."""

    condition: Compare
    field: Field
    first: Part
    last: Part
    negated: bool = False
    others: tuple[Compare, ...] = ()
    joined: bool = False


class Conditions:
    """Atoms in the order of the question; unbound are the literals for which there is no column."""

    def __init__(self, parts: Sequence[Part], sentence: Sentence, index: Index, shown: Sequence[Field]) -> None:
        self._parts, self._sentence, self._index, self._shown = _addresses(parts), sentence, index, shown
        self.atoms: list[Atom] = []
        self.unbound: list[Part] = []
        self.unused: list[Part] = []
        self._free = [p for p in parts if p.label in (Label.WHERE, Label.NOT) and _is_column(p) and not _implied_by(p)]
        self._read()
        self._columns()
        self._flags()
        self.atoms.sort(key=lambda one: one.last.item.first)
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

    def _against(self, part: Part) -> None:
        """All that is said of one column is one comparison: "the age is above the average age"."""
        same = [p for p in self._parts if p.label is Label.AGAINST and p.choice and field_of(p) == field_of(part)]
        if same[0] is part:
            found = against(part, same[-1], self._sentence, self._index)
            self._add(found[0], field_of(part), part, same[-1], others=found[1:])

    def _columns(self) -> None:
        """What is left of the columns: two that are compared with each other."""
        while found := of_columns(self._free, self._sentence, self._index):
            left, right, compare = found
            self._free = [one for one in self._free if one not in (left, right)]
            self._add(compare, field_of(left), left, right)
            after = [one for one in self._free if one.item.first >= right.item.last and not one.item.measured]
            third = of_a_third(after[0], compare, right.item.last, self._sentence) if after else None
            if third:
                self._free.remove(after[0])
                self._add(third, field_of(left), after[0], after[0])
        held = {atom.field for atom in self.atoms}
        self._free = [one for one in self._free if not (one.item.measured and field_of(one) in held)]

    def _flags(self) -> None:
        """A column of yes and no that waits for no value says what must hold: "active products"."""
        for free in list(self._free):
            field, negated = field_of(free), free.label is Label.NOT
            value = said_to_hold(self._index, field, negated)
            if value is not None:
                self._free.remove(free)
                self._add(Compare(field, Operator.EQUAL, (value,)), field, free, free, negated and value is True)

    def _add(
        self, compare: Compare, field: Field, first: Part, last: Part, negated: bool = False,
        others: tuple[Compare, ...] = (),
    ) -> None:  # fmt: skip
        self.atoms.append(Atom(compare, field, first, last, negated, others))

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
        negated = part.label is Label.NOT
        value: Literal = target.value
        if target.kind is TargetKind.FLAG or part.choice.how == _BY_ITS_NAME:
            # "not paid", and paid which must not hold, are the same
            wanted = said_to_hold(self._index, field, negated or self._is_no(part))
            value = target.value if wanted is None else wanted
            negated = negated and (wanted is None or value is True)
        if operator is not Operator.EQUAL:
            value = _as_said(part, self._sentence)
        elif part.item.last - part.item.first == 1 and self._sentence.tokens[part.item.first].kind is TokenKind.NUMBER:
            operator = of_number(self._sentence, part.item)  # "below 10", where texts hold numbers
        several = operator is Operator.EQUAL and _is_of_several(part)
        others = (Compare(field, Operator.CONTAINS, (_as_said(part, self._sentence),)),) if several else ()
        self._add(Compare(field, operator, (value,)), field, first, part, negated, others)

    def _is_no(self, part: Part) -> bool:
        """Whether a value is a column's stored no."""
        assert part.choice
        held = stored(self._index.catalog.columns[field_of(part).key])
        return part.choice.target.kind is TargetKind.VALUE and held is not None and part.choice.target.value == held[1]

    def _bound(self, part: Part, literal: Choice) -> None:
        """A number that by itself says of which column it is: the year 2007."""
        field = field_of(part)
        self._free = [free for free in self._free if free is not part]
        near = [free for free in self._free if field_of(free).key == field.key]
        for free in near[:1]:
            self._free.remove(free)
        value = typed(self._index, literal.target, field)
        self._add(Compare(field, of_number(self._sentence, part.item), (value,)), field, part, part,
                  part.label is Label.NOT)  # fmt: skip

    def _literal(self, part: Part, pair: Part | None) -> None:
        assert part.choice
        target = part.choice.target
        text = target.literal is LiteralKind.TEXT
        column = nearest_free(self._free, part, text, self._sentence, self._index)
        if text and column is None and self._person(part):
            return
        if column is not None:
            self._free.remove(column)
        fields = [field_of(column)] if column else self._fields(part, text)
        if not fields:
            self.unbound.append(part)
            return
        if not text and not can_hold(self._index, fields[0], typed(self._index, target, fields[0])):
            fields = self._fields(part, text) or fields
        if text:
            fields = [named_by(self._index, one, target.value) for one in fields]
        made = [self._compared(part, pair, one, text) for one in fields[:_READINGS]]
        if text and made[0].operator is Operator.EQUAL and part_of_values(self._index, fields[0], target.value):
            made.insert(0, replace(made[0], operator=Operator.CONTAINS))
        negated = part.label is Label.NOT and made[0].operator is not Operator.NOT_EQUAL
        first = column if column and column.item.first < part.item.first else part
        self._add(made[0], fields[0], first, pair or part, negated, tuple(made[1:]))

    def _compared(self, part: Part, pair: Part | None, field: Field, text: bool) -> Compare:
        assert part.choice
        moment = text and is_moment(self._index, field, part.choice.target.value)
        operator = of_text(self._sentence, part.item) if text and not moment else of_number(self._sentence, part.item)
        value = typed(self._index, part.choice.target, field)
        if pair and pair.choice:
            return Compare(field, Operator.BETWEEN, (value, typed(self._index, pair.choice.target, field)))
        return Compare(field, operator, (value,))

    def _fields(self, part: Part, text: bool) -> list[Field]:
        """Where no column waits for the value: that of the value before, or one that the words around imply."""
        beside = numbered(self._index, self._parts, part, self._sentence)
        if beside and not text:
            return [beside]
        if self.atoms and isinstance(self.atoms[-1].condition.right, tuple) and not beside:
            last = self.atoms[-1]
            gap = self._sentence.tokens[last.last.item.last : part.item.first]
            fits = not text or may_hold_text(self._index, last.field, part.choice.target.value if part.choice else "")
            if fits and 0 < len(gap) <= 3 and any(token.form in ("or", "and", "but", ",") for token in gap):
                return [last.field]  # "between 1 and 5 or 7"; "named X or Y"
        if text:
            named = self._first_name(part)
            return [named] if named else self._implied(part)
        year = self._year(part)
        return [year] if year else []

    def _implied(self, part: Part) -> list[Field]:
        """Of a table named around it, or of a shown column; parts of texts are rather of what is shown."""
        columns = [p for p in self._parts if _is_column(p) and p.item.last <= part.item.first]
        shown = [field_of(p) for p in reversed(columns) if field_of(p) in self._shown]
        shown = [one for one in shown if type_of(self._index, one) is DataType.TEXT]
        tables = implied(self._index, self._parts, part, self._sentence)
        if of_text(self._sentence, part.item) is not Operator.EQUAL:
            return [*shown[:1], *tables]
        return tables or shown[:1]

    def _first_name(self, part: Part) -> Field | None:
        """ "Ann Reed", where only the last name is known to be one."""
        following = next((p for p in self._parts if p.item.first == part.item.last and p.choice), None)
        if following is None or following.choice is None or following.choice.target.kind is not TargetKind.VALUE:
            return None
        pair = of_person(self._index, [following], part, self._sentence)
        return pair[0] if pair and pair[1].key == field_of(following).key else None

    def _person(self, part: Part) -> bool:
        """ "Jane Smith", "named Smith", where first and last names are kept apart."""
        assert part.choice
        words = part.choice.target.value.split()
        before = self._sentence.tokens[part.item.first - 1].form if part.item.first else ""
        if len(words) == 1 and WORDS.get(before) == "named" and words[0].isalpha():
            return self._one_name(part, words[0])
        named = len(words) == 2 and all(word[0].isalpha() for word in words)
        if not named or of_text(self._sentence, part.item) is not Operator.EQUAL:
            return False
        pair = of_person(self._index, self._parts, part, self._sentence)
        for field, word in zip(pair or (), words, strict=False):
            self._add(Compare(field, Operator.EQUAL, (word,)), field, part, part, part.label is Label.NOT)
        return pair is not None

    def _one_name(self, part: Part, word: str) -> bool:
        """A name that may be the first or the last one of somebody who is spoken of."""
        pair = of_person(self._index, self._parts, part, self._sentence)
        spoken = {one.choice.target.table for one in self._parts if one.choice}
        if pair is None or pair[0].key.table not in spoken:
            return False
        negated = part.label is Label.NOT
        made = [Atom(Compare(one, Operator.EQUAL, (word,)), one, part, part, negated) for one in pair]
        self.atoms += [made[0], replace(made[1], joined=True)]
        return True

    def _year(self, part: Part) -> Field | None:
        """The date that a year may be of: of a table that is spoken of, if there is one."""
        dates = [one.target for one in part.item.choices if one.how == "question"]
        spoken = {p.choice.target.table for p in self._parts if p.choice}
        target = next((one for one in dates if one.table in spoken), dates[0] if dates else None)
        return Field(ColumnKey(target.table, target.column), target.relationship) if target else None


def _addresses(parts: Sequence[Part]) -> list[Part]:
    """ "12 Mill Lane": a number right before a name is its beginning."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        kinds = [one.choice.target.literal if one and one.choice else None for one in (before, part)]
        beside = before is not None and before.label is part.label and before.item.last == part.item.first
        if before and before.choice and part.choice and beside and kinds == [LiteralKind.NUMBER, LiteralKind.TEXT]:
            said = f"{before.choice.target.value} {part.choice.target.value}"
            whole = replace(part.choice, target=replace(part.choice.target, value=said))
            found[-1] = Part(replace(part.item, first=before.item.first, choices=(whole,)), part.label, whole)
            continue
        found.append(part)
    return found


def _is_column(part: Part) -> bool:
    return part.choice is not None and part.choice.target.kind is TargetKind.COLUMN


def _implied_by(part: Part) -> Choice | None:
    """The literal that implied the column."""
    if not _is_column(part) or part.choice is None or part.choice.how != "question":
        return None
    return next((one for one in part.item.choices if one.target.literal), None)


def _is_of_several(part: Part) -> bool:
    """ "All Leeds depots": words that several values of the column have."""
    assert part.choice
    chosen = part.choice
    values = {
        one.target.value
        for one in part.item.choices
        if one.target.kind is TargetKind.VALUE
        and (one.target.table, one.target.column) == (chosen.target.table, chosen.target.column)
        and one.score >= chosen.score - _ALIKE
    }
    return len(values) > 1


def _as_said(part: Part, sentence: Sentence) -> str:
    """The question's own words, not the value that they are known from."""
    literal = next((one.target.value for one in part.item.choices if one.target.literal is LiteralKind.TEXT), None)
    return literal or " ".join(token.text for token in sentence.tokens[part.item.first : part.item.last])


def signed(atom: Atom) -> Condition:
    return negation(atom.condition) if atom.negated else atom.condition


def negation(condition: Condition) -> Condition:
    if isinstance(condition, Compare) and condition.operator is Operator.EQUAL and isinstance(condition.right, tuple):
        return Compare(condition.left, Operator.NOT_EQUAL, condition.right)
    return Not(condition)
