"""What linking finds: meanings of words, and the spans of a question that have some."""

from dataclasses import dataclass

from services.ml_gateway.engine.targets import Target


@dataclass(frozen=True, slots=True)
class Link:
    """Tokens [first, last) taken to mean a target. score: 0..1 (a metric's name may pass 1); how: what led there."""

    target: Target
    first: int
    last: int
    score: float
    how: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A span and the meanings it may have, best first."""

    first: int
    last: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens [first, last) and what they may mean, best first."""

    first: int
    last: int
    links: tuple[Link, ...]
