"""Follow-ups about numbers by group, or about the one that a ranking chose, that need no reader.

"only those with more than two", "sort by the number", "which has the most?", "and the fewest?".
"""

from __future__ import annotations

import re
from dataclasses import replace

from services.ml_gateway.engine.dialog import ordering
from services.ml_gateway.engine.dialog.form import LIST, THEM, TO_DO, Form, number
from services.ml_gateway.engine.dialog.model import Before
from services.ml_gateway.engine.dialog.parts import base, is_measure, measures
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.linking import best_division, spans
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.naming import table_label
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Compare,
    Expression,
    Field,
    Function,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import name_words, tokenize
from services.ml_gateway.engine.vocabulary import FIGURES

_HIGH = "most|highest|largest|biggest|greatest|maximum|best|top"
_LOW = "fewest|least|lowest|smallest|minimum|worst"
_COMMON = "most (?:common|frequent|popular|often)|commonest"
_RARE = "least (?:common|frequent|popular|often)|rarest"
_EXTREMES = (
    "high(?:est)?|larg(?:e|est)|big(?:gest)?|great(?:est)?|most|low(?:est)?|small(?:est)?|least|fewest|new(?:est)?|latest|"
    "old(?:est)?|earliest|long(?:est)?|short(?:est)?"
)
# "From the highest to the lowest".
FROM_TO = rf"(?:the )?(?:{_EXTREMES}) to (?:the )?(?:{_EXTREMES})"
_DOWN = re.compile(
    r"\b(?:desc|decreas|(?:high|larg|big|great|most|new|lat|long)\w* (?:to|first)\b|z to a\b|from z\b)", re.IGNORECASE
)
_FUNCTIONS = {
    "number": Function.COUNT, "count": Function.COUNT, "average": Function.AVG, "mean": Function.AVG,
    "total": Function.SUM, "sum": Function.SUM,
}  # fmt: skip
_BOUNDS = {
    "more than": Operator.GREATER, "over": Operator.GREATER, "above": Operator.GREATER, "at least": Operator.AT_LEAST,
    "fewer than": Operator.LESS, "less than": Operator.LESS, "under": Operator.LESS, "below": Operator.LESS,
    "at most": Operator.AT_MOST, "no more than": Operator.AT_MOST, "exactly": Operator.EQUAL, "only": Operator.EQUAL,
}  # fmt: skip
_OR = {"more": Operator.AT_LEAST, "fewer": Operator.AT_MOST, "less": Operator.AT_MOST}


def downward(words: str) -> bool:
    """Whether words of an order begin with the greatest, the newest or the end of the alphabet."""
    return bool(_DOWN.search(words))


def _most(match: re.Match[str], before: Before, index: Index) -> Query | None:
    """Of groups: "which one has the most?"."""
    if match["noun"] and not _is_group(match["noun"], before.query, index):
        return None
    held, said = before.query, match.groupdict()
    if said.get("deed") and _is_figure(said["deed"], index):
        return None  # "which teacher earns the most" after courses by teacher
    ranked = [one.by for one in held.order if is_measure(one.by)] if held.limit is not None else []
    if not held.group or not (measures(held) or ranked):
        return None
    if "average" in (match["figure"] or "") and not _has_mean(measures(held) or tuple(ranked)):
        return None
    down = bool(re.match(f"(?:{_COMMON}|{_HIGH})$", match["end"]))
    if ranked and not measures(held):  # "which has the fewest" after the one with the most
        return replace(held, order=(Ordering(ranked[0], down),))
    if held.limit is not None and held.order != (Ordering(measures(held)[0], down),):
        return None
    return ordering.top(held, 1, descending=down)


def _is_figure(verb: str, index: Index) -> bool:
    """Whether a verb may be about a column's figures, and not about how many rows there are."""
    token = tokenize(verb)[0]
    if any({token.form, token.lemma} & said for said, _ in FIGURES.values()):
        return True
    links = [link for span in spans(tokenize(verb), index) for link in span.links]
    return any(link.target.kind in (TargetKind.COLUMN, TargetKind.METRIC) for link in links)


def _has_mean(numbers: tuple[Expression, ...]) -> bool:
    """Whether the first of the numbers, by which groups are ranked, is an average."""
    return isinstance(numbers[0], Aggregate) and numbers[0].function is Function.AVG


def _other_end(match: re.Match[str], before: Before, index: Index) -> Query | None:
    """ "And the fewest?" after the one with the most: the other end of the same ranking."""
    held = before.query
    if held.limit is None or not held.order or held.combined:
        return None
    by = held.order[0].by
    numeric = isinstance(by, Field) and index.catalog.columns[by.key].data_type.numeric
    down = bool(re.match(f"(?:{_HIGH})$", match["end"]))
    if held.order[0].descending == down or not (numeric or is_measure(by)):
        return None
    return replace(held, order=(Ordering(by, down), *held.order[1:]))


def _is_group(noun: str, query: Query, index: Index) -> bool:
    """Whether the words may name what the query groups by."""
    rows = {one.table for one in query.group if isinstance(one, Rows)}
    keys = {one.key for one in query.group if isinstance(one, Field)}
    for span in best_division(spans(tokenize(noun), index)):
        for link in span.links:
            target = link.target
            if target.kind is TargetKind.TABLE and target.table in rows:
                return True
            if target.kind is TargetKind.COLUMN and ColumnKey(target.table, target.column) in keys:
                return True
    return False


