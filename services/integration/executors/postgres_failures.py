"""SQLSTATEs of a query that failed, told in our own words: the source's text may quote data."""

import asyncpg

from services.integration.executors.errors import QueryFailed, SourceError, TimedOut, Unreachable

# What a driver raises; anything else is a defect of ours or an outcome that has its kind already.
DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)

_TEXTS = {
    "22012": "The query divides by zero: leave out the rows where the divisor is 0, for example with NULLIF.",
    "22003": "A number in the query grows beyond its type's range: cast to a wider type.",
    "22P02": "A text in the query can't be read as the type it is cast to.",
    "22007": "A text in the query isn't a date or time as expected.",
    "22008": "A date in the query is beyond the range of dates.",
    "21000": "A sub-query gives more than one row where one is needed.",
    "42501": "The source no longer lets these credentials read a table of the query: restore the right to SELECT.",
    "42P01": "A table of the query no longer exists in the source: its catalog must be read anew.",
    "42703": "A column of the query no longer exists in the source: its catalog must be read anew.",
    "53100": "The source ran out of disk space for the query: ask for less.",
    "53200": "The source ran out of memory for the query: ask for less.",
}
_CLASSES = {
    "22": "A value in the data doesn't fit what the query does with it.",
    "42": "The source can't make sense of the query.",
    "53": "The source is short of resources: try again later, or ask for less.",
    "54": "The query is over a limit of the source: make it simpler.",
}
# Connection exceptions, and a server that is shutting down or starting.
_GONE = ("08", "57P")


def query_failure(error: Exception) -> SourceError:
    """The kind of failure of a query that was running."""
    if isinstance(error, asyncpg.QueryCanceledError | asyncpg.LockNotAvailableError | TimeoutError):
        return TimedOut("The source didn't finish in the time allowed: ask for less, or for a shorter period.")
    state = getattr(error, "sqlstate", "") or ""
    if isinstance(error, OSError | asyncpg.InterfaceError | asyncpg.InternalClientError) or state.startswith(_GONE):
        return Unreachable("The connection to the source broke off during the query: try again.", sqlstate=state)
    text = _TEXTS.get(state) or _CLASSES.get(state[:2]) or "The source refused the query."
    return QueryFailed(text, sqlstate=state)
