"""What the engine answers right today, and what it is known to answer wrong: two lists of ids beside this file."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.business.measuring import Measured

_ANSWERED = Path(__file__).parent / "answered.txt"
_KNOWN_WRONG = Path(__file__).parent / "known_wrong.txt"


def answered() -> frozenset[str]:
    return frozenset(_ANSWERED.read_text(encoding="utf-8").split()) if _ANSWERED.exists() else frozenset()


def known_wrong() -> Mapping[str, str]:
    """Ids and why each is answered wrong. A line is an id, a space and the cause."""
    pairs = (line.partition(" ") for line in _KNOWN_WRONG.read_text(encoding="utf-8").splitlines() if line)
    return {name: cause.strip() for name, _, cause in pairs}


def accept(found: Sequence[Measured], *, force: bool) -> frozenset[str]:
    """Add what is good to the one list and take it off the other; returns what was on it but is no longer good, for
    which nothing is written unless forced. Questions that weren't asked stay as they are."""
    good = {one.question.id for one in found if one.good}
    lost = (answered() & {one.question.id for one in found}) - good
    if not lost or force:
        kept = (answered() | good) - lost
        wrong = (f"{name} {cause}" for name, cause in sorted(known_wrong().items()) if name not in kept)
        _write(_ANSWERED, sorted(kept))
        _write(_KNOWN_WRONG, wrong)
    return frozenset(lost)


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
