"""Bits of a question that say one thing: values, columns, a period, a grain. "Germany", "last year", "the e-mails".

Nothing of a sentence is read here; a bit with anything else in it is left to whoever reads whole questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.ml_gateway.engine.assuming import SAID, guess
from services.ml_gateway.engine.comparisons import Comparison, find_comparisons
from services.ml_gateway.engine.dialog.parts import condition_fields, conjuncts, tables, topics
from services.ml_gateway.engine.index import Index, LiteralKind, TargetKind
from services.ml_gateway.engine.linking import Span as Spotted
from services.ml_gateway.engine.linking import best_division, spans
from services.ml_gateway.engine.links import Link
from services.ml_gateway.engine.meant import target_meaning, value_meaning
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.outcome import Meaning, MeaningKind
from services.ml_gateway.engine.periods import MONTHS
from services.ml_gateway.engine.query.model import (
    Compare,
    Condition,
    Expression,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
)
from services.ml_gateway.engine.reading import Grain, Operator
from services.ml_gateway.engine.timeranges import Span as Days
from services.ml_gateway.engine.timeranges import Today, find_times
from services.ml_gateway.engine.tokens import Token, TokenKind, name_words, tokenize

FUNCTIONS = {
    "average": Function.AVG, "avg": Function.AVG, "mean": Function.AVG, "sum": Function.SUM, "total": Function.SUM,
    "minimum": Function.MIN, "min": Function.MIN, "lowest": Function.MIN, "smallest": Function.MIN,
    "maximum": Function.MAX, "max": Function.MAX, "highest": Function.MAX, "largest": Function.MAX,
    "median": Function.MEDIAN,
}  # fmt: skip
_SMALL = frozenset(
    """the a an of in on at from for with is are was were ones one those that which who please their its his her
    whose and or value values column columns field too also only just instead year named called s them it
    these they all every any""".split()
)
_WHOSE = frozenset("their its his her".split())
_BETWEEN = frozenset("and or , & plus".split())  # two values of a column, each meant
_PARTS = frozenset("day days week weeks month".split())  # "the last week of March" is of no year
_SURE, _NAMED = 0.6, 0.9


@dataclass(frozen=True, slots=True)
class Bit:
    """What a bit says; empty where it says nothing that is known for sure. unplaced are words without a meaning.

    yearless: the span is a month or a quarter, of a year that isn't said. guesses: sentences about words that may mean
    another thing.
    """

    conditions: tuple[Condition, ...] = ()
    columns: tuple[Field, ...] = ()
    metrics: tuple[MetricValue, ...] = ()
    functions: tuple[Function, ...] = ()
    tables: tuple[Rows, ...] = ()
    span: Days | None = None
    yearless: bool = False
    grain: Grain | None = None
    unplaced: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = field(default=(), compare=False)
    guesses: tuple[str, ...] = field(default=(), compare=False)

    @property
    def kinds(self) -> frozenset[str]:
        """Which sorts of thing it says."""
        said = {
            "condition": self.conditions,
            "column": self.columns,
            "metric": self.metrics,
            "function": self.functions,
            "table": self.tables,
            "span": self.span,
            "grain": self.grain,
        }
        return frozenset(name for name, value in said.items() if value)


def bit(text: str, before: Query, index: Index, today: date, start: int = 0) -> Bit:
    """What the words of `text` say. start is where the text stands in what was said, for the meanings."""
    tokens = tokenize(text)
    times = [
        mention
        for mention in find_times(tokens, Today.of(today, index.catalog))
        if _is_time(mention.first, mention.last, tokens)
    ]
    taken = [any(mention.first <= place < mention.last for mention in times) for place in range(len(tokens))]
    compared = list(find_comparisons(tokens, taken))
    for cue in compared:
        taken[cue.first : cue.last] = [True] * (cue.last - cue.first)
    functions = {place: FUNCTIONS[token.lemma] for place, token in enumerate(tokens) if token.lemma in FUNCTIONS}
    found = _Found(before, index)
    for spotted in _spotted(tokens, index, taken, functions, before):
        found.add(spotted, tokens, start)
        taken[spotted.first : spotted.last] = [True] * (spotted.last - spotted.first)
    beyond = found.compared(compared)
    named = {place: function for place, function in functions.items() if not taken[place]}
    unplaced = [
        token.text
        for place, token in enumerate(tokens)
        if not taken[place] and place not in named and token.kind is not TokenKind.PUNCTUATION
        if token.form not in _SMALL
    ]
    spans_said = [mention.span for mention in times if mention.span]
    grains = [mention.grain for mention in times if mention.grain and not mention.span]
    several = len(spans_said) > 1 or len(grains) > 1
    return Bit(
        conditions=(*found.joined(), *beyond),
        columns=tuple(dict.fromkeys(found.columns)),
        metrics=tuple(dict.fromkeys(found.metrics)),
        functions=tuple(dict.fromkeys(named.values())),
        tables=tuple(dict.fromkeys(found.tables)),
        span=spans_said[0] if len(spans_said) == 1 else None,
        yearless=_is_yearless(tokens),
        grain=grains[0] if len(grains) == 1 else None,
        unplaced=tuple(unplaced) or (("",) if several or len(beyond) < len(compared) else ()),
        meanings=tuple(found.meanings),
        guesses=tuple(found.guesses),
    )


def _is_yearless(tokens: Sequence[Token]) -> bool:
    named = any(token.form in MONTHS or re.fullmatch(r"q[1-4]", token.form) for token in tokens)
    behind = [*(token.form for token in tokens[1:]), ""]
    year = any(
        token.form == "year"
        or (token.form in ("this", "last") and after not in _PARTS and not after.isdigit())
        or re.fullmatch(r"(?:19|20)\d\d", token.form)
        for token, after in zip(tokens, behind, strict=True)
    )
    return named and not year and not any(token.kind is TokenKind.DATE for token in tokens)


def _is_time(first: int, last: int, tokens: Sequence[Token]) -> bool:
    return any(token.kind is not TokenKind.QUOTED for token in tokens[first:last])


class _Found:
    """Collects what links say, in the light of the query before."""

    def __init__(self, before: Query, index: Index) -> None:
        self._before, self._index = before, index
        self._conditions: list[tuple[int, Compare]] = []
        self.columns: list[Field] = []
        self.metrics: list[MetricValue] = []
        self.tables: list[Rows] = []
        self.meanings: list[Meaning] = []
        self.guesses: list[str] = []

    def add(self, spotted: Spotted, tokens: Sequence[Token], start: int) -> None:
        link = spotted.links[0]
        target = link.target
        kind, says = MeaningKind.FILTER, ""
        if target.kind is TargetKind.LITERAL:
            like = _like(link, self._before, self._index)
            if like is None:
                return
            self._conditions.append((link.first, like))
            key = next(condition_fields(like)).key
            says = value_meaning(key, target.value, self._index)
            table, column = key.table.name, key.name
        else:
            table, column, says = target.table.name, target.column, target_meaning(target, self._index)
            said = Field(ColumnKey(target.table, target.column), self._role(link))
            if target.kind is TargetKind.VALUE and self._is_noun(spotted, said, tokens):
                return
            if target.kind is TargetKind.VALUE:
                self._conditions.append((link.first, Compare(said, Operator.EQUAL, (target.value,))))
            elif target.kind is TargetKind.FLAG:
                self._conditions.append((link.first, Compare(said, Operator.EQUAL, (True,))))
            elif target.kind is TargetKind.COLUMN:
                self.columns.append(said)
                kind = MeaningKind.DIMENSION
            elif target.kind is TargetKind.METRIC:
                self.metrics.append(MetricValue(target.metric))
                kind = MeaningKind.MEASURE
            else:
                self.tables.append(Rows(target.table, target.relationship))
                kind = MeaningKind.TABLE
        first, last = tokens[spotted.first].start + start, tokens[spotted.last - 1].end + start
        text = " ".join(token.text for token in tokens[spotted.first : spotted.last])
        self.meanings.append(Meaning(first, last, text, says, kind, table, column, min(round(link.score, 3), 1.0)))
        if link.score < SAID and target.kind is not TargetKind.LITERAL:
            self.guesses.append(guess(text, target, self._index))

    def _is_noun(self, spotted: Spotted, said: Field, tokens: Sequence[Token]) -> bool:
        """Whether the words right behind another value of the column name the column: "only temp contracts"."""
        words = {token.lemma for token in tokens[spotted.first : spotted.last]}
        if not words <= {*name_words(said.key.name)} or spotted.first == 0:
            return False
        behind = tokens[spotted.first - 1].form not in _BETWEEN
        return behind and any(condition.left == said for _, condition in self._conditions)

    def joined(self) -> tuple[Condition, ...]:
        """Values of one column are alternatives: "Germany and France", "Oslo or Bergen"."""
        merged: dict[Expression, Compare] = {}
        for _, condition in self._conditions:
            held = merged.get(condition.left)
            if held is None or not isinstance(held.right, tuple) or not isinstance(condition.right, tuple):
                merged[condition.left] = condition
            elif held.operator is condition.operator is Operator.EQUAL:
                merged[condition.left] = Compare(held.left, held.operator, (*held.right, *condition.right))
        return tuple(merged.values())

    def compared(self, cues: Sequence[Comparison]) -> tuple[Compare, ...]:
        """Bounds: of the one numeric column that is named, else of the one that was bounded before."""
        columns = self._index.catalog.columns
        named = [one for one in self.columns if columns[one.key].data_type.numeric]
        held = [
            one.left
            for one in conjuncts(self._before.where)
            if isinstance(one, Compare) and isinstance(one.left, Field) and columns[one.left.key].data_type.numeric
        ]
        about = named if len(named) == 1 else held[-1:] if not self.columns else []
        if not about or not cues:
            return ()
        self.columns = [one for one in self.columns if one not in about]
        return tuple(Compare(about[0], cue.operator, cue.numbers) for cue in cues)

    def _role(self, link: Link) -> int | None:
        """The role that the link names, or that the same column has in the query before."""
        if link.target.relationship is not None:
            return link.target.relationship
        key = ColumnKey(link.target.table, link.target.column)
        held = [field for one in conjuncts(self._before.where) for field in condition_fields(one)]
        return next((field.role for field in held if field.key == key), None)


def _spotted(
    tokens: Sequence[Token], index: Index, taken: Sequence[bool], functions: dict[int, Function], before: Query
) -> list[Spotted]:
    """The division that says the most, each span's meanings put in the order that the query before suggests."""
    found = []
    for spotted in spans(tokens, index, list(taken)):
        links = sorted(
            (link for link in spotted.links if _known(link, before, index)),
            key=lambda link: -_fit(link, before, index),
        )
        words = tokens[spotted.first : spotted.last]
        if spotted.first and tokens[spotted.first - 1].form in _WHOSE:  # "their e-mails" are no value
            links = _columns(links, tables(before)) or links
        if not links or all(token.form in _SMALL for token in words):
            continue
        computed = any(spotted.first <= place < spotted.last for place in functions)
        if computed and (spotted.last - spotted.first == 1 or links[0].score < _NAMED):
            continue  # "average amount" is a function of a column, unless something is called just that
        found.append(Spotted(spotted.first, spotted.last, tuple(links)))
    return [one for one in best_division(found) if one.links[0].score >= _SURE or _is_literal(one.links[0])]


