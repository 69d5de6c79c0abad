"""Rounds in which every contender has its turn: a machine that grows slower halfway slows all of them alike."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.figures import median, p95

Call = Callable[[], Awaitable[object]]
# What opens connections and fills caches isn't counted.
WARM_UP_SECONDS = 0.3


@dataclass
class Measured:
    """Of one contender: calls per second in each round, and the seconds of every call."""

    rates: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return median(self.rates)

    @property
    def latency(self) -> tuple[float, float]:
        """Median and p95, in seconds."""
        return median(self.seconds), p95(self.seconds)

    def ratio_to(self, baseline: "Measured") -> float:
        """Of rates, round by round against the baseline's of the same round."""
        return median([own / other for own, other in zip(self.rates, baseline.rates, strict=True)])


async def interleaved(
    contenders: Mapping[str, Call], *, rounds: int, turn_seconds: float, in_flight: int
) -> dict[str, Measured]:
    """Each contender's turn in each round keeps `in_flight` calls running for `turn_seconds`."""
    measured = {name: Measured() for name in contenders}
    for call in contenders.values():
        await _turn(call, Measured(), WARM_UP_SECONDS, in_flight)
    for _ in range(rounds):
        for name, call in contenders.items():
            await _turn(call, measured[name], turn_seconds, in_flight)
    return measured


async def _turn(call: Call, into: Measured, seconds: float, in_flight: int) -> None:
    begun = time.perf_counter()
    end = begun + seconds
    done = 0

    async def caller() -> None:
        nonlocal done
        while (started := time.perf_counter()) < end:
            await call()
            into.seconds.append(time.perf_counter() - started)
            done += 1

    await asyncio.gather(*(caller() for _ in range(in_flight)))
    into.rates.append(done / (time.perf_counter() - begun))
