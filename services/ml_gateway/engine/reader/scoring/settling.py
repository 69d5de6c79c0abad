"""What settles the order of readings that the ranking leaves open, or can't know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.linking import named_spans
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Duration,
    During,
    Each,
    Expression,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.business.cues import CueKind
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.pruning.heard import functions_unheard, nodes_of
from services.ml_gateway.engine.reader.pruning.twisted import is_twisted
from services.ml_gateway.engine.reader.scoring.bare import is_headline
from services.ml_gateway.engine.reader.scoring.gist import beside
from services.ml_gateway.engine.reader.scoring.ranking import Ranked
from services.ml_gateway.engine.tokens import Token
from services.ml_gateway.engine.words.splitting import full_words

_EVEN = 0.67  # a second reading this likely, beside the first, is right as often, as counted on unseen databases
_COUNTING = re.compile(
    r"\W*(?:(?:what|show|give|find|tell|list|count|present|me|us|is|are|the|total)\W+)*(?:how many|number of)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\bnext (?:year|quarter|month|week)\b", re.IGNORECASE)
_BOTH = re.compile(
    r"\b(?:count|number|total|sum|average|mean)s? and (?:the )?(?:count|number|total|sum|average|mean)s?\b",
    re.IGNORECASE,
)
_PASSIVE = ("ed", "en", "made", "done", "held", "sold", "run", "led", "built", "won")
_FURTHER = frozenset(("more", "less", "twice", "no", "both", "only"))
_EACH = frozenset("per each every".split())
_HELD = (Label.WHERE, Label.NOT)
_AMOUNTS_OF_TIME = frozenset(
    "time times duration day days hour hours minute minutes second seconds week weeks month months year years age "
    "length latency delay wait lead".split()
)
_MEDIANS = (Function.MEDIAN, Function.PERCENTILE)
_NUMBERS = (Aggregate, Arithmetic, Each, MetricValue)


def settled(order: Sequence[Ranked], text: str, index: Index) -> tuple[Ranked, ...]:
    """Those that tell no number where one is asked for come last. Who asks for all kinds of something wants each of
    them once, where that is as likely as each row. Who ranks by a number in a headline sees it."""
    heard = _beside(sorted(order, key=lambda one: is_deaf(one.candidate, text, index)))
    if len(heard) < 2 or heard[1].share < _EVEN * heard[0].share:
        return tuple(heard)
    first, second = heard[0].candidate.query, heard[1].candidate.query
    if second.distinct and replace(second, distinct=first.distinct) == first != second:
        return (heard[1], heard[0], *heard[2:])
    return tuple(heard)


def _beside(heard: list[Ranked]) -> list[Ranked]:
    """The number that a headline's first ones are ranked by ("by" what is said) beside their names."""
    if not heard or not any(token.form == "by" for token in heard[0].candidate.sentence.tokens):
        return heard
    wanted = beside(heard[0].candidate.query)
    if wanted is None or not is_headline(heard[0].candidate.sentence):
        return heard
    with_number = [one for one in heard if one.candidate.query == wanted]
    return [*with_number, *(one for one in heard if one.candidate.query != wanted)]


def is_deaf(candidate: Candidate, text: str, index: Index) -> bool:
    """Whether it leaves unheard that a number, a mean, a metric or the future is asked for, or takes what several
    counts have in common for one."""
    query = candidate.query
    if query.combined and any(isinstance(one, _NUMBERS) for one in query.show):
        return True
    if _BOTH.search(text) and sum(isinstance(one, _NUMBERS) for one in query.show) < 2:
        return True
    if _one_of_all(candidate) or _best_unheard(candidate) or _leaves_out_a_median(candidate):
        return True
    if _is_amount_for_time(candidate, index) or is_twisted(candidate, index):
        return True
    nodes = list(nodes_of(query)) if index.metrics or _NEXT.search(text) else []
    if _NEXT.search(text) and not any(isinstance(one, During) for one in nodes):
        return True
    if index.metrics and not _metrics_called(candidate, index) <= {n.name for n in nodes if isinstance(n, MetricValue)}:
        return True
    if _leaves_out_a_mean(candidate, index) or _leaves_out_a_side(candidate):
        return True
    if not _COUNTING.match(text):
        return False
    return not any(_is_number(one, index) for one in query.show) or (_is_split(candidate) and not query.group)


def _leaves_out_a_side(candidate: Candidate) -> bool:
    """ "Web versus store revenue", where the store comes to nothing: no comparison."""
    ends = {cue.last for cue in candidate.sentence.cues if cue.kind is CueKind.VERSUS and cue.first}
    sides = [part for part in candidate.labelling.parts if part.item.first in ends]
    return any(part.choice is None or part.label is Label.CONTEXT for part in sides)


