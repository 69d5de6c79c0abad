"""All the ways in which something said may be taken, given what was asked before: the signs of English alone decide.

Signs are words that point back ("their", "of those"), openers without a sentence ("what about", "only"), sentences
that name nothing to be about ("sort by price", "who is the oldest"), and bits that are no sentence ("in Germany").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from services.ml_gateway.engine.dialog import shapes
from services.ml_gateway.engine.dialog.bits import from_bit
from services.ml_gateway.engine.dialog.forms import formed
from services.ml_gateway.engine.dialog.meaning import edited
from services.ml_gateway.engine.dialog.model import Attempt, Before, Merge
from services.ml_gateway.engine.dialog.pointing import determining, of_part, pointing, points_at_topic, valued
from services.ml_gateway.engine.dialog.pronouns import determined
from services.ml_gateway.engine.dialog.refusing import never_answered
from services.ml_gateway.engine.dialog.rewriting import rewritten
from services.ml_gateway.engine.dialog.saying import Saying, sentence
from services.ml_gateway.engine.dialog.topicless import topicless
from services.ml_gateway.engine.dialog.turning_back import corrected
from services.ml_gateway.engine.dialog.utterance import utterance
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import Query

_FORMED = 0.97
_POINTED_AT = 0.3  # a question of its own, all the same, that says "this climber" of one who was spoken of
_LEANING = 0.65  # that names nothing but columns of the rows before
CERTAIN = 1.0  # a whole sentence that names what it is about, and nothing in it points back


def attempts(text: str, before: Before, index: Index, today: date) -> tuple[Attempt, ...]:
    """The ways to take it, the likeliest first, none of them read yet; that of a question of its own is among them."""
    saying = Saying(utterance(text), before, index, today)
    whole = rewritten(corrected(text), ())
    if not leans(saying) and saying.elsewhere:
        return (Attempt(Merge.ALONE, CERTAIN, whole),)
    found = list(_follow_ups(saying))
    if not saying.reckons:
        found = [replace(one, keeps=one.merge in (Merge.CHANGE, Merge.BESIDE)) for one in found]
    values = any(one.merge is Merge.VALUES or one.held for one in found)
    strongest = max((one.prior for one in found), default=0.0)
    alone = Attempt(Merge.ALONE, _alone(saying, strongest), whole)
    if values or points_at_topic(saying):
        alone = replace(alone, prior=min(alone.prior, _POINTED_AT))
    return tuple(sorted((*found, alone), key=lambda one: -one.prior))


def may_be_whole(said: str, before: Before, index: Index, today: date) -> bool:
    """Whether nothing in it says that it goes on from what came before, and it names a table, asks for a metric, or
    has nothing of the data.
    """
    saying = Saying(utterance(said), before, index, today)
    core = saying.words.core
    if shapes.BARE_END.fullmatch(core) and formed(core, before, index):
        return False
    asked = saying.measured and bool(shapes.VERB.search(core))
    return not leans(saying) and (asked or bool(saying.mentioned) or not saying.linked)


def stands_alone(said: str, index: Index, today: date) -> bool:
    """Whether it is a question of its own whatever was said before."""
    if never_answered(said, index):
        return False
    saying = Saying(utterance(said), Before(Query(())), index, today)
    words = saying.words
    if words.opener or words.also or words.instead or words.only or not saying.named or saying.pointers:
        return False
    pointing_at = determined(words.said, words.whole_start, words.end, saying.hidden)
    return not pointing_at and _alone(saying, 0.0) == CERTAIN


def leans_on_something(said: str, index: Index, today: date) -> bool:
    """Whether it goes on from something, whatever that was: "only in May", "how many are open"."""
    saying = Saying(utterance(said), Before(Query(())), index, today)
    return leans(saying) or bool(shapes.HOW_MANY.match(saying.words.core) and not saying.named)


def is_part(said: str, index: Index, today: date) -> bool:
    """Whether a sentence names columns alone, as what was spoken of may have them: "show the prices"."""
    saying = Saying(utterance(said), Before(Query(())), index, today)
    sentence_of = bool(shapes.VERB.search(saying.words.core)) and bool(shapes.THE.search(saying.words.core))
    return sentence_of and saying.linked and not (saying.named or saying.measured)


def leans(saying: Saying) -> bool:
    """Whether a word or the shape of it says that it goes on from what came before: "and …", "their", "in Germany",
    "by month", "which has the most".
    """
    words = saying.words
    if words.opener or words.also or words.instead or words.only or saying.pointers:
        return True
    if determined(words.said, words.whole_start, words.end, saying.hidden):
        return True
    begun = (shapes.CONDITION, shapes.SORTING, shapes.CHOOSING)
    return bool(shapes.GROUPING.fullmatch(words.core)) or any(shape.match(words.core) for shape in begun)


def _alone(saying: Saying, strongest: float) -> float:
    """How well it stands by itself."""
    words = saying.words
    if saying.pointers:
        return 0.15
    if words.opener in ("change", "without", "compare") or words.instead or shapes.IN_WHICH.fullmatch(words.core):
        return 0.2
    grouping = shapes.GROUPING.fullmatch(words.core)
    bare = bool(grouping) or not shapes.VERB.search(words.core)
    if strongest and shapes.SORTING.match(words.core):
        return 0.3
    if bare and (shapes.CONDITION.match(words.core) or (words.opener == "only" and saying.named)):
        return 0.35
    if words.also or words.opener in ("only", "bare"):
        return 0.75 if saying.named and not saying.about_before else 0.35
    arranged = grouping or shapes.SORTING.match(words.core)
    if bare and not words.opener and not arranged and shapes.WHOLE.search(words.core) and saying.linked:
        return 0.97
    bare_end = shapes.BARE_END.fullmatch(words.core)
    if strongest >= _FORMED and (bare_end or shapes.CHOOSING.match(words.core)):
        return 0.6  # "which have at least two players", after players by country
    if strongest >= 0.9 and not saying.named:
        return 0.5
    if strongest and not saying.named and not bare and saying.leaning:
        return _LEANING
    if bare and saying.linked:
        return 0.8
    if shapes.WHICH_NOUN.fullmatch(words.core) and strongest:
        return 0.6
    return 0.5 if bare else CERTAIN if saying.named else 0.95


def _follow_ups(saying: Saying) -> Iterator[Attempt]:
    if not saying.topics:
        return
    words = saying.words
    for text in dict.fromkeys((words.core, words.whole)):
        ready = formed(text, saying.before, saying.index, also=words.also)
        if ready:
            why, whole = sentence(ready[1]), text != words.core
            told = edited(words, saying.before.query, ready[0], ready[1], whole=whole)
            yield Attempt(Merge.CHANGE, _FORMED, query=ready[0], why=(why,), meanings=(told,))
            break
    counting = words.core.lower().startswith("how many ")
    if words.opener or not shapes.VERB.search(words.core) or words.also or words.instead or words.corrects or counting:
        yield from from_bit(words, saying.before, saying.index, saying.today)
    arranged = shapes.SORTING.match(words.core) or shapes.GROUPING.fullmatch(words.core)
    parts = tuple(of_part(saying))
    yield from parts
    if saying.pointers and not arranged:
        yield from pointing(saying)
    elif parts:
        return
    else:
        yield from valued(saying)
        yield from determining(saying)
        yield from topicless(saying)