def _bounded(match: re.Match[str], before: Before, index: Index) -> Query | None:
    """ "Only those with more than two": the groups whose number lies so."""
    held, count = before.query, number(match["count"])
    shown = measures(held)
    rows = base(held)
    if not held.group or held.limit is not None or count is None or rows is None:
        return None
    counts = [one for one in shown if isinstance(one, Aggregate) and one.function is Function.COUNT]
    if match["noun"] and not _names(match["noun"], counts, rows, index):
        return None
    if not match["noun"] and len(shown) != 1:
        return None
    by: Expression = counts[0] if match["noun"] and counts else shown[0] if shown else Aggregate(Function.COUNT, rows)
    operator = _OR[match["or"]] if match["or"] else _BOUNDS[match["bound"] or "exactly"]
    bound = Compare(by, operator, (float(count),))
    return replace(held, having=Both((held.having, bound)) if held.having else bound)


def _names(noun: str, counts: list[Aggregate], rows: Rows, index: Index) -> bool:
    """Whether the noun is what is counted."""
    counted = counts[0].of if counts else rows
    table = counted if isinstance(counted, Rows) else counted.rows if isinstance(counted, Field) else rows
    last = name_words(noun)[-1:]
    return last == name_words(table_label(table.table, index))[-1:]


def _by_number(match: re.Match[str], before: Before, index: Index) -> Query | None:
    """ "Sort by the number": by a number that is shown."""
    held = before.query
    shown = measures(held)
    if not held.group or not shown or held.limit is not None:
        return None
    wanted = _FUNCTIONS.get(match["what"])
    fitting = [one for one in shown if wanted and isinstance(one, Aggregate) and one.function is wanted]
    counts = [one for one in fitting if isinstance(one, Aggregate) and one.function is Function.COUNT]
    rows = base(held)
    if match["noun"] and not (rows and counts and _names(match["noun"], counts, rows, index)):
        return None
    return replace(held, order=(Ordering((fitting or shown)[0], downward(match.group())),))


_HAS = "has|have|had|is|are|was|were|gets?|got|made|occurs?|appears?"
_WORDS = "|".join(sorted(_BOUNDS, key=len, reverse=True))
_AT_LEAST = r"(?: or (?P<or>more|fewer|less))?(?: of them| (?P<noun>[\w-]+(?: [\w-]+)?))?"
_FIGURE = " (?:number|value|total|count|average|mean|sum|amount)"
_DIRECTION = (
    r"(?:(?:the )?(?:descending|decreasing|desc|ascending|increasing|asc)(?:ly)?(?: order)?|"
    rf"{FROM_TO}|(?:{_EXTREMES}) first)"
)
_WHAT = "(?P<what>number|count|total|sum|average|mean|amount|result|value|figure|quantity)"
GROUP_FORMS = (
    Form.of(
        rf"(?:and |but |now )*(?:who|which|what)(?: ones?| (?P<noun>[\w-]+(?: [\w-]+)?))??(?: of {THEM})? "
        rf"(?:{_HAS}|(?P<deed>\w+)) (?:the )?(?P<end>{_COMMON}|{_RARE}|{_HIGH}|{_LOW})"
        rf"(?:(?P<figure>{_FIGURE})| one| ones)?",
        _most,
        "the groups of the question before are ranked by their number",
    ),
    Form.of(
        rf"{TO_DO}(?:the )?(?:one|(?P<noun>[\w-]+(?: [\w-]+)?)) (?:with|having|that has|which has|who has) "
        rf"(?:the )?(?P<end>{_HIGH}|{_LOW})(?P<figure>{_FIGURE})?(?: only)?",
        _most,
        "the groups of the question before are ranked by their number",
    ),
    Form.of(
        r"(?:and |but |now |what |about |how |who |which |one |ones |has |have |is |are |the |show |me )*"
        rf"(?:with |having )?(?:the )?(?P<end>{_HIGH}|{_LOW})(?: one| ones| number| value| amount| count| instead)*",
        _other_end,
        "the other end of the same ranking is taken",
    ),
    Form.of(
        rf"{TO_DO}(?:the |all )*(?:ones?|those|them|groups)? ?(?:of {THEM} )?(?:that |which |who )?"
        r"(?:with|having|have|has|had)(?: there are)? "
        rf"(?:(?P<bound>{_WORDS}) )?(?P<count>\w+)"
        rf"{_AT_LEAST}",
        _bounded,
        "only the groups are kept whose number lies so",
    ),
    Form.of(
        rf"(?:and |but )*(?:who|which(?: ones?| of {THEM})?|(?:only |just )?(?:those|the ones) (?:who|that|which)) \w+ "
        rf"(?P<bound>{_WORDS}) (?P<count>\w+){_AT_LEAST}",
        _bounded,
        "only the groups are kept whose number lies so",
    ),
    Form.of(
        rf"(?:and |now |then )*(?:sort|order|rank|arrange|sorted|ordered|ranked)(?: (?:{THEM}|{LIST}))? "
        rf"(?:by (?:the |their |its |that |this )?|in {_DIRECTION} (?:of |by )(?:the |their |its )?){_WHAT}"
        rf"(?: of (?P<noun>[\w-]+(?: [\w-]+)?))??(?:,? (?:in |from )?{_DIRECTION})?",
        _by_number,
        "the groups are put in the order of their number",
    ),
)
