"""Words that say what a column is not: "unpaid" and "outstanding" of one called paid, "open" of a day of closing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.flags import stored
from services.ml_gateway.engine.links import Link
from services.ml_gateway.engine.model import Catalog, Column, DataType, Table
from services.ml_gateway.engine.targets import Target, TargetKind
from services.ml_gateway.engine.tokens import Token, TokenKind
from services.ml_gateway.engine.words.dates import DATE_VERBS
from services.ml_gateway.engine.words.opposites import denied, opposites, undone
from services.ml_gateway.engine.words.roots import root
from services.ml_gateway.engine.words.splitting import column_words, full_words

OPPOSITE = "opposite"
_SURE, _STATE, _LOOSE = 0.9, 0.86, 0.8
_ENDING = ("to", "until", "till")  # "valid_to": the day of an end, by its last word
_ONGOING = frozenset("ongoing running current currently active still existing".split())
_MORE_THAN_DATES = frozenset("year date day".split())


@dataclass(frozen=True, slots=True)
class Quality:
    """A column that says of its rows yes or no, or when something happened to them, if it did, or what may be missing;
    by roots of its words.

    denied: what its opposite means: the stored no, the flag (which mustn't hold), or the date (which is missing).
    """

    roots: frozenset[str]
    last: str
    denied: Target
    dated: bool
    perhaps: bool = False  # neither a flag nor a day: it may merely be missing


Qualities = Mapping[str, tuple[Quality, ...]]  # by root


def qualities(catalog: Catalog) -> Qualities:
    found: dict[str, list[Quality]] = {}
    for table in catalog.tables:
        own = full_words(table.name)
        for column in table.columns:
            said = _denied(table, column)
            if said is None and (not column.nullable or column.name in table.primary_key):
                continue
            target = said or Target(TargetKind.COLUMN, table.key, column.name)
            words = column_words(column.name, own) or own
            dated = said is not None and said.kind is TargetKind.COLUMN
            quality = Quality(frozenset(map(root, words)), words[-1], target, dated, said is None)
            for one in sorted({*quality.roots, *(_ENDING if dated and words[-1] in _ENDING else ())}):
                found.setdefault(one, []).append(quality)
    return {one: tuple(group) for one, group in found.items()}


def _denied(table: Table, column: Column) -> Target | None:
    held = stored(column)
    if held is not None:
        if isinstance(held[1], str):
            return Target(TargetKind.VALUE, table.key, column.name, held[1])
        return Target(TargetKind.FLAG, table.key, column.name)
    words = full_words(column.name)
    when = column.data_type.temporal or (
        column.data_type in (DataType.INTEGER, DataType.TEXT) and words and words[-1] in _MORE_THAN_DATES
    )
    key = column.name in table.primary_key
    return Target(TargetKind.COLUMN, table.key, column.name) if when and column.nullable and not key else None


def opposite_links(tokens: Sequence[Token], known: Qualities, taken: Sequence[bool]) -> Iterator[Link]:
    for at, token in enumerate(tokens):
        if taken[at] or token.kind is not TokenKind.WORD or not known:
            continue
        not_so, not_yet, by_prefix = opposites(token.form), undone(token.form), denied(token.form)
        if token.form.startswith("un"):
            done = token.form.removeprefix("un")
            not_yet |= {root(date) for verbs, dates in DATE_VERBS if done in verbs for date in dates}
        best: dict[Target, float] = {}
        for one in sorted(not_so | not_yet):
            for quality in known.get(one, ()):
                if one in (by_prefix if quality.perhaps else not_yet if quality.dated else not_so):
                    score = _LOOSE if quality.perhaps else _STATE if quality.dated else _SURE
                    best[quality.denied] = max(best.get(quality.denied, 0.0), score)
        if token.form in _ONGOING:
            for ending in _ENDING:
                for quality in known.get(ending, ()):
                    if quality.dated and quality.last == ending:
                        best[quality.denied] = max(best.get(quality.denied, 0.0), _LOOSE)
        for target, score in sorted(best.items(), key=lambda one: (one[0].table, one[0].column)):
            yield Link(target, at, at + 1, score, OPPOSITE)
