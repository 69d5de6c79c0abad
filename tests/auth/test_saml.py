"""Coming in by SAML 2.0, with a provider of another code base; what it has signed is bent in every known way."""

import base64
import html
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import grpc
import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from google.api.httpbody_pb2 import HttpBody
from infinure.auth.v1 import identity_provider_pb2 as provider_pb
from infinure.auth.v1 import single_sign_on_service_pb2 as pb
from infinure.auth.v1 import user_pb2
from lxml import etree

from tests.auth.refusals import refused
from tests.auth.server import AuthServer
from tests.auth.single_sign_on import DOMAIN, Departed, created, departed, own_domain, service, updated
from tests.builders.identity_providers import (
    Certified,
    NameServer,
    RunningProvider,
    certified,
    saml_provider,
)

UNAUTHENTICATED, INVALID = grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.INVALID_ARGUMENT
EXHAUSTED = grpc.StatusCode.RESOURCE_EXHAUSTED
NAMES = {
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}
EMAIL, EVIL = f"cy@{DOMAIN}", f"boss@{DOMAIN}"
PERSON = {"subject": "subject-1", "attributes": {"email": EMAIL, "firstName": "Cy", "groups": ["finance"]}}
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass
class Site:
    """An organization with a domain of its own and a provider."""

    auth: AuthServer
    token: str
    provider: provider_pb.IdentityProvider
    issuer: RunningProvider
    names: NameServer


@dataclass
class Posted:
    """What a provider has the browser post."""

    response: str
    state: str

    @property
    def xml(self) -> str:
        return base64.b64decode(self.response).decode()

    def bent(self, xml: str | bytes) -> "Posted":
        raw = xml if isinstance(xml, bytes) else xml.encode()
        return Posted(base64.b64encode(raw).decode(), self.state)


@pytest.fixture(scope="module")
def own() -> Certified:
    return certified()


@pytest.fixture(scope="module")
def issuer(own: Certified) -> Iterator[RunningProvider]:
    with saml_provider(own, PERSON) as provider:
        yield provider


def settings(issuer: str, certificate: str, **changes: Any) -> provider_pb.IdentityProviderSettings:
    saml = provider_pb.SamlSettings(entity_id=issuer, sso_url=f"{issuer}/login", certificates=[certificate])
    fields = {
        "name": "Works",
        "saml": saml,
        "enabled": True,
        "creates_users": True,
        "default_role": user_pb2.ROLE_VIEWER,
        "role_rules": [provider_pb.RoleRule(group="finance", role=user_pb2.ROLE_ANALYST)],
    }
    return provider_pb.IdentityProviderSettings(**{**fields, **changes})


@pytest.fixture
async def site(auth: AuthServer, names: NameServer, issuer: RunningProvider, own: Certified) -> Site:
    token = (await auth.signed_up()).access_token
    await own_domain(auth, names, token)
    provider = await created(auth, token, settings(issuer.issuer, own.certificate), "")
    return Site(auth, token, provider, issuer, names)


async def posted(departure: Departed, **more: Any) -> Posted:
    """What the provider answers; `changed` overrides what it does, `person` whom it vouches for."""
    query = urlencode({name: json.dumps(value) for name, value in more.items()})
    return await _asked(f"{departure.redirect_uri}&{query}")


async def _asked(url: str) -> Posted:
    async with httpx.AsyncClient() as browser:
        page = (await browser.get(url)).text
    fields = dict(re.findall(r'name="(SAMLResponse|RelayState)"\s+value="([^"]*)"', page))
    return Posted(html.unescape(fields["SAMLResponse"]), html.unescape(fields.get("RelayState", "")))


async def led(site: Site, given: Posted, provider_id: str = "", kind: str = "") -> dict[str, str]:
    """What the page that the browser is shown leads back with."""
    form = urlencode({"SAMLResponse": given.response, "RelayState": given.state})
    call = service(site.auth).ConsumeSamlAssertion(
        pb.ConsumeSamlAssertionRequest(
            identity_provider_id=provider_id or site.provider.id,
            form=HttpBody(content_type=kind or "application/x-www-form-urlencoded", data=form.encode()),
        )
    )
    page = (await call).page
    headers = {key: str(value) for key, value in await call.initial_metadata() or ()}
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert page.content_type == "text/html; charset=utf-8"
    fragment = re.search(rb"url=http://localhost:8080/login/saml#([^\"]*)", page.data)
    assert fragment is not None
    name, _, value = fragment[1].decode().partition("=")
    return {name: value}


async def finished(site: Site, ticket: str, departure: Departed | None) -> pb.FinishSamlResponse:
    metadata = departure.metadata if departure is not None else None
    return await service(site.auth).FinishSaml(pb.FinishSamlRequest(ticket=ticket), metadata=metadata)


