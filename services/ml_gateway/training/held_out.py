"""How well questions were read over databases that nothing was learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.ml_gateway.training.known import Known

BARS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question's best candidate. place: the question's, among all. among: whether any candidate is right.

    sure: how likely right the calibration finds it, 0 where nothing is made of the question. lacking: asked where the
    catalog lacks what it needs.
    """

    place: int
    known: Known
    right: bool
    among: bool
    sure: float
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Counts of questions. answered and wrong are at a bar."""

    group: str
    questions: int
    right: int
    among: int
    answered: int
    wrong: int


def held(judged: Sequence[Judged], bar: float) -> tuple[Held, ...]:
    """By group, of the questions that their catalogs can answer."""
    asked = [one for one in judged if not one.lacking]
    return tuple(
        _counted(group, [one for one in asked if one.known.group == group], bar)
        for group in sorted({one.known.group for one in asked})
    )


def _counted(group: str, asked: Sequence[Judged], bar: float) -> Held:
    answered = [one for one in asked if one.sure >= bar]
    return Held(
        group,
        questions=len(asked),
        right=sum(one.right for one in asked),
        among=sum(one.among for one in asked),
        answered=len(answered),
        wrong=sum(not one.right for one in answered),
    )
