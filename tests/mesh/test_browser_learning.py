"""What is learned, judged, replayed and measured by a person in a real browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from meshkit.ids import new_id
from tests.builders.mesh import Mesh
from tests.builders.postgres import Database
from tests.mesh.clients import JsonDoor
from tests.mesh.test_browser import log_in
from tests.mesh.test_browser_sources import connect, sign_up
from tests.mesh.test_learning import asked_back, signed_in

pytestmark = pytest.mark.browser

QUESTION = "how many visits by speciality"
SAME_QUESTION = "show me how many visits, by speciality"


@pytest.fixture
def ward(page: Page, clinic: Database) -> Page:
    """Signed in to an organization of its own, with the clinic as its one source, on the source's page."""
    sign_up(page)
    connect(page, clinic, "Ward-reader-1")
    expect(page).to_have_url(re.compile("/sources/[0-9a-f-]{36}$"), timeout=30_000)
    return page


@pytest.fixture
def words(mesh: Mesh) -> Iterator[JsonDoor]:
    """The demo's director, whose organization knows the words afterwards that it knew before."""
    door = signed_in(mesh, "director")
    before = {one["id"] for one in listed(door)}
    yield door
    for one in listed(door):
        if one["id"] not in before:
            assert door.http.delete(f"/v1/learning/synonyms/{one['id']}").status_code == 200


def listed(door: JsonDoor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        door.http.get("/v1/learning/synonyms", params={"page_size": 100}).json().get("synonyms", [])
    )
    return found


def asked(page: Page, question: str) -> Locator:
    """The ended answer to a question, in the conversation that is open."""
    answers = page.get_by_test_id("assistant-message")
    before = answers.count()
    page.get_by_test_id("chat-input").fill(question)
    page.get_by_test_id("chat-input").press("Enter")
    expect(answers).to_have_count(before + 1, timeout=30_000)
    return ended(page)


def ended(page: Page) -> Locator:
    answer = page.get_by_test_id("assistant-message").last
    expect(answer).to_have_attribute("data-phase", "completed", timeout=30_000)
    return answer


def test_a_number_answers_the_question_back_and_what_was_chosen_is_seen_edited_and_forgotten(
    mesh: Mesh, page: Page, words: JsonDoor
) -> None:
    question, clarification = asked_back(mesh)
    wanted = clarification["options"][1]
    log_in(page, mesh, "director")
    answer = asked(page, question)
    expect(answer.get_by_test_id("clarification-option")).to_have_count(len(clarification["options"]))
    conversation = page.url
    page.get_by_test_id("chat-input").fill("2")
    page.get_by_test_id("chat-input").press("Enter")
    expect(page.get_by_test_id("user-message").last).to_have_text(wanted["question"])
    expect(ended(page).get_by_test_id("clarification")).to_have_count(0)
    assert page.url == conversation

    answer = asked(page, question)
    expect(answer.get_by_test_id("clarification")).to_have_count(0)
    label = answer.get_by_test_id("used-word")
    expect(label).to_contain_text("your word")
    label.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/learned"))
    entry = page.locator('[data-testid=learned-entry][aria-current="true"]')
    expect(entry).to_contain_text("by you")

    entry.get_by_role("button", name=re.compile("^Edit")).press("Enter")
    page.get_by_test_id("word-words").fill(f"{question} please")
    page.get_by_test_id("word-words").press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(entry).to_contain_text(f"“{question} please”")

    entry.get_by_role("button", name=re.compile("^Delete")).press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(entry).to_have_count(1)
    entry.get_by_role("button", name=re.compile("^Delete")).press("Enter")
    page.get_by_test_id("confirm-delete").click()
    expect(entry).to_have_count(0)
    page.goto("/chat")
    expect(asked(page, question).get_by_test_id("clarification")).to_be_visible()


def test_a_key_chooses_an_option_outside_of_any_field(mesh: Mesh, page: Page, words: JsonDoor) -> None:
    question, clarification = asked_back(mesh)
    log_in(page, mesh, "director")
    asked(page, question)
    page.get_by_test_id("how").last.focus()
    page.keyboard.press("1")
    expect(page.get_by_test_id("user-message").last).to_have_text(clarification["options"][0]["question"])
    ended(page)


