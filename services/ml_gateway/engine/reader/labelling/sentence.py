"""A question as the reader sees it: what it names, and all that each name may mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.ml_gateway.engine.index import Target, TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.periods import TimeMention
from services.ml_gateway.engine.reader.business.cues import Cue
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.tokens import Token

_NEARLY, _SURELY = 0.2, 0.05  # how much less sure than its best what an item may mean is, and what it means


@dataclass(frozen=True, slots=True)
class Choice:
    """One meaning of an item. rank: how many meanings score more; equal: how many score the same."""

    target: Target
    score: float
    how: str
    rank: int
    equal: int


@dataclass(frozen=True, slots=True)
class Item:
    """Tokens [first, last) and their meanings. symbol is what its neighbours see of it.

    near: of each table, 3 where the item means the table itself, 2 where it may, 1 where it may mean something of it.
    """

    first: int
    last: int
    choices: tuple[Choice, ...]
    symbol: str
    plural: bool
    measured: bool = False  # an adjective: "oldest" for an age
    near: Mapping[TableKey, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        found: dict[TableKey, int] = {}
        least = self.choices[0].score if self.choices else 0.0
        for choice in self.choices:
            target, score = choice.target, choice.score
            if score >= least - _NEARLY:
                surely = target.relationship is None and score >= least - _SURELY
                held = 1 if target.kind is not TargetKind.TABLE else 3 if surely else 2
                found[target.table] = max(found.get(target.table, 0), held)
        object.__setattr__(self, "near", found)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A question's tokens, what is seen of each, and its items. No item covers a time or a cue.

    kinds: the class of each symbol, empty where it has none. forms: those of all tokens.
    """

    tokens: tuple[Token, ...]
    symbols: tuple[str, ...]
    items: tuple[Item, ...]
    times: tuple[TimeMention, ...] = ()
    cues: tuple[Cue, ...] = ()
    kinds: tuple[str, ...] = field(init=False, compare=False, repr=False)
    forms: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", tuple([WORDS.get(symbol, "") for symbol in self.symbols]))
        object.__setattr__(self, "forms", frozenset([token.form for token in self.tokens]))
