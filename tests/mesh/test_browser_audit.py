"""A founder reads the audit log in the browser: filters by mouse and keys, older pages, and the file."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from tests.builders.mesh import Mesh
from tests.mesh.clients import JsonDoor
from tests.mesh.test_browser_second_factor import give_password, log_out
from tests.mesh.test_files_in_browser import PASSWORD, sign_up

pytestmark = pytest.mark.browser

EXPORT = "/v1/audit/activities:export"
PER_PAGE = 50


def test_what_was_done_is_found_and_saved(mesh: Mesh, page: Page) -> None:
    email = sign_up(page)
    log_out(page)
    page.fill("#email", email)
    page.fill("#password", "Wrong-horse-42")
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    give_password(page, email)
    page.wait_for_url("**/chat**")
    page.get_by_role("button", name=re.compile("^Account of")).click()
    page.get_by_role("menuitem", name="Audit log").click()
    rows = page.get_by_test_id("activity")
    expect(rows).to_have_count(6)
    zone = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    expect(page.get_by_text(f"time zone, {zone}")).to_be_visible()
    expect(page.get_by_test_id("trail-end")).to_contain_text("number 6")
    expect(rows.first).to_contain_text("Logged in")
    expect(rows.first).to_contain_text("Ada Maro")
    expect(rows.first).to_contain_text("on Linux")
    expect(rows.nth(1)).to_contain_text("Not known")
    expect(rows.nth(1)).to_contain_text("account of Ada Maro")

    # By keys alone: a select takes what is typed.
    page.get_by_label("What happened").focus()
    page.keyboard.type("Wrong pass")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Wrong password")
    page.get_by_label("What happened").select_option(label="Recovery code used")
    expect(page.get_by_text("Nothing was found")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(rows).to_have_count(6)
    rows.first.get_by_role("button", name="Ada Maro").click()
    expect(page.get_by_label("Person")).to_have_value(re.compile("."))
    page.get_by_label("From").fill("2035-01-01")
    expect(page.get_by_text("Nothing was found")).to_be_visible()
    page.get_by_label("To", exact=True).fill("2034-12-31")
    expect(page.get_by_text("Before the first day")).to_be_visible()
    page.get_by_role("button", name="Clear", exact=True).click()

    page.get_by_label("What happened").select_option(label="Logins and sessions: all")
    expect(rows).to_have_count(4)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export CSV").click()
    text = saved.value.path().read_bytes().decode("utf-8-sig")
    actions = [row["action"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert actions == ["LOGIN_SUCCESS", "LOGIN_FAILED", "LOGOUT", "LOGIN_SUCCESS"]
    expect(page.get_by_text("4 activities were exported.")).to_be_visible()
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(rows.first).to_contain_text("Audit log exported")


def test_older_ones_come_page_by_page(mesh: Mesh, page: Page) -> None:
    email = sign_up(page)
    door = JsonDoor(mesh)
    door.log_in(email, PASSWORD)
    for _ in range(PER_PAGE):
        lines = door.http.post(EXPORT, json={"format": "ACTIVITY_FORMAT_JSON_LINES"}).text.splitlines()
        assert '"completed"' in lines[-1]
    asked = {"filter.actions": "ACTIVITY_ACTION_LOGIN_SUCCESS", "page_size": "1"}
    found = door.http.get("/v1/audit/activities", params=asked).json()
    assert [one["action"] for one in found["userActivities"]] == ["ACTIVITY_ACTION_LOGIN_SUCCESS"]
    assert found["nextPageToken"]
    page.goto("/settings/audit")
    rows = page.get_by_test_id("activity")
    expect(rows).to_have_count(PER_PAGE)
    page.get_by_role("button", name="Older").click()
    expect(rows).to_have_count(PER_PAGE + 4)
    expect(rows.last).to_contain_text("Organization signed up")
    expect(page.get_by_role("button", name="Older")).to_have_count(0)


def test_whoever_may_not_read_it_is_told_so(mesh: Mesh, page: Page) -> None:
    page.goto("/login?next=/settings/audit")
    email, password = mesh.users["analyst"]
    page.fill("#email", email)
    page.fill("#password", password)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_text("show the audit log. Ask")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Account of")).click()
    expect(page.get_by_role("menuitem", name="Security")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Audit log")).to_have_count(0)
