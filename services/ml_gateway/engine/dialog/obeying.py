"""Whether the query of a follow-up has what its words ask for, and still has what nobody took back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.ml_gateway.engine.dialog.model import Followed
from services.ml_gateway.engine.dialog.parts import measures
from services.ml_gateway.engine.dialog.saying import Saying
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import (
    Aggregate,
    During,
    Expression,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.walking import nodes_of, numbers_of
from services.ml_gateway.engine.reader.pruning.omitting import looks_in_vain, unsound
from services.ml_gateway.engine.reader.pruning.plainer import is_vain
from services.ml_gateway.engine.reader.pruning.possible import is_possible
from services.ml_gateway.engine.tokens import name_words

_NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w.])")
_WHEN = re.compile(r"\b(?:when|(?:what|which) (?:date|year|day|time)s?)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:how (?:many|much|often)|(?:the|total) number of|count)\b", re.IGNORECASE)
_RECKONED = re.compile(
    r"\b(?:how (?:many|much|often)|number|count|average|mean|total|sum|maximum|minimum|max|min|share|percent\w*|"
    r"overall|altogether|by|per|each|every|most|least|fewest|\w+est)\b",
    re.IGNORECASE,
)
_MEAN = re.compile(r"\b(?:average|avg|mean)\b", re.IGNORECASE)
_END = re.compile(
    r"\b(?:most|least|fewest|highest|lowest|largest|smallest|oldest|youngest|newest|latest|earliest|longest|shortest|"
    r"cheapest|biggest|best|worst|top|bottom)\b",
    re.IGNORECASE,
)
_BEYOND = re.compile(
    r"(?:and |but )?(?:who (?:is|are|was|were) (?:on|in|at|behind|under|with) (?:it|them|there|that)\b|"
    r"who (?!is\b|are\b|was\b|were\b|has\b|have\b|had\b)[a-z]+ (?:them|it|him|her|those|these|that)\b|"
    r"what (?:do|does|did) |where (?:is|are|was|were|do|does|did) )",
    re.IGNORECASE,
)  # asks for something else than the rows of before themselves
_OWNED = re.compile(r"\b(?:their|its|his|her)\s+$", re.IGNORECASE)
_ASKED = re.compile(r"(?:and |but )?(?:what|where|when|who|how)\b", re.IGNORECASE)
_THEM_AGAIN = re.compile(
    r"(?:and )?(?:who|what|which) (?:is|are|was|were) (?:they|them|these|those|it|he|she)\b", re.IGNORECASE
)
_EACH = re.compile(r"\b(?:each|every|per)\b", re.IGNORECASE)
_MOMENTS = frozenset("date day year month time at on".split())


def unheard(way: Followed, saying: Saying) -> int:
    """How much of what the words ask for the query has nothing of."""
    query, held, words = way.query, saying.before.query, saying.words
    assert query is not None
    nodes = nodes_of(query)
    numbers = numbers_of(query) | {float(one.start.year) for one in nodes if isinstance(one, During) and one.start}
    missed = int(any(number not in numbers for number in _said(saying)))
    figure = bool(measures(query)) or any(_is_number(one, saying.index) for one in query.show)
    when = figure or any(_is_moment(one, saying.index) for one in query.show)
    missed += bool(_WHEN.search(words.whole)) and not when
    missed += bool(_END.search(words.whole)) and not _has_end(nodes)
    missed += bool(_EACH.search(words.whole)) and not query.group and not query.per
    missed += bool(_COUNTED.search(words.whole)) and not figure
    missed += bool(_MEAN.search(words.whole)) and not _has_mean(nodes)
    if way.alone:
        return missed
    shown = set(query.show)
    missed += words.also and (not set(held.show) <= shown or len(shown) <= len(held.show))
    missed += words.only and (query.where, query.having, query.limit) == (held.where, held.having, held.limit)
    missed += bool(measures(query)) and not measures(held) and not _RECKONED.search(words.whole)
    missed += _tells_nothing_new(query, saying)
    missed += not _shows_owned(query, saying)
    return missed


def _tells_nothing_new(query: Query, saying: Saying) -> bool:
    """Whether a question is answered by what was shown before, or what lies beyond the rows by their names."""
    held, words = saying.before.query, saying.words
    if query == held:
        return bool(_ASKED.match(words.whole)) and not _THEM_AGAIN.match(words.whole)
    if not _BEYOND.match(words.whole):
        return False
    labels = {(one.table, name) for one in saying.topics[:1] for name in saying.index.tables[one.table].labels}
    return all(isinstance(one, Field) and (one.key.table, one.key.name) in labels for one in query.show)


def _shows_owned(query: Query, saying: Saying) -> bool:
    """Whether "the names of its ferries" tells anything of ferries."""
    near = {rows.table for rows in saying.topics[:1]}
    owned = {
        table for place, table in saying.named if table not in near and _OWNED.search(saying.words.said[:place])
    }  # fmt: skip
    told = {
        one.key.table if isinstance(one, Field) else one.table
        for one in nodes_of((query.show, query.group))
        if isinstance(one, Field | Rows)
    }
    return owned <= told


def is_nonsense(query: Query, index: Index) -> bool:
    """Whether nobody asks for it: the mean of keys, texts that are none of a column's values, what can't be."""
    return (
        not is_possible(query, index) or is_vain(query, index) or unsound(query, index) or looks_in_vain(query, index)
    )


def _said(saying: Saying) -> list[float]:
    """The numbers that it names, those of periods left out."""
    hidden = {place for start, end in saying.hidden for place in range(start, end)}
    first = saying.words.whole_start
    return [float(one[0]) for one in _NUMBER.finditer(saying.words.whole) if first + one.start() not in hidden]


def _is_moment(shown: Expression, index: Index) -> bool:
    keys = [node.key for node in nodes_of(shown) if isinstance(node, Field)]
    return any(index.catalog.columns[key].data_type.temporal or {*name_words(key.name)} & _MOMENTS for key in keys)


def _is_number(shown: Expression, index: Index) -> bool:
    return isinstance(shown, Field) and index.catalog.columns[shown.key].data_type.numeric


def _has_mean(nodes: Sequence[object]) -> bool:
    """Whether a mean is taken; a metric may be one, too."""
    means = (Function.AVG, Function.MEDIAN)
    return any(isinstance(one, MetricValue) or (isinstance(one, Aggregate) and one.function in means) for one in nodes)


def _has_end(nodes: Sequence[object]) -> bool:
    """Whether anything is put in order, or the least or greatest of all."""
    return any(
        (isinstance(one, Aggregate) and one.function in (Function.MAX, Function.MIN))
        or (isinstance(one, Query) and bool(one.order))
        for one in nodes
    )