async def refuses(site: Site, given: Posted, provider_id: str = "") -> None:
    assert await led(site, given, provider_id) == {"refused": "SSO_LOGIN_INVALID"}
    assert site.auth.database.run("SELECT count(*) FROM auth.sessions WHERE method = 'saml'") == ["0"]
    assert site.auth.database.run("SELECT count(*) FROM auth.users") == ["1"]


async def test_somebody_new_comes_in_and_has_their_groups_role(site: Site) -> None:
    for _ in range(2):
        departure = await departed(site.auth, EMAIL)
        ticket = (await led(site, await posted(departure)))["ticket"]
        opened = await finished(site, ticket, departure)
        assert (opened.user.email, opened.user.role) == (EMAIL, user_pb2.ROLE_ANALYST)
    assert site.auth.database.run("SELECT count(*) FROM auth.users") == ["2"]


async def test_a_ticket_is_the_browsers_that_began_it_and_works_once_within_a_minute(site: Site) -> None:
    mine, theirs = await departed(site.auth, EMAIL), await departed(site.auth, EMAIL)
    answer = await posted(mine)
    ticket = (await led(site, answer))["ticket"]
    for other in (theirs, None):
        with refused(UNAUTHENTICATED, "SSO_LOGIN_INVALID"):
            await finished(site, ticket, other)
    with refused(UNAUTHENTICATED, "SSO_LOGIN_INVALID"):
        # The state that the address showed is no ticket.
        await finished(site, answer.state, mine)
    await finished(site, ticket, mine)
    with refused(UNAUTHENTICATED, "SSO_LOGIN_INVALID"):
        await finished(site, ticket, mine)
    assert site.auth.database.run("SELECT end_reason FROM auth.sessions WHERE method = 'saml'") == ["token_reused"]
    late = (await led(site, await posted(theirs)))["ticket"]
    site.auth.clock.ahead = timedelta(seconds=61)
    with refused(UNAUTHENTICATED, "SSO_LOGIN_INVALID"):
        await finished(site, late, theirs)


@pytest.mark.parametrize(
    "prolog",
    [
        pytest.param('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>', id="su-001"),
        pytest.param('<!DOCTYPE r [<!ENTITY x SYSTEM "http://169.254.169.254/">]>', id="su-002"),
        pytest.param(
            "<!DOCTYPE r [<!ENTITY a0 'ha'>"
            + "".join(f"<!ENTITY a{i + 1} '{f'&a{i};' * 10}'>" for i in range(10))
            + "]>",
            id="su-003",
        ),
        pytest.param(f"<!DOCTYPE r [<!ENTITY x '{'y' * 100_000}'>]>", id="su-004"),
    ],
)
async def test_no_document_type_is_read(site: Site, prolog: str) -> None:
    answer = await posted(await departed(site.auth, EMAIL))
    await refuses(site, answer.bent(DECLARATION + prolog + answer.xml.replace("Cy", "&x;")))


async def test_su_006_nothing_is_included(site: Site) -> None:
    answer = await posted(await departed(site.auth, EMAIL))
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    await refuses(site, answer.bent(answer.xml.replace(">Cy<", f">{include}<")))


def _evil(assertion: Any) -> Any:
    """The assertion as somebody else's, unsigned."""
    evil = deepcopy(assertion)
    evil.set("ID", "_evil")
    for signature in evil.findall("ds:Signature", NAMES):
        evil.remove(signature)
    evil.find("saml:Subject/saml:NameID", NAMES).text = "subject-of-the-boss"
    for value in evil.iterfind(".//saml:AttributeValue", NAMES):
        if value.text == EMAIL:
            value.text = EVIL
    return evil


def _wrapped(layout: int, xml: str) -> bytes:
    """The eight layouts of signature wrapping (Somorovsky et al., 2012, as SAML Raider numbers them)."""
    response = etree.fromstring(xml.encode())  # noqa: S320 - what our own test's provider made
    assertion = response.find("saml:Assertion", NAMES)
    signature = assertion.find("ds:Signature", NAMES)
    evil = _evil(assertion)
    if layout in (1, 2):
        original, signature = deepcopy(response), response.find("ds:Signature", NAMES)
        original.remove(original.find("ds:Signature", NAMES))
        response.set("ID", "_evil_response")
        response.replace(assertion, evil)
        if layout == 1:
            signature.append(original)
        else:
            signature.addprevious(original)
    elif layout == 3:
        assertion.addprevious(evil)
    elif layout == 4:
        response.replace(assertion, evil)
        evil.append(assertion)
    elif layout in (5, 6):
        evil.insert(1, signature)
        response.replace(assertion, evil)
        (response if layout == 5 else signature).append(assertion)
    elif layout == 7:
        extensions = etree.Element(f"{{{NAMES['samlp']}}}Extensions")
        extensions.append(evil)
        assertion.addprevious(extensions)
    else:
        holder = etree.SubElement(signature, f"{{{NAMES['ds']}}}Object")
        evil.insert(1, signature)
        response.replace(assertion, evil)
        holder.append(assertion)
    return bytes(etree.tostring(response))


