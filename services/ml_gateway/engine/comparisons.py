"""Comparisons with figures in words, whatever the schema: "at least 10", "between 3 and 7", "10 or more"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import Token, TokenKind

_OPERATORS: dict[tuple[str, ...], Operator] = {
    tuple(phrase.split()): operator
    for operator, phrases in {
        Operator.GREATER: "more than|greater than|higher than|larger than|bigger than|over|above|exceeding|exceed|"
        "exceeds|> |after|better than|in excess of",
        Operator.LESS: "less than|fewer than|lower than|smaller than|below|under|< |before",
        Operator.AT_LEAST: "at least|no less than|not less than|minimum of|> =|≥|no fewer than",
        Operator.AT_MOST: "at most|no more than|not more than|maximum of|up to|< =|≤",
        Operator.EQUAL: "equal to|equals|exactly|=",
        Operator.NOT_EQUAL: "not equal to|! =|other than",
    }.items()
    for phrase in phrases.split("|")
}
_OR_MORE: dict[tuple[str, ...], Operator] = {("or", "more"): Operator.AT_LEAST, ("or", "above"): Operator.AT_LEAST,
            ("or", "less"): Operator.AT_MOST, ("or", "fewer"): Operator.AT_MOST}  # fmt: skip
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """Tokens [first, last): with one figure, or with two for BETWEEN, the lesser first."""

    first: int
    last: int
    operator: Operator
    numbers: tuple[float, ...]


def find_comparisons(tokens: Sequence[Token], taken: Sequence[bool]) -> Iterator[Comparison]:
    """Those outside the taken tokens, left to right, the longest at each place. Ages ("over 30 years old") are none."""
    position = 0
    while position < len(tokens):
        found = None if taken[position] else _at(tokens, position, taken)
        if found:
            yield found
        position = found.last if found else position + 1


def _at(tokens: Sequence[Token], position: int, taken: Sequence[bool]) -> Comparison | None:
    words = [
        "\0" if taken[at] or token.kind is TokenKind.QUOTED else token.form
        for at, token in enumerate(tokens[position : position + _LONGEST], position)
    ]
    for length in range(len(words), 0, -1):
        operator = _OPERATORS.get(tuple(words[:length]))
        end = position + length
        number = _number(tokens, end)
        if operator and number is not None:
            aged = [token.form for token in tokens[end + 1 : end + 3]] == ["years", "old"]
            return None if aged else Comparison(position, end + 1, operator, (number,))
    low, high = _number(tokens, position + 1), _number(tokens, position + 3)
    if words[0] == "between" and words[2:3] in (["and"], ["to"], ["-"]) and low is not None and high is not None:
        return Comparison(position, position + 4, Operator.BETWEEN, (min(low, high), max(low, high)))
    number, after = _number(tokens, position), _OR_MORE.get(tuple(words[1:3]))
    return Comparison(position, position + 3, after, (number,)) if number is not None and after else None


def _number(tokens: Sequence[Token], at: int) -> float | None:
    return tokens[at].number if at < len(tokens) else None
