"""Failures of answering."""

from meshkit.errors import FieldViolation, Internal, InvalidArgument


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
