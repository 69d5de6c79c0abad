"""What stands where in a question: lookups around a position, for those who read it from left to right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.cues import Cue, CueKind
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.linking import Link
from services.ml_gateway.engine.model import Column, ColumnKey, DataType
from services.ml_gateway.engine.timeranges import TimeMention
from services.ml_gateway.engine.tokens import Token
from services.ml_gateway.engine.vocabulary import IRREGULAR_PARTICIPLES

Item = Cue | Link | TimeMention
OWNERSHIP = frozenset({"of", "the", "all", "for", "different", "distinct", "each", "every", "any"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens, and the items that were found among them by the token at which they start."""

    tokens: Sequence[Token]
    items: Mapping[int, Item]
    index: Index

    def only(self, words: frozenset[str], first: int, last: int) -> bool:
        return all(token.form in words for token in self.tokens[first:last])

    def column(self, link: Link | None) -> Column | None:
        if link is None or link.target.kind is not TargetKind.COLUMN:
            return None
        return self.index.catalog.columns[ColumnKey(link.target.table, link.target.column)]

    def link_at(self, position: int) -> Link | None:
        item = self.items.get(position)
        return item if isinstance(item, Link) else None

    def numeric(self, link: Link) -> bool:
        column = self.column(link)
        return column is not None and column.data_type.numeric

    def has_by(self, first: int, last: int) -> bool:
        return any(isinstance(i := self.items.get(p), Cue) and i.kind is CueKind.BY for p in range(first, last))

    def singular(self, link: Link) -> bool:
        """The first part of a compound: "movie ratings", but not "movies rate"."""
        last = self.tokens[link.last - 1]
        return last.form == last.lemma

    def agent(self, cue: Cue) -> bool:
        """ "Played by the girl who", "written by authors from": who did it, not what to group by."""
        words = [token.form for token in self.tokens[max(cue.first - 1, 0) : cue.last + 4]]
        if cue.first == 0 or words[1:2] != ["by"] or cue.last - cue.first > 1:
            return False
        somebody = words[2:3] in (["the"], ["a"], ["an"], ["all"]) or bool({"who", "whose"} & set(words))
        return self.passive(cue) and somebody

    def passive(self, cue: Cue) -> bool:
        """ "Written by": a participle before."""
        before = self.tokens[cue.first - 1].form if cue.first else ""
        return before.endswith(("ed", "en", "wn")) or before in IRREGULAR_PARTICIPLES

    def generic(self, link: Link) -> bool:
        """ "The names of the directors", where the director is a column of text: that column is the name."""
        words = {token.lemma for token in self.tokens[link.first : link.last]}
        kind = words <= {"kind", "type", "sort"} and link.how != "name"
        if not kind and not words <= {"name", "title"}:
            return False
        position = link.last
        while position < len(self.tokens) and self.tokens[position].form in OWNERSHIP:
            position += 1
        owner = self.link_at(position) if position > link.last else None
        column = self.column(owner)
        return column is not None and column.data_type is DataType.TEXT and owner is not None and owner.how != "label"
