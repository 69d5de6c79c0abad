"""OpenID Connect Core 1.0 as a relying party: code flow with PKCE (RFC 7636), state, nonce and `iss` (RFC 9207).

Authlib builds the request and judges the ID token's claims, joserfc its signature; keys are read anew for each login,
so a provider's rotation is followed at once.
"""

import base64
import hashlib
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast
from urllib.parse import quote

import httpx
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from meshkit.secrets import Secret
from services.auth.sso.errors import (
    IdentityProviderInvalid,
    IdentityProviderUnreachable,
    ProviderAway,
    SsoLoginInvalid,
)
from services.auth.sso.model import Oidc, Preset, Vouched, is_web_address

DISCOVERY = "/.well-known/openid-configuration"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SCOPES = {Preset.OKTA: "openid email profile groups"}
SCOPE = "openid email profile"
# Who doesn't say that an address is verified, where the others are to say so.
VOUCHES_ALWAYS = (Preset.GENERIC, Preset.AZURE_AD)
SKEW_SECONDS = 60
KEPT_SECONDS = 600.0
LONGEST_SUBJECT = 255


class OidcRelyingParty:
    """The port OidcProviders; `redirect_uri` is the one page that every provider sends people back to."""

    def __init__(self, client: httpx.AsyncClient, redirect_uri: str, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._redirect_uri = redirect_uri
        self._clock = clock
        self._documents: dict[str, tuple[float, Mapping[str, Any]]] = {}

    async def check(self, oidc: Oidc) -> None:
        try:
            document = await self._read(oidc.issuer)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise IdentityProviderUnreachable() from None
        if document.get("issuer") != oidc.issuer:
            raise IdentityProviderInvalid("the discovery document names another issuer; give the issuer as it says")
        if not all(is_web_address(document.get(name)) for name in ENDPOINTS):
            raise IdentityProviderInvalid(
                "an endpoint of the code flow is missing in the discovery document, or isn't https"
            )

    async def authorization_uri(self, oidc: Oidc, login: Secret, state: Secret, email: str) -> str:
        document = await self._document(oidc)
        client = OAuth2Client(
            session=None,
            client_id=oidc.client_id,
            scope=SCOPES.get(oidc.preset, SCOPE),
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
        )
        uri, _ = client.create_authorization_url(
            document["authorization_endpoint"],
            state=state.reveal(),
            code_verifier=_derived("code verifier", login),
            nonce=_derived("nonce", login),
            login_hint=email,
        )
        return str(uri)

    async def vouched(
        self, oidc: Oidc, secret: Secret, login: Secret, code: Secret, issuer: str, group_claim: str
    ) -> Vouched:
        document = await self._document(oidc)
        told = document.get("authorization_response_iss_parameter_supported") is True
        if issuer != oidc.issuer and (issuer or told):
            raise SsoLoginInvalid()
        try:
            tokens = await self._tokens(oidc, document, secret, login, code)
            keys = await self._json("GET", document["jwks_uri"])
            claims = self._claims(oidc, tokens, keys, _derived("nonce", login))
            if not claims.get("email") and isinstance(document.get("userinfo_endpoint"), str):
                claims = {**await self._user(document["userinfo_endpoint"], tokens, claims["sub"]), **claims}
        except (httpx.HTTPError, httpx.InvalidURL):
            raise ProviderAway() from None
        # What a provider sends is of whatever type; nothing of it is told on.
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            raise SsoLoginInvalid() from None
        return _vouched(oidc, claims, group_claim)

    async def _tokens(
        self, oidc: Oidc, document: Mapping[str, Any], secret: Secret, login: Secret, code: Secret
    ) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code.reveal(),
            "redirect_uri": self._redirect_uri,
            "code_verifier": _derived("code verifier", login),
        }
        headers: dict[str, str] = {}
        methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if secret.reveal() and "client_secret_basic" in methods:
            pair = f"{quote(oidc.client_id, safe='')}:{quote(secret.reveal(), safe='')}"
            headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form["client_id"] = oidc.client_id
            if secret.reveal():
                form["client_secret"] = secret.reveal()
        return await self._json("POST", document["token_endpoint"], data=form, headers=headers)

    def _claims(self, oidc: Oidc, tokens: Mapping[str, Any], keys: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        token = jwt.decode(
            tokens["id_token"], KeySet.import_key_set(cast(KeySetSerialization, keys)), algorithms=ALGORITHMS
        )
        exactly = {
            "iss": {"essential": True, "value": oidc.issuer},
            "aud": {"essential": True, "value": oidc.client_id},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "iat": {"essential": True},
        }
        given = {"nonce": nonce, "client_id": oidc.client_id, "access_token": tokens.get("access_token")}
        claims = CodeIDToken(token.claims, token.header, exactly, given)
        claims.validate(now=int(self._clock().timestamp()), leeway=SKEW_SECONDS)
        return dict(token.claims)

    async def _user(self, endpoint: str, tokens: Mapping[str, Any], subject: str) -> Mapping[str, Any]:
        found = await self._json("GET", endpoint, headers={"authorization": f"Bearer {tokens['access_token']}"})
        if found.get("sub") != subject:
            raise ValueError("another subject")
        return found

    async def _document(self, oidc: Oidc) -> Mapping[str, Any]:
        kept_until, document = self._documents.get(oidc.issuer, (0.0, {}))
        if kept_until > time.monotonic():
            return document
        try:
            document = await self._read(oidc.issuer)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise ProviderAway() from None
        if document.get("issuer") != oidc.issuer or not all(is_web_address(document.get(name)) for name in ENDPOINTS):
            raise ProviderAway()
        now = time.monotonic()
        self._documents = {issuer: kept for issuer, kept in self._documents.items() if kept[0] > now}
        self._documents[oidc.issuer] = (now + KEPT_SECONDS, document)
        return document

    async def _read(self, issuer: str) -> Mapping[str, Any]:
        return await self._json("GET", issuer.rstrip("/") + DISCOVERY)

    async def _json(self, method: str, url: str, **request: Any) -> Mapping[str, Any]:
        """The reply's object. Raises httpx.HTTPError where there is none to read, ValueError where it is refused."""
        response = await self._client.request(method, url, **request)
        if response.status_code >= 500:
            response.raise_for_status()
        found = response.json() if response.status_code == 200 else None
        if not isinstance(found, dict):
            raise ValueError("refused")
        return found


def _derived(purpose: str, login: Secret) -> str:
    """43 characters that only who holds the browser's secret can make."""
    made = hashlib.sha256(f"{purpose}:{login.reveal()}".encode()).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _vouched(oidc: Oidc, claims: Mapping[str, Any], group_claim: str) -> Vouched:
    subject = claims.get("sub")
    email = claims.get("email")
    if not email and oidc.preset is Preset.AZURE_AD:
        email = claims.get("preferred_username")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not isinstance(email, str):
        raise SsoLoginInvalid()
    verified = claims.get("email_verified")
    # Some providers write it as a text.
    said = {True: True, "true": True, None: None}.get(verified, False)
    if said is None and oidc.preset not in VOUCHES_ALWAYS:
        said = False
    groups = claims.get(group_claim) or ()
    if isinstance(groups, str):
        groups = (groups,)
    return Vouched(
        subject=subject,
        email=email,
        first_name=_text(claims.get("given_name")),
        last_name=_text(claims.get("family_name")),
        groups=frozenset(group for group in groups if isinstance(group, str)),
        email_verified=said,
    )


def _text(value: object) -> str:
    return value.replace("\0", "") if isinstance(value, str) else ""
