"""Columns that a question means without naming them: "who", "where", "when", a year beside a verb, a yes."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from services.ml_gateway.engine.links import Link
from services.ml_gateway.engine.model import ColumnKey, Table
from services.ml_gateway.engine.tables import TableFacts
from services.ml_gateway.engine.targets import Target, TargetKind
from services.ml_gateway.engine.tokens import Token, TokenKind
from services.ml_gateway.engine.words.function import FUNCTION_WORDS
from services.ml_gateway.engine.words.splitting import full_words

_SCORE, _YEAR = 0.45, 0.4
_WHERE = frozenset(
    """location address city country place state venue region county hometown town site building street district area
    origin destination""".split()
)
_WHEN = frozenset("date year time day month founded birth since".split())
_NOT_A_YEAR = frozenset("id amount price number count total".split())
_YEARS = range(1500, 2101)
_AGE = frozenset({"age"})
_AGES = range(1, 131)
_LIMITS = frozenset("over under above below aged than between".split())
_NAMED = 0.55
_NOT, _NEAR = frozenset("not no without never n't cannot lack lacking".split()), 5
_CODED, _UNLIKELY = 0.9, 0.7  # of the score of its column


def implied_links(tokens: Sequence[Token], tables: Collection[TableFacts], taken: Sequence[bool]) -> Iterator[Link]:
    """Among the tables that the question is likely about."""
    for at, token in enumerate(tokens):
        if taken[at]:
            continue
        if token.kind is TokenKind.NUMBER and _is_age(tokens, at):
            yield from _links((_columns(facts.table, _AGE) for facts in tables), at, _YEAR)
        if token.form in ("who", "whom", "whose", "somebody", "anyone"):
            yield from _links((_labels(facts) for facts in tables), at, _SCORE)
        elif token.form == "where":
            yield from _links((_columns(facts.table, _WHERE) for facts in tables), at, _SCORE)
        elif token.form == "when":
            yield from _links((_dates(facts.table) for facts in tables), at, _SCORE)
        elif (
            token.kind is TokenKind.NUMBER and token.number in _YEARS and token.text.isdigit()
        ) or token.kind is TokenKind.DATE:
            yield from _links((_dates(facts.table) for facts in tables), at, _YEAR)


def _is_age(tokens: Sequence[Token], at: int) -> bool:
    """ "students over 18", with no word behind it that would be what is counted."""
    if at == 0 or tokens[at - 1].form not in _LIMITS or tokens[at].number not in _AGES:
        return False
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    return behind is None or behind.kind is TokenKind.PUNCTUATION or behind.form in FUNCTION_WORDS


def _links(groups: Iterator[Iterator[Target]], at: int, score: float) -> Iterator[Link]:
    for group in groups:
        for target in group:
            yield Link(target, at, at + 1, score, "question")


def _labels(facts: TableFacts) -> Iterator[Target]:
    for name in facts.labels:
        yield Target(TargetKind.COLUMN, facts.table.key, name)


def _columns(table: Table, words: frozenset[str]) -> Iterator[Target]:
    for column in table.columns:
        if words & set(full_words(column.name)):
            yield Target(TargetKind.COLUMN, table.key, column.name)


def _dates(table: Table) -> Iterator[Target]:
    for column in table.columns:
        words = set(full_words(column.name))
        if column.data_type.temporal or (words & _WHEN and not words & _NOT_A_YEAR):
            yield Target(TargetKind.COLUMN, table.key, column.name)


def coded_links(
    tokens: Sequence[Token], links: Sequence[Link], codes: Mapping[ColumnKey, tuple[str, str]]
) -> Iterator[Link]:
    """A column of yes and no that is named: its yes and its no, as they are stored; after "not", no comes first."""
    if not codes:
        return
    for link in links:
        if link.target.kind is not TargetKind.COLUMN or link.score < _NAMED:
            continue
        yes, no = codes.get(ColumnKey(link.target.table, link.target.column), ("", ""))
        negated = any(token.form in _NOT for token in tokens[max(0, link.first - _NEAR) : link.first])
        for stored, factor in ((yes, _UNLIKELY if negated else _CODED), (no, _CODED if negated else _UNLIKELY)):
            if stored:
                target = Target(TargetKind.VALUE, link.target.table, link.target.column, stored)
                yield Link(target, link.first, link.last, link.score * factor, "code")