@pytest.mark.parametrize("layout", range(1, 9), ids=[f"su-008-xsw{number}" for number in range(1, 9)])
async def test_the_element_read_is_the_element_signed(site: Site, layout: int) -> None:
    both = {"signResponse": True, "signAssertion": True} if layout < 3 else {}
    answer = await posted(await departed(site.auth, EMAIL), changed=both)
    await refuses(site, answer.bent(_wrapped(layout, answer.xml)))
    assert (await led(site, answer)).keys() == {"ticket"}  # unbent it is good


async def test_su_009_a_signed_response_of_an_unsigned_assertion_is_refused(site: Site) -> None:
    answer = await posted(await departed(site.auth, EMAIL), changed={"signResponse": True, "signAssertion": False})
    await refuses(site, answer)


async def test_su_011_another_certificate_in_the_response_counts_for_nothing(site: Site) -> None:
    stranger = certified()
    changed = {"cert": stranger.certificate, "key": stranger.key}
    await refuses(site, await posted(await departed(site.auth, EMAIL), changed=changed))


@pytest.mark.parametrize(
    "changed",
    [{"signatureAlgorithm": "rsa-sha1"}, {"digestAlgorithm": "sha1"}],
    ids=["su-012-signature", "su-012-digest"],
)
async def test_sha_1_is_refused(site: Site, changed: dict[str, str]) -> None:
    await refuses(site, await posted(await departed(site.auth, EMAIL), changed=changed))


async def test_su_013_a_signature_by_the_public_key_as_a_password_is_refused(site: Site) -> None:
    answer = await posted(await departed(site.auth, EMAIL))
    rsa, hmac = "2001/04/xmldsig-more#rsa-sha256", "2000/09/xmldsig#hmac-sha1"
    await refuses(site, answer.bent(answer.xml.replace(rsa, hmac)))


@pytest.mark.parametrize("kind", ["attribute", "name"], ids=["su-014-attribute", "su-014-name"])
async def test_a_comment_cuts_no_text_short(site: Site, kind: str) -> None:
    """The provider signs an address of another domain; a comment in it, which signatures don't cover, hides its end."""
    whole = f"{EMAIL}.evil.example"
    if kind == "attribute":
        person = {"subject": "s", "attributes": {"email": whole}}
    else:
        person = {"subject": whole, "attributes": {"groups": ["staff"]}}
    answer = await posted(await departed(site.auth, EMAIL), person=person)
    bent = answer.bent(answer.xml.replace(whole, f"{EMAIL}<!---->.evil.example"))
    assert await led(site, bent) == {"refused": "SSO_ACCOUNT_REFUSED"}


@pytest.mark.parametrize(
    ("inside", "outcome"),
    [
        pytest.param("<?x y?>", "refused", id="su-015-instruction"),
        pytest.param("<![CDATA[]]>", "ticket", id="su-015-cdata"),
    ],
)
async def test_text_has_one_reading(site: Site, inside: str, outcome: str) -> None:
    departure = await departed(site.auth, EMAIL)
    answer = await posted(departure)
    got = await led(site, answer.bent(answer.xml.replace(EMAIL, f"cy{inside}@{DOMAIN}")))
    assert got.keys() == {outcome}
    if outcome == "ticket":
        assert (await finished(site, got["ticket"], departure)).user.email == EMAIL


async def test_su_015_another_encoding_is_refused(site: Site) -> None:
    answer = await posted(await departed(site.auth, EMAIL))
    await refuses(site, answer.bent('<?xml version="1.0" encoding="UTF-7"?>' + answer.xml))
    await refuses(site, answer.bent(answer.xml.encode("utf-16")))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"recipient": "http://localhost:8080/v1/auth/sso/saml/another"}, id="su-017"),
        pytest.param({"recipient": "CONSUMER/more"}, id="su-017-longer"),
        pytest.param({"destination": "CONSUMER/more"}, id="destination"),
        pytest.param({"audience": "https://another.example"}, id="audience"),
        pytest.param({"issuer": "https://another.example"}, id="issuer"),
        pytest.param({"lifetimeInSeconds": -120}, id="su-020-expired"),
    ],
)
async def test_what_is_for_another_place_or_time_is_refused(site: Site, changed: dict[str, Any]) -> None:
    told = {
        name: value.replace("CONSUMER", site.provider.redirect_uri) if isinstance(value, str) else value
        for name, value in changed.items()
    }
    await refuses(site, await posted(await departed(site.auth, EMAIL), changed=told))


