"""The audit trail as an organization's own people read it: listed, filtered and paged; and by nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from infinure.auth.v1 import activity_pb2
from infinure.auth.v1 import audit_service_pb2 as pb
from infinure.auth.v1 import auth_service_pb2 as auth_pb

from meshkit.ids import new_id
from services.auth.audit import Action
from services.auth.rpc.activity_messages import ACTIONS
from tests.auth.activities import Filter, exported, listed, names
from tests.auth.refusals import refused
from tests.auth.server import AuthServer
from tests.auth.test_people import add_user, person

UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED
INVALID_ARGUMENT = grpc.StatusCode.INVALID_ARGUMENT


def at(moment: datetime) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(moment)
    return stamp


async def test_what_was_done_is_listed_newest_first_with_people_addresses_and_clients(auth: AuthServer) -> None:
    opened = await auth.signed_up(email="ada@example.test")
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in("ada@example.test", "Wrong-horse-42")
    found = await listed(auth, opened.access_token)
    assert names(found) == ["LOGIN_FAILED", "LOGIN_SUCCESS", "USER_CREATED", "ORGANIZATION_CREATED"]
    failed, login, created, _ = found.user_activities
    assert [one.sequence for one in found.user_activities] == [4, 3, 2, 1]
    ada = activity_pb2.ActivityPerson(id=opened.user.id, first_name="Ada", last_name="Byron")
    assert (failed.HasField("person"), failed.resource_person) == (False, ada)
    assert (login.person, login.resource_type, login.details["method"]) == (ada, "session", "sign_up")
    assert (created.resource_person, created.details["role"]) == (ada, "ceo")
    assert {one.ip_address for one in found.user_activities} == {"127.0.0.1"}
    assert all("grpc-python" in one.user_agent for one in found.user_activities)
    assert abs(login.create_time.ToDatetime(UTC) - datetime.now(UTC)) < timedelta(minutes=1)
    assert not any(one.altered for one in found.user_activities)
    assert (found.head.sequence, found.head.valid, found.next_page_token) == (4, True, "")


async def test_it_is_read_by_those_who_may(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    for role in ("director", "manager", "analyst", "viewer"):
        await add_user(auth, *person(opened.organization.slug, f"{role}@example.test", role))
        session = await auth.logged_in(f"{role}@example.test")
        with refused(grpc.StatusCode.PERMISSION_DENIED, "PERMISSION_MISSING"):
            await listed(auth, session.access_token)
        with refused(grpc.StatusCode.PERMISSION_DENIED, "PERMISSION_MISSING"):
            await exported(auth, session.access_token)
    auth.database.run("""UPDATE auth.users SET grants = '["READ_AUDIT"]' WHERE email = 'viewer@example.test'""")
    granted = await auth.logged_in("viewer@example.test")
    assert (await listed(auth, granted.access_token)).user_activities


async def test_another_organizations_rows_never_show_and_its_ids_match_as_ids_that_never_were(
    auth: AuthServer,
) -> None:
    opened, other = await auth.signed_up(), await auth.signed_up()
    own = {one.person.id for one in (await listed(auth, opened.access_token)).user_activities}
    assert own == {opened.user.id}
    (session,) = auth.database.run(
        f"SELECT resource_id FROM auth.user_activities WHERE user_id = '{other.user.id}' AND resource_type = 'session'"
    )
    answers = []
    for user_id, resource_id in ((other.user.id, session), (str(new_id()), str(new_id()))):
        by_person = await listed(auth, opened.access_token, filter=Filter(user_id=user_id))
        by_resource = await listed(auth, opened.access_token, filter=Filter(resource_id=resource_id))
        answers.append((by_person.SerializeToString(), by_resource.SerializeToString()))
        assert not by_person.user_activities
        assert not by_resource.user_activities
        file, whole = await exported(auth, opened.access_token, wanted=Filter(user_id=user_id))
        assert (file.count("\n"), whole.activity_count) == (1, 0)
    # The exports between the two have moved the trail's end on.
    heads = [pb.ListUserActivitiesResponse.FromString(one) for one, _ in answers]
    assert heads[0].head.sequence + 1 == heads[1].head.sequence
    for one in heads:
        one.ClearField("head")
    assert heads[0] == heads[1]


async def test_filters_hold_together_and_a_persons_are_also_those_done_to_their_account(auth: AuthServer) -> None:
    opened = await auth.signed_up(email="ada@example.test")
    await add_user(auth, *person(opened.organization.slug, "grace@example.test"))
    grace = await auth.logged_in("grace@example.test")
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in("grace@example.test", "Wrong-horse-42")
    await auth.auth.Logout(auth_pb.LogoutRequest(refresh_token=grace.refresh_token))

    async def of(**wanted: Any) -> list[str]:
        return names(await listed(auth, opened.access_token, filter=Filter(**wanted)))

    assert await of(user_id=grace.user.id) == ["LOGOUT", "LOGIN_FAILED", "LOGIN_SUCCESS", "USER_CREATED"]
    logins = [activity_pb2.ACTIVITY_ACTION_LOGIN_SUCCESS, activity_pb2.ACTIVITY_ACTION_LOGIN_FAILED]
    assert await of(actions=logins) == ["LOGIN_FAILED", "LOGIN_SUCCESS", "LOGIN_SUCCESS"]
    assert await of(user_id=grace.user.id, actions=logins) == ["LOGIN_FAILED", "LOGIN_SUCCESS"]
    assert await of(resource_type="organization") == ["ORGANIZATION_CREATED"]
    assert await of(resource_id=opened.organization.id) == ["ORGANIZATION_CREATED"]
    assert await of(resource_type="user", resource_id=grace.user.id) == ["LOGIN_FAILED", "USER_CREATED"]


async def test_a_time_range_takes_its_start_and_leaves_out_its_end(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    days = [datetime(2030, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
    for day in days:
        auth.clock.ahead = day - datetime.now(UTC)
        with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
            await auth.logged_in(opened.user.email, "Wrong-horse-42")
    auth.clock.ahead = timedelta()
    found = await listed(auth, opened.access_token, filter=Filter(start_time=at(days[0])))
    third, second, first = (one.create_time for one in found.user_activities)
    between = await listed(auth, opened.access_token, filter=Filter(start_time=first, end_time=third))
    assert [one.create_time for one in between.user_activities] == [second, first]
    nothing = await listed(auth, opened.access_token, filter=Filter(start_time=third, end_time=third))
    assert not nothing.user_activities
    with refused(INVALID_ARGUMENT, "REQUEST_INVALID"):
        await listed(auth, opened.access_token, filter=Filter(start_time=Timestamp(seconds=-1)))


async def test_pages_go_on_where_they_ended_though_more_is_done_meanwhile(auth: AuthServer) -> None:
    opened = await auth.signed_up(email="ada@example.test")
    for _ in range(3):
        await auth.logged_in("ada@example.test")
    whole = await listed(auth, opened.access_token)
    seen, token = [], ""
    while True:
        page = await listed(auth, opened.access_token, page_size=2, page_token=token)
        seen += [one.sequence for one in page.user_activities]
        assert page.HasField("head") == (token == "")
        token = page.next_page_token
        if not token:
            break
        await auth.logged_in("ada@example.test")
    assert seen == [one.sequence for one in whole.user_activities]


async def test_a_page_token_is_of_its_listing_its_reader_and_its_organization(auth: AuthServer) -> None:
    opened, other = await auth.signed_up(email="ada@example.test"), await auth.signed_up()
    await add_user(auth, *person(opened.organization.slug, "grace@example.test", "ceo"))
    grace = await auth.logged_in("grace@example.test")
    token = (await listed(auth, opened.access_token, page_size=1)).next_page_token
    narrower = Filter(user_id=opened.user.id)
    for caller, asked in (
        (other.access_token, {"page_token": token}),
        (grace.access_token, {"page_token": token}),
        (opened.access_token, {"page_token": token, "filter": narrower}),
        (opened.access_token, {"page_token": token[:-2] + "AA"}),
    ):
        with refused(INVALID_ARGUMENT, "PAGE_TOKEN_INVALID"):
            await listed(auth, caller, **asked)


async def test_who_is_gone_is_told_as_erased(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    await add_user(auth, *person(opened.organization.slug, "grace@example.test"))
    grace = await auth.logged_in("grace@example.test")
    gone = f"organization_id = '{opened.organization.id}' AND user_id = '{grace.user.id}'"
    auth.database.run(
        "DELETE FROM auth.refresh_tokens WHERE session_id IN (SELECT id FROM auth.sessions WHERE " + gone + ");"
        f"DELETE FROM auth.sessions WHERE {gone}; DELETE FROM auth.users WHERE id = '{grace.user.id}'"
    )
    (login, created) = (await listed(auth, opened.access_token, page_size=2)).user_activities
    erased = activity_pb2.ActivityPerson(id=grace.user.id, erased=True)
    assert (login.person, created.resource_person) == (erased, erased)
    file, _ = await exported(auth, opened.access_token)
    assert "(erased)" in file


@pytest.mark.parametrize(
    ("statement", "altered", "valid"),
    [
        ("UPDATE auth.user_activities SET ip_address = '10.0.0.9' WHERE sequence = 2", [2], True),
        ("UPDATE auth.user_activities SET metadata = '[1]' WHERE sequence = 2", [2], True),
        ("UPDATE auth.user_activities SET metadata = '{\"role\": {}}' WHERE sequence = 2", [2], True),
        ("UPDATE auth.activity_heads SET signature = sha256('x')", [], False),
        ("DELETE FROM auth.user_activities WHERE sequence = 3", [], False),
    ],
    ids=["a row changed", "details that are none", "details in another form", "a head forged", "the end cut off"],
)
async def test_what_was_tampered_with_is_told(
    auth: AuthServer, statement: str, altered: list[int], valid: bool
) -> None:
    opened = await auth.signed_up()
    auth.database.run(statement)
    found = await listed(auth, opened.access_token)
    assert [one.sequence for one in found.user_activities if one.altered] == altered
    assert found.head.valid == valid


def test_every_action_has_its_number_in_the_contract() -> None:
    assert len(set(ACTIONS.values())) == len(Action) == len(activity_pb2.ActivityAction.keys()) - 1
