"""Spans of a question that say names of tables, columns and metrics, in whole or in part, in any order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from services.ml_gateway.engine.expanding import senses
from services.ml_gateway.engine.forms import Form
from services.ml_gateway.engine.lexicon import Lexicon
from services.ml_gateway.engine.links import Link
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.targets import TargetKind
from services.ml_gateway.engine.tokens import Token, TokenKind
from services.ml_gateway.engine.words.function import FUNCTION_WORDS, OPENING_VERBS

MOST_CONTENT = 6  # words with content in one span
_LEAST = 0.3
_COVERAGE = 0.55  # saying half of a name's weight gives 0.5 ** 0.55 = 0.68 of its score
_WITHIN = frozenset("of the a an in 's - / . & for with to by and s".split())
_COUNTS = frozenset({"number", "count", "amount", "total", "percentage", "average"})
_AND = frozenset({"and", "or", ",", "/", "&"})
_SHARED = 0.97
_RANK = ("name", "synonym", "label", "key", "role", "word form", "partial", "abbreviation", "description", "vocabulary",
         "adjective", "spelling")  # fmt: skip
_WORSE = {how: place for place, how in enumerate(_RANK)}


@dataclass(frozen=True, slots=True)
class Hit:
    """A token that says a word of a form: `place` of the word in it."""

    place: int
    score: float
    how: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a token may say: words of forms by their position, and tables whose columns it may introduce."""

    forms: Mapping[int, Hit]
    tables: Mapping[TableKey, float]


@dataclass(slots=True)
class _Partial:
    """A form while a span grows: the words said, their weight, and the sum of the scores of the tokens."""

    places: int
    weight: float
    score: float
    tokens: int
    how: str


def is_content(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token can be a word of a name by itself. "List" that opens the question is no list."""
    token = tokens[at]
    if token.kind is TokenKind.PUNCTUATION or token.kind is TokenKind.QUOTED or not token.form:
        return False
    if token.form in OPENING_VERBS or (token.form == "name" and at == 0):
        if at + 1 < len(tokens) and tokens[at + 1].form in ("of", "and", ",", "or"):
            return True
        return at > 0 and tokens[at - 1].form not in ("please", "and", ",", ".", "?", "you", "to", "me", ";")
    return token.form not in FUNCTION_WORDS


def said_by(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Said:
    counts = tokens[at].form in _COUNTS and at + 1 < len(tokens) and tokens[at + 1].form == "of"
    forms: dict[int, Hit] = {}
    tables: dict[TableKey, float] = {}
    for word, sense in senses(tokens[at], lexicon).items():
        if counts and sense.how != "name":
            continue
        for position in lexicon.postings[word]:
            form = lexicon.forms[position]
            place = form.words.index(word)
            worth = sense.score * (0.5 + form.weights[place] / form.total)
            known = forms.get(position)
            if known is None or known.score * (0.5 + form.weights[known.place] / form.total) < worth:
                forms[position] = Hit(place, sense.score, sense.how)
            if form.target.kind is TargetKind.TABLE:
                introduced = sense.score * (form.weights[place] / form.total) ** _COVERAGE
                if introduced > tables.get(form.target.table, 0.5):
                    tables[form.target.table] = introduced
    return Said(forms, tables)


def name_links(tokens: Sequence[Token], lexicon: Lexicon, taken: Sequence[bool]) -> Iterator[Link]:
    """Every way in which a span says a name, unordered; a score is of the words alone."""
    said = {
        at: said_by(tokens, at, lexicon)
        for at, token in enumerate(tokens)
        if not taken[at] and is_content(tokens, at) and token.kind is TokenKind.WORD
    }
    for first in said:
        yield from _from(first, tokens, lexicon, said, taken)
        if (noun := _shared_noun(tokens, first, said)) is not None:
            yield from _shared(said[first], said[noun], lexicon, first)


def _shared_noun(tokens: Sequence[Token], first: int, said: Mapping[int, Said]) -> int | None:
    """Where the noun is that a word shares with those after it: "first", "middle" and "last name"."""
    at, joined = first + 1, False
    while at < len(tokens):
        if tokens[at].form in _AND:
            at, joined = at + 1, True
        elif at in said and tokens[at - 1].form in _AND:
            at += 1
        else:
            break
    return at if joined and at in said and at > first + 2 else None


def _shared(said: Said, noun: Said, lexicon: Lexicon, first: int) -> Iterator[Link]:
    growing = {
        position: _Partial(1 << hit.place, lexicon.forms[position].weights[hit.place], hit.score, 1, hit.how)
        for position, hit in said.forms.items()
    }
    both = _grown(growing, {}, noun, lexicon, 1)
    for found in _links(both, lexicon, first, first + 1):
        if found.how in ("name", "synonym", "label", "word form", "abbreviation"):
            yield replace(found, score=found.score * _SHARED)


def _from(
    first: int, tokens: Sequence[Token], lexicon: Lexicon, said: Mapping[int, Said], taken: Sequence[bool]
) -> Iterator[Link]:
    growing = {
        position: _Partial(1 << hit.place, lexicon.forms[position].weights[hit.place], hit.score, 1, hit.how)
        for position, hit in said[first].forms.items()
    }
    tables: Mapping[TableKey, float] = said[first].tables
    yield from _links(growing, lexicon, first, first + 1)
    content = 1
    for at in range(first + 1, len(tokens)):
        if taken[at] or content == MOST_CONTENT or not (growing or tables):
            return
        if at not in said:
            if tokens[at].form not in _WITHIN:
                return
            continue
        growing = _grown(growing, tables, said[at], lexicon, content)
        tables = {table: score + said[at].tables[table] for table, score in tables.items() if table in said[at].tables}
        content += 1
        yield from _links(growing, lexicon, first, at + 1)


def _grown(
    growing: Mapping[int, _Partial], tables: Mapping[TableKey, float], said: Said, lexicon: Lexicon, content: int
) -> dict[int, _Partial]:
    """The forms that the next token says a further word of, or only the table of."""
    grown: dict[int, _Partial] = {}
    for position, before in growing.items():
        hit = said.forms.get(position)
        form = lexicon.forms[position]
        if hit is not None and not before.places >> hit.place & 1:
            grown[position] = _Partial(
                before.places | 1 << hit.place,
                before.weight + form.weights[hit.place],
                before.score + hit.score,
                content + 1,
                _worse(before.how, hit.how),
            )
        elif form.target.kind is TargetKind.COLUMN and (score := said.tables.get(form.target.table, 0.0)):
            grown[position] = _Partial(before.places, before.weight, before.score + score, content + 1, before.how)
    if tables:
        for position, hit in said.forms.items():
            form = lexicon.forms[position]
            if position not in grown and form.target.kind is TargetKind.COLUMN and form.target.table in tables:
                score = tables[form.target.table] + hit.score
                grown[position] = _Partial(1 << hit.place, form.weights[hit.place], score, content + 1, hit.how)
    return grown


def _links(growing: Mapping[int, _Partial], lexicon: Lexicon, first: int, last: int) -> Iterator[Link]:
    for position, partial in growing.items():
        form: Form = lexicon.forms[position]
        coverage = min(1.0, partial.weight / form.total)
        score = form.base * coverage**_COVERAGE * partial.score / partial.tokens
        if score >= _LEAST:
            how = partial.how if partial.how != "name" else form.how
            if coverage < 0.95:
                how = _worse(how, "partial")
            yield Link(form.target, first, last, score, how)


def _worse(one: str, other: str) -> str:
    return max(one, other, key=lambda how: _WORSE.get(how, 0))