async def test_su_019_an_assertion_works_once_whoever_asks(site: Site) -> None:
    site.provider.settings.saml.idp_initiated = True
    await updated(site.auth, site.token, site.provider)
    url = f"{site.issuer.issuer}/login?{urlencode({'consumer': site.provider.redirect_uri})}"
    answer = await _asked(url)
    assert (await led(site, answer)).keys() == {"ticket"}
    assert await led(site, answer) == {"refused": "SSO_LOGIN_INVALID"}
    assert "assertion was used before" in site.auth.database.run(
        "SELECT metadata ->> 'why' FROM auth.user_activities WHERE action = 'SSO_REFUSED'"
    )


async def test_su_020_one_that_is_not_good_yet_or_no_more_is_refused(site: Site) -> None:
    for ahead in (timedelta(minutes=-2), timedelta(hours=3)):
        site.auth.clock.ahead = timedelta()
        departure = await departed(site.auth, EMAIL)
        answer = await posted(departure)
        site.auth.clock.ahead = ahead
        await refuses(site, answer)


async def test_su_021_another_organizations_provider_vouches_for_nobody_here(site: Site, own: Certified) -> None:
    other = (await site.auth.signed_up()).access_token
    await own_domain(site.auth, site.names, other, "rival.example")
    rival = await created(site.auth, other, settings(site.issuer.issuer, own.certificate), "")
    departure = await departed(site.auth, "who@rival.example")
    answer = await posted(departure)
    assert await led(site, answer) == {"refused": "SSO_LOGIN_INVALID"}
    # At its own address, for a domain that isn't its organization's.
    assert await led(site, answer, rival.id) == {"refused": "SSO_ACCOUNT_REFUSED"}


async def test_su_023_an_encrypted_assertion_is_refused_before_anything_is_decrypted(
    site: Site, own: Certified
) -> None:
    changed = {"encryptionCert": own.certificate, "encryptionPublicKey": _public_key(own)}
    answer = await posted(await departed(site.auth, EMAIL), changed=changed)
    assert "EncryptedAssertion" in answer.xml
    await refuses(site, answer)


def _public_key(own: Certified) -> str:
    key = x509.load_pem_x509_certificate(own.certificate.encode()).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, form).decode()


async def test_a_login_that_nobody_began_is_refused_unless_that_is_wanted(site: Site) -> None:
    url = f"{site.issuer.issuer}/login?{urlencode({'consumer': site.provider.redirect_uri})}"
    await refuses(site, await _asked(url))
    departure = await departed(site.auth, EMAIL)
    # An answer to nobody's request doesn't become one by a state beside it.
    unasked = await _asked(url)
    await refuses(site, Posted(unasked.response, departure.parameter("RelayState")))
    site.provider.settings.saml.idp_initiated = True
    await updated(site.auth, site.token, site.provider)
    ticket = (await led(site, await _asked(url)))["ticket"]
    assert (await finished(site, ticket, None)).user.email == EMAIL


async def test_responses_that_nobody_asked_for_dont_fill_the_trail(site: Site) -> None:
    site.provider.settings.saml.idp_initiated = True
    await updated(site.auth, site.token, site.provider)
    for _ in range(100):
        await refuses(site, Posted("PHg+", ""))
    with refused(EXHAUSTED, "RATE_LIMITED"):
        await led(site, Posted("PHg+", ""))


async def test_a_name_for_one_session_alone_is_nobodys(site: Site) -> None:
    person = {**PERSON, "format": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"}
    await refuses(site, await posted(await departed(site.auth, EMAIL), person=person))


@pytest.mark.parametrize("raw", ["", "not base64!", "PHg+", "AAAA"])
async def test_what_is_no_response_is_refused(site: Site, raw: str) -> None:
    departure = await departed(site.auth, EMAIL)
    await refuses(site, Posted(raw, departure.parameter("RelayState")))


async def test_a_body_that_is_no_form_is_refused(site: Site) -> None:
    answer = await posted(await departed(site.auth, EMAIL))
    assert await led(site, answer, kind="application/json") == {"refused": "SSO_LOGIN_INVALID"}


async def test_a_provider_without_a_good_certificate_isnt_set_up(site: Site) -> None:
    for certificate in ("nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"):
        with refused(INVALID, "IDENTITY_PROVIDER_INVALID"):
            await created(site.auth, site.token, settings(site.issuer.issuer, certificate, enabled=False), "")
