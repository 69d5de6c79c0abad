"""Words that say what to do, whatever the schema: "how many", "by", "top 5", "at least 10", "sorted by"."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.ml_gateway.engine.reading import Aggregate, Operator
from services.ml_gateway.engine.tokens import Token, TokenKind
from services.ml_gateway.engine.vocabulary import ADJECTIVES


class CueKind(StrEnum):
    AGGREGATE = "aggregate"
    COUNT = "count"
    BY = "by"
    TOP = "top"
    SUPERLATIVE = "superlative"
    COMPARE = "compare"
    ORDER = "order"
    NEGATION = "negation"
    LIST = "list"
    WHICH = "which"
    DISTINCT = "distinct"
    USING = "using"
    DIRECTION = "direction"


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens [first, last) and what they say. words are the names that an adjective measures by."""

    kind: CueKind
    first: int
    last: int
    aggregate: Aggregate | None = None
    operator: Operator | None = None
    numbers: tuple[float, ...] = ()
    descending: bool = True
    words: tuple[str, ...] = ()
    exactly: str = ""  # of a superlative: "count" (largest number of), "common" (most common)


_AGGREGATES = {
    "average": Aggregate.AVG, "avg": Aggregate.AVG, "mean": Aggregate.AVG, "averaged": Aggregate.AVG,
    "sum": Aggregate.SUM, "total": Aggregate.SUM, "combined": Aggregate.SUM, "overall": Aggregate.SUM,
    "minimum": Aggregate.MIN, "min": Aggregate.MIN, "maximum": Aggregate.MAX, "max": Aggregate.MAX,
}  # fmt: skip
_FIXED: dict[tuple[str, ...], Cue] = {}


def _fix(phrases: str, cue: Cue) -> None:
    for phrase in phrases.split("|"):
        _FIXED[tuple(phrase.split())] = cue


_fix("how many|how much is the number of|number of|the number of|numbers of|the numbers of|count of|count|"
     "total number of|how often",
     Cue(CueKind.COUNT, 0, 0))  # fmt: skip
_fix("by|per|grouped by|group by|broken down by|split by|across|segmented by|by each", Cue(CueKind.BY, 0, 0))
_fix("in different|for different|with different|across different|in various|across various",
     Cue(CueKind.BY, 0, 0))  # fmt: skip
_fix("for each|for every|in each|in every|of each|each|every|at each|from each|with each",
     Cue(CueKind.BY, 0, 0, exactly="each"))  # fmt: skip
_fix("list|show|give|display|return|find|show me|give me|list all|show all|what are|who are|get",
     Cue(CueKind.LIST, 0, 0))  # fmt: skip
_fix("which|what|who|whose", Cue(CueKind.WHICH, 0, 0))
_fix("different|distinct|unique", Cue(CueKind.DISTINCT, 0, 0))
_fix("not|no|without|except|excluding|exclude|except for|apart from|never|neither|nor|other than|"
     "did not|didn t|don t|do not|does not|doesn t|isn t|"
     "aren t|have no|has no|with no|non", Cue(CueKind.NEGATION, 0, 0))  # fmt: skip
_ALPHABET: tuple[str, ...] = ("", "alphabetical ", "alphabetic ", "lexicographical ", "lexicographic ")
for _lead in ("in ", "by ", "in the ", "sorted by ", "sorted in ", "ordered by ", "ordered in ", "arranged in ", ""):
    for _way, _descending in (("descending", True), ("decreasing", True), ("ascending", False), ("increasing", False)):
        for _kind in _ALPHABET:
            _order = f"{_lead}{_way} {_kind}order"
            _fix(_order, Cue(CueKind.DIRECTION, 0, 0, descending=_descending))
            for _tail in (" of", " by", " of the"):
                _fix(f"{_order}{_tail}", Cue(CueKind.ORDER, 0, 0, descending=_descending, exactly="directed"))
for _kind in _ALPHABET[1:]:
    for _lead in ("in ", "by ", ""):
        _fix(f"{_lead}{_kind}order of|{_lead}{_kind}order by|{_lead}{_kind}order of the", Cue(CueKind.ORDER, 0, 0))
        _fix(f"{_lead}{_kind}order", Cue(CueKind.DIRECTION, 0, 0, descending=False))
