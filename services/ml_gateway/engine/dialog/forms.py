"""Follow-ups that are understood without a reader: they name nothing of the data, or just one thing of it.

"how many of them", "the other way round", "only the top 3", "and the average?", "without the filter".
"""

from __future__ import annotations

import re
from dataclasses import replace

from services.ml_gateway.engine.dialog import columns, conditions, grouping, numbers, ordering, times
from services.ml_gateway.engine.dialog.column_forms import COLUMN_FORMS
from services.ml_gateway.engine.dialog.form import NOT, THEM, TO_DO, Form, number
from services.ml_gateway.engine.dialog.fragments import FUNCTIONS
from services.ml_gateway.engine.dialog.group_forms import FROM_TO, GROUP_FORMS, downward
from services.ml_gateway.engine.dialog.model import Before
from services.ml_gateway.engine.dialog.parts import base, condition_fields, conjuncts, is_measure, measures
from services.ml_gateway.engine.dialog.wording import key_of
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.naming import table_label
from services.ml_gateway.engine.periods import ADVERBS, UNITS
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Expression,
    Field,
    Function,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reading import Grain, Operator
from services.ml_gateway.engine.tokens import lemma, name_words


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
    said, held = match.group(), before.query
    down = downward(said)
    if held.order or not _NATURAL.search(said):
        return ordering.directed(held, down)
    by = _natural(said, held, index)
    return replace(held, order=(Ordering(by, down),)) if by is not None and held.limit is None else None


def _natural(said: str, held: Query, index: Index) -> Expression | None:
    """What "alphabetical", "from the newest to the oldest" or "highest first" sorts by: the one thing shown that has
    such an order; None where there are none or several.
    """
    kinds = {one: index.catalog.columns[one.key].data_type for one in held.show if isinstance(one, Field)}
    if _ALPHABET.search(said):
        return next((one for one, kind in kinds.items() if not (kind.numeric or kind.temporal)), None)
    if _AGES.search(said):
        dates = [one for one, kind in kinds.items() if kind.temporal or "year" in name_words(one.key.name)]
        return dates[0] if len(dates) == 1 else None
    found = measures(held) or tuple(one for one, kind in kinds.items() if kind.numeric)
    return found[0] if len(found) == 1 else None


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
    end, count = match["end"], number(match["count"])
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


def _affirmed(_: re.Match[str], before: Before, index: Index) -> Query | None:
    """ "Those who did" after those who did not."""
    held = [one for one in before.latest if one in conjuncts(before.query.where)] or list(conjuncts(before.query.where))
    return conditions.opposite(before.query, *before.latest) if held and conditions.is_negative(held[-1]) else None


def _other_side(match: re.Match[str], before: Before, index: Index) -> Query | None:
    """ "And those with fewer?" after those with more than ten: fewer than ten."""
    held = conjuncts(before.query.where)
    up = match["end"] in ("more", "higher", "larger", "bigger", "above", "over")
    ends = (Operator.LESS, Operator.AT_MOST) if up else (Operator.GREATER, Operator.AT_LEAST)
    bounds = [one for one in held if isinstance(one, Compare) and one.operator in ends]
    if not bounds:
        return None
    turned = replace(bounds[-1], operator=Operator.GREATER if up else Operator.LESS)
    return conditions.put(before.query, turned)


def _both_shown(_: re.Match[str], before: Before, index: Index) -> Query | None:
    """ "Show me both": the columns of the last two answers about the same rows."""
    show = tuple(dict.fromkeys((*before.shown, *before.query.show)))
    held = before.query
    if held.group or any(is_measure(one) for one in show) or len(show) == len(held.show):
        return None
    return replace(held, show=show, distinct=False)


def _counted_once(_: re.Match[str], before: Before, index: Index) -> Query | None:
    """ "How many different ones": the values that are shown, each once."""
    held = before.query
    shown = held.show[0] if len(held.show) == 1 else None
    if not isinstance(shown, Field) or held.group or held.limit is not None or held.combined:
        return None
    return replace(held, show=(Aggregate(Function.COUNT, shown, distinct=True),), order=(), distinct=False)


def _relimited(match: re.Match[str], before: Before, index: Index) -> Query | None:
    count = number(match["count"])
    return replace(before.query, limit=count) if count and before.query.limit is not None else None


def _shared(_: re.Match[str], before: Before, index: Index) -> Query | None:
    return numbers.shared(before.query)


def _moved(match: re.Match[str], before: Before, index: Index) -> Query | None:
    back = (match["way"] or match["way2"]) in ("previous", "prior", "preceding", "before", "earlier")
    unit, sign = match["unit"] or match["unit2"], -1 if back else 1
    if unit in ("period", "one", "time"):
        return times.neighbour(before.query, sign)
    return times.shifted(before.query, UNITS[unit], sign)


