"""The HTTP door: ClickHouse's protocol, one request a query."""

import asyncio
import json
import logging
import secrets
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.types import Receive, Scope, Send

from cli.stores.clickhouse import bodies, requests
from cli.stores.clickhouse.engine import Engine
from cli.stores.clickhouse.errors import NOT_IMPLEMENTED, TOO_LARGE_RESULT, Refused, malformed
from cli.stores.clickhouse.execution import Execution, Outcome
from cli.stores.clickhouse.results import CONTENT_TYPES
from cli.stores.clickhouse.running import Queries, Query
from cli.stores.clickhouse.settings import Limits
from cli.stores.clickhouse.users import Users

Head = dict[str, str]
log = logging.getLogger(__name__)
_UNKNOWN = Refused(1002, "UNKNOWN_EXCEPTION", "The server failed; its log tells why.")


@dataclass(frozen=True)
class Door:
    """An ASGI application. Files of bodies and of waiting results go to `spool`."""

    engine: Engine
    users: Users
    queries: Queries
    execution: Execution
    known_settings: frozenset[str]
    limits: Limits
    spool: Path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = HttpRequest(scope, receive)
        answer = _Answer(send)
        try:
            await self._answer(request, receive, answer)
        except ClientDisconnect:
            return
        except Refused as refused:
            await answer.fail(refused)
        except Exception as error:
            # Without the error's words: they may hold what the query held.
            places = "".join(traceback.format_tb(error.__traceback__))
            log.error("a request failed: %s\n%s", type(error).__name__, places)
            await answer.fail(_UNKNOWN)

    async def _answer(self, request: HttpRequest, receive: Receive, answer: "_Answer") -> None:
        if request.url.path == "/ping" or (
            request.url.path == "/" and not request.url.query and request.method != "POST"
        ):
            await answer.whole(HTTPStatus.OK, {"Content-Type": "text/plain; charset=UTF-8"}, b"Ok.\n")
            return
        if request.url.path != "/" or request.method not in ("GET", "POST"):
            await answer.whole(HTTPStatus.NOT_FOUND, {}, b"There is nothing here. Queries are posted to /.\n")
            return
        pairs = list(request.query_params.multi_items())
        user = self.users.recognise(request.headers, dict(pairs))
        if request.headers.get("content-type", "").startswith("multipart/"):
            raise Refused(NOT_IMPLEMENTED, "NOT_IMPLEMENTED", "Forms and external tables are not supported.")
        asked = requests.read(pairs, request.headers, self.known_settings)
        body = bodies.Spool(self.spool, self.limits.body, bodies.too_large())
        try:
            await bodies.receive(request.stream(), request.headers.get("content-encoding", ""), body)
            if not asked.query.strip() and not body.size:
                raise malformed("There is no query.")
            query_id = asked.query_id or str(uuid4())
            answer.head["X-ClickHouse-Query-Id"] = query_id
            async with self.queries.begun(query_id, user) as query:
                watching = asyncio.create_task(_until_gone(receive, query))
                try:
                    await self._run(asked, body, query, answer, request.method == "GET")
                finally:
                    watching.cancel()
        finally:
            body.close()

    async def _run(
        self, asked: requests.Request, body: bodies.Spool, query: Query, answer: "_Answer", reads_only: bool
    ) -> None:
        outcome = Outcome()
        pieces = self.execution.run(asked, body, query.mark, reads_only, outcome)
        try:
            first = await query.run(lambda: next(pieces, None))
            if outcome.kills is not None:
                await answer.whole(HTTPStatus.OK, _described(outcome), self._kill(outcome.kills, query.user))
                return
            rest = _rest(first, pieces, query)
            if asked.waits or outcome.writes:
                await self._when_ended(rest, outcome, answer)
            else:
                await answer.stream(_described(outcome), rest)
        finally:
            await query.finish(pieces.close)  # type: ignore[attr-defined]

    async def _when_ended(self, pieces: AsyncIterator[bytes], outcome: Outcome, answer: "_Answer") -> None:
        over = Refused(TOO_LARGE_RESULT, "TOO_MANY_ROWS_OR_BYTES", "The result is too large to wait for its end.")
        held = bodies.Spool(self.spool, self.limits.result, over)
        try:
            async for piece in pieces:
                held.write(piece)
            await answer.stream(
                _described(outcome) | {"X-ClickHouse-Summary": json.dumps(outcome.summary, separators=(",", ":"))},
                _several(held.chunks()),
                held.size,
            )
        finally:
            held.close()

    def _kill(self, query_id: str, user: str) -> bytes:
        """One line, as ClickHouse answers, and none where there is no such query."""
        return f"waiting\t{query_id}\t{user}\t\n".encode() if self.queries.kill(query_id, user) else b""


class _Answer:
    """The response: one start, its pieces, one end; a failure in the middle is told inside the body."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._started = False
        self._tag = secrets.token_hex(8)
        self.head: Head = {
            "X-ClickHouse-Server-Display-Name": "infinure",
            "X-ClickHouse-Timezone": "UTC",
        }

    async def whole(self, status: HTTPStatus, head: Head, content: bytes) -> None:
        await self._start(status, {**head, "Content-Length": str(len(content))})
        await self._send({"type": "http.response.body", "body": content})

    async def stream(self, head: Head, pieces: AsyncIterator[bytes], size: int | None = None) -> None:
        """The status is sent with the first piece, so a failure before it has a status of its own."""
        length = {"X-ClickHouse-Exception-Tag": self._tag} if size is None else {"Content-Length": str(size)}
        async for piece in pieces:
            if not self._started:
                await self._start(HTTPStatus.OK, head | length)
            if piece:
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
        if not self._started:
            await self._start(HTTPStatus.OK, head | length)
        await self._send({"type": "http.response.body", "body": b""})

    async def fail(self, refused: Refused) -> None:
        """With its status, or inside the body that has begun, in the way that the client looks for."""
        text = refused.body.encode(errors="replace")
        if not self._started:
            head = {"Content-Type": "text/plain; charset=UTF-8", "X-ClickHouse-Exception-Code": str(refused.code)}
            await self.whole(refused.status, head, text + b"\n")
            return
        tag = self._tag.encode()
        told = b"__exception__\r\n%b\r\n%b\n%d %b\r\n__exception__\r\n" % (tag, text, len(text) + 1, tag)
        with suppress(OSError):
            await self._send({"type": "http.response.body", "body": told})

    async def _start(self, status: HTTPStatus, head: Head) -> None:
        self._started = True
        fields = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in (self.head | head).items()]
        await self._send({"type": "http.response.start", "status": status.value, "headers": fields})


async def _rest(first: bytes | None, pieces: Iterator[bytes], query: Query) -> AsyncIterator[bytes]:
    piece = first
    while piece is not None:
        yield piece
        piece = await query.run(lambda: next(pieces, None))


async def _several(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def _until_gone(receive: Receive, query: Query) -> None:
    """A connection that is closed ends its query."""
    while (await receive())["type"] != "http.disconnect":
        continue
    query.kill()


def _described(outcome: Outcome) -> Head:
    if outcome.writes:  # no result, so of no format: by that the client knows
        return {"Content-Type": "text/plain; charset=UTF-8"}
    content_type = CONTENT_TYPES.get(outcome.format, "text/plain; charset=UTF-8")
    return {"X-ClickHouse-Format": outcome.format, "Content-Type": content_type}


def spool_folder(folder: Path) -> Path:
    """Where bodies wait on disk. A killed process leaves nothing here: its files had no names."""
    place = folder / "spool"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place
