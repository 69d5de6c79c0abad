"""The set phrases themselves, as patterns over the forms of a question's words with one space between them.

General English alone. The first pattern that matches at a word wins. A group's name says what it holds: a grain to
compare along, how far back, a rank, a unit, or merely that it was said.
"""

from __future__ import annotations

import calendar
import re

from services.ml_gateway.engine.periods import PEAKS
from services.ml_gateway.engine.query.model import Cycle

_GRAIN = "day|week|month|quarter|year"
_UNITS = "(?:days?|weeks?|months?|quarters?|years?)"
_MORE = "growth|change|increase|decrease|decline|rise|drop|difference"
_OF = r"(?: of(?: the)?)?"
_VERSUS = r"versus|vs(?: \.)?|as against|against|as opposed to|in comparison (?:to|with)|(?:as )?compared (?:to|with)"
_THAN = rf"(?:{_VERSUS}|relative to|over|than|from)"
_BEFORE = "previous|prior|preceding"
_WHOLE = "(?: (?:the|all|our))?(?: (?:total|overall))?"
_PART = "shares?|percentage|percent|proportion|fraction|%"
_IT_TAKES = r"(?: it| they| we)?(?: (?:usually|normally|typically))?(?: take| last| pass)?(?: on average)?"

_PEAKS = "|".join(PEAKS)
_PEAK_OF = r"(?= for | by | in | with |\s*[?.]?$)"

CYCLES = (
    (r"days? of (?:the )?week|weekdays?|week days?", Cycle.WEEKDAY),
    (r"hours? of (?:the )?day|hours?|times? of (?:the )?day", Cycle.HOUR_OF_DAY),
    (r"days? of (?:the )?month", Cycle.DAY_OF_MONTH),
    (r"months? of (?:the )?year|calendar months?", Cycle.MONTH_OF_YEAR),
    (r"quarters? of (?:the )?year|calendar quarters?", Cycle.QUARTER_OF_YEAR),
)

