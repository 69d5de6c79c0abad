"""A person is erased from a running mesh: nothing that only they brought is found in it any more."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from re import search
from typing import Any

import httpx
import pytest

from cli.home import Home
from meshkit.ids import new_id
from tests.builders.mesh import Mesh, infinure
from tests.mesh.clients import JsonDoor, part

PASSWORD = "Amber-Walnut-Ferry-2931"
PATIENCE_SECONDS = 120.0
SCHEMAS = ("auth", "chat", "integration", "ml_gateway")


@dataclass(frozen=True)
class Canary:
    """What nobody else has: names, an address, words. `address` is one of this machine's own."""

    number: str
    address: str = "127.0.0.77"

    @property
    def last_name(self) -> str:
        return f"Quackenbosh{self.number}"

    @property
    def email(self) -> str:
        return f"zebulonia-{self.number}@canary.example"

    @property
    def agent(self) -> str:
        return f"CanaryBrowser/{self.number}"

    @property
    def topic(self) -> str:
        return f"songbird{self.number}"

    @property
    def words(self) -> tuple[str, ...]:
        return (self.last_name, self.email, self.agent, self.topic, self.address)


def found(mesh: Mesh, canary: Canary) -> list[str]:
    """Where one of the words stands: tables of services, and files of the home. The database's own files aren't looked
    at: what was deleted lies there until it is overwritten, as docs/privacy.md says."""
    places = []
    for schema in SCHEMAS:
        listed = f"SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = '{schema}'::regnamespace"
        for (table,) in mesh.control_plane(listed):
            rows = "\n".join("|".join(row) for row in mesh.control_plane(f"SELECT t::text FROM {schema}.{table} t"))
            # Bytes are told in hexadecimal.
            places += [f"{schema}.{table}: {one}" for one in canary.words if one in rows or one.encode().hex() in rows]
    for file in sorted(mesh.home.rglob("*")):
        if file.is_file() and Home(mesh.home).postgres not in file.parents:
            content = file.read_bytes()
            places += [f"{file}: {one}" for one in canary.words if one.encode() in content]
    return places


class Person:
    """What one does by the JSON door, from an address and a browser of their own."""

    def __init__(self, mesh: Mesh, canary: Canary) -> None:
        transport = httpx.HTTPTransport(local_address=canary.address)
        headers = {"user-agent": canary.agent}
        # By its address: what a name leads to may be another family than the address from which is called.
        self.http = httpx.Client(
            base_url=f"http://127.0.0.1:{mesh.port}", timeout=60, transport=transport, headers=headers
        )

    def made(self, method: str, path: str, **sent: Any) -> Any:
        reply = self.http.request(method, path, **sent)
        assert reply.status_code == 200, f"{path}: {reply.text}"
        return reply.json()


def mailed(mesh: Mesh, email: str) -> str:
    """The token of the newest mail to the address."""
    folder, deadline = Home(mesh.home).outbox, time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for file in sorted(Path(folder).glob("*.eml"), reverse=True):
            message = message_from_bytes(file.read_bytes(), policy=SMTP)
            if email in message["To"]:
                body = message.get_body(("plain",))
                token = search(r"#token=([\w-]{43})", body.get_content() if body else "")
                assert token is not None
                return token[1]
        time.sleep(0.2)
    raise AssertionError("no mail came")


@pytest.fixture
def administrator(mesh: Mesh) -> Iterator[JsonDoor]:
    door = JsonDoor(mesh)
    door.log_in(*mesh.users["ceo"])
    yield door
    door.http.close()


def made(door: JsonDoor, method: str, path: str, **sent: Any) -> Any:
    reply = door.http.request(method, path, **sent)
    assert reply.status_code == 200, f"{path}: {reply.text}"
    return reply.json()


def joined(mesh: Mesh, administrator: JsonDoor, canary: Canary) -> tuple[str, Person]:
    invited = {"email": canary.email, "firstName": "Zebulonia", "lastName": canary.last_name}
    wanted = {**invited, "place": {"role": "ROLE_DIRECTOR"}}
    user_id = made(administrator, "POST", "/v1/users:invite", json=wanted)["account"]["user"]["id"]
    person = Person(mesh, canary)
    person.made(
        "POST", "/v1/auth/invitation:accept", json={"token": mailed(mesh, canary.email), "newPassword": PASSWORD}
    )
    opened = person.made("POST", "/v1/auth/login", json={"email": canary.email, "password": PASSWORD})
    person.http.headers["authorization"] = f"Bearer {opened['accessToken']}"
    return user_id, person


def test_nothing_of_an_erased_person_is_found_in_any_store(mesh: Mesh, administrator: JsonDoor) -> None:
    canary = Canary(str(new_id())[-12:])
    user_id, person = joined(mesh, administrator, canary)
    # A question, a verdict with a reason, a file, an export of one's own data.
    conversation = person.made("POST", "/v1/chat/conversations", json={})["conversation"]["id"]
    asked = person.http.post(
        f"/v1/chat/conversations/{conversation}/messages",
        json={"content": f"how many customers like the {canary.topic}"},
    )
    events = [line.removeprefix("data: ") for line in asked.text.splitlines() if line]
    answer_id = part([json.loads(event) for event in events], "accepted")["answerId"]
    verdict = {"verdict": "VERDICT_DOWN", "reason": f"nothing about the {canary.topic}"}
    person.made("PUT", f"/v1/learning/feedback/{answer_id}", json=verdict)
    person.made("POST", f"/v1/integrations/uploads/{canary.topic}.csv", content=f"animal\n{canary.topic}\n".encode())
    exported = person.http.post("/v1/me/data:export", json={}).text
    for one in canary.words:
        assert one in exported, one
    before = found(mesh, canary)
    for place in ("auth.users", "auth.user_activities", "auth.sessions", "chat.messages", "chat.conversations",
                  "ml_gateway.feedback", "integration.uploads"):  # fmt: skip
        assert any(place in one for one in before), place
    trail = "SELECT id, encode(hash, 'hex') FROM auth.user_activities ORDER BY organization_id, sequence"
    rows = {tuple(row) for row in mesh.control_plane(trail)}

    made(administrator, "POST", f"/v1/users/{user_id}:deactivate", json={})
    erasure = made(administrator, "POST", f"/v1/users/{user_id}:erase", json={})["erasure"]
    # It would begin in a minute.
    mesh.control_plane("UPDATE auth.jobs SET run_time = now() WHERE kind = 'erase_user'")
    deadline = time.monotonic() + PATIENCE_SECONDS
    state = erasure
    while state["state"] != "ERASURE_STATE_DONE":
        assert time.monotonic() < deadline, state
        time.sleep(0.5)
        state = made(administrator, "GET", f"/v1/erasures/{erasure['id']}")["erasure"]
    assert [one["service"] for one in state["evidence"]] == ["chat", "ml_gateway", "integration", "analytics", "auth"]

    left = found(mesh, canary)
    while left and time.monotonic() < deadline:
        time.sleep(1)  # a file's bytes go by a job of their own
        left = found(mesh, canary)
    assert left == []
    # The trail has every row that it had, and holds.
    assert rows <= {tuple(row) for row in mesh.control_plane(trail)}
    verified = infinure(mesh.home, "audit", "verify")
    assert verified.returncode == 0, verified.stdout
    # After a restored backup everybody is erased again, and nothing was there this time.
    again = infinure(mesh.home, "privacy", "erase-again")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "erased again" in again.stdout
    # Usage stays, of nobody.
    usage = made(administrator, "GET", "/v1/analytics/queries:aggregate?group_by=QUERY_DIMENSION_USER")
    assert user_id not in str(usage)
