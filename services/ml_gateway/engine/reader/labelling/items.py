"""What a question names, left to right, each with all that it may mean."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from services.ml_gateway.engine.expanding import RELATED
from services.ml_gateway.engine.index import Index, LiteralKind, Target, TargetKind
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.linking import spans
from services.ml_gateway.engine.links import Link, Span
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.periods import TimeMention
from services.ml_gateway.engine.reader.business.cues import Cue, find_cues
from services.ml_gateway.engine.reader.business.spans import further
from services.ml_gateway.engine.reader.labelling.contained import with_contained
from services.ml_gateway.engine.reader.labelling.division import divisions
from services.ml_gateway.engine.reader.labelling.marks import symbols
from services.ml_gateway.engine.reader.labelling.measured import ADJECTIVE_FORMS as ADJECTIVE_FORMS
from services.ml_gateway.engine.reader.labelling.measured import of_adjective, of_figure
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item, Sentence
from services.ml_gateway.engine.reader.labelling.slips import mended
from services.ml_gateway.engine.reader.labelling.told_times import leaves_out, told_apart
from services.ml_gateway.engine.tokens import Token, TokenKind, name_words, stem
from services.ml_gateway.engine.vocabulary import ROLE_PREPOSITIONS
from services.ml_gateway.engine.words.measures import CURRENCIES, CURRENCY_SIGNS

_LETTERS = {
    TargetKind.TABLE: "T",
    TargetKind.COLUMN: "C",
    TargetKind.VALUE: "V",
    TargetKind.METRIC: "M",
    TargetKind.FLAG: "F",
    TargetKind.LITERAL: "L",
}
_DETERMINERS = frozenset("the me us".split())
_WRITTEN = frozenset(("name", "synonym", "label"))
_IN_ROLE = 0.02  # surer, where a preposition names the part of a table
_NAMED = 0.85  # how sure a link is that names a table or something of it


def sentences(tokens: Sequence[Token], index: Index, times: Sequence[TimeMention] = ()) -> tuple[Sentence, ...]:
    """The question in the ways in which it can be divided into items, the likeliest first.

    What names a time is one only where there are dates; it may be a plain number all the same. Set phrases of business
    questions come first, where there are any.
    """
    tokens = with_contained(mended(tokens, index.lexicon), index)
    plain = spans(tokens, index, [False] * len(tokens))
    found = list(_sentences(plain, tokens, index))
    cues = find_cues(tokens, plain)
    times = told_apart(further(tokens, times), plain, tokens)
    dated = times if times and any(facts.dates for facts in index.tables.values()) else ()
    if dated:
        found = [*_around(tokens, index, dated), *(one for one in found if not leaves_out(one, dated, tokens))]
    if cues:
        kept = [one for one in dated if not any(one.first < cue.last and cue.first < one.last for cue in cues)]
        found = [*_around(tokens, index, kept, cues), *found]
    return tuple(found)


def _around(
    tokens: Sequence[Token], index: Index, times: Sequence[TimeMention], cues: Sequence[Cue] = ()
) -> tuple[Sentence, ...]:
    taken = [at in _covered(times, cues) for at in range(len(tokens))]
    return _sentences(spans(tokens, index, taken), tokens, index, times, cues)


def _covered(times: Sequence[TimeMention], cues: Sequence[Cue]) -> set[int]:
    ranges = [(one.first, one.last) for one in times] + [(one.first, one.last) for one in cues]
    return {at for first, last in ranges for at in range(first, last)}


def _sentences(
    found: Sequence[Span],
    tokens: Sequence[Token],
    index: Index,
    times: Sequence[TimeMention] = (),
    cues: Sequence[Cue] = (),
) -> tuple[Sentence, ...]:
    named = [span for span in found if not (_denies(span, tokens) or _commands(span, tokens) or _is_unit(span, tokens))]
    return tuple(_sentence(division, tokens, index, times, cues) for division in divisions(named, tokens))


def _denies(span: Span, tokens: Sequence[Token]) -> bool:
    """ "No" right before a word is no value "no": "shops with no visit"; "newsletter no" has that value."""
    following = tokens[span.last] if span.last < len(tokens) else None
    if span.last - span.first != 1 or tokens[span.first].form != "no" or following is None:
        return False
    return following.kind is TokenKind.WORD and following.form not in ("and", "or", "but")


def _is_unit(span: Span, tokens: Sequence[Token]) -> bool:
    """ "10 euros", "EUR 10": money beside a number is no metric's name and nobody's, though it may tell which amount is
    compared."""
    alone = span.last - span.first == 1 and tokens[span.first].lemma in CURRENCIES
    beside = [*tokens[max(span.first - 1, 0) : span.first], *tokens[span.last : span.last + 1]]
    kind = span.links[0].target.kind
    return alone and any(one.number is not None for one in beside) and kind in (TargetKind.METRIC, TargetKind.LITERAL)


def _commands(span: Span, tokens: Sequence[Token]) -> bool:
    """ "Present the number of visits": what to do, and no value "present"."""
    if span.first or span.last != 1 or len(tokens) < 3 or any(one.how in _WRITTEN for one in span.links):
        return False
    return tokens[1].form in _DETERMINERS


def _sentence(
    division: Sequence[Span], tokens: Sequence[Token], index: Index, times: Sequence[TimeMention], cues: Sequence[Cue]
) -> Sentence:
    found = [_of_kind(_item(span, tokens, index), tokens, index) for span in division]
    taken = [at in _covered(times, cues) for at in range(len(tokens))]
    free = {at for at in range(len(tokens)) if not taken[at]}
    free -= {at for item in found for at in range(item.first, item.last)}
    named = _tables_named(found)
    found = [_adjective(tokens, one.first, index, named) or one if one.measured else one for one in found]
    found += [
        item
        for at in sorted(free)
        if (
            item := _adjective(tokens, at, index, named)
            or _height(tokens, at, found, index)
            or _times(tokens, at)
            or _letter(tokens, at)
            or _figure(tokens, at, index)
        )
    ]
    found = [_told_apart_elsewhere(item, tokens, free) for item in found]
    items = tuple(sorted((_with_currency(item, tokens, free) for item in found), key=lambda item: item.first))
    seen = ["date" if gone else symbol for gone, symbol in zip(taken, symbols(tokens), strict=True)]
    for cue in cues:
        seen[cue.first] = cue.seen
    for item in items:
        if not item.measured:
            seen[item.first : item.last] = [item.symbol] * (item.last - item.first)
    return Sentence(tuple(tokens), tuple(seen), items, tuple(times), tuple(cues))


def _with_currency(item: Item, tokens: Sequence[Token], free: Collection[int]) -> Item:
    """ "500 euros" and "EUR 500" are one thing said."""
    if item.symbol != "#" or tokens[item.last - 1].number is None:
        return item
    if item.last in free and tokens[item.last].lemma in CURRENCIES:
        return replace(item, last=item.last + 1)
    before = item.first - 1
    return replace(item, first=before) if before in free and tokens[before].lemma in CURRENCIES else item


def is_money(item: Item, tokens: Sequence[Token]) -> bool:
    """ "500 euros", "$500"."""
    said = tokens[item.first : item.last]
    return item.symbol == "#" and any(one.lemma in CURRENCIES or one.text[:1] in CURRENCY_SIGNS for one in said)


def _told_apart_elsewhere(item: Item, tokens: Sequence[Token], free: Collection[int]) -> Item:
    """Of columns of one table that a word names alike, those that another word tells: "which city do most trips start
    from" asks for no end city."""
    alike = [one.target for one in item.choices if one.target.kind is TargetKind.COLUMN
             and one.score == item.choices[0].score]  # fmt: skip
    said = {stem(form) for at in free for form in (tokens[at].form, tokens[at].lemma)}
    own = {stem(token.lemma) for token in tokens[item.first : item.last]}
    dropped: set[Target] = set()
    for table in {one.table for one in alike}:
        names = [(one, {stem(word) for word in name_words(one.column)} - own) for one in alike if one.table == table]
        shared = set[str].intersection(*(words for _, words in names))
        told = {one for one, words in names if (words - shared) & said}
        if told:
            dropped |= {one for one, _ in names} - told
    return replace(item, choices=tuple(one for one in item.choices if one.target not in dropped)) if dropped else item