_fix("sorted by|ordered by|order by|sort by|ranked by|rank by|in order of", Cue(CueKind.ORDER, 0, 0))
_fix("sort|sorted|ranked|order|arrange", Cue(CueKind.ORDER, 0, 0, exactly="loose"))
_fix("descending|descending order|decreasing order|desc|highest first|largest first|most first|reverse order",
     Cue(CueKind.DIRECTION, 0, 0))  # fmt: skip
_fix("ascending|ascending order|increasing order|asc|lowest first|smallest first|alphabetical order|alphabetically",
     Cue(CueKind.DIRECTION, 0, 0, descending=False))  # fmt: skip
_fix("using|based on|according to", Cue(CueKind.USING, 0, 0))
_fix("most|highest|largest|biggest|greatest|largest number of|highest number of|"
     "most number of|greatest number of|maximum number of", Cue(CueKind.SUPERLATIVE, 0, 0))  # fmt: skip
_fix("least|fewest|lowest|smallest|smallest number of|lowest number of|"
     "fewest number of|minimum number of", Cue(CueKind.SUPERLATIVE, 0, 0, descending=False))  # fmt: skip
_fix("most common|most frequent|most popular", Cue(CueKind.SUPERLATIVE, 0, 0, exactly="common"))
_fix("least common|least frequent|least popular", Cue(CueKind.SUPERLATIVE, 0, 0, descending=False, exactly="common"))
_fix("top|best", Cue(CueKind.TOP, 0, 0))
_fix("bottom|worst", Cue(CueKind.TOP, 0, 0, descending=False))

_OPERATORS: dict[tuple[str, ...], Operator] = {
    tuple(phrase.split()): operator
    for operator, phrases in {
        Operator.GREATER: "more than|greater than|higher than|larger than|bigger than|over|above|exceeding|exceed|"
        "exceeds|> |longer than|older than|heavier than|taller than|after|better than|in excess of",
        Operator.LESS: "less than|fewer than|lower than|smaller than|below|under|< |shorter than|younger than|"
        "cheaper than|lighter than|before",
        Operator.AT_LEAST: "at least|no less than|not less than|minimum of|> =|≥|no fewer than",
        Operator.AT_MOST: "at most|no more than|not more than|maximum of|up to|< =|≤",
        Operator.EQUAL: "equal to|equals|exactly|=",
        Operator.NOT_EQUAL: "not equal to|! =|other than",
    }.items()
    for phrase in phrases.split("|")
}
_COMPARATIVES = {"older": "old", "younger": "young", "longer": "long", "shorter": "short", "heavier": "heavy",
                 "taller": "tall", "cheaper": "cheap", "lighter": "light"}  # fmt: skip
_ENDINGS = {"cheapest": "cheap", "earliest": "early", "latest": "recent", "newest": "new", "heaviest": "heavy",
            "biggest": "big", "priciest": "expensive", "youngest": "young", "oldest": "old", "longest": "long",
            "shortest": "short", "tallest": "tall", "lightest": "light", "richest": "rich", "fastest": "fast",
            "slowest": "slow"}  # fmt: skip


def find_cues(tokens: Sequence[Token], taken: Sequence[bool]) -> tuple[Cue, ...]:
    """Cues outside the taken tokens, left to right, the longest at each place."""
    cues: list[Cue] = []
    position = 0
    while position < len(tokens):
        cue = None if taken[position] else _at(tokens, position, taken)
        if cue:
            cues.append(cue)
            position = cue.last
        else:
            position += 1
    return tuple(cues)


def _at(tokens: Sequence[Token], position: int, taken: Sequence[bool]) -> Cue | None:
    words = [
        token.form if not taken[index] and token.kind is not TokenKind.QUOTED else "\0"
        for index, token in enumerate(tokens[position : position + 7], position)
    ]
    return _compare(tokens, position, words) or _top(tokens, position, words) or _adjective(position, words) or _fixed(
        position, words
    )  # fmt: skip


def _fixed(position: int, words: Sequence[str]) -> Cue | None:
    for length in (7, 6, 5, 4, 3, 2, 1):
        phrase = tuple(words[:length])
        if len(phrase) < length or phrase == ("across", "all"):
            if len(phrase) == length:
                return None
            continue
        if length == 1 and phrase[0] in _AGGREGATES:
            return Cue(CueKind.AGGREGATE, position, position + 1, aggregate=_AGGREGATES[phrase[0]])
        if found := _FIXED.get(phrase):
            exactly = found.exactly or ("count" if found.kind is CueKind.SUPERLATIVE and "number" in phrase else "")
            return Cue(found.kind, position, position + length, descending=found.descending, exactly=exactly)
    return None


