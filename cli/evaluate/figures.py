"""Figures of a run: how much is right, at which bar of confidence, and how long it took. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cli.evaluate.model import Gold, Id, Kind, Prediction, Verdict

BARS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98)


@dataclass(frozen=True, slots=True)
class Scored:
    """A prediction beside what is known to be right."""

    prediction: Prediction
    gold: Gold
    verdict: Verdict

    @property
    def answered(self) -> bool:
        return self.prediction.kind is Kind.ANSWER


@dataclass(frozen=True, slots=True)
class Figure:
    """Of some questions: how many there are, are answered, are right, and are right among those answered."""

    count: int
    answered: int
    right: int
    right_answers: int

    @property
    def accuracy(self) -> float:
        return share(self.right, self.count)

    @property
    def precision(self) -> float:
        return share(self.right_answers, self.answered)


def scored(predictions: Iterable[Prediction], gold: Mapping[Id, Gold], verdicts: Mapping[Id, Verdict]) -> list[Scored]:
    """The predictions that the gold knows."""
    return [Scored(one, gold[one.id], verdicts[one.id]) for one in predictions if one.id in gold]


def figure(of: Sequence[Scored], bar: float = 0.0) -> Figure:
    """As if what is less sure than the bar were not answered."""
    answered = [one for one in of if one.answered and one.prediction.confidence >= bar]
    right = sum(one.verdict.right for one in answered)
    kept = {one.prediction.id for one in answered}
    unanswered = sum(not one.gold.answerable for one in of if one.prediction.id not in kept)
    return Figure(len(of), len(answered), right + unanswered, right)


def curve(of: Sequence[Scored]) -> list[tuple[float, Figure]]:
    """Bars with their figures, each the highest that leaves out no more."""
    found: list[tuple[float, Figure]] = []
    for bar in BARS:
        one = figure(of, bar)
        if found and found[-1][1].answered == one.answered > 0:
            found.pop()  # the higher bar says the same of fewer left over
        if one.answered or not found:
            found.append((bar, one))
    return found


def grouped(of: Sequence[Scored]) -> dict[str, list[tuple[str, Figure]]]:
    """The figures of each group of each kind, the largest groups first."""
    members: dict[str, dict[str, list[Scored]]] = {}
    for one in of:
        for kind, group in dict.fromkeys(one.gold.groups):
            members.setdefault(kind, {}).setdefault(group, []).append(one)
    return {
        kind: sorted(((name, figure(some)) for name, some in groups.items()), key=lambda item: -item[1].count)
        for kind, groups in members.items()
    }


def reasons(predictions: Iterable[Prediction]) -> list[tuple[str, int]]:
    """Why questions were not answered, as "refuse: not_understood", most frequent first."""
    counts = Counter(f"{one.kind.value}: {one.reason}" for one in predictions if one.kind is not Kind.ANSWER)
    return counts.most_common()


def problems(of: Iterable[Scored]) -> list[tuple[str, int]]:
    """Why there were no rows to compare, most frequent first."""
    return Counter(one.verdict.problem for one in of if one.verdict.problem).most_common()


def percentile(values: Sequence[float], share_below: float) -> float:
    """The smallest value that so large a share is at or below (nearest rank); 0 of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share_below * len(ordered)) - 1)] if ordered else 0.0


def share(part: int, whole: int) -> float:
    """In percent; 0 of nothing."""
    return 100.0 * part / whole if whole else 0.0
