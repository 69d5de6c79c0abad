"""Channels to other services: mTLS to that service alone, a deadline, the caller's token, MeshErrors.

The channel stands before grpc's own instead of being an interceptor: those cost a task per call, and keep cancelled
calls alive (grpc/grpc 43462).
"""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

import grpc

from meshkit.calls import FailureTelling, Method, Stream
from meshkit.settings import PeerSettings, TlsSettings

DEADLINE = 10.0
MAX_MESSAGE = 4 * 1024 * 1024

S = TypeVar("S")


class MeshChannel:
    """Looks like a grpc.aio.Channel to generated stubs."""

    def __init__(self, channel: grpc.aio.Channel, deadline: float) -> None:
        self._channel = channel
        self._deadline = deadline

    def unary_unary(self, method: str, *args: Any, **kwargs: Any) -> Method:
        return Method(self._channel.unary_unary(method, *args, **kwargs), FailureTelling, self._deadline)

    def stream_unary(self, method: str, *args: Any, **kwargs: Any) -> Method:
        return Method(self._channel.stream_unary(method, *args, **kwargs), FailureTelling, self._deadline)

    def unary_stream(self, method: str, *args: Any, **kwargs: Any) -> Method:
        return Method(self._channel.unary_stream(method, *args, **kwargs), Stream, None)

    def stream_stream(self, method: str, *args: Any, **kwargs: Any) -> Method:
        return Method(self._channel.stream_stream(method, *args, **kwargs), Stream, None)


@asynccontextmanager
async def open_channel(
    settings: PeerSettings,
    tls: TlsSettings | None,
    *,
    service: str,
    safe: Sequence[str] = (),
    deadline: float = DEADLINE,
) -> AsyncIterator[grpc.aio.Channel]:
    """A channel to `service`, whose certificate must name it. Connects when first used.

    Unary calls end after `deadline` seconds unless the call says `timeout=`; streams have no deadline of their own.
    Rpcs listed in `safe` ("infinure.auth.v1.AuthService/GetJwks") are tried up to three times while the peer is
    unavailable: only those that may happen twice. Without an `authorization` of its own a call carries the running
    caller's token.
    """
    options = _options(safe)
    if tls is None:
        channel = grpc.aio.insecure_channel(settings.address, options)
    else:
        credentials = grpc.ssl_channel_credentials(
            tls.authority.read_bytes(), tls.key.read_bytes(), tls.certificate.read_bytes()
        )
        named = [*options, ("grpc.ssl_target_name_override", service)]
        channel = grpc.aio.secure_channel(settings.address, credentials, named)
    try:
        yield cast(grpc.aio.Channel, MeshChannel(channel, deadline))
    finally:
        await channel.close()


@asynccontextmanager
async def stream(call: S) -> AsyncIterator[S]:
    """`async with stream(stub.Answer(request)) as events`: a stream left early is cancelled, not abandoned."""
    try:
        yield call
    finally:
        cast(Any, call).cancel()


def _options(safe: Sequence[str]) -> list[tuple[str, Any]]:
    config: dict[str, Any] = {"methodConfig": []}
    if safe:
        names = [{"service": one.partition("/")[0], "method": one.partition("/")[2]} for one in safe]
        retry = {
            "maxAttempts": 3,
            "initialBackoff": "0.1s",
            "maxBackoff": "1s",
            "backoffMultiplier": 2,
            "retryableStatusCodes": ["UNAVAILABLE"],
        }
        config["methodConfig"].append({"name": names, "retryPolicy": retry})
        config["retryThrottling"] = {"maxTokens": 10, "tokenRatio": 0.1}
    return [
        ("grpc.service_config", json.dumps(config)),
        ("grpc.enable_retries", 1),
        ("grpc.max_receive_message_length", MAX_MESSAGE),
        ("grpc.max_send_message_length", MAX_MESSAGE),
        ("grpc.max_metadata_size", 16 * 1024),
        # How long a peer may take to shake hands, whatever the option's name says; it doesn't delay the next attempt.
        ("grpc.min_reconnect_backoff_ms", 5_000),
        # A peer that came back is found within two seconds.
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.max_reconnect_backoff_ms", 2_000),
        ("grpc.keepalive_time_ms", 30_000),
        ("grpc.keepalive_timeout_ms", 10_000),
        ("grpc.http2.max_pings_without_data", 0),
        # Channels of one process to one address would otherwise share a connection, whatever certificate they name.
        ("grpc.use_local_subchannel_pool", 1),
    ]
