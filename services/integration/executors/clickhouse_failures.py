"""Error codes of ClickHouse, told in our own words: the source's text quotes data and the query."""

from __future__ import annotations

import re

from services.integration.executors.errors import QueryFailed, SourceError, TimedOut, TooLarge, Unreachable

_TIMED_OUT = {159, 160, 209}
_TOO_LARGE = {396}
_GONE = {210, 279, 236}
_CANCELLED = 394
_IN_BODY = re.compile(rb"Code: (\d{1,5})[.,:]")

_TEXTS = {
    153: "The query divides by zero: leave out the rows where the divisor is 0, for example with NULLIF.",
    407: "A number in the query grows beyond its type's range: cast to a wider type.",
    69: "A number in the query grows beyond its type's range: cast to a wider type.",
    321: "A number in the query grows beyond its type's range: cast to a wider type.",
    125: "A sub-query gives more than one row where one is needed.",
    60: "A table of the query no longer exists in the source: its catalog must be read anew.",
    81: "A database of the query no longer exists in the source: its catalog must be read anew.",
    16: "A column of the query no longer exists in the source: its catalog must be read anew.",
    47: "A column of the query no longer exists in the source: its catalog must be read anew.",
    241: "The source ran out of memory for the query: ask for less.",
    243: "The source ran out of disk space for the query: ask for less.",
    202: "The source runs too many queries at once: try again later.",
    164: "The query changes something, or the source lets these credentials set no limits: use an account whose "
    "profile has readonly = 2.",
    452: "The source doesn't let these credentials set the limits of a query: allow it in the account's profile.",
    497: "The source no longer lets these credentials read a table of the query: restore the right to SELECT.",
    50: "The result has a column of a type that can't be passed on: leave it out, or cast it to text.",
    **dict.fromkeys((158, 307, 191, 161), "The query is over a limit of the source: make it simpler, or ask for less."),
    **dict.fromkeys(
        (6, 26, 27, 32, 38, 41, 53, 70, 72, 131, 349, 395, 457, 467),
        "A value in the data doesn't fit what the query does with it.",
    ),
    **dict.fromkeys(
        (36, 42, 43, 44, 46, 62, 63, 184, 207, 215, 352, 386, 403), "The source can't make sense of the query."
    ),
}


def code_in(text: bytes) -> int:
    """The code of the exception that a server wrote into a result, or 0."""
    found = _IN_BODY.findall(text[-64 * 1024 :])
    return int(found[-1]) if found else 0


def query_failure(code: int) -> SourceError:
    """The kind of failure of a query, by the server's code; 0 if it told none."""
    state = str(code) if code else ""
    if code in _TIMED_OUT:
        return TimedOut("The source didn't finish in the time allowed: ask for less, or for a shorter period.")
    if code in _TOO_LARGE:
        return TooLarge("The result is larger than can be sent: ask for fewer rows or columns.")
    if code in _GONE or not code:
        return Unreachable("The connection to the source broke off during the query: try again.", sqlstate=state)
    if code == _CANCELLED:
        return QueryFailed("The source ended the query: try again, or ask its administrator.", sqlstate=state)
    return QueryFailed(_TEXTS.get(code, "The source refused the query."), sqlstate=state)
