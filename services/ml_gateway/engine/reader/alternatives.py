"""Further queries of a labelling, where its labels leave open, or say worse than the words, what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.reader.absent import absences, outside, unsaid
from services.ml_gateway.engine.reader.assembling import Assembled, assemble, framed, queries
from services.ml_gateway.engine.reader.completing import completed
from services.ml_gateway.engine.reader.features import Part
from services.ml_gateway.engine.reader.frame import Frame
from services.ml_gateway.engine.reader.items import Sentence
from services.ml_gateway.engine.reader.rereading import rereadings

_EACH = 2  # queries of each other reading


def alternatives(parts: Sequence[Part], sentence: Sentence, index: Index) -> Iterator[tuple[int, Assembled]]:
    """What the parts make, the plainest first, then what other parts for them make, and what completes the plainest.

    Each with its place among the queries of the same reading, where other readings begin behind the plainest query.
    """
    plain = assemble(parts, sentence, index)
    yield from enumerate(plain)
    if sentence.cues:
        return  # set phrases say what they want
    frame = framed(parts, sentence, index)
    for other in rereadings(frame.parts, sentence, index):
        for place, one in enumerate(assemble(other.parts, sentence, index)[:_EACH]):
            yield place + 1, replace(one, notes=(*one.notes, other.note))
    yield from _without(frame)
    for one in plain[:1]:
        for made in completed(frame, one.query):
            yield 1, Assembled(made.query, (*one.notes, made.note))


def _without(frame: Frame) -> Iterator[tuple[int, Assembled]]:
    """What there is none of, as the words behind a negation name it."""
    if "no" not in frame.kinds:
        return
    rest = outside(frame)
    left = framed(rest, frame.sentence, frame.index)
    plain = [one.query for one in queries(left)] if rest else unsaid(frame)
    made = [one for one in plain if not one.distinct or "distinct" in frame.kinds][:_EACH]
    for query, note in absences(frame, made, rest):
        yield 1, Assembled(query, (*left.notes, note))
