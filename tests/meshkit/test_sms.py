"""Text messages: what a webhook is told and by whom, what its answers mean, and what is kept in a folder."""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from meshkit.secrets import Secret
from meshkit.settings import SettingsError, load
from meshkit.sms import SmsSettings, Text, TextRefused, TextUndelivered, WebhookSettings, open_texter
from meshkit.sms.folder import MOST_KEPT
from meshkit.sms.webhook import SIGNATURE, WebhookTexter
from tests.builders.ports import free_port

NUMBER = "+4915112345678"
SECRET = "Kestrel-" * 5


@dataclass
class Endpoint:
    """An operator's endpoint: answers as it is told, the last answer for good, and keeps what it was sent."""

    port: int = 0
    answers: list[int] = field(default_factory=lambda: [200])
    took: list[tuple[str, bytes]] = field(default_factory=list)
    slow_seconds: float = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sms"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    known = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known.took.append((self.headers[SIGNATURE], body))
            sleep(known.slow_seconds)
            self.send_response(known.answers.pop(0) if len(known.answers) > 1 else known.answers[0])
            self.send_header("Location", f"{known.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.port = server.server_port
    Thread(target=server.serve_forever, daemon=True).start()
    yield known
    server.shutdown()
    server.server_close()


def texter(url: str, timeout: float = 2.0) -> WebhookTexter:
    return WebhookTexter(
        WebhookSettings(url, Path(), timeout=timeout), Secret(SECRET), (0.0, 0.0), lambda: 1_700_000_000
    )


async def test_the_webhook_is_told_once_and_can_tell_who_tells_it(endpoint: Endpoint) -> None:
    text = Text(NUMBER, "123456 is your code für Größe")
    await texter(endpoint.url).send(text)
    ((header, body),) = endpoint.took
    assert json.loads(body) == {"id": str(text.id), "to": NUMBER, "text": text.text}
    expected = hmac.new(SECRET.encode(), b"1700000000." + body, sha256).hexdigest()
    assert header == f"t=1700000000,v1={expected}"


async def test_it_is_tried_three_times_with_the_same_id(endpoint: Endpoint) -> None:
    endpoint.answers = [503, 500, 202]
    await texter(endpoint.url).send(Text(NUMBER, "1"))
    assert len(endpoint.took) == 3
    assert len({json.loads(body)["id"] for _, body in endpoint.took}) == 1
    endpoint.answers = [500]
    with pytest.raises(TextUndelivered, match="500"):
        await texter(endpoint.url).send(Text(NUMBER, "2"))
    assert len(endpoint.took) == 6


@pytest.mark.parametrize("answer", [400, 404, 422, 301, 307])
async def test_a_refusal_is_final_and_a_redirect_is_one(endpoint: Endpoint, answer: int) -> None:
    endpoint.answers = [answer]
    with pytest.raises(TextRefused) as refused:
        await texter(endpoint.url).send(Text(NUMBER, "1"))
    assert len(endpoint.took) == 1
    assert NUMBER not in str(refused.value)


async def test_who_is_slow_or_away_is_not_waited_for(endpoint: Endpoint) -> None:
    endpoint.slow_seconds = 1.0
    with pytest.raises(TextUndelivered):
        await texter(endpoint.url, timeout=0.1).send(Text(NUMBER, "1"))
    with pytest.raises(TextUndelivered):
        await texter(f"http://127.0.0.1:{free_port()}").send(Text(NUMBER, "1"))


async def test_without_a_webhook_messages_are_files_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    kept = open_texter(SmsSettings(), folder)
    text = Text(NUMBER, "123456 is your code")
    await kept.send(text)
    await kept.send(Text("+12025550123", "another's"))
    files = sorted(folder.glob("*.sms.json"))
    assert {json.loads(file.read_bytes())["to"] for file in files} == {NUMBER, "+12025550123"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert await kept.forget(NUMBER) == 1
    assert len(list(folder.glob("*.sms.json"))) == 1
    for number in range(MOST_KEPT + 1):
        (folder / f"0{number}.sms.json").write_text(json.dumps({"to": "+1"}))
    await kept.send(text)
    assert len(list(folder.glob("*.sms.json"))) == MOST_KEPT


async def test_where_nothing_is_set_nobody_is_sent_anything() -> None:
    with pytest.raises(TextUndelivered):
        await open_texter(SmsSettings()).send(Text(NUMBER, "1"))


@pytest.mark.parametrize(
    "url",
    ["http://sms.example", "https://u:p@sms.example", "ftp://sms.example", "https:///x", "http://127.0.0.1.example/"],
)
def test_an_unsafe_url_is_no_setting(url: str) -> None:
    with pytest.raises(SettingsError):
        load(SmsSettings, {"INFINURE_SMS_WEBHOOK_URL": url, "INFINURE_SMS_WEBHOOK_SECRET_FILE": "/x"})


@pytest.mark.parametrize(
    "url", ["https://sms.example/in", "http://127.0.0.1:9/in", "http://[::1]/", "http://localhost/"]
)
def test_a_webhook_needs_a_secret_that_cannot_be_tried_through(url: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    settings = load(SmsSettings, {"INFINURE_SMS_WEBHOOK_URL": url, "INFINURE_SMS_WEBHOOK_SECRET_FILE": str(file)})
    with pytest.raises(SettingsError, match="read"):
        open_texter(settings)
    file.write_text("short\n")
    with pytest.raises(SettingsError, match="32") as short:
        open_texter(settings)
    assert "short" not in str(short.value)
    file.write_text(f"{SECRET}\n")
    assert isinstance(open_texter(settings), WebhookTexter)


def test_neither_number_nor_text_is_printed() -> None:
    assert NUMBER not in repr(Text(NUMBER, "123456"))
    assert "123456" not in repr(Text(NUMBER, "123456"))
