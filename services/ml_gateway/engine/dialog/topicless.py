"""Sentences and bits that name nothing to be about, as "sort by price" or "in Germany": about what was spoken of."""

from __future__ import annotations

from collections.abc import Iterator

from services.ml_gateway.engine.dialog import shapes
from services.ml_gateway.engine.dialog.model import Attempt, Merge
from services.ml_gateway.engine.dialog.parts import base
from services.ml_gateway.engine.dialog.saying import Saying
from services.ml_gateway.engine.dialog.wording import many, one, said
from services.ml_gateway.engine.query.model import Rows

_OWN = 0.7  # how likely a sentence is a follow-up all the same that names a table of its own


def topicless(saying: Saying) -> Iterator[Attempt]:
    """The ways to take a sentence without a word that points back; none for one that is about its own."""
    words = saying.words
    own = any(table == saying.topics[0].table for _, table in saying.named)
    if own and not words.opener and shapes.VERB.search(words.core) and not shapes.GROUPING.fullmatch(words.core):
        return
    if shapes.SORTING.match(words.core):
        yield from _sorting(saying)
    elif shapes.GROUPING.fullmatch(words.core):
        yield from _grouping(saying)
    elif shapes.CHOOSING.match(words.core):
        yield from _choosing(saying)
        if told := shapes.BEING.match(words.core):
            yield _made(saying, Merge.ROWS, 0.9, words.start + told.end(), "show the ", _of(saying))
    elif shapes.HOW_MANY.match(words.core):
        yield from _counting(saying)
    elif shapes.WHICH_NOUN.fullmatch(words.core) and saying.named:
        yield saying.attempt(
            Merge.ROWS, 0.85, words.start, topic=saying.topics[0], why=_about(saying.topics[0], saying)
        )
    elif words.opener == "without":
        yield from _excluding(saying)
    elif saying.about_before and words.opener and not shapes.VERB.search(words.core):
        yield from _own_noun(saying)
    elif asked := shapes.IN_WHICH.fullmatch(words.core):
        yield _made(saying, Merge.ROWS, 0.93, words.start + asked.start("noun"), "show the ", _of(saying))
    elif shapes.CONDITION.match(words.core) and (words.opener or not shapes.QUESTION.match(words.core)):
        yield from _conditioned(saying)
    elif not shapes.VERB.search(words.core):
        yield from _named(saying)
    elif words.also and saying.about_before and saying.reckons and shapes.ASKING.match(words.core):
        yield saying.attempt(Merge.BESIDE, 0.93, words.start, topic=_rows(saying), why=_about(_rows(saying), saying))
    elif shapes.ASKING.match(words.core) and not saying.named:
        yield from _asking(saying)
    elif shapes.HOW_OR_WHAT.match(words.core) and not saying.named and saying.leaning:
        yield _made(saying, Merge.ROWS, 0.85, words.whole_start, "", _of(saying))


def _sorting(saying: Saying) -> Iterator[Attempt]:
    match = shapes.SORTING.match(saying.words.core)
    assert match
    plural = many(saying.topics[0], saying.index)
    start = saying.words.start + match.start("by")
    yield _made(saying, Merge.ORDER, 0.95, start, f"show the {plural} sorted")


def _grouping(saying: Saying) -> Iterator[Attempt]:
    words = saying.words
    match = shapes.GROUPING.fullmatch(words.core)
    assert match
    within = words.also or words.opener == "bare" or any(word in words.core for word in ("broken", "break", "split"))
    head = f"how many {many(_rows(saying), saying.index)} "
    merge = Merge.ALSO_GROUP if within else Merge.GROUP
    yield _made(saying, merge, 0.95, words.start + match.start("by"), head, topic=_rows(saying))


def _choosing(saying: Saying) -> Iterator[Attempt]:
    words, topic = saying.words, saying.topics[0]
    match = shapes.CHOOSING.match(words.core)
    assert match
    end = words.start + match.end()
    noun = one(topic, saying.index) if shapes.SINGLE.match(words.said, end, words.end) else many(topic, saying.index)
    yield _made(saying, Merge.AMONG, _OWN if saying.named else 0.95, end, f"which {noun}")


def _counting(saying: Saying) -> Iterator[Attempt]:
    match = shapes.HOW_MANY.match(saying.words.core)
    assert match
    head = f"how many {many(saying.topics[0], saying.index)}"
    prior = _OWN if saying.named else 0.93
    yield _made(saying, Merge.ROWS, prior, saying.words.start + match.end(), head)


