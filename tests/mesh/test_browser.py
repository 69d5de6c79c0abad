"""A person in a real browser, from login to a trusted answer."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.builders.mesh import Mesh
from tests.demo.questions import questions

pytestmark = pytest.mark.browser

ROLES = ("ceo", "director", "manager", "analyst", "viewer")


def log_in(page: Page, mesh: Mesh, role: str) -> None:
    email, password = mesh.users[role]
    page.goto("/login")
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/chat**")


def ask(page: Page, question: str) -> None:
    page.get_by_test_id("chat-input").fill(question)
    page.get_by_test_id("chat-input").press("Enter")


@pytest.mark.parametrize("role", ROLES)
def test_each_demo_user_logs_in_and_gets_an_answer_with_chart_table_and_sql(mesh: Mesh, page: Page, role: str) -> None:
    log_in(page, mesh, role)
    expect(page.get_by_test_id("role-badge").first).to_contain_text(re.compile(role, re.IGNORECASE))
    ask(page, "revenue by month in 2025")
    answer = page.get_by_test_id("assistant-message").last
    expect(answer.get_by_test_id("chart")).to_be_visible()
    answer.get_by_text(re.compile("how i got this", re.IGNORECASE)).first.click()
    expect(answer.get_by_test_id("sql").first).to_contain_text("SELECT")
    expect(answer.get_by_test_id("interpretation").first).to_be_visible()


def test_the_table_shows_the_figures_of_the_hand_written_sql(mesh: Mesh, page: Page) -> None:
    log_in(page, mesh, "analyst")
    question = next(q for q in questions(mesh.demo_today()) if q.text == "top 5 products by revenue last quarter")
    ask(page, question.text)
    answer = page.get_by_test_id("assistant-message").last
    expect(answer.get_by_test_id("chart")).to_be_visible()
    table = answer.get_by_test_id("result-table")
    if not table.is_visible():
        answer.get_by_text(re.compile("table", re.IGNORECASE)).first.click()
    shown = re.sub(r"[^\w.\s]", "", table.inner_text())
    for product, revenue in mesh.demo_rows(question.sql):
        assert re.sub(r"[^\w.\s]", "", product) in shown
        assert f"{float(revenue):.2f}" in shown or f"{float(revenue):.0f}" in shown


def test_a_deep_link_and_a_reload_bring_the_conversation_back(mesh: Mesh, page: Page) -> None:
    log_in(page, mesh, "manager")
    ask(page, "how many customers do we have")
    answer = page.get_by_test_id("assistant-message").last
    expect(answer).to_have_attribute("data-phase", "completed")
    page.wait_for_url(re.compile("/chat/[0-9a-f-]{36}$"))
    before = answer.inner_text()
    page.reload()
    answer = page.get_by_test_id("assistant-message").last
    expect(answer).to_have_attribute("data-phase", "completed")
    assert answer.inner_text() == before
    assert page.evaluate("Object.keys(localStorage).filter(k => /token/i.test(k)).length") == 0


def test_a_suggested_question_answers_by_one_click(mesh: Mesh, page: Page) -> None:
    log_in(page, mesh, "ceo")
    page.get_by_test_id("suggested-question").first.click()
    answer = page.get_by_test_id("assistant-message").last
    expect(answer).to_have_attribute("data-phase", "completed")


def test_a_wrong_password_says_so_and_keeps_the_person_there(mesh: Mesh, page: Page) -> None:
    page.goto("/login")
    page.fill("#email", mesh.users["ceo"][0])
    page.fill("#password", "not the password")
    page.click("button[type=submit]")
    expect(page.get_by_role("alert").first).to_be_visible()
    assert page.url.endswith("/login")


def test_a_refused_question_says_what_it_could_not_place(mesh: Mesh, page: Page) -> None:
    log_in(page, mesh, "viewer")
    ask(page, "revenue by flavour")
    expect(page.get_by_test_id("refusal").or_(page.get_by_test_id("clarification")).first).to_be_visible()


def test_the_sources_page_shows_the_demo_and_its_tables(mesh: Mesh, page: Page) -> None:
    log_in(page, mesh, "director")
    page.goto("/sources")
    page.get_by_test_id("source-card").first.click()
    expect(page.get_by_test_id("catalog-table").first).to_be_visible()