def _in_role(links: Sequence[Link], before: str, index: Index) -> tuple[Link, ...]:
    """With the values "from" or "to" which something goes, in the part of their table that the preposition names, and
    of two columns of a row in the one that it names: "trips from Lyon", which have a start city and an end city."""
    named = ROLE_PREPOSITIONS.get(before)
    if not named:
        return tuple(links)
    opposite = ROLE_PREPOSITIONS["to" if before == "from" else "from"]
    here = {link.target.table for link in links if _is_of(link, named)}
    made: list[Link] = []
    for link in links:
        if _is_of(link, opposite) and not _is_of(link, named) and link.target.table in here:
            continue
        target = link.target
        keys = index.catalog.keys_to.get(target.table, ())
        roles = [number for number, one in keys if named & set(role_words(one))]
        if target.kind is TargetKind.VALUE and target.relationship is None and len(roles) == 1:
            score = min(link.score + _IN_ROLE, 1.0)
            made.append(replace(link, score=score, target=replace(target, relationship=roles[0])))
            if len(keys) > 1 and len({one.table for _, one in keys}) == 1:
                continue  # all that leads there is parts like these, and this is the other's word
        made.append(link)
    return tuple(made)


def _is_of(link: Link, words: Collection[str]) -> bool:
    """Whether a value is of a column that one of the words calls."""
    return link.target.kind is TargetKind.VALUE and not set(words).isdisjoint(name_words(link.target.column))