def _a_year_before(_: re.Match[str], before: Before, index: Index) -> Query | None:
    return times.shifted(before.query, Grain.YEAR, -1)


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


_NATURAL = re.compile(r"\bfirst\b| to |alphabet")
_ALPHABET = re.compile(r"alphabet|\b[az] to [az]\b")
_AGES = re.compile(r"\b(?:new|old|lat|earl)\w*\b")
_FUNCTION = "|".join(sorted(FUNCTIONS, key=len, reverse=True))
_GRAIN = "|".join([*ADVERBS, *(f"{unit}s?" for unit in UNITS)])
_AVERAGE = rf"{TO_DO}(?:on )?(?:the |their |its )*(?P<function>{_FUNCTION})(?: value| one| amount| of {THEM})?"
_COUNT = (
    "(?:and )?(?:how many|count|the (?:total )?(?:number|count)|total number|number|"
    rf"how many (?:rows|results|records)|what(?: is|'s) (?:the|their) (?:total )?(?:number|count))(?: of)?(?: {THEM})?"
    r"(?: are| were| is)?(?: there| they| that| it)?(?: are there)?(?: in (?:total|all)|altogether)?"
)

_EACH_ONCE = (
    "(?:and )?(?:how many|count|what(?: is|'s) the number of) (?:of (?:them|those|these) )?(?:the )?"
    rf"(?:different|distinct|unique)(?: ones| values| of {THEM}| {THEM})*(?: are| were| is)?(?: there| they)?"
)
_ALSO_FORMS = (Form.of(_AVERAGE, _also_recast, "the same column is computed in a second way"),)
_FORMS = (
    Form.of(_EACH_ONCE, _counted_once, "each value of the question before is counted once"),
    Form.of(_COUNT, _counted, "the rows of the question before are counted"),
    Form.of(
        rf"(?:and |now )?(?:(?:sort|order|rank|arrange|sorted|ordered|ranked|show|list|put)(?: me)?(?: {THEM})? )?"
        r"(?:(?:in |the )*(?:reverse(?:d)?|opposite|inverse|other)(?: order| direction| way(?: a?round)?)?|"
        rf"(?:reverse|flip|invert)(?: {THEM}| the order| the sorting)?)",
        _turned,
        "the order of the question before is turned round",
        "The question before has no order that could be turned round. Say by what to sort.",
    ),
    Form.of(
        rf"(?:and |now )?(?:(?:sort|order|rank|arrange|sorted|ordered|show|list|put|display|give)(?: me)?(?: {THEM})?"
        r"(?: by (?:it|that|this))? ?)?"
        r"(?:in |from )?(?:(?:descending|decreasing|desc|ascending|increasing|asc)(?:ly)?(?: order)?|"
        r"(?:highest|largest|most|newest|latest|lowest|smallest|least|oldest|earliest) first|"
        rf"{FROM_TO}(?: number| value| count| one| amount)?|a to z|z to a|alphabetical(?:ly| order)?)",
        _directed,
        "the rows of the question before are put in order",
    ),
    Form.of(
        rf"{TO_DO}(?:all(?: of (?:{THEM}))?|everything|all rows|no filters?|everyone|"
        r"(?:remove|drop|clear|without|ignore|forget|delete) (?:all |any |the |that |this )*"
        r"(?:filters?|conditions?|restrictions?|limits?))",
        _all,
        "the conditions of the question before are left out",
        "The question before has no condition that could be left out.",
    ),
    Form.of(
        r"(?:and |for |of |over |in |during |across )*(?:all time|all times|all periods|the whole (?:time|period)|"
        r"any (?:time|period)|all dates|ever|all years)",
        _timeless,
        "the period of the question before is left out",
    ),
    Form.of(
        r"(?:and |show |give |me |just )*(?:in total|overall|altogether|the (?:grand |overall )?total(?: number)?|"
        r"(?:without|no) (?:the |any )?(?:grouping|groups|breakdown)|all together)",
        _ungrouped,
        "the groups of the question before are put together",
    ),
    Form.of(
        rf"(?:and |but )?how many(?: of {THEM}| ones)? (?:do|does|did|are|is|was|were|have|has|had)(?: {NOT}|{NOT})"
        r"(?: have| any| one| so| be)*",
        _other_count,
        "the rows for which the last condition doesn't hold are counted",
    ),
    Form.of(
        rf"(?:and |but )?how many (?:of {THEM} )?(?:do|does|did) (?:it|they|he|she|{THEM}|that one|this one)"
        r"(?: have| make| made| get| own| win| do)?|(?:and )?(?:how many|how much|what(?:'s| is) (?:the|that|its) "
        r"(?:number|count|total)) (?:is|was) (?:it|that|this)|"
        r"(?:and )?what(?:'s| is) (?:that|its|the) (?:number|count)",
        _its_number,
        "the number is shown by which the one of the question before was chosen",
    ),
    Form.of(
        rf"{TO_DO}(?:the )?(?:(?:distinct|different|unique)(?: ones?| values?| rows?| results?| {THEM})*)|"
        rf"(?:remove|drop|without|no|exclude|eliminate|get rid of|leave out|delete)(?: the| any| all)? "
        rf"(?:duplicates?|repeats|repetitions|doubles)(?: ones| rows| values)?(?: (?:from|of|in) {THEM})?",
        _once,
        "each of the question before is shown once",
    ),
    Form.of(
        rf"{TO_DO}(?:the )?(?:ones?|those|them|which|which ones?|who|that)?(?: (?:who|that|which))? ?"
        rf"(?:do|does|did|are|is|was|were|have|has|had|can|could|will)(?: {NOT}|{NOT})(?: have| any| one| so| be)*",
        _opposite,
        "the last condition of the question before is turned into its opposite",
        "The question before has no condition that could be turned into its opposite.",
    ),
    Form.of(
        rf"{TO_DO}(?:the )?(?:others?|other ones|rest|remaining(?: ones)?|opposite|contrary)(?: of {THEM})?",
        _opposite,
        "the last condition of the question before is turned into its opposite",
        "The question before has no condition that could be turned into its opposite.",
    ),
    *GROUP_FORMS,
    *COLUMN_FORMS,
    Form.of(
        rf"{TO_DO}(?:the )?(?:ones?|those|them|which|which ones?|who|that)(?: (?:who|that|which))? "
        r"(?:do|does|did|are|is|was|were|have|has|had)(?: one| any| some| so)?",
        _affirmed,
        "the last condition of the question before is turned into its opposite",
    ),
    Form.of(
        rf"{TO_DO}(?:the )?(?:ones?|those|them|which|which ones?)? ?(?:with |that have |having |who have |have )?"
        r"(?P<end>more|higher|larger|bigger|above|over|fewer|less|lower|smaller|below|under)"
        r"(?:(?: than)? that| ones?)?",
        _other_side,
        "the last bound of the question before is turned round",
    ),
    Form.of(
        rf"{TO_DO}(?:the )?(?:both|both of (?:them|those|these)|(?:the two|them|those|these) (?:together|both))",
        _both_shown,
        "what was shown in the last two answers is shown together",
    ),
    Form.of(
        rf"{TO_DO}(?:the )?(?:(?P<end>top|first|last|best|bottom|worst|highest|lowest)(?: (?P<count>[\w]+))??"
        rf"(?: ones?| rows?| results?| entries| of {THEM}| only)*)",
        _limited,
        "only so many rows of the question before are kept",
    ),
    Form.of(
        rf"(?:and |now )?(?:make (?:it|that) |show |give me )?(?:the )?(?:top |first )?(?P<count>\w+)"
        rf"(?: instead| of {THEM}| rows| ones| results)*",
        _relimited,
        "more or fewer rows of the question before are kept",
    ),
    Form.of(
        rf"{TO_DO}(?:as |in )?(?:an? |the )?(?:shares?|percentages?|percent|proportions?|%)"
        r"(?: of (?:the )?(?:total|whole|all))?",
        _shared,
        "each group's part of the total is shown",
    ),
    Form.of(
        r"(?:and |for |in |what about |how about )*(?:the )?same (?:day|week|month|quarter|period|time|one) "
        r"(?:of |in )?(?:(?:the )?(?:last|previous|prior) year|the year before|(?:a|one) year (?:ago|before|earlier))",
        _a_year_before,
        "the period of the question before is moved to the year before",
    ),
    Form.of(
        r"(?:and |for |in |what about |how about |same |the same )*(?:the |that |a )?"
        r"(?:(?P<way>previous|prior|preceding|following|next) (?P<unit>day|week|month|quarter|year|period|one)|"
        r"(?P<unit2>day|week|month|quarter|year|period|one) (?P<way2>before|earlier|after|later)(?: that| then)?)",
        _moved,
        "the period of the question before is moved",
    ),
    Form.of(
        r"(?:and |but |now |show |what about |how about |the same |same )*(?:for |in |of |from |across |with )?"
        r"(?:all|any)(?: of)?(?: the)? (?P<noun>[\w -]+)",
        _freed,
        "the condition of the question before is left out",
    ),
    Form.of(_AVERAGE, _recast, "the same column is computed in another way"),
    Form.of(
        r"(?:and |show |it |them |that |make |group |grouped |break |broken |down )*"
        rf"(?:by |per |each |every |a |for each )*(?P<grain>{_GRAIN})",
        _regrained,
        "the dates of the question before are cut in another way",
    ),
)
