"""Words of the calendar and the clock that a reading has nothing of: "orders before noon", "early 2025", "the second
week of March", where a whole month was read. Nobody says them for nothing: without them the rows are others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from services.ml_gateway.engine.expanding import RELATED
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.periods import ADVERBS, MONTHS, UNITS, shift
from services.ml_gateway.engine.query.model import Aggregate, Bucket, Change, Cycle, Duration, MetricValue, Rows
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.business.cues import CueKind
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.pruning.possible import is_count
from services.ml_gateway.engine.reading import Grain
from services.ml_gateway.engine.timeranges import EDGES
from services.ml_gateway.engine.tokens import Token, TokenKind
from services.ml_gateway.engine.words.splitting import full_words

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday weekend weekday".split())
_OF_A_DAY = frozenset(
    """morning noon afternoon evening night midnight midday lunchtime overnight tonight tomorrow nightly hourly
    dawn dusk""".split()
)
_OF_AN_HOUR = frozenset("hour minute".split())
_UNITS = frozenset((set(UNITS) - {"date"}) | {"decade", "century", "fortnight", "semester", "half"})
_WHICH = frozenset("last past previous prior this that these next coming same current final".split())
_PARTS_BY_NUMBER = frozenset("first second third fourth fifth 1st 2nd 3rd 4th 5th last final other".split())
_EDGES = frozenset("beginning start end middle half halves close turn part".split())
_PARTLY = frozenset("early mid middle late".split())
_BOUNDS = frozenset("before after since until till during".split())
_AT = frozenset("at on by each every".split())
_SHORT = frozenset("week month quarter half".split())
_WITHIN = frozenset(("within", "next"))
_FROM = frozenset(("from", "between"))
_TO = frozenset("to until till through and -".split())
_JOINTS = frozenset("and or ,".split())
_DETERMINERS = frozenset("the this last each every a per".split())
_SEASONS = frozenset("spring summer autumn winter".split())
_CLOCK = re.compile(r"\d{1,2}(?:[.:]?\d\d)?(?:am|pm|h)")
_HALVES = frozenset(("am", "pm", "o'clock", "oclock"))
_SPLITTING = frozenset("by per".split())
_LENGTHS = frozenset("week month quarter year".split())
_PRECISE = 0.9
_BIRTH = frozenset("born birth birthday birthdate dob".split())
_ENDING = frozenset(  # of what is gone after it
    """end ended left leave leaving cancel cancelled canceled cancellation churn churned close closed termination
    terminated expire expires expired expiry until to thru deleted deactivated removed resigned retired discharged
    departed valid last stop stopped quit exit return returned""".split()
)
_THERE = frozenset("have had has there".split())


def unheard_times(candidate: Candidate, index: Index) -> tuple[int, ...]:
    """Where they stand, left to right."""
    sentence, nodes = candidate.sentence, nodes_of(candidate.query)
    covered = {at for at, symbol in enumerate(sentence.symbols) if symbol == "date"}
    covered |= {at for cue in sentence.cues for at in range(cue.first, cue.last)}
    guessed = set[int]()
    for part in candidate.labelling.parts:
        if part.choice and part.choice.how != RELATED and not _is_hour(part, sentence.tokens):
            exact = part.choice.score >= _PRECISE and part.choice.target.kind is not TargetKind.LITERAL
            (covered if exact else guessed).update(range(part.item.first, part.item.last))
    spans = {at for one in sentence.times if one.span for at in range(one.first, one.last)}
    by_hours = any(isinstance(one, Duration) or _is_by_hours(one) for one in nodes)
    found = {
        at
        for at, token in enumerate(sentence.tokens)
        if at not in covered and token.kind is not TokenKind.QUOTED
        and (
            (at not in guessed and _is_clock(sentence.tokens, at, by_hours))
            or (_is_part(sentence.tokens, at, spans) and not _is_its_name(sentence, at))
            or _is_one_side(sentence.tokens, at)
            or (at not in guessed and _is_length(sentence.tokens, at, by_hours))
            or _is_torn(sentence, at)
            or (at not in guessed and _is_no_split(sentence.tokens, at, nodes))
        )
    }  # fmt: skip
    found |= {*_otherwise_compared(candidate), *_growth_of_a_part(candidate), *_seasons(candidate, covered)}
    found |= {*_standing(candidate, index)}
    return tuple(sorted(found))


def _standing(candidate: Candidate, index: Index) -> Iterator[int]:
    """ "At the end of 2023", unless it is asked how many of something there were then: what happened at the end, or
    what ends, is something else than all that had come until then."""
    tokens = candidate.sentence.tokens
    for one in candidate.sentence.times:
        said = [token.form for token in tokens[one.first : one.last]]
        if one.span and said[:1] in (["at"], ["as"]) and EDGES & set(said) and not _counts_what_stays(candidate, index):
            yield from range(one.first, one.last)


def _counts_what_stays(candidate: Candidate, index: Index) -> bool:
    query = candidate.query
    if len(query.show) != 1 or query.group or query.combined or not is_count(query.show[0], index):
        return False
    number = query.show[0]
    key = index.metrics[number.name].table if isinstance(number, MetricValue) else None
    if isinstance(number, Aggregate) and isinstance(number.of, Rows):
        key = number.of.table
    table = index.catalog.by_key.get(key) if key else None
    if table is None:
        return False
    days = [set(full_words(one.name)) for one in table.columns if one.data_type.temporal]
    days = [words for words in days if not words & _BIRTH]
    if any(words & _ENDING for words in days):
        return False
    return len(days) == 1 or bool(_THERE & {token.form for token in candidate.sentence.tokens})


def _is_hour(part: Part, tokens: Sequence[Token]) -> bool:
    """ "9am" as a code that is looked for."""
    found = part.choice is not None and part.choice.target.kind is TargetKind.LITERAL
    return found and bool(_CLOCK.fullmatch(tokens[part.item.first].form))


def _is_by_hours(node: object) -> bool:
    return isinstance(node, Bucket) and node.grain in (Grain.HOUR, Cycle.HOUR_OF_DAY)


def _is_clock(tokens: Sequence[Token], at: int, by_hours: bool) -> bool:
    token = tokens[at]
    if token.lemma in _DAYS or token.lemma in _OF_A_DAY or _CLOCK.fullmatch(token.form):
        return True
    if token.form in _HALVES and at and tokens[at - 1].number is not None:
        return True
    if token.lemma in _OF_AN_HOUR:
        return not by_hours and at > 0 and (_form(tokens, at - 1) in _WHICH or _counted_back(tokens, at))
    return token.lemma in _UNITS and _form(tokens, at - 1) in _WHICH and token.form != "date"


def _counted_back(tokens: Sequence[Token], at: int) -> bool:
    """ "The last 24 hours"."""
    return at > 1 and tokens[at - 1].number is not None and tokens[at - 2].form in _WHICH


def _is_part(tokens: Sequence[Token], at: int, spans: set[int]) -> bool:
    """A part of a period of which the whole was read: "the first week of May", "late 2025", "the end of the year"."""
    form, following = tokens[at].form, at + 1
    if form in _PARTLY:
        following += _form(tokens, following) in ("-", "in", "part")
        following += _form(tokens, following) == "of"
        return _is_period(tokens, following, spans) or _is_year(_form(tokens, following))
    edge = form in _EDGES
    unit = tokens[at].lemma in _UNITS
    if not (edge or unit) or _form(tokens, following) not in ("of", "in"):
        return False
    if unit and not edge and _form(tokens, following) == "in" and _form(tokens, at - 1) not in _PARTS_BY_NUMBER:
        return False  # "orders by week in 2025"
    return _is_period(tokens, following + 1, spans) or (edge and _is_year(_form(tokens, following + 1)))


def _is_its_name(sentence: Sentence, at: int) -> bool:
    """ "The month of March 2025", "the year of 2025"."""
    grain = UNITS.get(sentence.tokens[at].form)
    if grain is None or _form(sentence.tokens, at - 1) in _PARTS_BY_NUMBER:
        return False
    return any(
        one.first in (at + 1, at + 2)
        and one.span is not None
        and one.span.start is not None
        and one.span.end == shift(one.span.start, grain, 1)
        for one in sentence.times
    )


def _is_period(tokens: Sequence[Token], at: int, spans: set[int]) -> bool:
    if at in spans or _form(tokens, at) in MONTHS:
        return True
    determined = _form(tokens, at) in _DETERMINERS
    at += determined
    if determined and (at in spans or _form(tokens, at) in MONTHS):
        return True
    return at < len(tokens) and tokens[at].lemma in UNITS and _form(tokens, at) not in (*ADVERBS, "date")


def _is_length(tokens: Sequence[Token], at: int, by_hours: bool) -> bool:
    """ "Within 3 days", of no duration; "at month end"; "the first week" of nothing."""
    if tokens[at].lemma not in _UNITS:
        return False
    before = _form(tokens, at - 1)
    if _form(tokens, at + 1) in _EDGES and before in _AT:
        return True
    if tokens[at].lemma in _SHORT and before in _PARTS_BY_NUMBER:
        return True
    counted = at > 1 and tokens[at - 1].number is not None and not by_hours
    return counted and tokens[at - 2].form in _WITHIN


def _is_no_split(tokens: Sequence[Token], at: int, nodes: Sequence[object]) -> bool:
    """ "Staff by hire month", where the day of hiring is kept as text: split by each text, it isn't split by month."""
    if tokens[at].lemma not in _LENGTHS or any(isinstance(one, Bucket | Change) for one in nodes):
        return False
    return bool(_SPLITTING & {_form(tokens, at - 1), _form(tokens, at - 2)})