def _excluding(saying: Saying) -> Iterator[Attempt]:
    words, plural = saying.words, many(_rows(saying), saying.index)
    if saying.about_before:
        yield _made(saying, Merge.EXCLUDE, 0.95, words.start, "show the ", topic=_rows(saying))
    elif shapes.CONDITION.match(words.core):
        yield _made(saying, Merge.EXCLUDE, 0.94, words.start, f"show the {plural} ", topic=_rows(saying))
    else:
        yield _made(saying, Merge.HIDE, 0.95, words.start, "show ", _of(saying))
        yield _made(saying, Merge.AMONG, 0.94, words.start, f"show the {plural} excluding ", topic=_rows(saying))


def _own_noun(saying: Saying) -> Iterator[Attempt]:
    """ "Only business customers", "for shipments from Turin": what they should be, their noun with it."""
    words = saying.words
    start = words.start
    if lead := shapes.LEADING.match(words.said, start, words.end):
        start = lead.end()
    yield _made(saying, _joined(saying), 0.93, start, "show the ", topic=_rows(saying))


def _conditioned(saying: Saying) -> Iterator[Attempt]:
    words = saying.words
    rows = _rows(saying)
    if saying.about_before and not shapes.VERB.search(words.core):
        yield from _own_noun(saying)
    yield _made(saying, _joined(saying), 0.92, words.start, f"show the {many(rows, saying.index)} ", topic=rows)


def _named(saying: Saying) -> Iterator[Attempt]:
    """A noun without a verb: columns to show, or what the rows should be."""
    words = saying.words
    plural = many(saying.topics[0], saying.index)
    if shapes.BEST.match(words.core) and saying.mentioned and saying.topics[0].table not in saying.mentioned:
        return  # "and the shortest route?" after ferries
    if shapes.BEST.match(words.core):
        yield _made(saying, Merge.AMONG, 0.9, words.start, f"show the {plural} with ")
        only = shapes.THE_BEST.fullmatch(words.core) is not None  # "the oldest" is one of them, "the top 3" are several
        noun = one(saying.topics[0], saying.index) if only else plural
        yield _made(saying, Merge.AMONG, 0.88, words.start, "show ", f" {noun}")
        return
    start, _ = words.object()
    if article := shapes.ARTICLE.match(words.said, start, words.end):
        start = article.end()
    sure = bool(words.opener) or not saying.named
    merge = Merge.ALSO_ATTRIBUTES if words.also else Merge.ATTRIBUTES
    yield _made(saying, merge, 0.85 if sure else 0.6, start, "show the ", f" of the {plural}")
    tail = "" if shapes.BY_GROUP.search(words.core) else f" {plural}"
    yield _made(saying, _joined(saying), 0.8 if sure else 0.5, start, "show the ", tail)


def _asking(saying: Saying) -> Iterator[Attempt]:
    """ "Show the e-mails": of those that were spoken of, if of nothing else."""
    words = saying.words
    sure = words.also or words.only or words.instead
    merge = Merge.ALSO_ATTRIBUTES if words.also else Merge.ROWS
    start = words.start if words.opener else words.whole_start
    tail = _of(saying)
    sure = sure or saying.leaning
    yield _made(saying, merge, 0.95 if sure else 0.85, start, "" if words.opener != "only" else "show ", tail)


def _of(saying: Saying) -> str:
    return f" of the {many(saying.topics[0], saying.index)}"


def _joined(saying: Saying) -> Merge:
    words = saying.words
    if words.only:
        return Merge.NARROW
    if words.also:
        return Merge.WIDEN
    return Merge.BESIDE if words.opener == "bare" and not words.instead else Merge.CHANGE


def _made(
    saying: Saying, merge: Merge, prior: float, start: int, head: str, tail: str = "", topic: Rows | None = None
) -> Attempt:
    rows = topic or saying.topics[0]
    return saying.attempt(merge, prior, start, head=head, tail=tail, topic=rows, why=_about(rows, saying))


def _rows(saying: Saying) -> Rows:
    """What the query before ran over: conditions and groups are about that, even where its result is by group."""
    return base(saying.before.query) or saying.topics[0]


def _about(rows: Rows, saying: Saying) -> str:
    return f"that is taken to be about the {said(rows, saying.index)} of the question before"
