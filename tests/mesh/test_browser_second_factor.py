"""A person sets up an authenticator app in the browser, and logs in with it, without it and without their phone."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cli.home import Home
from meshkit.secrets import Secret
from services.auth.totp import STEP_SECONDS, Codes
from tests.builders.mesh import Mesh
from tests.mesh.test_files_in_browser import PASSWORD, sign_up

pytestmark = pytest.mark.browser


class App:
    """An authenticator app that shows each code once."""

    def __init__(self, secret: str) -> None:
        self._secret = Secret(secret)
        self._last = 0

    def code(self) -> str:
        """The next code that wasn't shown, as soon as the server takes it: one step early at most."""
        step = max(self._last + 1, int(time.time()) // STEP_SECONDS)
        time.sleep(max(0.0, (step - 1) * STEP_SECONDS - time.time()))
        self._last = step
        return Codes().of_step(self._secret, step)


def log_out(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Account of")).click()
    page.get_by_role("menuitem", name="Log out").click()
    page.wait_for_url("**/login")


def give_password(page: Page, email: str) -> None:
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def give_code(page: Page, code: str, button: str = "Log in") -> None:
    page.get_by_test_id("mfa-code").fill(code)
    page.get_by_role("button", name=button, exact=True).click()


def test_a_second_factor_from_its_set_up_to_the_lost_phone(mesh: Mesh, page: Page) -> None:
    email = sign_up(page)
    page.goto("/settings/security")
    page.get_by_role("button", name="Set up an authenticator app").click()
    page.fill("#proof-password", PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    app = App(page.get_by_test_id("totp-secret").inner_text().replace(" ", ""))
    give_code(page, "000000", "Confirm")
    expect(page.get_by_role("alert")).to_contain_text("wrong")
    give_code(page, app.code(), "Confirm")
    shown = page.get_by_test_id("recovery-codes").get_by_role("listitem")
    expect(shown).to_have_count(10)
    codes = shown.all_inner_texts()
    assert len(set(codes)) == 10
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download").click()
    assert codes[0] in saved.value.path().read_text()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_test_id("mfa-status")).to_contain_text("10 recovery codes")

    log_out(page)
    give_password(page, email)
    give_code(page, "000000")
    expect(page.get_by_role("alert")).to_contain_text("wrong")
    page.get_by_label("Remember this device").check()
    give_code(page, app.code())
    page.wait_for_url("**/chat**")

    log_out(page)
    give_password(page, email)
    page.wait_for_url("**/chat**")
    page.goto("/settings/security")
    device = page.get_by_test_id("remembered-device")
    expect(device).to_contain_text("This browser")
    device.get_by_role("button", name="Forget").click()
    expect(device).to_have_count(0)

    log_out(page)
    give_password(page, email)
    page.get_by_role("button", name="Use a recovery code").click()
    give_code(page, codes[0].lower())
    page.wait_for_url("**/chat**")
    page.goto("/settings/security")
    expect(page.get_by_test_id("mfa-status")).to_contain_text("9 recovery codes")
    page.get_by_role("button", name="Remove", exact=True).click()
    page.fill("#proof-password", PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Set up an authenticator app")).to_be_visible()
    assert page.evaluate("document.cookie") == ""


def test_a_code_by_email_where_the_organization_takes_that(mesh: Mesh, page: Page) -> None:
    email = sign_up(page)
    log_out(page)
    owner = f"(SELECT organization_id FROM auth.users WHERE email = '{email}')"
    mesh.control_plane(
        "UPDATE auth.organizations SET settings = settings || "
        f'\'{{"mfa_required": true, "mfa_by_email": true}}\' WHERE id = {owner}; '
        f"UPDATE auth.users SET email_verified_at = now() WHERE email = '{email}'"
    )
    give_password(page, email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_test_id("mfa-code")).to_be_visible()
    outbox = Home(mesh.home).outbox
    (mail,) = [one for one in map(Path.read_text, outbox.glob("*.eml")) if f"To: {email}" in one and "Your code" in one]
    (code, *_) = re.findall(r"^\d{6}\s*$", mail, re.MULTILINE)
    give_code(page, code.strip())
    page.wait_for_url("**/chat**")


def test_where_the_organization_asks_for_it_one_is_set_up_on_the_way_in(mesh: Mesh, page: Page) -> None:
    email = sign_up(page)
    log_out(page)
    mesh.control_plane(
        "UPDATE auth.organizations SET settings = settings || '{\"mfa_required\": true}' "
        f"WHERE id = (SELECT organization_id FROM auth.users WHERE email = '{email}')"
    )
    give_password(page, email)
    page.get_by_role("button", name="Set up an authenticator app").click()
    app = App(page.get_by_test_id("totp-secret").inner_text().replace(" ", ""))
    give_code(page, app.code(), "Confirm")
    expect(page.get_by_test_id("recovery-codes").get_by_role("listitem")).to_have_count(10)
    page.get_by_role("button", name="I have kept them").click()
    page.wait_for_url("**/chat**")
    page.goto("/settings/security")
    expect(page.get_by_test_id("mfa-status")).to_contain_text("10 recovery codes")
    expect(page.get_by_role("button", name="Remove", exact=True)).to_have_count(0)
