"""Failures to the wire and back; ids."""

from datetime import UTC, datetime

import pytest
from google.rpc import error_details_pb2, status_pb2

from meshkit import errors
from meshkit.errors import FieldViolation, Internal, InvalidArgument, NotFound, Unavailable, from_status, to_status
from meshkit.ids import new_id


def test_failure_survives_the_wire() -> None:
    violations = [FieldViolation("items[2].name", "must be set")]
    sent = InvalidArgument("wrong", reason="SEMANTIC_MODEL_INVALID", retry_after=1.5, violations=violations, line="3")
    got = from_status(status_pb2.Status.FromString(to_status(sent).SerializeToString()))
    assert type(got) is InvalidArgument
    for name in ("message", "reason", "retry_after", "violations", "metadata"):
        assert getattr(got, name) == getattr(sent, name)


def test_reason_outside_the_closed_list_is_a_defect() -> None:
    with pytest.raises(ValueError, match="NO_SUCH_REASON"):
        NotFound("x", reason="NO_SUCH_REASON")


def test_unknown_reason_or_foreign_details_of_a_peer_fall_back_to_the_code() -> None:
    status = status_pb2.Status(code=14, message="away")
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason="NEWER", domain="infinure", metadata={"self": "x"}))
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason="INTERNAL", domain="elsewhere"))
    status.details.add(type_url="type.googleapis.com/google.rpc.RetryInfo", value=b"\xff")
    error = from_status(status)
    assert type(error) is Unavailable
    assert (error.reason, error.message) == ("SERVICE_UNAVAILABLE", "away")
    assert type(from_status(status_pb2.Status(code=2, message="?"))) is Internal


def test_defect_tells_nothing_of_itself() -> None:
    status = to_status(ZeroDivisionError("canary"), request_id="r")
    assert status.message == errors.DEFECT
    assert "canary" not in str(status)


def test_ids_sort_by_time_and_are_of_version_7() -> None:
    made = [new_id(datetime(2026, 1, 1, 0, 0, second, tzinfo=UTC)) for second in range(60)]
    assert made == sorted(made)
    assert {one.version for one in made} == {7}
    assert {one.variant for one in made} == {"specified in RFC 4122"}
    assert made[1].int >> 80 == int(datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC).timestamp() * 1000)
    assert len({new_id() for _ in range(10_000)}) == 10_000
