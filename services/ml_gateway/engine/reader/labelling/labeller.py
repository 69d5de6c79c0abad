"""Labels for all items of a question, the likeliest first: log-linear from left to right, several kept at each step.

Nearly all of the time of a question is spent between its beam's ways and its items' options, so sums are shared by what
they depend on, and the innermost loops are left to builtins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, repeat
from math import exp, log
from operator import add, itemgetter, sub

from services.ml_gateway.engine.index import Index, LiteralKind, Target, TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.reader.labelling.features import (
    Part,
    after_labels,
    after_tables,
    around,
    earlier,
    meaning,
)
from services.ml_gateway.engine.reader.labelling.labels import Label, allowed
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Sentence

LABELS = tuple(Label)
NUMBERS = {label: number for number, label in enumerate(LABELS)}
_BEAM, _OPTIONS = 12, 10
_RARE = -6.0
_NOTHING = [0.0] * len(LABELS)
_IGNORED = NUMBERS[Label.IGNORED]
Weights = Mapping[str, Sequence[tuple[int, float]]]  # by feature: a label's number and its weight


@dataclass(frozen=True, slots=True)
class Labelling:
    """Parts in the order of the question, and the logarithm of their probability."""

    parts: tuple[Part, ...]
    score: float


_Column = tuple[TableKey, str]
_Had = tuple[tuple[Label, ...], frozenset[Label]]  # the last two labels, and all
_Beside = tuple[frozenset[TableKey], TableKey | None]  # tables, and the last of them
_Same = tuple[frozenset[Label], ...]  # of each meaning of an item: labels that its column has already


@dataclass(frozen=True, slots=True)
class _Way:
    """Parts so far, and what the next item sees of them. columns: what each column is labelled."""

    parts: tuple[Part, ...]
    score: float
    had: _Had
    beside: _Beside
    columns: Mapping[_Column, frozenset[Label]]

    def on(self, part: Part, score: float) -> _Way:
        had, beside, columns = self.had, self.beside, self.columns
        label = part.label
        if label is not Label.IGNORED:
            had = (*had[0][-1:], label), had[1] if label in had[1] else had[1] | {label}
        if part.choice:
            target = part.choice.target
            table, column = target.table, (target.table, target.column)
            columns = {**columns, column: columns.get(column, _NONE) | {label}}
            if table.name:
                beside = beside[0] if table in beside[0] else beside[0] | {table}, table
        return _Way((*self.parts, part), score, had, beside, columns)


_NONE = frozenset[Label]()
_BEGIN = _Way((), 0.0, ((), _NONE), (frozenset(), None), {})


@dataclass(slots=True)
class _Seen:
    """An item, and sums that ways share. Its options are to be ignored, and each label that each meaning may have:
    `places` (-1: none) and `labels` (by number), from `begins` on for each meaning.

    contexts: of all options, by the labels had. sums: of each meaning, by what the parts before say of its table and
    column. options: those of all meanings, one after the other. likeliest: what the likeliest add to a way's score.
    """

    parts: list[Part]
    labels: list[int]
    fixed: Sequence[float]
    meanings: list[list[float]]
    begins: list[int]
    columns: list[_Column]
    contexts: dict[_Had, list[float]] = field(default_factory=dict)
    sums: dict[tuple[int, _Beside, frozenset[Label]], list[float]] = field(default_factory=dict)
    options: dict[tuple[_Beside, _Same], list[float]] = field(default_factory=dict)
    likeliest: dict[tuple[_Had, _Beside, _Same], list[tuple[float, int]]] = field(default_factory=dict)


class Labeller:
    """Labels the items of one sentence. Cues and times of the sentence count by their symbols alone."""

    def __init__(self, sentence: Sentence, index: Index, weights: Weights) -> None:
        self._sentence, self._index, self._weights = sentence, index, weights
        self._items: dict[int, _Seen] = {}
        # What features weigh, whichever item they are of.
        self._earlier: dict[_Had, list[tuple[int, float]]] = {}
        self._beside: dict[tuple[TargetKind, LiteralKind | None, TableKey, _Beside], list[tuple[int, float]]] = {}

    def labellings(self, most: int) -> tuple[Labelling, ...]:
        """At most that many, best first; of those that ask the same the likeliest alone."""
        beam, width = [_BEGIN], max(_BEAM, most + most // 2)
        for number in range(len(self._sentence.items)):
            seen = self._seen(number)
            grown = [(score, way, option) for way in beam for score, option in self._options(number, way)]
            grown.sort(key=itemgetter(0), reverse=True)
            beam = [way.on(seen.parts[option], score) for score, way, option in grown[:width]]
        asked: dict[object, Labelling] = {}
        for one in beam:
            asked.setdefault(_asked(one.parts), Labelling(one.parts, one.score))
        return tuple(islice(asked.values(), most))

    def likelihood(self, parts: Sequence[Part]) -> float:
        """The logarithm of how likely a labelling is; what is unlikelier than the likeliest few options is rare."""
        total, way = 0.0, _BEGIN
        for number, part in enumerate(parts):
            known = self._seen(number).parts
            found = (
                score
                for score, option in self._options(number, way)
                if known[option].label is part.label and known[option].choice == part.choice
            )
            total += next(found, way.score + _RARE) - way.score
            way = way.on(part, 0.0)
        return total

    def _seen(self, number: int) -> _Seen:
        if number not in self._items:
            item = self._sentence.items[number]
            parts, labels, begins = [Part(item, Label.IGNORED, None)], [_IGNORED], [1]
            for choice in item.choices:
                may = _allowed(choice, item.measured)
                parts += [Part(item, LABELS[label], choice) for label in may]
                labels += may
                begins.append(len(labels))
            fixed = _sums(around(self._sentence, number), self._weights)
            sums = [_sums(meaning(one, number, self._sentence, self._index), self._weights) for one in item.choices]
            columns = [(one.target.table, one.target.column) for one in item.choices]
            self._items[number] = _Seen(parts, labels, fixed, sums, begins, columns)
        return self._items[number]

    def _options(self, number: int, way: _Way) -> list[tuple[float, int]]:
        """The score of the way with each of the likeliest options, and the option's place."""
        seen = self._seen(number)
        same = tuple([way.columns.get(column, _NONE) for column in seen.columns])
        key = (way.had, way.beside, same)
        found = seen.likeliest.get(key)
        if found is None:
            found = seen.likeliest[key] = self._likeliest(number, way, same)
        return [(way.score + gain, place) for gain, place in found]

    def _likeliest(self, number: int, way: _Way, same: _Same) -> list[tuple[float, int]]:
        seen = self._items[number]
        context = seen.contexts.get(way.had)
        if context is None:
            if way.had not in self._earlier:
                self._earlier[way.had] = _weighed(earlier(way.parts), self._weights)
            sums = _added(self._earlier[way.had], seen.fixed)
            context = seen.contexts[way.had] = [sums[label] for label in seen.labels]
        own = seen.options.get((way.beside, same))
        if own is None:
            own = seen.options[way.beside, same] = [0.0]
            for place, labels in enumerate(same):
                sums = self._sums_of(number, place, labels, way)
                own += [sums[label] for label in seen.labels[seen.begins[place] : seen.begins[place + 1]]]
        scores = list(map(add, context, own))
        highest = max(scores)
        total = highest + log(sum(map(exp, map(sub, scores, repeat(highest)))))
        least = sorted(scores)[-_OPTIONS] if len(scores) > _OPTIONS else min(scores)
        likely = [place for place, score in enumerate(scores) if score >= least]
        likely.sort(key=scores.__getitem__, reverse=True)
        return [(scores[place] - total, place) for place in likely[:_OPTIONS]]

    def _sums_of(self, number: int, place: int, same: frozenset[Label], way: _Way) -> list[float]:
        seen, key = self._items[number], (place, way.beside, same)
        if key not in seen.sums:
            choice = self._sentence.items[number].choices[place]
            told = (choice.target.kind, choice.target.literal, choice.target.table, way.beside)
            pairs = self._beside.get(told)
            if pairs is None:
                features = after_tables(choice, *way.beside, self._index)
                pairs = self._beside[told] = _weighed(features, self._weights)
            pairs = [*pairs, *_weighed(after_labels(choice, same), self._weights)]
            seen.sums[key] = _added(pairs, seen.meanings[place])
        return seen.sums[key]


