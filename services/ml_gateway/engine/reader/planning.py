"""A question to its plan by what was learned: items, labellings, candidates, their ranking, the calibrated bar."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.assuming import assumptions, guessed
from services.ml_gateway.engine.charting import chart_for
from services.ml_gateway.engine.dialog.headings import short_title, summary
from services.ml_gateway.engine.dialog.parts import is_measure
from services.ml_gateway.engine.dialog.when import Said
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.meant import counted, target_meaning, timed
from services.ml_gateway.engine.outcome import (
    Interpretation,
    Meaning,
    MeaningKind,
    Outcome,
    Planned,
    Refused,
)
from services.ml_gateway.engine.periods import TimeMention, Today
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import Compiled, compile_query
from services.ml_gateway.engine.query.model import MetricValue, Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.business.spans import further
from services.ml_gateway.engine.reader.candidates import Candidate, candidates
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.pruning.declining import declined
from services.ml_gateway.engine.reader.pruning.doubts import Twin, together, twins, with_twins
from services.ml_gateway.engine.reader.pruning.sifting import sifted
from services.ml_gateway.engine.reader.pruning.single_rows import mean_per_row
from services.ml_gateway.engine.reader.scoring.calibrating import confidence, most_sure, signs
from services.ml_gateway.engine.reader.scoring.plainly import (
    counts_what_adds_up,
    has_nearer_number,
    is_half_named,
    is_of_two_minds,
    is_read_plainly,
)
from services.ml_gateway.engine.reader.scoring.ranking import Ranked, ranked
from services.ml_gateway.engine.reader.scoring.settling import settled
from services.ml_gateway.engine.reader.weights import Learned, packaged
from services.ml_gateway.engine.reader.wording.listing import as_rows, lists_a_table, why_rows
from services.ml_gateway.engine.reader.wording.role_holders import with_role_holders
from services.ml_gateway.engine.reader.wording.totals import with_totals
from services.ml_gateway.engine.refusing import refuse_early
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize

BAR = 0.75  # below this confidence there is no answer, see docs/engine.md
_AMONG = 0.85  # how sure it is at most that one of several readings is right which the words leave open
_OF_LISTS = 0.85  # at least so sure is a table that is to be listed, and nothing else
_PLAINLY = 0.78  # at least so sure is a headline that leaves nothing open, unless its kind is very unsure
_LEAST_PLAIN = 0.5
_OF_ANOTHER = 0.7  # at most so sure is a number where another is nearer, or a rate that isn't said to be one
_HALF_READ = 0.2  # so sure is at most what leaves out what nobody says for nothing
_TRIED = 5  # candidates whose SQL is tried before there is none
_EACH = frozenset("per each every".split())
_CALLED_SO = 0.85  # how sure a link is that names a metric
_MEASURES = (Label.COUNT, Label.COUNT_DISTINCT, Label.SUM, Label.AVG, Label.MIN, Label.MAX)
_FILTERS = (Label.WHERE, Label.NOT, Label.NULL, Label.NOT_NULL, Label.AGAINST, Label.HAVING)


@dataclass(frozen=True, slots=True)
class Understood:
    """What the question may ask. order: the likeliest first, those that no SQL can say left out before it; made: the
    first one's SQL, None where there is none. sure: how likely that is right, 0..1. times: the periods that it names.
    ways: how many equally likely ones come first, because the words leave open which column or key is meant.
    failure: why no SQL can say the likeliest of all.
    """

    asked: Asked
    order: tuple[Ranked, ...]
    made: Compiled | None
    sure: float
    times: tuple[TimeMention, ...] = ()
    ways: int = 1
    failure: Refused | None = None

    @property
    def best(self) -> Candidate | None:
        return self.order[0].candidate if self.order else None

    @property
    def query(self) -> Query | None:
        return self.order[0].candidate.query if self.made else None


def read(asked: Asked, index: Index, learned: Learned) -> tuple[Ranked, ...]:
    """What the question may ask, the likeliest first; empty where nothing can be made of it."""
    return _read(asked, index, learned, times(asked, index))


def _read(asked: Asked, index: Index, learned: Learned, named: Sequence[TimeMention]) -> tuple[Ranked, ...]:
    found = sifted(candidates(sentences(asked.tokens, index, named), index, learned.labels), index)
    return _as_said(settled(ranked(found, index, learned.ranks), asked.text, index), index)


def _as_said(order: Sequence[Ranked], index: Index) -> tuple[Ranked, ...]:
    """Each of those alone that a word says have a part, and totals as sums; no query twice."""
    made: dict[Query, Ranked] = {}
    for one in order:
        own = one.candidate
        query = with_role_holders(own.query, own.labelling.parts, own.sentence, index)
        query = with_totals(query, own.labelling.parts, own.sentence, index)
        known = made.get(query)
        one = one if query == own.query else replace(one, candidate=replace(own, query=query))
        made[query] = replace(known, share=known.share + one.share) if known else one
    return tuple(made.values())


def times(asked: Asked, index: Index) -> tuple[TimeMention, ...]:
    """The periods and grains that the question names."""
    return further(asked.tokens, find_times(asked.tokens, Today.of(asked.today, index.catalog)))


def understood(asked: Asked, index: Index, learned: Learned, schema: Schema) -> Understood:
    """The question read, and the first query that SQL can say compiled."""
    named = times(asked, index)
    order = _read(asked, index, learned, named)
    failure: Refused | None = None
    for place, one in enumerate(order[:_TRIED]):
        try:
            made = compile_query(answering(one.candidate, asked, index), schema, timezone=asked.timezone)
        except (Unreadable, LookupError) as problem:  # a query that no SQL can say
            if isinstance(problem, Unreadable) and isinstance(problem.outcome, Refused) and place == 0:
                failure = None if _guesses_metric(one.candidate) else problem.outcome
            if failure and any(isinstance(node, MetricValue) for node in nodes_of(one.candidate.query)):
                break  # a metric that can't be used is no other number
            continue
        left = order[place:]
        sure = min(confidence(signs(left), learned.calibration), most_sure(one.candidate, asked.text, index))
        if lists_a_table(one.candidate.query, one.candidate.labelling.parts, one.candidate.sentence.tokens):
            sure = max(sure, _OF_LISTS)
        if sure > _LEAST_PLAIN and is_read_plainly(left, index):
            sure = max(sure, _PLAINLY)
        elif has_nearer_number(left, index) or is_half_named(left, index):
            sure = min(sure, _OF_ANOTHER)
        if is_of_two_minds(left) or counts_what_adds_up(left, index):
            sure = min(sure, _OF_ANOTHER)
        open_ = [one for one in twins(one.candidate, made, index) if _sayable(one, asked, schema)]
        if len(open_) < 2 and not (open_ and open_[0].is_named):
            return Understood(asked, left, made, sure, named, failure=failure)
        queries = [one.query for one in open_]
        told = with_twins(left, queries)
        if len(open_) > 1 and sure > _HALF_READ:  # what is surely one of several competes with none of them
            sure = max(sure, _AMONG * together(left, queries))
        if told[0].candidate.query != one.candidate.query:
            made = compile_query(answering(told[0].candidate, asked, index), schema, timezone=asked.timezone)
        return Understood(asked, told, made, sure / len(open_), named, len(open_), failure)
    return Understood(asked, order, None, 0.0, named, failure=failure)


def _guesses_metric(candidate: Candidate) -> bool:
    """Whether a word is taken for a metric that is called otherwise, or that is said of each ("items per order"): no
    reason to refuse what else it may mean."""
    tokens = candidate.sentence.tokens
    return any(
        part.choice.score < _CALLED_SO or (part.item.first > 0 and tokens[part.item.first - 1].form in _EACH)
        for part in candidate.labelling.parts
        if part.choice and part.choice.target.metric
    )


def _sayable(twin: Twin, asked: Asked, schema: Schema) -> bool:
    try:
        compile_query(twin.query, schema, timezone=asked.timezone)
    except (Unreadable, LookupError):
        return False
    return True


def plan(
    question: str,
    index: Index,
    *,
    now: datetime,
    timezone: str = "UTC",
    learned: Learned | None = None,
    bar: float = BAR,
) -> Outcome:
    """As the engine's plan of a whole question, by the learned reader alone. learned: None for the packaged weights."""
    instant = now if now.tzinfo else now.replace(tzinfo=UTC)
    asked = Asked(question, tokenize(question[:5000]), instant.astimezone(ZoneInfo(timezone)).date(), timezone)
    early = refuse_early(asked, index)
    if early:
        return early
    found = understood(asked, index, learned or packaged(), Schema(index))
    if found.made is None or found.sure < bar:
        return declined(found.best, asked, index, found.failure)
    return planned(found, found.sure, index)


