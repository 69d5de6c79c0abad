"""An administrator invites, changes and deactivates people, and sets what holds for all, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from meshkit.ids import new_id
from tests.builders.mesh import Mesh
from tests.mesh.clients import next_second
from tests.mesh.test_browser_mailed_links import log_in, mailed_link
from tests.mesh.test_files_in_browser import PASSWORD, sign_up

pytestmark = pytest.mark.browser


def act(page: Page, person: Locator, action: str) -> None:
    person.get_by_role("button", name=re.compile("^Actions for")).press("Enter")
    page.get_by_role("menuitem", name=action).click()


def test_somebody_is_invited_joins_is_changed_and_shut_out(mesh: Mesh, page: Page, browser: Browser) -> None:
    sign_up(page)
    page.get_by_role("button", name=re.compile("^Account of")).click()
    page.get_by_role("menuitem", name="People").click()
    people = page.get_by_test_id("person")
    expect(people).to_have_count(1)
    expect(people.first).to_contain_text("You")
    email = f"bo-{new_id()}@people.example"
    page.get_by_role("button", name="Invite", exact=True).click()
    page.get_by_label("E-mail", exact=True).fill("nonsense")
    page.get_by_label("First name").fill("Bo")
    page.get_by_label("Last name").fill("Lind")
    page.get_by_label("Last name").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Check the e-mail")
    page.get_by_label("E-mail", exact=True).fill(email)
    page.get_by_role("button", name="Send invitation").press("Enter")
    expect(people).to_have_count(2)
    bo = people.filter(has_text="Bo Lind")
    expect(bo).to_contain_text("Invited")

    elsewhere = browser.new_context(base_url=mesh.url)
    theirs = elsewhere.new_page()
    theirs.goto(mailed_link(mesh, email, "/accept-invitation"))
    expect(theirs.get_by_role("heading")).to_have_text("Join Files Ltd")
    expect(theirs.get_by_text(email)).to_be_visible()
    assert "token" not in theirs.url
    theirs.fill("#password", "short")
    theirs.keyboard.press("Enter")
    expect(theirs.get_by_text("too weak")).to_be_visible()
    theirs.fill("#password", PASSWORD)
    theirs.keyboard.press("Enter")
    expect(theirs.get_by_text("Your account is ready.")).to_be_visible()
    theirs.get_by_role("link", name="Log in").first.click()
    log_in(theirs, email, PASSWORD)
    theirs.wait_for_url("**/chat**")
    theirs.get_by_role("button", name=re.compile("^Account of")).click()
    expect(theirs.get_by_role("menuitem", name="Security")).to_be_visible()
    expect(theirs.get_by_role("menuitem", name="People")).to_have_count(0)
    theirs.goto("/settings/people")
    expect(theirs.get_by_text("Ask the person who manages it")).to_be_visible()

    page.reload()
    expect(bo).not_to_contain_text("Invited")
    act(page, bo, "Change role and rights")
    page.get_by_label("Role").last.select_option(label="Manager")
    page.get_by_label("Administer people and settings").check()
    page.get_by_label("Only these").check()
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.get_by_label("All, also those to come").check()
    page.get_by_role("button", name="Save").click()
    expect(bo).to_contain_text("Manager")
    expect(bo).to_contain_text("Administrator")
    next_second()
    theirs.reload()
    expect(theirs.get_by_test_id("person")).to_have_count(2)

    page.get_by_label("Name or e-mail").fill("nobody like this")
    expect(page.get_by_text("Nobody was found")).to_be_visible()
    page.get_by_role("button", name="Show everybody").click()
    act(page, bo, "Deactivate")
    page.get_by_role("button", name="Deactivate").click()
    expect(bo).to_contain_text("Deactivated")
    theirs.reload()
    theirs.wait_for_url("**/login**")
    elsewhere.close()


def test_people_come_from_a_file_and_settings_are_kept(page: Page) -> None:
    sign_up(page)
    page.goto("/settings/people")
    page.get_by_role("button", name="Invite from a file").click()
    one, two = f"one-{new_id()}@people.example", f"two-{new_id()}@people.example"
    file = f"email,first_name,last_name,role\n{one},Uno,One,analyst\n{two},Due,Two,emperor\n"
    chooser = page.get_by_label("List of people")
    chooser.set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": b"name\nx\n"})
    expect(page.get_by_role("alert")).to_contain_text("missing are email")
    chooser.set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": file.encode()})
    expect(page.get_by_text("1 will be invited, 1 is refused.")).to_be_visible()
    expect(page.get_by_test_id("imported").nth(1)).to_contain_text("role is none of")
    page.get_by_role("button", name="Invite 1").click()
    expect(page.get_by_text("1 was invited, 1 is refused.")).to_be_visible()
    page.get_by_role("button", name="Close").last.click()
    expect(page.get_by_test_id("person")).to_have_count(2)

    page.goto("/settings/organization")
    page.get_by_label("Name of the organization").fill("Renamed Ltd")
    page.get_by_label("Everybody needs a second factor").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("set up a second factor for yourself")
    page.get_by_label("Everybody needs a second factor").uncheck()
    page.get_by_label("At least 15 characters").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Renamed Ltd")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Name of the organization")).to_have_value("Renamed Ltd")
    expect(page.get_by_label("At least 15 characters")).to_be_checked()
