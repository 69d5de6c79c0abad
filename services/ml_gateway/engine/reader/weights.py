"""What was learned: weights of the labeller, of the ranker and of the calibration, as they stand in weights.json."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from string import ascii_letters

from services.ml_gateway.engine.reader.labelling.labeller import NUMBERS
from services.ml_gateway.engine.reader.labelling.labeller import Weights as LabelWeights

FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Learned:
    """labels: by feature; ranks and calibration: by feature of a candidate."""

    labels: LabelWeights
    ranks: Mapping[str, float]
    calibration: Mapping[str, float]


_STEP, _LEAST = 0.05, 3  # weights are kept in steps; dropping more of the small ones costs right answers
_LETTERS = ascii_letters  # one for each label, in the order of `names`
_WEIGHT = re.compile(r"([A-Za-z])(-?\d+)")


def parse(text: str) -> Learned:
    """Weights of labels that are no more are left out."""
    read = json.loads(text)
    labels = {label.value: number for label, number in NUMBERS.items()}
    known = {letter: labels[name] for letter, name in zip(_LETTERS, read["names"], strict=False) if name in labels}
    return Learned(
        labels={
            feature: tuple((known[at], int(steps) * _STEP) for at, steps in _WEIGHT.findall(row) if at in known)
            for feature, row in read["labels"].items()
        },
        ranks=read["ranks"],
        calibration=read["calibration"],
    )


def written(learned: Learned) -> str:
    """The same weights give the same text: a feature's are letters of labels, each with its number of steps."""
    labels = {}
    for feature, row in sorted(learned.labels.items()):
        steps = [(_LETTERS[number], round(weight / _STEP)) for number, weight in row]
        if kept := "".join(f"{letter}{count}" for letter, count in steps if abs(count) >= _LEAST):
            labels[feature] = kept
    document = {
        "calibration": dict(sorted(learned.calibration.items())),
        "labels": labels,
        "names": [label.value for label in NUMBERS],
        "ranks": dict(sorted(learned.ranks.items())),
    }
    return json.dumps(document, separators=(",", ":"), indent=0) + "\n"


@lru_cache(maxsize=1)
def packaged() -> Learned:
    """The committed weights."""
    return parse(files(__package__).joinpath(FILE).read_text())
