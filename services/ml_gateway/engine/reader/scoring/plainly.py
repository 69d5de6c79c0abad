"""Headlines that leave nothing open: each word is a name or says what to do with one, and nothing else can be made of
them. How unsure their kind of question is otherwise is no doubt about these.

And the opposite: a number that no word names whose, and of which the groups have several each, where another is nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import Metric, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Field, Function, MetricValue, Query, Rows
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.business.cues import CueKind
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.pruning.heard import unheard
from services.ml_gateway.engine.reader.pruning.omitting import omitted
from services.ml_gateway.engine.reader.scoring.bare import is_headline
from services.ml_gateway.engine.reader.scoring.kinds import merged
from services.ml_gateway.engine.reader.scoring.ranking import Ranked
from services.ml_gateway.engine.reader.wording.figuring import amounts_of
from services.ml_gateway.engine.tokens import name_words

_SHARE = 0.95  # of probability, with all that differ in order only
_CALLED_SO = 0.9
_EVEN = 0.5  # of the first one's share of probability
_MAY_RIVAL = 0.03  # what share of probability a nearer number has at least
_EVEN_SO = 0.1  # what share of probability the amounts of rows have that may be meant by them
_CALLED = ("name", "synonym", "label")
_AMOUNTS = "amounts for rows"
_TOTAL = frozenset("total sum".split())
_RECKONED = (Function.SUM, Function.AVG)
_KINDS = frozenset("rate ratio share percentage percent average mean median".split())


def is_read_plainly(order: Sequence[Ranked], index: Index) -> bool:
    """order is best first and not empty."""
    best = order[0].candidate
    sentence, parts = best.sentence, best.labelling.parts
    if not best.ruled or not is_headline(sentence) or "~" in sentence.symbols:
        return False
    if not all(part.choice and part.choice.score >= _CALLED_SO for part in parts) or omitted(best, index):
        return False
    if _passes_over_column(best, index):
        return False
    if unheard(best.query, parts, sentence, best.notes):
        return False
    if any(cue.kind is CueKind.RUNNING for cue in sentence.cues):  # "still running"
        return False
    return merged(order)[0].share >= _SHARE and not _is_repeated(best.query, index)


def is_half_named(order: Sequence[Ranked], index: Index) -> bool:
    """ "No-shows by month" where there is a no-show rate: a rate that isn't said to be one is hardly meant."""
    best = order[0].candidate
    said = {token.lemma for token in best.sentence.tokens}
    return any(
        kinds and not said & kinds
        for one in nodes_of(best.query)
        if isinstance(one, MetricValue)
        for kinds in [_KINDS & set(name_words(index.metrics[one.name].label or one.name))]
        if not said & set(_synonyms(index.metrics[one.name]))
    )


def _synonyms(metric: Metric) -> set[str]:
    return {" ".join(name_words(one)) for one in metric.synonyms}


def _passes_over_column(candidate: Candidate, index: Index) -> bool:
    """ "Total a of x": where x has a column "a", that is no article."""
    taken = {at for part in candidate.labelling.parts for at in range(part.item.first, part.item.last)}
    tables = {one.table for one in nodes_of(candidate.query) if isinstance(one, Rows)}
    called = {column.name.lower() for table in tables for column in index.catalog.by_key[table].columns}
    return any(at not in taken and token.form in called for at, token in enumerate(candidate.sentence.tokens))


def has_nearer_number(order: Sequence[Ranked], index: Index) -> bool:
    """ "Average discount by category": of the campaigns in whose orders a category is, though each sale has its own."""
    best = order[0].candidate
    if not _is_repeated(best.query, index) or _names_owner(best):
        return False
    return any(
        one.share >= _MAY_RIVAL
        and one.candidate.query.group == best.query.group
        and _owners(one.candidate.query)
        and not _is_repeated(one.candidate.query, index)
        for one in order[1:]
    )


def is_of_two_minds(order: Sequence[Ranked]) -> bool:
    """ "Rugs sold", where sales and units sold are two metrics and the word is the name of neither; "by business
    segment", which may be that segment's or each segment's."""
    best = order[0]
    for part in best.candidate.labelling.parts:
        choice = part.choice
        if choice is None or not choice.target.metric or choice.score >= _CALLED_SO:
            continue
        for one in order[1:]:
            same = [p.choice for p in one.candidate.labelling.parts if p.item.first == part.item.first and p.choice]
            other = any(each.target.metric and each.target.metric != choice.target.metric for each in same)
            if other and one.share >= _EVEN * best.share:
                return True
    return _splits_by_value(best.candidate)


def counts_what_adds_up(order: Sequence[Ranked], index: Index) -> bool:
    """ "Tickets sold" where a sale is of several, "running total of donations" where each has an amount: their number
    may not be what is meant."""
    best = order[0].candidate
    counts = [one for one in nodes_of(best.query) if isinstance(one, Aggregate) and one.function is Function.COUNT]
    counted = [one.of.table for one in counts if isinstance(one.of, Rows)]
    if not counted:
        return False
    named = [part.choice for part in best.labelling.parts if part.choice]
    known = {one.target.table for one in named if one.target.kind is TargetKind.TABLE and one.how in _CALLED}
    plain = {"number", "many", "count"} & {token.form for token in best.sentence.tokens}
    if not plain and known.isdisjoint(counted):
        return any(_AMOUNTS in one.candidate.notes and one.share >= _EVEN_SO for one in order[1:])
    running = [cue for cue in best.sentence.cues if cue.kind is CueKind.RUNNING]
    said = {token.form for cue in running for token in best.sentence.tokens[cue.first : cue.last]}
    return bool(said & _TOTAL) and any(amounts_of(index, table) for table in counted)


def _splits_by_value(candidate: Candidate) -> bool:
    tokens = candidate.sentence.tokens
    for value, column in pairwise(candidate.labelling.parts):
        if value.choice is None or column.choice is None or value.item.last != column.item.first:
            continue
        one, other = value.choice.target, column.choice.target
        own = one.kind is TargetKind.VALUE and (one.table, one.column) == (other.table, other.column)
        split = value.item.first > 0 and tokens[value.item.first - 1].form in ("by", "per")
        if own and split and candidate.query.group:
            return True
    return False


def _names_owner(candidate: Candidate) -> bool:
    said = {token.lemma for token in candidate.sentence.tokens}
    return all(said & set(name_words(one.name)) for one in _owners(candidate.query))


def _owners(query: Query) -> list[TableKey]:
    return [
        one.of.key.table
        for one in query.show
        if isinstance(one, Aggregate) and one.function in _RECKONED and isinstance(one.of, Field)
    ]


def _is_repeated(query: Query, index: Index) -> bool:
    """Whether one row's number belongs to several groups."""
    groups = {
        one.table if isinstance(one, Rows) else one.key.table for one in query.group if isinstance(one, Rows | Field)
    }
    for owner in _owners(query):
        for group in groups - {owner}:
            paths = index.graph.nearest(owner, group)
            if not paths or paths[0].place.fans_out:
                return True
    return False