def labellings(sentence: Sentence, index: Index, weights: Weights, most: int) -> tuple[Labelling, ...]:
    """As Labeller.labellings."""
    return Labeller(sentence, index, weights).labellings(most)


def likelihood(sentence: Sentence, parts: Sequence[Part], index: Index, weights: Weights) -> float:
    """As Labeller.likelihood."""
    return Labeller(sentence, index, weights).likelihood(parts)


def _asked(parts: Sequence[Part]) -> tuple[tuple[int, Label, Target], ...]:
    """What a labelling asks: a table that is merely named adds nothing to what is asked of it anyway."""
    used = {part.choice.target.table for part in parts if part.choice and part.label is not Label.CONTEXT}
    return tuple(
        (place, part.label, part.choice.target)
        for place, part in enumerate(parts)
        if part.choice
        and not (
            part.label is Label.CONTEXT and part.choice.target.relationship is None and part.choice.target.table in used
        )
    )


def _allowed(choice: Choice, measured: bool) -> tuple[int, ...]:
    return _numbers(allowed(choice.target, measured, choice.how))


@lru_cache(maxsize=32)
def _numbers(labels: tuple[Label, ...]) -> tuple[int, ...]:
    return tuple(NUMBERS[label] for label in labels)


def _sums(features: Sequence[str], weights: Weights, start: Sequence[float] | None = None) -> list[float]:
    return _added(_weighed(features, weights), start if start is not None else _NOTHING)


def _weighed(features: Sequence[str], weights: Weights) -> list[tuple[int, float]]:
    return [pair for feature in features if feature in weights for pair in weights[feature]]


def _added(pairs: Sequence[tuple[int, float]], start: Sequence[float]) -> list[float]:
    sums = list(start)
    for label, weight in pairs:
        sums[label] += weight
    return sums
