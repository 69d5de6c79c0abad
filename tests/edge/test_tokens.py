"""Whatever is wrong with a token, every door and the service's own port say the same of it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import grpc
import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from infinure.auth.v1 import auth_service_pb2, user_service_pb2
from infinure.chat.v1 import chat_service_pb2

from meshkit.ids import new_id
from tests.edge.doors import DOORS, Request, json_lines, native, request
from tests.edge.people import Forger, Person
from tests.edge.running import Edge, Mesh

MISSING, MALFORMED = "UNAUTHENTICATED TOKEN_MISSING", "UNAUTHENTICATED TOKEN_MALFORMED"
EXPIRED, INVALID = "UNAUTHENTICATED TOKEN_EXPIRED", "UNAUTHENTICATED TOKEN_INVALID"
HOUR = 3600
Header = Callable[[Forger, Person], str | None]

CASES: dict[str, tuple[str, Header]] = {
    "no header": (MISSING, lambda forger, person: None),
    "not a token": (MALFORMED, lambda forger, person: "Bearer garbage"),
    "two parts": (MALFORMED, lambda forger, person: f"Bearer {forger.token().rpartition('.')[0]}"),
    "a refresh token": (MALFORMED, lambda forger, person: f"Bearer {person.refresh_token}"),
    "no organization": (MALFORMED, lambda forger, person: f"Bearer {forger.token(without=('org',))}"),
    "an organization that is no id": (MALFORMED, lambda forger, person: f"Bearer {forger.token(org='1')}"),
    "another scheme": (MALFORMED, lambda forger, person: f"Basic {forger.token()}"),
    "a token and more": (MALFORMED, lambda forger, person: f"Bearer {forger.token()} {forger.token()}"),
    "expired": (EXPIRED, lambda forger, person: f"Bearer {forger.token(iat=_ago(2 * HOUR), exp=_ago(HOUR))}"),
    "a foreign key": (
        INVALID,
        lambda forger, person: f"Bearer {forger.token(key=rsa.generate_private_key(65537, 2048))}",
    ),
    "an unknown key id": (INVALID, lambda forger, person: f"Bearer {forger.token(kid='unknown')}"),
    "no key id": (INVALID, lambda forger, person: f"Bearer {forger.token(kid='')}"),
    "another algorithm": (INVALID, lambda forger, person: f"Bearer {forger.token(key='x' * 64, algorithm='HS256')}"),
    "no signature": (INVALID, lambda forger, person: f"Bearer {forger.token()[:-300]}{'A' * 300}"),
    "another audience": (INVALID, lambda forger, person: f"Bearer {forger.token(aud='other')}"),
    "another issuer": (INVALID, lambda forger, person: f"Bearer {forger.token(iss='other')}"),
    "an internal token": (INVALID, lambda forger, person: f"Bearer {forger.token(typ='internal')}"),
    "a job's token": (INVALID, lambda forger, person: f"Bearer {forger.token(typ='job', job=str(new_id()))}"),
    "not yet valid": (INVALID, lambda forger, person: f"Bearer {forger.token(nbf=_ago(-HOUR))}"),
}
# Envoy doesn't tell a claim that is missing from one that is wrong, or from a bad signature. Nobody without our signing
# key can make such a token, and a client does the same on either reason.
LACKING = {"exp": MALFORMED, "iss": MALFORMED, "aud": MALFORMED}
DIRECT = "the service itself"


def _ago(seconds: int) -> int:
    return int(time.time()) - seconds


@pytest.fixture
def forger(mesh: Mesh, person: Person) -> Forger:
    return Forger(mesh.signing_keys, person)


def _asked(header: str | None) -> Request:
    asked = request(chat_service_pb2, "ListConversations", chat_service_pb2.ListConversationsRequest())
    return replace(asked, headers=(("authorization", header),) if header is not None else ())


@pytest.mark.parametrize("door", [*DOORS, DIRECT])
@pytest.mark.parametrize("case", CASES)
async def test_a_bad_token(
    edge: Edge, mesh: Mesh, edge_credentials: Any, forger: Forger, person: Person, door: str, case: str
) -> None:
    expected, header = CASES[case]
    asked = _asked(header(forger, person))
    if door == DIRECT:
        reply = await native(mesh.addresses["chat"], asked, edge_credentials)
    else:
        reply = await DOORS[door](edge.address, asked)
    assert reply.outcome == expected
    assert reply.domains == ["infinure"]
    assert not reply.messages


@pytest.mark.parametrize("door", [*DOORS, DIRECT])
@pytest.mark.parametrize("claim", LACKING)
async def test_a_token_that_lacks_a_claim(
    edge: Edge, mesh: Mesh, edge_credentials: Any, forger: Forger, door: str, claim: str
) -> None:
    asked = _asked(f"Bearer {forger.token(without=(claim,))}")
    if door == DIRECT:
        assert (await native(mesh.addresses["chat"], asked, edge_credentials)).outcome == LACKING[claim]
    else:
        assert (await DOORS[door](edge.address, asked)).outcome == INVALID


@pytest.mark.parametrize("door", DOORS)
async def test_a_forgers_token_without_changes_is_good(edge: Edge, forger: Forger, door: str) -> None:
    """Or the cases above would prove nothing."""
    assert (await DOORS[door](edge.address, _asked(f"Bearer {forger.token()}"))).outcome == "OK"


@pytest.mark.parametrize("door", DOORS)
async def test_an_ended_sessions_token_is_refused(edge: Edge, person: Person, door: str) -> None:
    ended = auth_service_pb2.LogoutRequest(refresh_token=person.refresh_token)
    assert (await native(edge.address, request(auth_service_pb2, "Logout", ended))).outcome == "OK"
    asked = request(user_service_pb2, "GetMe", user_service_pb2.GetMeRequest(), person.token)
    # Services hear of it when they next ask, every few seconds.
    deadline = time.monotonic() + 60
    while (outcome := (await DOORS[door](edge.address, asked)).outcome) == "OK":
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)
    assert outcome == "UNAUTHENTICATED TOKEN_REVOKED"


async def test_a_token_in_the_address_is_none(edge: Edge, person: Person) -> None:
    """Addresses end up in logs and histories."""
    async with httpx.AsyncClient(base_url=edge.url) as client:
        got = await client.get("/v1/me", params={"access_token": person.token})
    assert got.status_code in (400, 401)
    assert "email" not in got.text


async def test_a_neighbour_that_may_not_call_is_refused_whatever_its_token(mesh: Mesh, person: Person) -> None:
    tls = mesh.certificates.tls("analytics")
    credentials = grpc.ssl_channel_credentials(
        tls.authority.read_bytes(), tls.key.read_bytes(), tls.certificate.read_bytes()
    )
    asked = _asked(f"Bearer {person.token}")
    reply = await native(mesh.addresses["chat"], asked, credentials)
    assert reply.outcome == "PERMISSION_DENIED PEER_NOT_ALLOWED"


async def test_without_a_certificate_no_port_of_a_service_answers(mesh: Mesh, person: Person) -> None:
    credentials = grpc.ssl_channel_credentials(mesh.edge_tls.authority.read_bytes())
    reply = await native(mesh.addresses["chat"], _asked(f"Bearer {person.token}"), credentials)
    assert reply.outcome == "UNAVAILABLE"


async def test_a_refused_stream_is_one_document_in_json(edge: Edge) -> None:
    message = chat_service_pb2.ResumeAnswerRequest(answer_id=str(new_id()))
    reply = await json_lines(edge.address, request(chat_service_pb2, "ResumeAnswer", message))
    assert (reply.http_status, reply.outcome) == (401, MISSING)
