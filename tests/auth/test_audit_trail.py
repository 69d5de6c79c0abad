"""The audit trail: what is written with what happens, and that nothing of it can be changed unnoticed."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from uuid import UUID

import grpc
import pytest
from infinure.auth.v1 import auth_service_pb2 as pb
from infinure.auth.v1 import user_service_pb2
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.sql import text

from cli.launching import base_environment
from meshkit.database import Database
from services.auth.adapters.activities import SqlActivities, SqlTrail
from services.auth.adapters.anchors import FolderAnchors
from services.auth.adapters.head_signing import HeadSigner
from services.auth.adapters.signing_keys import open_keyring
from services.auth.anchoring import Anchoring
from services.auth.audit import HERE, NOBODY, Action, Activity
from services.auth.verifying import Verifying
from tests.auth.refusals import refused
from tests.auth.server import PASSWORD, AuthServer, bearer

UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED


def recorded(auth: AuthServer, organization_id: str | UUID) -> list[str]:
    return auth.database.run(
        "SELECT action || coalesce(' ' || (metadata ->> 'reason'), '') FROM auth.user_activities "
        f"WHERE organization_id = '{organization_id}' ORDER BY sequence"
    )


async def verified(auth: AuthServer) -> tuple[int, str]:
    """Runs the operator's command; status and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.auth", "verify-audit"),
        env={**base_environment(), **auth.environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def anchored(auth: AuthServer) -> None:
    """What the service does every minute."""
    signer = HeadSigner(open_keyring(auth.settings.audit.key_dir, datetime.now(UTC)))
    async with Database.open(auth.settings.database) as database:
        anchors = FolderAnchors(auth.settings.audit.anchor_dir)
        await Anchoring(SqlActivities(database, SqlTrail(signer)), anchors).keep_newest()


async def some_activities(auth: AuthServer) -> str:
    """An organization with a trail of seven activities; its id."""
    opened = await auth.signed_up(email="ada@example.test")
    for _ in range(2):
        session = await auth.logged_in("ada@example.test")
        await auth.auth.Logout(pb.LogoutRequest(refresh_token=session.refresh_token))
    return opened.organization.id


async def test_each_of_them_is_written_with_its_person_and_its_origin(auth: AuthServer) -> None:
    opened = await auth.signed_up(email="ada@example.test")
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in("ada@example.test", "Wrong-horse-42")
    second = await auth.logged_in("ada@example.test")
    await auth.logged_in("ada@example.test")
    await auth.logged_in("ada@example.test")
    await auth.refreshed(second.refresh_token)
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(second.refresh_token)
    last = await auth.logged_in("ada@example.test")
    await auth.auth.Logout(pb.LogoutRequest(refresh_token=last.refresh_token))
    assert recorded(auth, opened.organization.id) == [
        "ORGANIZATION_CREATED",
        "USER_CREATED",
        "LOGIN_SUCCESS",
        "LOGIN_FAILED",
        "LOGIN_SUCCESS",
        "LOGIN_SUCCESS",
        "LOGIN_SUCCESS",
        "SESSION_ENDED displaced",
        "REFRESH_TOKEN_REUSED token_reused",
        "LOGIN_SUCCESS",
        "LOGOUT",
    ]
    who = auth.database.run("SELECT DISTINCT user_id, host(ip_address) FROM auth.user_activities WHERE sequence <> 4")
    assert who == [f"{opened.user.id}|127.0.0.1"]
    failed = auth.database.run("SELECT user_id, resource_id FROM auth.user_activities WHERE sequence = 4")
    assert failed == [f"|{opened.user.id}"]


async def test_a_try_on_an_unknown_account_stands_in_nobodys_trail_without_its_email(auth: AuthServer) -> None:
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in("nobody@example.test")
    assert recorded(auth, NOBODY) == ["LOGIN_FAILED"]
    assert await verified(auth) == (0, "1 trails hold: 1 activities\n")


async def test_refusals_beyond_the_limit_are_told_once(auth: AuthServer) -> None:
    opened = await auth.signed_up(email="ada@example.test")
    for _ in range(14):
        with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
            await auth.logged_in("ada@example.test", "Wrong-horse-42")
    assert recorded(auth, opened.organization.id)[3:] == ["LOGIN_FAILED"] * 10 + ["LOGIN_THROTTLED"]


async def test_a_changed_password_is_told_before_the_sessions_that_it_ends(auth: AuthServer) -> None:
    opened = await auth.signed_up(email="ada@example.test")
    await auth.logged_in("ada@example.test")
    change = user_service_pb2.ChangePasswordRequest(current_password=PASSWORD, new_password="Violet-Anchor-77")
    await auth.users.ChangePassword(change, metadata=bearer(opened.access_token))
    assert recorded(auth, opened.organization.id)[4:] == ["PASSWORD_CHANGED", "SESSION_ENDED password_changed"]


async def test_it_holds_no_email_password_or_token(auth: AuthServer) -> None:
    opened = await auth.signed_up(email="ada@example.test")
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in("ada@example.test", "Wrong-horse-42")
    told = "\n".join(auth.database.run("SELECT a::text FROM auth.user_activities a"))
    for secret in ("ada@example.test", PASSWORD, "Wrong-horse-42", opened.refresh_token, opened.access_token):
        assert secret not in told


async def test_what_fails_leaves_no_activity(auth: AuthServer) -> None:
    await auth.signed_up(email="ada@example.test")
    with refused(grpc.StatusCode.ALREADY_EXISTS, "EMAIL_TAKEN"):
        await auth.signed_up(email="ada@example.test")
    assert auth.database.run("SELECT count(*) FROM auth.user_activities") == ["3"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE user_activities SET action = 'LOGOUT'",
        "DELETE FROM user_activities",
        "TRUNCATE user_activities",
        "DELETE FROM activity_heads",
    ],
)
async def test_the_services_role_can_change_and_remove_nothing(auth: AuthServer, statement: str) -> None:
    opened = await auth.signed_up()
    engine = create_async_engine(auth.database.app_url("auth"))
    async with engine.connect() as connection:
        own = text("SELECT set_config('app.organization_id', :id, true)")
        await connection.execute(own, {"id": opened.organization.id})
        with pytest.raises(ProgrammingError, match="permission denied"):
            await connection.execute(text(statement))
    await engine.dispose()


