"""Signed-up people, and tokens that are theirs but for what a test makes wrong."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
from infinure.auth.v1 import auth_service_pb2 as pb
from infinure.chat.v1 import chat_service_pb2

from meshkit.ids import new_id
from services.auth.adapters.signing_keys import open_keyring
from tests.edge.doors import Reply, json_lines, native, request

PASSWORD = "Correct-horse-42"


@dataclass(frozen=True)
class Person:
    token: str
    refresh_token: str
    email: str

    async def conversation(self, address: str) -> str:
        asked = request(
            chat_service_pb2, "CreateConversation", chat_service_pb2.CreateConversationRequest(), self.token
        )
        reply = await native(address, asked)
        return str(reply.messages[0].conversation.id)


def sign_up_request(**changes: Any) -> pb.SignUpRequest:
    fields = {
        "organization_name": f"Organization {new_id()}",
        "email": f"{new_id().hex}@example.test",
        "password": PASSWORD,
        "first_name": "Ada",
        "last_name": "Byron",
    }
    return pb.SignUpRequest(**{**fields, **changes})


async def sign_up(address: str) -> Person:
    message = sign_up_request()
    reply: Reply = await json_lines(address, request(pb, "SignUp", message))
    (opened,) = reply.messages
    return Person(opened.access_token, opened.refresh_token, message.email)


class Forger:
    """Tokens of the mesh's own key with other claims, and of other keys."""

    def __init__(self, keys: Path, person: Person) -> None:
        self._keyring = open_keyring(keys, datetime.now(UTC))
        self._claims: dict[str, Any] = jwt.decode(person.token, options={"verify_signature": False})

    def token(
        self,
        key: Any = None,
        algorithm: str = "RS256",
        kid: str | None = None,
        without: tuple[str, ...] = (),
        **changes: Any,
    ) -> str:
        claims = {name: value for name, value in {**self._claims, **changes}.items() if name not in without}
        header = {"kid": self._keyring.kid if kid is None else kid}
        return jwt.encode(
            claims, key or self._keyring.private, algorithm, {name: value for name, value in header.items() if value}
        )
