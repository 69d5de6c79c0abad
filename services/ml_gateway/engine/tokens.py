"""A question as tokens with character spans, and words reduced to a form in which they compare."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class TokenKind(StrEnum):
    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    QUOTED = "quoted"
    PUNCTUATION = "punctuation"


@dataclass(frozen=True, slots=True)
class Token:
    """text is as written; form is lower case without accents; lemma its singular; number where it is one."""

    text: str
    start: int
    end: int
    kind: TokenKind
    form: str = ""
    lemma: str = ""
    number: float | None = None


_TOKEN = re.compile(
    r"""(?P<date>\d{4}-\d{2}-\d{2})(?!\d)
    |(?P<quoted>"[^"\n]{1,100}"|“[^”\n]{1,100}”|\u2018[^\u2019\n]{1,100}\u2019|(?<![\w])'[^'\n]{1,100}'(?![\w])|`[^`\n]{1,100}`)
    |(?P<number>[$€£]?\d+(?:,\d{3})*(?:\.\d+)?(?P<scale>k|m|bn|b)?(?P<percent>\s?%)?(?![\w]))
    |(?P<possessive>['\u2019]s\b|['\u2019](?=\s))
    |(?P<word>\w+)
    |(?P<punctuation>\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9}
_NUMBER_WORDS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fifty hundred".split(),
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 30, 50, 100),
        strict=True,
    )
)
_IRREGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "wives": "wife", "lives": "life",
    "staff": "staff", "series": "series", "species": "species", "news": "news", "data": "data", "media": "media",
    "analyses": "analysis", "indices": "index", "criteria": "criterion", "movies": "movie", "cookies": "cookie",
    "calories": "calorie", "ties": "tie", "pies": "pie", "leaves": "leave", "moves": "move", "gives": "give",
    "has": "has", "ids": "id", "was": "was", "is": "is", "this": "this", "does": "does", "its": "its", "us": "us",
    "as": "as",
    "gas": "gas", "bus": "bus", "plus": "plus", "always": "always", "cases": "case", "databases": "database",
    "purchases": "purchase", "courses": "course", "expenses": "expense", "houses": "house", "nurses": "nurse",
    "warehouses": "warehouse", "phases": "phase", "bases": "base", "responses": "response", "licenses": "license",
    "releases": "release", "leases": "lease", "diseases": "disease", "horses": "horse", "causes": "cause",
    "uses": "use", "clauses": "clause", "increases": "increase", "sales": "sale", "minus": "minus",
}  # fmt: skip


def fold(text: str) -> str:
    """Lower case, accents and compatibility forms removed, so that "Zürich" and "zurich" compare."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=16384)
def lemma(form: str) -> str:
    """The singular of a folded English word; words that are none are left nearly as they are."""
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    if len(form) < 4 or not form.endswith("s") or form.endswith(("ss", "us", "is")):
        return form
    if form.endswith("ies"):
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "uses")):
        return form[:-2]
    return form[:-1]


_ENDINGS = ("ations", "ation", "ings", "ing", "ments", "ment", "ions", "ion", "ed", "er", "al", "ly", "e", "y")


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A rough stem ("shipped", "shipping", "ship" → "ship"), for comparisons that may be wrong and score less."""
    for _ in range(2):  # "ordered" and "order" must meet
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
        word = word.removesuffix(ending)
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word


def tokenize(question: str) -> tuple[Token, ...]:
    """Tokens in order; possessive endings are dropped."""
    tokens = []
    for match in _TOKEN.finditer(question):
        kind, text = match.lastgroup, match.group()
        if kind == "possessive":
            continue
        tokens.append(_token(text, match))
    return tuple(tokens)


def _token(text: str, match: re.Match[str]) -> Token:
    start, end = match.span()
    if match["date"]:
        return Token(text, start, end, TokenKind.DATE, text, text)
    if match["quoted"]:
        inner = text[1:-1]
        return Token(inner, start, end, TokenKind.QUOTED, fold(inner), fold(inner))
    if match["number"]:
        digits = re.sub(r"[^\d.]", "", text.lower().removesuffix("%"))
        number = float(digits) * _SCALES.get((match["scale"] or "").lower(), 1)
        return Token(text, start, end, TokenKind.NUMBER, text.lower(), text.lower(), number)
    if match["word"]:
        form = fold(text)
        number_word = _NUMBER_WORDS.get(form)
        return Token(text, start, end, TokenKind.WORD, form, lemma(form), number_word)
    return Token(text, start, end, TokenKind.PUNCTUATION, text, text)


_SHOUTED = re.compile(r"[^\W\d_]{2,}")
_KEPT = re.compile(
    r"""(?<=\bFROM )[A-Z]{2}\b|(?<=\bIN )[A-Z]{2}(?=\W*$)|\b\w*\d\w*\b|"[^"]*"|“[^”]*”|`[^`]*`|\u2018[^\u2019]*\u2019"""
)
_FEWEST_SHOUTED = 3


def quiet(text: str) -> str:
    """A question that is all in capitals in small letters, of the same length: there capitals name nothing. Codes with
    figures, what is quoted, and two letters behind "in" or "from" ("ORDERS FROM US") stay."""
    words = _SHOUTED.findall(text)
    if len(words) < _FEWEST_SHOUTED or not text.isupper():
        return text
    small = text.lower()
    if len(small) != len(text):
        return text
    for kept in _KEPT.finditer(text):
        small = small[: kept.start()] + kept.group() + small[kept.end() :]
    return small


_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def spaced(name: str) -> str:
    """The parts of a name in mixed case apart: "fullName" as "full Name"."""
    return _CAMEL.sub(" ", name)


@lru_cache(maxsize=16384)
def name_words(name: str) -> tuple[str, ...]:
    """The lemmas in a name or a phrase: "OrderLines", "order_lines" and "order lines" are all ("order", "line")."""
    return tuple(lemma(fold(word)) for word in re.findall(r"[^\W_]+", spaced(name)))
