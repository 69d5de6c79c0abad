"""Spans of a question that say names of tables, columns and metrics, in whole or in part, in any order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from services.ml_gateway.engine.expanding import ADJECTIVE, RELATED, senses
from services.ml_gateway.engine.forms import Form
from services.ml_gateway.engine.lexicon import Lexicon
from services.ml_gateway.engine.links import Link
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.targets import TargetKind
from services.ml_gateway.engine.tokens import Token, TokenKind, lemma
from services.ml_gateway.engine.words.function import FUNCTION_WORDS, OPENING_VERBS

MOST_CONTENT = 6  # words with content in one span
_LEAST = 0.3
_COVERAGE = 0.55  # saying half of a name's weight gives 0.5 ** 0.55 = 0.68 of its score
_WITHIN = frozenset("of the a an in on at 's - / . & for with to by and s".split())
_COUNTS = frozenset({"number", "count", "amount", "total", "percentage", "average"})
_AND = frozenset({"and", "or", ",", "/", "&"})
_SHARED = 0.97
_WHOLE = 0.95
_CROWD, _BY_THE_WAY = 200, 0.7
_WORDS_KEPT = 128
_DAYS = frozenset("date birth birthdate dob born birthday year time created".split())
_MOSTLY = 0.6  # how much of a name a guess must say
_RANK = ("name", "synonym", "label", "key", "role", "word form", "partial", "abbreviation", "description", "vocabulary",
         ADJECTIVE, "spelling", RELATED)  # fmt: skip
_WORSE = {how: place for place, how in enumerate(_RANK)}


@dataclass(frozen=True, slots=True)
class Hit:
    """A token that says a word of a form: `place` of the word in it."""

    place: int
    score: float
    how: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a token may say: words of forms by their position, and tables whose columns it may introduce.

    alone: the forms that it may say by itself, with score and how.
    """

    forms: Mapping[int, Hit]
    tables: Mapping[TableKey, float]
    alone: tuple[tuple[Form, float, str], ...]


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
    """Kept for the words that were met last: the common ones are in hundreds of names."""
    counts = tokens[at].form in _COUNTS and at + 1 < len(tokens) and tokens[at + 1].form == "of"
    key = (tokens[at].form, tokens[at].lemma, counts)
    found = lexicon.met.get(key)
    if not isinstance(found, Said):
        while len(lexicon.met) >= _WORDS_KEPT:
            lexicon.met.pop(next(iter(lexicon.met), key), None)
        found = lexicon.met[key] = _said(tokens[at], counts, lexicon)
    return found


def _said(token: Token, counts: bool, lexicon: Lexicon) -> Said:
    """counts: the token counts what follows ("number of"), so it is itself only what is called exactly so."""
    forms: dict[int, Hit] = {}
    tables: dict[TableKey, float] = {}
    for word, sense in senses(token, lexicon).items():
        if counts and sense.how != "name":
            continue
        for position in lexicon.postings[word]:
            form = lexicon.forms[position]
            if sense.how == ADJECTIVE and not _is_measured(form, word, lexicon):
                continue
            place = form.words.index(word)
            share = form.weights[place] / form.total
            known = forms.get(position)
            if known is None or known.score * (0.5 + form.weights[known.place] / form.total) < sense.score * (
                0.5 + share
            ):
                forms[position] = Hit(place, sense.score, sense.how)
            if form.target.kind is TargetKind.TABLE:
                introduced = sense.score * share**_COVERAGE
                if introduced > tables.get(form.target.table, 0.5):
                    tables[form.target.table] = introduced
    return Said(forms, tables, tuple(_alone(forms, lexicon)))


def _is_measured(form: Form, word: str, lexicon: Lexicon) -> bool:
    """Whether an adjective may be about it: a column, and one of text only where that holds a day."""
    if form.target.kind is not TargetKind.COLUMN:
        return False
    return word in _DAYS or ColumnKey(form.target.table, form.target.column) not in lexicon.prose


def _alone(hits: Mapping[int, Hit], lexicon: Lexicon) -> Iterator[tuple[Form, float, str]]:
    """A word that hundreds of names hold means none of those that hold it by the way."""
    scored = []
    for position, hit in hits.items():
        form = lexicon.forms[position]
        coverage = form.weights[hit.place] / form.total
        scored.append((form.base * hit.score * coverage**_COVERAGE, coverage, form, hit.how))
    least = _LEAST
    if len(scored) > _CROWD:
        least = max(least, _BY_THE_WAY * max(score for score, *_ in scored))
    for score, coverage, form, how in scored:
        if how == RELATED and (coverage < _MOSTLY or form.how == "vocabulary"):
            continue  # nor is it a guess at a guess: who "lives" somewhere for a family's name
        if score >= least:
            yield form, score, _how(form, coverage, how)


