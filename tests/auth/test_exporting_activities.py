"""The audit trail as a file: whole, safe to open, never read ahead, and told in the trail itself."""

import csv
import io
import json

import grpc
import pytest
from infinure.auth.v1 import activity_pb2, audit_service_pb2_grpc
from infinure.auth.v1 import audit_service_pb2 as pb

from services.auth.activity_files import COLUMNS
from tests.auth.activities import Filter, exported, listed, names
from tests.auth.refusals import refused
from tests.auth.server import AuthServer, bearer


async def test_an_export_is_the_whole_listing_and_stands_in_the_trail(
    auth: AuthServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.auth.reading_activities.BATCH", 2)
    opened = await auth.signed_up(email="ada@example.test")
    for _ in range(3):
        await auth.logged_in("ada@example.test")
    file, whole = await exported(auth, opened.access_token)
    found = await listed(auth, opened.access_token)
    rows = list(csv.DictReader(io.StringIO(file, newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [int(row["sequence"]) for row in rows] == [one.sequence for one in found.user_activities]
    assert [row["action"] for row in rows] == names(found)
    assert whole.activity_count == len(rows) == 8
    assert (rows[0]["action"], rows[0]["person"]) == ("ACTIVITIES_EXPORTED", "Ada Byron")
    assert json.loads(rows[0]["details"]) == {"format": "csv"}
    wanted = Filter(user_id=opened.user.id, actions=[activity_pb2.ACTIVITY_ACTION_LOGIN_SUCCESS])
    file, whole = await exported(auth, opened.access_token, pb.ACTIVITY_FORMAT_JSON_LINES, wanted)
    lines = [json.loads(line) for line in file.splitlines()]
    assert {line["action"] for line in lines} == {"LOGIN_SUCCESS"}
    assert whole.activity_count == len(lines) == 4
    assert lines[0]["details"]["method"] == "password"
    (told, *_) = (await listed(auth, opened.access_token)).user_activities
    assert told.details == {"format": "json", "user_id": opened.user.id, "actions": "LOGIN_SUCCESS"}


async def test_an_export_that_is_called_off_at_once_stands_in_the_trail_too(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    stub = audit_service_pb2_grpc.AuditServiceStub(auth.channel)
    call = stub.ExportUserActivities(
        pb.ExportUserActivitiesRequest(format=pb.ACTIVITY_FORMAT_CSV), metadata=bearer(opened.access_token)
    )
    async for _ in call:
        break
    call.cancel()
    assert names(await listed(auth, opened.access_token))[0] == "ACTIVITIES_EXPORTED"


async def test_an_export_is_not_read_ahead_and_one_that_breaks_off_says_so(
    auth: AuthServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.auth.reading_activities.BATCH", 1)
    opened = await auth.signed_up()
    auth.database.run(
        "INSERT INTO auth.user_activities SELECT organization_id, gen_random_uuid(), n, user_id, action, "
        "resource_type, resource_id, metadata, ip_address, repeat('x', 1000000), origin_salt, created_at, hash, hash, "
        "origin_hash FROM auth.user_activities, generate_series(10, 49) n WHERE sequence = 3; "
        "UPDATE auth.activity_heads SET sequence = 49"
    )
    stub = audit_service_pb2_grpc.AuditServiceStub(auth.channel)
    request = pb.ExportUserActivitiesRequest(format=pb.ACTIVITY_FORMAT_JSON_LINES)
    events = aiter(stub.ExportUserActivities(request, metadata=bearer(opened.access_token)))
    assert (await anext(events)).chunk
    # Whoever doesn't listen isn't read for: forty rows of a megabyte still lie in the database.
    auth.database.run("REVOKE SELECT ON auth.user_activities FROM auth_app")
    kinds = []
    with refused(grpc.StatusCode.INTERNAL, "INTERNAL"):
        async for event in events:
            kinds.append(event.WhichOneof("event"))
    assert kinds[-1] == "failed"
    assert set(kinds[:-1]) <= {"chunk"}
    assert len(kinds) < 40


@pytest.mark.parametrize(
    "name",
    ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "＝1+1", " =1+1", "\u00a0=1+1"],  # noqa: RUF001
)
async def test_a_name_that_a_spreadsheet_would_compute_is_text(auth: AuthServer, name: str) -> None:
    opened = await auth.signed_up()
    auth.database.run(f"UPDATE auth.users SET first_name = '{name}', last_name = ''")
    file, _ = await exported(auth, opened.access_token)
    people = {row["person"] for row in csv.DictReader(io.StringIO(file, newline=""))}
    assert {one.lstrip("'").strip() for one in people} == {name.strip()}
    assert all(one.startswith("'") or not one.strip().startswith(("=", "+", "-", "@", "＝")) for one in people)  # noqa: RUF001
    assert file.startswith('"sequence","time",')
    auth.database.run("UPDATE auth.users SET first_name = 'A \"quoted\", torn' || chr(10) || 'name'")
    file, _ = await exported(auth, opened.access_token)
    assert next(csv.DictReader(io.StringIO(file, newline="")))["person"] == 'A "quoted", torn\nname'
