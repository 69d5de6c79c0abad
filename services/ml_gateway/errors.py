"""Failures of answering, of what is taught, and of evaluation."""

from uuid import UUID

from meshkit.errors import (
    AlreadyExists,
    FailedPrecondition,
    FieldViolation,
    Internal,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
)


class EngineFailed(Internal):
    """An engine broke off or broke its contract: a defect, and nothing that the asker can mend."""

    reason = "ENGINE_FAILED"

    def __init__(self, how: str) -> None:
        super().__init__(f"the answer engine failed: {how}")


class UnknownTimeZone(InvalidArgument):
    """The name is none of the IANA's zones."""

    def __init__(self) -> None:
        super().__init__(
            "the request is not valid",
            violations=[FieldViolation("time_zone", "must be the name of an IANA time zone, such as Europe/Berlin")],
        )


class FieldWrong(InvalidArgument):
    """One field of the request is wrong, in a way that its contract can't say."""

    def __init__(self, field: str, description: str) -> None:
        super().__init__("the request is not valid", violations=[FieldViolation(field, description)])


class CatalogEntryNotFound(NotFound):
    """Words are to mean something that the caller's catalog hasn't."""

    reason = "CATALOG_ENTRY_NOT_FOUND"

    def __init__(self) -> None:
        super().__init__("the source has no such table, column, value, metric or key in your catalog")


class SynonymNotFound(NotFound):
    reason = "SYNONYM_NOT_FOUND"

    def __init__(self, synonym_id: UUID) -> None:
        super().__init__("no such learned word", synonym_id=str(synonym_id))


class SynonymExists(AlreadyExists):
    reason = "SYNONYM_EXISTS"

    def __init__(self) -> None:
        super().__init__("these words are learned already for something of the same kind; edit that, or delete it")


class SynonymOfSomebodyElse(PermissionDenied):
    def __init__(self) -> None:
        super().__init__(
            "somebody else taught this word; ask them, or whoever manages your organization's data sources",
            permission="MANAGE_SOURCES",
        )


class VerifiedAnswerNotFound(NotFound):
    reason = "VERIFIED_ANSWER_NOT_FOUND"

    def __init__(self, answer_id: UUID) -> None:
        super().__init__("no such verified answer", verified_answer_id=str(answer_id))


class VerifiedAnswerExists(AlreadyExists):
    reason = "VERIFIED_ANSWER_EXISTS"

    def __init__(self) -> None:
        super().__init__("this question is verified already; edit that answer, or delete it")


class ReceiptNotReplayable(FailedPrecondition):
    reason = "RECEIPT_NOT_REPLAYABLE"


class AnswerNotFound(NotFound):
    reason = "ANSWER_NOT_FOUND"

    def __init__(self) -> None:
        # The same to the byte for an answer that somebody else got and for one that never was.
        super().__init__("no such answer")


class LearningLimitReached(ResourceExhausted):
    reason = "LEARNING_LIMIT_REACHED"

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"your organization keeps {most} {what}, which is as many as it may; delete some")


class QueryNotUnderstood(InvalidArgument):
    """A query that a person wrote isn't one."""

    reason = "QUERY_NOT_UNDERSTOOD"

    def __init__(self) -> None:
        super().__init__("the query must be one SELECT in the source's SQL dialect")


class QueryRelationUnknown(InvalidArgument):
    """A query that a person wrote names what the caller's catalog hasn't; the text doesn't repeat what."""

    reason = "QUERY_RELATION_UNKNOWN"

    def __init__(self) -> None:
        super().__init__("the query names a table or column that isn't in your catalog of the source")


class BenchmarkQuestionNotFound(NotFound):
    reason = "BENCHMARK_QUESTION_NOT_FOUND"

    def __init__(self, question_id: UUID) -> None:
        super().__init__("no such benchmark question", benchmark_question_id=str(question_id))


class ConsentWithdrawn(FailedPrecondition):
    reason = "CONSENT_WITHDRAWN"

    def __init__(self) -> None:
        super().__init__("you have said that nothing is to be learned from what you choose and judge")


class BenchmarkEmpty(FailedPrecondition):
    reason = "BENCHMARK_EMPTY"

    def __init__(self) -> None:
        super().__init__("the source has no benchmark questions yet; write some first")


class EvaluationRunNotFound(NotFound):
    reason = "EVALUATION_RUN_NOT_FOUND"

    def __init__(self, run_id: UUID) -> None:
        super().__init__("no such evaluation run", evaluation_run_id=str(run_id))
