"""Questions with known SQL made into examples for the labeller."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.reader.labelling.features import Part, after, around, earlier, meaning
from services.ml_gateway.engine.reader.labelling.labeller import LABELS, NUMBERS
from services.ml_gateway.engine.reader.labelling.labels import Label, allowed
from services.ml_gateway.engine.reader.labelling.sentence import Item, Sentence
from services.ml_gateway.training.fitting import Example
from services.ml_gateway.training.laid import Acceptable
from services.ml_gateway.training.packing import Names

Pick = Callable[[Sentence, int, Acceptable, Sequence[Part]], Part]


def first_acceptable(sentence: Sentence, number: int, acceptable: Acceptable, before: Sequence[Part]) -> Part:
    """The best link's first acceptable label: what later items see before anything is learned."""
    item = sentence.items[number]
    for choice, labels in zip(item.choices, acceptable.labels, strict=True):
        if labels:
            return Part(item, min(labels, key=NUMBERS.__getitem__), choice)
    return Part(item, Label.IGNORED, None)


def examples_of(
    sentence: Sentence, acceptables: Sequence[Acceptable], index: Index, names: Names, pick: Pick = first_acceptable
) -> list[Example]:
    """names: of the features, to which new ones are added."""
    made: list[Example] = []
    before: list[Part] = []
    for number, (item, acceptable) in enumerate(zip(sentence.items, acceptables, strict=True)):
        made.append(_example(sentence, number, item, acceptable, before, index, names))
        before.append(pick(sentence, number, acceptable, before))
    return made


def _example(
    sentence: Sentence,
    number: int,
    item: Item,
    acceptable: Acceptable,
    before: Sequence[Part],
    index: Index,
    names: Names,
) -> Example:
    ignored = not any(acceptable.labels)
    rows: list[list[str]] = [[]]
    masks = [tuple(label is Label.IGNORED for label in LABELS)]
    gold = [tuple((ignored or acceptable.ignorable) and label is Label.IGNORED for label in LABELS)]
    for choice, labels in zip(item.choices, acceptable.labels, strict=True):
        may = set(allowed(choice.target, item.measured))
        rows.append([*meaning(choice, number, sentence, index), *after(choice, before, index)])
        masks.append(tuple(label in may for label in LABELS))
        gold.append(tuple(label in labels for label in LABELS))
    shared = names.numbers([*around(sentence, number), *earlier(before)])
    return Example(shared, tuple(map(names.numbers, rows)), np.array(masks), np.array(gold))
