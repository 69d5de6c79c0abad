"""Columns that words measure without naming them: "oldest" a year of birth, "revenue" an amount, "kilos" a weight."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.model import Column, DataType, TableKey
from services.ml_gateway.engine.tokens import Token, lemma, name_words
from services.ml_gateway.engine.vocabulary import ADJECTIVES, FIGURES

ADJECTIVE_FORMS = {
    "older": "old", "oldest": "old", "eldest": "old", "younger": "young", "youngest": "young", "longer": "long",
    "longest": "long", "shorter": "short", "shortest": "short", "heavier": "heavy", "heaviest": "heavy",
    "taller": "tall", "tallest": "tall", "cheaper": "cheap", "cheapest": "cheap", "lighter": "light",
    "lightest": "light", "earlier": "early", "earliest": "early", "later": "recent", "latest": "recent",
    "newer": "new", "newest": "new", "larger": "large", "largest": "large", "bigger": "big", "biggest": "big",
    "smaller": "small", "smallest": "small", "richer": "rich", "richest": "rich", "faster": "fast", "fastest": "fast",
    "slower": "slow", "slowest": "slow", "recently": "recent", "recent": "recent", "expensive": "expensive",
    "costly": "costly", "dearer": "expensive", "dearest": "expensive", "costlier": "costly", "costliest": "costly",
    "pricier": "expensive", "priciest": "expensive", "thicker": "thick", "thickest": "thick", "thinner": "thin",
    "thinnest": "thin", "aged": "old", "old": "old", "young": "young", "long": "long", "tall": "tall",
}  # fmt: skip
_SUPERLATIVES = frozenset(form for form in ADJECTIVE_FORMS if form.endswith("est"))
_OF_TIME = frozenset("old young new recent early".split())
_NEVER_NEW = frozenset("birth born dob birthday birthdate".split())  # when a person was born is no news of him
_OUTGOING = frozenset(
    "cost expense spend refund salary wage budget discount tax deposit limit credit purchase bought repair".split()
)
_BOUNDS = frozenset(
    "limit capacity reorder minimum maximum max min credit target".split()
)  # no figure of what happened
_VERBS = frozenset(
    "pay paid earn earned spend spent charge charged bill billed raise raised lend lent owe owed".split()
)
_HOW_MUCH = frozenset("much most more less least total altogether overall sum average".split())
_LEAST = 0.3  # how much an unlikely name is worth
_OTHERS = 0.6  # of what the columns of tables are worth that nobody names
_FIGURE = 0.62
_MOST = 8

Scored = list[tuple[float, Target]]


def of_adjective(form: str, index: Index, named: Collection[TableKey]) -> Scored:
    """The columns that an adjective may measure: those whose names hold one of its nouns; for an age or a novelty, also
    the one date of a table. named: the tables that the question names, whose columns come first."""
    word = ADJECTIVE_FORMS.get(form)
    if word is None:
        return []
    nouns = ADJECTIVES[word][0]
    timed = form in _SUPERLATIVES and word in _OF_TIME
    scored: Scored = []
    for table in index.catalog.tables:
        facts = index.tables[table.key]
        for column in table.columns:
            if not (column.data_type.numeric or column.data_type.temporal) and not set(nouns) & {"date", "birth"}:
                continue
            said = name_words(column.name)
            if column.name in facts.keys or not said:
                continue
            if word in ("new", "recent") and _NEVER_NEW & set(said):
                continue
            best = max((_graded(place) - (0 if said[-1] == noun else 0.05) for place, noun in enumerate(nouns)
                        if noun in said), default=0.0)  # fmt: skip
            if not best and timed and column.data_type.temporal and word != "young":
                best = _LEAST if column.name in facts.default_dates else 0.0
            if best:
                scored.append((best, Target(TargetKind.COLUMN, table.key, column.name)))
    return _best(scored, named)


def of_figure(token: Token, forms: Collection[str], index: Index) -> Scored:
    """The numbers that a word may ask for that is none of their names: "revenue" for an amount. A verb asks for none
    but with words for how much: "paid by card" does not, "paid the most" does. forms: all words of the question."""
    if token.form in _VERBS and _HOW_MUCH.isdisjoint(forms):
        return []
    kinds = [(kind, *FIGURES[kind]) for kind in FIGURES if {token.form, token.lemma} & FIGURES[kind][0]]
    if not kinds:
        return []
    scored: Scored = []
    for table in index.catalog.tables:
        keys = index.tables[table.key].keys
        for column in table.columns:
            if column.data_type.numeric and column.name not in keys:
                best = max(_of_kind(column, kind, columns, token) for kind, _, columns in kinds)
                if best:
                    scored.append((best, Target(TargetKind.COLUMN, table.key, column.name)))
    likely = [one for one in scored if one[0] >= _LEAST] or scored  # what is spent on things is no revenue
    return _best(likely, {target.table for _, target in likely})


def _of_kind(column: Column, kind: str, columns: tuple[str, ...], token: Token) -> float:
    said = name_words(column.name)
    if not said or column.data_type is DataType.BOOLEAN:
        return 0.0
    if {token.lemma, lemma(token.form)} & {said[-1]}:
        return 0.8
    best = max((_FIGURE - 0.02 * place - (0 if said[-1] == word else 0.04) for place, word in enumerate(columns)
                if word in said), default=0.0)  # fmt: skip
    if kind == "income" and _OUTGOING & set(said):
        best -= 0.25
    if _BOUNDS & set(said):
        best -= 0.25
    return max(best, 0.0)


def _graded(place: int) -> float:
    return max(1 - 0.1 * place, _LEAST + 0.2 - 0.005 * place)


def _best(scored: Iterable[tuple[float, Target]], named: Collection[TableKey]) -> Scored:
    of_named = any(target.table in named for _, target in scored)
    graded = [(score if target.table in named or not of_named else score * _OTHERS, target) for score, target in scored]
    return sorted(graded, key=lambda one: (one[1].table not in named, -one[0], one[1].table, one[1].column))[:_MOST]