def test_an_answer_is_verified_reused_labelled_doubted_and_trusted_again(ward: Page) -> None:
    ward.goto("/chat")
    answer = asked(ward, QUESTION)
    expect(answer.get_by_test_id("confidence")).to_contain_text(re.compile("sure|guess", re.IGNORECASE))
    answer.get_by_test_id("verify").click()
    expect(ward.get_by_test_id("verify-question")).to_have_value(QUESTION)
    ward.get_by_test_id("confirm-verify").click()
    expect(answer.get_by_test_id("is-verified")).to_be_visible()

    ward.goto("/chat")
    answer = asked(ward, SAME_QUESTION)
    label = answer.get_by_test_id("used-verified")
    expect(label).to_contain_text(f"“{QUESTION}”")
    expect(answer.get_by_test_id("verify")).to_have_count(0)
    answer.get_by_test_id("thumb-down").click()
    ward.get_by_label("What is wrong with it?").fill("Referred visits count twice")
    answer.get_by_test_id("send-reason").click()
    expect(answer.get_by_test_id("verdict-reason")).to_have_count(0)
    ward.reload()
    expect(ended(ward).get_by_test_id("thumb-down")).to_have_attribute("aria-pressed", "true")

    ward.get_by_test_id("used-verified").get_by_role("link").click()
    entry = ward.get_by_test_id("learned-entry")
    expect(entry).to_contain_text("Doubted")
    entry.get_by_role("button", name="Clear the doubt").click()
    expect(entry).not_to_contain_text("Doubted")
    entry.get_by_role("button", name=re.compile("^Edit")).click()
    ward.get_by_test_id("answer-question").fill("how many visits has each speciality")
    ward.get_by_test_id("save-answer").click()
    expect(entry).to_contain_text("how many visits has each speciality")
    entry.get_by_role("button", name=re.compile("^Edit")).click()
    ward.get_by_test_id("answer-sql").fill("SELECT count(*) FROM ward.nothing_of_the_kind")
    ward.get_by_test_id("save-answer").click()
    expect(ward.get_by_role("alert")).to_contain_text("Check the names")
    ward.keyboard.press("Escape")
    ward.get_by_test_id("tab-thumbs").click()
    expect(ward.get_by_test_id("learned-entry")).to_contain_text("Referred visits count twice")
    ward.get_by_test_id("tab-answers").click()
    ward.get_by_test_id("learned-entry").get_by_role("button", name=re.compile("^Delete")).click()
    ward.get_by_test_id("confirm-delete").click()
    expect(ward.get_by_test_id("empty")).to_be_visible()


def test_an_answer_tells_how_it_was_made_and_replays_until_something_else_is_taught(ward: Page) -> None:
    ward.goto("/chat")
    answer = asked(ward, QUESTION)
    answer.get_by_test_id("how").press("Enter")
    marked = answer.get_by_test_id("marked-question")
    expect(marked).to_have_text(QUESTION)
    expect(marked.locator("mark", has_text="speciality")).to_have_count(1)
    expect(answer.get_by_test_id("sql")).to_contain_text("SELECT")
    expect(answer.get_by_test_id("receipt")).to_contain_text(re.compile(r"visits \([\d,about ]+ rows\)"))
    answer.get_by_test_id("replay").click()
    expect(answer.get_by_test_id("replayed")).to_contain_text("The same query")

    answer.get_by_test_id("to-benchmark").click()
    expect(ward.get_by_test_id("benchmark-question")).to_have_value(QUESTION)
    expect(ward.get_by_test_id("benchmark-sql")).to_have_value(re.compile("SELECT"))
    ward.get_by_test_id("save-question").click()
    expect(ward.get_by_test_id("learned-entry")).to_contain_text(QUESTION)
    ward.reload()
    expect(ward.get_by_test_id("run-benchmark")).to_be_visible()
    expect(ward.get_by_role("dialog")).to_have_count(0)

    ward.go_back()
    ended(ward)
    ward.get_by_test_id("to-learned").click()
    ward.get_by_test_id("tab-answers").click()
    ward.get_by_test_id("add-answer").click()
    ward.get_by_test_id("answer-question").fill(QUESTION)
    ward.get_by_test_id("answer-sql").fill("SELECT outcome, count(*) AS visits FROM ward.visits GROUP BY outcome")
    ward.get_by_test_id("save-answer").click()
    expect(ward.get_by_test_id("learned-entry")).to_contain_text("Own query")
    ward.go_back()
    answer = ended(ward)
    answer.get_by_test_id("how").click()
    answer.get_by_test_id("replay").click()
    expect(answer.get_by_test_id("replayed")).to_contain_text("another query")


def test_a_word_is_taught_by_hand_and_read_by(ward: Page) -> None:
    ward.get_by_test_id("learned-link").click()
    expect(ward.get_by_test_id("empty")).to_be_visible()
    ward.get_by_test_id("add-word").click()
    expect(ward.get_by_test_id("save-word")).to_be_disabled()
    ward.get_by_test_id("word-words").fill("calls at the bedside")
    ward.get_by_test_id("word-kind").select_option(label="a table")
    ward.get_by_test_id("word-table").select_option(label="visits")
    ward.get_by_test_id("word-words").press("Enter")
    entry = ward.get_by_test_id("learned-entry")
    expect(entry).to_contain_text("“calls at the bedside”")
    ward.get_by_test_id("add-word").click()
    ward.get_by_test_id("word-words").fill("Calls at the bedside")
    ward.get_by_test_id("word-kind").select_option(label="a table")
    ward.get_by_test_id("word-table").select_option(label="doctors")
    ward.get_by_test_id("save-word").click()
    expect(ward.get_by_role("alert")).to_contain_text("learned already")
    ward.keyboard.press("Escape")

    ward.goto("/chat")
    answer = asked(ward, "number of calls at the bedside")
    expect(answer.get_by_test_id("used-word")).to_contain_text("calls at the bedside")
    expect(answer).to_contain_text("700")


