"""Each service's own port, called with a neighbour's certificate: it believes the token alone, as the edge does."""

import base64
import json
import time
from pathlib import Path
from typing import Any, cast

import grpc
import httpx
import jwt
import pytest
from google.rpc import error_details_pb2, status_pb2
from infinure.analytics.v1 import usage_service_pb2
from infinure.auth.v1 import identity_service_pb2
from infinure.chat.v1 import chat_service_pb2
from infinure.integration.v1 import source_service_pb2
from infinure.ml_gateway.v1 import answer_service_pb2

from cli.home import Home
from meshkit.ids import new_id
from tests.builders.mesh import Mesh

ANSWER = answer_service_pb2.AnswerRequest(answer_id=str(new_id()), question="how many customers do we have")
# Per service: an rpc that needs a user, its request, and a neighbour who may call it.
RPCS: dict[str, tuple[str, Any, str]] = {
    "auth": (
        "infinure.auth.v1.IdentityService/GetUserAttributes", identity_service_pb2.GetUserAttributesRequest(), "chat",
    ),
    "chat": (
        "infinure.chat.v1.ChatService/ListConversations", chat_service_pb2.ListConversationsRequest(), "edge",
    ),
    "integration": (
        "infinure.integration.v1.SourceService/ListSources", source_service_pb2.ListSourcesRequest(), "ml_gateway",
    ),
    "ml_gateway": ("infinure.ml_gateway.v1.AnswerService/Answer", ANSWER, "chat"),
    "analytics": ("infinure.analytics.v1.UsageService/ListQueries", usage_service_pb2.ListQueriesRequest(), "edge"),
}  # fmt: skip
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "its own": ("OK", {}),
    "expired": ("TOKEN_EXPIRED", {"iat": -7200, "exp": -3600}),
    "another audience": ("TOKEN_INVALID", {"aud": "other"}),
    "another issuer": ("TOKEN_INVALID", {"iss": "other"}),
    "a refresh token's type": ("TOKEN_INVALID", {"typ": "refresh"}),
    "no organization": ("TOKEN_MALFORMED", {"org": None}),
}


def token_of(mesh: Mesh) -> str:
    email, password = mesh.users["ceo"]
    reply = httpx.post(f"{mesh.url}/v1/auth/login", json={"email": email, "password": password})
    return str(reply.json()["accessToken"])


def forged(mesh: Mesh, token: str, changes: dict[str, Any]) -> str:
    """The same token with other claims, signed by the mesh's own key: only the claims are wrong."""
    (key,) = Home(mesh.home).signing_keys.glob("*.pem")
    claims = jwt.decode(token, options={"verify_signature": False})
    for name, value in changes.items():
        claims[name] = int(time.time()) + value if name in ("iat", "exp") else value
    present = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(present, key.read_bytes(), "RS256", {"kid": jwt.get_unverified_header(token)["kid"]})


def told(mesh: Mesh, service: str, token: str | None, certificate: str | None = None) -> str:
    """OK, or the reason of the refusal."""
    path, request, neighbour = RPCS[service]
    folder = Home(mesh.home).certificates
    name = certificate or neighbour
    credentials = grpc.ssl_channel_credentials(
        *(Path(folder / file).read_bytes() for file in ("ca.crt", f"{name}.key", f"{name}.crt"))
    )
    port = json.loads((mesh.home / "ports.json").read_text())[service]
    options = [("grpc.ssl_target_name_override", service)]
    metadata = [("authorization", f"Bearer {token}")] if token is not None else []
    # Headers by which somebody might name another organization.
    metadata += [("x-infinure-organization", str(new_id())), ("x-tenant-id", str(new_id()))]
    with grpc.secure_channel(f"127.0.0.1:{port}", credentials, options) as channel:
        call: Any = channel.unary_stream(f"/{path}", request_serializer=lambda message: message.SerializeToString())
        try:
            for _ in call(request, metadata=tuple(metadata), timeout=60):
                pass
        except grpc.RpcError as error:
            return reason(cast(Any, error))
    return "OK"


def reason(error: Any) -> str:
    status = status_pb2.Status.FromString(dict(error.trailing_metadata())["grpc-status-details-bin"])
    info = error_details_pb2.ErrorInfo()
    assert any(detail.Unpack(info) for detail in status.details)
    return str(info.reason)


@pytest.mark.parametrize("service", RPCS)
def test_a_service_checks_the_token_itself(mesh: Mesh, service: str) -> None:
    token = token_of(mesh)
    assert told(mesh, service, None) == "TOKEN_MISSING"
    assert told(mesh, service, "garbage") == "TOKEN_MALFORMED"
    header, claims, signature = token.split(".")
    other = base64.urlsafe_b64encode(bytes(reversed(base64.urlsafe_b64decode(signature + "==")))).decode().rstrip("=")
    assert told(mesh, service, f"{header}.{claims}.{other}") == "TOKEN_INVALID"
    for name, (expected, changes) in CASES.items():
        assert told(mesh, service, forged(mesh, token, changes)) == expected, name


@pytest.mark.parametrize("service", RPCS)
def test_a_process_that_may_not_call_is_refused_whatever_its_token(mesh: Mesh, service: str) -> None:
    assert told(mesh, service, token_of(mesh), certificate="web") == "PEER_NOT_ALLOWED"
