"""Questions with known SQL, and how they fared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from zlib import crc32

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A question over a database, and SQL that answers it: several where several answers are right.

    group: figures are told for each. weight: how often it counts when weights are fitted.
    """

    database: str
    text: str
    sql: tuple[str, ...]
    asked_on: date
    group: str = ""
    weight: int = 1

    @property
    def fold(self) -> int:
        """The same for all questions over a database."""
        return crc32(self.database.encode()) % FOLDS


# Whether the first SQL gives, on a database, what the second gives there; None where it can't be told.
Right = Callable[[str, str, str], bool | None]
