"""Which column a number or a text is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from services.ml_gateway.engine.flags import is_flag, stored
from services.ml_gateway.engine.index import Index, LiteralKind, Target, TargetKind
from services.ml_gateway.engine.model import ColumnKey, DataType, TableKey
from services.ml_gateway.engine.query.model import Field, Literal
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Item, Sentence
from services.ml_gateway.engine.tokens import Token
from services.ml_gateway.engine.words.splitting import full_words

_DATED = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?\b")
_NUMBERED = frozenset("with of number no id # code".split())
_WHERE = frozenset("in from near outside around".split())
_PLACES = frozenset("country city town state region province county district village municipality location".split())
_COMPARING = frozenset("be more less equal than least_at most least to".split())


def field_of(part: Part) -> Field:
    assert part.choice
    target = part.choice.target
    return Field(ColumnKey(target.table, target.column), target.relationship)


def type_of(index: Index, field: Field) -> DataType:
    return index.catalog.columns[field.key].data_type


def is_moment(index: Index, field: Field, value: str) -> bool:
    """Whether a text is compared as a moment: before and after it."""
    return type_of(index, field).temporal or bool(_DATED.match(value))


def may_hold_text(index: Index, field: Field, value: str) -> bool:
    """Numbers and dates are no words."""
    kind = type_of(index, field)
    return not (kind.numeric or kind.temporal) or any(character.isdigit() for character in value)


def typed(index: Index, target: Target, field: Field) -> Literal:
    """A number is compared as one only where the column holds numbers; "zone 2" is the value where 2 isn't one."""
    if target.literal is not LiteralKind.NUMBER:
        return target.value
    column = index.catalog.columns[field.key]
    if column.data_type is not DataType.TEXT:
        return float(target.value)
    if target.value not in column.samples:
        whole = [one for one in column.samples if full_words(one)[:-1] and full_words(one)[-1] == target.value
                 and set(full_words(one)[:-1]) <= set(full_words(column.name))]  # fmt: skip
        if len(whole) == 1:
            return whole[0]
    return target.value


def said_to_hold(index: Index, field: Field, negated: bool) -> Literal | None:
    """What a column of yes and no has where it holds, or, negated, where it doesn't; None for other columns."""
    column = index.catalog.columns[field.key]
    if column.data_type is DataType.BOOLEAN:
        return True
    held = stored(column)
    return held[negated] if held else None


def nearest_free(free: Sequence[Part], part: Part, text: bool, sentence: Sentence, index: Index) -> Part | None:
    """The nearest column that waits for a value: before the value, else right behind it."""
    if text:
        fitting = [
            p for p in free if may_hold_text(index, field_of(p), part.choice.target.value if part.choice else "")
        ]
    else:
        free = [p for p in free if not is_flag(index.catalog.columns[field_of(p).key]) or _is_bit(part)]
        words = [p for p in free if type_of(index, field_of(p)) is DataType.TEXT]
        fitting = [p for p in free if p not in words] or words
        fitting += [p for p in words if p not in fitting and _is_beside(p, part, sentence)]
        fitting.sort(key=lambda p: p.item.first)
    before = [p for p in fitting if p.item.last <= part.item.first]
    after = [p for p in fitting if p.item.first >= part.item.last]
    near = after[:1] if after and after[0].item.first - part.item.last <= 1 else []
    if near and before and _parts(sentence.tokens[part.item.last]):
        near = []
    return next(iter([*near, *reversed(before), *after]), None)


def _is_bit(part: Part) -> bool:
    """Whether a number is what a column of yes and no may hold."""
    return part.choice is not None and part.choice.target.value in ("0", "1", "0.0", "1.0")


def _parts(token: Token) -> bool:
    """ "Over 9 or lower than 4", "above 3000 in year 2001": the name behind begins something else."""
    return WORDS.get(token.form, token.text) in ("in", "and", "but", "either", ",")


def _is_beside(column: Part, part: Part, sentence: Sentence) -> bool:
    """Nothing but a comparison stands between the column and what it is compared with."""
    between = range(column.item.last, part.item.first)
    return column.item.last <= part.item.first and all(
        WORDS.get(sentence.tokens[at].form)
        in ("be", "more", "less", "equal", "than", "least_at", "most", "least", "to")
        or sentence.tokens[at].form in ("at", "of", "or")
        for at in between
    )


def label_of(index: Index, table: TableKey, role: int | None) -> Field | None:
    """The text that names a table's rows."""
    labels = index.tables[table].labels
    found = Field(ColumnKey(table, labels[0]), role) if labels else None
    return found if found and type_of(index, found) is DataType.TEXT else None


def named_by(index: Index, field: Field, value: str) -> Field:
    """What names the row, where a key is said to have a name that it can't hold: "of school Hillside"."""
    facts = index.tables[field.key.table]
    column = index.catalog.columns[field.key]
    if field.key.name not in facts.keys or value in column.samples:
        return field
    for number, one in enumerate(index.catalog.relationships):
        if one.table == field.key.table and one.columns == (field.key.name,):
            same = [r for r in index.catalog.relationships if (r.table, r.target) == (one.table, one.target)]
            return label_of(index, one.target, number if len(same) > 1 else None) or field
    if (field.key.name,) == facts.table.primary_key and facts.labels and field.key.name not in facts.labels:
        return label_of(index, field.key.table, field.role) or field
    return field