def test_long_lists_come_page_by_page_and_an_address_finds_its_entry(mesh: Mesh, page: Page, words: JsonDoor) -> None:
    (source, *_) = words.http.get("/v1/integrations/sources").json()["sources"]
    made = []
    for number in range(28):
        body = {
            "sourceId": source["id"],
            "words": f"entry of the ledger {number}",
            "target": {"kind": "SYNONYM_KIND_TABLE", "schema": "public", "table": "customers"},
        }
        reply = words.http.post("/v1/learning/synonyms", json=body)
        assert reply.status_code == 200, reply.text
        made.append(reply.json()["synonym"]["id"])
    log_in(page, mesh, "director")
    page.goto("/learned")
    expect(page.get_by_test_id("learned-entry")).to_have_count(25)
    page.get_by_test_id("more").click()
    expect(page.get_by_test_id("learned-entry").filter(has_text="entry of the ledger")).to_have_count(28)
    page.goto(f"/learned?id={made[0]}")
    expect(page.locator("[aria-current=true]")).to_contain_text("“entry of the ledger 0”")


def test_benchmark_questions_are_added_run_and_their_failures_listed(ward: Page) -> None:
    ward.get_by_test_id("benchmark-link").click()
    expect(ward.get_by_test_id("empty")).to_be_visible()
    sql = "SELECT speciality, count(*) FROM ward.visits JOIN ward.doctors USING (doctor_id) GROUP BY 1"

    def add(question: str, expected: str, field: str = "", text: str = "") -> None:
        ward.get_by_test_id("add-question").click()
        ward.get_by_test_id("benchmark-question").fill(question)
        ward.get_by_label(expected).check()
        if field:
            ward.get_by_test_id(field).fill(text)
        ward.get_by_test_id("save-question").click()
        expect(ward.get_by_role("dialog")).to_have_count(0)

    add(QUESTION, "The rows of a query", "benchmark-sql", sql)
    add("how many doctors", "These rows", "benchmark-rows", "3")
    add("how many visits", "These rows", "benchmark-rows", "699")
    add("what is the weather like in Bergen", "No answer")
    expect(ward.get_by_test_id("learned-entry")).to_have_count(4)

    ward.get_by_test_id("run-benchmark").click()
    expect(ward.get_by_test_id("run-text")).to_contain_text("3 of 4 right, 1 wrong", timeout=60_000)
    expect(ward.get_by_test_id("accuracy")).to_have_text("75%")
    failure = ward.get_by_test_id("failure-entry")
    expect(failure).to_have_count(1)
    expect(failure).to_contain_text("how many visits")

    wrong = ward.get_by_test_id("learned-entry").filter(has_text=re.compile("^how many visitsWrong"))
    wrong.get_by_role("button", name=re.compile("^Edit")).click()
    ward.get_by_test_id("benchmark-rows").fill("700")
    ward.get_by_test_id("save-question").click()
    expect(ward.get_by_role("dialog")).to_have_count(0)
    ward.get_by_test_id("run-benchmark").click()
    expect(ward.get_by_test_id("accuracy")).to_have_text("100%", timeout=60_000)
    expect(ward.get_by_test_id("failure-entry")).to_have_count(0)
    expect(ward.get_by_test_id("chart")).to_be_visible()

    ward.get_by_test_id("delete-run").click()
    ward.get_by_test_id("confirm-delete").click()
    expect(ward.get_by_test_id("accuracy")).to_have_text("75%")
    expect(ward.get_by_test_id("chart")).to_have_count(0)
    expect(ward.get_by_test_id("learned-entry")).to_have_count(4)


def test_a_benchmark_of_a_source_that_is_not_there_says_so(ward: Page) -> None:
    ward.goto(f"/sources/{new_id()}/benchmark")
    expect(ward.get_by_role("main")).to_contain_text("No such data source")
    expect(ward.get_by_test_id("add-question")).to_have_count(0)


def test_who_may_not_teach_judges_answers_and_sees_no_more(mesh: Mesh, page: Page) -> None:
    log_in(page, mesh, "viewer")
    answer = asked(page, "how many customers do we have")
    expect(answer.get_by_test_id("verify")).to_have_count(0)
    expect(page.get_by_test_id("to-learned")).to_have_count(0)
    answer.get_by_test_id("thumb-up").click()
    expect(answer.get_by_test_id("thumb-up")).to_have_attribute("aria-pressed", "true")
    answer.get_by_test_id("thumb-up").click()
    expect(answer.get_by_test_id("thumb-up")).to_have_attribute("aria-pressed", "false")
    page.goto("/learned")
    expect(page.get_by_role("main")).to_contain_text(re.compile("Your role .* what was learned"))