def name_links(tokens: Sequence[Token], lexicon: Lexicon, taken: Sequence[bool]) -> Iterator[Link]:
    """Every way in which a span says a name, unordered; a score is of the words alone."""
    said = {
        at: said_by(tokens, at, lexicon)
        for at, token in enumerate(tokens)
        if not taken[at] and is_content(tokens, at) and token.kind is TokenKind.WORD
    }
    for first in said:
        yield from _from(first, tokens, lexicon, said, taken)
        yield from _in_one_word(tokens, first, said, lexicon)
        if (noun := _shared_noun(tokens, first, said)) is not None:
            yield from _shared(said[first], said[noun], lexicon, first)


def _in_one_word(tokens: Sequence[Token], first: int, said: Mapping[int, Said], lexicon: Lexicon) -> Iterator[Link]:
    """ "hand set" or "hand-set" where a name says "handset"."""
    second = first + 2 if first + 1 < len(tokens) and tokens[first + 1].text == "-" else first + 1
    if second not in said:
        return
    form = tokens[first].form + tokens[second].form
    word = form if form in lexicon.postings else lemma(form)
    if word in lexicon.postings:
        both = replace(tokens[first], form=form, lemma=word)
        for found, score, how in _said(both, False, lexicon).alone:
            yield Link(found.target, first, second + 1, score, how)


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
    both = _grown(_begun(said.forms, noun, lexicon), {}, noun, lexicon, 1)
    for found in _links(both, lexicon, first, first + 1):
        if found.how in ("name", "synonym", "label", "word form", "abbreviation"):
            yield replace(found, score=found.score * _SHARED)


def _from(
    first: int, tokens: Sequence[Token], lexicon: Lexicon, said: Mapping[int, Said], taken: Sequence[bool]
) -> Iterator[Link]:
    hits, tables = said[first].forms, said[first].tables
    for form, score, how in said[first].alone:
        yield Link(form.target, first, first + 1, score, how)
    growing: Mapping[int, _Partial] | None = None
    content = 1
    for at in range(first + 1, len(tokens)):
        if taken[at] or content == MOST_CONTENT:
            return
        if at not in said:
            if tokens[at].form not in _WITHIN:
                return
            continue
        if growing is None:
            growing = _begun(hits, said[at], lexicon)
        growing = _grown(growing, tables, said[at], lexicon, content)
        tables = {table: score + said[at].tables[table] for table, score in tables.items() if table in said[at].tables}
        content += 1
        if not growing and not tables:
            return
        yield from _links(growing, lexicon, first, at + 1)


def _begun(hits: Mapping[int, Hit], following: Said, lexicon: Lexicon) -> dict[int, _Partial]:
    """The forms of a first word that the next one can go on with."""
    forms, tables = following.forms, following.tables
    return {
        position: _Partial(1 << hit.place, lexicon.forms[position].weights[hit.place], hit.score, 1, hit.how)
        for position, hit in hits.items()
        if position in forms or (tables and lexicon.forms[position].target.table in tables)
    }


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
        elif _goes_with_its_table(form) and (score := said.tables.get(form.target.table, 0.0)):
            grown[position] = _Partial(before.places, before.weight, before.score + score, content + 1, before.how)
    if tables:
        for position, hit in said.forms.items():
            form = lexicon.forms[position]
            if form.target.table in tables and position not in grown and _goes_with_its_table(form):
                weight = form.weights[hit.place]
                score = tables[form.target.table] + hit.score
                grown[position] = _Partial(1 << hit.place, weight, score, content + 1, hit.how)
    return grown


def _goes_with_its_table(form: Form) -> bool:
    """Whether the table may be said along: of a column, or of a part that the table plays."""
    return form.target.kind is TargetKind.COLUMN or form.target.relationship is not None


def _links(growing: Mapping[int, _Partial], lexicon: Lexicon, first: int, last: int) -> Iterator[Link]:
    for position, partial in growing.items():
        form = lexicon.forms[position]
        coverage = min(1.0, partial.weight / form.total)
        score = form.base * coverage**_COVERAGE * partial.score / partial.tokens
        if score >= _LEAST:
            yield Link(form.target, first, last, score, _how(form, coverage, partial.how))


def _how(form: Form, coverage: float, how: str) -> str:
    how = form.how if how == "name" else how
    return how if coverage >= _WHOLE else _worse(how, "partial")


def _worse(one: str, other: str) -> str:
    return one if _WORSE[one] >= _WORSE[other] else other
