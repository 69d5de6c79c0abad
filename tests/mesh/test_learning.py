"""What is chosen when asked back is learned by the organization, through the whole mesh and by the JSON door."""

import json
from typing import Any

from tests.builders.mesh import Mesh
from tests.mesh.clients import JsonDoor, kinds, part


def signed_in(mesh: Mesh, role: str) -> JsonDoor:
    door = JsonDoor(mesh)
    door.log_in(*mesh.users[role])
    return door


def ask(door: JsonDoor, conversation_id: str, question: str) -> list[dict[str, Any]]:
    path = f"/v1/chat/conversations/{conversation_id}/messages"
    with door.http.stream("POST", path, json={"content": question}) as reply:
        assert reply.status_code == 200, reply.read()
        return [json.loads(line.removeprefix("data: ")) for line in reply.iter_lines() if line]


def asked_back(mesh: Mesh) -> tuple[str, dict[str, Any]]:
    """A question of the demo that is asked back, and the clarification."""
    door = signed_in(mesh, "analyst")
    for question in QUESTIONS:
        events = door.ask(question)
        if "clarification" in kinds(events):
            return question, part(events, "clarification")
    raise AssertionError("none of the questions is asked back")


QUESTIONS = ("top 5 customers", "top products", "list price by product", "orders by city")


def test_a_choice_is_learned_told_and_forgotten(mesh: Mesh) -> None:
    question, clarification = asked_back(mesh)
    analyst, director = signed_in(mesh, "analyst"), signed_in(mesh, "director")
    conversation_id = analyst.conversation()
    ask(analyst, conversation_id, question)
    chosen = ask(analyst, conversation_id, clarification["options"][-1]["question"])
    assert kinds(chosen)[-1] == "completed"
    assert "clarification" not in kinds(chosen)

    # Somebody else of the organization, in a conversation of their own.
    again = signed_in(mesh, "viewer").ask(question)
    assert "clarification" not in kinds(again)
    assert part(again, "query")["sql"] == part(chosen, "query")["sql"]
    (word,) = part(again, "interpretation")["learnedWords"]
    assert "as chosen on" in word["text"]

    listed = director.http.get("/v1/learning/synonyms").json()["synonyms"]
    assert word["synonymId"] in {one["id"] for one in listed}
    assert signed_in(mesh, "viewer").http.get("/v1/learning/synonyms").status_code == 403
    gone = director.http.delete(f"/v1/learning/synonyms/{word['synonymId']}")
    assert gone.status_code == 200, gone.text
    assert "clarification" in kinds(analyst.ask(question))


def test_an_answer_is_verified_replayed_and_measured(mesh: Mesh) -> None:
    director, viewer = signed_in(mesh, "director"), signed_in(mesh, "viewer")
    question = "how many customers signed up in 2024 by country"
    receipt = part(director.ask(question), "completed")["receipt"]
    replayed = director.http.post("/v1/receipts:replay", json={"receipt": receipt}).json()
    assert replayed["identical"], replayed
    made = director.http.post("/v1/learning/verified-answers", json={"receipt": receipt})
    assert made.status_code == 200, made.text
    verified = made.json()["verifiedAnswer"]
    try:
        events = viewer.ask("show me how many customers signed up in 2024, by country")
        assert part(events, "interpretation")["verified"]["verifiedAnswerId"] == verified["id"]
        other = viewer.ask("how many customers signed up in 2023 by country")
        assert "verified" not in part(other, "interpretation")
        answer_id = part(events, "accepted")["answerId"]
        thumb = viewer.http.put(f"/v1/learning/feedback/{answer_id}", json={"verdict": "VERDICT_UP"})
        assert thumb.json()["feedback"]["verifiedAnswerId"] == verified["id"]
        seen = director.http.get(f"/v1/learning/verified-answers/{verified['id']}").json()["verifiedAnswer"]
        assert (seen["weight"], int(seen["useCount"])) == (1.1, 1)
    finally:
        director.http.delete(f"/v1/learning/verified-answers/{verified['id']}")

    source_id = receipt["sourceId"]
    expected = {"expected": {"sql": receipt["sql"]}, "question": question, "sourceId": source_id}
    added = director.http.post("/v1/evaluation/questions", json=expected)
    assert added.status_code == 200, added.text
    with director.http.stream("POST", "/v1/evaluation/runs", json={"sourceId": source_id}) as reply:
        lines = [json.loads(line) for line in reply.iter_lines() if line]
    assert lines[-1]["completed"]["accuracy"] == 1
    runs = director.http.get("/v1/evaluation/runs", params={"source_id": source_id}).json()["evaluationRuns"]
    assert [run["accuracy"] for run in runs] == [1]
    assert question not in mesh.logs()
