"""Edges of other settings: small buckets, services that are away or aren't who they should be, and what is logged."""

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import httpx
import pytest
from infinure.analytics.v1 import usage_service_pb2
from infinure.auth.v1 import auth_service_pb2, user_service_pb2
from infinure.integration.v1 import source_service_pb2

from tests.edge.doors import DOORS, Request, request
from tests.edge.people import Person, sign_up
from tests.edge.running import Edge, Mesh, edge_environment, running_edge

LIMITED = "RESOURCE_EXHAUSTED RATE_LIMITED"
AWAY = "UNAVAILABLE SERVICE_UNAVAILABLE"


def me(person: Person) -> Request:
    return request(user_service_pb2, "GetMe", user_service_pb2.GetMeRequest(), person.token)


def test_the_configuration_is_valid(mesh: Mesh, tmp_path: Path) -> None:
    environment = edge_environment(mesh, {})
    done = subprocess.run(
        [sys.executable, "-m", "edge", "--validate"], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "OK" in done.stdout + done.stderr


def test_everything_wrong_with_the_environment_is_said_at_once(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": edge_python_path(), "INFINURE_EDGE_BURST": "many"}
    done = subprocess.run([sys.executable, "-m", "edge"], env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    for name in ("INFINURE_PUBLIC_LISTEN", "INFINURE_TLS_KEY", "INFINURE_CHAT_ADDRESS", "INFINURE_EDGE_BURST"):
        assert name in done.stderr


def edge_python_path() -> str:
    root = Path(__file__).parents[2]
    return f"{root}:{root / 'gen' / 'python'}"


async def test_an_organizations_bucket_is_its_own(mesh: Mesh, edge: Edge, tmp_path: Path) -> None:
    busy, calm = await sign_up(edge.address), await sign_up(edge.address)
    small = {"INFINURE_EDGE_REQUESTS_PER_SECOND": "1", "INFINURE_EDGE_BURST": "5"}
    with running_edge(mesh, tmp_path, **small) as limited:
        replies = [await DOORS[door](limited.address, me(busy)) for door in DOORS for _ in range(5)]
        outcomes = Counter(reply.outcome for reply in replies)
        assert outcomes.keys() == {"OK", LIMITED}
        assert 5 <= outcomes["OK"] <= 10
        for reply in replies:
            if reply.outcome == LIMITED:
                assert reply.retry_seconds == 1
        refused = await _refused_json(limited, busy)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
        assert (await DOORS["native"](limited.address, me(calm))).outcome == "OK"


async def _refused_json(limited: Edge, person: Person) -> httpx.Response:
    async with httpx.AsyncClient(base_url=limited.url, headers={"authorization": f"Bearer {person.token}"}) as client:
        replies = await asyncio.gather(*(client.get("/v1/me") for _ in range(10)))
    return next(reply for reply in replies if reply.status_code != 200)


async def test_who_has_no_token_is_limited_by_address(mesh: Mesh, tmp_path: Path) -> None:
    with running_edge(mesh, tmp_path, INFINURE_EDGE_ANONYMOUS_REQUESTS_PER_SECOND="1") as limited:
        keys = request(auth_service_pb2, "GetJwks", auth_service_pb2.GetJwksRequest())
        outcomes = {(await DOORS[door](limited.address, keys)).outcome for door in DOORS for _ in range(4)}
        assert LIMITED in outcomes


@pytest.mark.parametrize("door", ["native", "grpc-web"])
async def test_a_service_that_is_away_is_told_as_such(
    mesh: Mesh, edge: Edge, person: Person, tmp_path: Path, door: str
) -> None:
    """Nobody listens at analytics' address."""
    asked = request(usage_service_pb2, "ListQueries", usage_service_pb2.ListQueriesRequest(), person.token)
    reply = await DOORS[door](edge.address, asked)
    assert reply.outcome == AWAY
    assert reply.retry_seconds == 1


async def test_a_service_of_another_identity_is_not_spoken_to(
    mesh: Mesh, edge: Edge, person: Person, tmp_path: Path
) -> None:
    """At integration's address stands chat, with a good certificate of the mesh: its own."""
    with running_edge(mesh, tmp_path, INFINURE_INTEGRATION_ADDRESS=mesh.addresses["chat"]) as fooled:
        message = source_service_pb2.ListSourcesRequest()
        asked = request(source_service_pb2, "ListSources", message, person.token)
        for door in DOORS.values():
            assert (await door(fooled.address, asked)).outcome == AWAY
        assert (await DOORS["native"](fooled.address, me(person))).outcome == "OK"
    assert (await DOORS["native"](edge.address, asked)).outcome == "OK"


async def test_the_access_log_tells_no_secret(mesh: Mesh, person: Person, tmp_path: Path) -> None:
    with running_edge(mesh, tmp_path) as logged:
        for door in DOORS.values():
            assert (await door(logged.address, me(person))).outcome == "OK"
        async with httpx.AsyncClient(base_url=logged.url) as client:
            await client.get("/v1/me", params={"access_token": person.token, "q": "a-secret"})
            await client.post(
                "/v1/integrations/uploads/acquisition.csv",
                content=b"a-secret",
                headers={"authorization": f"Bearer {person.token}"},
            )
            await client.get("/chat/1", params={"code": "a-secret"}, headers={"cookie": "infinure_refresh=a-secret"})
    text = logged.output.read_text()
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    seen = {(line["path"], line["status"]) for line in lines}
    assert {("/infinure.auth.v1.UserService/GetMe", 200), ("/chat/1", 200)} <= seen
    assert all(line["request_id"] for line in lines)
    for secret in (person.token, person.token.split(".")[2], "a-secret", "acquisition.csv", person.email):
        assert secret not in text
