"""Follow-ups that are understood without a reader: they name nothing of the data, or just one thing of it.

"how many of them", "the other way round", "only the top 3", "and the average?", "without the filter".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from services.ml_gateway.engine.dialog import columns, conditions, grouping, numbers, ordering, times
from services.ml_gateway.engine.dialog.fragments import FUNCTIONS
from services.ml_gateway.engine.dialog.model import Before
from services.ml_gateway.engine.dialog.parts import base, condition_fields, conjuncts, is_measure, measures
from services.ml_gateway.engine.dialog.wording import key_of
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.naming import column_label, table_label
from services.ml_gateway.engine.periods import ADVERBS, UNITS
from services.ml_gateway.engine.query.model import Field, Ordering, Query, Rows
from services.ml_gateway.engine.tokens import lemma, name_words, tokenize

_THEM = "(?:them|those|these|they|it|that|this|the results?|the rows|the list|ones)"
_TO_DO = "(?:only |just |and |but |show |give |list |me |us |limit |to |keep |with |what |which |who |are |is |about )*"
_NOT = "(?:not|n['\u2019]t|never)"


@dataclass(frozen=True, slots=True)
class Form:
    """A shape of words, and what it makes of the query before; why is told to people, and so is what it is lacking
    where the words can mean nothing else.

    make gives None where the query before has nothing to do it to.
    """

    shape: re.Pattern[str]
    make: Callable[[re.Match[str], Before, Index], Query | None]
    why: str
    lacking: str = ""


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


def lacking(text: str, before: Before, index: Index) -> str:
    """What the question before lacks for what the words ask of it; empty where they may mean another thing."""
    said = " ".join(text.lower().split())
    if formed(text, before, index):
        return ""
    return next((form.lacking for form in _FORMS if form.lacking and form.shape.fullmatch(said)), "")


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


def _other_count(match: re.Match[str], before: Before, index: Index) -> Query | None:
    turned = _opposite(match, before, index)
    return _counted(match, replace(before, query=turned), index) if turned else None


def _once(_: re.Match[str], before: Before, index: Index) -> Query | None:
    """Each value once: rows that are shown with their keys are so already."""
    held = before.query
    if held.distinct or held.group or measures(held) or held.limit is not None:
        return None
    order = tuple(one for one in held.order if one.by in held.show)
    return replace(held, distinct=True, order=order)


def _its_number(_: re.Match[str], before: Before, index: Index) -> Query | None:
    """ "How many does it have" of the one with the most: the number by which it was chosen."""
    held = before.query
    numbers = [one.by for one in held.order if is_measure(one.by)]
    return replace(held, show=(numbers[0],)) if held.group and held.limit is not None and numbers else None


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


def _relimited(match: re.Match[str], before: Before, index: Index) -> Query | None:
    count = _number(match["count"])
    return replace(before.query, limit=count) if count and before.query.limit is not None else None


def _most(match: re.Match[str], before: Before, index: Index) -> Query | None:
    """Of groups: "which one has the most?"."""
    if match["noun"] and not _is_group(match["noun"], before.query, index):
        return None
    held = before.query
    ranked = [one.by for one in held.order if is_measure(one.by)] if held.limit is not None else []
    if not held.group or not (measures(held) or ranked):
        return None
    down = match["end"] in ("most", "highest", "largest", "biggest", "greatest", "maximum", "best", "top")
    if ranked and not measures(held):  # "which has the fewest" after the one with the most
        return replace(held, order=(Ordering(ranked[0], down),))
    if held.limit is not None and held.order != (Ordering(measures(held)[0], down),):
        return None
    return ordering.top(held, 1, descending=down)


def _is_group(noun: str, query: Query, index: Index) -> bool:
    """Whether the words name what the one group of the query is made by."""
    if len(query.group) != 1:
        return False
    group = query.group[0]
    if isinstance(group, Rows):
        name = table_label(group.table, index)
    elif isinstance(group, Field):
        name = column_label(group.key, index)
    else:
        return False
    return name_words(noun)[-1:] == name_words(name)[-1:]


def _shared(_: re.Match[str], before: Before, index: Index) -> Query | None:
    return numbers.shared(before.query)


def _moved(match: re.Match[str], before: Before, index: Index) -> Query | None:
    back = (match["way"] or match["way2"]) in ("previous", "prior", "preceding", "before", "earlier")
    unit, sign = match["unit"] or match["unit2"], -1 if back else 1
    if unit in ("period", "one", "time"):
        return times.neighbour(before.query, sign)
    return times.shifted(before.query, UNITS[unit], sign)


def _freed(match: re.Match[str], before: Before, index: Index) -> Query | None:
    """ "For all countries": without the conditions on columns or tables of that name."""
    said = name_words(match["noun"])[-1:]
    fields = [
        field
        for one in conjuncts(before.query.where)
        for field in condition_fields(one)
        if {*said} & {*name_words(field.key.name), *name_words(table_label(field.key.table, index))[-1:]}
    ]
    return conditions.dropped(before.query, *fields) if said and fields else None


def _number(text: str | None) -> int | None:
    if text is None:
        return 1
    number = tokenize(text)[0].number
    return int(number) if number and number == int(number) and 0 < number <= 10_000 else None


def _form(
    shape: str, make: Callable[[re.Match[str], Before, Index], Query | None], why: str, lacking: str = ""
) -> Form:
    return Form(re.compile(shape), make, why, lacking)


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
        "The question before has no order that could be turned round. Say by what to sort.",
    ),
    _form(
        rf"(?:and |now )?(?:(?:sort|order|rank|arrange|sorted|ordered|show|list|put|display|give)(?: me)?(?: {_THEM})?"
        r"(?: by (?:it|that|this))? ?)?"
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
        rf"(?:and |but )?how many(?: of {_THEM}| ones)? (?:do|does|did|are|is|was|were|have|has|had)(?: {_NOT}|{_NOT})"
        r"(?: have| any| one| so| be)*",
        _other_count,
        "the rows for which the last condition doesn't hold are counted",
    ),
    _form(
        rf"(?:and |but )?how many (?:of {_THEM} )?(?:do|does|did) (?:it|they|he|she|{_THEM}|that one|this one)"
        r"(?: have| make| made| get| own| win| do)?|(?:and )?(?:how many|how much|what(?:'s| is) (?:the|that|its) "
        r"(?:number|count|total)) (?:is|was) (?:it|that|this)|"
        r"(?:and )?what(?:'s| is) (?:that|its|the) (?:number|count)",
        _its_number,
        "the number is shown by which the one of the question before was chosen",
    ),
    _form(
        rf"{_TO_DO}(?:the )?(?:(?:distinct|different|unique)(?: ones?| values?| rows?| results?| {_THEM})*)|"
        rf"(?:remove|drop|without|no|exclude|eliminate|get rid of|leave out|delete)(?: the| any| all)? "
        rf"(?:duplicates?|repeats|repetitions|doubles)(?: ones| rows| values)?(?: (?:from|of|in) {_THEM})?",
        _once,
        "each of the question before is shown once",
    ),
    _form(
        rf"{_TO_DO}(?:the )?(?:ones?|those|them|which|which ones?|who|that)?(?: (?:who|that|which))? ?"
        rf"(?:do|does|did|are|is|was|were|have|has|had|can|could|will)(?: {_NOT}|{_NOT})(?: have| any| one| so| be)*",
        _opposite,
        "the last condition of the question before is turned into its opposite",
        "The question before has no condition that could be turned into its opposite.",
    ),
    _form(
        rf"{_TO_DO}(?:the )?(?:others?|other ones|rest|remaining(?: ones)?|opposite|contrary)(?: of {_THEM})?",
        _opposite,
        "the last condition of the question before is turned into its opposite",
        "The question before has no condition that could be turned into its opposite.",
    ),
    _form(
        rf"{_TO_DO}(?:the )?(?:(?P<end>top|first|last|best|bottom|worst|highest|lowest)(?: (?P<count>[\w]+))??"
        rf"(?: ones?| rows?| results?| entries| of {_THEM}| only)*)",
        _limited,
        "only so many rows of the question before are kept",
    ),
    _form(
        rf"(?:and |now )?(?:make (?:it|that) |show |give me )?(?:the )?(?:top |first )?(?P<count>\w+)"
        rf"(?: instead| of {_THEM}| rows| ones| results)*",
        _relimited,
        "more or fewer rows of the question before are kept",
    ),
    _form(
        rf"(?:and |but )?(?:who|which|what)(?: ones?| (?P<noun>[\w-]+(?: [\w-]+)?))??(?: of {_THEM})? "
        r"(?:has|have|had|is|are|was|were|gets?|got|made) "
        r"(?:the )?(?P<end>most|fewest|least|highest|lowest|largest|smallest|biggest|greatest|best|worst|top)"
        r"(?: number| value| total| count| one| ones)?",
        _most,
        "the groups of the question before are ranked by their number",
    ),
    _form(
        rf"{_TO_DO}(?:as |in )?(?:an? |the )?(?:shares?|percentages?|percent|proportions?|%)"
        r"(?: of (?:the )?(?:total|whole|all))?",
        _shared,
        "each group's part of the total is shown",
    ),
    _form(
        r"(?:and |for |in |what about |how about |same |the same )*(?:the |that |a )?"
        r"(?:(?P<way>previous|prior|preceding|following|next) (?P<unit>day|week|month|quarter|year|period|one)|"
        r"(?P<unit2>day|week|month|quarter|year|period|one) (?P<way2>before|earlier|after|later)(?: that| then)?)",
        _moved,
        "the period of the question before is moved",
    ),
    _form(
        r"(?:and |but |now |show |what about |how about |the same |same )*(?:for |in |of |from |across |with )?"
        r"(?:all|any|every|each)(?: of)?(?: the)? (?P<noun>[\w -]+)",
        _freed,
        "the condition of the question before is left out",
    ),
    _form(_AVERAGE, _recast, "the same column is computed in another way"),
    _form(
        r"(?:and |show |it |them |that |make |group |grouped |break |broken |down )*"
        rf"(?:by |per |each |every |a |for each )*(?P<grain>{_GRAIN})",
        _regrained,
        "the dates of the question before are cut in another way",
    ),
)
