"""The question as it was asked: its text, its tokens, and when and where it was asked."""

from dataclasses import dataclass
from datetime import date

from services.ml_gateway.engine.tokens import Token


@dataclass(frozen=True, slots=True)
class Asked:
    """today is the caller's calendar day; timezone an IANA name."""

    text: str
    tokens: tuple[Token, ...]
    today: date
    timezone: str

    def characters(self, first: int, last: int) -> tuple[int, int]:
        """The character span of tokens [first, last)."""
        return self.tokens[first].start, self.tokens[last - 1].end
