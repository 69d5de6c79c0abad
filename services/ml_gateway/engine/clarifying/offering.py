"""A question back with the likeliest readings as its options, where they are likely enough to hold the right one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.clarifying import phrases
from services.ml_gateway.engine.clarifying.ids import option_id
from services.ml_gateway.engine.clarifying.kinds import Differing, differing
from services.ml_gateway.engine.clarifying.places import unclear
from services.ml_gateway.engine.clarifying.readings import Meant, kinds, readings
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import ClarificationKind, ClarificationOption, NeedsClarification
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import Compiled, compile_query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.planning import Understood
from services.ml_gateway.engine.reader.scoring.ranking import Ranked

MOST = 4
MOST_CHARACTERS, _ROOM = 4000, 1000  # of a question, and what of them an option may add
_BESIDE = 0.1  # what is less likely than this part of the likeliest isn't offered
_SIMPLER = 0.85  # what part of the probability may stay if options that differ in one thing have it


@dataclass(frozen=True, slots=True)
class Offered:
    """The question back; readings and SQL are those of its options, in their order. share: of probability, all of it
    together."""

    clarification: NeedsClarification
    readings: tuple[Ranked, ...]
    made: tuple[Compiled, ...]
    share: float


@dataclass(frozen=True, slots=True)
class _Option:
    meant: Meant
    made: Compiled


def offered(read: Understood, index: Index, schema: Schema) -> Offered | None:
    """The options that there are, however likely. None where there is nothing to choose from."""
    if len(read.asked.text) > MOST_CHARACTERS - _ROOM:
        return None
    if read.ways > 1:
        read = replace(read, order=read.order[: read.ways])
    options = list(_options(read, index, schema))
    for most in range(len(options), 1, -1):
        kept = options[:most]
        found = _one_thing(kept)
        if found and _share(kept) >= _SIMPLER * _share(options):
            made = _asked(read.asked, kept, found, schema)
            if made:
                return made
    return _whole(read.asked, options, schema)


def _options(read: Understood, index: Index, schema: Schema) -> Iterator[_Option]:
    """What may be meant, the likeliest first, without what is much less likely."""
    found = readings(read.order, read.asked, index)
    by_kind = kinds(found, index)
    if not by_kind:
        return
    apart = [replace(several[0], share=sum(one.share for one in several)) for several in by_kind]
    likely = _likely(apart)
    if len(likely) < 2:
        likely = _likely(by_kind[0])
    if len(likely) < 2:
        likely = found[:2]
    for one in likely[:MOST]:
        made = read.made if one.ranked is read.order[0] else _compiled(one, read.asked, schema)
        if made:
            yield _Option(one, made)


def _likely(found: Sequence[Meant]) -> Sequence[Meant]:
    return [one for one in found if one.share >= _BESIDE * found[0].share]


def _compiled(one: Meant, asked: Asked, schema: Schema) -> Compiled | None:
    try:
        return compile_query(one.answer, schema, timezone=asked.timezone)
    except (Unreadable, LookupError):  # a query that no SQL can say
        return None


def _share(options: Sequence[_Option]) -> float:
    return sum(one.meant.share for one in options)


def _one_thing(options: Sequence[_Option]) -> list[Differing] | None:
    """What sets each but the first apart from the first, where it is one thing, and of one kind for all."""
    first = options[0].meant.answer
    found = [one for one in (differing(first, other.meant.answer) for other in options[1:]) if one]
    alike = len(found) == len(options) - 1 and len({(one.kind, repr(one.one)) for one in found}) == 1
    return found if alike else None


def _asked(asked: Asked, options: Sequence[_Option], found: Sequence[Differing], schema: Schema) -> Offered | None:
    """None where the options can't be told apart in a few words."""
    labels = phrases.labels([one.meant.answer for one in options], found, schema)
    if len({label.casefold() for label in labels}) < len(labels) or not all(labels):
        return None
    kind = found[0].kind
    sides = [found[0].one, *(one.other for one in found)]
    ids = [option_id(one.meant.query, kind, side, schema.index) for one, side in zip(options, sides, strict=True)]
    start, end = unclear(kind, sides, [one.meant.ranked.candidate for one in options], asked)
    words = asked.text[start:end]
    return _offer(asked, options, kind, phrases.asked(kind, words, labels), labels, ids, (start, end))


def _whole(asked: Asked, options: Sequence[_Option], schema: Schema) -> Offered | None:
    """Each reading told as a whole; what reads the same is offered once. One alone is asked about, too: whether it is
    what was meant."""
    told: dict[str, _Option] = {}
    for one in options:
        label = phrases.whole(one.meant.answer, schema)
        if len(label) < _ROOM:
            told.setdefault(label, one)
    if not told:
        return None
    kind, labels = ClarificationKind.READING, list(told)
    ids = [option_id(one.meant.query, kind, None, schema.index) for one in told.values()]
    return _offer(asked, list(told.values()), kind, phrases.asked(kind, "", labels), labels, ids, (0, 0))


def _offer(
    asked: Asked,
    options: Sequence[_Option],
    kind: ClarificationKind,
    message: str,
    labels: Sequence[str],
    ids: Sequence[str],
    place: tuple[int, int],
) -> Offered:
    made = tuple(
        ClarificationOption(name, label, pinning(asked.text, label)) for name, label in zip(ids, labels, strict=True)
    )
    return Offered(
        NeedsClarification(kind, message, made, *place),
        tuple(one.meant.ranked for one in options),
        tuple(one.made for one in options),
        _share(options),
    )


def pinning(text: str, label: str) -> str:
    """The question with the reading that was chosen, as `pinned.py` knows it again."""
    return f"{text.rstrip()} ({label})"
