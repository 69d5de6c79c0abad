"""A confirmed address and a forgotten password, by the mails in the outbox, in a real browser."""

import re
import time
from email import message_from_bytes
from email.policy import SMTP

import httpx
import pytest
from playwright.sync_api import Page, expect

from meshkit.ids import new_id
from tests.builders.mesh import Mesh

pytestmark = pytest.mark.browser

PASSWORD, NEW = "Amber-Walnut-Ferry-2931", "Kestrel-Lagoon-Nest-4127"
# Nobody else's, as mails are counted by where they are asked for.
ADDRESS = "127.0.3.1"


def mailed_link(mesh: Mesh, email: str, page: str) -> str:
    """The link to the page in the newest mail to somebody."""
    found = re.compile(rf"^{mesh.url}({page}#token=\S+)$", re.MULTILINE)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for file in sorted((mesh.home / "outbox").glob("*.eml"), reverse=True):
            message = message_from_bytes(file.read_bytes(), policy=SMTP)
            body = message.get_body(("plain",))
            assert body is not None
            if message["To"] == email and (link := found.search(body.get_content().replace("\r\n", "\n"))):
                return link[1]
        time.sleep(0.1)
    pytest.fail(f"no mail leads to {page}")


def log_in(page: Page, email: str, password: str) -> None:
    page.fill("#email", email)
    page.fill("#password", password)
    page.keyboard.press("Enter")


def test_the_address_is_confirmed_and_a_forgotten_password_replaced(mesh: Mesh, page: Page) -> None:
    email = f"founder-{new_id()}@mailed.example"
    names = {"organizationName": "Mailed Ltd", "firstName": "Ada", "lastName": "Maro"}
    with httpx.Client(base_url=mesh.url, transport=httpx.HTTPTransport(local_address=ADDRESS)) as http:
        assert http.post("/v1/auth/signup", json={**names, "email": email, "password": PASSWORD}).status_code == 200

    page.goto("/login")
    log_in(page, email, PASSWORD)
    page.wait_for_url("**/chat**")
    expect(page.get_by_text("Confirm your e-mail address")).to_be_visible()

    link = mailed_link(mesh, email, "/verify-email")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer', '')}"))
    page.goto(link)
    page.get_by_role("button", name="Confirm this address").press("Enter")
    expect(page.get_by_text("Your address is confirmed.")).to_be_visible()
    assert "token" not in page.url
    page.get_by_role("link", name="Go on to Infinure").press("Enter")
    page.wait_for_url("**/chat**")
    expect(page.get_by_text("Confirm your e-mail address")).to_have_count(0)

    page.context.clear_cookies()
    page.goto("/login")
    page.get_by_role("link", name="Forgot your password?").press("Enter")
    page.fill("#email", "nobody")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enter an e-mail address")).to_be_visible()
    page.fill("#email", email)
    page.keyboard.press("Enter")
    expect(page.get_by_text("a mail is on its way")).to_be_visible()

    link = mailed_link(mesh, email, "/reset-password")
    page.goto(link)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("was in use before")).to_be_visible()
    page.fill("#password", NEW)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your password is set.")).to_be_visible()
    assert "token" not in page.url
    page.get_by_role("link", name="Log in with it").press("Enter")
    log_in(page, email, NEW)
    page.wait_for_url("**/chat**")

    page.goto(link)
    page.fill("#password", "Timber-Sunset-Quartz-77")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("ask for a new link")
    token = link.partition("=")[2]
    # What is asked of a server never names the token, neither by address nor by where it came from; nor does a log.
    assert not [one for one in asked if token in one.partition("#")[0] + one.rpartition(" ")[2]]
    assert token not in mesh.logs()
