"""Every way in which something said can be taken, read and joined with what came before, the best first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from services.ml_gateway.engine.dialog.attempts import CERTAIN, attempts
from services.ml_gateway.engine.dialog.merging import added, merged
from services.ml_gateway.engine.dialog.model import Attempt, Before, Followed, Merge, Read, Reads
from services.ml_gateway.engine.dialog.parts import conjuncts, is_measure, together
from services.ml_gateway.engine.dialog.wording import key_of
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import Meaning
from services.ml_gateway.engine.query.model import Compare, Field, Query, Rows
from services.ml_gateway.engine.reading import Operator

_BACKED = 0.03
_READINGS = 3  # of one way to take it; further ones are too unsure to be joined with anything
_SUREST = 0.97  # of several readings that come to the same
_OF_WHAT = re.compile(r"\W*(?:and |but )*(?:since )?(?:when|where)\b", re.IGNORECASE)
_WHICH = re.compile(r"\W*(?:and |but )*(?:which|who)\b", re.IGNORECASE)
_ONCE = re.compile(r"\b(?:distinct|different|unique|various|kinds?|types?)\b", re.IGNORECASE)


def followed(said: str, before: Before, reads: Reads, index: Index, today: date) -> tuple[Followed, ...]:
    """The ways that could still be the best, the best first; those without a query behind all that have one.

    Ways are read in the order of their signs, and only as long as a better one may come.
    """
    found: list[Followed] = []
    best = 0.0
    for attempt in sorted(attempts(said, before, index, today), key=lambda one: -one.prior):
        if attempt.prior <= best:
            break
        if attempt.merge is Merge.ALONE and attempt.prior == CERTAIN:
            return tuple(taken(attempt, before, reads, index))
        for one in taken(attempt, before, reads, index):
            found.append(one)
            if one.query is not None:
                best = max(best, one.score)
    backed = Counter((one.query, one.attempt.topic) for one in found if not one.alone)
    return tuple(sorted(found, key=lambda one: (one.query is None, -_worth(one, backed))))


def _worth(one: Followed, backed: Mapping[tuple[Query | None, Rows | None], int]) -> float:
    """A query that several wordings of the same are read as is the likelier."""
    return one.score + _BACKED * max(backed[one.query, one.attempt.topic] - 1, 0)


def taken(attempt: Attempt, before: Before, reads: Reads, index: Index) -> Iterator[Followed]:
    """One way to take it, read and joined."""
    if attempt.query is not None:
        latest = tuple(one for one in conjuncts(attempt.query.where) if one not in conjuncts(before.query.where))
        read = Read(attempt.query, 1.0, attempt.meanings)
        yield Followed(attempt, read, attempt.query, latest or before.latest)
        return
    assert attempt.reading
    before = replace(before, query=attempt.held) if attempt.held else before
    found: dict[Query, Followed] = {}
    several = reads(attempt.reading.text)
    asked_back = any(read.failure for read in several)
    for read in several:
        told = replace(read, meanings=(*attempt.meanings, *_placed(attempt, read)))
        if read.query is None:
            yield Followed(attempt, told, None)
            continue
        asked = _of_rows(attempt, read.query)
        query = merged(attempt.merge, asked, before, attempt.topic, index, attempt.value)
        if query is None:
            continue
        query = _named(attempt, asked, query, index)
        if query in found:  # what sets the two readings apart goes into nothing that is asked
            found[query] = found[query] if asked_back else _likelier(found[query], read.score)
            continue
        latest = added(asked, query)
        if not latest and attempt.merge is not Merge.ALONE:
            latest = before.latest
        found[query] = Followed(attempt, told, query, latest)
    yield from sorted(found.values(), key=lambda one: -one.read.score)[:_READINGS]


def _likelier(one: Followed, score: float) -> Followed:
    """The same follow-up, as likely as all the readings together that come to it."""
    return replace(one, read=replace(one.read, score=min(one.read.score + score, max(one.read.score, _SUREST))))


def _of_rows(attempt: Attempt, read: Query) -> Query:
    """Of rows that were spoken of each is shown, however often a value comes, unless the words ask for it once; numbers
    and groups that no word asks for are none.
    """
    assert attempt.reading
    own = attempt.topic is not None and all(isinstance(one, Field) and one.rows == attempt.topic for one in read.show)
    if read.distinct and own and attempt.merge is not Merge.ALONE and not _ONCE.search(attempt.reading.text):
        read = replace(read, distinct=False)
    read = _told(attempt, read)
    if attempt.keeps:  # the rows that were put in so that it could be read are not what is counted
        read = replace(read, show=tuple(one for one in read.show if not is_measure(one)), group=(), having=None)
    return read


def _told(attempt: Attempt, read: Query) -> Query:
    """ "When were they born" asks for the day, not for who has one."""
    assert attempt.reading
    if attempt.topic is None or attempt.merge is Merge.ALONE or not _OF_WHAT.match(attempt.reading.text):
        return read
    held = conjuncts(read.where)
    has = [one for one in held if isinstance(one, Compare) and one.operator is Operator.NOT_NULL]
    plain = not (read.group or read.having or any(is_measure(one) for one in read.show))
    if len(has) != 1 or not plain or has[0].left in read.show:
        return read
    return replace(read, show=(has[0].left,), where=together(tuple(one for one in held if one != has[0])))


def _named(attempt: Attempt, read: Query, query: Query, index: Index) -> Query:
    """ "Which one is the oldest" is told by name, where only other columns of the rows were shown before."""
    assert attempt.reading
    if attempt.merge is not Merge.AMONG or query.distinct or not _WHICH.match(attempt.reading.text):
        return query
    shown = [one for one in query.show if isinstance(one, Field) and one.rows == attempt.topic]
    names = {name for one in shown for name in index.tables[one.key.table].labels}
    told = any(one.key.name in names or one == key_of(one.rows, index) for one in shown)
    own = read.show and all(isinstance(one, Field) and one.rows == attempt.topic for one in read.show)
    if query.group or told or len(shown) != len(query.show) or not own:
        return query
    return replace(query, show=read.show)


def _placed(attempt: Attempt, read: Read) -> Iterator[Meaning]:
    """The meanings of what was said, where it was said; those of words that were put in for it left out."""
    assert attempt.reading
    for meaning in read.meanings:
        place = attempt.reading.back(meaning.start, meaning.end)
        if place:
            yield replace(meaning, start=place[0], end=place[1])
