"""Something said, against what was asked before: which words point back, which tables it names itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from services.ml_gateway.engine.dialog.fragments import FUNCTIONS
from services.ml_gateway.engine.dialog.model import Attempt, Before, Merge
from services.ml_gateway.engine.dialog.parts import tables, topics
from services.ml_gateway.engine.dialog.pronouns import Pointer, pointers
from services.ml_gateway.engine.dialog.rewriting import Swap, rewritten
from services.ml_gateway.engine.dialog.utterance import Utterance, utterance
from services.ml_gateway.engine.dialog.wording import said
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.linking import best_division, spans
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.outcome import Meaning, MeaningKind
from services.ml_gateway.engine.query.model import MetricValue, Query, Rows
from services.ml_gateway.engine.timeranges import Today, find_times
from services.ml_gateway.engine.tokens import lemma, tokenize

_NAMED = 0.7  # words less surely a table are none that a sentence is about
_RECKONED = re.compile(
    r"\b(?:how (?:many|much|often|long)|number|count|share|percent\w*|overall|altogether|by|per|each|every|most|least|"
    r"fewe\w+|more|less|top|best|worst|bottom|first|last|than|at|over|under|above|below|\w+est)\b",
    re.IGNORECASE,
)
_JOINING = re.compile(r"\b(?:and|with|who|that|whose|which|where|by|of|to|if|when)\b|,", re.IGNORECASE)


def pointing_back(said: str, index: Index, today: date, *, anywhere: bool = False) -> str:
    """The words that point at something said before, where the sentence names nothing in front of them; else empty.

    anywhere: something was said before, and the words may stand behind a name, too: "how many books does it have".
    """
    saying = Saying(utterance(said), Before(Query(())), index, today)
    tokens = tokenize(said)
    names = [tokens[span.first].start for span in best_division(spans(tokens, index))]
    first = next(iter(saying.pointers), None)
    return first.text if first and (anywhere or all(first.end <= place for place in names)) else ""


@dataclass(frozen=True)
class Saying:
    """What was said, the query before, and the catalog."""

    words: Utterance
    before: Before
    index: Index
    today: date
    part: Pointer | None = None  # words that point at a part of the rows before; `before` is about that part

    @cached_property
    def topics(self) -> tuple[Rows, ...]:
        """What it may point back to, the likeliest first; behind a metric alone what it is reckoned from."""
        held = self.before.query
        if found := topics(held):
            return found
        metrics = [self.index.metrics[one.name] for one in held.show if isinstance(one, MetricValue)]
        named = [self.index.metrics[one.numerator] if one.numerator else one for one in metrics]
        return tuple(dict.fromkeys(Rows(one.table) for one in named))

    @cached_property
    def hidden(self) -> tuple[tuple[int, int], ...]:
        """Where words of time stand: "this year" points at nothing that was said."""
        tokens = tokenize(self.words.said)
        times = find_times(tokens, Today.of(self.today, self.index.catalog))
        return tuple((tokens[time.first].start, tokens[time.last - 1].end) for time in times)

    @cached_property
    def named(self) -> tuple[tuple[int, TableKey], ...]:
        """The tables that it names, each with the character where."""
        tokens = tokenize(self.words.said)
        return tuple(
            (tokens[span.first].start, span.links[0].target.table)
            for span in best_division(spans(tokens, self.index))
            if span.links[0].target.kind is TargetKind.TABLE and span.links[0].score >= _NAMED
        )

    @cached_property
    def mentioned(self) -> frozenset[TableKey]:
        """The tables that any of its words name, those within other names as well: "the oldest book", "order date"."""
        return frozenset(
            link.target.table
            for span in spans(tokenize(self.words.said), self.index)
            for link in span.links
            if link.target.kind is TargetKind.TABLE and link.score == span.links[0].score >= _NAMED
        )

    @cached_property
    def measured(self) -> bool:
        """Whether it names a metric."""
        found = (span.links[0] for span in spans(tokenize(self.words.said), self.index))
        return any(link.target.kind is TargetKind.METRIC and link.score >= _NAMED for link in found)

    @cached_property
    def reckons(self) -> bool:
        """Whether any word may say what is reckoned, of how many rows, or by what it is told."""
        hidden = {place for start, end in self.hidden for place in range(start, end)}
        text = "".join(" " if place in hidden else one for place, one in enumerate(self.words.said))
        tokens = tokenize(text)
        if any(token.lemma in FUNCTIONS for token in tokens) or _RECKONED.search(text):
            return True
        columns = self.index.catalog.columns
        return any(
            link.target.kind is TargetKind.METRIC
            or (
                link.target.kind is TargetKind.COLUMN
                and columns[ColumnKey(link.target.table, link.target.column)].data_type.numeric
            )
            for found in spans(tokens, self.index)
            for link in found.links
        )

    @cached_property
    def about_before(self) -> bool:
        """Whether it names a table that the question before was about, and no other."""
        near = {*tables(self.before.query), *(rows.table for rows in self.topics)}
        return bool(self.named) and all(table in near for _, table in self.named)

    @cached_property
    def leaning(self) -> bool:
        """Whether all that it names are columns of the rows before, of which only those were taken that hold something.

        After the one that a ranking chose, what doesn't point at it is rather asked of all.
        """
        held = self.before.query
        if held.where is None or held.limit is not None or held.having is not None or held.combined:
            return False
        near = set(tables(held))
        found = [span.links for span in best_division(spans(tokenize(self.words.said), self.index))]
        said = [links for links in found if links[0].target.kind is not TargetKind.LITERAL]
        return bool(said) and all(
            any(link.target.kind is TargetKind.COLUMN and link.target.table in near for link in links) for links in said
        )

    @cached_property
    def elsewhere(self) -> bool:
        """Whether it names a table, or makes a number of a column, that the question before had nothing to do with."""
        held = self.before.query
        metrics = [self.index.metrics[one.name] for one in held.show if isinstance(one, MetricValue)]
        near = {*tables(held), *(rows.table for rows in self.topics), *(one.table for one in metrics)}
        if any(table not in near for table in self.mentioned):
            return True
        tokens = tokenize(self.words.said)
        if not any(token.lemma in FUNCTIONS for token in tokens):
            return False
        found = (span.links for span in best_division(spans(tokens, self.index)))
        said = [[link.target for link in links if link.score == links[0].score] for links in found]
        columns = [targets for targets in said if targets[0].kind is TargetKind.COLUMN]
        return bool(columns) and not any(target.table in near for targets in columns for target in targets)

    @cached_property
    def linked(self) -> bool:
        """Whether it names anything of the data."""
        found = best_division(spans(tokenize(self.words.said), self.index))
        return any(span.links[0].target.kind is not TargetKind.LITERAL for span in found)

    @cached_property
    def pointers(self) -> tuple[Pointer, ...]:
        """The words that point back, and not at what the sentence itself names."""
        found = pointers(self.words.said, self.words.whole_start, self.words.end, self.hidden)
        kept = tuple(one for one in found if not self._within(one) and not self._names(one))
        return (self.part, *(one for one in kept if one.start >= self.part.end)) if self.part else kept

    def _names(self, pointer: Pointer) -> bool:
        """Whether "that item", "those people" name a table that is called so, and not whatever was spoken of."""
        return " " in pointer.text and any(pointer.start < place < pointer.end for place, _ in self.named)

    def _within(self, pointer: Pointer) -> bool:
        """Whether it points at what the sentence itself has named: "customers and their orders"."""
        if pointer.text.lower() == "each":  # its own "of" joins nothing: "how many books are there of each"
            first = min((place for place, _ in self.named if place < pointer.start), default=None)
            return first is not None and bool(_JOINING.search(self.words.said, first, pointer.start - len("of ")))
        single = pointer.is_single
        places = (place for place, _ in self.named if place < pointer.start and not (single and self._is_plural(place)))
        named = max(places, default=None)
        return named is not None and bool(_JOINING.search(self.words.said, named, pointer.start))

    def _is_plural(self, place: int) -> bool:
        """Whether the noun there is of several: "how many orders came of it" has no order that "it" may be."""
        word = re.match(r"[A-Za-z-]+", self.words.said[place:])
        return word is not None and word[0].lower().endswith("s") and lemma(word[0].lower()) != word[0].lower()

    def attempt(
        self, merge: Merge, prior: float, start: int, *, head: str = "", tail: str = "", swaps: tuple[Swap, ...] = (),
        topic: Rows | None = None, why: str = "",
    ) -> Attempt:  # fmt: skip
        """What was said from `start` on, with words put before and after it, to be read and joined."""
        kept = (Swap(0, start, ""), *(swap for swap in swaps if swap.start >= start))
        text = rewritten(self.words.said[: self.words.end], kept, head, tail)
        held = self.before.query if self.part else None
        pointed = tuple(
            Meaning(one.start, one.end, self.words.said[one.start : one.end].strip(), self._before(topic),
                    MeaningKind.TABLE, topic.table.name)
            for one in swaps
            if topic
        )  # fmt: skip
        said_why = (sentence(why),) if why else ()
        return Attempt(merge, round(prior, 3), text, topic=topic, why=said_why, meanings=pointed, held=held)

    def _before(self, topic: Rows) -> str:
        """What words that point back are told to have meant."""
        return f"the {said(topic, self.index)} of the question before"


def sentence(text: str) -> str:
    """The words as a sentence of their own."""
    return text[:1].upper() + text[1:] + "."
