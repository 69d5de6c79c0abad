"""Labels for all items of a question, the likeliest first: log-linear from left to right, several kept at each step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest
from itertools import islice
from math import exp, log
from operator import itemgetter

from services.ml_gateway.engine.index import Index, Target
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.reader.features import Part, after, around, earlier, meaning
from services.ml_gateway.engine.reader.items import Choice, Item, Sentence
from services.ml_gateway.engine.reader.labels import Label, allowed

LABELS = tuple(Label)
NUMBERS = {label: number for number, label in enumerate(LABELS)}
_BEAM, _OPTIONS = 12, 10
_RARE = -6.0
Weights = Mapping[str, Sequence[tuple[int, float]]]  # by feature: a label's number and its weight


_Beside = tuple[frozenset[TableKey], TableKey | None]  # tables of the parts before, and the last of them
_Had = tuple[tuple[Label, ...], frozenset[Label]]


@dataclass(slots=True)
class _Known:
    """Sums of an item that labellings share: of each meaning; of it beside the parts before (by its place, what
    `after` sees of their tables, and the labels that the same column has); and of their labels."""

    meanings: list[list[float]]
    after: dict[tuple[int, _Beside, frozenset[Label]], list[float]] = field(default_factory=dict)
    earlier: dict[_Had, list[float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Labelling:
    """Parts in the order of the question, and the logarithm of their probability."""

    parts: tuple[Part, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Option:
    choice: Choice | None
    label: Label
    score: float


def labellings(sentence: Sentence, index: Index, weights: Weights, most: int) -> tuple[Labelling, ...]:
    """At most that many, best first; of those that ask the same the likeliest alone."""
    beam = [Labelling((), 0.0)]
    for number, item in enumerate(sentence.items):
        fixed, known = _sums(around(sentence, number), weights), _known(sentence, number, index, weights)
        grown = [
            (one.score + option.score, one, option)
            for one in beam
            for option in _options(item, one.parts, fixed, index, weights, known)
        ]
        kept = nlargest(max(_BEAM, most + most // 2), grown, key=itemgetter(0))
        beam = [Labelling((*one.parts, Part(item, opt.label, opt.choice)), score) for score, one, opt in kept]
    asked: dict[object, Labelling] = {}
    for one in beam:
        asked.setdefault(_asked(one.parts), one)
    return tuple(islice(asked.values(), most))


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


def likelihood(sentence: Sentence, parts: Sequence[Part], index: Index, weights: Weights) -> float:
    """The logarithm of how likely a labelling is; what is unlikelier than the likeliest few options counts as rare."""
    total = 0.0
    for number, part in enumerate(parts):
        fixed = _sums(around(sentence, number), weights)
        known = _known(sentence, number, index, weights)
        options = _options(part.item, parts[:number], fixed, index, weights, known)
        found = (one.score for one in options if one.label is part.label and one.choice == part.choice)
        total += next(found, _RARE)
    return total


def _known(sentence: Sentence, number: int, index: Index, weights: Weights) -> _Known:
    choices = sentence.items[number].choices
    return _Known([_sums(meaning(choice, number, sentence, index), weights) for choice in choices])


def _options(
    item: Item, before: Sequence[Part], fixed: Sequence[float], index: Index, weights: Weights, known: _Known
) -> list[_Option]:
    labels = [part.label for part in before if part.label is not Label.IGNORED]
    had = tuple(labels[-2:]), frozenset(labels)
    if had not in known.earlier:
        known.earlier[had] = _sums(earlier(before), weights, fixed)
    context = known.earlier[had]
    scored = [(context[NUMBERS[Label.IGNORED]], -1, NUMBERS[Label.IGNORED])]
    chosen = [(part.label, part.choice.target) for part in before if part.choice]
    tables = [target.table for _, target in chosen if target.table.name]
    beside = frozenset(tables), tables[-1] if tables else None
    for place, choice in enumerate(item.choices):
        table, column = choice.target.table, choice.target.column
        same = frozenset([label for label, target in chosen if target.column == column and target.table == table])
        key = place, beside, same
        if key not in known.after:
            known.after[key] = _sums(after(choice, before, index), weights, known.meanings[place])
        scores = known.after[key]
        scored += [(context[label] + scores[label], place, label) for label in _allowed(choice.target, item.measured)]
    highest = max(scored)[0]
    total = highest + log(sum([exp(score - highest) for score, _, _ in scored]))
    return [
        _Option(item.choices[place] if place >= 0 else None, LABELS[label], score - total)
        for score, place, label in nlargest(_OPTIONS, scored, key=itemgetter(0))
    ]


def _allowed(target: Target, measured: bool) -> tuple[int, ...]:
    return _numbers(allowed(target, measured))


@lru_cache(maxsize=32)
def _numbers(labels: tuple[Label, ...]) -> tuple[int, ...]:
    return tuple(NUMBERS[label] for label in labels)


def _sums(features: Sequence[str], weights: Weights, start: Sequence[float] | None = None) -> list[float]:
    sums = list(start) if start is not None else [0.0] * len(LABELS)
    for feature in features:
        for label, weight in weights.get(feature, ()):
            sums[label] += weight
    return sums
