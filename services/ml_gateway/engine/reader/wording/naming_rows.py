"""What is shown of rows that another column only points at, and columns that are named for a condition alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Sentence

_SHOWN = (Label.SHOW, Label.GROUP, Label.COMMON, Label.RARE)
_NUMBERS = frozenset("number numbers no nr key keys num".split())
_DONE = ("ed", "ing")  # what is done names nobody
_BEHIND = frozenset("in on at from between since before after until till by during within and".split())


def through_keys(parts: Sequence[Part], sentence: Sentence, index: Index) -> tuple[Part, ...] | None:
    """ "Borrower and amount of the loans": who that is, by the name in the table that the column points at."""
    found = tuple(
        replace(part, choice=rows) if (rows := _pointed_at(part, sentence, index)) is not None else part
        for part in parts
    )
    return found if found != tuple(parts) else None


def _pointed_at(part: Part, sentence: Sentence, index: Index) -> Choice | None:
    target = part.choice.target if part.choice else None
    if target is None or target.kind is not TargetKind.COLUMN or part.label not in _SHOWN:
        return None
    words = [token.form for token in sentence.tokens[part.item.first : part.item.last]]
    if any(WORDS.get(word) == "id" or word in _NUMBERS or word.endswith(_DONE) for word in words):
        return None
    assert part.choice
    for number, key in enumerate(index.catalog.relationships):
        if key.table == target.table and key.columns == (target.column,):
            if index.tables[key.target].labels == key.target_columns:
                return None
            return replace(part.choice, target=Target(TargetKind.TABLE, key.target, relationship=number))
    return None


def only_held(parts: Sequence[Part], sentence: Sentence, index: Index) -> tuple[Part, ...] | None:
    """ "Bridges built from 2000 to 2010": the date is the period's alone, and the bridges are what is shown."""
    found = tuple(
        replace(part, label=Label.WHERE) if _dates_what_follows(part, sentence, index) else part for part in parts
    )
    return found if found != tuple(parts) else None


def _dates_what_follows(part: Part, sentence: Sentence, index: Index) -> bool:
    target = part.choice.target if part.choice else None
    if target is None or target.kind is not TargetKind.COLUMN or part.label is not Label.SHOW:
        return False
    if not index.catalog.columns[ColumnKey(target.table, target.column)].data_type.temporal:
        return False
    spans = [one for one in sentence.times if one.span and one.first >= part.item.last]
    nearest = min((one.first for one in spans), default=None)
    between = sentence.tokens[part.item.last : nearest] if nearest is not None else ()
    return nearest is not None and all(token.form in _BEHIND for token in between)
