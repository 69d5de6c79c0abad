"""What verbs tell: "who rented" of rows of their own, "hired in 2021" of a start, "lost since May" of an end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.periods import Span, TimeMention
from services.ml_gateway.engine.query.model import Compare, Condition, Either, Field, Query
from services.ml_gateway.engine.reader.assembly.frame import Frame, tables_named
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.sentence import Item, Sentence
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import name_words
from services.ml_gateway.engine.words.dates import DATE_VERBS
from services.ml_gateway.engine.words.roots import root
from services.ml_gateway.engine.words.splitting import full_words

# Each family: what people say beside a period, and what the columns of its day are called.
_FAMILIES = (
    (
        """hire hired join joined employ employed start started begin began enter entered recruit recruited engage
        engaged enrol enrolled enroll register registered sign signed gain gained admit admitted appoint appointed come
        came arrive arrived open opened found founded launch launched establish established add added""",
        """start started begin begins begun since from entry entered joined hired hire registered enrolled admitted
        signed opened founded launched established created added member employed""",
    ),
    (
        """leave left lose lost quit end ended finish finished expire expired terminate terminated cancel cancelled
        canceled close closed retire retired resign resigned withdraw withdrawn stop stopped die died""",
        """end ended ends ending finish finished until to left leave expiry expires expired expiration terminated
        termination cancelled canceled cancellation closed retired withdrawn exit""",
    ),
    ("settle settled pay paid repay repaid clear cleared", "settled paid repaid cleared payment"),
    ("buy bought purchase purchased acquire acquired get got", "bought purchase purchased acquired acquisition"),
    (
        "make made build built manufacture manufactured produce produced construct constructed",
        "made built manufactured produced construction production build",
    ),
    ("happen happened occur occurred take took hold held", "date day held on"),
)
_BEFORE = 4
_CALLED_SO = 0.95
_NEAR = 0.8
_RELATIVE = frozenset("who that which have has had ever also already".split())
_OF_DAYS = frozenset(verb for verbs, _ in DATE_VERBS for verb in verbs)
_FAMILIAR = tuple(({*map(root, said.split())}, {*map(root, called.split())}) for said, called in _FAMILIES)


def deeds(sentence: Sentence, index: Index) -> Iterator[tuple[Item, TableKey, TableKey]]:
    """The verbs right behind the noun of who did it, "customers who rented", with the noun's rows and the verb's, which
    point at them."""
    for noun, verb in pairwise(sentence.items):
        named = noun.choices[0]
        between = {token.form for token in sentence.tokens[noun.last : verb.first]}
        alone = verb.last - verb.first == 1 and sentence.tokens[verb.first].form.endswith("ed")
        if named.target.kind is not TargetKind.TABLE or named.score < _CALLED_SO:
            continue
        if not alone or not between <= _RELATIVE:
            continue
        whose = named.target.table
        for choice in verb.choices:
            deed = choice.target.table
            near = choice.target.kind is TargetKind.TABLE and choice.score >= _NEAR
            if near and _points_at(deed, whose, index) and not _has_day(whose, sentence.tokens[verb.first].form, index):
                yield verb, whose, deed
                break


def _has_day(table: TableKey, verb: str, index: Index) -> bool:
    """ "Students enrolled last year", where a student has a day of enrolling."""
    called = set[str]().union(*_called(verb))
    days = [column.name for column in index.catalog.by_key[table].columns if column.data_type.temporal]
    return any(called & {root(word) for word in name_words(name)} for name in days)


def _points_at(table: TableKey, target: TableKey, index: Index) -> bool:
    return table != target and any(key.target == target for key in index.catalog.keys_of.get(table, ()))


def is_dated_by(verb: Item, mention: TimeMention, sentence: Sentence) -> bool:
    """Whether a period behind a verb is that of what was done: no other verb between them has a day of its own."""
    between = sentence.tokens[verb.last : mention.first]
    return mention.first >= verb.last and not any(token.form in _OF_DAYS for token in between)


def day_of_verb(frame: Frame, mention: TimeMention, query: Query) -> Field | None:
    """The one date of the rows that are shown or counted whose name tells the verb right before a period."""
    tables = sorted(tables_named(query.show))
    dates = [
        (Field(ColumnKey(table, column.name)), {root(word) for word in name_words(column.name)})
        for table in tables
        for column in frame.index.catalog.by_key[table].columns
        if column.data_type.temporal
    ]
    if len(dates) < 2:
        return None
    measured = {at for part in frame.parts if _is_thing(frame, part) for at in range(part.item.first, part.item.last)}
    states = {  # "cancelled" as a state has its own day or none: an end is no cancelling
        at for part in frame.parts if part.choice and part.choice.target.kind is TargetKind.VALUE
        for at in range(part.item.first, part.item.last)
    }  # fmt: skip
    for at in range(mention.first - 1, max(mention.first - 1 - _BEFORE, -1), -1):
        if at in measured:
            continue  # "shipping amount" says nothing of when something was shipped, nor "appointments" of appointing
        form = frame.sentence.tokens[at].form
        for called in _called(form)[: 1 if at in states else None]:
            found = [field for field, words in dates if words & called]
            if len(found) == 1:
                return found[0]
    return None


def _is_thing(frame: Frame, part: Part) -> bool:
    """Whether a part names rows or a number, and nothing that is done."""
    target = part.choice.target if part.choice else None
    if target is None or target.kind is not TargetKind.COLUMN:
        form = frame.sentence.tokens[part.item.last - 1].form
        return target is not None and target.kind is TargetKind.TABLE and not form.endswith(("ed", "ing"))
    return frame.index.catalog.columns[ColumnKey(target.table, target.column)].data_type.numeric


def in_years(frame: Frame, named: Sequence[Field], spans: Sequence[Span]) -> Condition | None:
    """Whole years, where a column that is named holds the numbers of years: "born in the eighties"."""
    bounds = [_years(one) for one in spans]
    columns = frame.index.catalog.columns
    found = [one for one in named if columns[one.key].data_type.numeric and "year" in full_words(one.key.name)]
    if len(found) != 1 or not all(bounds):
        return None
    made = [_within(found[0], *one) for one in bounds if one]
    return made[0] if len(made) == 1 else Either(tuple(made))


def is_of_years(node: object) -> bool:
    """Whether the number of a year is compared."""
    return isinstance(node, Compare) and isinstance(node.left, Field) and "year" in full_words(node.left.key.name)


def _within(field: Field, first: float | None, last: float | None) -> Compare:
    if first is None or last is None:
        operator = Operator.AT_MOST if first is None else Operator.AT_LEAST
        return Compare(field, operator, (first if last is None else last,))  # type: ignore[arg-type]
    return Compare(field, Operator.BETWEEN, (first, last)) if first < last else Compare(field, Operator.EQUAL, (first,))


def _years(span: Span) -> tuple[float | None, float | None] | None:
    """The first and the last year of what begins and ends with a year."""
    whole = all(one is None or (one.month, one.day) == (1, 1) for one in (span.start, span.end))
    if not whole or span.start is None is span.end:
        return None
    return (float(span.start.year) if span.start else None, float(span.end.year - 1) if span.end else None)


def _called(form: str) -> list[set[str]]:
    """Words that the day's name may have, the verb's own first."""
    own = [{root(form)}] if len(form) > 3 else []
    verbs = [{root(date) for date in dates} for verbs, dates in DATE_VERBS if form in verbs]
    return [*own, *verbs, *(called for said, called in _FAMILIAR if root(form) in said)]
