"""Only what the contracts mark for the edge can be reached through it."""

from pathlib import Path

import httpx
import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.empty_pb2 import Empty
from google.protobuf.message_factory import GetMessageClass
from infinure.error.v1 import access_pb2

from edge.rpcs import routable
from tests.edge.doors import Request, contract_methods, grpc_web, http_rule, json_lines, native
from tests.edge.people import Person
from tests.edge.running import Edge

GOLDEN = Path(__file__).with_name("routable.txt")
UNKNOWN = "UNIMPLEMENTED METHOD_UNKNOWN"
UNKNOWN_TEXT = "there is no such method or path"
METHODS = {method.full_name: method for method in contract_methods()}
BUILT_IN = (
    "/grpc.health.v1.Health/Check",
    "/grpc.health.v1.Health/Watch",
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    "/grpc.channelz.v1.Channelz/GetServers",
    "/infinure.chat.v1.ChatService/NoSuchMethod",
    "/infinure.chat.v1.NoSuchService/ListConversations",
    "/infinure.chat.v1.ChatService/ListConversations/",
    "/infinure.chat.v1.ChatService/",
    "/Infinure.chat.v1.ChatService/ListConversations",
    "/x.y.Z/W",
)


def access(method: MethodDescriptor) -> access_pb2.MethodAccess:
    return method.GetOptions().Extensions[access_pb2.access]


MARKED = sorted(name for name, method in METHODS.items() if access(method).edge)
OTHERS = sorted(METHODS.keys() - set(MARKED))


def _line(method: MethodDescriptor) -> str:
    rule = access(method)
    authentication = access_pb2.Authentication.Name(rule.authentication).removeprefix("AUTHENTICATION_")
    permission = access_pb2.Permission.Name(rule.permission).removeprefix("PERMISSION_")
    rpc = f"/{method.containing_service.full_name}/{method.name}"
    return " | ".join((rpc, " ".join(http_rule(method)), authentication, permission))


def test_what_is_public_is_a_decision() -> None:
    """Whoever opens an rpc to the world, or changes its rights or its address, sees it in this file's diff."""
    listed = [line for line in GOLDEN.read_text().splitlines() if not line.startswith("#")]
    assert sorted(_line(METHODS[name]) for name in MARKED) == listed


def test_the_edge_routes_what_is_marked_and_nothing_else() -> None:
    assert {rpc.path.lstrip("/").replace("/", ".") for rpc in routable()} == set(MARKED)


def test_every_rpc_declares_its_access() -> None:
    assert METHODS
    for method in METHODS.values():
        assert access(method).authentication != access_pb2.AUTHENTICATION_UNSPECIFIED, method.full_name


@pytest.mark.parametrize("name", OTHERS)
async def test_an_rpc_of_the_mesh_is_unknown_outside(edge: Edge, person: Person, name: str) -> None:
    method = METHODS[name]
    asked = Request(method, GetMessageClass(method.input_type)(), person.token)
    for door in (native, grpc_web):
        reply = await door(edge.address, asked)
        assert reply.outcome == UNKNOWN
        assert reply.domains == ["infinure"]


@pytest.mark.parametrize("name", OTHERS)
def test_an_rpc_of_the_mesh_has_no_json_form(name: str) -> None:
    assert http_rule(METHODS[name]) == ("", "")


@pytest.mark.parametrize("name", MARKED)
async def test_a_marked_rpc_reaches_its_service_or_says_that_it_is_away(edge: Edge, person: Person, name: str) -> None:
    """An empty request is refused for its fields, or answered; never as unknown."""
    method = METHODS[name]
    asked = Request(method, GetMessageClass(method.input_type)(), person.token)
    assert (await native(edge.address, asked)).status.message != UNKNOWN_TEXT


@pytest.mark.parametrize("path", BUILT_IN)
async def test_what_every_grpc_server_has_is_unknown_outside(edge: Edge, person: Person, path: str) -> None:
    asked = Request(None, Empty(), person.token, path=path)
    for door in (native, grpc_web):
        reply = await door(edge.address, asked)
        assert (reply.outcome, reply.status.message) == (UNKNOWN, UNKNOWN_TEXT)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/nothing",
        "/v1/auth/login/x",
        "/v1/../admin",
        "/nothing",
        "/v1/chat/conversations/a/b/c",
        "/.well-known/jwks.json/x",
    ],
)
async def test_an_unknown_json_path_says_so_in_json(edge: Edge, path: str) -> None:
    async with httpx.AsyncClient(base_url=edge.url) as client:
        got = await client.post(path, json={})
    assert got.status_code == 404
    assert got.json()["details"][0]["reason"] == "METHOD_UNKNOWN"


async def test_a_verb_that_a_path_has_not_is_unknown(edge: Edge) -> None:
    async with httpx.AsyncClient(base_url=edge.url) as client:
        got = await client.delete("/v1/auth/login")
    assert (got.status_code, got.json()["details"][0]["reason"]) == (404, "METHOD_UNKNOWN")


async def test_anybody_may_have_the_signing_keys(edge: Edge) -> None:
    method = METHODS["infinure.auth.v1.AuthService.GetJwks"]
    reply = await json_lines(edge.address, Request(method, GetMessageClass(method.input_type)()))
    assert [key.kty for key in reply.messages[0].keys] == ["RSA"]