async def test_parallel_activities_of_one_organization_form_one_chain(auth: AuthServer) -> None:
    opened = await auth.signed_up(email="ada@example.test")
    await asyncio.gather(*(auth.logged_in("ada@example.test") for _ in range(8)))
    unknown = (auth.logged_in(f"nobody{number}@example.test") for number in range(8))
    await asyncio.gather(*unknown, return_exceptions=True)
    assert recorded(auth, opened.organization.id).count("LOGIN_SUCCESS") == 9
    status, said = await verified(auth)
    # 3 of the sign-up, 8 logins, 6 sessions that they displaced, 8 refusals.
    assert (status, said) == (0, "2 trails hold: 25 activities\n")


# What is done to the trail of seven activities, and what is then told.
TAMPERING = {
    "changed content": (
        "UPDATE auth.user_activities SET action = 'LOGIN_FAILED' WHERE sequence = 4",
        "activity 4 was changed",
    ),
    "changed person": ("UPDATE auth.user_activities SET user_id = NULL WHERE sequence = 3", "activity 3 was changed"),
    "changed address": (
        "UPDATE auth.user_activities SET ip_address = '10.0.0.1' WHERE sequence = 3",
        "activity 3 was changed",
    ),
    "address removed": (
        "UPDATE auth.user_activities SET ip_address = NULL, user_agent = NULL, origin_salt = NULL WHERE sequence = 3",
        "where activity 3 came from was removed, and nobody was erased",
    ),
    "hash of the address changed": (
        "UPDATE auth.user_activities SET origin_hash = sha256('x') WHERE sequence = 3",
        "activity 3 was changed",
    ),
    "a start forged": (
        "INSERT INTO auth.activity_starts SELECT organization_id, sequence, hash, key_id, signature, signed_at "
        "FROM auth.activity_heads; DELETE FROM auth.user_activities;",
        "the start at 7 isn't signed by any key of ours",
    ),
    "changed time": (
        "UPDATE auth.user_activities SET created_at = created_at - interval '1 day' WHERE sequence = 5",
        "activity 5 was changed",
    ),
    "changed with its hash": (
        "UPDATE auth.user_activities SET action = 'LOGOUT', hash = sha256('x') WHERE sequence = 4",
        "activity 4 was changed",
    ),
    "removed": ("DELETE FROM auth.user_activities WHERE sequence = 4", "activity 4 is missing"),
    "removed and closed up": (
        "DELETE FROM auth.user_activities WHERE sequence = 4;"
        "UPDATE auth.user_activities SET sequence = sequence - 1 WHERE sequence = 5;",
        "activity 4 doesn't follow on the one before it",
    ),
    "reordered": (
        "UPDATE auth.user_activities SET sequence = 100 WHERE sequence = 4;"
        "UPDATE auth.user_activities SET sequence = 4 WHERE sequence = 5;"
        "UPDATE auth.user_activities SET sequence = 5 WHERE sequence = 100;",
        "activity 4 doesn't follow on the one before it",
    ),
    "moved to another organization": (
        f"UPDATE auth.user_activities SET organization_id = '{NOBODY}' WHERE sequence = 1",
        "activity 1 is missing",
    ),
    "end cut off": ("DELETE FROM auth.user_activities WHERE sequence > 5", "activities 6 to 7 are missing"),
    "head moved back": (
        "DELETE FROM auth.user_activities WHERE sequence > 5;"
        "UPDATE auth.activity_heads SET sequence = 5, "
        "hash = (SELECT hash FROM auth.user_activities WHERE sequence = 5);",
        "the head at 5 isn't signed by any key of ours",
    ),
    "head forged": ("UPDATE auth.activity_heads SET signature = sha256('x')", "the head at 7 isn't signed"),
    "head of an unknown key": ("UPDATE auth.activity_heads SET key_id = 'other'", "the head at 7 isn't signed"),
    "head removed": ("DELETE FROM auth.activity_heads", "there are activities, and no head"),
    "added without a signature": (
        "INSERT INTO auth.user_activities SELECT organization_id, gen_random_uuid(), 8, user_id, action, "
        "resource_type, resource_id, metadata, ip_address, user_agent, origin_salt, created_at, hash, sha256('x'), "
        "origin_hash FROM auth.user_activities WHERE sequence = 7",
        "activity 8 was changed",
    ),
}


