"""Files through the edge: of any length, held whole nowhere, by the JSON door's plain body and by native streams."""

from collections.abc import AsyncIterator
from urllib.parse import quote

import grpc
import httpx
import pytest
from google.api import httpbody_pb2
from infinure.integration.v1 import source_service_pb2 as pb
from infinure.integration.v1 import source_service_pb2_grpc

from tests.edge.people import Person
from tests.edge.running import Edge

MEGABYTE = 1024 * 1024
SIZE = 40 * MEGABYTE


async def body(size: int = SIZE) -> AsyncIterator[bytes]:
    for _ in range(size // MEGABYTE):
        yield b"x" * MEGABYTE


def bearer(person: Person) -> dict[str, str]:
    return {"authorization": f"Bearer {person.token}"}


@pytest.mark.parametrize("name", ["sales.csv", "Umsätze 2025 (Süd) & 100%.xlsx", "a?b#c.csv", "Δ+.json"])
async def test_a_plain_body_of_many_times_a_messages_limit_passes(edge: Edge, person: Person, name: str) -> None:
    async with httpx.AsyncClient(base_url=edge.url, headers=bearer(person), timeout=60) as client:
        path = f"/v1/integrations/uploads/{quote(name, safe='')}"
        answer = await client.post(path, content=body(), headers={"content-type": "application/octet-stream"})
    assert answer.status_code == 200, answer.text
    upload = answer.json()["upload"]
    assert (upload["fileName"], upload["byteCount"]) == (name, str(SIZE))


async def test_whatever_a_browser_says_the_type_is(edge: Edge, person: Person) -> None:
    async with httpx.AsyncClient(base_url=edge.url, headers=bearer(person), timeout=60) as client:
        for kind in ("text/csv", "application/json", "application/vnd.ms-excel", ""):
            headers = {"content-type": kind} if kind else {}
            answer = await client.post("/v1/integrations/uploads/a.csv", content=b'{"a": 1}', headers=headers)
            assert answer.json()["upload"]["byteCount"] == "8", kind


async def test_native_clients_stream_through_the_edge(edge: Edge, person: Person) -> None:
    async def pieces() -> AsyncIterator[pb.UploadFileRequest]:
        async for piece in body():
            yield pb.UploadFileRequest(name="sales.csv", content=httpbody_pb2.HttpBody(data=piece))

    async with grpc.aio.insecure_channel(edge.address) as channel:
        stub = source_service_pb2_grpc.SourceServiceStub(channel)
        answer = await stub.UploadFile(pieces(), metadata=tuple(bearer(person).items()), timeout=60)
    assert (answer.upload.file_name, answer.upload.byte_count) == ("sales.csv", SIZE)


async def test_who_has_no_token_sends_nothing(edge: Edge) -> None:
    async with httpx.AsyncClient(base_url=edge.url, timeout=60) as client:
        answer = await client.post("/v1/integrations/uploads/a.csv", content=b"a,b\n1,2\n")
    assert answer.status_code == 401
    assert answer.json()["details"][0]["reason"] == "TOKEN_MISSING"


async def test_a_refusal_is_told_with_its_reason(edge: Edge, person: Person) -> None:
    async with httpx.AsyncClient(base_url=edge.url, headers=bearer(person), timeout=60) as client:
        answer = await client.post("/v1/integrations/uploads/refuse", content=b"x" * 1000)
    assert answer.status_code == 429
    assert answer.json()["details"][0]["reason"] == "UPLOAD_TOO_LARGE"
