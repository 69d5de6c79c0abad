"""Which words of a follow-up its query does nothing with: those that nothing explains, and names of the data.

An edit may leave words out that a whole question could not: "who owns it" is not answered by the ferries of before.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.ml_gateway.engine.dialog.fragments import FUNCTIONS
from services.ml_gateway.engine.dialog.saying import Saying
from services.ml_gateway.engine.index import Target, TargetKind
from services.ml_gateway.engine.linking import best_division, spans
from services.ml_gateway.engine.links import Link
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Field, MetricValue, Query, Rows
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.measured import ADJECTIVE_FORMS
from services.ml_gateway.engine.tokens import TokenKind, tokenize

_GUESSED = 0.7  # a name less surely meant explains no word
_ALIKE = 0.05
_LED = frozenset("instead same again thanks only".split())


@dataclass(frozen=True, slots=True)
class LeftOver:
    """How many words nothing explains, how many names of the data the query does nothing with, and how many values
    stand in several columns alike.
    """

    unexplained: int
    unused: int
    spread: int


def left_over(query: Query, saying: Saying) -> LeftOver:
    """What is left of a follow-up that its query doesn't answer for."""
    words, index = saying.words, saying.index
    tokens = tokenize(words.said)
    held, tables = _used(query)
    taken: set[int] = set()
    unused = spread = 0
    for span in best_division(spans(tokens, index)):
        if tokens[span.first].start < words.start or tokens[span.last - 1].end > words.end:
            continue
        links = span.links
        if links[0].score >= _GUESSED or links[0].target.kind is TargetKind.LITERAL:
            taken.update(range(span.first, span.last))
        spread += len({(link.target.table, link.target.column) for link in links if _is_value(link, links[0])}) > 1
        unused += not any(_is_used(link.target, held, tables) for link in links)
    hidden = (*saying.hidden, *((one.start, one.end) for one in saying.pointers))
    free = [
        token
        for at, token in enumerate(tokens)
        if at not in taken and words.start <= token.start and token.end <= words.end
        if token.kind is TokenKind.WORD and not any(first <= token.start < last for first, last in hidden)
    ]
    known = (WORDS, FUNCTIONS, ADJECTIVE_FORMS, _LED)
    unexplained = sum(not any(token.form in words_of for words_of in known) for token in free)
    return LeftOver(unexplained, unused, spread)


def _is_value(link: Link, best: Link) -> bool:
    return link.target.kind is TargetKind.VALUE and link.score >= best.score - _ALIKE


def _used(query: Query) -> tuple[frozenset[ColumnKey | str], frozenset[TableKey]]:
    """The columns and metrics, and the tables, of which a query says anything."""
    nodes = nodes_of(query)
    columns = {node.key for node in nodes if isinstance(node, Field)}
    metrics = {node.name for node in nodes if isinstance(node, MetricValue)}
    tables = {node.table for node in nodes if isinstance(node, Rows)} | {key.table for key in columns}
    return frozenset(columns | metrics), frozenset(tables)


def _is_used(target: Target, held: frozenset[ColumnKey | str], tables: frozenset[TableKey]) -> bool:
    match target.kind:
        case TargetKind.TABLE:
            return target.table in tables
        case TargetKind.METRIC | TargetKind.LITERAL:
            return True
        case _:
            return ColumnKey(target.table, target.column) in held
