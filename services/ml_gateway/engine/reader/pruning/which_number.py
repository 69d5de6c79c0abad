"""Refusals of what asks for a number and names none: "average order", where an order has several."""

from __future__ import annotations

from collections.abc import Iterator

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.naming import plural, table_label, words
from services.ml_gateway.engine.offering import amounts, suggestions
from services.ml_gateway.engine.outcome import RefusalReason, Refused
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.tokens import TokenKind, name_words
from services.ml_gateway.engine.vocabulary import FILLER

_MAKING = {
    "average": "average", "mean": "average", "avg": "average", "typical": "average", "total": "total", "sum": "total",
    "highest": "highest", "largest": "highest", "biggest": "highest", "maximum": "highest", "max": "highest",
    "lowest": "lowest", "smallest": "lowest", "minimum": "lowest", "min": "lowest", "median": "median",
}  # fmt: skip
# Where what else is asked begins: "average order by country", "average order last month".
_FURTHER = frozenset("by per in for last this each since from with over during on at before after".split())
_CALLED_SO = 0.7
_MOST = 4


def which_number(best: Candidate, asked: Asked, index: Index) -> Refused | None:
    """Where a word asks for a number of what only a table is named of, and nothing else: that a number is needed, and
    which there are.
    """
    every = [token for token in asked.tokens if token.kind is not TokenKind.PUNCTUATION]
    first = next((at for at, token in enumerate(every) if token.form in _MAKING), None)
    if first is None:
        return None
    last = next((at for at in range(first + 1, len(every)) if every[at].form in _FURTHER), len(every))
    rest = [token for token in every[:last] if token.form not in FILLER and token.form not in _MAKING]
    several = sum(token.form in _MAKING for token in every[:last]) > 1
    table = None if several or not rest else next(_named(tuple(token.lemma for token in rest), best, index), None)
    if table is None:
        return None
    rows, function = plural(table_label(table, index)).lower(), _MAKING[every[first].form]
    found = tuple(dict.fromkeys(_numbers(function, table, index)))[:_MOST]
    end = every[-1].end
    phrase = asked.text[every[first].start : every[last - 1].end]
    further = f" {asked.text[every[last].start : end]}" if last < len(every) else ""
    if not found:
        message = (
            f"“{phrase}” names no number, and {rows} have none of their own to reckon with. Ask how many there are."
        )
        return Refused(RefusalReason.NOT_UNDERSTOOD, message, suggestions=suggestions(index, asked.tokens))
    named = " or ".join(f"“{one}”" for one in found[:2])
    message = f"“{phrase}” needs a number of {rows} that it is made of. Ask for {named}, for example."
    offered = (*(f"{one}{further}" for one in found), *suggestions(index, asked.tokens))
    return Refused(RefusalReason.NOT_UNDERSTOOD, message, suggestions=offered)


def _named(rest: tuple[str, ...], best: Candidate, index: Index) -> Iterator[TableKey]:
    """The table that all the other words name."""
    for table in index.catalog.tables:
        if name_words(table_label(table.key, index)) == rest:
            yield table.key
    for part in best.labelling.parts:
        if part.item.last - part.item.first == len(rest):
            for choice in part.item.choices:
                if choice.target.kind is TargetKind.TABLE and choice.score >= _CALLED_SO:
                    yield choice.target.table


def _numbers(function: str, table: TableKey, index: Index) -> Iterator[str]:
    """ "Average order value" where that is a metric, "average shipping amount"."""
    for metric in index.catalog.metrics:
        name = words(metric.label or metric.name)
        of_rows = metric.table == table or set(name_words(table_label(table, index))) <= {*name_words(name)}
        if function in name.split() and of_rows:
            yield name
    for label in amounts(index.catalog.by_key[table], index):
        yield f"{function} {label}"
