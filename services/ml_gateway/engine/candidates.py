"""All readings worth comparing: each choice of what the words mean, each choice of role where a table has two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.assembling import VERBS, assemble
from services.ml_gateway.engine.cues import find_cues
from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.intent import Intent
from services.ml_gateway.engine.linking import GUESSED, Link, Segment, link, named_spans
from services.ml_gateway.engine.measuring import settle
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.naming import target_phrase
from services.ml_gateway.engine.outcome import NeedsClarification, Refused
from services.ml_gateway.engine.placing import Placement, read_aggregate, read_list
from services.ml_gateway.engine.problems import Unreadable, unsupported
from services.ml_gateway.engine.reading import Place, Reading
from services.ml_gateway.engine.sentence import Item
from services.ml_gateway.engine.timeranges import TimeMention, Today, find_times
from services.ml_gateway.engine.tokens import Token, TokenKind
from services.ml_gateway.engine.vocabulary import FILLER, STATES

MAX_CHOICES = 40
_OPENING = frozenset("please can could would will you i we want need to me us and then also kindly hi hello ,".split())
_OBJECTS = frozenset("the a an all me us my our every each number total average how which what".split())
_HEADS = frozenset({"number", "total", "figure", "breakdown"})
_NOUNS = frozenset("place places make makes record records figure figures result results use uses".split())
_PER_SEGMENT = 4
_NAMED_TABLE = 0.3  # how far a column of a table that the question names comes forward
_NOT_WORSE_THAN = 0.22  # a meaning this much less sure than the best one of its words is not tried


@dataclass(frozen=True, slots=True)
class Candidate:
    """One attempt: a reading, or the outcome it failed with; unplaced are tokens that it leaves unexplained."""

    links: tuple[Link, ...]
    intent: Intent
    items: tuple[Item, ...]
    tokens: tuple[Token, ...]
    unplaced: tuple[int, ...]
    reading: Reading | None = None
    failure: Refused | NeedsClarification | None = None
    assumed: tuple[str, ...] = ()
    cost: float = 0.0
    ambiguous: tuple[tuple[Link, Target, tuple[Place, ...]], ...] = ()


def candidates(asked: Asked, index: Index) -> list[Candidate]:
    """At most MAX_CHOICES candidates, in no order of worth."""
    tokens = asked.tokens
    taken = [False] * len(tokens)
    fixed = named_spans(tokens, index)
    for segment in fixed:
        taken[segment.first : segment.last] = [True] * (segment.last - segment.first)
    times = [
        mention
        for mention in find_times(tokens, Today.of(asked.today, index.catalog))
        if not any(taken[mention.first : mention.last]) and not _names_column(mention, asked, index)
    ]
    for mention in times:
        taken[mention.first : mention.last] = [True] * (mention.last - mention.first)
    for position in range(len(tokens) - 1):  # "present the figures": what to do
        if tokens[position].lemma in STATES and tokens[position + 1].form in _OBJECTS and _opens(position, tokens):
            taken[position] = True
    cues = find_cues(tokens, [*(held or _state(position, tokens, index) for position, held in enumerate(taken))])
    for cue in cues:
        taken[cue.first : cue.last] = [True] * (cue.last - cue.first)
    segments = [*fixed, *link(tokens, index, taken)]
    base: list[Item] = [*times, *cues]
    return [_attempt(choice, base, asked, index) for choice in _choices(segments, asked, timed=bool(times))]


def _state(position: int, tokens: Sequence[Token], index: Index) -> bool:
    """A stored value whose word is also a way to ask: "return" opens a question, but is a value behind "status"."""
    token = tokens[position]
    if token.lemma not in STATES or _opens(position, tokens):
        return False
    return any(entry.target.kind is TargetKind.VALUE for entry in index.phrases.get((token.lemma,), ()))


def _opens(position: int, tokens: Sequence[Token]) -> bool:
    return all(earlier.form in _OPENING for earlier in tokens[:position])


def _names_column(mention: TimeMention, asked: Asked, index: Index) -> bool:
    """ "By year" where a table keeps the year as a plain column: that column, not a cut date."""
    if mention.span or not mention.grain:
        return False
    for entry in index.phrases.get((asked.tokens[mention.last - 1].lemma,), ()):
        key = ColumnKey(entry.target.table, entry.target.column)
        if (
            entry.target.kind is TargetKind.COLUMN
            and entry.score >= 0.97
            and not index.catalog.columns[key].data_type.temporal
        ):
            return True
    return False


def _choices(segments: Sequence[Segment], asked: Asked, timed: bool) -> Iterator[tuple[Link, ...]]:
    """Products of the meanings of all segments. A verb may also be read as naming a date: no link then.

    Where the question has no time and the verb is a stored value ("paid invoices"), reading a date would lose
    the condition.
    """
    options: list[list[Link | None]] = []
    named = {
        found.target.table
        for segment in segments
        for found in segment.links[:1]
        if found.target.kind is TargetKind.TABLE
    }
    for segment in sorted(segments, key=lambda s: s.first):
        best = segment.links[0].score
        close = [
            found
            for found in segment.links
            if found.score >= best - _NOT_WORSE_THAN or (found.target.column and found.target.table in named)
        ]
        close.sort(key=lambda found: -(found.score + (_NAMED_TABLE if found.target.table in named else 0)))
        kept: list[Link | None] = [*close[:_PER_SEGMENT]]
        token = asked.tokens[segment.first]
        is_verb = segment.last - segment.first == 1 and (token.form in VERBS or token.lemma in VERBS)
        if is_verb and (timed or not any(found.target.kind is TargetKind.VALUE for found in close)):
            kept.append(None)
        options.append(kept)
    for choice in islice(product(*options), MAX_CHOICES):
        yield tuple(found for found in choice if found)


def _attempt(links: tuple[Link, ...], base: Sequence[Item], asked: Asked, index: Index) -> Candidate:
    items = (*base, *links)
    intent = assemble(asked.tokens, items, index)
    placement = Placement(asked, index)
    empty = Candidate(links, intent, items, asked.tokens, ())
    try:
        if intent.unsupported:
            raise unsupported(intent.unsupported)
        placement.assumed += settle(intent, asked, index)
        reading = read_aggregate(intent, placement) if intent.measures else read_list(intent, placement)
    except Unreadable as problem:
        if isinstance(problem.outcome, NeedsClarification):
            placement.used.update(intent.verbs)  # what they mean is what is asked back
        return replace(empty, failure=problem.outcome, unplaced=_unplaced(intent, placement, asked))
    placement.assumed += [_taken(link, asked, index) for link in links if link.how in GUESSED]
    return replace(
        empty,
        reading=reading,
        unplaced=_unplaced(intent, placement, asked),
        assumed=tuple(dict.fromkeys(placement.assumed)),
        cost=placement.cost,
        ambiguous=tuple(placement.ambiguous),
    )


def _taken(link: Link, asked: Asked, index: Index) -> str:
    start, end = asked.characters(link.first, link.last)
    return f"“{asked.text[start:end]}” is taken to mean {target_phrase(link.target, index)}."


def _unplaced(intent: Intent, placement: Placement, asked: Asked) -> tuple[int, ...]:
    """Tokens of content that no part of the reading explains."""
    used = intent.used | placement.used
    return tuple(
        position
        for position, token in enumerate(asked.tokens)
        if position not in used
        and token.kind is not TokenKind.PUNCTUATION
        and (_head(position, intent, asked) or (token.form not in FILLER and token.lemma not in FILLER))
        and not (
            position > 0 and position - 1 in used and token.form in ("up", "in", "out") and token.kind is TokenKind.WORD
        )
    )


def _head(position: int, intent: Intent, asked: Asked) -> bool:
    """ "Flight number": after a name such a word is the thing asked for, and not just a way to say it."""
    forms = [token.form for token in asked.tokens]
    around = forms[position - 1 : position] + forms[position + 1 : position + 2]
    if forms[position] in _NOUNS and around[:1] in ([","], ["and"]) and around[1:] in ([","], ["and"], ["of"], ["for"]):
        return True  # "the id, details, make and model"
    if asked.tokens[position].lemma not in _HEADS or position - 1 not in intent.used:
        return False
    return asked.tokens[position - 1].kind is TokenKind.WORD and position - 1 in intent.named


def mentions(candidate: Candidate) -> tuple[TimeMention, ...]:
    return tuple(item for item in candidate.items if isinstance(item, TimeMention))