def _item(span: Span, tokens: Sequence[Token], index: Index) -> Item:
    links = _in_role(span.links, tokens[span.first - 1].form if span.first else "", index)
    scores = [link.score for link in links]
    choices = tuple(
        Choice(
            link.target,
            link.score,
            link.how,
            sum(score > link.score for score in scores),
            sum(score == link.score for score in scores),
        )
        for link in links
    )
    last = tokens[span.last - 1]
    measured = span.last - span.first == 1 and last.form in ADJECTIVE_FORMS
    symbol = last.form if measured else _symbol(choices[0].target)
    return Item(span.first, span.last, choices, symbol, last.form != last.lemma, measured)


def _symbol(target: Target) -> str:
    if target.literal is LiteralKind.NUMBER:
        return "#"
    return _LETTERS[target.kind]


_TIMES = {"once": "1", "twice": "2", "thrice": "3"}


def _times(tokens: Sequence[Token], at: int) -> Item | None:
    number = _TIMES.get(tokens[at].form)
    if number is None:
        return None
    target = Target(TargetKind.LITERAL, TableKey("", ""), value=number, literal=LiteralKind.NUMBER)
    return Item(at, at + 1, (Choice(target, 0.6, "times", 0, 1),), "#", False)


def _letter(tokens: Sequence[Token], at: int) -> Item | None:
    """ "The letter a" is no article."""
    if len(tokens[at].form) != 1 or not tokens[at].form.isalpha() or not at or tokens[at - 1].lemma != "letter":
        return None
    target = Target(TargetKind.LITERAL, TableKey("", ""), value=tokens[at].text, literal=LiteralKind.TEXT)
    return Item(at, at + 1, (Choice(target, 0.6, "letter", 0, 1),), "L", False)


def _adjective(tokens: Sequence[Token], at: int, index: Index, named: Collection[TableKey]) -> Item | None:
    """An adjective as the columns that it may measure."""
    choices = _choices(of_adjective(tokens[at].form, index, named), "adjective")
    return Item(at, at + 1, choices, tokens[at].form, False, measured=True) if choices else None


def _height(tokens: Sequence[Token], at: int, named: Sequence[Item], index: Index) -> Item | None:
    """The height of what is "the highest" of its kind: "the highest peak", where no number stands between."""
    if tokens[at].form != "highest":
        return None
    of = next((one.choices[0].target for one in named if one.first == at + 1), None)
    if of is None or of.kind is not TargetKind.TABLE:
        return None
    scored = of_adjective("tallest", index, {of.table})
    choices = _choices([(score, target) for score, target in scored if target.table == of.table], "adjective")
    return Item(at, at + 1, choices, "tallest", False, measured=True) if choices else None


def _figure(tokens: Sequence[Token], at: int, index: Index) -> Item | None:
    """A word for a kind of number as the columns that may hold it."""
    choices = _choices(of_figure(tokens[at], [token.form for token in tokens], index), "vocabulary")
    return Item(at, at + 1, choices, "C", tokens[at].form != tokens[at].lemma) if choices else None


def _of_kind(item: Item, tokens: Sequence[Token], index: Index) -> Item:
    """With all numbers of its kind, where a word for a kind of number is but related to the name of one of them."""
    if item.last - item.first > 1 or any(one.how != RELATED for one in item.choices):
        return item
    return _figure(tokens, item.first, index) or item


def _choices(scored: Sequence[tuple[float, Target]], how: str) -> tuple[Choice, ...]:
    scores = [score for score, _ in scored]
    return tuple(
        Choice(target, score, how, sum(s > score for s in scores), scores.count(score)) for score, target in scored
    )


def _tables_named(found: Sequence[Item]) -> set[TableKey]:
    return {one.target.table for item in found for one in item.choices if one.score >= _NAMED and one.target.table.name}
