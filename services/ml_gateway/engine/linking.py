"""Words to meanings: which spans of a question name tables, columns, values or metrics, and how surely."""

from collections.abc import Iterator, Sequence

from services.ml_gateway.engine.context import best_in_context, evidence, likeliest
from services.ml_gateway.engine.expanding import RELATED
from services.ml_gateway.engine.implied import coded_links, implied_links
from services.ml_gateway.engine.index import MAX_PHRASE, Entry, Index, TargetKind
from services.ml_gateway.engine.links import Link as Link
from services.ml_gateway.engine.links import Segment as Segment
from services.ml_gateway.engine.links import Span as Span
from services.ml_gateway.engine.literals import literals
from services.ml_gateway.engine.model import ColumnKey, DataType
from services.ml_gateway.engine.name_matching import name_links
from services.ml_gateway.engine.naming import column_label
from services.ml_gateway.engine.opposing import opposite_links
from services.ml_gateway.engine.tokens import Token, TokenKind, fold, stem
from services.ml_gateway.engine.value_matching import value_links
from services.ml_gateway.engine.vocabulary import FILLER
from services.ml_gateway.engine.words.related import is_common
from services.ml_gateway.engine.words.splitting import plain_words

_STEMMED = 0.85
GUESSED = frozenset({"vocabulary", "spelling", "description", "elsewhere", RELATED})  # said to the reader
_MISSPELT = 0.8
_WHOLE_NAMES, _CALLED_SO = frozenset({"name", "synonym"}), 0.95
_HYPHEN, _NEGATIVE = "-", frozenset("no non not never".split())
_JOINING = frozenset("in or and not by of to on at for from with is as".split())
_BEFORE_NAMES = frozenset("in from of for".split())
_STANDING = frozenset("on in at under out off".split())
_FORMS = frozenset("word form,label,name,partial".split(","))
_ALTERNATIVES = 8
_FEW_TABLES = 30
_EXPLAINS = 0.65
_TEXTS_KEPT = 8


def spans(tokens: Sequence[Token], index: Index, taken: Sequence[bool] = ()) -> tuple[Span, ...]:
    """Every plausible span, overlapping ones too, by position: a reader chooses. taken marks tokens to leave out."""
    free = tuple(taken) or (False,) * len(tokens)
    said = (tuple(tokens), free)
    found = index.linked.get(said)
    if found is None:
        while len(index.linked) >= _TEXTS_KEPT:
            index.linked.pop(next(iter(index.linked), said), None)
        found = index.linked[said] = _spans(tokens, index, free)
    return found


def _spans(tokens: Sequence[Token], index: Index, free: Sequence[bool]) -> tuple[Span, ...]:
    lexicon = index.lexicon
    links = [
        *name_links(tokens, lexicon, free),
        *value_links(tokens, lexicon, free),
        *(
            found
            for segment in _candidates(tokens, index, free, exact=False)
            for found in segment.links
            if is_value(found) or _is_whole_name(found, tokens)
        ),
    ]
    written = list(_identifiers(tokens, index, free))
    spelled = {one.first for one in written}
    links = [*(one for one in links if one.first not in spelled or one.last > one.first + 1), *written]
    links.extend(coded_links(tokens, links, lexicon.coded))
    links.extend(opposite_links(tokens, index.qualities, free))
    links = _without_deeds(_without_other_forms(_without_idle_guesses(links)), tokens, index)
    seen = evidence(links, lexicon.neighbours)
    likely = [index.tables[table] for table in likeliest(seen, _FEW_TABLES) if table in index.tables]
    links.extend(implied_links(tokens, likely or list(index.tables.values())[:_FEW_TABLES], free))
    names = {at for at in spelled if _is_numbered(tokens[at])}  # that are no codes then
    links.extend(literals(tokens, [is_taken or at in names for at, is_taken in enumerate(free)]))
    by_place: dict[tuple[int, int], list[Link]] = {}
    for found in links:
        by_place.setdefault((found.first, found.last), []).append(found)
    return tuple(
        Span(first, last, best_in_context(group, seen, _ALTERNATIVES))
        for (first, last), group in sorted(by_place.items())
    )


def _without_idle_guesses(links: Sequence[Link]) -> list[Link]:
    """General English explains only what nothing in the catalog does."""
    if not any(one.how == RELATED for one in links):
        return list(links)
    explained = {
        at for one in links if one.how != RELATED and one.score >= _EXPLAINS for at in range(one.first, one.last)
    }
    return [one for one in links if one.how != RELATED or not explained.intersection(range(one.first, one.last))]


