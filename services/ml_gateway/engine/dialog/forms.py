"""Follow-ups that are understood without a reader: they name nothing of the data, or just one thing of it.

"how many of them", "the other way round", "only the top 3", "and the average?", "without the filter".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from services.ml_gateway.engine.dialog import columns, conditions, grouping, numbers, ordering, times
from services.ml_gateway.engine.dialog.fragments import FUNCTIONS
from services.ml_gateway.engine.dialog.model import Before
from services.ml_gateway.engine.dialog.parts import base
from services.ml_gateway.engine.dialog.wording import key_of
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.periods import ADVERBS, UNITS
from services.ml_gateway.engine.query.model import Query, Rows
from services.ml_gateway.engine.tokens import lemma, tokenize

_THEM = "(?:them|those|these|they|it|that|this|the results?|the rows|the list|ones)"
_TO_DO = "(?:only |just |and |but |show |give |list |me |us |limit |to |keep |with |what |which |who |are |is |about )*"
_NOT = "(?:not|n['\u2019]t|never)"


@dataclass(frozen=True, slots=True)
class Form:
    """A shape of words, and what it makes of the query before; why is told to people.

    make gives None where the query before has nothing to do it to.
    """

    shape: re.Pattern[str]
    make: Callable[[re.Match[str], Before, Index], Query | None]
    why: str


def formed(text: str, before: Before, index: Index, *, also: bool = False) -> tuple[Query, str] | None:
    """The query that the words ask for by themselves, and how they were taken; None where no form fits."""
    said = " ".join(text.lower().split())
    for form in (_ALSO_FORMS if also else ()) + _FORMS:
        match = form.shape.fullmatch(said)
        if match:
            made = form.make(match, before, index)
            if made is not None and made != before.query:
                return made, form.why
    return None


def _counted(_: re.Match[str], before: Before, index: Index) -> Query | None:
    entity = next((one for one in before.query.group if isinstance(one, Rows)), base(before.query))
    return columns.counted(before.query, key_of(entity, index) if entity else None)


def _turned(_: re.Match[str], before: Before, index: Index) -> Query | None:
    return ordering.turned(before.query)


def _directed(match: re.Match[str], before: Before, index: Index) -> Query | None:
    down = any(word in match.group() for word in ("desc", "decreas", "highest first", "largest first", "high to low"))
    down = down or any(word in match.group() for word in ("most first", "newest first", "latest first", "z to a"))
    return ordering.directed(before.query, down)


def _all(_: re.Match[str], before: Before, index: Index) -> Query | None:
    held = before.query
    if held.limit is not None and held.where is None:
        return Query(held.show, held.subject, held.also, group=held.group, order=held.order, distinct=held.distinct)
    return conditions.dropped(held)


def _timeless(_: re.Match[str], before: Before, index: Index) -> Query | None:
    return times.timeless(before.query)


def _ungrouped(_: re.Match[str], before: Before, index: Index) -> Query | None:
    return grouping.ungrouped(before.query)


def _opposite(_: re.Match[str], before: Before, index: Index) -> Query | None:
    return conditions.opposite(before.query, *before.latest)


def _limited(match: re.Match[str], before: Before, index: Index) -> Query | None:
    end, count = match["end"], _number(match["count"])
    if count is None:
        return None
    if end in ("top", "best", "highest", "largest", "most", "bottom", "worst", "lowest", "smallest", "least"):
        down = end in ("top", "best", "highest", "largest", "most")
        return ordering.top(before.query, count, descending=down)
    if end == "last":
        return ordering.last(before.query, count)
    return ordering.first(before.query, count)


def _recast(match: re.Match[str], before: Before, index: Index) -> Query | None:
    return numbers.recast(before.query, FUNCTIONS[match["function"]])


def _also_recast(match: re.Match[str], before: Before, index: Index) -> Query | None:
    return numbers.also_recast(before.query, FUNCTIONS[match["function"]])


def _regrained(match: re.Match[str], before: Before, index: Index) -> Query | None:
    word = match["grain"]
    return grouping.regrained(before.query, ADVERBS.get(word) or UNITS[lemma(word)])


def _number(text: str | None) -> int | None:
    if text is None:
        return 1
    number = tokenize(text)[0].number
    return int(number) if number and number == int(number) and 0 < number <= 10_000 else None


def _form(shape: str, make: Callable[[re.Match[str], Before, Index], Query | None], why: str) -> Form:
    return Form(re.compile(shape), make, why)


_FUNCTION = "|".join(sorted(FUNCTIONS, key=len, reverse=True))
_GRAIN = "|".join([*ADVERBS, *(f"{unit}s?" for unit in UNITS)])
_AVERAGE = rf"{_TO_DO}(?:the |their |its )*(?P<function>{_FUNCTION})(?: value| one| amount| of {_THEM})?"
_COUNT = (
    "(?:and )?(?:how many|count|the (?:total )?(?:number|count)|total number|number|"
    rf"how many (?:rows|results|records)|what(?: is|'s) (?:the|their) (?:total )?(?:number|count))(?: of)?(?: {_THEM})?"
    r"(?: are| were| is)?(?: there| they| that| it)?(?: are there)?(?: in (?:total|all)|altogether)?"
)

_ALSO_FORMS = (_form(_AVERAGE, _also_recast, "the same column is computed in a second way"),)
_FORMS = (
    _form(_COUNT, _counted, "the rows of the question before are counted"),
    _form(
        r"(?:and |now )?"
        r"(?:(?:in |the )?(?:reverse(?:d)?|opposite|inverse|other)(?: order| direction| way(?: a?round)?)?|"
        rf"(?:reverse|flip|invert)(?: {_THEM}| the order| the sorting)?)",
        _turned,
        "the order of the question before is turned round",
    ),
    _form(
        rf"(?:(?:sort|order|rank|arrange|sorted|ordered|show)(?: {_THEM})?(?: by (?:it|that|this))? ?)?"
        r"(?:in |from )?(?:(?:descending|decreasing|desc|ascending|increasing|asc)(?:ly)?(?: order)?|"
        r"(?:highest|largest|most|newest|latest|lowest|smallest|least|oldest|earliest) first|"
        r"high(?:est)? to low(?:est)?|low(?:est)? to high(?:est)?|a to z|z to a|alphabetical(?:ly| order)?)",
        _directed,
        "the rows of the question before are put in order",
    ),
    _form(
        rf"{_TO_DO}(?:all(?: of (?:{_THEM}))?|everything|all rows|no filters?|everyone|"
        r"(?:remove|drop|clear|without|ignore|forget|delete) (?:all |any |the |that |this )*"
        r"(?:filters?|conditions?|restrictions?|limits?))",
        _all,
        "the conditions of the question before are left out",
    ),
    _form(
        r"(?:and |for |of |over |in |during |across )*(?:all time|all times|all periods|the whole (?:time|period)|"
        r"any (?:time|period)|all dates|ever|all years)",
        _timeless,
        "the period of the question before is left out",
    ),
    _form(
        r"(?:and |show |give |me |just )*(?:in total|overall|altogether|the (?:grand |overall )?total(?: number)?|"
        r"(?:without|no) (?:the |any )?(?:grouping|groups|breakdown)|all together)",
        _ungrouped,
        "the groups of the question before are put together",
    ),
    _form(
        rf"{_TO_DO}(?:the )?(?:ones?|those|them|which|which ones?|who|that)?(?: (?:who|that|which))? ?"
        rf"(?:do|does|did|are|is|was|were|have|has|had|can|could|will)(?: {_NOT}|{_NOT})(?: have| any| one| so| be)*",
        _opposite,
        "the last condition of the question before is turned into its opposite",
    ),
    _form(
        rf"{_TO_DO}(?:the )?(?:others?|other ones|rest|remaining(?: ones)?|opposite|contrary)(?: of {_THEM})?",
        _opposite,
        "the last condition of the question before is turned into its opposite",
    ),
    _form(
        rf"{_TO_DO}(?:the )?(?:(?P<end>top|first|last|best|bottom|worst|highest|lowest)(?: (?P<count>[\w]+))??"
        rf"(?: ones?| rows?| results?| entries| of {_THEM}| only)*)",
        _limited,
        "only so many rows of the question before are kept",
    ),
    _form(_AVERAGE, _recast, "the same column is computed in another way"),
    _form(
        r"(?:and |show |it |them |that |make |group |grouped |break |broken |down )*"
        rf"(?:by |per |each |every |a |for each )*(?P<grain>{_GRAIN})",
        _regrained,
        "the dates of the question before are cut in another way",
    ),
)
