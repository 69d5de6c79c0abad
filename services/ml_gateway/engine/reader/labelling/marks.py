"""General English that says what to do with names, whatever the names are: the only words that weights may know.

A word that isn't here is "~" to the reader, so nothing it learns can be about a schema or its values.
"""

from collections.abc import Mapping, Sequence

from services.ml_gateway.engine.tokens import Token, TokenKind

# Words by what they do. A word's class and the word itself are both seen.
_CLASSES: Mapping[str, str] = {
    "most": "most highest largest greatest biggest maximum max top best",
    "least": "least fewest lowest smallest minimum min worst bottom",
    "longest": """oldest longest latest newest tallest heaviest fastest richest widest deepest strongest farthest
        furthest eldest dearest costliest priciest thickest""",
    "shortest": "youngest shortest earliest cheapest lightest slowest closest nearest poorest thinnest",
    "frequent": "common popular frequent frequently often commonly popularly",
    "quality": "recent recently expensive costly experienced",
    "average": "average averages avg mean",
    "sum": "total totals sum overall combined altogether",
    "median": "median percentile",
    "count": "many number numbers count counts counted quantity",
    "more": "more greater higher larger bigger above over exceeding exceed exceeds older longer taller heavier after "
    "later better",
    "less": "less fewer lower smaller below under younger shorter lighter cheaper before earlier",
    "equal": "equal equals exactly same",
    "between": "between",
    "each": "each every per respective respectively",
    "by": "by",
    "group": "group grouped across breakdown split broken segmented",
    "order": "order ordered orders sort sorted sorting rank ranked ranking arrange arranged listed",
    "descending": "descending decreasing desc reverse",
    "ascending": "ascending increasing asc alphabetical alphabetically alphabetic lexicographical lexicographic "
    "chronological chronologically",
    "distinct": "different distinct unique various",
    "no": "no not never without except excluding exclude neither nor none cannot don t doesn didn isn aren wasn weren "
    "haven hasn lack lacks lacking outside non nothing nobody noone",
    "both": "both also well",
    "either": "either or",
    "and": "and plus",
    "but": "but however",
    "only": "only just",
    "how": "how",
    "what": "what which who whom whose whats",
    "where": "where when",
    "show": "list show find give return display tell get retrieve print report provide select fetch compute "
    "calculate describe",
    "have": "have has had having having",
    "be": "is are was were be been being am",
    "do": "do does did done doing",
    "of": "of",
    "in": "in on at within inside into",
    "from": "from",
    "to": "to",
    "for": "for",
    "with": "with",
    "as": "as",
    "than": "than",
    "the": "the a an",
    "that": "that those these this they them their its it his her he she we our me i us my you your there",
    "all": "all any some every entire whole",
    "named": "named called titled name names",
    "contain": "contain contains containing contained include includes including substring word words letter letters "
    "phrase string prefix like",
    "start": "start starts starting begin begins beginning",
    "end": "end ends ending finish finishes",
    "least_at": "least most",
    "twice": "once twice thrice times time",
    "if": "if whether",
    "year": "year years month months day days week weeks quarter quarters date daily weekly monthly yearly quarterly "
    "annual annually today yesterday ago since until during",
    "share": "percentage percent share proportion ratio fraction rate",
    "change": "growth change increase decrease compared compare versus vs trend",
    "person": "people person someone anyone somebody anybody one ones",
    "info": "information info details detail data record records row rows entry entries value values",
    "kind": "kind kinds type types sort sorts",
    "id": "id ids identifier identifiers code codes",
    "among": "among amongst together along corresponding associated related belonging belong belongs respectively "
    "located",
    "made": "made make makes used use uses using take takes took taken held hold holds",
    "long": "long old much far tall big large high low",
    "other": "other others another else rest",
    "exist": "exist exists available present missing empty null",
    "last": "last first second third next previous past current",
    "will": "can could would should will may might must please",
    "so": "so then while because",
    "too": "too very still already yet ever",
}
WORDS: Mapping[str, str] = {word: name for name, words in reversed(list(_CLASSES.items())) for word in words.split()}
_SIGNS = frozenset(", ? . : ; ( ) < > = ! %".split())


def symbols(tokens: Sequence[Token]) -> tuple[str, ...]:
    """What the reader sees of each token that no item covers."""
    return tuple(_symbol(token) for token in tokens)


def _symbol(token: Token) -> str:
    if token.kind is TokenKind.QUOTED:
        return "quoted"
    if token.kind is TokenKind.DATE:
        return "date"
    if token.kind is TokenKind.NUMBER:
        return "#"
    if token.kind is TokenKind.PUNCTUATION:
        return token.text if token.text in _SIGNS else "~"
    if token.form in WORDS:
        return token.form
    return "#" if token.number is not None else "~"