def _without_other_forms(links: Sequence[Link]) -> list[Link]:
    """What a table is called exactly is no form of another table's name: "shipments" where "shippers" are customers."""
    called = {(one.first, one.last): one.target for one in links if one.how == "name" and _is_table(one)}
    return [
        one
        for one in links
        if one.how != "word form" or not _is_table(one) or called.get((one.first, one.last), one.target) == one.target
    ]


def _without_deeds(links: Sequence[Link], tokens: Sequence[Token], index: Index) -> list[Link]:
    """ "Sold" and "sales" are deeds, where a column says whether something is "on sale"."""

    def is_deed(one: Link) -> bool:
        target = one.target
        if target.kind not in (TargetKind.COLUMN, TargetKind.FLAG):
            return False
        key = ColumnKey(target.table, target.column)
        if index.catalog.columns[key].data_type is not DataType.BOOLEAN:
            return False
        lead, *named = column_label(key, index).lower().split()
        led = one.first > 0 and tokens[one.first - 1].form == lead
        said = {token.form for token in tokens[one.first : one.last]}
        return lead in _STANDING and bool(named) and not led and not said & {lead, *named}

    return [one for one in links if one.how not in _FORMS or not is_deed(one)]


def _is_table(link: Link) -> bool:
    return link.target.kind is TargetKind.TABLE and link.target.relationship is None


def _identifiers(tokens: Sequence[Token], index: Index, free: Sequence[bool]) -> Iterator[Link]:
    """Names that stand in the question as they do in the database, "order_items": that, and nothing like it."""
    for at, token in enumerate(tokens):
        if free[at]:
            continue
        if _is_numbered(token):
            named = [one for one in index.phrases.get((token.form,), ()) if one.how == "name"]
            yield from _entries(named, at, at + 1, 1.0, "")
        elif "_" in token.text:
            yield from _entries(index.phrases.get(plain_words(token.text), ()), at, at + 1, 1.0, "")


def _is_numbered(token: Token) -> bool:
    """Whether it is written as codes are: "t1", "col3"."""
    text = token.text
    return "_" not in text and any(map(str.isdigit, text)) and any(map(str.isalpha, text))


def _is_whole_name(found: Link, tokens: Sequence[Token]) -> bool:
    """Whether it is a name that is no row of names' words: "no-show rate" has a sign in it and begins with "no", "on
    display" are little words."""
    words = tokens[found.first : found.last]
    odd = any(word.text == _HYPHEN for word in words) or words[0].form in _NEGATIVE
    odd = odd or all(word.form in FILLER for word in words)
    return odd and len(words) > 1 and found.how in _WHOLE_NAMES and found.score >= _CALLED_SO


def best_division(found: Sequence[Span]) -> tuple[Span, ...]:
    """The non-overlapping spans that together explain the most."""
    best = _best([Segment(span.first, span.last, span.links) for span in found])
    return tuple(Span(segment.first, segment.last, segment.links) for segment in best)


def named_spans(tokens: Sequence[Token], index: Index) -> tuple[Segment, ...]:
    """Spans of two words and more that are exactly a name of the catalog: no cue or date may break them."""
    found = []
    for segment in _best(_candidates(tokens, index, [False] * len(tokens), exact=True)):
        if segment.last - segment.first > 1 and segment.links[0].score >= 0.95:
            found.append(segment)
    return tuple(found)


def link(tokens: Sequence[Token], index: Index, taken: Sequence[bool]) -> tuple[Segment, ...]:
    """The best division of the free tokens into segments that mean something."""
    return _best(_candidates(tokens, index, taken, exact=False))


def _candidates(tokens: Sequence[Token], index: Index, taken: Sequence[bool], *, exact: bool) -> list[Segment]:
    segments = []
    for first in range(len(tokens)):
        signs = 0
        for last in range(first + 1, len(tokens) + 1):
            if taken[last - 1] or last - first - signs > MAX_PHRASE:
                break
            if tokens[last - 1].kind is TokenKind.PUNCTUATION:
                if last - 1 == first:
                    break
                signs += 1
                continue
            links = _spelled(tokens, index, first, last) if signs else _links(tokens, index, first, last, exact)
            if links:
                segments.append(Segment(first, last, links))
    return segments


