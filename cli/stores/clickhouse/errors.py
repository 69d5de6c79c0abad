"""Failures as ClickHouse tells them: a code, a name, a sentence; and the HTTP status each code has."""

import re
from http import HTTPStatus

# Codes of src/Common/ErrorCodes.cpp.
CANNOT_PARSE_TEXT, UNSUPPORTED_METHOD, UNKNOWN_TABLE, SYNTAX_ERROR = 6, 1, 60, 62
UNKNOWN_FORMAT, UNKNOWN_DATABASE, UNKNOWN_SETTING, TIMEOUT_EXCEEDED = 73, 81, 115, 159
QUERY_IS_TOO_LARGE, READONLY, TOO_MANY_SIMULTANEOUS_QUERIES = 158, 164, 202
QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING, NOT_IMPLEMENTED, SUPPORT_IS_DISABLED = 216, 48, 344
QUERY_WAS_CANCELLED, LIMIT_EXCEEDED, TOO_LARGE_RESULT = 394, 290, 396
ACCESS_DENIED, AUTHENTICATION_FAILED, CANNOT_DECOMPRESS, BAD_REQUEST_PARAMETER = 497, 516, 271, 36
NOT_ENOUGH_SPACE, UNKNOWN_EXCEPTION = 243, 1002

_STATUS = {
    **dict.fromkeys((CANNOT_PARSE_TEXT, SYNTAX_ERROR, UNKNOWN_FORMAT, UNKNOWN_SETTING, 27, 26, 46, 47, 53, 130, 43),
                    HTTPStatus.BAD_REQUEST),
    **dict.fromkeys((BAD_REQUEST_PARAMETER, CANNOT_DECOMPRESS, 452, 456, 457, 72, 38, 41, 42), HTTPStatus.BAD_REQUEST),
    **dict.fromkeys((UNKNOWN_TABLE, UNKNOWN_DATABASE), HTTPStatus.NOT_FOUND),
    **dict.fromkeys((ACCESS_DENIED, AUTHENTICATION_FAILED, SUPPORT_IS_DISABLED), HTTPStatus.FORBIDDEN),
    QUERY_IS_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    NOT_IMPLEMENTED: HTTPStatus.NOT_IMPLEMENTED,
    UNSUPPORTED_METHOD: HTTPStatus.NOT_IMPLEMENTED,
    TOO_MANY_SIMULTANEOUS_QUERIES: HTTPStatus.SERVICE_UNAVAILABLE,
    TIMEOUT_EXCEEDED: HTTPStatus.REQUEST_TIMEOUT,
}  # fmt: skip

_CODE = re.compile(r"Code: (\d+)\.")
_NAME = re.compile(r"\(([A-Z][A-Z0-9_]{2,})\)")


class Refused(Exception):
    """A request that isn't answered with rows. `text` is one sentence, without code and name."""

    def __init__(self, code: int, name: str, text: str, status: HTTPStatus | None = None) -> None:
        super().__init__(text)
        self.code = code
        self.body = f"Code: {code}. DB::Exception: {text} ({name})"
        self.status = status or _STATUS.get(code, HTTPStatus.INTERNAL_SERVER_ERROR)


class EngineFailed(Refused):
    """The engine's own words, as they are: they are for who asked, and never for a log."""

    def __init__(self, message: str) -> None:
        found = _CODE.search(message)
        code = int(found[1]) if found else UNKNOWN_EXCEPTION
        names = _NAME.findall(message)
        super().__init__(code, names[-1] if names else "UNKNOWN_EXCEPTION", "")
        self.body = message[found.start() :] if found else f"Code: {code}. DB::Exception: {message}"


def denied(what: str) -> Refused:
    """What this server lets nobody do."""
    return Refused(ACCESS_DENIED, "ACCESS_DENIED", f"{what} is not allowed on this server.")


def malformed(text: str) -> Refused:
    """A request that isn't one."""
    return Refused(BAD_REQUEST_PARAMETER, "BAD_ARGUMENTS", text)


def cancelled() -> Refused:
    return Refused(QUERY_WAS_CANCELLED, "QUERY_WAS_CANCELLED", "Query was cancelled.")
