"""Spans of a question that say values of the catalog: in whole, in part, in another form, or by what a code means."""

from collections.abc import Iterator, Mapping, Sequence

from services.ml_gateway.engine.lexicon import Lexicon, Value
from services.ml_gateway.engine.links import Link
from services.ml_gateway.engine.name_matching import is_content
from services.ml_gateway.engine.spelling import SLIP, near
from services.ml_gateway.engine.tokens import Token, TokenKind, fold, name_words
from services.ml_gateway.engine.vocabulary import COUNTRIES
from services.ml_gateway.engine.words.abbreviations import ABBREVIATIONS, SHORT_FORMS
from services.ml_gateway.engine.words.codes import GENDER_COLUMNS, GENDERS
from services.ml_gateway.engine.words.function import FUNCTION_WORDS
from services.ml_gateway.engine.words.places import DEMONYMS, STATE_CODES
from services.ml_gateway.engine.words.related import is_common
from services.ml_gateway.engine.words.roots import root
from services.ml_gateway.engine.words.splitting import known, parts

_WHOLE, _FORM, _PEOPLE, _CODE, _GENDER, _SHORT = 0.96, 0.68, 0.85, 0.93, 0.9, 0.75
_PARTLY, _PARTLY_SPAN = 0.4, 0.4
_CAPITALS = 0.12  # what a capital adds to a part of a value
_MOST_VALUES = 60  # a word of more values than this says none of them
_MOST_WORDS = 8


def value_links(tokens: Sequence[Token], lexicon: Lexicon, taken: Sequence[bool]) -> Iterator[Link]:
    """Unordered; scores are of the words alone."""
    said = [_said(token, lexicon) if not taken[at] else {} for at, token in enumerate(tokens)]
    for first, token in enumerate(tokens):
        if taken[first]:
            continue
        if token.kind is TokenKind.QUOTED:
            yield from _quoted(token, first, lexicon)
            continue
        if token.kind is TokenKind.PUNCTUATION:
            continue
        yield from _phrases(tokens, first, lexicon, said, taken)
        yield from _names_of_places(tokens, first, lexicon, taken)
        yield from _genders(token, first, lexicon)


def _said(token: Token, lexicon: Lexicon) -> dict[int, tuple[str, float]]:
    """Values by position, with the word of it that the token says, and how surely."""
    found: dict[int, tuple[str, float]] = {}
    if token.kind not in (TokenKind.WORD, TokenKind.NUMBER):
        return found
    same = (token.lemma, token.form, token.form.removesuffix("s"))
    words = {word: 1.0 for word in same if word in lexicon.value_postings}
    if len(token.form) > 3:
        for word in lexicon.value_roots.get(root(token.form), ()):
            words.setdefault(word, _FORM)
    if token.form not in FUNCTION_WORDS:
        long = ABBREVIATIONS.get(token.form, ())
        for word in (*(long if len(long) == 1 else ()), *SHORT_FORMS.get(token.lemma, ())):
            if word in lexicon.value_postings:
                words.setdefault(word, _SHORT)
    if not words and _is_slip(token, lexicon):
        words = dict.fromkeys(near(token.form, lexicon.value_spellings), SLIP)
    for word, score in words.items():
        for position in lexicon.value_postings[word]:
            if position not in found:
                found[position] = (word, score)
    return found


def _is_slip(token: Token, lexicon: Lexicon) -> bool:
    """Whether it may be a value misspelt: no word of English or of a name, and no proper name, of which another may
    well be meant."""
    form = token.form
    if token.kind is not TokenKind.WORD or not token.text.islower() or form in FUNCTION_WORDS:
        return False
    named = form in lexicon.postings or token.lemma in lexicon.postings
    return not (named or known(form) or is_common(form))


def _phrases(
    tokens: Sequence[Token],
    first: int,
    lexicon: Lexicon,
    said: Sequence[Mapping[int, tuple[str, float]]],
    taken: Sequence[bool],
) -> Iterator[Link]:
    """Values whose words follow one another here; a capital or a second word lets a part stand for the whole."""
    if not said[first]:
        return
    growing = {position: (frozenset({word}), score, 1) for position, (word, score) in said[first].items()}
    capital = _is_capital(tokens, first)
    content = is_content(tokens, first)
    for last in range(first + 1, min(len(tokens), first + 2 * _MOST_WORDS) + 1):
        if last > first + 1:
            at = last - 1
            if taken[at] or tokens[at].kind is TokenKind.QUOTED:
                return
            if tokens[at].kind is TokenKind.PUNCTUATION:
                continue
            growing = {
                position: (words | {said[at][position][0]}, score + said[at][position][1], count + 1)
                for position, (words, score, count) in growing.items()
                if position in said[at]
            }
            capital = capital or _is_capital(tokens, at)
            content = content or is_content(tokens, at)
            if not growing:
                return
        yield from _parts(growing, lexicon, first, last, capital=capital, content=content)


