"""How work in a worker can end other than well. No text here comes from a library or from data."""

from __future__ import annotations

from typing import Any, Literal

KillReason = Literal["memory", "cpu", "time", "crash"]


class Refused(Exception):
    """Raised by a function that runs in a worker: it won't, or can't, and says why. Arrives as WorkFailed.

    `details` must be JSON-able.
    """

    def __init__(self, kind: str, text: str, **details: Any) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text
        self.details = details


class WorkError(Exception):
    """The work didn't end well."""


class WorkFailed(WorkError):
    """The function refused: `kind` is for programs, `text` for people. A hostile file may have made them up."""

    def __init__(self, kind: str, text: str, details: dict[str, Any]) -> None:
        super().__init__(f"{kind}: {text}")
        self.kind = kind
        self.text = text
        self.details = details


class WorkKilled(WorkError):
    """The worker ended by force, or broke. `detail` is for our log: a signal, or the place in our code.

    memory: more than its address space. cpu, time: more than its seconds. crash: all else, also speaking nonsense.
    """

    def __init__(self, reason: KillReason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class WorkersUnavailable(WorkError):
    """No worker can be started."""


class WorkersBusy(WorkError):
    """As many workers run as may at once, and none ended in time."""


class ConfinementUnavailable(WorkersUnavailable):
    """This system can't confine workers; `missing` says what it lacks."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("workers can't be confined here: " + "; ".join(missing))
        self.missing = missing
