"""What stands beside what is shown: columns of the same table, tables in a list of what is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey, DataType, TableKey
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.roles import SHOWING, TOP
from services.ml_gateway.engine.reader.labelling.sentence import Item, Sentence

_NEARLY = 0.25
_TABLES = 2
_JOINING = frozenset(("and", "the", "that", "all", "among", "each", "both"))


def of_one_table(parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    """Columns that several tables have, as those of a table of which other columns are named."""
    tables = dict.fromkeys(
        one.choice.target.table for one in parts if one.choice and one.choice.target.kind is TargetKind.COLUMN
    )
    if len(tables) < 2:
        return
    seen = {tuple(parts)}
    for table in list(tables)[: _TABLES + 1]:
        made = tuple(_moved(one, table) for one in parts)
        if made not in seen and len(seen) <= _TABLES:
            seen.add(made)
            yield made


def _moved(part: Part, table: TableKey) -> Part:
    chosen = part.choice
    if chosen is None or chosen.target.kind is not TargetKind.COLUMN or chosen.target.table == table:
        return part
    found = [
        one
        for one in part.item.choices
        if one.target.kind is TargetKind.COLUMN and one.target.table == table and one.score >= chosen.score - _NEARLY
    ]
    return replace(part, choice=found[0]) if found else part


def listed(parts: Sequence[Part], sentence: Sentence) -> tuple[Part, ...] | None:
    """ "Names of clubs and their towns": tables in a list with what is shown are shown too."""
    shown = {one.item.last: one for one in parts if one.label in SHOWING or one.label is Label.COUNT}
    by_item = {one.item.first: one for one in parts}
    found: list[Part] = []
    changed = False
    for item in sentence.items:
        part = by_item.get(item.first)
        wanted = (part is None or part.label is Label.CONTEXT) and _follows(item, shown, sentence)
        told = _as_table(item, part) if wanted else None
        if told is not None and not any(
            one.choice and one.label in SHOWING and one.choice.target.table == told.choice.target.table  # type: ignore[union-attr]
            for one in parts
        ):
            part, changed = told, True
            shown[item.last] = told
        if part is not None:
            found.append(part)
    return tuple(found) if changed else None


def _as_table(item: Item, part: Part | None) -> Part | None:
    if part is not None:
        assert part.choice
        return replace(part, label=Label.SHOW) if part.choice.target.kind is TargetKind.TABLE else None
    first = item.choices[0]
    return Part(item, Label.SHOW, first) if first.target.kind is TargetKind.TABLE else None


def _follows(item: Item, shown: dict[int, Part], sentence: Sentence) -> bool:
    """Whether nothing but "and", a comma and the like stand between it and what is shown, or the rows that is of."""
    at = item.first - 1
    joined = False
    while at >= 0 and (sentence.symbols[at] == "," or WORDS.get(sentence.symbols[at]) in _JOINING):
        joined = joined or sentence.symbols[at] == "," or WORDS.get(sentence.symbols[at]) == "and"
        at -= 1
    if not joined:
        return False
    if at + 1 in shown:
        return True
    rows = next((one for one in sentence.items if one.last == at + 1), None)  # "names of clubs and their towns"
    if rows is None:
        return False
    before = [WORDS.get(symbol) for symbol in sentence.symbols[max(rows.first - 2, 0) : rows.first]]
    return "of" in before and any(last <= rows.first for last in shown)


def of_each(parts: Sequence[Part], sentence: Sentence, index: Index) -> tuple[Part, ...] | None:
    """ "The price of each part", "the boss of every clerk": which one it is, is shown too."""
    for part in parts:
        before = sentence.tokens[part.item.first - 1].form if part.item.first else ""
        named = part.choice is not None and part.choice.target.kind is TargetKind.TABLE
        if part.label is Label.CONTEXT and named and before in ("each", "every") and _has_name(part, index):
            return tuple(replace(one, label=Label.SHOW) if one is part else one for one in parts)
    return None


def best_in_each(parts: Sequence[Part], sentence: Sentence) -> tuple[Part, ...] | None:
    """ "The dearest part in each class": classes and the parts that are ranked in them are shown."""
    forms = [token.form for token in sentence.tokens]
    top = next((one for one in parts if one.label in TOP), None)
    each = next((one for one in parts if one.item.first and forms[one.item.first - 1] in ("each", "every")), None)
    if top is None or each is None or each is top:
        return None
    found: list[Part] = []
    for one in parts:
        table = next((c for c in one.item.choices if c.target.kind is TargetKind.TABLE), None)
        ranked = one.label in (Label.CONTEXT, Label.SHOW) and one is not top and one.item.first < each.item.first
        if table is not None and (one is each or (ranked and one.choice == table)):
            one = replace(one, choice=table, label=Label.SHOW)
        found.append(one)
    return tuple(found) if tuple(found) != tuple(parts) else None


def _has_name(part: Part, index: Index) -> bool:
    """Whether a text names the rows of the part's table."""
    assert part.choice
    table = part.choice.target.table
    labels = index.tables[table].labels
    return bool(labels) and index.catalog.columns[ColumnKey(table, labels[0])].data_type is DataType.TEXT
