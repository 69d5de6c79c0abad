"""Which source a question is about, where the caller has several. Pure.

A question may name its source at its end, in brackets: "revenue by month (in Webshop)". That is how a choice among
sources is offered, and so how it comes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.ml_gateway.builtin.vouched import Written
from services.ml_gateway.engine import NeedsClarification, Outcome, Planned, Refused
from services.ml_gateway.engine.outcome import RefusalReason
from services.ml_gateway.learning.model import NOTHING, Learned, Synonym, VerifiedAnswer
from services.ml_gateway.model import KnownCatalog, Source, Turn

# Readings of two sources that are nearer to each other than this are as good as equal.
TIE = 0.05
MOST_OPTIONS = 4

# How far a reading got before it was refused.
_DEPTH = (
    RefusalReason.UNSAFE_JOIN,
    RefusalReason.UNSUPPORTED,
    RefusalReason.NOT_UNDERSTOOD,
    RefusalReason.NO_SUCH_DATA,
)


@dataclass(frozen=True, slots=True)
class Read:
    """One source's reading of the question: as `text`, once what would be asked back was settled, by learned words
    (uses), or by a verified answer. earlier is what was said before and it was read against."""

    known: KnownCatalog
    outcome: Outcome | Written
    text: str
    learned: Learned = NOTHING
    uses: Sequence[Synonym] = ()
    verified: VerifiedAnswer | None = None
    earlier: Sequence[str] = ()

    @property
    def confidence(self) -> float | None:
        """None where there is no answer. What a person wrote or vouches for is sure."""
        if isinstance(self.outcome, Written) or (self.verified and isinstance(self.outcome, Planned)):
            return 1.0
        return self.outcome.confidence if isinstance(self.outcome, Planned) else None


@dataclass(frozen=True, slots=True)
class Tied:
    """Sources that answer the question equally well: the asker is to say which."""

    reads: Sequence[Read]


def best(reads: Sequence[Read]) -> Read | Tied:
    """The source that the question fits best, by the order of the sources where none of them can answer it."""
    planned = [(read.confidence, read) for read in reads if read.confidence is not None]
    if planned:
        top = max(confidence for confidence, _ in planned)
        return _one_or_tied([read for confidence, read in planned if confidence > top - TIE])
    asking = [(read.outcome.confidence or 1.0, read) for read in reads if isinstance(read.outcome, NeedsClarification)]
    if asking:
        top = max(confidence for confidence, _ in asking)
        return _one_or_tied([read for confidence, read in asking if confidence > top - TIE])
    return min(reads, key=_distance)


def _one_or_tied(reads: Sequence[Read]) -> Read | Tied:
    return reads[0] if len(reads) == 1 else Tied(reads[:MOST_OPTIONS])


def _distance(read: Read) -> tuple[int, int]:
    """How far from an answer a refused reading is."""
    outcome = read.outcome
    assert isinstance(outcome, Refused)
    depth = _DEPTH.index(outcome.reason) if outcome.reason in _DEPTH else len(_DEPTH)
    return depth, len(outcome.words)


def naming(question: str, source_name: str) -> str:
    """The question with its source named."""
    return f"{question.rstrip().rstrip('?').rstrip()} (in {source_name})"


def unnamed(turn: Turn, sources: Sequence[Source]) -> Turn:
    """What was said without the source that it names, which then is the one that it was said of."""
    text, source = named(turn.text, sources)
    return turn if source is None else Turn(text, source.id)


def named(question: str, sources: Sequence[Source]) -> tuple[str, Source | None]:
    """The question without the source that it names, and that source; the first of several that fit."""
    written = question.rstrip()
    brackets = [place for place, character in enumerate(written) if character == "(" and written[:place].strip()]
    for source in sources:
        ending = f"(in {source.name})".casefold()
        for place in brackets:
            if written[place:].casefold() == ending:
                return written[:place].rstrip(), source
    return question, None