def _leaves_out_a_mean(candidate: Candidate, index: Index) -> bool:
    """ "Average revenue by country" is no total."""
    told = [index.metrics[one.name] for one in candidate.query.show if isinstance(one, MetricValue)]
    if not told or any(not one.expression.lstrip().upper().startswith(("SUM(", "COUNT(")) for one in told):
        return False
    symbols = candidate.sentence.symbols
    return any(WORDS.get(symbols[at]) == "average" for at in functions_unheard(candidate.sentence, candidate.query))


def _leaves_out_a_median(candidate: Candidate) -> bool:
    """ "Median order value" is no mean, though a metric of that name is one."""
    if any(isinstance(one, Aggregate) and one.function in _MEDIANS for one in nodes_of(candidate.query)):
        return False
    tokens, parts = candidate.sentence.tokens, candidate.labelling.parts
    named = {at for part in parts if part.choice for at in range(part.item.first, part.item.last)}
    return any(WORDS.get(token.form) == "median" and at not in named for at, token in enumerate(tokens))


def _is_amount_for_time(candidate: Candidate, index: Index) -> bool:
    """ "Average delivery time" as what delivery costs."""
    nodes = nodes_of(candidate.query)
    if any(isinstance(one, Duration) for one in nodes):
        return False
    told = {one.of.key for one in nodes if isinstance(one, Aggregate) and isinstance(one.of, Field)}
    tokens = candidate.sentence.tokens
    for part in candidate.labelling.parts:
        target = part.choice.target if part.choice else None
        if target is None or not target.column or part.item.last >= len(tokens):
            continue
        key = ColumnKey(target.table, target.column)
        timed = tokens[part.item.last].form in ("time", "times", "duration")
        if timed and key in told and _AMOUNTS_OF_TIME.isdisjoint(full_words(key.name)):
            return True
    return False


def _one_of_all(candidate: Candidate) -> bool:
    """ "The cheapest part per kind" as the first of all, and not of each kind."""
    query, tokens = candidate.query, candidate.sentence.tokens
    if query.limit != 1 or query.per or query.combined:
        return False
    shown = {one.key.table: one.key.name for one in query.show if isinstance(one, Field)}
    for part in candidate.labelling.parts:
        target = part.choice.target if part.choice else None
        each = part.item.first > 0 and tokens[part.item.first - 1].form in _EACH
        if each and target and target.table in shown and target.column in ("", shown[target.table]):
            return True
    return False


def _best_unheard(candidate: Candidate) -> bool:
    """ "The best customer by revenue" as all of them."""
    if any(isinstance(one, Query) and one.order and one.limit for one in nodes_of(candidate.query)):
        return False
    tokens = candidate.sentence.tokens
    rows = {one.first for one in candidate.sentence.items if one.choices[0].target.kind is TargetKind.TABLE}
    return any(token.form in ("best", "worst") and at + 1 in rows for at, token in enumerate(tokens))


def _metrics_called(candidate: Candidate, index: Index) -> set[str]:
    """The metrics whose names of several words stand in the question to the last word, and aren't the beginning of
    more: "customers who ordered", but not "customers who ordered more than 10 times"."""
    tokens = candidate.sentence.tokens
    found = [one for one in named_spans(tokens, index) if not _goes_on(tokens[one.last - 1 : one.last + 1])]
    held = {part.item.first for part in candidate.labelling.parts if part.choice and part.label in _HELD}
    found = [one for one in found if one.last + 1 not in held or tokens[one.last].form != "by"]  # "ordered by phone"
    alone = [one.links[0].target for one in found if len(one.links) == 1]
    return {one.metric for one in alone if one.kind is TargetKind.METRIC}


def _goes_on(around: Sequence[Token]) -> bool:
    """Whether a verb at the end of a name is told how often, or of what not, by the word behind it."""
    if len(around) < 2 or not around[0].form.endswith("ed"):
        return False
    behind = around[1]
    return behind.number is not None or behind.form == "at" or WORDS.get(behind.form) in _FURTHER


def _is_split(candidate: Candidate) -> bool:
    """ "How many orders by country": not "written by"."""
    tokens = candidate.sentence.tokens
    return any(
        item.symbol in ("C", "T")
        and tokens[item.first - 1].form in ("by", "per")
        and not tokens[item.first - 2].form.endswith(_PASSIVE)
        for item in candidate.sentence.items
        if item.first > 2
    )


def _is_number(node: Expression | Rows, index: Index) -> bool:
    """A number that is worked out, or one that is kept."""
    if isinstance(node, _NUMBERS):
        return True
    return isinstance(node, Field) and index.catalog.columns[node.key].data_type.numeric
