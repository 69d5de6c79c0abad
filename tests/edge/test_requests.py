"""Requests that are too large, malformed, or dressed up: refused in the platform's words, or harmless."""

import json
from dataclasses import replace
from typing import Any

import httpx
import pytest
from infinure.chat.v1 import chat_service_pb2 as pb
from infinure.integration.v1 import source_service_pb2

from tests.edge.doors import DOORS, WEB, as_json, frame, read_json, read_web, request
from tests.edge.people import Person
from tests.edge.running import Edge

MIB = 1024 * 1024
TOO_LARGE = "RESOURCE_EXHAUSTED REQUEST_TOO_LARGE"
SPOOFED = {
    "x-tenant-id": "other",
    "x-org-id": "other",
    "x-organization-id": "other",
    "x-user-id": "other",
    "x-user-role": "ceo",
    "x-role": "ceo",
    "x-real-ip": "10.1.2.3",
    "x-forwarded-user": "other",
    "x-forwarded-client-cert": "URI=spiffe://infinure.local/ns/default/sa/chat",
    "x-infinure-organization": "other",
    "x-infinure-anything": "other",
    "x-envoy-original-path": "/infinure.chat.v1.ChatService/ListConversations",
    "x-envoy-upstream-rq-timeout-ms": "1",
    "x-goog-authenticated-user-id": "other",
    "x-auth-request-user": "other",
}


def listing(person: Person, **fields: Any) -> Any:
    return request(pb, "ListConversations", pb.ListConversationsRequest(**fields), person.token)


@pytest.mark.parametrize("door", DOORS)
async def test_headers_that_name_somebody_reach_no_service(edge: Edge, person: Person, door: str) -> None:
    message = source_service_pb2.ListSourcesRequest()
    plain = request(source_service_pb2, "ListSources", message, person.token)
    dressed = replace(plain, headers=(*SPOOFED.items(), ("x-harmless", "yes")))
    reply = await DOORS[door](edge.address, dressed)
    came = as_json(reply.messages[0].sources[0].name)
    assert came["x-harmless"] == "yes"
    assert "other" not in came.values()
    # Only what the transcoder and the token check write themselves may bear such a name.
    written = {"x-envoy-original-path", "x-envoy-original-method", "x-infinure-organization"}
    assert came.keys() & SPOOFED.keys() <= written
    assert came.get("x-envoy-original-path", "/v1/").startswith("/v1/")


@pytest.mark.parametrize("door", DOORS)
async def test_the_organization_is_the_tokens_whatever_else_is_said(edge: Edge, person: Person, door: str) -> None:
    conversation = await person.conversation(edge.address)
    asked = replace(listing(person), headers=tuple(SPOOFED.items()))
    reply = await DOORS[door](edge.address, asked)
    assert [one.id for one in reply.messages[0].conversations] == [conversation]


@pytest.mark.parametrize("door", ["native", "grpc-web", "json"])
async def test_a_message_over_four_mebibytes_is_refused(edge: Edge, person: Person, door: str) -> None:
    message = pb.CreateConversationRequest(title="x" * (4 * MIB + 1))
    reply = await DOORS[door](edge.address, request(pb, "CreateConversation", message, person.token))
    assert reply.outcome == TOO_LARGE
    if door == "json":
        assert reply.http_status == 413


@pytest.mark.parametrize("door", ["native", "grpc-web", "json"])
async def test_a_message_just_below_reaches_the_service(edge: Edge, person: Person, door: str) -> None:
    message = pb.CreateConversationRequest(title="x" * (4 * MIB - 100))
    reply = await DOORS[door](edge.address, request(pb, "CreateConversation", message, person.token))
    assert reply.outcome.startswith("INVALID_ARGUMENT")
    assert reply.fields == ["title"]


@pytest.mark.parametrize("door", DOORS)
async def test_headers_that_the_edge_takes_the_services_take_too(edge: Edge, person: Person, door: str) -> None:
    asked = replace(listing(person), headers=(("x-large", "x" * 28 * 1024),))
    assert (await DOORS[door](edge.address, asked)).outcome == "OK"