def _is_torn(sentence: Sentence, at: int) -> bool:
    """ "From last Monday to last Friday", where the one comes after the other and each was read by itself."""
    spans = [one for one in sentence.times if one.span]
    before = next((one for one in spans if one.last == at), None)
    behind = any(one.first == at + 1 for one in spans)
    led = before and {_form(sentence.tokens, before.first - 1), _form(sentence.tokens, before.first)} & _FROM
    return sentence.tokens[at].form in _TO and bool(led) and behind


def _is_one_side(tokens: Sequence[Token], at: int) -> bool:
    """ "Before and after 1 June": two numbers, of which one was read."""
    form, other = tokens[at].form, _form(tokens, at + 2)
    return form in _BOUNDS and other in _BOUNDS and form != other and _form(tokens, at + 1) in _JOINTS


def _otherwise_compared(candidate: Candidate) -> Iterator[int]:
    """ "Change from 2024 to 2025", told from month to month."""
    sentence = candidate.sentence
    if not any(cue.kind is CueKind.CHANGE for cue in sentence.cues) or any(one.grain for one in sentence.times):
        return
    told = [one.along.grain for one in nodes_of(candidate.query) if isinstance(one, Change)]
    for one in sentence.times:
        years = [token.form for token in sentence.tokens[one.first : one.last] if _is_year(token.form)]
        words = [token.form for token in sentence.tokens[one.first : one.last]]
        if len(years) == 2 and len(words) <= 4 and "to" in words and any(grain is not Grain.YEAR for grain in told):
            yield from range(one.first, one.last)


