"""An administrator sets up single sign-on and somebody comes in by it, in a real browser: OpenID Connect and SAML."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from meshkit.ids import new_id
from tests.builders.identity_providers import CLIENT_SECRET, certified, oidc_provider, saml_provider
from tests.builders.mesh import Mesh
from tests.mesh.test_files_in_browser import sign_up

pytestmark = pytest.mark.browser


def own_domain(mesh: Mesh, page: Page) -> str:
    """One that the organization has shown; the look into the world's DNS is another test's."""
    domain = f"{new_id()}.example"
    sign_up(page)
    page.get_by_role("button", name=re.compile("^Account of")).click()
    page.get_by_role("menuitem", name="Single sign-on").click()
    page.get_by_role("button", name="Add a domain").click()
    page.get_by_role("textbox", name="Domain").fill(domain)
    page.get_by_role("textbox", name="Domain").press("Enter")
    expect(page.get_by_test_id("email-domain")).to_contain_text("Not shown yet")
    expect(page.get_by_text(f"_infinure-challenge.{domain}")).to_be_visible()
    mesh.control_plane(f"UPDATE auth.email_domains SET verified_at = now() WHERE name = '{domain}'")
    page.reload()
    expect(page.get_by_test_id("email-domain")).to_contain_text("Verified")
    return domain


def come_in(mesh: Mesh, browser: Browser, email: str, name: str) -> None:
    elsewhere = browser.new_context(base_url=mesh.url)
    theirs = elsewhere.new_page()
    theirs.goto("/login?next=%2Fsettings%2Fsecurity")
    theirs.get_by_role("link", name="Log in by your organization").click()
    theirs.get_by_role("textbox", name="E-mail").fill("who@nowhere.example")
    theirs.keyboard.press("Enter")
    expect(theirs.get_by_role("alert")).to_contain_text("no single sign-on")
    theirs.get_by_role("textbox", name="E-mail").fill(email)
    theirs.keyboard.press("Enter")
    theirs.wait_for_url("**/settings/security")
    expect(theirs.get_by_role("button", name=f"Account of {name}")).to_be_visible()
    # The session is the cookie's: it goes on after a reload.
    theirs.reload()
    expect(theirs.get_by_role("button", name=f"Account of {name}")).to_be_visible()
    elsewhere.close()


def test_somebody_comes_in_by_openid_connect(mesh: Mesh, page: Page, browser: Browser) -> None:
    domain = own_domain(mesh, page)
    email = f"cy@{domain}"
    stranger = f"di@{domain}"
    people = {
        email: {"sub": "1", "email": email, "email_verified": True, "given_name": "Cy", "family_name": "Twombly"},
        stranger: {"sub": "2", "email": stranger, "email_verified": False},
    }
    with oidc_provider(f"{mesh.url}/login/oidc", people) as issuer:
        page.get_by_role("button", name="New identity provider").click()
        page.get_by_role("textbox", name="Name", exact=True).fill("Works")
        page.get_by_label("Issuer").fill(f"{issuer.issuer}/wrong")
        page.get_by_label("Client ID").fill("infinure")
        page.get_by_label("Client secret").fill(CLIENT_SECRET)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("discovery document")
        page.get_by_label("Issuer").fill(issuer.issuer)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_test_id("identity-provider")).to_contain_text("Enabled")
        come_in(mesh, browser, email, "Cy Twombly")
        elsewhere = browser.new_context(base_url=mesh.url)
        theirs = elsewhere.new_page()
        theirs.goto("/login/sso")
        theirs.get_by_role("textbox", name="E-mail").fill(stranger)
        theirs.keyboard.press("Enter")
        expect(theirs.get_by_role("alert")).to_contain_text("no account here that you may use")
        assert theirs.url.endswith("/login/oidc")
        elsewhere.close()
    page.goto("/settings/people")
    expect(page.get_by_test_id("person").filter(has_text="Cy Twombly")).to_contain_text("Viewer")


def test_somebody_comes_in_by_saml(mesh: Mesh, page: Page, browser: Browser) -> None:
    domain = own_domain(mesh, page)
    own, email = certified(), f"cy@{domain}"
    attributes = {"email": email, "firstName": "Cy", "lastName": "Twombly", "groups": ["finance"]}
    with saml_provider(own, {"subject": "subject-1", "attributes": attributes}) as issuer:
        page.get_by_role("button", name="New identity provider").click()
        page.get_by_label("SAML 2.0").check()
        page.get_by_role("textbox", name="Name", exact=True).fill("Works")
        page.get_by_label("Entity ID").fill(issuer.issuer)
        page.get_by_label("Login address").fill(f"{issuer.issuer}/login")
        page.get_by_label("Certificates").fill("nonsense")
        page.get_by_role("button", name="Add a rule").click()
        page.get_by_label("Group 1", exact=True).fill("finance")
        page.get_by_label("Role of group 1").select_option(label="Manager")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("certificate can't be read")
        page.get_by_label("Certificates").fill(own.certificate)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_test_id("identity-provider")).to_contain_text("SAML 2.0")
        come_in(mesh, browser, email, "Cy Twombly")
    page.goto("/settings/people")
    expect(page.get_by_test_id("person").filter(has_text="Cy Twombly")).to_contain_text("Manager")
