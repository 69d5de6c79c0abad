"""A shape of words that says by itself what becomes of the query before, and the pieces such shapes share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from services.ml_gateway.engine.dialog.model import Before
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.tokens import tokenize

LIST = "(?:the|this|that|these|those) (?:lists?|results?|rows|table|output|answers?|entries|records)"
THEM = f"(?:{LIST}|them|those|these|they|it|that|this|ones)"
_DOING = "only just and but now show give list me us limit to keep with what which who are is about how"
TO_DO = f"(?:{'|'.join(f'{word} ' for word in _DOING.split())})*"
NOT = "(?:not|n['\u2019]t|never)"

Make = Callable[[re.Match[str], Before, Index], Query | None]


@dataclass(frozen=True, slots=True)
class Form:
    """A shape of words, and what it makes of the query before; why is told to people, and so is what it is lacking
    where the words can mean nothing else.

    make gives None where the query before has nothing to do it to.
    """

    shape: re.Pattern[str]
    make: Make
    why: str
    lacking: str = ""

    @classmethod
    def of(cls, shape: str, make: Make, why: str, lacking: str = "") -> Form:
        """A form of words in small letters."""
        return cls(re.compile(shape), make, why, lacking)


def number(text: str | None) -> int | None:
    """The whole number that a word is, 1 to 10,000; 1 where there is none."""
    if text is None:
        return 1
    found = tokenize(text)[0].number
    return int(found) if found and found == int(found) and 0 < found <= 10_000 else None
