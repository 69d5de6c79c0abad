"""What a run tells, in lines of plain text. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cli.ask.plain import plain
from cli.evaluate import differences, figures
from cli.evaluate.figures import Figure, Scored
from cli.evaluate.model import FAULT, Gold, Id, Kind, Prediction, Timings

if TYPE_CHECKING:
    from cli.evaluate.running import Ran

_NAME = 30
_LARGEST = 40


def lines(ran: Ran, gold: Mapping[Id, Gold]) -> Iterator[str]:
    """Counts and timing; with gold, how much is right."""
    yield from _counts(ran.predictions)
    if gold:
        scored = figures.scored(ran.predictions, gold, ran.verdicts)
        yield from _accuracy(scored, len(ran.predictions))
        yield from _curve(scored)
        for kind, groups in figures.grouped(scored).items():
            yield from _table(f"by {kind}", groups)
        yield from _differences(scored)
        yield from _list("no rows to compare", figures.problems(scored))
    yield from _list("not answered", figures.reasons(ran.predictions))
    yield from _faults(ran.predictions)
    yield from _timing(ran.timings)


def _counts(predictions: Sequence[Prediction]) -> Iterator[str]:
    of = {kind: sum(one.kind is kind for one in predictions) for kind in Kind}
    yield (
        f"questions {len(predictions):,}  answered {of[Kind.ANSWER]:,}  "
        f"asked back {of[Kind.CLARIFY]:,}  refused {of[Kind.REFUSE]:,}"
    )


def _accuracy(scored: Sequence[Scored], asked: int) -> Iterator[str]:
    whole = figures.figure(scored)
    yield f"EX {whole.accuracy:.1f}%  right among answered {whole.precision:.1f}%  ({whole.right:,} of {whole.count:,})"
    without = [one for one in scored if not one.gold.answerable]
    if without:
        kept = sum(not one.answered for one in without)
        share = figures.share(kept, len(without))
        yield f"without an answer in the data {len(without):,}: refused or asked back {share:.1f}%"
    if asked > len(scored):
        yield f"without gold, and not scored: {asked - len(scored):,}"


def _curve(scored: Sequence[Scored]) -> Iterator[str]:
    yield from _table("by bar of confidence", [(f"≥ {bar:.2f}", one) for bar, one in figures.curve(scored)])


def _table(title: str, rows: Sequence[tuple[str, Figure]]) -> Iterator[str]:
    yield ""
    yield f"{title:<{_NAME}} {'n':>6} {'answered':>9} {'right among':>12} {'EX':>7}"
    for name, one in rows[:_LARGEST]:
        share = figures.share(one.answered, one.count)
        yield (
            f"{plain(name)[:_NAME]:<{_NAME}} {one.count:>6,} {share:>8.1f}% {one.precision:>11.1f}% "
            f"{one.accuracy:>6.1f}%"
        )
    if len(rows) > _LARGEST:
        yield f"… and {len(rows) - _LARGEST:,} more"


def _differences(scored: Sequence[Scored]) -> Iterator[str]:
    found = differences.told(scored)
    if found:
        yield ""
        yield f"{'wrong answers, by what differs':<{_NAME}} {'n':>6} {'nothing else':>13}"
        yield from (f"{name:<{_NAME}} {count:>6,} {alone:>13,}" for name, count, alone in found)


def _list(title: str, counts: Sequence[tuple[str, int]]) -> Iterator[str]:
    if counts:
        yield ""
        yield f"{title:<{_NAME}} {'n':>6}"
        yield from (f"{plain(name)[:_NAME]:<{_NAME}} {count:>6,}" for name, count in counts)


def _faults(predictions: Sequence[Prediction]) -> Iterator[str]:
    """Where the engine broke: the kind of error and its place in our code."""
    counts = Counter(one.message for one in predictions if one.reason == FAULT)
    if counts:
        yield ""
        yield "faults of the engine, to be reported:"
        yield from (f"{count:>6,}  {message}" for message, count in counts.most_common(_LARGEST))


def _timing(timings: Timings) -> Iterator[str]:
    yield ""
    yield f"{'milliseconds':<{_NAME}} {'n':>6} {'p50':>9} {'p95':>9} {'most':>9}"
    for name, values in (
        ("planning a question", timings.planning),
        ("building an index", timings.index),
        ("reading a catalog", timings.catalog),
    ):
        p50, p95, most = (figures.percentile(values, share) for share in (0.5, 0.95, 1.0))
        yield f"{name:<{_NAME}} {len(values):>6,} {p50:>9.1f} {p95:>9.1f} {most:>9.1f}"
    yield f"the whole run: {timings.whole_seconds:.1f} s"