def _capitals(tokens: Sequence[Token], index: Index, first: int) -> tuple[Link, ...]:
    """A value that is a small word but for its capitals: "hours of IT". "OR" may be an emphasis, "in OR" is none."""
    word = tokens[first]
    if not word.text.isupper():
        return ()
    if word.form in _JOINING and not (first and tokens[first - 1].form in _BEFORE_NAMES):
        return ()
    return _entries(index.phrases.get((word.text,), ()), first, first + 1, 1.0, "")


def _spelled(tokens: Sequence[Token], index: Index, first: int, last: int) -> tuple[Link, ...]:
    """Values that hold signs, "Smith, Jane & Sons": as they are spelled, sign for sign; names whose words are joined by
    hyphens, "no-show rate"."""
    words = [token for token in tokens[first:last] if token.kind is not TokenKind.PUNCTUATION]
    said = "".join(token.form for token in tokens[first:last])
    joined = {token.text for token in tokens[first:last] if token.kind is TokenKind.PUNCTUATION} == {_HYPHEN}

    def is_so(entry: Entry) -> bool:
        if entry.target.kind is TargetKind.VALUE:
            return "".join(fold(entry.target.value).split()) == said
        return joined and entry.how in _WHOLE_NAMES

    entries = [entry for entry in index.phrases.get(tuple(word.lemma for word in words), ()) if is_so(entry)]
    return _entries(entries, first, last, 1.0, "")


def _links(tokens: Sequence[Token], index: Index, first: int, last: int, exact: bool) -> tuple[Link, ...]:
    if last - first == 1 and tokens[first].kind is TokenKind.QUOTED:
        return _entries(index.phrases.get(tuple(tokens[first].form.split()), ()), first, last, 1.0, "")
    if not exact and last - first == 1 and (capitals := _capitals(tokens, index, first)):
        return capitals
    phrase = tuple(token.lemma for token in tokens[first:last])
    found = _entries(index.phrases.get(phrase, ()), first, last, 1.0, "")
    if exact or last - first > 1 or tokens[first].kind is not TokenKind.WORD:
        return found
    word = tokens[first]
    if found or word.form in FILLER or word.lemma in FILLER or len(word.form) < 4:
        return found if word.lemma not in FILLER or (found and found[0].score >= 0.9) else ()
    found = _entries(
        index.stems.get(stem(word.form), ()) or index.stems.get(stem(word.lemma), ()),
        first,
        last,
        _STEMMED,
        "word form",
    )
    if found:
        return found
    for other in _misspelt(word.lemma, index):
        return _entries(index.phrases[(other,)], first, last, _MISSPELT, "spelling")
    return ()


def _entries(entries: Sequence[Entry], first: int, last: int, factor: float, how: str) -> tuple[Link, ...]:
    return tuple(Link(e.target, first, last, e.score * factor, how or e.how) for e in entries[:_ALTERNATIVES])


def _misspelt(word: str, index: Index) -> list[str]:
    """Catalog words one edit away; none for short words, where one edit makes another word."""
    if len(word) < 5 or not word.isascii() or is_common(word):
        return []
    nearby = (w for n in (len(word), len(word) + 1, len(word) - 1) for w in index.words.get(n, ()) if len(w) >= 5)
    return [other for other in nearby if other[0] == word[0] and _one_edit(word, other)]


def _one_edit(a: str, b: str) -> bool:
    if len(a) > len(b):
        a, b = b, a
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    swapped = start + 1 < len(a) and a[start] == b[start + 1] and a[start + 1] == b[start]
    return a[start + 1 :] == b[start + 1 :] or (swapped and a[start + 2 :] == b[start + 2 :])


def _best(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The non-overlapping segments of the greatest worth: sure ones, and long ones more than their parts."""
    by_end: dict[int, list[Segment]] = {}
    for segment in segments:
        by_end.setdefault(segment.last, []).append(segment)
    best: list[tuple[float, tuple[Segment, ...]]] = [(0.0, ())]
    for end in range(1, max(by_end, default=0) + 1):
        best.append(best[end - 1])
        for segment in by_end.get(end, ()):
            worth = best[segment.first][0] + _worth(segment)
            if worth > best[end][0]:
                best[end] = (worth, (*best[segment.first][1], segment))
    return best[-1][1]


def _worth(segment: Segment) -> float:
    return float(segment.links[0].score * (segment.last - segment.first) ** 1.2)


def is_value(link: Link) -> bool:
    return link.target.kind in (TargetKind.VALUE, TargetKind.FLAG)
