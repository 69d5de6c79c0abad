"""Spans that some column must hold though the catalog knows no such value: quotes, names, codes, numbers, dates."""

from collections.abc import Iterator, Sequence

from services.ml_gateway.engine.links import Link
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.targets import LiteralKind, Target, TargetKind
from services.ml_gateway.engine.tokens import Token, TokenKind
from services.ml_gateway.engine.vocabulary import FILLER

_NOWHERE = TableKey("", "")
_WITHIN_NAMES = frozenset("of the and de la le van von der den du da del di & y for in on at to".split())
_PARTING = {"from": "to", "between": "and"}  # "from A to B": two names
_NAMING = frozenset("named called titled entitled".split())
_HOLDING = frozenset("containing contains contain".split())
_EDGES = frozenset("starts starting start begins beginning begin ends ending end".split())
_GLUE = frozenset("@.-_/:#+&")
_LONGEST_NAME = 8
_ORDINALS = {
    said: number
    for number, words in enumerate(
        """first/1st second/2nd third/3rd fourth/4th fifth/5th sixth/6th seventh/7th eighth/8th ninth/9th tenth/10th
        eleventh/11th twelfth/12th""".split(),
        start=1,
    )
    for said in words.split("/")
}
_DATE, _QUOTED, _NUMBER, _NUMBER_WORD, _CODE, _NAME, _PART, _SAID, _ORDINAL = (
    1.0,
    0.9,
    0.9,
    0.5,
    0.75,
    0.62,
    0.5,
    0.45,
    0.3,
)


def literals(tokens: Sequence[Token], taken: Sequence[bool]) -> Iterator[Link]:
    """By position; spans may overlap."""
    for first, token in enumerate(tokens):
        if taken[first]:
            continue
        if token.kind is TokenKind.QUOTED:
            yield _literal(LiteralKind.TEXT, token.text, first, first + 1, _QUOTED, "quoted")
        elif token.kind is TokenKind.DATE:
            yield _literal(LiteralKind.DATE, token.text, first, first + 1, _DATE, "date")
        elif token.number is not None:
            yield from _number(tokens, first)
        if (last := _glued(tokens, taken, first)) > first + 1:
            text = "".join(part.text for part in tokens[first:last])
            yield _literal(LiteralKind.TEXT, text, first, last, _CODE, "code")
        elif token.kind is TokenKind.WORD:
            yield from _word(tokens, taken, first)


def _literal(kind: LiteralKind, value: str, first: int, last: int, score: float, how: str) -> Link:
    return Link(Target(TargetKind.LITERAL, _NOWHERE, value=value, literal=kind), first, last, score, how)


def _number(tokens: Sequence[Token], first: int) -> Iterator[Link]:
    number = tokens[first].number
    assert number is not None
    written = tokens[first].kind is TokenKind.NUMBER
    below = _minus(tokens, first)
    value = f"{-number if below else number:.15g}"
    start = first - 1 if below else first
    how = "number" if written else "number word"
    yield _literal(LiteralKind.NUMBER, value, start, first + 1, _NUMBER if written else _NUMBER_WORD, how)


def _minus(tokens: Sequence[Token], at: int) -> bool:
    """ "below -5": a sign that stands by the number and by nothing else."""
    if at == 0 or tokens[at - 1].text not in ("-", "\u2212") or tokens[at - 1].end != tokens[at].start:
        return False
    return at == 1 or tokens[at - 2].end < tokens[at - 1].start


def _glued(tokens: Sequence[Token], taken: Sequence[bool], first: int) -> int:
    """The end of what is written without a space: "A320-200", "jo@example.com", "x/y". A last sign belongs to the
    sentence."""
    if tokens[first].kind in (TokenKind.QUOTED, TokenKind.PUNCTUATION):
        return first
    if first and tokens[first - 1].end == tokens[first].start and tokens[first - 1].text in _GLUE:
        return first  # within one
    last = first + 1
    while last < len(tokens) and not taken[last] and tokens[last].start == tokens[last - 1].end:
        if tokens[last].kind is TokenKind.QUOTED:
            break
        if tokens[last].kind is TokenKind.PUNCTUATION and tokens[last].text not in _GLUE:
            break
        last += 1
    while last > first + 1 and tokens[last - 1].kind is TokenKind.PUNCTUATION:
        last -= 1
    plain = all(part.text == "-" or part.form.islower() for part in tokens[first:last])
    return first if plain and not any(character.isupper() for character in tokens[first].text[:1]) else last


def _word(tokens: Sequence[Token], taken: Sequence[bool], first: int) -> Iterator[Link]:
    text = tokens[first].text
    if (ordinal := _ORDINALS.get(tokens[first].form)) is not None:
        score = _NUMBER_WORD if text[0].isdigit() else _ORDINAL
        yield _literal(LiteralKind.NUMBER, str(ordinal), first, first + 1, score, "ordinal")
        return
    if any(character.isdigit() for character in text):
        yield _literal(LiteralKind.TEXT, text, first, first + 1, _CODE, "code")
        return
    if text.islower() and (_is_said(tokens, first) or (first and tokens[first - 1].form in _NAMING)):
        yield _literal(LiteralKind.TEXT, text, first, first + 1, _SAID, "said")
        return
    if not _capital(tokens, first):
        return
    ends = _name_ends(tokens, taken, first)
    for last in ends:
        whole = last == ends[-1] and not (first and _capital(tokens, first - 1))
        score = _NAME if whole else _PART
        name = " ".join(part.text for part in tokens[first:last])
        yield _literal(LiteralKind.TEXT, name, first, last, score if len(name) > 1 else _SAID, "name")


def _is_said(tokens: Sequence[Token], at: int) -> bool:
    """ "Starts with anna", "containing steel": as it is spelled, what no name of the catalog need explain."""
    if at < 1 or (tokens[at].form in FILLER and at + 1 < len(tokens)):
        return False
    before = tokens[at - 1].form
    return before in _HOLDING or (before == "with" and at > 1 and tokens[at - 2].form in _EDGES)


def _capital(tokens: Sequence[Token], at: int) -> bool:
    """A capital that the beginning of a sentence doesn't explain."""
    token = tokens[at]
    if token.kind is not TokenKind.WORD or not token.text[0].isupper():
        return False
    opens = at == 0 or tokens[at - 1].text in ".?!:"
    return token.form != "i" and not (opens and (token.form in FILLER or token.lemma in FILLER or not token.text[1:]))


def _name_ends(tokens: Sequence[Token], taken: Sequence[bool], first: int) -> list[int]:
    """Where the name that begins here may end: after each capitalised word, small ones between them passed over."""
    ends, last = [first + 1], first + 1
    parting = _PARTING.get(tokens[first - 1].form) if first else None
    while last < len(tokens) and not taken[last] and last - first < _LONGEST_NAME:
        if tokens[last].form == parting:
            break
        if _capital(tokens, last):
            ends.append(last + 1)
        elif tokens[last].form not in _WITHIN_NAMES and not (
            tokens[last].kind is TokenKind.NUMBER and tokens[last - 1].text[0].isupper()
        ):
            break
        last += 1
    return ends
