"""Two columns of a row held against each other where the words name one of them or none: "paid late", "solved on the
same day", "ended where they began", "below minimum stock", "drawn matches"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import Column, ColumnKey, DataType, TableKey
from services.ml_gateway.engine.query.model import Compare, Field
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import name_words, stem
from services.ml_gateway.engine.vocabulary import CLOSING_DATES

_DUE = frozenset("due deadline planned scheduled promised expected target".split())
_LATE = frozenset("late overdue belated lately".split())
_BOUNDS = frozenset("min minimum reorder target max maximum limit threshold".split())
_STARTS, _ENDS = frozenset("start from origin begin departure".split()), frozenset("end to destination finish".split())
_SAID_STARTS = frozenset("start started starting begin began begun starts begins".split())
_SAID_ENDS = frozenset("end ended ending finish finished ends finishes".split())
_HOME, _AWAY = frozenset(("home", "host")), frozenset("guest away visitor visiting".split())
_DRAWN = frozenset("draw draws drawn tie ties tied".split())
_DONE = CLOSING_DATES | frozenset("returned paid settled solved filled arrived finished done received cleared".split())


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """A condition on two columns of a row, and the tokens that say it."""

    condition: Compare
    tokens: frozenset[int]

    def rest(self, parts: Sequence[Part]) -> list[Part]:
        """The parts that say something else."""
        return [part for part in parts if not self._says(part)]

    def _says(self, part: Part) -> bool:
        target, left = part.choice.target if part.choice else None, self.condition.left
        told = isinstance(left, Field) and target is not None and target.kind is TargetKind.COLUMN
        named = told and ColumnKey(target.table, target.column) == left.key  # type: ignore[union-attr]
        return named or bool(self.tokens & set(range(part.item.first, part.item.last)))


def held_against(parts: Sequence[Part], sentence: Sentence, index: Index) -> Iterator[HeldAgainst]:
    forms = [token.form for token in sentence.tokens]
    for table in _tables(parts):
        found = (
            _late(forms, table, index) or _same_day(forms, table, index) or _same_place(forms, table, index)
            or _drawn(forms, table, index) or _beyond_bound(forms, table, index)
        )  # fmt: skip
        if found:
            yield found
            return


def _tables(parts: Sequence[Part]) -> list[TableKey]:
    """Those that the parts are about, tables that are named first."""
    named = [p.choice.target for p in parts if p.choice and p.choice.target.table.name]
    named.sort(key=lambda one: one.kind is not TargetKind.TABLE)
    return list(dict.fromkeys(one.table for one in named))


def _dates(table: TableKey, index: Index) -> list[Column]:
    return [one for one in index.catalog.by_key[table].columns if one.data_type.temporal]


def _named_at(column: Column, forms: Sequence[str]) -> int | None:
    """Where a word stands that the column's name holds."""
    words = {stem(word) for word in name_words(column.name)} - {"date", "on", "at", "time", "day"}
    return next((at for at, form in enumerate(forms) if stem(form) in words), None)


def _late(forms: Sequence[str], table: TableKey, index: Index) -> HeldAgainst | None:
    """ "Paid late", "after the due date", "on time": when it was done, against when it was due."""
    said = {at for at, form in enumerate(forms) if form in _LATE}
    on_time = [at for at in range(len(forms) - 1) if (forms[at], forms[at + 1]) in (("on", "time"), ("in", "time"))]
    past = [
        at
        for at, form in enumerate(forms)
        if form in _DUE and {"after", "past", "beyond"} & {*forms[max(at - 2, 0) : at]}
    ]
    dates = _dates(table, index)
    due = next((one for one in dates if _DUE & set(name_words(one.name))), None)
    if due is None or not (said or on_time or past) or (said and {"how", "not", "no"} & set(forms)):
        return None
    others = [one for one in dates if one is not due]
    named = [(at, one) for one in others if (at := _named_at(one, forms)) is not None]
    closing = [one for one in others if _DONE & set(name_words(one.name))]
    done = named[0][1] if named else closing[0] if len(closing) == 1 else others[0] if len(others) == 1 else None
    if done is None:
        return None
    operator = Operator.GREATER if said or past else Operator.AT_MOST
    words = said | {at + step for at in on_time for step in (0, 1)} | {at for at, _ in named[:1]}
    words |= {at + step for at in past for step in (0, 1) if at + step < len(forms) and _is_day(forms, at, step)}
    return _made(table, done, due, operator, words)


def _is_day(forms: Sequence[str], at: int, step: int) -> bool:
    return step == 0 or forms[at + step] in ("date", "day")


