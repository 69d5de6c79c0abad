"""A question walked through from left to right, and the parts that its names have been given so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.reader.business.choosing import Chooser
from services.ml_gateway.engine.reader.business.cues import Cue
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item, Sentence

HIGH = frozenset("most highest largest greatest biggest maximum max top best".split())
LOW = frozenset("least fewest lowest smallest minimum min bottom worst".split())
NUMBERS = frozenset({Label.COUNT, Label.COUNT_DISTINCT, Label.SUM, Label.AVG, Label.MIN, Label.MAX})


class Mode(Enum):
    """What the words before a name say that it is for."""

    MEASURE = auto()
    GROUP = auto()
    FILTER = auto()


@dataclass(slots=True)
class Reading:
    """Parts so far, by item. number: whether something is computed; bare: a table named with nothing said of it."""

    parts: dict[int, Part] = field(default_factory=dict)
    mode: Mode = Mode.MEASURE
    number: bool = False
    grouped: bool = False
    entity: bool = False
    ranked: bool = False
    limited: bool = False
    bare: int | None = None
    descending: bool | None = None
    waits: int | None = None  # a number for what is counted or compared next
    ratio: Cue | None = None
    assumed: int | None = None  # a number that is no amount, with no word for what is made of it
    terms: int = 0  # numbers of a ratio that are yet to come
    period: bool = False  # what is asked for is one


@dataclass(slots=True)
class Walk:
    """summed: the question asks how much."""

    sentence: Sentence
    index: Index
    forms: list[str]
    choose: Chooser
    summed: bool
    made: Reading = field(default_factory=Reading)

    def put(self, number: int, item: Item, choice: Choice | None, label: Label) -> None:
        if choice is not None:
            self.made.parts[number] = Part(item, label, choice)

    def parts(self, changed: dict[int, Part]) -> tuple[Part, ...]:
        kept = self.made.parts | changed
        return tuple(
            kept.get(number) or Part(item, Label.IGNORED, None) for number, item in enumerate(self.sentence.items)
        )

    def base(self) -> Choice | None:
        """What is computed or listed so far."""
        parts = [part for _, part in sorted(self.made.parts.items()) if part.choice and part.choice.target.table.name]
        numbers = [part for part in parts if part.label in NUMBERS or part.choice.target.kind is TargetKind.METRIC]  # type: ignore[union-attr]
        return next((part.choice for part in (*numbers, *parts)), None)

    def spoken(self) -> Choice | None:
        """The table that the question names first: "names of members"."""
        tops = (item.choices[0] for item in self.sentence.items)
        return next((one for one in tops if one.target.kind is TargetKind.TABLE and one.score >= 0.9), None)