@pytest.mark.parametrize("case", TAMPERING)
async def test_whoever_owns_the_database_cannot_tamper_unnoticed(auth: AuthServer, case: str) -> None:
    organization_id = await some_activities(auth)
    assert await verified(auth) == (0, "1 trails hold: 7 activities\n")
    statement, told = TAMPERING[case]
    auth.database.run(statement)
    status, said = await verified(auth)
    assert status == 1
    assert f"organization {organization_id}: {told}" in said


@pytest.mark.parametrize("case", ["restored to an older head", "everything removed"])
async def test_what_a_signed_head_cannot_tell_the_anchor_does(auth: AuthServer, case: str) -> None:
    organization_id = await some_activities(auth)
    older = auth.database.run("SELECT sequence, encode(hash, 'hex'), encode(signature, 'hex') FROM auth.activity_heads")
    await auth.logged_in("ada@example.test")
    await anchored(auth)
    assert (await verified(auth))[0] == 0
    sequence, digest, signature = older[0].split("|")
    if case == "everything removed":
        auth.database.run("DELETE FROM auth.user_activities; DELETE FROM auth.activity_heads;")
    else:
        auth.database.run(
            f"DELETE FROM auth.user_activities WHERE sequence > {sequence}; UPDATE auth.activity_heads SET "
            f"sequence = {sequence}, hash = decode('{digest}', 'hex'), signature = decode('{signature}', 'hex');"
        )
    status, said = await verified(auth)
    assert status == 1
    assert f"organization {organization_id}: " in said


async def test_a_forged_anchor_is_told(auth: AuthServer) -> None:
    organization_id = await some_activities(auth)
    await anchored(auth)
    file = auth.settings.audit.anchor_dir / f"{organization_id}.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "sequence": 3}))
    assert await verified(auth) == (
        1,
        f"organization {organization_id}: the anchor's signature is none of ours\n1 of 1 trails are broken\n",
    )


async def test_a_trail_longer_than_a_batch_is_walked_to_its_end(
    auth: AuthServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.auth.verifying.BATCH", 3)
    organization_id = UUID(await some_activities(auth))
    signer = HeadSigner(open_keyring(auth.settings.audit.key_dir, datetime.now(UTC)))
    async with Database.open(auth.settings.database) as database:
        activities = SqlActivities(database, SqlTrail(signer))
        await activities.record(organization_id, HERE, Activity(Action.LOGOUT), datetime.now(UTC))
        verdict = await Verifying(activities, FolderAnchors(auth.settings.audit.anchor_dir), signer).one(
            organization_id
        )
    assert (verdict.held, verdict.broken) == (8, "")
