"""What somebody doesn't allow isn't done from their next question on, over the whole mesh."""

import json
import time

from tests.builders.mesh import Mesh
from tests.mesh.clients import JsonDoor, part

QUESTION = "how many customers do we have"
PATIENCE_SECONDS = 60.0


def questions_of(leader: JsonDoor, user_id: str) -> tuple[int, int]:
    """How many questions usage has of the person, and of nobody."""
    reply = leader.http.get("/v1/analytics/queries:aggregate?groupBy=QUERY_DIMENSION_USER")
    assert reply.status_code == 200, reply.text
    counts = {one.get("value", ""): int(one["queryCount"]) for one in reply.json().get("groups", [])}
    return counts.get(user_id, 0), counts.get("", 0)


def wait_for(leader: JsonDoor, user_id: str, wanted: tuple[int, int]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (seen := questions_of(leader, user_id)) != wanted:
        assert time.monotonic() < deadline, (seen, wanted)
        time.sleep(0.3)


def test_a_withdrawn_consent_holds_for_the_next_question(mesh: Mesh) -> None:
    leader, viewer = JsonDoor(mesh), JsonDoor(mesh)
    leader.log_in(*mesh.users["ceo"])
    viewer.log_in(*mesh.users["viewer"])
    user_id = viewer.http.get("/v1/me").json()["user"]["id"]
    uses = f"SELECT count(*) FROM ml_gateway.answer_uses WHERE user_id = '{user_id}'"

    def say(given: bool) -> None:
        for purpose in ("CONSENT_PURPOSE_LEARNING", "CONSENT_PURPOSE_USAGE"):
            reply = viewer.http.put(f"/v1/me/consents/{purpose}", json={"given": given})
            assert reply.status_code == 200, reply.text

    viewer.ask(QUESTION)
    time.sleep(2)  # usage comes by an outbox
    before, nobodys = questions_of(leader, user_id)
    noted = mesh.control_plane(uses)
    assert before >= 1
    say(False)
    answer_id = part(viewer.ask(QUESTION), "accepted")["answerId"]
    wait_for(leader, user_id, (before, nobodys + 1))
    assert mesh.control_plane(uses) == noted
    judged = viewer.http.put(f"/v1/learning/feedback/{answer_id}", json={"verdict": "VERDICT_UP"})
    assert (judged.status_code, "CONSENT_WITHDRAWN" in judged.text) == (400, True), json.dumps(judged.json())
    say(True)
    viewer.ask(QUESTION)
    wait_for(leader, user_id, (before + 1, nobodys + 1))
