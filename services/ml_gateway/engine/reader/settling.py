"""What settles the order of readings that the ranking leaves open, or can't know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.linking import named_spans
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    During,
    Each,
    Expression,
    Field,
    MetricValue,
    Rows,
)
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.heard import nodes_of
from services.ml_gateway.engine.reader.ranking import Ranked

_EVEN = 0.67  # a second reading this likely, beside the first, is right as often, as counted on unseen databases
_COUNTING = re.compile(
    r"\W*(?:(?:what|show|give|find|tell|list|count|present|me|us|is|are|the|total)\W+)*(?:how many|number of)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\bnext (?:year|quarter|month|week)\b", re.IGNORECASE)
_PASSIVE = ("ed", "en", "made", "done", "held", "sold", "run", "led", "built", "won")
_NUMBERS = (Aggregate, Arithmetic, Each, MetricValue)


def settled(order: Sequence[Ranked], text: str, index: Index) -> tuple[Ranked, ...]:
    """Those that tell no number where one is asked for come last. Who asks for all kinds of something wants each of
    them once, where that is as likely as each row."""
    heard = sorted(order, key=lambda one: is_deaf(one.candidate, text, index))
    if len(heard) < 2 or heard[1].share < _EVEN * heard[0].share:
        return tuple(heard)
    first, second = heard[0].candidate.query, heard[1].candidate.query
    if second.distinct and replace(second, distinct=first.distinct) == first != second:
        return (heard[1], heard[0], *heard[2:])
    return tuple(heard)


def is_deaf(candidate: Candidate, text: str, index: Index) -> bool:
    """Whether it leaves unheard that a number, a metric or the future is asked for, or takes what several
    counts have in common for one."""
    query = candidate.query
    if query.combined and any(isinstance(one, _NUMBERS) for one in query.show):
        return True
    nodes = list(nodes_of(query)) if index.metrics or _NEXT.search(text) else []
    if _NEXT.search(text) and not any(isinstance(one, During) for one in nodes):
        return True
    if index.metrics and not _metrics_called(candidate, index) <= {n.name for n in nodes if isinstance(n, MetricValue)}:
        return True
    if not _COUNTING.match(text):
        return False
    return not any(_is_number(one, index) for one in query.show) or (_is_split(candidate) and not query.group)


def _metrics_called(candidate: Candidate, index: Index) -> set[str]:
    """The metrics whose names of several words stand in the question to the last word."""
    found = named_spans(candidate.sentence.tokens, index)
    alone = [one.links[0].target for one in found if len(one.links) == 1]
    return {one.metric for one in alone if one.kind is TargetKind.METRIC}


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
