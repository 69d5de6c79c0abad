"""Keys, what tokens say, and short tokens for use inside the mesh."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from infinure.auth.v1 import auth_service_pb2 as pb
from infinure.error.v1 import access_pb2

from meshkit.ids import new_id
from services.auth.adapters.signing_keys import SigningKeyError, open_keyring
from tests.auth.refusals import refused
from tests.auth.server import AuthServer

UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED
# Bits: too few.
SHORT = 1024
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def claims(token: str) -> dict[str, Any]:
    read: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return read


async def for_user(auth: AuthServer, token: str) -> pb.ExchangeTokenResponse:
    return await auth.auth.ExchangeToken(pb.ExchangeTokenRequest(user=pb.UserSubject(token=token)))


async def for_job(auth: AuthServer, organization_id: str, user_id: str = "") -> pb.ExchangeTokenResponse:
    job = pb.JobSubject(organization_id=organization_id, job_id=str(new_id()), user_id=user_id)
    return await auth.auth.ExchangeToken(pb.ExchangeTokenRequest(job=job))


async def test_the_published_keys_verify_what_is_signed_by_rpc_and_by_http_alike(auth: AuthServer) -> None:
    reply = await auth.auth.GetJwks(pb.GetJwksRequest())
    page = await auth.operations.get("/.well-known/jwks.json")
    published = page.json()["keys"]
    assert published == [
        {name: getattr(key, name) for name in ("kty", "kid", "use", "alg", "n", "e")} for key in reply.keys
    ]
    opened = await auth.signed_up()
    header = jwt.get_unverified_header(opened.access_token)
    assert header == {"alg": "RS256", "typ": "JWT", "kid": published[0]["kid"]}
    verified = jwt.decode(
        opened.access_token, jwt.PyJWK(published[0]), algorithms=["RS256"], audience="infinure", issuer="infinure"
    )
    assert verified["sub"] == opened.user.id


async def test_an_access_token_carries_the_whole_contract(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    read = claims(opened.access_token)
    assert set(read) == {"typ", "iss", "aud", "exp", "iat", "jti", "sub", "sid", "org", "role", "perms"}
    assert (read["typ"], read["iss"], read["aud"], read["role"]) == ("access", "infinure", "infinure", "ceo")
    assert (read["sub"], read["org"]) == (opened.user.id, opened.organization.id)
    assert read["perms"] == list(opened.user.permissions)
    assert 0 < read["exp"] - read["iat"] <= 15 * 60


async def test_work_goes_on_under_a_token_of_five_minutes_when_the_users_own_is_over(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    auth.clock.ahead = timedelta(minutes=20)
    short = await for_user(auth, opened.access_token)
    read = claims(short.token)
    own = claims(opened.access_token)
    assert read["typ"] == "internal"
    assert [read[name] for name in ("sub", "sid", "org", "role", "perms")] == [
        own[name] for name in ("sub", "sid", "org", "role", "perms")
    ]
    assert read["exp"] - read["iat"] == 5 * 60
    assert short.expire_time.ToDatetime(tzinfo=UTC).timestamp() == read["exp"]
    # And again with that one.
    assert claims((await for_user(auth, short.token)).token)["sid"] == own["sid"]


async def test_no_short_token_for_a_session_that_was_ended(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    await auth.auth.Logout(pb.LogoutRequest(refresh_token=opened.refresh_token))
    with refused(UNAUTHENTICATED, "TOKEN_REVOKED"):
        await for_user(auth, opened.access_token)


async def test_no_short_token_for_a_session_whose_time_is_over(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    auth.clock.ahead = timedelta(hours=8, seconds=1)
    with refused(UNAUTHENTICATED, "TOKEN_REVOKED"):
        await for_user(auth, opened.access_token)


async def test_no_short_token_for_a_deactivated_user(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    auth.database.run("UPDATE auth.users SET is_active = false")
    with refused(UNAUTHENTICATED, "TOKEN_REVOKED"):
        await for_user(auth, opened.access_token)
    with refused(UNAUTHENTICATED, "TOKEN_REVOKED"):
        await for_job(auth, opened.organization.id, opened.user.id)


@pytest.mark.parametrize("case", ["foreign key", "unsigned", "garbage", "unknown kid", "a job's", "wrong audience"])
async def test_no_short_token_for_what_is_no_users_token_of_ours(auth: AuthServer, tmp_path: Path, case: str) -> None:
    opened = await auth.signed_up()
    content, header = claims(opened.access_token), jwt.get_unverified_header(opened.access_token)
    foreign = rsa.generate_private_key(65537, 2048)
    own = open_keyring(tmp_path / "keys", NOW).private
    token = {
        "foreign key": jwt.encode(content, foreign, "RS256", {"kid": header["kid"]}),
        "unsigned": jwt.encode(content, "", "none", {"kid": header["kid"]}),
        "garbage": "garbage",
        "unknown kid": jwt.encode(content, own, "RS256", {"kid": "other"}),
        "a job's": (await for_job(auth, opened.organization.id, opened.user.id)).token,
        "wrong audience": jwt.encode({**content, "aud": "other"}, own, "RS256", {"kid": header["kid"]}),
    }[case]
    with refused(UNAUTHENTICATED, "TOKEN_INVALID"):
        await for_user(auth, token)


async def test_a_jobs_token_has_no_session_and_may_record_usage(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    read = claims((await for_job(auth, opened.organization.id)).token)
    assert (read["typ"], read["org"]) == ("job", opened.organization.id)
    assert UUID(read["job"])
    assert not {"sub", "sid", "role"} & set(read)
    assert read["perms"] == [access_pb2.PERMISSION_READ_SOURCES, access_pb2.PERMISSION_RECORD_USAGE]


async def test_a_job_for_a_user_has_the_users_role_and_rights(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    auth.database.run("UPDATE auth.users SET role = 'analyst'")
    read = claims((await for_job(auth, opened.organization.id, opened.user.id)).token)
    assert (read["sub"], read["role"]) == (opened.user.id, "analyst")
    assert read["perms"] == [
        access_pb2.PERMISSION_ASK,
        access_pb2.PERMISSION_READ_SOURCES,
        access_pb2.PERMISSION_RECORD_USAGE,
    ]


async def test_a_job_of_nobody_or_for_another_organizations_user_is_refused_alike(auth: AuthServer) -> None:
    opened, other = await auth.signed_up(), await auth.signed_up()
    for organization_id, user_id in (
        (str(new_id()), ""),
        (opened.organization.id, str(new_id())),
        (opened.organization.id, other.user.id),
    ):
        with refused(UNAUTHENTICATED, "TOKEN_INVALID"):
            await for_job(auth, organization_id, user_id)


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.ExchangeTokenRequest(), "subject"),
        (pb.ExchangeTokenRequest(user=pb.UserSubject()), "user.token"),
        (pb.ExchangeTokenRequest(user=pb.UserSubject(token="x" * 8193)), "user.token"),
        (pb.ExchangeTokenRequest(job=pb.JobSubject(organization_id="x", job_id=str(NOW))), "job.organization_id"),
    ],
)
async def test_bad_input_names_its_field(auth: AuthServer, request_: pb.ExchangeTokenRequest, field: str) -> None:
    with refused(grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_INVALID") as refusal:
        await auth.auth.ExchangeToken(request_)
    assert field in {violation.field for violation in refusal.error.violations}


def test_the_first_key_is_made_once_whole_and_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first, second = open_keyring(folder, NOW), open_keyring(folder, NOW)
    assert first.kid == second.kid
    (file,) = folder.iterdir()
    assert file.name == f"{first.kid}.pem"
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_newest_key_signs_and_the_older_one_goes_on_verifying(tmp_path: Path) -> None:
    old = open_keyring(tmp_path, NOW)
    newer = rsa.generate_private_key(65537, 2048)
    pem = newer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "20260201T000000Z-new.pem").write_bytes(pem)
    both = open_keyring(tmp_path, NOW)
    assert both.kid == "20260201T000000Z-new"
    assert set(both.public) == {old.kid, both.kid}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.pem", b"no key"),
        ("bad name!.pem", b""),
        (
            "short.pem",
            rsa.generate_private_key(65537, SHORT).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        ),
    ],
)
def test_what_is_no_usable_key_stops_the_start_and_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SigningKeyError, match=name.partition(".")[0]):
        open_keyring(tmp_path, NOW)
