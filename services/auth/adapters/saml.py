"""SAML 2.0 as a service provider, by python3-saml over xmlsec.

The library verifies the signature, with the registered certificates alone, and the schema. What it leaves open or
compares loosely is compared exactly here: one assertion, each id once, its own signature with one reference to it, an
allow list of algorithms and transforms, audience, recipient, the request that it answers, and times within a minute.
No document type, no processing instruction and no encoded byte reaches the parser, so text has one reading.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from onelogin.saml2.authn_request import OneLogin_Saml2_Authn_Request
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from meshkit.secrets import Secret
from services.auth.sso.errors import IdentityProviderInvalid, SsoLoginInvalid
from services.auth.sso.model import DEFAULT_GROUP_ATTRIBUTE, Asserted, BegunLogin, Saml, Vouched, is_web_address

PATH = "/v1/auth/sso/saml/"
MOST_BYTES = 256 * 1024
LEAST_RSA_BITS = 2048
SKEW = timedelta(seconds=60)
NAMES = {"saml": Constants.NS_SAML, "samlp": Constants.NS_SAMLP, "ds": Constants.NS_DS}
DECLARATION = re.compile(r"\A\s*<\?xml\s[^?]*\?>")
ENCODING = re.compile(r"encoding\s*=\s*[\"']([^\"']*)[\"']")
SIGNATURES = frozenset(
    f"http://www.w3.org/2001/04/xmldsig-more#{kind}-sha{bits}" for kind in ("rsa", "ecdsa") for bits in (256, 384, 512)
)
DIGESTS = frozenset(
    {
        "http://www.w3.org/2001/04/xmlenc#sha256",
        "http://www.w3.org/2001/04/xmldsig-more#sha384",
        "http://www.w3.org/2001/04/xmlenc#sha512",
    }
)
TRANSFORMS = frozenset(
    {"http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/2001/10/xml-exc-c14n#"}
)
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
EMAIL = (f"{CLAIMS}emailaddress", "email", "mail", "emailAddress", "urn:oid:0.9.2342.19200300.100.1.3")
FIRST_NAME = (f"{CLAIMS}givenname", "firstName", "givenName", "given_name", "urn:oid:2.5.4.42")
LAST_NAME = (f"{CLAIMS}surname", "lastName", "sn", "surname", "family_name", "urn:oid:2.5.4.4")
GROUPS = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"
LONGEST_SUBJECT = 1024


class SamlServiceProvider:
    """The port SamlProviders."""

    def __init__(self, public_url: str, clock: Callable[[], datetime]) -> None:
        self._public_url = public_url.rstrip("/")
        self._clock = clock

    def check(self, saml: Saml) -> None:
        if not is_web_address(saml.sso_url):
            raise IdentityProviderInvalid("the address to log in at must be an https address")
        for certificate in saml.certificates:
            try:
                key = x509.load_pem_x509_certificate(certificate.encode()).public_key()
            except ValueError:
                raise IdentityProviderInvalid("a certificate can't be read; give it as PEM, whole") from None
            if isinstance(key, RSAPublicKey) and key.key_size < LEAST_RSA_BITS:
                raise IdentityProviderInvalid(f"a certificate's RSA key is shorter than {LEAST_RSA_BITS} bits")
            if not isinstance(key, RSAPublicKey | EllipticCurvePublicKey):
                raise IdentityProviderInvalid("a certificate's key is neither RSA nor of an elliptic curve")

    def consumer_url(self, provider_id: UUID) -> str:
        return f"{self._public_url}{PATH}{provider_id}"

    def request_uri(self, provider_id: UUID, saml: Saml, login: BegunLogin, state: Secret) -> str:
        request = _Request(self._settings(provider_id, saml), login.request_id).get_request()
        query = urlencode({"SAMLRequest": request, "RelayState": state.reveal()})
        return f"{saml.sso_url}{'&' if urlsplit(saml.sso_url).query else '?'}{query}"

    def asserted(
        self, provider_id: UUID, saml: Saml, response: str, request_id: str | None, group_attribute: str
    ) -> Asserted:
        # Whatever is wrong with it is answered by the same words.
        with _refusing():
            _check_text(response)
            consumer = self.consumer_url(provider_id)
            read = OneLogin_Saml2_Response(self._settings(provider_id, saml), response)
            _check_shape(read.document)
            if not read.is_valid(_request_data(consumer), request_id):
                raise ValueError("the library refuses it")
            (assertion,) = read.document.xpath("/samlp:Response/saml:Assertion", namespaces=NAMES)
            ends_at = self._check_conditions(read.document, assertion, consumer, request_id)
            return Asserted(
                _vouched(read, group_attribute), assertion.get("ID"), ends_at + SKEW, read.get_in_response_to()
            )

    def _check_conditions(self, document: Any, assertion: Any, consumer: str, request_id: str | None) -> datetime:
        """When the assertion ends. ValueError for one that is for another, or for another time."""
        now, ends = self._clock(), []
        if document.get("Destination", consumer) != consumer or document.get("InResponseTo") != request_id:
            raise ValueError("for another address or request")
        (conditions,) = assertion.xpath("saml:Conditions", namespaces=NAMES)
        restrictions = conditions.xpath("saml:AudienceRestriction", namespaces=NAMES)
        audiences = [{one.text for one in each.xpath("saml:Audience", namespaces=NAMES)} for each in restrictions]
        if not audiences or not all(consumer in each for each in audiences):
            raise ValueError("for another audience")
        (data,) = assertion.xpath(
            "saml:Subject/saml:SubjectConfirmation[@Method=$bearer]/saml:SubjectConfirmationData",
            namespaces=NAMES,
            bearer=Constants.CM_BEARER,
        )
        if data.get("Recipient") != consumer or data.get("InResponseTo") != request_id:
            raise ValueError("for another recipient or request")
        for limits in (conditions, data):
            if (begins := limits.get("NotBefore")) is not None and _moment(begins) > now + SKEW:
                raise ValueError("not yet")
            if (end := limits.get("NotOnOrAfter")) is not None:
                ends.append(_moment(end))
        if data.get("NotOnOrAfter") is None or min(ends) + SKEW <= now:
            raise ValueError("no longer")
        return max(ends)

    def _settings(self, provider_id: UUID, saml: Saml) -> OneLogin_Saml2_Settings:
        consumer = self.consumer_url(provider_id)
        return OneLogin_Saml2_Settings(
            {
                "strict": True,
                "debug": False,
                "sp": {
                    "entityId": consumer,
                    "assertionConsumerService": {"url": consumer, "binding": Constants.BINDING_HTTP_POST},
                    "NameIDFormat": Constants.NAMEID_UNSPECIFIED,
                },
                "idp": {
                    "entityId": saml.entity_id,
                    "singleSignOnService": {"url": saml.sso_url, "binding": Constants.BINDING_HTTP_REDIRECT},
                    "x509certMulti": {"signing": list(saml.certificates)},
                },
                "security": {
                    "wantAssertionsSigned": True,
                    "rejectDeprecatedAlgorithm": True,
                    "requestedAuthnContext": False,
                    "wantAttributeStatement": False,
                    "allowRepeatAttributeName": True,
                    "allowSingleLabelDomains": True,
                },
            }
        )


class _Request(OneLogin_Saml2_Authn_Request):  # type: ignore[misc]
    """A request of an id of our own, so that nothing of it need be kept."""

    def __init__(self, settings: OneLogin_Saml2_Settings, request_id: str) -> None:
        self._request_id = request_id
        super().__init__(settings)

    def _generate_request_id(self) -> str:
        return self._request_id


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    # The library raises whatever it meets; the cause may hold what a stranger sent, and is dropped.
    except Exception:
        raise SsoLoginInvalid() from None


def _check_text(response: str) -> None:
    """ValueError for what no parser is to see."""
    try:
        text = base64.b64decode(re.sub(r"\s", "", response), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise ValueError("not base64 of UTF-8") from None
    if len(text) > MOST_BYTES or "\0" in text:
        raise ValueError("too long")
    declared = DECLARATION.match(text)
    encoding = ENCODING.search(declared[0]) if declared else None
    if encoding and encoding[1].lower() != "utf-8":
        raise ValueError("another encoding")
    body = text[declared.end() :] if declared else text
    if "<?" in body or "<!DOCTYPE" in body.upper() or "<!ENTITY" in body.upper():
        raise ValueError("more than elements")


def _check_shape(document: Any) -> None:
    """One assertion, at its place, signed by itself; ValueError for anything that could be read in two ways."""
    ids = document.xpath("//@ID | //@Id | //@id | //@xml:id")
    if len(ids) != len(set(ids)) or document.tag != f"{{{Constants.NS_SAMLP}}}Response":
        raise ValueError("ids that aren't unique, or no response")
    if document.xpath("//saml:EncryptedAssertion | //saml:EncryptedID | //ds:Object", namespaces=NAMES):
        raise ValueError("encrypted")
    anywhere = document.xpath("//saml:Assertion", namespaces=NAMES)
    (assertion,) = document.xpath("/samlp:Response/saml:Assertion", namespaces=NAMES)
    (signature,) = assertion.xpath("ds:Signature", namespaces=NAMES)
    if len(anywhere) != 1:
        raise ValueError("assertions elsewhere")
    signatures = document.xpath("//ds:Signature", namespaces=NAMES)
    places = document.xpath("/*/ds:Signature | /*/saml:Assertion/ds:Signature", namespaces=NAMES)
    if len(signatures) != len(places):
        raise ValueError("signatures elsewhere")
    for one in signatures:
        (reference,) = one.xpath(".//ds:Reference", namespaces=NAMES)
        if reference.get("URI") != f"#{one.getparent().get('ID')}":
            raise ValueError("signs something else")
        steps = one.xpath(".//ds:CanonicalizationMethod | .//ds:Transform", namespaces=NAMES)
        named = {step.get("Algorithm") for step in steps}
        (method,) = one.xpath(".//ds:SignatureMethod/@Algorithm", namespaces=NAMES)
        (digest,) = one.xpath(".//ds:DigestMethod/@Algorithm", namespaces=NAMES)
        if method not in SIGNATURES or digest not in DIGESTS or not named <= TRANSFORMS:
            raise ValueError("an algorithm that isn't taken")


def _request_data(consumer: str) -> dict[str, Any]:
    url = urlsplit(consumer)
    return {
        "https": "on" if url.scheme == "https" else "off",
        "http_host": url.netloc,
        "script_name": url.path,
        "get_data": {},
        "post_data": {},
    }


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _vouched(read: OneLogin_Saml2_Response, group_attribute: str) -> Vouched:
    name, attributes = read.get_nameid(), read.get_attributes()
    subject = f"{read.get_nameid_format() or ''} {name}"
    if read.get_nameid_format() == TRANSIENT or not name or len(subject) > LONGEST_SUBJECT:
        raise ValueError("nobody who could come again")
    groups = attributes.get(group_attribute) or (
        attributes.get(GROUPS) if group_attribute == DEFAULT_GROUP_ATTRIBUTE else None
    )
    return Vouched(
        subject=subject,
        email=_first(attributes, EMAIL) or name,
        first_name=_first(attributes, FIRST_NAME),
        last_name=_first(attributes, LAST_NAME),
        groups=frozenset(group for group in groups or () if isinstance(group, str)),
    )


def _first(attributes: dict[str, list[Any]], names: tuple[str, ...]) -> str:
    values = (value for name in names for value in attributes.get(name, ()) if isinstance(value, str))
    return next((value.strip() for value in values if value.strip()), "")
