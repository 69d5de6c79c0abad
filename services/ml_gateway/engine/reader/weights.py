"""What was learned: weights of the labeller, of the ranker and of the calibration, as they stand in weights.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from services.ml_gateway.engine.reader.labeller import NUMBERS
from services.ml_gateway.engine.reader.labeller import Weights as LabelWeights
from services.ml_gateway.engine.reader.labels import Label

FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Learned:
    """labels: by feature; ranks and calibration: by feature of a candidate."""

    labels: LabelWeights
    ranks: Mapping[str, float]
    calibration: Mapping[str, float]


def parse(text: str) -> Learned:
    """Weights of labels that are no more are left out."""
    read = json.loads(text)
    names = read["names"]
    known = [NUMBERS[Label(name)] if name in Label else None for name in names]
    return Learned(
        labels={
            feature: tuple((number, weight / 100) for at, weight in row if (number := known[at]) is not None)
            for feature, row in read["labels"].items()
        },
        ranks=read["ranks"],
        calibration=read["calibration"],
    )


def written(learned: Learned) -> str:
    """The same weights give the same text."""
    names = sorted(NUMBERS, key=NUMBERS.__getitem__)
    labels = {
        feature: [[number, round(weight * 100)] for number, weight in row]
        for feature, row in sorted(learned.labels.items())
    }
    document = {
        "calibration": dict(sorted(learned.calibration.items())),
        "labels": labels,
        "names": [name.value for name in names],
        "ranks": dict(sorted(learned.ranks.items())),
    }
    return json.dumps(document, separators=(",", ":")) + "\n"


@lru_cache(maxsize=1)
def packaged() -> Learned:
    """The committed weights."""
    return parse(files(__package__).joinpath(FILE).read_text())
