"""Further queries of a labelling, where its labels leave open, or say worse than the words, what is shown."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.reader.assembly.assembling import Assembled, assemble, framed, queries
from services.ml_gateway.engine.reader.assembly.completing import completed
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of, labels_of
from services.ml_gateway.engine.reader.business.cues import CueKind
from services.ml_gateway.engine.reader.business.editing import edited
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.wording.absent import absences, outside, unsaid
from services.ml_gateway.engine.reader.wording.beside_each_other import held_against
from services.ml_gateway.engine.reader.wording.beyond_average import beyond_average
from services.ml_gateway.engine.reader.wording.figuring import figured
from services.ml_gateway.engine.reader.wording.products import implied, spelled
from services.ml_gateway.engine.reader.wording.redating import redated
from services.ml_gateway.engine.reader.wording.rereading import by_name, rereadings
from services.ml_gateway.engine.reader.wording.so_often import beside, by_deeds, quantities, so_many, under
from services.ml_gateway.engine.reader.wording.standing import by_standing, of_what_sells
from services.ml_gateway.engine.reader.wording.together import apart_from, both_deeds, segments, shared

_EACH = 2  # queries of each other reading


def alternatives(
    parts: Sequence[Part], sentence: Sentence, index: Index, known: set[Hashable] | None = None
) -> Iterator[tuple[int, Assembled]]:
    """What the parts make, the plainest first, then what other parts for them make, and what completes the plainest.

    known: what was set aside and what was left of it in the sentence's likelier labellings: these made the same of it.

    Each with its place among the queries of the same reading, where other readings begin behind the plainest query.
    """
    plain = assemble(parts, sentence, index)
    yield from enumerate(plain)
    said = any(cue.kind is not CueKind.SORTED for cue in sentence.cues)  # set phrases say what they want
    frame = framed(parts, sentence, index)
    for other in (by_name if said else rereadings)(frame.parts, sentence, index):
        for place, one in enumerate(assemble(other.parts, sentence, index)[:_EACH]):
            yield place + 1, replace(one, notes=(*one.notes, other.note))
    if said:
        return
    known = set() if known is None else known
    yield from _without(frame, known)
    yield from _counted_deeds(frame, known)
    if (bosses := under(frame.parts, index)) is not None:
        for place, one in enumerate(assemble(bosses, sentence, index)[:_EACH]):
            yield place, replace(one, notes=(*one.notes, "under one of the same"))
    for other_parts, formula in spelled(frame, [part for part in parts if part.choice]):
        for one in queries(framed(other_parts, sentence, index))[:_EACH]:
            if (of_both := formula(one.query)) is not None:
                yield 0, Assembled(of_both, (*one.notes, "formula"))
    yield from _of_two_columns(frame)
    for query, note in of_what_sells(frame):
        yield 0, Assembled(query, (note,))
    for one in plain[:1]:
        ranked = [(redated(frame, one.query, query), note) for query, note in by_standing(frame, one.query)]
        for query, note in (*by_deeds(frame, one.query), *ranked, *shared(frame, one.query)):
            yield 1, Assembled(query, (*one.notes, note))
        for made in completed(frame, one.query):
            for query in edited(frame, made.query) if sentence.cues else [made.query]:
                yield 1, Assembled(query, (*one.notes, made.note))


def _of_two_columns(frame: Frame) -> Iterator[tuple[int, Assembled]]:
    """Rows of which two columns are held against each other, or one against its mean."""
    told = (frame.parts, frame.sentence, frame.index)
    for held in (*held_against(*told), *beyond_average(*told)):
        rest = framed(held.rest(frame.parts), frame.sentence, frame.index)
        table = held.condition.left.rows  # type: ignore[union-attr]
        made = [one.query for one in queries(rest)[:_EACH]] or [Query(show=labels_of(frame, table))]
        for place, query in enumerate(made):
            if held.condition not in (query.where, *getattr(query.where, "conditions", ())):
                where = all_of([*([query.where] if query.where else []), held.condition])
                yield place, Assembled(replace(query, where=where), (*rest.notes, "held against each other"))


def figures(parts: Sequence[Part], sentence: Sentence, index: Index, one: Assembled) -> list[Assembled]:
    """The query with other numbers: products, totals of what rows are, several at once."""
    frame = framed(parts, sentence, index)
    made = [(query, "times the price") for query in implied(frame, one.query)]
    return [Assembled(query, (*one.notes, note)) for query, note in (*made, *figured(frame, one.query))]


def _is_new(frame: Frame, what: Hashable, rest: Sequence[Part], known: set[Hashable]) -> bool:
    """Whether a likelier labelling hasn't left the same parts, with the same values beside them."""
    whole = not rest or "distinct" in frame.kinds
    beside = tuple(one for one in frame.parts if whole or (one.choice and one.choice.target.value))
    key = (what, tuple(rest), beside)
    new = key not in known
    known.add(key)
    return new


def _counted_deeds(frame: Frame, known: set[Hashable]) -> Iterator[tuple[int, Assembled]]:
    """So many rows that a verb names; rows of two kinds."""
    for quantity in quantities(frame):
        rest = beside(frame, quantity)
        if not _is_new(frame, quantity, rest, known):
            continue
        left = framed(rest, frame.sentence, frame.index)
        made = [one.query for one in queries(left) if not one.query.distinct][:_EACH] if rest else []
        for query, note in so_many(frame, quantity, made):
            yield 1, Assembled(query, (*left.notes, note))
    said = segments(frame)
    if said is not None and (rest := apart_from(frame, said)) and _is_new(frame, said, rest, known):
        left = framed(rest, frame.sentence, frame.index)
        made = [one.query for one in queries(left) if not one.query.distinct][:_EACH]
        for query, note in both_deeds(frame, said, made):
            yield 1, Assembled(query, (*left.notes, note))


def _without(frame: Frame, known: set[Hashable]) -> Iterator[tuple[int, Assembled]]:
    """What there is none of, as the words behind a negation name it."""
    if "no" not in frame.kinds:
        return
    rest = outside(frame)
    if not _is_new(frame, "no", rest, known):
        return
    left = framed(rest, frame.sentence, frame.index)
    plain = [one.query for one in queries(left)] if rest else unsaid(frame)
    made = [one for one in plain if not one.distinct or "distinct" in frame.kinds][:_EACH]
    for query, note in absences(frame, made, rest):
        yield 1, Assembled(query, (*left.notes, note))