def _compare(tokens: Sequence[Token], position: int, words: Sequence[str]) -> Cue | None:
    """An operator and its number, "between A and B", "10 or more"; "than" names may come between."""
    for length in (4, 3, 2, 1):
        operator = _OPERATORS.get(tuple(words[:length]))
        if not operator or len(words) < length:
            continue
        index = position + length
        number = _number(tokens, index)
        if number is None:
            continue
        if [token.form for token in tokens[index + 1 : index + 3]] == ["years", "old"]:
            return Cue(CueKind.COMPARE, position, index + 3, operator=operator, numbers=(number,), words=("age",))
        measured = ADJECTIVES[_COMPARATIVES[words[0]]] if words[0] in _COMPARATIVES else ((), True)
        if measured[0][:1] == ("age",) or not measured[0]:
            return Cue(
                CueKind.COMPARE, position, index + 1, operator=operator, numbers=(number,), words=measured[0][:1]
            )
        return Cue(CueKind.COMPARE, position, index + 1, operator=operator, numbers=(number,), words=measured[0])
    low, high = _number(tokens, position + 1), _number(tokens, position + 3)
    joint = words[2] if len(words) > 2 else ""
    if words[0] == "between" and joint in ("and", "to", "-") and low is not None and high is not None:
        ends = (min(low, high), max(low, high))
        return Cue(CueKind.COMPARE, position, position + 4, operator=Operator.BETWEEN, numbers=ends)
    number = _number(tokens, position)
    if number is not None and words[1:3] in (["or", "more"], ["or", "less"], ["or", "fewer"], ["or", "above"]):
        operator = Operator.AT_LEAST if words[2] in ("more", "above") else Operator.AT_MOST
        return Cue(CueKind.COMPARE, position, position + 3, operator=operator, numbers=(number,))
    return None


def _number(tokens: Sequence[Token], index: int) -> float | None:
    return tokens[index].number if index < len(tokens) else None


def _top(tokens: Sequence[Token], position: int, words: Sequence[str]) -> Cue | None:
    """top 5; 5 best; the 3 lowest; top five; bottom 10."""
    directions = {"top": True, "bottom": False, "best": True, "worst": False, "first": True, "highest": True,
                  "lowest": False, "largest": True, "smallest": False, "biggest": True, "most": True}  # fmt: skip
    if len(words) > 1 and words[0] in directions:
        number = _number(tokens, position + 1)
        if number and number == int(number) and number <= 10000 and words[0] != "most":
            return Cue(CueKind.TOP, position, position + 2, numbers=(number,), descending=directions[words[0]])
    number = _number(tokens, position)
    if number and len(words) > 1 and number == int(number) and number <= 10000 and "%" not in tokens[position].text:
        if words[1] in directions and words[1] != "first" and words[1] != "most":
            return Cue(CueKind.TOP, position, position + 2, numbers=(number,), descending=directions[words[1]])
        if words[1] == "most" and len(words) > 2 and words[2] in ADJECTIVES:
            named, large = ADJECTIVES[words[2]]
            return Cue(CueKind.TOP, position, position + 3, numbers=(number,), descending=large, words=named)
        if words[1] in _ENDINGS:
            named, large = ADJECTIVES[_ENDINGS[words[1]]]
            return Cue(CueKind.TOP, position, position + 2, numbers=(number,), descending=large, words=named)
    return None


def _adjective(position: int, words: Sequence[str]) -> Cue | None:
    """most expensive; cheapest; least recent."""
    if words[0] in ("most", "least") and len(words) > 1 and words[1] in ADJECTIVES:
        named, large = ADJECTIVES[words[1]]
        return Cue(CueKind.SUPERLATIVE, position, position + 2, descending=large == (words[0] == "most"), words=named)
    if words[0] in _ENDINGS:
        named, large = ADJECTIVES[_ENDINGS[words[0]]]
        return Cue(CueKind.SUPERLATIVE, position, position + 1, descending=large, words=named)
    return None
