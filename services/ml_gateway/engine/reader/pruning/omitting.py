"""What no answer may leave out or work out, however likely the learned reader finds it.

Any name may be labelled as meaning nothing, and rightly so where it only repeats another. A column, a value or a metric
that is called just so is different, as are numbers, quoted texts, names in capitals, negations and periods: nobody says
them for nothing. Of questions over unseen databases whose best query left out one of these next to none was right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import Column, ColumnKey, DataType
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Bucket,
    Compare,
    During,
    Field,
    Function,
    MetricValue,
    Not,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.roles import TOP
from services.ml_gateway.engine.reader.labelling.sentence import Choice
from services.ml_gateway.engine.reader.pruning.clock import unheard_times
from services.ml_gateway.engine.reader.pruning.heard import alternatives_unheard, functions_unheard, is_torn, nodes_of
from services.ml_gateway.engine.reader.wording.deeds import is_of_years
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import Token, TokenKind
from services.ml_gateway.engine.vocabulary import FILLER
from services.ml_gateway.engine.words.splitting import parts as words_in

_CALLED_SO = 0.95
_NAMES = (TargetKind.COLUMN, TargetKind.VALUE, TargetKind.METRIC, TargetKind.FLAG)
_NEGATIVE = (Operator.NOT_EQUAL, Operator.IS_NULL, Operator.NOT_NULL)
_BEFORE_QUALITIES = frozenset(
    "the all many of every each any our my their its most total average no show list find".split()
)
_DONE = frozenset("bought sold seen eaten read worn drunk".split())
_PUT = frozenset(
    "added listed combined named displayed printed returned summed counted".split()
)  # "listed together with"
_LACKING = frozenset("missing empty null blank unknown open without lack lacks lacking unset".split())
_SPLITTING = frozenset("by per".split())
_ARTICLES = ("a", "an", "the")  # at the very end they are names
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+")
_BOUNDS = (Operator.GREATER, Operator.LESS, Operator.AT_LEAST, Operator.AT_MOST, Operator.BETWEEN)


def omitted(candidate: Candidate, index: Index) -> tuple[int, ...]:
    """The tokens that are surely meant and that the query does nothing with, left to right."""
    parts = candidate.labelling.parts
    said = [part for part in parts if part.choice]
    left = {at for part in parts if _is_left(part, said) for at in _tokens(part)}
    done = {at for part in said if not _is_unbound(part, candidate) for at in _tokens(part)}
    for at in range(len(candidate.sentence.tokens)):
        if at not in done and _is_meant(at, candidate.sentence.tokens, candidate.sentence.symbols[at]):
            left.add(at)
    unheard = {*_periods(candidate), *_negations(candidate), *_alternatives(candidate), *_functions(candidate)}
    unheard |= {*_differences(candidate), *_splits(candidate, done), *_together(candidate)}
    unheard |= {*_last_article(candidate, done)}
    unheard |= {*unheard_times(candidate, index)}
    return tuple(sorted(left | unheard))


def strays(candidate: Candidate) -> int:
    """How many words of content mean nothing to the query: they may only fill, or be half of what is asked."""
    done = {at for part in candidate.labelling.parts if part.choice for at in _tokens(part)}
    tokens, symbols = candidate.sentence.tokens, candidate.sentence.symbols
    return sum(
        at not in done and symbols[at] == "~" and token.form.isalpha() and token.form not in FILLER
        for at, token in enumerate(tokens)
    )


def is_unqualified(candidate: Candidate) -> bool:
    """Whether the query does nothing with a quality that a thing is named with ("how many cleared orders"): answered
    without it, the number is of other rows. A verb before a thing only says how names are connected ("who placed it").
    """
    begins = {part.item.first for part in candidate.labelling.parts if part.choice}
    done = {at for part in candidate.labelling.parts if part.choice for at in _tokens(part)}
    tokens, symbols = candidate.sentence.tokens, candidate.sentence.symbols
    return any(
        at + 1 in begins and at not in done and symbols[at] == "~" and token.form.isalpha()
        and token.form not in FILLER and (at == 0 or tokens[at - 1].form in _BEFORE_QUALITIES)
        for at, token in enumerate(tokens)
    )  # fmt: skip


def unsound(query: Query, index: Index) -> bool:
    """Whether it reckons with texts (they aren't numbers, though some of them may look so) or with moments, or says of
    rows that there are none and, beside that, what they are like."""
    return any(_reckons_with_text(node, index) or is_torn(node) for node in nodes_of(query))


def looks_in_vain(query: Query, index: Index) -> bool:
    """Whether it looks for a text in a column whose values are all known, and it is none of them: nobody asks for what
    isn't there, so something else is meant."""
    return any(_is_none_of_them(node, index) for node in nodes_of(query))


def is_ranked_otherwise(candidate: Candidate, index: Index) -> bool:
    """Whether it does nothing with a number, or a text, that the words rank by: "the part with the highest stock"."""
    ranked = [part.choice.target for part in candidate.labelling.parts if part.choice and part.label in TOP]
    used = {node.key for node in nodes_of(candidate.query) if isinstance(node, Field)}
    metrics = any(isinstance(node, MetricValue) for node in nodes_of(candidate.query))
    return not metrics and any(
        one.kind is TargetKind.COLUMN
        and ColumnKey(one.table, one.column) not in used
        and one.column not in index.tables[one.table].keys
        for one in ranked
    )


def _is_none_of_them(node: object, index: Index) -> bool:
    match node:
        case Compare(left=Field(key=key), operator=Operator.EQUAL, right=tuple() as values):
            column = index.catalog.columns[key]
            if column.data_type is DataType.TEXT and not column.samples_complete and _holds_full_names(column):
                return any(len(str(one).split()) == 1 for one in values)  # "named Smith": none is called just so
            if column.data_type is not DataType.TEXT or not column.samples_complete or not column.samples:
                return False
            known = {one.casefold() for one in column.samples}
            return not any(str(one).casefold() in known for one in values)
        case _:
            return False


def _holds_full_names(column: Column) -> bool:
    """First and last names in one."""
    words = words_in(column.name)
    if "name" not in words:
        return False
    return "full" in words or (len(column.samples) > 2 and all(len(one.split()) > 1 for one in column.samples))


def _is_left(part: Part, said: list[Part]) -> bool:
    if part.choice is not None or part.item.measured:
        return False
    best = part.item.choices[0]
    if best.target.kind not in _NAMES or best.score < _CALLED_SO:
        return False
    # The same thing said twice is said.
    return not any(other.choice and other.choice.target == best.target for other in said)


def _is_unbound(part: Part, candidate: Candidate) -> bool:
    """A value that no column took, or a number that nothing is held against."""
    unplaced = "unplaced having" in candidate.notes and part.label is Label.HAVING
    return (
        (unplaced or "unbound" in candidate.notes)
        and bool(part.choice)
        and part.item.choices[0].target.kind is TargetKind.LITERAL
    )


def _is_meant(at: int, tokens: tuple[Token, ...], symbol: str) -> bool:
    token = tokens[at]
    if symbol == "date":
        return False
    if token.kind in (TokenKind.QUOTED, TokenKind.NUMBER) or "_" in token.text:
        return True
    if token.form in WORDS or token.form in FILLER or not token.text[:1].isupper():
        return False
    begins = at == 0 or tokens[at - 1].text in (".", "?", "!", ":", '"', "“", "(")
    return not begins and len(token.text) > 1


def _periods(candidate: Candidate) -> Iterator[int]:
    times = candidate.sentence.times
    if times and not any(isinstance(node, During | Bucket) or is_of_years(node) for node in nodes_of(candidate.query)):
        for time in times:
            yield from range(time.first, time.last)


def _negations(candidate: Candidate) -> Iterator[int]:
    said = [at for at, symbol in enumerate(candidate.sentence.symbols) if WORDS.get(symbol) == "no"]
    lacking = any(token.form in _LACKING for token in candidate.sentence.tokens)
    nodes = [one for one in nodes_of(candidate.query) if lacking or len(said) > 1 or not _is_there(one)]
    if said and not any(map(_is_negative, nodes)):
        yield from said


def _alternatives(candidate: Candidate) -> Iterator[int]:
    told = alternatives_unheard(candidate.labelling.parts, candidate.sentence, candidate.query)
    if told or _are_two_things(candidate):
        yield from (at for at, token in enumerate(candidate.sentence.tokens) if token.form == "or")


def _are_two_things(candidate: Candidate) -> bool:
    """ "Visits or doctors": rows of one kind, or of another, and no query that connects them."""
    items = candidate.sentence.items
    return any(
        [token.form for token in candidate.sentence.tokens[one.last : other.first]] == ["or"]
        and all(_is_table(item.choices[0]) and item.choices[0].score >= _CALLED_SO for item in (one, other))
        and one.choices[0].target.table != other.choices[0].target.table
        for one, other in pairwise(items)
    ) and not any(node is SetOperator.UNION for node in nodes_of(candidate.query))


def _differences(candidate: Candidate) -> Iterator[int]:
    """ "Different shops" are the shops; where no word names the rows that are counted, it is something else of them."""
    said = [at for at, symbol in enumerate(candidate.sentence.symbols) if WORDS.get(symbol) == "distinct"]
    named = {part.choice.target.table for part in candidate.labelling.parts if part.choice and _is_table(part.choice)}
    counted = [one.of for one in candidate.query.show if isinstance(one, Aggregate) and not one.distinct]
    if any(isinstance(of, Rows) and of.table not in named for of in counted):
        yield from said
    pairs = any(isinstance(node, Compare) and isinstance(node.right, Field) for node in nodes_of(candidate.query))
    tokens = candidate.sentence.tokens
    told = {at for one in candidate.sentence.times for at in range(one.first, one.last)}
    told |= {at for one in candidate.sentence.cues for at in range(one.first, one.last)}
    for before, (at, token) in zip(tokens, enumerate(tokens[1:], 1), strict=False):
        if before.form in _ARTICLES and token.form in ("different", "same") and at not in told and not pairs:
            yield at  # "at a different station", "from the same town": two that are held against each other


def _splits(candidate: Candidate, done: set[int]) -> Iterator[int]:
    """ "Revenue by gender", where nothing is called so: a number that is split by nothing is another one."""
    tokens, symbols = candidate.sentence.tokens, candidate.sentence.symbols
    for at in range(2, len(tokens)):
        before = tokens[at - 2].form
        if tokens[at - 1].form not in _SPLITTING or before.endswith(("ed", "en")) or at in done:
            continue
        is_last = not any(token.form.isalnum() for token in tokens[at + 1 :])
        unknown = symbols[at] == "~" and tokens[at].form.isalpha() and tokens[at].form not in FILLER
        if unknown or (is_last and tokens[at].form in _ARTICLES):
            yield at


def _last_article(candidate: Candidate, done: set[int]) -> Iterator[int]:
    """ "Where grade is a": no article, with nothing behind it."""
    tokens = candidate.sentence.tokens
    last = max((at for at, token in enumerate(tokens) if token.form.isalnum()), default=0)
    if last and tokens[last].form in _ARTICLES and last not in done:
        yield last


def _together(candidate: Candidate) -> Iterator[int]:
    """ "Bought together with", "never used together": what rows have in common with others of their kind, which no
    query here can say."""
    tokens = candidate.sentence.tokens
    for at in range(1, len(tokens)):
        done = tokens[at - 1].form
        if tokens[at].form == "together" and ((done.endswith("ed") and done not in _PUT) or done in _DONE):
            yield at


def _is_table(choice: Choice) -> bool:
    return choice.target.kind is TargetKind.TABLE


def _functions(candidate: Candidate) -> Iterator[int]:
    if candidate.sentence.cues or any(isinstance(node, MetricValue) for node in nodes_of(candidate.query)):
        return  # set phrases and metrics have their own
    yield from functions_unheard(candidate.sentence, candidate.query)


def _is_there(node: object) -> bool:
    return isinstance(node, Compare) and node.operator is Operator.NOT_NULL


def _is_negative(node: object) -> bool:
    if isinstance(node, Compare):
        counted = isinstance(node.left, Aggregate) and node.left.function is Function.COUNT
        return node.operator in _NEGATIVE or counted or node.operator in _BOUNDS or node.right == (False,)
    return isinstance(node, Not) or node is SetOperator.EXCEPT


def _sorts_as(value: object, samples: Sequence[str]) -> bool:
    """Whether texts are less and more than a value as what they say is: dates are, numbers of one length are."""
    if isinstance(value, int | float):
        return False
    if not _NUMBER.fullmatch(str(value)):
        return True
    return {len(one.partition(".")[0]) for one in samples if one} == {len(str(value).partition(".")[0])}


def _are_uneven_numbers(column: Column) -> bool:
    """Numbers kept as texts of unequal length: "9" comes after "100" there."""
    if column.data_type is not DataType.TEXT:
        return False
    known = [one for one in column.samples if one]
    lengths = {len(one.partition(".")[0]) for one in known}
    return len(lengths) > 1 and all(_NUMBER.fullmatch(one) for one in known)


def _tokens(part: Part) -> range:
    return range(part.item.first, part.item.last)


def _reckons_with_text(node: object, index: Index) -> bool:
    match node:
        case Aggregate(function=Function.SUM | Function.AVG | Function.MEDIAN | Function.PERCENTILE, of=Field(key=key)):
            column = index.catalog.columns[key]
            return column.data_type is DataType.TEXT or column.data_type.temporal
        case Aggregate(function=Function.MIN | Function.MAX, of=Field(key=key)):
            return _are_uneven_numbers(index.catalog.columns[key])
        case Query(order=order, limit=int()) if order and isinstance(order[0].by, Field):
            return _are_uneven_numbers(index.catalog.columns[order[0].by.key])
        case Compare(left=Field(key=key), right=tuple() as right) if index.catalog.columns[key].data_type.temporal:
            return any(isinstance(one, int | float) for one in right)  # "ordered more than once" is no moment over 1
        case Compare(left=Field(key=key), operator=operator, right=right) if operator in _BOUNDS:
            column = index.catalog.columns[key]
            values = right if isinstance(right, tuple) else ()
            return column.data_type is DataType.TEXT and any(not _sorts_as(one, column.samples) for one in values)
        case _:
            return False
