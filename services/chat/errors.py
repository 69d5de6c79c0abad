"""What can go wrong in chat, by name."""

from uuid import UUID

from meshkit.errors import (
    AlreadyExists,
    Cancelled,
    FieldViolation,
    Internal,
    InvalidArgument,
    NotFound,
    ResourceExhausted,
    Unavailable,
)


class ConversationNotFound(NotFound):
    reason = "CONVERSATION_NOT_FOUND"

    def __init__(self, conversation_id: UUID) -> None:
        super().__init__("no such conversation", conversation_id=str(conversation_id))


class AnswerNotFound(NotFound):
    reason = "ANSWER_NOT_FOUND"

    def __init__(self, answer_id: UUID) -> None:
        super().__init__("no such answer", answer_id=str(answer_id))


class MessageIdReused(AlreadyExists):
    reason = "MESSAGE_ID_REUSED"

    def __init__(self, message_id: UUID) -> None:
        super().__init__("this message id was used for another message", message_id=str(message_id))


class TooManyAnswers(ResourceExhausted):
    reason = "TOO_MANY_ANSWERS"

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} answers are running already; wait for one or cancel it", retry_after=2.0)


class UnknownTimeZone(InvalidArgument):
    def __init__(self, name: str) -> None:
        violation = FieldViolation("time_zone", "must be the name of an IANA time zone, for example Europe/Berlin")
        super().__init__("the time zone is unknown", violations=[violation])


class AnswerInterrupted(Unavailable):
    reason = "ANSWER_INTERRUPTED"

    def __init__(self) -> None:
        super().__init__("the answer was interrupted; ask again")


class AnswerCancelled(Cancelled):
    reason = "ANSWER_CANCELLED"

    def __init__(self) -> None:
        super().__init__("the answer was cancelled")


class EngineFailed(Internal):
    reason = "ENGINE_FAILED"

    def __init__(self, why: str) -> None:
        super().__init__(f"the answer engine failed: {why}")