def _columns(links: Sequence[Link], near: Sequence[TableKey]) -> list[Link]:
    """The columns among what words may name, of the tables that were spoken of."""
    named = [one for one in links if one.target.kind is TargetKind.COLUMN and one.score >= _SURE]
    return [one for one in named if one.target.table in near]


def _is_literal(link: Link) -> bool:
    return link.target.kind is TargetKind.LITERAL


def _known(link: Link, before: Query, index: Index) -> bool:
    return not _is_literal(link) or _like(link, before, index) is not None


def _fit(link: Link, before: Query, index: Index) -> float:
    """The link's score, and what the query before adds: its own conditions' columns first, then its tables."""
    target = link.target
    if _is_literal(link):
        return link.score * 0.8
    held = {field.key for one in conjuncts(before.where) for field in condition_fields(one)}
    near = tables(before)
    about = topics(before)
    score = link.score
    if target.kind is TargetKind.VALUE and ColumnKey(target.table, target.column) in held:
        score += 0.4
    if about and about[0].table == target.table:
        score += 0.3
    elif target.table in near:
        score += 0.2
    return score


def _like(link: Link, before: Query, index: Index) -> Compare | None:
    """A value that the catalog doesn't know, taken to be of the column whose value the query before held."""
    target = link.target
    for condition in reversed(conjuncts(before.where)):
        if not isinstance(condition, Compare) or not isinstance(condition.left, Field):
            continue
        if not isinstance(condition.right, tuple) or len(condition.right) != 1:
            continue
        held = condition.right[0]
        if target.literal is LiteralKind.NUMBER and isinstance(held, int | float) and not isinstance(held, bool):
            return Compare(condition.left, condition.operator, (float(target.value),))
        column = index.catalog.columns[condition.left.key]
        if target.literal is LiteralKind.TEXT and isinstance(held, str) and not column.samples_complete:
            return Compare(condition.left, condition.operator, (target.value,))
    return None
