"""Which spans of a question are read as names: words that say what to do are no part of one."""

from collections.abc import Sequence

from services.ml_gateway.engine.expanding import RELATED
from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.links import Link, Span
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.opposing import OPPOSITE
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.tokens import Token, TokenKind, name_words
from services.ml_gateway.engine.words.splitting import full_words

# Of these no name is made, unless the name is a value or written exactly so.
_DOING = frozenset(
    """most least longest shortest quality average sum more less equal between each by group order descending ascending
    no both either and but only how what where show have be do than that all frequent contain start end least_at will so
    too distinct count""".split()
)
_JOINING = frozenset("of in from to for with as the".split())
_EDGES = _JOINING | {"and", "either", "the"}
_EXACT = frozenset("name synonym label value key role metric".split())
_HELD = frozenset({TargetKind.VALUE, TargetKind.LITERAL, TargetKind.METRIC})
_MEASURING = frozenset("longest shortest quality more less long".split())
_DONE = ("ed", "ing")
_TOTALS = frozenset("total totals".split())
_SORTING = frozenset("by alphabetically ascending descending chronologically order from according".split())
_WHO = frozenset(("who", "which", "that"))
_SURE, _TAUGHT = 0.85, 0.9
_PER_SPAN = 8
_NAMING = frozenset("named called titled".split())


EACH = frozenset("by per each every".split())
PERHAPS = 0.65  # how sure a link is that part of a name gives
_DIVISIONS, _NEARLY = 2, 0.9


def divisions(spans: Sequence[Span], tokens: Sequence[Token]) -> tuple[tuple[Span, ...], ...]:
    """The division that explains the most, and the next one where it explains nearly as much."""
    tables = {span.last for span in spans if any(_is_table(link) for link in span.links)}
    alone = {span.first for span in spans if span.last - span.first == 1 and any(_is_table(one) for one in span.links)}
    by_end: dict[int, list[Span]] = {}
    held = {
        span.first
        for span in spans
        if span.last - span.first == 1
        and any(one.target.kind is TargetKind.VALUE and one.score > 0.9 for one in span.links)
    }
    opposed = {span.first for span in spans if any(one.how == OPPOSITE for one in span.links)}
    flags = {_column_of(one) for span in spans for one in span.links if _is_flag(one)}
    for span in spans:
        loose = sum(at in alone for at in range(span.first, span.last)) > 1
        loose = loose or (span.last - span.first > 1 and (span.last - 1 in held or span.first in held))
        loose = loose or _tells(span, tokens, alone)
        loose = loose or (span.last - span.first > 1 and span.first in opposed)
        qualified = span.last - span.first > 1 and any(at in alone for at in range(span.first, span.last))
        if qualified:  # "urgent jobs" are jobs, which are urgent
            span = Span(span.first, span.last, tuple(x for x in span.links if _column_of(x) not in flags))
        if one := _kept(span, tokens, tables, loose):
            by_end.setdefault(one.last, []).append(one)
    best: list[list[tuple[float, tuple[Span, ...]]]] = [[(0.0, ())]]
    for end in range(1, len(tokens) + 1):
        found = list(best[end - 1])
        for span in by_end.get(end, ()):
            found += [(worth + _worth(span), (*before, span)) for worth, before in best[span.first]]
        found.sort(key=lambda one: -one[0])
        best.append(found[:_DIVISIONS])
    worths = best[-1]
    return tuple(division for worth, division in worths if worth >= _NEARLY * worths[0][0])


def _is_flag(link: Link) -> bool:
    return link.target.kind is TargetKind.FLAG or link.how == "code"


def _column_of(link: Link) -> tuple[TableKey, str]:
    return link.target.table, link.target.column


def _tells(span: Span, tokens: Sequence[Token], tables: set[int]) -> bool:
    """Whether it is a table and what is done there: "trips started", "people signed up", "registered courses"."""
    if span.last - span.first < 2:
        return False
    one, other = span.first, span.first + 1
    if one in tables and tokens[other].form.endswith(_DONE):
        return True
    return span.last - span.first == 2 and other in tables and tokens[one].form.endswith(_DONE)


def _worth(span: Span) -> float:
    """Sure ones, and long ones more than their parts."""
    return float(span.links[0].score * (span.last - span.first) ** 1.2)


def _is_table(link: Link) -> bool:
    return link.target.kind is TargetKind.TABLE and link.score >= _SURE


def _kept(span: Span, tokens: Sequence[Token], tables: set[int], loose: bool) -> Span | None:
    """loose: it holds several tables, or a value, which only an exact name may join."""
    words = tokens[span.first : span.last]
    links = tuple(
        link
        for link in span.links
        if (_fits(link, span, words, tables) or _is_verb(link, span, tokens) or _is_beside(link, span, tokens))
        and not (loose and link.target.kind not in _HELD and not _whole(link, words))
    )
    kept = [*(one for one in links if not one.target.literal)][: _PER_SPAN - 1]
    kept += [one for one in links if one.target.literal][:1]
    return Span(span.first, span.last, tuple(kept)) if kept else None


