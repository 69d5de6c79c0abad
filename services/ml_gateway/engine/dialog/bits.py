"""What a bit of a question does to the query before: a value takes another's place, a column is shown, and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from services.ml_gateway.engine.dialog import columns, conditions, grouping, numbers, shapes, times
from services.ml_gateway.engine.dialog.comparing import compared
from services.ml_gateway.engine.dialog.fragments import Bit, bit
from services.ml_gateway.engine.dialog.model import Attempt, Before, Merge
from services.ml_gateway.engine.dialog.parts import base, condition_fields, conjuncts, is_measure, measures, tables
from services.ml_gateway.engine.dialog.rewriting import Swap, rewritten
from services.ml_gateway.engine.dialog.utterance import Utterance
from services.ml_gateway.engine.dialog.wording import key_of, many
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import ColumnKey, DataType
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Bucket,
    Compare,
    Condition,
    During,
    Expression,
    Field,
    Function,
    Not,
    Query,
)
from services.ml_gateway.engine.reading import Grain, Operator
from services.ml_gateway.engine.tables import is_additive
from services.ml_gateway.engine.tokens import name_words, tokenize

_SURE, _LIKELY, _DOUBTFUL = 0.96, 0.93, 0.7
_COUNTING = re.compile(
    r"how many (?:of (?:them|those|these) )?(?:(?:are|were|is|was) )?(?:there )?(?=(?:in|from|before|after|since|until|"
    r"between|during|over|under|above|below|for|on|last|this)\b)",
    re.IGNORECASE,
)
_ONES = re.compile(r"\w ones$", re.IGNORECASE)  # "the organic ones": what the rows are, and not what to show of them
_NEGATING = frozenset({"not", "except", "excluding", "exclude", "other", "apart", "non"})
_PERIOD = ("The question before is asked again for another period.",)
_BY = ("by ", "per ", "for each ", "for every ")


def from_bit(words: Utterance, before: Before, index: Index, today: date) -> Iterator[Attempt]:
    """The follow-ups that one bit makes by itself."""
    start, end = words.object()
    counting = _COUNTING.match(words.said, start, end)
    if counting:
        start = counting.end()
    if words.core.lower().startswith(_BY):
        yield from _by_date(words, before, index, today)
        return
    text = words.said[start:end]
    said = bit(text, before.query, index, today, start)
    if said.unplaced and text.isdigit() and len(text) == 4:
        said = bit(f"in {text}", before.query, index, today, start - 3)
    if said.unplaced or not said.kinds:
        return
    negative = words.opener == "without" or text.lower().split()[0] in _NEGATING
    opened = words.opener or words.also or words.instead or words.corrects
    prior = _SURE if opened else _LIKELY if _leans(said, text, before.query) else _DOUBTFUL
    if said.kinds <= {"column", "table"} and shapes.THE_BEST.match(text):
        return  # "the shortest route" is a route, and no length
    query = _edited(said, words, before, index, negative)
    if query is not None and counting and not _is_how_many(before.query):
        rows = base(query)
        query = columns.counted(query, key_of(rows, index) if rows and said.kinds <= {"condition", "span"} else None)
    if query is not None and query != before.query:
        plain = said.kinds == {"span"} and not counting and times.date_of(before.query, index) is not None
        why = _why(said, before.query, index)
        yield Attempt(Merge.CHANGE, prior, query=query, why=why, meanings=said.meanings, plain=plain)
    elif query is None and said.kinds == {"span"} and not counting and words.opener != "compare":
        yield from _of_which_date(words, start, prior, before, index)


def _of_which_date(words: Utterance, start: int, prior: float, before: Before, index: Index) -> Iterator[Attempt]:
    """A period, where the query doesn't tell of which date: that is read, or asked back."""
    rows = base(before.query)
    if rows is None:
        return
    bare = words.said[start : words.end].isdigit()
    head = f"show the {many(rows, index)} {'in ' if bare else ''}"
    text = rewritten(words.said[: words.end], (Swap(0, start, ""),), head)
    yield Attempt(Merge.CHANGE, prior, text, topic=rows, why=_PERIOD)