def _seasons(candidate: Candidate, covered: set[int]) -> Iterator[int]:
    """ "Last winter", and a summer that is at best a word of a name, of which no more is said than the year."""
    tokens = candidate.sentence.tokens
    said = {at for part in candidate.labelling.parts if part.choice for at in range(part.item.first, part.item.last)}
    for at, token in enumerate(tokens):
        if token.form not in _SEASONS or at in covered or token.kind is TokenKind.QUOTED:
            continue
        beside = {_form(tokens, one) for one in (at - 1, at + 1) if one in said}
        if not any(word.isalpha() and word not in _WHICH for word in beside):
            yield at


def _growth_of_a_part(candidate: Candidate) -> Iterator[int]:
    """ "Growth this year versus the same period last year": of parts of years that no one unit holds."""
    sentence = candidate.sentence
    cut = any(one.span and one.span.label.endswith(" to date") for one in sentence.times)
    told = any(isinstance(one, Change) for one in nodes_of(candidate.query))
    if cut and told and not any(one.grain for one in sentence.times):
        yield from (at for at, token in enumerate(sentence.tokens) if token.form == "same")


def _is_year(form: str) -> bool:
    return len(form) == 4 and form.isdigit() and form[:2] in ("19", "20")


def _form(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].form if 0 <= at < len(tokens) else ""
