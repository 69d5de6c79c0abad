""" "Films with The in the title": what stands between "with" and "in the title" is text that the title holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey, DataType
from services.ml_gateway.engine.tokens import Token, TokenKind

_LEADING = frozenset("with containing having contain contains word".split())
_THE = frozenset("the their its his her".split())
_PLACES = frozenset("name title text description subject headline heading address email comment note".split())


def with_contained(tokens: Sequence[Token], index: Index) -> tuple[Token, ...]:
    """The tokens, such a word as if it stood in quotes."""
    return tuple(
        replace(one, kind=TokenKind.QUOTED) if _is_contained(at, tokens, index) else one
        for at, one in enumerate(tokens)
    )


def _is_contained(at: int, tokens: Sequence[Token], index: Index) -> bool:
    if not 0 < at < len(tokens) - 2 or tokens[at].kind is not TokenKind.WORD or tokens[at - 1].form not in _LEADING:
        return False
    place = at + 2 + (tokens[at + 2].form in _THE)
    if tokens[at + 1].form != "in" or place >= len(tokens) or tokens[place].lemma not in _PLACES:
        return False
    entries = index.phrases.get((tokens[place].lemma,), ())
    return any(
        one.target.kind is TargetKind.COLUMN
        and index.catalog.columns[ColumnKey(one.target.table, one.target.column)].data_type is DataType.TEXT
        for one in entries
    )
