"""One's own data on the page Security, and erasing somebody in People, in a real browser."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from meshkit.ids import new_id
from tests.builders.mesh import Mesh
from tests.mesh.test_browser_mailed_links import log_in, mailed_link
from tests.mesh.test_browser_people import act
from tests.mesh.test_files_in_browser import PASSWORD, sign_up

pytestmark = pytest.mark.browser


def test_one_says_what_may_be_done_and_takes_a_copy_along(page: Page) -> None:
    sign_up(page)
    page.get_by_role("button", name=re.compile("^Account of")).click()
    page.get_by_role("menuitem", name="Security").click()
    learning = page.get_by_role("checkbox", name="Learn from what I choose and judge")
    expect(learning).to_be_checked()
    learning.click()
    expect(learning).not_to_be_checked()
    expect(page.get_by_text(re.compile("Withdrawn [A-Z]"))).to_be_visible()
    page.reload()
    expect(learning).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Show in usage figures that I asked")).to_be_checked()

    with page.expect_download() as downloading:
        page.get_by_role("button", name="Export my data").click()
    lines = [json.loads(line) for line in downloading.value.path().read_text().splitlines()]
    assert re.fullmatch(r"my-data-\d{4}-\d\d-\d\d\.jsonl", downloading.value.suggested_filename)
    consents = [line["record"] for line in lines if line["store"] == "consents"]
    assert [(one["purpose"], one["given"]) for one in consents] == [("learning", False)]
    expect(page.get_by_text(f"{len(lines)} records were exported.")).to_be_visible()


def test_somebody_is_erased_once_their_address_was_typed(mesh: Mesh, page: Page, browser: Browser) -> None:
    sign_up(page)
    page.goto("/settings/people")
    email = f"bo-{new_id()}@people.example"
    page.get_by_role("button", name="Invite", exact=True).click()
    page.get_by_label("E-mail", exact=True).fill(email)
    page.get_by_label("First name").fill("Bo")
    page.get_by_label("Last name").fill("Lind")
    page.get_by_role("button", name="Send invitation").press("Enter")
    bo = page.get_by_test_id("person").filter(has_text="Bo Lind")
    expect(bo).to_contain_text("Invited")
    elsewhere = browser.new_context(base_url=mesh.url)
    theirs = elsewhere.new_page()
    theirs.goto(mailed_link(mesh, email, "/accept-invitation"))
    theirs.fill("#password", PASSWORD)
    theirs.keyboard.press("Enter")
    theirs.get_by_role("link", name="Log in").first.click()
    log_in(theirs, email, PASSWORD)
    theirs.wait_for_url("**/chat**")
    elsewhere.close()

    page.reload()
    act(page, bo, "Deactivate")
    page.get_by_role("button", name="Deactivate", exact=True).click()
    expect(bo).to_contain_text("Deactivated")
    act(page, bo, "Erase…")
    erase = page.get_by_role("button", name="Erase for good")
    expect(erase).to_be_disabled()
    page.get_by_label(f"Type {email} to confirm").fill(email)
    erase.click()
    expect(bo).to_have_count(0)
    erasure = page.get_by_test_id("erasure")
    expect(erasure).to_contain_text("Being erased")
    # It would begin in a minute.
    mesh.control_plane("UPDATE auth.jobs SET run_time = now() WHERE kind = 'erase_user'")
    expect(erasure).to_contain_text("Erased")
    erasure.get_by_text("Evidence").click()
    expect(erasure).to_contain_text("auth, users: 1 left without a name")
    expect(erasure).to_contain_text("chat, conversations: nothing was there")
    # The log tells of somebody without a name.
    page.goto("/settings/audit")
    log = page.get_by_role("region", name="Audit log")
    expect(log.get_by_text("Person erased")).to_be_visible()
    expect(page.get_by_text("Bo Lind")).to_have_count(0)
