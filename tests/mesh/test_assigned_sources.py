"""An analyst who is held to one source asks that one, and knows of no other, through the whole mesh."""

from typing import Any

from meshkit.ids import new_id
from tests.builders.mesh import Mesh
from tests.mesh.clients import JsonDoor, kinds, next_second, part
from tests.mesh.test_browser_mailed_links import mailed_link
from tests.mesh.test_files_over_json import lines, sent

PASSWORD = "Amber-Walnut-Ferry-2931"


def connected(door: JsonDoor, name: str, content: bytes) -> str:
    upload_id = sent(door, f"{name}.csv", content)
    door.http.post(f"/v1/integrations/uploads/{upload_id}:prepare", json={})
    wanted = {"source": {"name": name, "configuration": {"files": {"upload_ids": [upload_id]}}}}
    return str(lines(door.http.post("/v1/integrations/sources:connect", json=wanted))[-1]["source"]["id"])


def founder(mesh: Mesh) -> JsonDoor:
    door = JsonDoor(mesh)
    names = {"organizationName": "Zoo", "firstName": "Ada", "lastName": "Maro"}
    fields = {**names, "email": f"ada-{new_id()}@zoo.example", "password": PASSWORD}
    opened = door.http.post("/v1/auth/signup", json=fields).json()
    door.http.headers["authorization"] = f"Bearer {opened['accessToken']}"
    return door


def analyst(mesh: Mesh, leader: JsonDoor, source_ids: list[str]) -> tuple[JsonDoor, dict[str, Any]]:
    email = f"bo-{new_id()}@zoo.example"
    place = {"role": "ROLE_ANALYST", "sourceIds": source_ids}
    invited = {"email": email, "firstName": "Bo", "lastName": "Lind", "place": place}
    account = leader.http.post("/v1/users:invite", json=invited).json()["account"]
    token = mailed_link(mesh, email, "/accept-invitation").partition("token=")[2]
    door = JsonDoor(mesh)
    accepted = door.http.post("/v1/auth/invitation:accept", json={"token": token, "newPassword": PASSWORD})
    assert accepted.status_code == 200, accepted.text
    door.log_in(email, PASSWORD)
    return door, account


def test_a_person_asks_the_sources_that_they_are_held_to_and_no_other(mesh: Mesh) -> None:
    leader = founder(mesh)
    pets = connected(leader, "Pets", b"animal,weight\ncat,4.5\ndog,20.25\ncat,5.25\n")
    birds = connected(leader, "Birds", b"bird,wingspan\nowl,1.5\nhawk,1.25\n")
    door, account = analyst(mesh, leader, [pets])
    assert [one["id"] for one in door.http.get("/v1/integrations/sources").json()["sources"]] == [pets]
    assert door.http.get(f"/v1/integrations/sources/{birds}").status_code == 404
    answered = door.ask("how many pets are there")
    assert kinds(answered)[-1] == "completed"
    assert part(answered, "query")["sourceId"] == pets
    assert "query" not in kinds(door.ask("how many birds are there"))

    place = {"role": "ROLE_ANALYST", "sourceIds": [birds]}
    etag = leader.http.get(f"/v1/users/{account['user']['id']}").json()["account"]["etag"]
    changed = leader.http.put(f"/v1/users/{account['user']['id']}", json={"place": place, "etag": etag})
    assert changed.status_code == 200, changed.text
    next_second()
    door.log_in(account["user"]["email"], PASSWORD)
    assert [one["id"] for one in door.http.get("/v1/integrations/sources").json()["sources"]] == [birds]
    assert part(door.ask("how many birds are there"), "query")["sourceId"] == birds
