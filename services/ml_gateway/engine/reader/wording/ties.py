"""Which rows hang on a table's rows by the words of a clause: "keeps" by a keeper, "backed" by backers, "took" by what
was taken; also where only a verb names them.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey, Relationship, TableKey
from services.ml_gateway.engine.query.model import Field, Rows
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.tokens import TokenKind
from services.ml_gateway.engine.vocabulary import IDENTIFIERS
from services.ml_gateway.engine.words.roots import root
from services.ml_gateway.engine.words.splitting import full_words

_PLAIN = frozenset(("", "made", "order", "long", "start", "end", "last"))
_BARE = frozenset("anything anyone anybody something someone somebody ever at yet so far own once us".split())
NAMED_TIE = 3.0
_OTHER_PART = 2.0  # "campaigns nobody backed": who did would be the backer
_SURE = 0.8
_NEAR = 0.35


@dataclass(frozen=True, slots=True)
class Tie:
    """Rows that point at the table's rows by one key; score: how well the words name them, 0 if not at all."""

    rows: Rows
    score: float


def said_in(sentence: Sentence, first: int, last: int) -> frozenset[str]:
    """The roots of what tokens [first, last) say, without words that only say what to do."""
    return frozenset(
        root(token.form)
        for token in sentence.tokens[first:last]
        if token.kind is TokenKind.WORD and WORDS.get(token.form, "") in _PLAIN and token.form not in _BARE
    )


def ties(table: TableKey, sentence: Sentence, first: int, last: int, index: Index) -> list[Tie]:
    """All that point at the table, the best named first; words are those of tokens [first, last)."""
    said = said_in(sentence, first, last)
    found = []
    for number, key in index.catalog.keys_to.get(table, ()):
        own = _words(table.name)
        role = _words(key.role or key.columns[0]) - own
        called = _words(key.table.name) - own if key.table != table else frozenset[str]()
        others = {word for one in index.catalog.keys_of[key.table] if one is not key for word in _words(one.columns[0])}
        score = NAMED_TIE * (bool(said & role) + bool(said & called)) + _OTHER_PART * bool(said & (others - own))
        score += _linked(sentence, first, last, number, key, index)
        found.append(Tie(Rows(key.table, number), score))
    return sorted(found, key=lambda one: -one.score)


def _linked(sentence: Sentence, first: int, last: int, number: int, key: Relationship, index: Index) -> float:
    """How well names among the tokens fit the rows that have the key, or what those belong to."""
    above = {one.target for one in index.catalog.keys_of.get(key.table, ()) if one is not key}
    best = 0.0
    for item in sentence.items:
        if item.first < first or item.last > last:
            continue
        highest = item.choices[0].score
        for one in item.choices:
            target = one.target
            if one.score < max(highest - _NEAR, 0.5):
                continue
            if target.kind is TargetKind.TABLE and target.relationship == number:
                best = max(best, NAMED_TIE * one.score)
            elif target.kind is TargetKind.TABLE and target.table == key.table != key.target:
                best = max(best, 2.0 * one.score)
            elif target.kind is TargetKind.TABLE and target.table in above - {key.target}:
                part = None if target.relationship is None else index.catalog.relationships[target.relationship].table
                best = max(best, 1.5 * one.score * (part in (None, key.table)))
            elif target.kind is TargetKind.COLUMN and target.table == key.table != key.target and one.score >= _SURE:
                best = max(best, one.score * (2.0 if target.column in key.columns else 1.0))
    return best


def empty_where(table: TableKey, sentence: Sentence, first: int, last: int, index: Index) -> list[Field]:
    """Columns of the table's own that may be empty and that the words name: the keeper of "nobody keeps"."""
    said = said_in(sentence, first, last)
    own = _words(table.name)
    targets = {key.columns[0]: key.target for key in index.catalog.keys_of.get(table, ()) if len(key.columns) == 1}
    found = []
    for column in index.catalog.by_key[table].columns:
        words = _words(column.name) - own
        if column.name in targets:
            words |= _words(targets[column.name].name) - own
        named = said & words or any(
            item.first >= first
            and item.last <= last
            and any(one.target.column == column.name and one.target.table == table and one.score >= _SURE
                    for one in item.choices)
            for item in sentence.items
        )  # fmt: skip
        if named and column.nullable:
            found.append(Field(ColumnKey(table, column.name)))
    return found


def _words(name: str) -> frozenset[str]:
    return frozenset(root(word) for word in full_words(name) if word not in IDENTIFIERS and len(word) > 1)