def numbered(index: Index, parts: Sequence[Part], part: Part, sentence: Sentence) -> Field | None:
    """ "Department 12", "flight number 99": the key of the table that stands right before, whatever else it does."""
    meant = [p.choice.target for p in _tables(parts) if p.choice and _is_right_before(p.item, part.item, sentence)]
    for one in sentence.items:
        if _is_right_before(one, part.item, sentence):
            meant += [choice.target for choice in one.choices if choice.target.kind is TargetKind.TABLE][:1]
    for target in meant:
        key = index.tables[target.table].table.primary_key
        if len(key) == 1:
            return Field(ColumnKey(target.table, key[0]), target.relationship)
    return None


def _is_right_before(item: Item, other: Item, sentence: Sentence) -> bool:
    gap = [token.form for token in sentence.tokens[item.last : other.first]]
    return item.last <= other.first and len(gap) < 3 and set(gap) <= _NUMBERED


def can_hold(index: Index, field: Field, value: Literal) -> bool:
    column = index.catalog.columns[field.key]
    return not (column.samples_complete and column.data_type is DataType.TEXT and value not in column.samples)


def part_of_values(index: Index, field: Field, value: str) -> bool:
    """Whether no value of the column is so, but some have it among their words: "all Leeds depots"."""
    column, said = index.catalog.columns[field.key], value.casefold()
    known = [one.casefold() for one in column.samples]
    words = f" {said} "
    return column.samples_complete and said not in known and any(words in f" {one} " for one in known)


def implied(index: Index, parts: Sequence[Part], part: Part, sentence: Sentence) -> list[Field]:
    """What a text may name where no column waits for it: a row of the table behind it ("both 'A' and 'B' trains"), or
    of those before it."""
    before = [p for p in _tables(parts) if p.item.last <= part.item.first]
    after = _behind(parts, part, sentence)
    targets = [p.choice.target for p in (*after, *reversed(before)) if p.choice]
    if part.choice and _DATED.match(part.choice.target.value):
        return [
            Field(ColumnKey(one.table, column.name), one.relationship)
            for one in targets
            for column in index.catalog.by_key[one.table].columns
            if column.data_type.temporal
        ]
    found: list[Field | None] = list(_located(index, targets, part, sentence))
    found = found or [label_of(index, one.table, one.relationship) for one in targets]
    return list(dict.fromkeys(one for one in found if one))


def _located(index: Index, targets: Sequence[Target], part: Part, sentence: Sentence) -> list[Field]:
    """ "Customers in Lyon": where they are, and not what they are called."""
    if not part.item.first or sentence.tokens[part.item.first - 1].form not in _WHERE:
        return []
    return [
        Field(ColumnKey(one.table, column.name), one.relationship)
        for one in targets[:1]
        for column in index.catalog.by_key[one.table].columns
        if column.data_type is DataType.TEXT and set(full_words(column.name)) & _PLACES
    ]


def _behind(parts: Sequence[Part], part: Part, sentence: Sentence) -> list[Part]:
    """The table right behind a text, or behind the texts that it is listed with."""
    end = part.item.last
    for other in parts:
        joint = [token.form for token in sentence.tokens[end : other.item.first]]
        if joint and set(joint) <= {"and", "or", ","} and other.choice and other.choice.target.literal:
            end = other.item.last
    return [p for p in _tables(parts) if p.item.first == end]


def of_person(index: Index, parts: Sequence[Part], part: Part, sentence: Sentence) -> tuple[Field, Field] | None:
    """First and last name of the nearest table that keeps them apart: of those spoken of, else of those connected."""
    spoken = sorted((p for p in parts if p.choice), key=lambda other: abs(other.item.first - part.item.first))
    tables = [(p.choice.target.table, p.choice.target.relationship) for p in spoken if p.choice]
    tables = [one for one in dict.fromkeys(tables) if one[0].name]
    near = [*_behind(parts, part, sentence), *(p for p in _tables(parts) if p.item.last == part.item.first)]
    beside = [p.choice.target for p in near if p.choice]
    if any(not _names(index, one.table, one.relationship) and label_of(index, one.table, None) for one in beside):
        return None  # "the club 'Chess Friends'": no person
    for table, role in tables:
        if pair := _names(index, table, role):
            return pair
    reached = [
        (paths[0].cost, table.key)
        for table in index.catalog.tables
        if _names(index, table.key, None)
        for start, _ in tables[:1]
        if (paths := index.graph.nearest(start, table.key) or index.graph.nearest(table.key, start))
    ]
    cheapest = [table for cost, table in sorted(reached) if cost == min(reached)[0]]
    return _names(index, cheapest[0], None) if len(cheapest) == 1 else None


def _names(index: Index, table: TableKey, role: int | None) -> tuple[Field, Field] | None:
    named = {full_words(column.name)[-2:]: column.name for column in index.catalog.by_key[table].columns}
    first, last = named.get(("first", "name")), named.get(("last", "name"))
    labels = index.tables[table].labels
    if not (first and last) and len(labels) == 2:
        first, last = labels  # given name and surname, and the like
    return (Field(ColumnKey(table, first), role), Field(ColumnKey(table, last), role)) if first and last else None


def _tables(parts: Sequence[Part]) -> Iterator[Part]:
    return (p for p in parts if p.choice and p.choice.target.kind is TargetKind.TABLE)