def _by_date(words: Utterance, before: Before, index: Index, today: date) -> Iterator[Attempt]:
    """ "By month": of the date that the query is about already."""
    said = bit(words.core, before.query, index, today)
    field = times.date_of(before.query, index)
    if said.unplaced or said.kinds != {"grain"} or not said.grain or field is None:
        return
    bucket = Bucket(field, said.grain)
    within = words.also or (words.opener == "bare" and bool(before.query.group))
    make = grouping.also_grouped if within else grouping.grouped
    query = make(before.query, (bucket,), (bucket,))
    yield Attempt(Merge.GROUP, _SURE, query=query, why=("The question before is asked again with this changed.",))


def _is_how_many(held: Query) -> bool:
    """Whether what came before was asked as a number of things: "how many in 2023?" asks for that again."""
    number = held.show[0] if len(held.show) == 1 and not held.group else None
    return isinstance(number, Aggregate) and number.function is Function.SUM


def _leans(said: Bit, text: str, held: Query) -> bool:
    """Whether it says nothing of what it is about: "e-mails" leans on what was asked, "customer e-mails" hardly."""
    near = set(tables(held))
    if any(field.key.table not in near for field in said.columns):
        return False
    own = {word for table in near for word in name_words(table.name)[-1:]}
    columns = {word for field in said.columns for word in name_words(field.key.name)}
    return not (own - columns) & {token.lemma for token in tokenize(text)}


def _edited(said: Bit, words: Utterance, before: Before, index: Index, negative: bool) -> Query | None:
    held, kinds = before.query, said.kinds
    if words.opener == "compare":
        return _compared(held, said, index)
    if kinds == {"condition"}:
        return _conditioned(held, said.conditions, words, negative)
    if kinds == {"span"} and said.span and not negative:
        return _during(held, said, index)
    if kinds <= {"condition", "span"} and said.span and not negative:
        query = _during(held, said, index)
        return conditions.put(query, *said.conditions) if query else None
    if kinds == {"column"} and not _ONES.search(words.core):
        return _columns(held, said.columns, words, index, negative)
    if kinds == {"metric"} and not negative:
        return _measured(held, said.metrics, words)
    if kinds == {"function", "column"} and len(said.functions) == 1 and not negative:
        if not all(_reckoned(index.catalog.columns[field.key].data_type) for field in said.columns):
            return None
        made: tuple[Expression, ...] = tuple(Aggregate(said.functions[0], field) for field in said.columns)
        return _measured(held, made, words)
    return None


def _reckoned(data_type: DataType) -> bool:
    """Whether a greatest or an average value of such a column is asked for, and not the one with the most."""
    return data_type.numeric or data_type.temporal


def _measured(held: Query, made: tuple[Expression, ...], words: Utterance) -> Query:
    """ "And the total weight" stands beside the number before; "what about the total weight" in its place."""
    beside = words.also or (words.opener == "bare" and not words.instead and bool(measures(held)))
    return numbers.also_measured(held, *made) if beside else numbers.measured(held, *made)


def _compared(held: Query, said: Bit, index: Index) -> Query | None:
    if said.kinds == {"condition"} and len(said.conditions) == 1:
        return compared(held, said.conditions[0])
    if said.kinds == {"span"} and said.span:
        field = times.date_of(held, index)
        return compared(held, During(field, said.span.start, said.span.end)) if field else None
    return None


def _conditioned(held: Query, said: tuple[Condition, ...], words: Utterance, negative: bool) -> Query | None:
    if negative:
        return _excluding(held, said)
    if words.only:
        return conditions.narrowed(held, *said)
    if words.also or words.whole.lower().startswith("or "):
        return conditions.widened(held, *said)
    return conditions.put(held, *said, within=words.opened_by.lower() == "and")