def _same_day(forms: Sequence[str], table: TableKey, index: Index) -> HeldAgainst | None:
    """ "Filled on the day of issue", "arrived on the very day they were sent", "solved on the same day"."""
    at = next((n for n, form in enumerate(forms) if form in ("day", "date") and _is_that(forms, n)), None)
    days = [one for one in _dates(table, index) if one.data_type is DataType.DATE]
    if at is None or len(days) < 2:
        return None
    named = [(place, one) for one in days if (place := _named_at(one, forms)) is not None]
    if len(named) >= 2:
        (one_at, one), (other_at, other) = sorted(named, key=lambda pair: abs(pair[0] - at))[:2]
        return _made(table, one, other, Operator.EQUAL, {one_at, other_at, at})
    rest = [one for one in days if named and one is not named[0][1]]
    if "same" in forms and named and len(rest) == 1:
        return _made(table, named[0][1], rest[0], Operator.EQUAL, {named[0][0], at})
    return None


def _is_that(forms: Sequence[str], at: int) -> bool:
    before = forms[max(at - 3, 0) : at]
    return "on" in before and bool({"same", "the", "very"} & set(before)) and not {"which", "what"} & set(before)


def _same_place(forms: Sequence[str], table: TableKey, index: Index) -> HeldAgainst | None:
    """ "Ended where they began", "finish at the same stop as they start": two keys to one table."""
    starts = {at for at, form in enumerate(forms) if form in _SAID_STARTS}
    ends = {at for at, form in enumerate(forms) if form in _SAID_ENDS}
    if not starts or not ends or not {"same", "where"} & set(forms):
        return None
    keys = [one for one in index.catalog.relationships if one.table == table and len(one.columns) == 1]
    for one, other in combinations(keys, 2):
        words = [set(name_words(key.columns[0])) for key in (one, other)]
        if one.target == other.target and any(words[a] & _STARTS and words[1 - a] & _ENDS for a in (0, 1)):
            columns = index.catalog.columns
            pair = [columns[ColumnKey(table, key.columns[0])] for key in (one, other)]
            tokens = starts | ends | _between(forms, min(starts | ends), max(starts | ends))
            return _made(table, pair[0], pair[1], Operator.EQUAL, tokens)
    return None


def _between(forms: Sequence[str], first: int, last: int) -> set[int]:
    return set(range(first, last + 1))


def _drawn(forms: Sequence[str], table: TableKey, index: Index) -> HeldAgainst | None:
    """ "Draws", "won at home": the numbers of the two sides of a match."""
    numbers = [one for one in index.catalog.by_key[table].columns if one.data_type.numeric]
    keys = index.tables[table].keys
    home = [one for one in numbers if _HOME & set(name_words(one.name)) and one.name not in keys]
    away = [one for one in numbers if _AWAY & set(name_words(one.name)) and one.name not in keys]
    if len(home) != 1 or len(away) != 1:
        return None
    drawn = {at for at, form in enumerate(forms) if form in _DRAWN}
    if drawn:
        return _made(table, home[0], away[0], Operator.EQUAL, drawn)
    won = {at for at, form in enumerate(forms) if form in ("won", "win", "wins", "victories")}
    sides = {at for at, form in enumerate(forms) if form in _HOME | _AWAY}
    if not won or len(sides) != 1:
        return None
    one, other = (home[0], away[0]) if forms[next(iter(sides))] in _HOME else (away[0], home[0])
    return _made(table, one, other, Operator.GREATER, won | sides)


def _beyond_bound(forms: Sequence[str], table: TableKey, index: Index) -> HeldAgainst | None:
    """ "Below minimum stock", "under their reorder level": the number that has such a bound."""
    keys = index.tables[table].keys
    numbers = [
        one for one in index.catalog.by_key[table].columns if one.data_type.numeric and one.name not in keys
    ]  # fmt: skip
    for bound in [one for one in numbers if _BOUNDS & set(name_words(one.name))]:
        words = set(name_words(bound.name))
        places = [at for at, form in enumerate(forms) if stem(form) in {stem(word) for word in words & _BOUNDS}
                  or (form == "minimum" and "min" in words) or (form == "maximum" and "max" in words)]  # fmt: skip
        for at in places:
            side = next(
                (
                    WORDS.get(form)
                    for form in reversed(forms[max(at - 3, 0) : at])
                    if WORDS.get(form) in ("more", "less")
                ),
                None,
            )
            plain = [one for one in numbers if one is not bound and not _BOUNDS & set(name_words(one.name))]
            kin = [one for one in plain if (words - _BOUNDS) & set(name_words(one.name))]
            stocks = kin or [
                one
                for one in plain
                if {"stock", "hand", "qty", "quantity", "level", "count"} & set(name_words(one.name))
            ]
            if side and len(stocks) == 1:
                operator = Operator.GREATER if side == "more" else Operator.LESS
                kin_words = {stem(word) for word in (*words, *name_words(stocks[0].name))}
                near = {n for n in range(max(at - 3, 0), min(at + 2, len(forms))) if stem(forms[n]) in kin_words}
                return _made(table, stocks[0], bound, operator, near | {at})
    return None


def _made(table: TableKey, one: Column, other: Column, operator: Operator, tokens: set[int]) -> HeldAgainst:
    left, right = Field(ColumnKey(table, one.name)), Field(ColumnKey(table, other.name))
    return HeldAgainst(Compare(left, operator, right), frozenset(tokens))
