"""How an attempt at a reading ends when it cannot be finished; caught where candidates are made, never let out."""

from services.ml_gateway.engine.outcome import NeedsClarification, RefusalReason, Refused


class Unreadable(Exception):
    """Carries the outcome that stands if no other candidate does better."""

    def __init__(self, outcome: Refused | NeedsClarification):
        super().__init__(outcome.message)
        self.outcome = outcome


def unsupported(what: str) -> Unreadable:
    message = f"I understand what you ask for, but {what} is not something I can answer yet."
    return Unreadable(Refused(RefusalReason.UNSUPPORTED, message))


def no_such_data(message: str, words: tuple[str, ...] = ()) -> Unreadable:
    return Unreadable(Refused(RefusalReason.NO_SUCH_DATA, message, words))


def unsafe(message: str) -> Unreadable:
    return Unreadable(Refused(RefusalReason.UNSAFE_JOIN, message))