def _excluding(held: Query, said: tuple[Condition, ...]) -> Query:
    """A condition that holds is left out; one that doesn't is turned round: "without Germany"."""
    kept = conjuncts(held.where)
    if all(one in kept for one in said):
        fields = [field for one in said for field in condition_fields(one)]
        return conditions.dropped(held, *fields)
    turned = [conditions.negated(one) if isinstance(one, Compare) else Not(one) for one in said]
    return conditions.narrowed(held, *turned)


def _columns(held: Query, said: tuple[Field, ...], words: Utterance, index: Index, negative: bool) -> Query | None:
    """Columns alone: shown, no longer shown; or a number of them, where numbers were asked."""
    everything = words.core.lower().startswith(("for all ", "all ", "in all ", "any ", "for any ", "every "))
    if everything or (negative and not set(said) & set(held.show)):
        dropped = conditions.dropped(held, *said)
        return dropped if dropped != held else None
    if negative:
        return columns.not_shown(held, *said)
    if measures(held) and (made := _numbers(held, said, index)):
        return _measured(held, made, words)
    if words.only and measures(held) and not set(said) & set(held.show):
        return None  # "just the approved ones": what they are is said, and not what to show of them
    if words.also:
        return columns.also_shown(held, *said)
    if words.opener == "bare" and held.show and not any(is_measure(one) for one in held.show):
        return columns.shown(held, *said)
    return columns.shown(held, *said)


def _numbers(held: Query, said: tuple[Field, ...], index: Index) -> tuple[Expression, ...]:
    """Numeric columns as numbers like those before: by the same function, else added up where that means something.

    Empty where they are none, and where only a count was asked, without groups: then they are to be seen.
    """
    columns = [index.catalog.columns[field.key] for field in said]
    if not all(column.data_type.numeric for column in columns):
        return ()
    functions = {one.function for one in measures(held) if isinstance(one, Aggregate)} - {Function.COUNT}
    if len(functions) == 1:
        return tuple(Aggregate(next(iter(functions)), field) for field in said)
    if not held.group:
        return ()
    added = [Function.AVG if is_additive(column) is False else Function.SUM for column in columns]
    return tuple(Aggregate(function, field) for function, field in zip(added, said, strict=True))


def _during(held: Query, said: Bit, index: Index) -> Query | None:
    assert said.span
    year = _year_column(held)
    if year and said.span.start and said.span.end and times.date_of(held, index) is None:
        first, last = said.span.start, said.span.end
        if (first.month, first.day, last.month, last.day) == (1, 1, 1, 1) and last.year == first.year + 1:
            return conditions.put(held, Compare(year, Operator.EQUAL, (float(first.year),)))
    start, end = _in_its_year(said, held, index)
    rows = base(held)
    dates = index.tables[rows.table].default_dates if rows else ()
    otherwise = Field(ColumnKey(rows.table, dates[0]), rows.role) if rows and len(dates) == 1 else None
    return times.period(held, start, end, otherwise, index)


def _in_its_year(said: Bit, held: Query, index: Index) -> tuple[date | None, date | None]:
    """A month or quarter without a year is of the year that was spoken of: "and in April?" after "in March 2024"."""
    assert said.span
    start, end = said.span.start, said.span.end
    spoken = times.year_of(held)
    if spoken is None or start is None or end is None or not said.yearless:
        return start, end
    years = spoken - start.year
    return times.moved(start, end, Grain.YEAR, years)


def _year_column(held: Query) -> Field | None:
    """The column of years that a condition of before is about."""
    for condition in conjuncts(held.where):
        if isinstance(condition, Compare) and isinstance(condition.left, Field) and isinstance(condition.right, tuple):
            number = condition.right and isinstance(condition.right[0], int | float)
            if number and Grain.YEAR.value in name_words(condition.left.key.name):
                return condition.left
    return None


def _why(said: Bit, held: Query, index: Index) -> tuple[str, ...]:
    if said.span:
        days = _in_its_year(said, held, index)
        label = said.span.label
        if days != (said.span.start, said.span.end) and said.span.start and days[0]:
            label = label.replace(str(said.span.start.year), str(days[0].year))
        return (f"The question before is asked again for {label}.", *said.guesses)
    return ("The question before is asked again with this changed.", *said.guesses)
