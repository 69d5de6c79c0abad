"""A program with a key: it asks by the SDK, and is shut out of every service once the key is revoked."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from grpclib.client import Channel
from infinure_sdk.infinure.auth.v1 import ExchangeApiKeyRequest, ServiceAccountServiceStub
from infinure_sdk.infinure.chat.v1 import ChatServiceStub, CreateConversationRequest, SendMessageRequest

from meshkit.ids import new_id
from tests.builders.mesh import Mesh
from tests.mesh.clients import JsonDoor

QUESTION = "how many customers do we have"
SCOPES = ["PERMISSION_ASK", "PERMISSION_READ_SOURCES"]


class Administrator:
    """Keeps one service account."""

    def __init__(self, mesh: Mesh) -> None:
        door = JsonDoor(mesh)
        door.log_in(*mesh.users["ceo"])
        self.http = door.http
        self.account_id = self.made("/v1/service-accounts", name="Nightly", role="ROLE_VIEWER")["serviceAccount"]["id"]

    def made(self, path: str, **sent: object) -> dict[str, dict[str, str]]:
        reply = self.http.post(path, json=sent)
        assert reply.status_code == 200, reply.text
        made: dict[str, dict[str, str]] = reply.json()
        return made

    def key(self) -> tuple[str, str]:
        """A new one's id and secret."""
        made = self.http.post(f"/v1/service-accounts/{self.account_id}/keys", json={"name": "cron", "scopes": SCOPES})
        return made.json()["apiKey"]["id"], made.json()["secret"]


@pytest.fixture
def administrator(mesh: Mesh) -> Iterator[Administrator]:
    one = Administrator(mesh)
    yield one
    assert one.http.delete(f"/v1/service-accounts/{one.account_id}").status_code == 200


def test_it_exchanges_its_key_and_asks_by_the_sdk(mesh: Mesh, administrator: Administrator) -> None:
    _, secret = administrator.key()
    where = urlsplit(mesh.url)

    async def ask() -> list[str]:
        with closing(Channel(where.hostname, where.port)) as channel:
            got = await ServiceAccountServiceStub(channel).exchange_api_key(ExchangeApiKeyRequest(api_key=secret))
            assert got.expire_time is not None
            assert got.expire_time - datetime.now(UTC) <= timedelta(minutes=15)
            chat = ChatServiceStub(channel, metadata={"authorization": f"Bearer {got.access_token}"})
            made = await chat.create_conversation(CreateConversationRequest())
            assert made.conversation is not None
            question = SendMessageRequest(conversation_id=made.conversation.id, content=QUESTION)
            return [str(event) async for event in chat.send_message(question)]

    events = asyncio.run(ask())
    assert "receipt" in events[-1]
    assert secret not in mesh.logs()


def test_a_revoked_keys_token_is_refused_by_every_service(mesh: Mesh, administrator: Administrator) -> None:
    key_id, secret = administrator.key()
    program = JsonDoor(mesh).http
    token = program.post("/v1/auth/api-key:exchange", json={"apiKey": secret}).json()["accessToken"]
    program.headers["authorization"] = f"Bearer {token}"
    doors = (
        "/v1/me",
        "/v1/chat/conversations",
        "/v1/integrations/sources",
        f"/v1/learning/feedback:batchGet?answer_ids={new_id()}",
    )
    assert [program.get(path).status_code for path in doors] == [200] * len(doors)
    assert program.get("/v1/analytics/queries:aggregate").status_code == 403
    assert administrator.http.delete(f"/v1/api-keys/{key_id}").status_code == 200
    until = time.monotonic() + 60
    while {program.get(path).status_code for path in doors} != {401}:
        assert time.monotonic() < until
        time.sleep(0.2)
