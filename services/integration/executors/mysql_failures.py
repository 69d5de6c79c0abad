"""Error numbers of MySQL and MariaDB, told in our own words: the source's text may quote data."""

from __future__ import annotations

from asyncmy.errors import MySQLError

from services.integration.executors.errors import QueryFailed, SourceError, TimedOut, Unreachable

# The server's limit on a statement (MySQL's number and MariaDB's), waiting for a lock, and being killed.
_TIMED_OUT = {3024, 1969, 1205, 1907}
_ENDED = 1317
# The server is stopping, ended the connection, or (2000 and up) the driver lost it.
_GONE = {1053, 1152, 1158, 1159, 1160, 1161, 1927, 4031}
_CLIENT_NUMBERS = range(2000, 3000)

_TEXTS = {
    1690: "A number in the query grows beyond its type's range: cast to a wider type.",
    1264: "A number in the query grows beyond its type's range: cast to a wider type.",
    1292: "A text in the query can't be read as the type it is cast to.",
    1242: "A sub-query gives more than one row where one is needed.",
    1365: "The query divides by zero: leave out the rows where the divisor is 0, for example with NULLIF.",
    1267: "The query compares texts of different collations: name one with COLLATE.",
    1055: "The query shows a column that it doesn't group by.",
    1146: "A table of the query no longer exists in the source: its catalog must be read anew.",
    1049: "A database of the query no longer exists in the source: its catalog must be read anew.",
    1054: "A column of the query no longer exists in the source: its catalog must be read anew.",
    1356: "A view of the query no longer works in the source: its catalog must be read anew.",
    1021: "The source ran out of disk space for the query: ask for less.",
    1114: "The source ran out of space for the query: ask for less.",
    1037: "The source ran out of memory for the query: ask for less.",
    1038: "The source ran out of memory for the query: ask for less.",
    1041: "The source ran out of memory for the query: ask for less.",
    1104: "The source refuses to look at so many rows: ask for less.",
    **dict.fromkeys(
        (1044, 1142, 1143, 1227, 1370),
        "The source no longer lets these credentials read a table of the query: restore the right to SELECT.",
    ),
}
_CLASSES = {
    "22": "A value in the data doesn't fit what the query does with it.",
    "42": "The source can't make sense of the query.",
}


def number(error: Exception) -> int:
    """The server's or the driver's error number, or 0."""
    first = error.args[0] if isinstance(error, MySQLError) and error.args else 0
    return first if isinstance(first, int) else 0


def told_by_server(error: Exception) -> bool:
    """True if the server refused and the connection is as good as before."""
    code = number(error)
    return bool(code) and code not in _CLIENT_NUMBERS and code not in _GONE and error.sqlstate is not None  # type: ignore[attr-defined]


def query_failure(error: Exception) -> SourceError:
    """The kind of failure of a query that was running."""
    if isinstance(error, SourceError):
        return error
    code = number(error)
    if isinstance(error, TimeoutError) or code in _TIMED_OUT:
        return TimedOut("The source didn't finish in the time allowed: ask for less, or for a shorter period.")
    state = getattr(error, "sqlstate", None) or ""
    if not told_by_server(error):
        return Unreachable("The connection to the source broke off during the query: try again.", sqlstate=state)
    if code == _ENDED:
        return QueryFailed("The source ended the query: try again, or ask its administrator.", sqlstate=state)
    text = _TEXTS.get(code) or _CLASSES.get(state[:2]) or "The source refused the query."
    return QueryFailed(text, sqlstate=state)
