"""Tokens and certificates at a real port: who gets in, who doesn't, and what they are told."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from infinure.auth.v1 import (
    auth_service_pb2,
    auth_service_pb2_grpc,
    identity_service_pb2,
    identity_service_pb2_grpc,
    user_service_pb2,
    user_service_pb2_grpc,
)
from infinure.chat.v1 import chat_service_pb2, chat_service_pb2_grpc
from infinure.error.v1 import access_pb2

from meshkit.errors import Unauthenticated
from meshkit.ids import new_id, utc_now
from meshkit.server import Assembly, Servicer, start
from meshkit.settings import ServerSettings, TlsSettings
from meshkit.tokens import TokenVerifier
from tests.builders import grpc_errors, tokens
from tests.builders.certificates import TestCertificates
from tests.meshkit.echo import Echo

ORGANIZATION, USER = new_id(), new_id()
Claims = dict[str, Any]


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def good() -> Claims:
    return tokens.claims(ORGANIZATION, USER)


def without(name: str) -> str:
    claims = good()
    del claims[name]
    return tokens.sign(claims)


def having(**changes: Any) -> str:
    return tokens.sign(good() | changes)


def headed(**headers: Any) -> str:
    return tokens.sign(good(), headers=headers)


def altered(claims: Claims) -> str:
    """A good token whose payload was changed after signing."""
    header, _, signature = tokens.sign(good()).split(".")
    return f"{header}.{encoded(claims)}.{signature}"


def unsigned(header: object) -> str:
    return f"{encoded(header)}.{encoded(good())}.{tokens.sign(good()).rpartition('.')[2]}"


def seconds(offset: float) -> int:
    return int(utc_now().timestamp() + offset)


INVALID, MALFORMED, EXPIRED = "TOKEN_INVALID", "TOKEN_MALFORMED", "TOKEN_EXPIRED"
CASES: dict[str, tuple[Callable[[], str], str]] = {
    "alg none": (lambda: f"{encoded({'alg': 'none', 'kid': tokens.KID})}.{encoded(good())}.", MALFORMED),
    "alg none with a signature": (lambda: unsigned({"alg": "none", "kid": tokens.KID}), INVALID),
    "alg HS256": (lambda: unsigned({"alg": "HS256", "kid": tokens.KID}), INVALID),
    "alg RS512": (lambda: unsigned({"alg": "RS512", "kid": tokens.KID}), INVALID),
    "alg missing": (lambda: unsigned({"kid": tokens.KID}), INVALID),
    "header no object": (lambda: unsigned([]), MALFORMED),
    "header deep": (lambda: f"{base64.urlsafe_b64encode(b'[' * 3000).decode()}.{encoded({})}.eA", MALFORMED),
    "kid missing": (lambda: unsigned({"alg": "RS256"}), INVALID),
    "kid unknown": (lambda: tokens.sign(good(), kid="foreign"), INVALID),
    "kid a path": (lambda: unsigned({"alg": "RS256", "kid": "../../../../dev/null"}), INVALID),
    "kid a list": (lambda: unsigned({"alg": "RS256", "kid": [tokens.KID]}), INVALID),
    "jku": (lambda: headed(jku="http://127.0.0.1:1/jwks"), INVALID),
    "jwk": (lambda: headed(jwk={"kty": "RSA"}), INVALID),
    "crit": (lambda: headed(crit=["exp"], exp=1), INVALID),
    "signature of another key": (lambda: unsigned({"alg": "RS256", "kid": tokens.KID, "typ": "at"}), INVALID),
    "organization changed": (lambda: altered(good() | {"org": str(new_id())}), INVALID),
    "no token at all": (lambda: "nonsense", MALFORMED),
    "padding": (lambda: tokens.sign(good()) + "=", MALFORMED),
    "trailing dot": (lambda: tokens.sign(good()) + ".x", MALFORMED),
    "too long": (lambda: having(filler="x" * 8200), MALFORMED),
    "expired": (lambda: having(iat=seconds(-100), exp=seconds(-6)), EXPIRED),
    "exp huge": (lambda: having(exp=1e308), MALFORMED),
    "exp NaN": (lambda: having(exp=float("nan")), MALFORMED),
    "exp true": (lambda: having(exp=True), MALFORMED),
    "exp years away": (lambda: having(exp=seconds(1e8)), INVALID),
    "iat tomorrow": (lambda: having(iat=seconds(86400), exp=seconds(86500)), INVALID),
    "nbf later": (lambda: having(nbf=seconds(120)), INVALID),
    "issuer with a tail": (lambda: having(iss="infinure.evil.example"), INVALID),
    "audience foreign": (lambda: having(aud="other"), INVALID),
    "audience a list": (lambda: having(aud=["infinure"]), INVALID),
    "refresh token": (lambda: having(typ="refresh"), INVALID),
    "mfa token": (lambda: having(typ="mfa"), INVALID),
    "role unknown": (lambda: having(role="admin"), MALFORMED),
    "organization no id": (lambda: having(org="acme"), MALFORMED),
    "permissions no numbers": (lambda: having(perms=["ASK"]), MALFORMED),
} | {
    f"no {name}": ((lambda name=name: without(name)), MALFORMED)
    for name in ("typ", "iss", "aud", "exp", "iat", "jti", "sub", "org", "role")
}


async def get_me(channel: grpc.aio.Channel, *metadata: tuple[str, str]) -> user_service_pb2.GetMeResponse:
    return await user_service_pb2_grpc.UserServiceStub(channel).GetMe(
        user_service_pb2.GetMeRequest(), metadata=metadata
    )


async def refusal(channel: grpc.aio.Channel, *metadata: tuple[str, str]) -> str:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await get_me(channel, *metadata)
    return grpc_errors.reason(raised.value)


@pytest.mark.parametrize("name", CASES)
async def test_bad_token_is_refused_with_its_reason(channel: grpc.aio.Channel, name: str) -> None:
    make, reason = CASES[name]
    assert await refusal(channel, *tokens.bearer(make())) == f"UNAUTHENTICATED {reason}"


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ((), "TOKEN_MISSING"),
        ((("x-user-id", "someone"),), "TOKEN_MISSING"),
        ((("authorization", "Basic abc"),), "TOKEN_MALFORMED"),
        ((("authorization", "Bearer  two-spaces"),), "TOKEN_MALFORMED"),
        ((("authorization", "Bearer a.b.c"), ("authorization", "Bearer a.b.c")), "TOKEN_MALFORMED"),
    ],
)
async def test_bad_header_is_refused(
    channel: grpc.aio.Channel, metadata: tuple[tuple[str, str], ...], reason: str
) -> None:
    assert await refusal(channel, *metadata) == f"UNAUTHENTICATED {reason}"


async def test_token_within_leeway_and_lower_case_scheme_are_taken(channel: grpc.aio.Channel) -> None:
    token = having(iat=seconds(-100), exp=seconds(-2))
    assert (await get_me(channel, ("authorization", f"bearer {token}"))).user.id == str(USER)


async def test_jobs_token_names_its_organization(channel: grpc.aio.Channel) -> None:
    reply = await get_me(channel, *tokens.bearer(tokens.token(ORGANIZATION, job_id=new_id())))
    assert (reply.user.organization_id, reply.user.id) == (str(ORGANIZATION), "")


async def test_revocation_is_seen_though_the_token_was_verified_before(echo: Echo, channel: grpc.aio.Channel) -> None:
    session = new_id()
    bearer = tokens.bearer(tokens.token(ORGANIZATION, USER, session_id=session))
    assert (await get_me(channel, *bearer)).user.id == str(USER)
    echo.revocations.ended.add(session)
    assert await refusal(channel, *bearer) == "UNAUTHENTICATED TOKEN_REVOKED"


async def test_remembered_token_still_expires() -> None:
    now = utc_now()
    verifier = TokenVerifier(tokens.TestKeys(), tokens.TestRevocations(), clock=lambda: now)
    token = tokens.token(ORGANIZATION, life=timedelta(minutes=1))
    await verifier.verify(token)
    now += timedelta(minutes=1, seconds=6)
    for _ in range(2):
        with pytest.raises(Unauthenticated) as raised:
            await verifier.verify(token)
        assert raised.value.reason == "TOKEN_EXPIRED"


async def test_missing_permission_is_named(channel: grpc.aio.Channel) -> None:
    stub = chat_service_pb2_grpc.ChatServiceStub(channel)
    bearer = tokens.bearer(tokens.token(ORGANIZATION, permissions=[access_pb2.PERMISSION_READ_SOURCES]))
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await stub.ListConversations(chat_service_pb2.ListConversationsRequest(), metadata=bearer)
    assert grpc_errors.reason(raised.value) == "PERMISSION_DENIED PERMISSION_MISSING"
    assert dict(grpc_errors.info(raised.value).metadata) == {"permission": "ASK"}


async def test_rpc_without_token_ignores_a_bad_one(channel: grpc.aio.Channel) -> None:
    stub = auth_service_pb2_grpc.AuthServiceStub(channel)
    await stub.Logout(auth_service_pb2.LogoutRequest(), metadata=tokens.bearer("expired"))


def secure(address: str, tls: TlsSettings) -> grpc.aio.Channel:
    """Grpc's own channel with one process's certificate."""
    credentials = grpc.ssl_channel_credentials(
        tls.authority.read_bytes(), tls.key.read_bytes(), tls.certificate.read_bytes()
    )
    return grpc.aio.secure_channel(address, credentials, [("grpc.use_local_subchannel_pool", 1)])


async def asked(channel: grpc.aio.Channel, rpc: str) -> str:
    """OK or what was answered to a call of one of three rpcs with a good token."""
    bearer = tokens.bearer(tokens.token(ORGANIZATION, USER))
    identity = identity_service_pb2_grpc.IdentityServiceStub(channel)
    calls: dict[str, Callable[[], Any]] = {
        "GetMe": lambda: get_me(channel, *bearer),
        "Logout": lambda: auth_service_pb2_grpc.AuthServiceStub(channel).Logout(auth_service_pb2.LogoutRequest()),
        "ListRevocations": lambda: identity.ListRevocations(identity_service_pb2.ListRevocationsRequest()),
    }
    try:
        await calls[rpc]()
    except grpc.aio.AioRpcError as error:
        return grpc_errors.reason(error)
    return "OK"


NEIGHBOURS = {"chat", "integration", "ml_gateway", "analytics"}
MAY: dict[str, set[str]] = {"GetMe": {"edge"}, "Logout": {"edge"}, "ListRevocations": NEIGHBOURS}


@pytest.mark.parametrize("peer", ["edge", "chat", "integration", "ml_gateway", "analytics", "auth", "stranger"])
async def test_each_peer_may_call_only_what_names_it(guarded: Echo, mesh: TestCertificates, peer: str) -> None:
    async with secure(guarded.server.address, mesh.tls(peer)) as channel:
        answers = {rpc: await asked(channel, rpc) for rpc in MAY}
    wanted = {rpc: "OK" if peer in may else "PERMISSION_DENIED PEER_NOT_ALLOWED" for rpc, may in MAY.items()}
    assert answers == wanted


@pytest.mark.parametrize("name", CASES)
async def test_neighbour_learns_the_same_of_a_bad_token(guarded: Echo, mesh: TestCertificates, name: str) -> None:
    """The token is judged before the certificate."""
    make, reason = CASES[name]
    async with secure(guarded.server.address, mesh.tls("chat")) as channel:
        assert await refusal(channel, *tokens.bearer(make())) == f"UNAUTHENTICATED {reason}"


async def test_token_for_inside_does_not_work_from_outside(guarded: Echo, mesh: TestCertificates) -> None:
    internal = tokens.bearer(tokens.token(ORGANIZATION, USER, typ="internal"))
    async with secure(guarded.server.address, mesh.tls("edge")) as channel:
        assert await refusal(channel, *internal) == "UNAUTHENTICATED TOKEN_INVALID"
    async with secure(guarded.server.address, mesh.tls("chat")) as channel:
        assert await refusal(channel, *internal) == "PERMISSION_DENIED PEER_NOT_ALLOWED"


async def test_certificate_of_another_trust_domain_or_authority_is_no_peer(
    guarded: Echo, mesh: TestCertificates, tmp_path: Path
) -> None:
    foreign = TestCertificates(tmp_path, "other.example").tls("edge")
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        async with secure(guarded.server.address, foreign) as channel:
            await get_me(channel, *tokens.bearer(tokens.token(ORGANIZATION)))
    assert raised.value.code() is grpc.StatusCode.UNAVAILABLE


async def test_forwarded_certificate_header_has_no_effect(guarded: Echo, mesh: TestCertificates) -> None:
    claimed = ("x-forwarded-client-cert", "By=spiffe://x;URI=spiffe://infinure.local/ns/default/sa/edge")
    bearer = tokens.bearer(tokens.token(ORGANIZATION, USER))
    async with secure(guarded.server.address, mesh.tls("chat")) as channel:
        assert await refusal(channel, *bearer, claimed) == "PERMISSION_DENIED PEER_NOT_ALLOWED"


async def test_without_a_certificate_nobody_gets_a_word_in(guarded: Echo, mesh: TestCertificates) -> None:
    credentials = grpc.ssl_channel_credentials(mesh.tls("edge").authority.read_bytes())
    async with grpc.aio.secure_channel(guarded.server.address, credentials) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await get_me(channel)
    assert raised.value.code() is grpc.StatusCode.UNAVAILABLE


async def test_server_whose_rpcs_declare_no_access_refuses_to_start() -> None:
    from grpc_health.v1 import health_pb2, health_pb2_grpc
    from grpc_health.v1._async import HealthServicer

    async def assemble(_resources: Any) -> Assembly:
        health = health_pb2.DESCRIPTOR.services_by_name["Health"]
        return Assembly([Servicer(health_pb2_grpc.add_HealthServicer_to_server, HealthServicer(), health)])

    with pytest.raises(Exception, match=r"grpc\.health\.v1\.Health/Check has no access option"):
        await start("careless", ServerSettings("127.0.0.1:0"), assemble)


async def test_server_without_verifier_refuses_rpcs_that_need_a_token() -> None:
    echo = Echo()

    async def assemble(resources: Any) -> Assembly:
        return Assembly((await echo.assemble(resources)).servicers)

    with pytest.raises(ValueError, match="no token verifier"):
        await start("careless", ServerSettings("127.0.0.1:0"), assemble)