def arranged(query: Query) -> Query:
    """The same, what a number is split by before the number, as tables are read."""
    if not query.group or query.combined:
        return query
    split = [one for one in query.show if not is_measure(one)]
    return replace(query, show=(*split, *(one for one in query.show if is_measure(one))))


def answering(candidate: Candidate, asked: Asked, index: Index) -> Query:
    """The candidate's query as it is answered: whole rows where no column is named, columns in the order of reading."""
    parts, query = candidate.labelling.parts, mean_per_row(candidate.query, candidate.sentence.tokens, index)
    if not parts:
        return arranged(query)
    start, _ = asked.characters(parts[0].item.first, parts[0].item.last)
    return arranged(as_rows(query, parts, asked.text, start, index))


def planned(found: Understood, sure: float, index: Index) -> Planned:
    """The plan for the likeliest query, which must be one that SQL can say."""
    assert found.made
    best, made = found.order[0].candidate, found.made
    query = answering(best, found.asked, index)
    said = Said(found.asked.text, found.times, found.asked.today)
    told = summary(query, made.columns, index, said)
    digest = hashlib.sha256(f"{index.catalog.dialect}\n{made.sql}".encode()).hexdigest()
    return Planned(
        sql=made.sql,
        reading=query,
        columns=made.columns,
        interpretation=Interpretation(
            told,
            tuple(
                sorted(
                    (
                        *counted(found.asked.text),
                        *timed(found.asked.text, found.asked.tokens, found.times),
                        *meanings(best.labelling.parts, found.asked, index),
                    ),
                    key=_start,
                )
            ),
            (
                *why_rows(arranged(best.query), query),
                *assumptions(query, best.labelling.parts, found.asked, index, found.times),
                *guessed(made.guessed, index),
            ),
        ),
        chart=chart_for(made.columns, len(query.group)),
        confidence=round(sure, 3),
        tables=made.tables,
        fingerprint=digest[:32],
        title=short_title(query, made.columns, index, said),
        dropping=made.dropping,
    )


def _start(meaning: Meaning) -> int:
    return meaning.start


def meanings(parts: Sequence[Part], asked: Asked, index: Index) -> Iterator[Meaning]:
    """Which words meant what."""
    for part in parts:
        if part.choice is None:
            continue
        start, end = asked.characters(part.item.first, part.item.last)
        target = part.choice.target
        yield Meaning(
            start, end, asked.text[start:end], target_meaning(target, index), _kind(part), target.table.name,
            target.column, min(part.choice.score, 1.0),
        )  # fmt: skip


def _kind(part: Part) -> MeaningKind:
    assert part.choice
    if part.label in _FILTERS:
        return MeaningKind.FILTER
    if part.label in _MEASURES or part.choice.target.kind is TargetKind.METRIC:
        return MeaningKind.MEASURE
    if part.label is Label.LIMIT:
        return MeaningKind.LIMIT
    if part.label in (Label.CONTEXT, Label.ALL):
        return MeaningKind.TABLE
    return MeaningKind.DIMENSION if part.label in (Label.SHOW, Label.GROUP) else MeaningKind.ORDER
