"""A PostgreSQL database that nobody prepared for: connected, asked, forgotten."""

import json
from typing import Any

import pytest

from meshkit.ids import new_id
from tests.builders.mesh import Mesh
from tests.builders.ports import free_port
from tests.builders.postgres import Database
from tests.mesh.clients import JsonDoor, kinds, part, table


def configuration(clinic: Database, **changes: Any) -> dict[str, Any]:
    postgres = {
        "host": clinic.host, "port": clinic.port, "database": clinic.name, "username": "ward_reader",
        "password": "Ward-reader-1", "tlsMode": "TLS_MODE_DISABLE",
    }  # fmt: skip
    return {"name": "Ward", "configuration": {"postgres": {**postgres, **changes}}}


@pytest.fixture
def door(mesh: Mesh) -> JsonDoor:
    """A founder of an organization with no source yet."""
    door = JsonDoor(mesh)
    account = {
        "organizationName": "Clinic", "email": f"founder-{new_id()}@clinic.example",
        "password": "Amber-Walnut-Ferry-2931",
        "firstName": "Ada", "lastName": "Maro",
    }  # fmt: skip
    reply = door.http.post("/v1/auth/signup", json=account)
    assert reply.status_code == 200, reply.text
    door.http.headers["authorization"] = f"Bearer {reply.json()['accessToken']}"
    return door


QUESTIONS = {
    "how many visits by speciality": (
        "SELECT speciality, count(*) FROM ward.visits JOIN ward.doctors USING (doctor_id) GROUP BY 1"
    ),
    "total fee by doctor in 2024": (
        "SELECT full_name, sum(fee) FROM ward.visits JOIN ward.doctors USING (doctor_id) "
        "WHERE visited_on >= '2024-01-01' AND visited_on < '2025-01-01' GROUP BY 1"
    ),
    "average fee of referred visits": "SELECT round(avg(fee), 4) FROM ward.visits WHERE outcome = 'referred'",
    "how many visits by month in 2025": (
        "SELECT date_trunc('month', visited_on)::date, count(*) FROM ward.visits "
        "WHERE visited_on >= '2025-01-01' AND visited_on < '2026-01-01' GROUP BY 1"
    ),
}


def test_its_questions_are_answered_and_its_credentials_stay_inside(
    mesh: Mesh, door: JsonDoor, clinic: Database
) -> None:
    created = door.http.post("/v1/integrations/sources", json=configuration(clinic))
    assert created.status_code == 200, created.text
    source = created.json()["source"]
    for question, sql in QUESTIONS.items():
        wanted = sorted([line.split("|") for line in clinic.run(sql)])
        got = sorted(table(door.ask(question)))
        assert [[plain_number(v) for v in row] for row in got] == [[plain_number(v) for v in row] for row in wanted]
    catalog = door.http.get(f"/v1/integrations/sources/{source['id']}/catalog")
    assert {one["name"] for one in catalog.json()["catalog"]["tables"]} == {"doctors", "visits"}
    assert door.http.post(f"/v1/integrations/sources/{source['id']}/test", json={}).status_code == 200
    assert door.http.delete(f"/v1/integrations/sources/{source['id']}").status_code == 200
    gone = door.ask("how many visits by speciality")
    assert part(gone, "refusal")["reason"] == "REFUSAL_REASON_NO_SOURCE"
    for text in (created.text, catalog.text, mesh.logs()):
        assert "Ward-reader-1" not in text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"password": "Wrong-secret-7"}, "SOURCE_CREDENTIALS_REJECTED"),
        ({"database": "no_such_database"}, "SOURCE_DATABASE_UNKNOWN"),
        ({"port": free_port()}, "SOURCE_UNREACHABLE"),
        ({"port": 1}, "SOURCE_HOST_NOT_ALLOWED"),
        ({"host": "169.254.169.254"}, "SOURCE_HOST_NOT_ALLOWED"),
    ],
)
def test_what_cannot_be_connected_says_why_and_leaves_nothing(
    mesh: Mesh, door: JsonDoor, clinic: Database, changes: dict[str, Any], reason: str
) -> None:
    reply = door.http.post("/v1/integrations/sources", json=configuration(clinic, **changes))
    details = reply.json()["details"]
    assert [detail["reason"] for detail in details if "reason" in detail] == [reason], reply.text
    assert door.http.get("/v1/integrations/sources").json()["sources"] == []
    assert "Wrong-secret-7" not in reply.text + mesh.logs()


def test_the_control_plane_is_no_source(mesh: Mesh, door: JsonDoor, clinic: Database) -> None:
    port = json.loads((mesh.home / "ports.json").read_text())["postgres"]
    reply = door.http.post("/v1/integrations/sources", json=configuration(clinic, port=port, database="infinure"))
    assert "SOURCE_HOST_NOT_ALLOWED" in reply.text


def test_another_organizations_conversation_is_as_one_that_never_was(mesh: Mesh, door: JsonDoor) -> None:
    other = JsonDoor(mesh)
    other.log_in(*mesh.users["ceo"])
    theirs, nobodys = other.conversation(), "01890000-0000-7000-8000-000000000000"
    for method, suffix, body in (
        ("GET", "", None), ("PATCH", "", {"title": "mine"}), ("DELETE", "", None), ("GET", "/messages", None),
        ("POST", "/messages", {"content": "how many?"}),
    ):  # fmt: skip
        replies = [
            door.http.request(method, f"/v1/chat/conversations/{one}{suffix}", json=body) for one in (theirs, nobodys)
        ]
        assert [reply.status_code for reply in replies] == [404, 404]
        assert replies[0].text.replace(theirs, nobodys) == replies[1].text


def plain_number(text: str) -> str:
    try:
        return f"{float(text):.4f}"
    except ValueError:
        return text


def test_an_answer_names_its_end_once(mesh: Mesh) -> None:
    door = JsonDoor(mesh)
    door.log_in(*mesh.users["ceo"])
    told = kinds(door.ask("revenue by month in 2025"))
    assert [kind for kind in told if kind in ("completed", "failed")] == ["completed"]
