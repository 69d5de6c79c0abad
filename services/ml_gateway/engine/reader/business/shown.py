"""What is shown because a set phrase asks for it: how long it is between two moments."""

from __future__ import annotations

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Duration, Expression, Field, Function, Rows, Unit
from services.ml_gateway.engine.reader.assembly.frame import Frame, labels_of, type_of
from services.ml_gateway.engine.reader.business.cues import Cue, CueKind
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.sentence import Item
from services.ml_gateway.engine.tokens import name_words, stem
from services.ml_gateway.engine.vocabulary import CLOSING_DATES

_NAMED, _NEARLY = 0.85, 0.25
_LASTING = frozenset("last lasts lasted take takes took stay stays run runs".split())
_ENDS = CLOSING_DATES | frozenset("exit exited out until checkout arrived arrive arrival finished to".split())
_SPLITTING = frozenset("by per each every".split())
_FUNCTIONS = {"longest": Function.MAX, "maximum": Function.MAX, "shortest": Function.MIN, "median": Function.MEDIAN}


def measured(frame: Frame) -> list[Expression]:
    """Empty where no phrase asks for it, or no two moments of a table are named."""
    cue = _asked_how_long(frame)
    if cue is None:
        return _of_a_value(frame)
    named = [side for _, side in _sides(frame, cue)]
    if len(named) == 1:  # "how long does delivery take": since it began; "how long do visits last": until they end
        table = named[0][0].key.table
        last = _last_days(frame, table)
        named = (
            [named[0], last] if last and _is_table(_sides(frame, cue)[0][0]) else [_first_days(frame, table), *named]
        )
    for one in named[0] if len(named) > 1 else []:
        for other in named[1]:
            if one.key.table == other.key.table and one.key != other.key:
                said = (token.form for token in frame.sentence.tokens)
                function = next((_FUNCTIONS[form] for form in said if form in _FUNCTIONS), Function.AVG)
                return [
                    *_split_by(frame, {one, other}),
                    Aggregate(function, Duration(one, other, cue.unit or Unit.DAYS)),
                ]
    return []


def without_ends(frame: Frame) -> Frame:
    """Without the names of the two moments, which are no conditions and split nothing."""
    cue = _asked_how_long(frame)
    if cue is None or not measured(frame):
        return frame
    ends = [item for item, _ in _sides(frame, cue)[:2]]
    return Frame([part for part in frame.parts if part.item not in ends], frame.sentence, frame.index)


def _asked_how_long(frame: Frame) -> Cue | None:
    return next((one for one in frame.sentence.cues if one.kind is CueKind.DURATION), None)


def _sides(frame: Frame, cue: Cue) -> list[tuple[Item, list[Field]]]:
    """What may be the two moments, with the days that they may be."""
    behind = [item for item in frame.sentence.items if item.first >= cue.last and not _splits(frame, item)]
    sides = [(item, _days(frame, item)) for item in behind]
    found = [(item, fields) for item, fields in sides if fields]
    days = [side for side in found if not _is_table(side[0])]
    # "To close a ticket": since it was opened; "from issue to payment of invoices": two days of theirs.
    return days if len(days) > 1 else sorted(found, key=lambda side: side in days)


def _days(frame: Frame, item: Item) -> list[Field]:
    """ "Invoice": its own day before any that is called so elsewhere."""
    moments = _moments(frame, item)
    return list(dict.fromkeys((*_beginnings(frame, item), *moments))) if _is_table(item) or not moments else moments


def _is_table(item: Item) -> bool:
    """Whether it surely is one, and no day's name nearly as much."""
    top = item.choices[0].score
    tables = any(one.target.kind is TargetKind.TABLE and one.score >= max(_NAMED, top) for one in item.choices)
    return tables and not any(
        one.target.kind is TargetKind.COLUMN and one.score >= top - _NEARLY for one in item.choices
    )


def _of_a_value(frame: Frame) -> list[Expression]:
    """ "Cancellations by month", "returns per country": a value that a headline begins with, whose rows are counted."""
    first = frame.parts[0] if frame.parts else None
    if first is None or first.choice is None or first.item.first > 0 or first.label is not Label.WHERE:
        return []
    split = _split_by(frame, set())
    others = [p for p in frame.parts if p is not first and p.label is not Label.WHERE]
    plain = all(frame.sentence.tokens[p.item.first - 1].form in _SPLITTING for p in others)
    told = bool(split) or any(one.grain for one in frame.sentence.times)
    if first.choice.target.kind is not TargetKind.VALUE or not plain or not told:
        return []
    return [*split, Aggregate(Function.COUNT, Rows(first.choice.target.table))]


def _split_by(frame: Frame, moments: set[Field]) -> list[Expression]:
    """What stands behind "by" or "per"."""
    found: list[Expression] = []
    for part in frame.parts:
        before = frame.sentence.tokens[part.item.first - 1].form if part.item.first else ""
        if before not in _SPLITTING or part.choice is None or part.label not in (Label.SHOW, Label.GROUP):
            continue
        target = part.choice.target
        if target.kind is TargetKind.TABLE:
            found += labels_of(frame, Rows(target.table, target.relationship))
        elif target.kind is TargetKind.COLUMN:
            found.append(Field(ColumnKey(target.table, target.column), target.relationship))
    return [one for one in dict.fromkeys(found) if one not in moments]


def _splits(frame: Frame, item: Item) -> bool:
    return item.first > 0 and frame.sentence.tokens[item.first - 1].form in _SPLITTING


def _beginnings(frame: Frame, item: Item) -> list[Field]:
    """ "From order to delivery": the order's own day."""
    tables = [one.target.table for one in item.choices if one.target.kind is TargetKind.TABLE and one.score >= _NAMED]
    return [field for table in tables[:1] for field in _first_days(frame, table)]


def _first_days(frame: Frame, table: TableKey) -> list[Field]:
    """The days of a table's rows by default; else those that are called as the rows are: an order's "ordered_at"."""
    known = frame.index.tables[table].default_dates
    called = {stem(word) for word in name_words(table.name)}
    dates = [one.name for one in frame.index.catalog.by_key[table].columns if one.data_type.temporal]
    found = list(known) or [one for one in dates if called & {stem(word) for word in name_words(one)}]
    return [Field(ColumnKey(table, one)) for one in found]


def _last_days(frame: Frame, table: TableKey) -> list[Field]:
    """The day that something ended on, where the words ask how long it lasts and one is called so."""
    if not _LASTING & {token.form for token in frame.sentence.tokens}:
        return []
    dates = [one.name for one in frame.index.catalog.by_key[table].columns if one.data_type.temporal]
    found = [one for one in dates if _ENDS & set(name_words(one))]
    return [Field(ColumnKey(table, one)) for one in found] if len(found) == 1 else []


def _moments(frame: Frame, item: Item) -> list[Field]:
    found = [
        Field(ColumnKey(one.target.table, one.target.column), one.target.relationship)
        for one in item.choices
        if one.target.kind is TargetKind.COLUMN and one.score >= 0.5
    ]
    return [one for one in found if type_of(frame, one).temporal]
