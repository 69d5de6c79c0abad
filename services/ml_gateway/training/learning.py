"""Questions with known SQL → the weights of the reader.

The labeller learns which labels the known query allows. The ranker and the calibration learn from candidates that a
labeller made for databases that it has not seen: each fifth of the databases is read by one trained on the others. The
calibration learns from questions that can't be answered, too (`lacking.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.reader.scoring.calibrating import confidence
from services.ml_gateway.engine.reader.weights import Learned
from services.ml_gateway.training.apart import apart, of_all, shared_out
from services.ml_gateway.training.calibration import fit_calibration
from services.ml_gateway.training.fitting import Example, fit
from services.ml_gateway.training.held_out import Judged
from services.ml_gateway.training.known import FOLDS, Known, Right
from services.ml_gateway.training.packing import Names, Numbers
from services.ml_gateway.training.ranks import Choosing, fit_ranks
from services.ml_gateway.training.reading import Chosen, Reading

_LACKING = 5  # each n-th question is asked a second time where it can't be answered
_ALL = -1  # in place of the fold that is left out
_LEFT_OUT = (*range(FOLDS), _ALL)
_T = TypeVar("_T")


def learn(
    questions: Sequence[Known],
    indexes: Mapping[str, Index],
    right: Right,
    *,
    rank_every: int = 1,
    jobs: int = 1,
    tell: Callable[[str], None] = lambda line: None,
) -> tuple[Learned, tuple[Judged, ...]]:
    """The same questions in the same order give the same weights, in however many processes. rank_every thins the
    questions that are ranked, but not those of a group. tell: is told how far it is."""
    ranked = frozenset(place for place, one in enumerate(questions) if one.group or place % rank_every == 0)
    spoiled = frozenset(place for place in ranked if place % _LACKING == 0)
    readings = [Reading(some, indexes, right, ranked, spoiled, tell) for some in _dealt(questions, jobs)]
    with apart(readings) as readers:
        tell("laying known queries beside their questions")
        examples, names = _joined(of_all(readers, "examples"), _renumbered)
        tell(f"fitting labellers on {sum(map(len, examples.values()))} examples with {len(names)} features")
        with apart([_Labellers(questions, examples, names)] * jobs) as fitters:
            labels = dict(zip(_LEFT_OUT, shared_out(fitters, "without", _LEFT_OUT), strict=True))
        tell("reading")
        choices, names = _joined(of_all(readers, "read", labels), Choosing.renumbered)
        tell(f"fitting rankers on {len(choices)} questions with {len(names)} features")
        with apart([_Rankers(questions, choices, names)] * jobs) as fitters:
            ranks = dict(zip(_LEFT_OUT, shared_out(fitters, "without", _LEFT_OUT), strict=True))
        tell("choosing")
        chosen = [one for several in of_all(readers, "chosen", ranks) for one in several]
    chosen.sort(key=lambda one: (questions[one.place].fold, one.lacking, one.place))
    tell("calibrating")
    judged = _judged(questions, chosen, choices, ranked)
    calibration = fit_calibration([(one.signs, one.right) for one in chosen])
    return Learned(labels[_ALL], ranks[_ALL], calibration), judged


def _dealt(questions: Sequence[Known], jobs: int) -> list[dict[int, Known]]:
    """By place; all of a database's together."""
    databases = {name: number % jobs for number, name in enumerate(sorted({one.database for one in questions}))}
    return [
        {place: one for place, one in enumerate(questions) if databases[one.database] == job} for job in range(jobs)
    ]


def _joined(
    parts: Sequence[tuple[list[str], dict[int, _T]]], renumbered: Callable[[_T, Numbers], _T]
) -> tuple[dict[int, _T], list[str]]:
    """What several readers made, its features numbered alike, by place in order."""
    names, found = Names(), dict[int, _T]()
    for listed, made in parts:
        numbers = names.numbers(listed)
        found |= {place: renumbered(one, numbers) for place, one in made.items()}
    return dict(sorted(found.items())), names.listed


def _renumbered(examples: list[Example], numbers: Numbers) -> list[Example]:
    return [one.renumbered(numbers) for one in examples]


@dataclass(frozen=True, slots=True)
class _Labellers:
    """By the place of a question what is learned from it."""

    questions: Sequence[Known]
    examples: Mapping[int, list[Example]]
    names: Sequence[str]

    def without(self, fold: int) -> dict[str, list[tuple[int, float]]]:
        """Learned from the other folds."""
        asked = ((self.questions[place], made) for place, made in self.examples.items())
        return fit([each for one, made in asked if one.fold != fold for each in made * one.weight], self.names)


@dataclass(frozen=True, slots=True)
class _Rankers:
    """By the place of a question what is learned from it."""

    questions: Sequence[Known]
    choices: Mapping[int, Choosing]
    names: Sequence[str]

    def without(self, fold: int) -> dict[str, float]:
        """Learned from the other folds."""
        asked = ((self.questions[place], made) for place, made in self.choices.items())
        return fit_ranks([each for one, made in asked if one.fold != fold for each in [made] * one.weight], self.names)


def _judged(
    questions: Sequence[Known], chosen: Sequence[Chosen], choices: Mapping[int, Choosing], ranked: Iterable[int]
) -> tuple[Judged, ...]:
    """Each by a calibration that has learned nothing from its fold; those of which nothing is made come last."""
    found = []
    for fold in range(FOLDS):
        others = [(one.signs, one.right) for one in chosen if questions[one.place].fold != fold]
        calibration = fit_calibration(others)
        for one in (each for each in chosen if questions[each.place].fold == fold):
            sure = min(confidence(one.signs, calibration), one.most)
            among = not one.lacking and any(choices[one.place].right)
            found.append(Judged(one.place, questions[one.place], one.right, among, sure, one.lacking))
    read = {one.place for one in found if not one.lacking}
    nothing = [Judged(place, questions[place], False, False, 0.0) for place in sorted(set(ranked) - read)]
    return (*found, *nothing)
