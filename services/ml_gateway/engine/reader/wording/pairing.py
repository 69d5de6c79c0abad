""" "Start and end dates", "home and away goals": the first of two words that share a noun names a column too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item, Sentence
from services.ml_gateway.engine.tokens import stem
from services.ml_gateway.engine.words.splitting import full_words

_SAME = (
    frozenset("start begin from open since first".split()),
    frozenset("end finish to until close return last".split()),
    frozenset("min minimum lowest least low".split()),
    frozenset("first given forename".split()),
    frozenset("last family surname".split()),
    frozenset("max maximum highest most high".split()),
)
_NUMBER = 0.7  # how sure such a name is


def paired(parts: Sequence[Part], sentence: Sentence, index: Index) -> tuple[Part, ...] | None:
    """With a part for each such word; None where there is none."""
    found: list[Part] = []
    changed = False
    taken = {at for part in parts for at in range(part.item.first, part.item.last)}
    for part in parts:
        at = part.item.first - 2
        if at > 0 and sentence.tokens[at + 1].form in ("the", "their", "its"):
            at -= 1  # "the short and the long name"
        joined = at >= 0 and sentence.tokens[at + 1].form in ("and", "&", "/") and at not in taken
        word = sentence.tokens[at].form if joined else ""
        column = _column(part, word, index) if word and part.label is Label.SHOW else None
        if column is not None:
            assert part.choice
            target = Target(TargetKind.COLUMN, column.table, column.name, relationship=part.choice.target.relationship)
            choice = Choice(target, _NUMBER, "word", 0, 1)
            found.append(Part(Item(at, at + 1, (choice,), "C", False), Label.SHOW, choice))
            changed = True
        found.append(part)
    return tuple(found) if changed else None


def _column(part: Part, word: str, index: Index) -> ColumnKey | None:
    """The one column of the part's table and type whose name the word distinguishes, else none."""
    target = part.choice.target if part.choice else None
    if target is None or target.kind is not TargetKind.COLUMN or WORDS.get(word) in ("the", "count", "all"):
        return None
    chosen = index.catalog.columns[ColumnKey(target.table, target.column)]
    wanted = _alike(word)
    same = [
        column.name
        for column in index.catalog.by_key[target.table].columns
        if column.data_type is chosen.data_type
        and column.name != chosen.name
        and not wanted.isdisjoint(stem(one) for one in full_words(column.name))
        and wanted.isdisjoint(stem(one) for one in full_words(chosen.name))
    ]
    shared = [one for one in same if len({*full_words(one)} & {*full_words(chosen.name)}) > 0] or same
    return replace(ColumnKey(target.table, target.column), name=shared[0]) if len(shared) == 1 else None


def _alike(word: str) -> frozenset[str]:
    own = stem(word)
    kin = [one for one in _SAME if own in {stem(each) for each in one}] or [frozenset((word,))]
    return frozenset(stem(one) for group in kin for one in group)
