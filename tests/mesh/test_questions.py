"""Questions about the demo's data, by every door and role: the figures are those of SQL written by hand."""

import pytest

from tests.builders.mesh import Mesh
from tests.demo.questions import Question, questions
from tests.mesh.clients import GrpcDoor, GrpcWebDoor, JsonDoor, kinds, part, plain, table

ROLES = ("ceo", "director", "manager", "analyst", "viewer")
CHARTS = {
    "revenue by month in 2025": "CHART_KIND_LINE",
    "top 5 products by revenue last quarter": "CHART_KIND_BAR",
    "how many customers signed up last year by country": "CHART_KIND_BAR",
}


def expected(mesh: Mesh, question: Question) -> list[list[str]]:
    return [[plain(value) for value in row] for row in mesh.demo_rows(question.sql)]


def same(got: list[list[str]], wanted: list[list[str]], ordered: bool) -> bool:
    return got == wanted if ordered else sorted(got) == sorted(wanted)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("text", CHARTS)
def test_each_role_gets_the_right_figures_streamed_with_chart_and_sql(mesh: Mesh, role: str, text: str) -> None:
    door = JsonDoor(mesh)
    door.log_in(*mesh.users[role])
    events = door.ask(text)
    question = next(q for q in questions(mesh.demo_today()) if q.text == text)
    assert same(table(events), expected(mesh, question), question.ordered)
    assert part(events, "chart")["kind"] == CHARTS[text]
    assert "SELECT" in part(events, "query")["sql"]
    receipt = part(events, "completed")["receipt"]
    assert receipt["outcome"] == "OUTCOME_ANSWERED"
    assert receipt["sql"]
    assert kinds(events)[0] == "accepted"
    assert kinds(events)[-1] == "completed"


@pytest.mark.parametrize("door_kind", [JsonDoor, GrpcDoor, GrpcWebDoor])
def test_every_door_tells_the_same(mesh: Mesh, door_kind: type[JsonDoor] | type[GrpcDoor] | type[GrpcWebDoor]) -> None:
    door = door_kind(mesh)
    door.log_in(*mesh.users["analyst"])
    for question in questions(mesh.demo_today())[:3]:
        assert same(table(door.ask(question.text)), expected(mesh, question), question.ordered), question.text


def test_server_sent_events_where_they_are_asked_for(mesh: Mesh) -> None:
    door = JsonDoor(mesh)
    door.log_in(*mesh.users["viewer"])
    events = door.ask("how many customers do we have", accept="text/event-stream")
    assert kinds(events)[-1] == "completed"


def test_business_questions_are_right_or_are_asked_back(mesh: Mesh) -> None:
    """Every question with SQL written by hand: no wrong figure, and at most an eighth left unanswered."""
    door = GrpcDoor(mesh)
    door.log_in(*mesh.users["analyst"])
    wrong, unanswered = [], []
    all_questions = questions(mesh.demo_today())
    for question in all_questions:
        events = door.ask(question.text)
        if "rows" not in kinds(events):
            unanswered.append(question.text)
        elif not same(table(events), expected(mesh, question), question.ordered):
            wrong.append(question.text)
    assert not wrong
    assert len(unanswered) <= len(all_questions) // 8, unanswered


@pytest.mark.parametrize("text", ["hello", "what is the weather in Paris", "revenue by flavour"])
def test_what_the_data_cannot_answer_is_refused(mesh: Mesh, text: str) -> None:
    door = JsonDoor(mesh)
    door.log_in(*mesh.users["manager"])
    events = door.ask(text)
    assert "rows" not in kinds(events)
    assert {"refusal", "clarification"} & set(kinds(events))
    assert kinds(events)[-1] == "completed"
