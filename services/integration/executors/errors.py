"""What can go wrong between us and a source, by kind.

Texts say what to do; none holds data, credentials or a driver's words.
"""


class SourceError(Exception):
    """A source failed us. `text` may be shown to whoever asked; `sqlstate` is the source's own code, or ""."""

    def __init__(self, text: str, *, sqlstate: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.sqlstate = sqlstate


class Unreachable(SourceError):
    """Nothing answers there, or not as the kind of source that it should be."""


class CredentialsRejected(SourceError):
    """The source refused the user, the password or the way of logging in."""


class DatabaseUnknown(SourceError):
    """The server answers but has no such database or schema."""


class TlsFailed(SourceError):
    """The encrypted connection as asked for can't be made."""


class TimedOut(SourceError):
    """The source didn't finish in the time allowed."""


class TooLarge(SourceError):
    """The result is over the limit of bytes."""


class QueryFailed(SourceError):
    """The source refused or broke off the query."""


class Busy(SourceError):
    """As many queries run as are allowed at once, and none ended in time."""


class SourceRemoved(SourceError):
    """The source was removed while the query ran."""
