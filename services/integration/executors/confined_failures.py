"""How a query in a worker failed, in our own words: a worker names a kind, and no more of what it says is believed."""

from services.integration.executors.errors import Busy, QueryFailed, SourceError, TimedOut, TooLarge, Unreachable
from services.integration.workers.errors import (
    WorkError,
    WorkersBusy,
    WorkersUnavailable,
    WorkFailed,
    WorkKilled,
)

_TEXTS = {
    "overflow": "A number in the query grows beyond its type's range: cast to a wider type.",
    "conversion": "A value in the query can't be read as the type it is cast to.",
    "cardinality": "A sub-query gives more than one row where one is needed.",
    "value": "A value in the data doesn't fit what the query does with it.",
    "unknown_name": "A table or column of the query no longer exists in the source: its catalog must be read anew.",
    "syntax": "The source can't make sense of the query.",
    "forbidden": "The query asks for what no query may do here.",
    "limit": "The query is over a limit of the source: make it simpler.",
    "unreadable": "The result holds a value that can't be passed on: leave out the column, or cast it to text.",
    "damaged": "The source's file is damaged: upload it anew.",
}
_TOO_LARGE = {
    "too_large": "The result is larger than can be sent: ask for fewer rows or columns.",
    "row_too_large": "A single row of the result is larger than can be sent: leave out long texts.",
}


def failure(error: WorkError) -> SourceError:
    """The kind of failure of a query that a worker ran."""
    match error:
        case WorkFailed(kind="missing"):
            return Unreachable("The source's file is no longer there: upload it anew.")
        case WorkFailed(kind=kind) if kind in _TOO_LARGE:
            return TooLarge(_TOO_LARGE[kind])
        case WorkFailed(kind="time") | WorkKilled(reason="time" | "cpu"):
            return TimedOut("The source didn't finish in the time allowed: ask for less, or for a shorter period.")
        case WorkFailed(kind=kind):
            return QueryFailed(_TEXTS.get(kind, "The source refused the query."))
        case WorkKilled(reason="memory"):
            return QueryFailed("The query takes more memory than it may: ask for less.")
        case WorkersBusy():
            return Busy("no worker became free in time")
        case WorkersUnavailable():
            return Unreachable("No process can be started to run the query in: try again shortly.")
        case _:
            return QueryFailed("The query broke off: try again, or ask differently.")
