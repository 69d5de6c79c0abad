"""Files over the JSON door, as curl sends them: each call has a clear end."""

from __future__ import annotations

import json
from typing import Any

import httpx

from meshkit.ids import new_id
from tests.builders.mesh import Mesh
from tests.mesh.clients import JsonDoor

UPLOADS = "/v1/integrations/uploads"
TABLES = "/v1/integrations/warehouse/tables"


def manager(mesh: Mesh) -> JsonDoor:
    door = JsonDoor(mesh)
    door.log_in(*mesh.users["ceo"])
    return door


def sent(door: JsonDoor, name: str, content: bytes) -> str:
    reply = door.http.post(f"{UPLOADS}/{name}", content=content)
    assert reply.status_code == 200, reply.text
    return str(reply.json()["upload"]["id"])


def lines(reply: httpx.Response) -> list[dict[str, Any]]:
    return [json.loads(line) for line in reply.text.splitlines() if line]


def reason(status: dict[str, Any]) -> str:
    (info,) = [detail for detail in status["details"] if detail["@type"].endswith("ErrorInfo")]
    return str(info["reason"])


def test_a_reading_that_fails_after_it_began_says_so_in_its_last_line(mesh: Mesh) -> None:
    door = manager(mesh)
    upload_id = sent(door, "header.csv", b"day,amount\n")
    reply = door.http.post(f"{UPLOADS}/{upload_id}:prepare", json={})
    *before, last = lines(reply)
    assert before
    assert all("progress" in line for line in before)
    assert reason(last["failed"]) == "UPLOAD_EMPTY"


def test_a_load_of_what_is_not_there_says_so(mesh: Mesh) -> None:
    door = manager(mesh)
    reply = door.http.post(TABLES, json={"table": "sales", "upload": {"upload_id": str(new_id())}})
    assert reason(lines(reply)[-1]["failed"]) == "UPLOAD_NOT_FOUND"


def test_a_file_is_read_and_asked_and_removed(mesh: Mesh) -> None:
    door = manager(mesh)
    upload_id = sent(door, "pets.csv", b"animal,weight\ncat,4.5\ndog,20.25\ncat,5.25\n")
    read = lines(door.http.post(f"{UPLOADS}/{upload_id}:prepare", json={}))[-1]["upload"]
    assert [table["rowCount"] for table in read["tables"]] == ["3"]
    wanted = {"source": {"name": f"Pets {upload_id}", "configuration": {"files": {"upload_ids": [upload_id]}}}}
    made = lines(door.http.post("/v1/integrations/sources:connect", json=wanted))[-1]["source"]
    catalog = door.http.get(f"/v1/integrations/sources/{made['id']}/catalog").json()["catalog"]
    assert [table["name"] for table in catalog["tables"]] == ["pets"]
    assert door.http.delete(f"/v1/integrations/sources/{made['id']}").status_code == 200
    gone = door.http.get(f"/v1/integrations/sources/{made['id']}/catalog")
    assert (gone.status_code, reason(gone.json())) == (404, "SOURCE_NOT_FOUND")
