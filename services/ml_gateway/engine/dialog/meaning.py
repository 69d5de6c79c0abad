"""Which words of a follow-up meant what, where they name nothing of the data: "only the top 3", "last year"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.dialog.parts import measures
from services.ml_gateway.engine.dialog.utterance import Utterance
from services.ml_gateway.engine.meant import counted, timed
from services.ml_gateway.engine.outcome import ClarificationKind, Interpretation, Meaning, MeaningKind
from services.ml_gateway.engine.periods import TimeMention
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.tokens import Token

_ASKED = {
    ClarificationKind.TIME_COLUMN: MeaningKind.TIME, ClarificationKind.MEASURE: MeaningKind.MEASURE,
    ClarificationKind.AGGREGATE: MeaningKind.MEASURE, ClarificationKind.VALUE: MeaningKind.FILTER,
    ClarificationKind.CONDITION: MeaningKind.FILTER, ClarificationKind.TABLE: MeaningKind.TABLE,
    ClarificationKind.ORDER: MeaningKind.ORDER, ClarificationKind.LIMIT: MeaningKind.LIMIT,
}  # fmt: skip


def edited(words: Utterance, before: Query, after: Query, done: str, *, whole: bool) -> Meaning:
    """The words that say by themselves what becomes of the query before. whole: their opener is one of them."""
    start = words.whole_start if whole else words.start
    return Meaning(start, words.end, words.said[start : words.end], done, _changed(before, after))


def answered_by(said: str, whole: str, label: str, kind: ClarificationKind, told: Interpretation) -> Interpretation:
    """What is told of an answer to a question back: the words are those of the answer, not of the question that was
    read, unless it was answered by that.
    """
    if said.strip().casefold() == whole.strip().casefold():
        return told
    text = said.strip()
    start = said.index(text)
    place = text.casefold().rfind(label.casefold())
    if place >= 0:
        start, text = start + place, text[place : place + len(label)]
    meant = Meaning(start, start + len(text), text, label, _ASKED.get(kind, MeaningKind.DIMENSION))
    return replace(told, meanings=(meant,))


def heard(text: str, tokens: Sequence[Token], times: Sequence[TimeMention], known: Sequence[Meaning]) -> list[Meaning]:
    """The meanings that are known, with those of periods, and of words that ask how many, in the order of the words."""
    found = [*known, *_further((*counted(text), *timed(text, tokens, times)), known)]
    return sorted(found, key=lambda one: one.start)


def _further(found: Sequence[Meaning], known: Sequence[Meaning]) -> Iterator[Meaning]:
    for one in found:
        if not any(other.start <= one.start and one.end <= other.end for other in known):
            yield one


def _changed(before: Query, after: Query) -> MeaningKind:
    """What part of the query they are about."""
    if before.limit != after.limit:
        return MeaningKind.LIMIT
    if measures(before) != measures(after):
        return MeaningKind.MEASURE
    if (before.where, before.having) != (after.where, after.having):
        return MeaningKind.FILTER
    if before.order != after.order and (before.show, before.group) == (after.show, after.group):
        return MeaningKind.ORDER
    return MeaningKind.DIMENSION