@pytest.mark.parametrize("path", ["/v1/chat/conversations", "/infinure.chat.v1.ChatService/ListConversations", "/"])
async def test_headers_that_are_too_large_are_refused(edge: Edge, person: Person, path: str) -> None:
    """Before anything of the request is known, so as JSON whoever asks."""
    headers = {"authorization": f"Bearer {person.token}", "x-large": "x" * 40 * 1024}
    async with httpx.AsyncClient(base_url=edge.url) as client:
        got = await client.get(path, headers=headers)
    assert got.status_code == 413
    assert got.json()["details"][0]["reason"] == "REQUEST_TOO_LARGE"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"x"',
        b'{"title": 5}',
        b'{"title": "a"} tail',
        b'{"title": "\xff"}',
        b"\xff",
    ],
)
async def test_json_that_cant_be_read_is_refused(edge: Edge, person: Person, body: bytes) -> None:
    headers = {"authorization": f"Bearer {person.token}", "content-type": "application/json"}
    async with httpx.AsyncClient(base_url=edge.url) as client:
        got = await client.post("/v1/chat/conversations", content=body, headers=headers)
    assert got.status_code == 400
    assert got.headers["content-type"] == "application/json"
    assert got.json()["code"] == 3
    assert got.json()["details"][0]["reason"] == "REQUEST_INVALID"


async def test_an_unknown_field_is_left_out_as_in_every_form_of_protobuf(edge: Edge, person: Person) -> None:
    async with httpx.AsyncClient(base_url=edge.url, headers={"authorization": f"Bearer {person.token}"}) as client:
        got = await client.post("/v1/chat/conversations", json={"title": "known", "no_such_field": 1})
    assert (got.status_code, got.json()["conversation"]["title"]) == (200, "known")


async def test_an_unknown_query_parameter_is_refused(edge: Edge, person: Person) -> None:
    async with httpx.AsyncClient(base_url=edge.url, headers={"authorization": f"Bearer {person.token}"}) as client:
        got = await client.get("/v1/chat/conversations", params={"no_such_field": "1"})
    assert (got.status_code, got.json()["details"][0]["reason"]) == (400, "REQUEST_INVALID")


async def test_bytes_that_are_no_utf8_name_their_field(edge: Edge, person: Person) -> None:
    asked = request(pb, "CreateConversation", pb.CreateConversationRequest(), person.token)
    headers = {"content-type": WEB, "authorization": f"Bearer {person.token}"}
    async with httpx.AsyncClient(base_url=edge.url) as client:
        got = await client.post(asked.rpc_path, content=frame(b"\x0a\x02\xff\xfe"), headers=headers)
    reply = read_web(got, asked)
    assert reply.outcome.startswith("INVALID_ARGUMENT")
    assert reply.fields == ["title"]


async def test_a_frame_that_holds_no_message_ends_in_a_status(edge: Edge, person: Person) -> None:
    asked = request(pb, "CreateConversation", pb.CreateConversationRequest(), person.token)
    headers = {"content-type": WEB, "authorization": f"Bearer {person.token}"}
    async with httpx.AsyncClient(base_url=edge.url) as client:
        got = await client.post(asked.rpc_path, content=frame(b"\x0a\xff\xff"), headers=headers)
    assert read_web(got, asked).outcome == "INVALID_ARGUMENT REQUEST_INVALID"


async def test_numbers_and_empties_are_written_out_in_json(edge: Edge, person: Person) -> None:
    """Fields with default values are there too, so that clients needn't know the defaults."""
    async with httpx.AsyncClient(base_url=edge.url, headers={"authorization": f"Bearer {person.token}"}) as client:
        got = await client.get("/v1/chat/conversations")
    assert json.loads(got.text)["conversations"] == []
    assert read_json(got, listing(person)).outcome == "OK"


@pytest.mark.parametrize(("origin", "allowed"), [("https://partner.example.test", True), ("https://evil.test", False)])
async def test_only_listed_origins_may_call_from_their_pages(
    edge: Edge, person: Person, origin: str, allowed: bool
) -> None:
    preflight = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
    }
    async with httpx.AsyncClient(base_url=edge.url) as client:
        for path in ("/v1/chat/conversations", "/infinure.chat.v1.ChatService/ListConversations"):
            asked = await client.options(path, headers=preflight)
            assert asked.headers.get("access-control-allow-origin") == (origin if allowed else None)
        got = await client.get("/v1/me", headers={"origin": origin, "authorization": f"Bearer {person.token}"})
    assert got.headers.get("access-control-allow-origin") == (origin if allowed else None)
    assert "access-control-allow-credentials" not in got.headers
