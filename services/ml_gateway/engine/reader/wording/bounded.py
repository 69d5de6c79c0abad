"""Numbers that name no column: "bids above 1000" are bids of more than that amount, not more than that many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.flags import is_flag
from services.ml_gateway.engine.index import Index, LiteralKind, Target, TargetKind
from services.ml_gateway.engine.model import Column, ColumnKey, Role, TableKey
from services.ml_gateway.engine.query.model import MetricValue
from services.ml_gateway.engine.reader.assembly.binding import field_of
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import is_money
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Sentence
from services.ml_gateway.engine.reader.pruning.possible import bounds_metric, is_count
from services.ml_gateway.engine.vocabulary import AMOUNTS
from services.ml_gateway.engine.words.measures import MONEY
from services.ml_gateway.engine.words.roots import root
from services.ml_gateway.engine.words.splitting import full_words

_COMPARING = frozenset(("more", "less", "least_at", "most", "least", "between"))
_TOTALS = frozenset("total totals gross overall".split())
_NEAR, _MOST = 4, 2
_NUMBERS = (Label.WHERE, Label.HAVING, Label.NOT)
_BEYOND = frozenset(("more", "less"))
_UNHEARD = (Label.IGNORED, Label.LIMIT)
_SURE, _NAMED = 0.5, 0.7


def bounded(parts: Sequence[Part], sentence: Sentence, index: Index) -> Iterator[tuple[Part, ...]]:
    """The parts with the column that a compared number may be about, the likeliest first."""
    for place, part in enumerate(parts):
        if not _is_alone(part, parts, sentence, index):
            continue
        table = next((table for one in reversed(parts[:place]) if (table := _rows_of(one, index))), None)
        for column in _measures(table, part, sentence, index)[:_MOST] if table else ():
            assert table
            target = Target(TargetKind.COLUMN, table, column.name)
            choice = Choice(target, _SURE, "amount", 0, 1)
            item = replace(part.item, last=part.item.first, choices=(choice,))
            about = Part(item, Label.WHERE, choice)
            label = Label.NOT if part.label is Label.NOT else Label.WHERE
            number = replace(part, label=label, choice=part.choice or part.item.choices[0])
            yield (*parts[:place], about, number, *parts[place + 1 :])
        return


def _rows_of(part: Part, index: Index) -> TableKey | None:
    """Whose rows a part names, the rows that a metric counts among them."""
    if part.choice is None or part.label is Label.IGNORED:
        return None
    target = part.choice.target
    if target.kind is TargetKind.METRIC:
        return index.metrics[target.metric].table if is_count(MetricValue(target.metric), index) else None
    return target.table if target.table.name else None


def _is_alone(part: Part, parts: Sequence[Part], sentence: Sentence, index: Index) -> bool:
    """Whether it is a compared number beside which no column waits, and of which nothing is counted."""
    meant = part.choice or part.item.choices[0]
    if part.label not in (*_NUMBERS, *_UNHEARD) or meant.target.literal is not LiteralKind.NUMBER:
        return False
    before = sentence.tokens[max(part.item.first - _NEAR, 0) : part.item.first]
    if part.label in _UNHEARD:  # what nothing was made of is a bound right behind the word for one; "top 3" are three
        before = tuple(one for one in before[-1:] if WORDS.get(one.form) in _BEYOND or one.form == "than")
        if not before:
            return False
    elif not any(WORDS.get(token.form) in _COMPARING for token in before):
        return False
    if meant.how == "times" or _counts(part, sentence) or _is_year(part):
        return False
    if any(bounds_metric(one, part, sentence, index) for one in parts):
        return False
    names = [p for p in parts if p.choice and p.choice.target.kind is not TargetKind.LITERAL and not p.item.measured]
    if any(p.label is Label.HAVING for p in names):
        return False
    near = [
        p for p in names
        if p.label is Label.WHERE and p.choice and p.choice.target.kind is TargetKind.COLUMN
        and not is_flag(index.catalog.columns[field_of(p).key])
    ]  # fmt: skip
    return not any(abs(p.item.first - part.item.first) <= _NEAR for p in near)


def _is_year(part: Part) -> bool:
    return any(one.how == "question" for one in part.item.choices)


def _counts(part: Part, sentence: Sentence) -> bool:
    """ "More than two visits" are that many rows."""
    behind = next((one for one in sentence.items if one.first >= part.item.last), None)
    if behind is None or behind.first > part.item.last + 1:
        return False
    return any(one.target.kind is TargetKind.TABLE and one.score >= _NAMED for one in behind.choices)


def _measures(table: TableKey, part: Part, sentence: Sentence, index: Index) -> list[Column]:
    """The numbers of a table that are no keys: those in the unit that is said, else those called as amounts are, else
    the only one."""
    known = index.catalog.by_key.get(table)
    if known is None:
        return []
    keys = index.tables[table].keys
    found = [
        one for one in known.columns
        if one.data_type.numeric and one.name not in keys and one.role in (Role.MEASURE, Role.UNKNOWN)
        and not is_flag(index.catalog.columns[ColumnKey(table, one.name)])
    ]  # fmt: skip
    if is_money(part.item, sentence.tokens):
        found = [one for one in found if MONEY & set(full_words(one.name))]
        own = MONEY | _TOTALS | {*full_words(table.name), *map(root, full_words(table.name))}
        return [one for one in found if set(full_words(one.name)) <= own] or found
    behind = {root(token.form) for token in sentence.tokens[part.item.last : part.item.last + 1]}
    in_unit = [one for one in found if behind & {root(word) for word in full_words(one.name)}]
    if in_unit or len(found) < 2:
        return in_unit or found
    amounts = [one for one in found if AMOUNTS & set(full_words(one.name))] or found
    return whole_amount(amounts, table) or amounts


def whole_amount(amounts: Sequence[Column], table: TableKey) -> list[Column]:
    """The one of several amounts that is all of a row's, by its name: the amount of no part ("amount", not
    "tax_amount"), or the total; none where no single one is."""
    plain = AMOUNTS | _TOTALS | set(full_words(table.name)) | {root(word) for word in full_words(table.name)}
    own = [one for one in amounts if set(full_words(one.name)) <= plain]
    totals = [one for one in amounts if _TOTALS & set(full_words(one.name))]
    return next((one for one in (own, totals) if len(one) == 1), [])
