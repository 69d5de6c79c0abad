"""Random counts. The standard library alone draws them, so that a day gives the same shop on every machine."""

from math import exp
from random import Random


def poisson(random: Random, mean: float) -> int:
    """A count with the given mean. Up to 30 by Knuth's product of uniforms (The Art of Computer Programming 3.4.1),
    above by the normal approximation, whose error there is below what anyone sees in a chart."""
    if mean > 30:
        return max(0, round(random.gauss(mean, mean**0.5)))
    limit, count, product = exp(-mean), 0, random.random()
    while product > limit:
        count += 1
        product *= random.random()
    return count