def _parts(
    growing: Mapping[int, tuple[frozenset[str], float, int]],
    lexicon: Lexicon,
    first: int,
    last: int,
    *,
    capital: bool,
    content: bool,
) -> Iterator[Link]:
    crowded = len(growing) > _MOST_VALUES
    for position, (words, score, count) in growing.items():
        value = lexicon.values[position]
        coverage = _coverage(words, value.words)
        surely = score / count
        if coverage >= 0.999:
            if content or capital:
                how = "value" if surely == 1.0 else "word form"
                yield Link(value.target, first, last, _WHOLE * surely, how)
        elif content and not crowded and (capital or coverage >= 0.5 or count > 1):
            worth = _PARTLY + _PARTLY_SPAN * coverage + (_CAPITALS if capital else 0.0)
            yield Link(value.target, first, last, min(0.9, worth) * surely, "part")


def _coverage(said: frozenset[str], words: Sequence[str]) -> float:
    """The share of the value's letters in the words said; small words count little."""
    weights = [0.1 if word in FUNCTION_WORDS else 2.0 + len(word) for word in words]
    return sum(w for word, w in zip(words, weights, strict=True) if word in said) / sum(weights)


def _quoted(token: Token, at: int, lexicon: Lexicon) -> Iterator[Link]:
    exact = lexicon.exact_values.get(token.form.strip(), ())
    for position in exact:
        same = lexicon.values[position].target.value == token.text
        yield Link(lexicon.values[position].target, at, at + 1, 1.0 if same else 0.98, "value")
    if exact:
        return
    words = name_words(token.text)
    found: dict[int, int] = {}
    for word in words:
        for position in lexicon.value_postings.get(word, ()):
            found[position] = found.get(position, 0) + 1
    for position, count in found.items():
        if count == len(set(words)):
            value = lexicon.values[position]
            coverage = _coverage(frozenset(words), value.words)
            yield Link(value.target, at, at + 1, 0.5 + 0.46 * coverage, "value" if coverage > 0.999 else "part")


def _names_of_places(tokens: Sequence[Token], first: int, lexicon: Lexicon, taken: Sequence[bool]) -> Iterator[Link]:
    """Countries, their people, and states, where the data hold another name or a code of them."""
    for last in range(first + 1, min(len(tokens), first + 4) + 1):
        if taken[last - 1] or tokens[last - 1].kind is not TokenKind.WORD:
            return
        name = " ".join(token.form for token in tokens[first:last])
        single = tokens[last - 1].lemma if last == first + 1 else name
        for country in DEMONYMS.get(name, DEMONYMS.get(single, ())):
            yield from _stored(country, lexicon, first, last, _PEOPLE, "people")
            for code in COUNTRIES.get(country, ()):
                yield from _stored(code, lexicon, first, last, _PEOPLE, "people", exactly=True)
        if name in COUNTRIES and (last > first + 1 or len(name) > 3 or tokens[first].text.isupper()):
            codes = COUNTRIES[name]
            for other, same in COUNTRIES.items():
                if same == codes and other != name:
                    yield from _stored(other, lexicon, first, last, _CODE, "country code")
            for code in codes:
                yield from _stored(code, lexicon, first, last, _CODE, "country code", exactly=True)
        if name in STATE_CODES and tokens[first].text[:1].isupper():
            yield from _stored(STATE_CODES[name], lexicon, first, last, _CODE, "state code", exactly=True)


def _stored(
    text: str, lexicon: Lexicon, first: int, last: int, score: float, how: str, *, exactly: bool = False
) -> Iterator[Link]:
    for position in lexicon.exact_values.get(fold(text), ()):
        value: Value = lexicon.values[position]
        if not exactly or value.target.value == text:
            yield Link(value.target, first, last, score, how)


def _genders(token: Token, at: int, lexicon: Lexicon) -> Iterator[Link]:
    """ "female" for the F of a column called sex."""
    for stored in GENDERS.get(token.lemma, ()):
        for position in lexicon.exact_values.get(stored, ()):
            target = lexicon.values[position].target
            if GENDER_COLUMNS & set(parts(target.column)):
                yield Link(target, at, at + 1, _GENDER, "code")


def _is_capital(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at].kind is TokenKind.WORD and tokens[at].text[0].isupper()
