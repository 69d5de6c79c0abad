"""What a client may write in headers and paths, by every door and straight at a service's port: none is believed."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import grpc
import httpx
import pytest
from infinure.auth.v1 import session_service_pb2
from infinure.chat.v1 import chat_service_pb2 as pb
from infinure.integration.v1 import source_service_pb2

from meshkit.ids import new_id
from tests.edge.doors import DOORS, as_json, native, request
from tests.edge.people import PASSWORD, Person
from tests.edge.running import Edge, Mesh

OTHER = "0192b6a0-0000-7000-8000-000000000001"
# Each by itself; the value that must not arrive is in it.
SPOOFS = {
    "tenant": ("x-tenant-id", OTHER),
    "tenants": ("x-tenant-id", f"{OTHER},{OTHER}"),
    "organization": ("x-infinure-organization", OTHER),
    "internal": ("x-envoy-internal", "true"),
    "original path": ("x-envoy-original-path", "/admin"),
    "timeout": ("x-envoy-upstream-rq-timeout-ms", "999999999"),
    "retries": ("x-envoy-max-retries", "99"),
    "forwarded": ("x-forwarded-for", "10.1.2.3"),
    "forwarded list": ("x-forwarded-for", "1.1.1.1, 2.2.2.2, 3.3.3.3"),
    "certificate": ("x-forwarded-client-cert", f"By=spiffe://x;URI=spiffe://infinure.local/ns/{OTHER}/sa/auth"),
    "baggage": ("baggage", f"org={OTHER}"),
    "method": ("x-http-method-override", "DELETE"),
    "trace": ("traceparent", "00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-01"),
}


def sources(person: Person, *headers: tuple[str, str]) -> Any:
    asked = request(source_service_pb2, "ListSources", source_service_pb2.ListSourcesRequest(), person.token)
    return replace(asked, headers=headers)


def conversations(person: Person, *headers: tuple[str, str]) -> Any:
    asked = request(pb, "ListConversations", pb.ListConversationsRequest(), person.token)
    return replace(asked, headers=headers)


@pytest.mark.parametrize("spoof", SPOOFS)
@pytest.mark.parametrize("door", DOORS)
async def test_a_spoofed_header_reaches_no_service(edge: Edge, person: Person, door: str, spoof: str) -> None:
    name, value = SPOOFS[spoof]
    plain, dressed = [await DOORS[door](edge.address, sources(person, *more)) for more in ((), ((name, value),))]
    assert dressed.outcome == "OK"
    (usual, came) = (as_json(reply.messages[0].sources[0].name) for reply in (plain, dressed))
    assert value not in came.values()
    if name == "x-forwarded-for":
        # The address that the edge itself saw comes last, and that one counts.
        assert came[name].rpartition(",")[2].strip() == usual[name]
    else:
        assert came.get(name) == usual.get(name)


@pytest.mark.parametrize("spoof", SPOOFS)
@pytest.mark.parametrize("door", DOORS)
async def test_a_spoofed_header_changes_no_reply(edge: Edge, person: Person, door: str, spoof: str) -> None:
    conversation_id = await person.conversation(edge.address)
    plain = await DOORS[door](edge.address, conversations(person))
    dressed = await DOORS[door](edge.address, conversations(person, SPOOFS[spoof]))
    assert [one.id for one in plain.messages[0].conversations] == [conversation_id]
    assert dressed.messages == plain.messages


@pytest.mark.parametrize("spoof", SPOOFS)
async def test_nor_does_it_straight_at_a_services_port(
    mesh: Mesh, edge: Edge, person: Person, edge_credentials: grpc.ChannelCredentials, spoof: str
) -> None:
    conversation_id = await person.conversation(edge.address)
    reply = await native(mesh.addresses["chat"], conversations(person, SPOOFS[spoof]), edge_credentials)
    assert [one.id for one in reply.messages[0].conversations] == [conversation_id]


@pytest.mark.parametrize("name", ["x_tenant_id", "authorization_"])
@pytest.mark.parametrize("path", ["/v1/chat/conversations", "/infinure.chat.v1.ChatService/ListConversations"])
async def test_a_name_with_an_underscore_is_refused(edge: Edge, person: Person, path: str, name: str) -> None:
    """Some servers take one for a hyphen."""
    headers = {"authorization": f"Bearer {person.token}", name: OTHER}
    async with httpx.AsyncClient(base_url=edge.url) as client:
        got = await client.get(path, headers=headers)
    assert got.status_code == 400


@pytest.mark.parametrize("name", ["X-Tenant-ID", "X-TENANT-ID"])
async def test_case_makes_no_other_header(edge: Edge, person: Person, name: str) -> None:
    reply = await DOORS["json"](edge.address, sources(person, (name, OTHER)))
    assert OTHER not in as_json(reply.messages[0].sources[0].name).values()


@pytest.mark.parametrize("claimed", ["203.0.113.9", "1.1.1.1, 2.2.2.2, 3.3.3.3"])
async def test_a_sessions_address_is_the_one_that_the_edge_saw(edge: Edge, person: Person, claimed: str) -> None:
    for headers in ({}, {"x-forwarded-for": claimed}):
        async with httpx.AsyncClient(base_url=edge.url, headers=headers) as client:
            login = await client.post("/v1/auth/login", json={"email": person.email, "password": PASSWORD})
            assert login.status_code == 200
    message = session_service_pb2.ListSessionsRequest()
    reply = await native(edge.address, request(session_service_pb2, "ListSessions", message, person.token))
    seen = [one.ip_address for one in reply.messages[0].sessions]
    assert len(seen) == 3
    assert len(set(seen)) == 1
    assert seen[0] not in claimed


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/infinure.auth.v1.AuthService/../../admin", {200, 404}),
        ("/infinure.auth.v1.AuthService%2fLogin", {400}),
        ("/v1/..%2f..%2fadmin", {400}),
        ("/v1/chat/conversations/../../../infinure.auth.v1.IdentityService/ListRevocations", {404}),
        ("//infinure.auth.v1.IdentityService//ListRevocations", {404}),
        ("/infinure.auth.v1.IdentityService/ListRevocations;x=1", {404}),
    ],
)
async def test_a_twisted_path_leads_nowhere(edge: Edge, path: str, statuses: set[int]) -> None:
    """200 is the app's own page: a path that is none of the api's."""
    head, body = await raw(edge, f"GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
    assert status(head) in statuses
    if status(head) == 200:
        assert b"<!doctype html>" in body.lower()


@pytest.mark.parametrize(
    "header",
    [
        "x-request-id: a\nINFO forged",
        "x-a: b\r\n x-tenant-id: org-b",
        "x-a: b\rx-tenant-id: org-b",
        "x-a: b\x00c",
        "x-tenant-id : org-b",
    ],
)
async def test_a_header_that_would_be_two_is_refused(edge: Edge, person: Person, header: str) -> None:
    bearer = f"authorization: Bearer {person.token}"
    start = "GET /v1/integrations/sources HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
    head, body = await raw(edge, f"{start}{bearer}\r\n{header}\r\n\r\n")
    if status(head) == 200:
        came = json.loads(json.loads(body[body.index(b"{") : body.rindex(b"}") + 1])["sources"][0]["name"])
        assert "x-tenant-id" not in came
        assert not any("INFO" in key.upper() for key in came)
    else:
        assert status(head) == 400


@pytest.mark.parametrize("given", ["forged INFO line", "x" * 200, "../../etc", "<script>"])
async def test_a_request_id_is_the_edges_own(edge: Edge, person: Person, given: str) -> None:
    reply = await DOORS["json"](edge.address, sources(person, ("x-request-id", given)))
    came = as_json(reply.messages[0].sources[0].name)
    assert given not in (came["x-request-id"], reply.headers["x-request-id"])


@pytest.mark.parametrize(
    ("deadline", "outcome"), [("99999999H", "OK"), ("0n", "DEADLINE_EXCEEDED DEADLINE_EXCEEDED"), ("20S", "OK")]
)
async def test_a_deadline_is_kept_or_capped(edge: Edge, person: Person, deadline: str, outcome: str) -> None:
    reply = await DOORS["grpc-web"](edge.address, conversations(person, ("grpc-timeout", deadline)))
    assert reply.outcome.startswith(outcome.split(" ")[0])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("grpc-timeout", "-1S"),
        ("grpc-timeout", "soon"),
        ("grpc-timeout", "5S,5S"),
        ("grpc-timeout", "999999999H"),
        ("grpc-timeout", ""),
        ("grpc-encoding", "zip"),
        ("grpc-previous-rpc-attempts", "many"),
        ("grpc-retry-pushback-ms", "soon"),
        ("grpc-status", "x"),
        ("grpc-tags-bin", "!!!"),
        ("lb-cost-bin", "!!!"),
        ("x-anything-bin", "!!!"),
    ],
)
@pytest.mark.parametrize("door", ["grpc-web", "json"])
async def test_a_header_that_cannot_be_read_breaks_nobody_elses_call(
    edge: Edge, person: Person, door: str, name: str, value: str
) -> None:
    """gRPC servers remember such a value for a whole connection, which the edge uses for everybody."""
    bad = [await DOORS[door](edge.address, conversations(person, (name, value))) for _ in range(4)]
    good = [("grpc-timeout", "30S"), ("grpc-encoding", "identity")]
    after = [await native(edge.address, conversations(person)) for _ in range(4)]
    after += [await DOORS["grpc-web"](edge.address, conversations(person, *good)) for _ in range(4)]
    assert {reply.outcome for reply in after} == {"OK"}
    assert {reply.outcome for reply in bad} <= {"OK", "INVALID_ARGUMENT REQUEST_INVALID"}


@pytest.mark.parametrize("straight", [False, True])
async def test_a_message_that_inflates_over_the_limit_is_refused(
    mesh: Mesh, edge: Edge, person: Person, edge_credentials: grpc.ChannelCredentials, straight: bool
) -> None:
    """64 MiB of one letter are 64 KiB on the wire."""
    options = [("grpc.max_send_message_length", -1), ("grpc.default_compression_algorithm", 2)]
    channel: Any = (
        grpc.aio.secure_channel(mesh.addresses["chat"], edge_credentials, options)
        if straight
        else grpc.aio.insecure_channel(edge.address, options)
    )
    message = pb.SendMessageRequest(conversation_id=str(new_id()), content="x" * (64 << 20))
    async with channel:
        call = channel.unary_stream(
            "/infinure.chat.v1.ChatService/SendMessage", request_serializer=pb.SendMessageRequest.SerializeToString
        )(message, metadata=(("authorization", f"Bearer {person.token}"),), compression=grpc.Compression.Gzip)
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await call.read()
    assert refused.value.code() in (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.UNIMPLEMENTED)
    after = await native(edge.address, conversations(person))
    assert after.outcome == "OK", after.status


async def raw(edge: Edge, sent: str) -> tuple[bytes, bytes]:
    """Head and body of the reply to these very bytes, which no library would send."""
    host, _, port = edge.address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(sent.encode("latin-1"))
    async with asyncio.timeout(30):
        got = await reader.read()
    writer.close()
    head, _, body = got.partition(b"\r\n\r\n")
    return head, body


def status(head: bytes) -> int:
    return int(head.split(b" ", 2)[1])
