"""A person sees in the browser where they are logged in, and ends the sessions that they don't need."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.builders.mesh import Mesh
from tests.mesh.test_browser_second_factor import give_password
from tests.mesh.test_files_in_browser import sign_up

pytestmark = pytest.mark.browser


def test_other_sessions_are_listed_and_ended(mesh: Mesh, page: Page, browser: Browser) -> None:
    email = sign_up(page)
    elsewhere = browser.new_context(base_url=mesh.url)
    other = elsewhere.new_page()
    other.goto("/login")
    give_password(other, email)
    other.wait_for_url("**/chat**")
    page.goto("/settings/security")
    rows = page.get_by_test_id("session")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="This session")).to_have_count(1)
    expect(rows.first).to_contain_text("on Linux")
    page.get_by_role("button", name="End all other sessions").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("This session")
    other.reload()
    other.wait_for_url("**/login**")
    elsewhere.close()