def _is_written(link: Link, word: Token, name: str) -> bool:
    """Whether a word that says what to do is a value all the same: as it is spelled, not by its capital alone."""
    if (link.target.kind is TargetKind.LITERAL and link.how == "name") or link.how.endswith(" code"):
        return word.text.isupper() and name == "that"  # "US", not "Sort" or "NOT"
    return link.how in _EXACT and not (name == "count" and word.text.islower())


def _is_verb(link: Link, span: Span, tokens: Sequence[Token]) -> bool:
    """ "Customers who ordered in May" have orders; "ordered by name" is another thing."""
    after = {token.form for token in tokens[span.last : span.last + 3]}
    said = span.last - span.first == 1 and tokens[span.first].form == "ordered"
    whose = span.first > 0 and tokens[span.first - 1].form in _WHO  # "who ordered by phone"
    return said and link.target.kind in (TargetKind.TABLE, TargetKind.COLUMN) and (whose or not after & _SORTING)


def _is_beside(link: Link, span: Span, tokens: Sequence[Token]) -> bool:
    """ "Open dates and years" are the columns of that name, and no grain, where nothing is split."""
    word = tokens[span.first]
    if span.last - span.first != 1 or WORDS.get(word.form) != "year" or link.target.kind is not TargetKind.COLUMN:
        return False
    before = [token.form for token in tokens[: span.first]]
    return before[-1:] == ["and"] and link.score >= PERHAPS and EACH.isdisjoint(before)


def _whole(link: Link, words: Sequence[Token]) -> bool:
    """Whether the words are a name to the last of them."""
    return link.how in _EXACT and {word.lemma for word in words} <= set(
        name_words(link.target.column or link.target.table.name)
    )


def _spelled(words: Sequence[Token]) -> tuple[str, ...]:
    return tuple(word.lemma for word in words)


def _says_no_more(link: Link, words: Sequence[Token], classes: Sequence[str]) -> bool:
    """Whether words that say what to do are part of the metric's name: "products by revenue" is no name."""
    said = {word.lemma for word, name in zip(words, classes, strict=True) if name in _DOING or name in _JOINING}
    return said <= set(name_words(link.target.metric)) and all(word.text != "," for word in words)


def _fits(link: Link, span: Span, words: Sequence[Token], tables: set[int]) -> bool:
    classes = [WORDS.get(word.form, "") if word.kind is TokenKind.WORD else "" for word in words]
    if len(words) > 1 and words[-1].form in _TOTALS:
        classes[-1] = ""  # "the order total": what it is called
    kind = link.target.kind
    if link.how == RELATED and any(classes):
        return False  # a guess, where the word has something to say of its own
    if kind in _HELD:
        if len(words) == 1:
            if kind is TargetKind.METRIC and link.how == "partial" and span.last in tables:
                return False  # "payments" are these, and not each number of them
            return not classes[0] or words[0].number is not None or _is_written(link, words[0], classes[0])
        if kind is TargetKind.VALUE and link.how == "part" and {classes[0], classes[-1]} & _EDGES:
            return False  # "of ships" is part of many values
        if kind is TargetKind.METRIC and link.how not in _EXACT:
            return span.last not in tables and _says_no_more(link, words, classes)
        return kind is not TargetKind.LITERAL or not {"and", "either"} & set(classes)
    if link.how == "question":
        return span.first == 0 or words[0].number is not None or words[0].kind is TokenKind.DATE
    if len(words) > 1 and link.how in _EXACT and _spelled(words) == name_words(link.target.column):
        return True  # "on display"
    if len(words) == 1:
        if classes[0] in _DOING and classes[0] not in _MEASURING:
            called = link.how == "synonym" and kind is TargetKind.TABLE
            return called or (words[0].lemma,) == name_words(link.target.column or link.target.table.name)
        return not classes[0] or link.how in _EXACT or link.how == OPPOSITE or classes[0] in _MEASURING
    if words[-1].form in _NAMING:
        return False  # "staff named": the staff
    if not any(
        name in _DOING or name in _JOINING or word.text == "," for name, word in zip(classes, words, strict=True)
    ):
        return True
    if link.how == "synonym" and link.score >= _TAUGHT and not {classes[0], classes[-1]} & (_JOINING | _DOING):
        return True  # "calls at the bedside", as somebody calls it
    if classes[0] in _JOINING or classes[-1] in _JOINING or span.last in tables:
        return False  # "the name of the stadium": two names
    said = {word.lemma for word, name in zip(words, classes, strict=True) if name not in _JOINING}
    name = link.target.column or link.target.table.name
    named = {*name_words(name), *full_words(name)}
    if not set(classes) & _JOINING:  # "the order total", but "an order with a total"
        named |= set(name_words(link.target.table.name))
    return link.how in _EXACT and link.score >= 0.75 and said <= named
