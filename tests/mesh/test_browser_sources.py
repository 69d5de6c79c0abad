"""From signing up to the first answer on one's own database, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from meshkit.ids import new_id
from tests.builders.postgres import Database

pytestmark = pytest.mark.browser

PASSWORD = "Amber-Walnut-Ferry-2931"


def sign_up(page: Page) -> None:
    page.goto("/signup")
    page.get_by_label("Organization").fill("Ward Ltd")
    page.get_by_label("First name").fill("Ada")
    page.get_by_label("Last name").fill("Maro")
    page.fill("#email", f"founder-{new_id()}@ward.example")
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: not url.endswith("/signup"))


def connect(page: Page, clinic: Database, password: str) -> None:
    page.goto("/sources/new")
    page.get_by_label("Name", exact=True).fill("Ward")
    page.get_by_label("Host").fill(clinic.host)
    page.get_by_label("Port").fill(str(clinic.port))
    page.get_by_label("Database").fill(clinic.name)
    page.get_by_label("User").fill("ward_reader")
    page.locator("input[name=password]").fill(password)
    page.locator("button[type=submit]").click()


def test_a_new_organization_connects_its_database_asks_it_and_forgets_it(page: Page, clinic: Database) -> None:
    sign_up(page)
    connect(page, clinic, "Wrong-secret-7")
    expect(page.get_by_text(re.compile("password|credentials", re.IGNORECASE)).last).to_be_visible()
    expect(page).to_have_url(re.compile("/sources/new$"))
    page.locator("input[name=password]").fill("Ward-reader-1")
    page.locator("button[type=submit]").click()
    expect(page).to_have_url(re.compile("/sources/[0-9a-f-]{36}$"))
    expect(page.get_by_test_id("catalog-table")).to_have_count(2)
    page.get_by_test_id("test-source").click()
    expect(page.get_by_test_id("test-result")).to_be_visible()
    assert "Ward-reader-1" not in page.content()

    page.goto("/chat")
    page.get_by_test_id("chat-input").fill("how many visits by speciality")
    page.get_by_test_id("chat-input").press("Enter")
    answer = page.get_by_test_id("assistant-message").last
    expect(answer).to_have_attribute("data-phase", "completed")
    for speciality, visits in (line.split("|") for line in clinic.run(
        "SELECT speciality, count(*) FROM ward.visits JOIN ward.doctors USING (doctor_id) GROUP BY 1"
    )):  # fmt: skip
        row = answer.get_by_test_id("result-table").get_by_role("row").filter(has_text=speciality)
        expect(row).to_contain_text(visits)

    page.goto("/sources")
    page.get_by_test_id("source-card").first.click()
    page.get_by_role("button", name=re.compile("remove|delete|disconnect", re.IGNORECASE)).first.click()
    page.get_by_test_id("confirm-remove").click()
    expect(page).to_have_url(re.compile("/sources$"))
    expect(page.get_by_test_id("source-card")).to_have_count(0)


def test_what_the_data_means_is_drafted_changed_and_restored(page: Page, clinic: Database) -> None:
    sign_up(page)
    connect(page, clinic, "Ward-reader-1")
    expect(page).to_have_url(re.compile("/sources/[0-9a-f-]{36}$"))
    expect(page.get_by_test_id("meaning")).to_contain_text("Nothing is said of this data yet")
    page.get_by_test_id("draft-model").click()
    expect(page.get_by_test_id("suggestion").first).to_be_visible()
    page.get_by_test_id("keep-draft").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_test_id("edit-metric").first).to_be_visible()

    page.get_by_role("button", name=re.compile("Say what visits means", re.IGNORECASE)).press("Enter")
    page.get_by_test_id("table-synonyms").fill("consultations, calls at the ward")
    page.get_by_label("Other words for fee").fill("charge")
    page.get_by_label("Other words for fee").press("Enter")
    expect(page.get_by_test_id("meaning")).to_contain_text("also consultations, calls at the ward")

    page.get_by_test_id("add-metric").click()
    page.get_by_test_id("metric-name").fill("slowness")
    page.get_by_test_id("metric-table").select_option(index=1)
    page.get_by_test_id("metric-expression").fill("sum(pg_sleep(1))")
    page.get_by_test_id("save-metric").click()
    expect(page.get_by_test_id("model-mistakes")).to_contain_text("expression")
    page.keyboard.press("Escape")

    page.get_by_test_id("edit-calendar").click()
    page.get_by_test_id("week-start").select_option(label="Sunday")
    page.get_by_test_id("fiscal-month").select_option(label="October")
    page.get_by_test_id("save-calendar").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_test_id("meaning")).to_contain_text("Weeks begin on Sunday, fiscal years in October.")

    page.get_by_test_id("edit-yaml").click()
    expect(page.get_by_test_id("model-yaml")).to_have_value(re.compile("calls at the ward(.|\\n)*charge"))
    page.get_by_test_id("model-yaml").fill("version: 1\ntables: {nowhere: {label: X}}")
    page.get_by_test_id("import-model").click()
    expect(page.get_by_test_id("model-mistakes")).to_contain_text("line 2")
    page.keyboard.press("Escape")

    page.get_by_test_id("model-versions").click()
    expect(page.get_by_test_id("model-version")).to_have_count(3)
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.get_by_test_id("meaning")).not_to_contain_text("consultations")


def test_keys_and_metrics_are_changed_where_meaning_is_shown(page: Page, clinic: Database) -> None:
    sign_up(page)
    connect(page, clinic, "Ward-reader-1")
    expect(page).to_have_url(re.compile("/sources/[0-9a-f-]{36}$"))
    key = page.get_by_test_id("model-key").filter(has_text="visits.doctor_id")
    key.get_by_test_id("edit-key").click()
    page.get_by_test_id("key-name").fill("attending doctor")
    page.get_by_test_id("key-name").press("Enter")
    expect(key).to_contain_text("as attending doctor")
    key.get_by_test_id("edit-key").click()
    page.get_by_test_id("key-off").check()
    page.get_by_test_id("save-key").click()
    expect(key).to_contain_text("Not joined over")
    key.get_by_test_id("edit-key").click()
    page.get_by_test_id("remove-key").click()
    expect(key).not_to_contain_text("Not joined over")
    page.get_by_test_id("add-key").click()
    expect(page.get_by_test_id("save-key")).to_be_disabled()
    for end, table, column in (("from", "ward.visits", "outcome"), ("to", "ward.doctors", "doctor_id")):
        page.get_by_test_id(f"key-{end}-table").select_option(label=table.removeprefix("ward."))
        page.get_by_test_id(f"key-{end}-column").select_option(label=column)
    page.get_by_test_id("save-key").click()
    expect(page.get_by_test_id("model-mistakes")).to_contain_text("never equal")
    page.keyboard.press("Escape")

    def metric(name: str) -> None:
        page.get_by_test_id("add-metric").click()
        page.get_by_test_id("metric-name").fill(name)

    for name, expression in (("takings", "sum(fee)"), ("calls", "count(*)")):
        metric(name)
        page.get_by_test_id("metric-table").select_option(label="visits")
        page.get_by_test_id("metric-expression").fill(expression)
        page.get_by_test_id("metric-format").select_option(label="Money" if name == "takings" else "A whole number")
        if name == "takings":
            page.get_by_test_id("metric-currency").fill("nok")
        page.get_by_test_id("save-metric").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
    metric("fee_per_call")
    page.get_by_label("One metric divided by another").check()
    page.get_by_test_id("metric-numerator").select_option(value="takings")
    page.get_by_test_id("metric-denominator").select_option(value="calls")
    page.get_by_test_id("save-metric").click()
    expect(page.get_by_test_id("catalog-metric").filter(has_text="takings / calls")).to_be_visible()
    page.get_by_test_id("model-versions").click()
    expect(page.get_by_test_id("model-version").first).to_contain_text("by you")
    page.goto("/chat")
    page.get_by_test_id("chat-input").fill("takings by speciality")
    page.get_by_test_id("chat-input").press("Enter")
    expect(page.get_by_test_id("result-table")).to_contain_text("NOK", timeout=30_000)
