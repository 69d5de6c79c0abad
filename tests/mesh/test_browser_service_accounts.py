"""An administrator lets a program in by a key, the program asks, and is shut out again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.builders.mesh import Mesh
from tests.mesh.clients import JsonDoor, kinds
from tests.mesh.test_browser_mailed_links import log_in

pytestmark = pytest.mark.browser

QUESTION = "how many customers do we have"


def exchange(door: JsonDoor, key: str) -> int:
    reply = door.http.post("/v1/auth/api-key:exchange", json={"apiKey": key})
    if reply.status_code == 200:
        door.http.headers["authorization"] = f"Bearer {reply.json()['accessToken']}"
    return reply.status_code


def test_a_program_asks_by_a_key_until_that_is_revoked(mesh: Mesh, page: Page) -> None:
    page.goto("/login")
    log_in(page, *mesh.users["ceo"])
    page.wait_for_url("**/chat**")
    page.get_by_role("button", name=re.compile("^Account of")).click()
    page.get_by_role("menuitem", name="Service accounts").click()
    expect(page.get_by_text("No program comes in yet")).to_be_visible()
    page.get_by_role("button", name="New service account").press("Enter")
    page.get_by_label("Name").fill("Nightly report")
    page.get_by_label("Name").press("Enter")
    account = page.get_by_test_id("service-account")
    expect(account).to_contain_text("It has no key yet.")
    account.get_by_role("button", name="New key").click()
    page.get_by_label("Name").fill("cron")
    page.get_by_label("See usage").check()
    page.get_by_label("See usage").uncheck()
    page.get_by_role("button", name="Create key").click()
    key = page.get_by_test_id("api-key").inner_text()
    page.get_by_role("button", name="I have it").click()
    row = page.get_by_test_id("api-key-row")
    expect(row).to_contain_text("Ask questions, See data sources")
    expect(row).to_contain_text("never used")
    expect(page.get_by_text(key)).to_have_count(0)

    program = JsonDoor(mesh)
    assert exchange(program, key) == 200
    assert kinds(program.ask(QUESTION))[-1] == "completed"
    assert program.http.get("/v1/users").status_code == 403
    page.reload()
    expect(row).to_contain_text("last used")

    row.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(account).to_contain_text("It has no key yet.")
    assert exchange(program, key) == 401
    account.get_by_role("button", name="Deactivate").click()
    page.get_by_role("dialog").get_by_role("button", name="Deactivate").click()
    expect(account).to_contain_text("Deactivated")
    account.get_by_role("button", name="Delete").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Delete").press("Enter")
    expect(page.get_by_text("No program comes in yet")).to_be_visible()
    assert key not in mesh.logs()
