"""Which words of a question a candidate leaves without a part: numbers, names and cues that nothing in it answers.

No feature holds a name or a value of a catalog.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from services.ml_gateway.engine.query.model import Aggregate, Both, Compare, Condition, Either, Exists, Not, Query
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import Token, TokenKind
from services.ml_gateway.engine.words.related import part_of_speech

# What a cue makes: functions, directions and operators by their names.
_MADE = {
    "most": ("max", "down", "at least"), "least": ("min", "up", "at most"), "longest": ("max", "down", "up"),
    "shortest": ("min", "up", "down"), "average": ("avg",), "sum": ("sum",), "count": ("count",),
    "more": (">", "at least"), "less": ("<", "at most"),
}  # fmt: skip
_OPERATORS = {
    Operator.GREATER: ">", Operator.LESS: "<", Operator.AT_LEAST: "at least", Operator.AT_MOST: "at most",
}  # fmt: skip
_NEAR = 2
_PARTS = {"n": "noun", "v": "verb", "a": "adjective", "r": "adverb"}  # a verb may only say how names are connected


def coverage(candidate: Candidate) -> dict[str, float]:
    """Counts of words left over by what kind of word they are, and of cues beyond what the query does of their kind."""
    sentence = candidate.sentence
    taken = {at for part in candidate.labelling.parts if part.choice for at in range(part.item.first, part.item.last)}
    found: Counter[str] = Counter()
    for at, token in enumerate(sentence.tokens):
        if at in taken or sentence.symbols[at] == "date":
            continue
        kind = _kind(token, sentence.symbols[at], at)
        if kind:
            found[f"left {kind}"] += 1
            if kind == "word":
                found[f"left {_PARTS.get(part_of_speech(token.form), 'odd word')}"] += 1
            if kind == "word" and at + 1 in taken:
                found["left word before a part"] += 1
    made = Counter(_made(candidate.query))
    said = Counter(sentence.kinds)
    told = {name: float(min(count, 4)) for name, count in found.items()}
    for cue, results in _MADE.items():
        if said[cue]:
            more = said[cue] - sum(made[one] for one in results)
            told[f"{cue} said oftener"] = float(max(min(more, _NEAR), -_NEAR))
            told[f"{cue} {max(min(more, _NEAR), -_NEAR)}"] = 1.0
        elif cue != "count" and made[results[0]]:
            told[f"{results[0]} unsaid"] = float(made[results[0]])
    told["operators unlike their words"] = _unlike(sentence, made)
    return told


def _kind(token: Token, symbol: str, at: int) -> str:
    if token.kind is TokenKind.QUOTED:
        return "quoted"
    if token.kind is TokenKind.NUMBER or token.number is not None:
        return "number"
    if token.kind is not TokenKind.WORD or token.form in WORDS:
        return ""
    if at and token.text[:1].isupper():
        return "name"
    return "word" if symbol == "~" else "part ignored"


def _made(query: Query) -> Iterator[str]:
    for one in query.show:
        if isinstance(one, Aggregate):
            yield one.function.value
    for ordering in query.order:
        yield "down" if ordering.descending else "up"
        if isinstance(ordering.by, Aggregate):
            yield ordering.by.function.value
    for condition in (query.where, query.having):
        yield from _compared(condition)


def _compared(condition: Condition | None) -> Iterator[str]:
    match condition:
        case Both() | Either():
            for one in condition.conditions:
                yield from _compared(one)
        case Not():
            yield from _compared(condition.condition)
        case Exists():
            yield from _compared(condition.where)
            yield from _compared(condition.having)
        case Compare():
            if condition.operator in _OPERATORS:
                yield _OPERATORS[condition.operator]
            if isinstance(condition.left, Aggregate):
                yield condition.left.function.value
            if isinstance(condition.right, Query):
                yield from _made(condition.right)


def _unlike(sentence: Sentence, made: Counter[str]) -> float:
    """Comparisons in a direction for which there is no word."""
    kinds = set(sentence.kinds)
    up = made[">"] + made["at least"]
    down = made["<"] + made["at most"]
    return float(bool(up) and "less" in kinds and "more" not in kinds) + float(
        bool(down) and "more" in kinds and "less" not in kinds
    )