CHANGES = (
    rf"(?:the )?(?P<grain>{_GRAIN}) (?:- )?(?:over|on|by|to|after) (?:- )?(?P=grain)(?: (?:{_MORE})(?: rate)?)?{_OF}",
    rf"(?P<short>[ymqwd])(?:o|(?: / ))(?P=short)(?: (?:{_MORE})(?: rate)?)?{_OF}",
    rf"{_THAN} (?:the )?same (?:{_UNITS}|period|time|date) (?:of |in )?(?:the )?(?:last|{_BEFORE}) (?P<since>{_GRAIN})",
    rf"{_THAN} (?:the )?same (?:{_UNITS}|period|time|date) (?:a|one) (?P<ago>{_GRAIN}) (?:ago|before|earlier)",
    rf"{_THAN} (?:the |each |its )?(?:{_BEFORE}) (?P<before>{_GRAIN}|period|one)",
    rf"{_THAN} the (?P<grain>{_GRAIN}) before",
    rf"(?:the )?(?:percentage |percent |% |relative |annual )?(?P<more>{_MORE})(?: rates?)?{_OF}",
    r"(?P<verb>grow|grew|grown|growing|increased|decreased|changed|declined|dropped|risen|rose)",
)
RUNNING = (
    rf"(?:the )?(?:running|cumulative|cumulated|accumulated)(?: (?:totals?|sums?|counts?){_OF})?",
    r"cumulatively",
)
SHARES = (
    rf"(?P<as>as) (?:a )?(?:{_PART})(?: (?:of|from)(?: the)?(?: (?:total|whole|all|overall|sum))?)?",
    rf"(?P<what>what |which |how large (?:a |is the ))?(?:the )?(?:{_PART}) (?:of|in){_WHOLE}",
)
PERCENTILES = (
    r"(?:the )?(?P<rank>\d+) ?(?:st|nd|rd|th)? percentile(?: (?:of|for)(?: the)?)?",
    r"(?:the )?p(?P<short_rank>\d\d)(?: (?:of|for)(?: the)?)?",
    rf"(?:the )?median{_OF}",
)
CYCLIC = (
    *(
        rf"(?:by|per|(?:for |in |on |at )?each|across|and|over) (?:the )?(?P<cycle{number}>{words})"
        for number, (words, _) in enumerate(CYCLES)
    ),
    *(
        rf"(?:the )?(?:{_PEAKS})(?: \d+)? (?P<peak{number}>{words})(?: ever| of all time)?{_PEAK_OF}"
        for number, (words, _) in enumerate(CYCLES)
    ),
    *(rf"(?:(?:on |at |in )?(?:which|what) )(?P<ask{number}>{words})" for number, (words, _) in enumerate(CYCLES)),
)
DURATIONS = (
    rf"(?:on average )?how (?:long|many (?P<unit>days|hours)) (?:does|do|did|is|are|was|were|until|till){_IT_TAKES}",
    r"(?:the )?(?:average |mean |median )?(?:number of )?(?P<length>days|hours|time|duration)(?: it takes)?"
    r"(?= (?:between|from))",
)
_ENDS = (
    "highest|largest|most|biggest|best|busiest|fullest|worst|greatest|newest|latest|lowest|smallest|fewest|least|oldest|"
    "eldest|youngest|earliest|cheapest|dearest|costliest|priciest|longest|shortest|tallest|heaviest|lightest|richest|"
    "fastest|slowest|thickest|thinnest"
)
_BETWEEN = r"(?: (?!than |to |first |of )[a-z]+){0,2}"
SORTED = (
    rf"(?:, |and |put |with )?(?:the )?(?P<end>{_ENDS}){_BETWEEN} (?:first|on top|at the top|to the top)",
    rf"(?:, |and )?(?:(?:sorted|ordered|ranked|listed|arranged) )?from (?:the )?(?P<end>{_ENDS})(?: expensive)? "
    rf"to (?:the )?(?:{_ENDS})(?: expensive)?",
)
QUOTIENTS = (r"(?:what is |what s |show )?(?:the |our )?ratio (?:of|between)(?: the| our)?(?= .+ (?:to|and|over) )",)
VERSUS = (_VERSUS, r"(?:compare|comparison of|comparing)(?: the)?")
PER_EACH = (
    r"(?:the )?(?:average|mean|avg)(?= numbers? of)",
    r"(?:the )?(?P<metric>average|mean|avg)(?= (?:[a-z]+ ){1,4}(?:per|for each) [a-z]+(?: by| across|\s*[?.]?$))",
)
_OFTEN = "daily|weekly|monthly|quarterly|yearly|annual"
_A_PERIOD = rf"(?:per|each|every) (?:calendar )?(?:{_GRAIN})"
PER_PERIOD = (
    rf"(?:the |our )?(?:average|mean|avg)(?= (?:numbers? of )?(?:{_OFTEN}) )",
    rf"(?:{'|'.join(f'(?<={word} )' for word in _OFTEN.split('|'))})(?:average|mean)(?! of all)",
    rf"(?:the |our )?(?:average|mean|avg)(?= (?:(?!per |each |every |by )[a-z]+ ){{1,5}}{_A_PERIOD})",
    r"on average",
)
EACH_PERIOD = re.compile(rf"(?<!\S)(?:{_OFTEN}|{_A_PERIOD})(?!\S)")
_WEEK = tuple(day.lower() for day in calendar.day_name)
WEEKDAYS = {  # from 1, which is Monday
    "weekend": (6.0, 7.0), "weekday": (1.0, 2.0, 3.0, 4.0, 5.0), "working day": (1.0, 2.0, 3.0, 4.0, 5.0),
    **{day: (float(number),) for number, day in enumerate(_WEEK, start=1)},
}  # fmt: skip
_NAMED = "|".join(_WEEK)
DAYS = (
    rf"(?:on|at|during) (?:the |a )?(?P<days>weekends?|weekdays|working days|(?:{_NAMED})s)",
    r"(?<!last )(?<!past )(?<!this )(?<!next )(?<!previous )(?<!by )(?<!per )(?<!each )(?<!every )(?<!the )"
    r"(?P<days>weekends?)(?= \w)",
)
NEW = (r"(?:brand )?new(?:ly (?:registered|joined|added|acquired))?",)
_OF_SEVERAL = r"(?= [a-z]+s(?!\S))"
AGAIN = (rf"(?:repeat(?:ing|ed)?|returning){_OF_SEVERAL}", rf"(?P<once>one|first)(?: - | )?time(?:rs)?{_OF_SEVERAL}")
UNDONE = (
    r"un(?P<undone>paid|sold|sent|read|[a-z]{2,}ed)",
    r"(?P<undone>still) (?:employed|here|with us|working|around)",
)
FISCAL = (r"(?:by|per|(?:for |in )?each|every|across) (?:fiscal|financial) (?P<grain>quarter|year)s?",)
