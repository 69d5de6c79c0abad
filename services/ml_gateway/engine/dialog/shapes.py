"""Shapes of English by which a follow-up is known, whatever the data are."""

from __future__ import annotations

import re

_BE_AND_DO = (
    "is|are|was|were|has|have|had|do|does|did|can|live|lives|lived|come|comes|work|works|cost|costs|earn|earns|made|"
    "make|makes|got|get|gets|belong|belongs|start|starts|end|ends|contain|contains|weigh|weighs"
)


_SENTENCE = (
    r",|\b(?:what|how|which|who|is|are|was|were|do|does|did|has|have|give|find|list|return|count|tell|display|"
    r"calculate|compute|show(?= \w))\b"
)


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


SORTING = _shape(
    r"(?:(?:and |now |then )*(?:sort|order|rank|arrange|sorted|ordered|ranked)\b"
    r"(?: (?:(?:this|that|the|these|those) (?:lists?|results?|rows|table|output|answers?|entries|records)|"
    r"them|those|these|it|that)\b)?)"
    r"(?P<by>.*)"
)
GROUPING = _shape(
    r"(?:and |also |show |it |them |those |that |now |me |break |broken |split |down |group |grouped )*"
    r"(?P<by>(?:by|per|for each|for every|in each|across)\b(?:(?!" + _SENTENCE + r").)+)"
)  # "for each city", and not "for each city, how many are there"
BY_GROUP = _shape(r"\S (?:by|per|(?:for|of|in) (?:each|every)) \w")
CONDITION = _shape(
    r"(?:the |those |these )?(?:ones? )?"
    r"(?:for|in|from|with|without|since|before|after|during|on|at|to|until|between|over|under|above|below|more|less|"
    r"fewer|older|younger|larger|smaller|higher|lower|longer|shorter|that|who|whose|where|which|having|not|except|"
    r"excluding|located|living|named|called|starting|ending|of)\b"
)
CHOOSING = _shape(
    rf"(?:which|who|what(?! (?:is|are|was|were|do|does|did|can)\b))(?= (?:{_BE_AND_DO}|\w+ed)\b)"
)  # "which has the highest": no noun of its own
BEING = _shape(
    r"(?:who|what) (?:is|are|was|were) (?:the|its|their) (?!\w+est\b|most\b|least\b|ones?\b)"
)  # "who were the"
HOW_MANY = _shape(rf"how many(?= (?:{_BE_AND_DO}|in|with|without|from|at|over|under|for|per|by|\w+ed)\b)")
QUESTION = _shape(r"(?:which|what|who|whose|where) ")  # a whole one, where nothing opens it
SINGLE = _shape(r"\s+(?:is|was|has|does|lives|costs|earns|\w+es|\w+ts)\b")
WHICH_NOUN = _shape(r"(?:which|what|whose) [\w-]+(?: [\w-]+)?")
BARE_END = _shape(
    r"(?:which|what|who)(?: [\w-]+){0,3} (?:the )?"
    r"(?:most|fewest|least|highest|lowest|largest|smallest|biggest|greatest)"
    r"(?: number| one| ones| value| count| total)?"
)  # the most of what was counted
IN_WHICH = _shape(r"(?:in|at|on|from|for|of|with) (?:which|what) (?P<noun>[\w-]+(?: [\w-]+)?)")
HOW_OR_WHAT = _shape(r"(?:how|what) (?:is|are|was|were|\w+ (?:is|are|was|were)) the ")
VERB = _shape(
    r"\b(?:is|are|was|were|do|does|did|has|have|show|list|give|find|count|how \w+|which|who|what|tell|"
    r"return|display|get|where|when)\b"
)
ASKING = _shape(r"(?:show|list|give|find|tell|return|display|get|what|provide|see)\b")
BEST = _shape(r"\b(?:the )?(?:\w+est|most \w+|least \w+|top|best|worst|highest|lowest)\b")
THE_BEST = _shape(r"the (?:\w+est|most \w+|least \w+|best|worst)")
# A number that is named in full is a question without a verb: "total weight by city", "number of visits".
WHOLE = _shape(
    r"(?:\w+ (?:by|per|for each|in each|over) \w+)|"
    r"\b(?:number|count|total|sum|average|avg|mean|median|minimum|maximum|share|percentage|top \d+) "
    r"(?:of )?(?:the )?\w+"
)
LEADING = _shape(r"(?:(?:for|of|in|about|to|on)\s+)?(?:(?:the|those|these|all)\s+)?")
THE = _shape(r"\bthe\b")
ARTICLE = _shape(r"(?:the|a|an) ")
REST = _shape(r"(?:only |just )?(?:(?:the |those |these )?ones? |those |these )?")
CLAUSE = _shape(
    r"\b(?:in|of|from|with|without|by|for|at|on|to|since|before|after|during|between|over|under|above|below|more|less|"
    r"is|are|was|were|has|have|had|do|does|did|that|who|which|where|when|sorted|ordered|order|sort|their|its)\b|,"
)
