"""Labels for all items of a question, the likeliest first: log-linear from left to right, several kept at each step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.reader.features import Part, around, earlier, meaning
from services.ml_gateway.engine.reader.items import Choice, Item, Sentence
from services.ml_gateway.engine.reader.labels import Label, allowed

LABELS = tuple(Label)
NUMBERS = {label: number for number, label in enumerate(LABELS)}
_BEAM, _OPTIONS = 12, 10
_RARE = -6.0
Weights = Mapping[str, Sequence[tuple[int, float]]]  # by feature: a label's number and its weight


# What a meaning (by its place) adds to the labels' scores, by what `meaning` sees of the parts before: their tables,
# the last of these, and the labels that the same column has.
_Known = dict[tuple[int, tuple[frozenset[TableKey], TableKey | None], frozenset[Label]], list[float]]


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
    """At most that many, best first."""
    beam = [Labelling((), 0.0)]
    for number, item in enumerate(sentence.items):
        fixed = _sums(around(sentence, number), weights)
        known: _Known = {}
        grown = [
            Labelling((*one.parts, Part(item, option.label, option.choice)), one.score + option.score)
            for one in beam
            for option in _options(item, number, sentence, one.parts, fixed, index, weights, known)
        ]
        grown.sort(key=lambda one: -one.score)
        beam = grown[: max(_BEAM, most)]
    return tuple(beam[:most])


def likelihood(sentence: Sentence, parts: Sequence[Part], index: Index, weights: Weights) -> float:
    """The logarithm of how likely a labelling is; what is unlikelier than the likeliest few options counts as rare."""
    total = 0.0
    for number, part in enumerate(parts):
        fixed = _sums(around(sentence, number), weights)
        options = _options(part.item, number, sentence, tuple(parts[:number]), fixed, index, weights, {})
        found = (one.score for one in options if one.label is part.label and one.choice == part.choice)
        total += next(found, _RARE)
    return total


def _options(
    item: Item,
    number: int,
    sentence: Sentence,
    before: tuple[Part, ...],
    fixed: Sequence[float],
    index: Index,
    weights: Weights,
    known: _Known,
) -> list[_Option]:
    context = _sums(earlier(before), weights, fixed)
    options = [_Option(None, Label.IGNORED, context[NUMBERS[Label.IGNORED]])]
    tables = [part.choice.target.table for part in before if part.choice and part.choice.target.table.name]
    around_it = frozenset(tables), tables[-1] if tables else None
    for place, choice in enumerate(item.choices):
        target = choice.target
        same = frozenset(
            part.label
            for part in before
            if part.choice and part.choice.target.column == target.column and part.choice.target.table == target.table
        )
        key = place, around_it, same
        if key not in known:
            known[key] = _sums(meaning(choice, number, sentence, before, index), weights)
        scores = known[key]
        options += [
            _Option(choice, label, context[NUMBERS[label]] + scores[NUMBERS[label]])
            for label in allowed(choice.target, item.measured)
        ]
    highest = max(option.score for option in options)
    total = highest + log(sum(exp(option.score - highest) for option in options))
    options.sort(key=lambda option: -option.score)
    return [_Option(one.choice, one.label, one.score - total) for one in options[:_OPTIONS]]


def _sums(features: Sequence[str], weights: Weights, start: Sequence[float] | None = None) -> list[float]:
    sums = list(start) if start is not None else [0.0] * len(LABELS)
    for feature in features:
        for label, weight in weights.get(feature, ()):
            sums[label] += weight
    return sums
