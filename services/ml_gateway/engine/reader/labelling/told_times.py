"""Which words of time stay words of time, beside what the question names."""

from collections.abc import Collection, Sequence

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.links import Span
from services.ml_gateway.engine.periodparts import SEASONS
from services.ml_gateway.engine.periods import TimeMention
from services.ml_gateway.engine.reader.labelling.division import EACH, PERHAPS
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.tokens import Token

_SPLITTING = frozenset("by per".split())
_BESIDE = frozenset(("and", ","))


def leaves_out(plain: Sentence, times: Sequence[TimeMention], tokens: Sequence[Token]) -> bool:
    """Whether a division makes nothing of "by month": where no name has the word, the grain is meant."""
    named = {at for one in plain.items for at in range(one.first, one.last)}
    return any(
        one.grain is not None
        and one.first > 0
        and bool(_SPLITTING & {tokens[one.first - 1].form, tokens[one.first].form})
        and not named & set(range(one.first, one.last))
        for one in times
    )


def told_apart(times: Sequence[TimeMention], plain: Sequence[Span], tokens: Sequence[Token]) -> tuple[TimeMention, ...]:
    """Without words for a grain, or a season, that are exactly a value, "billed annually", or a column beside another
    that is asked for, "titles and years of the films": nothing is split there."""
    values = {
        (span.first, span.last)
        for span in plain
        if any(one.target.kind is TargetKind.VALUE and one.score >= 0.9 and one.how != "part" for one in span.links)
    }
    columns = {
        span.first
        for span in plain
        if any(one.target.kind is TargetKind.COLUMN and one.score >= PERHAPS for one in span.links)
    }
    split = next((at for at, token in enumerate(tokens) if token.form in EACH), len(tokens))
    return tuple(
        one
        for one in times
        if not _is_a_value(one, values)
        and (one.span or not (_is_beside(one, tokens, split) and one.last - 1 in columns))
    )


def _is_a_value(one: TimeMention, values: Collection[tuple[int, int]]) -> bool:
    if one.span is None:
        return (one.first, one.last) in values
    season = one.span.label.split()[0] in SEASONS  # the last two words, "in" and "the" apart
    return season and any(first <= one.last - 2 < last for first, last in values)


def _is_beside(time: TimeMention, tokens: Sequence[Token], split: int) -> bool:
    """Whether a word for a grain follows a name with "and", before anything is split."""
    return tokens[time.first].form in _BESIDE and time.first < split
