"""Coming in by OpenID Connect, with a provider of another code base."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import grpc
import jwt
import pytest
from infinure.auth.v1 import identity_provider_pb2 as provider_pb
from infinure.auth.v1 import user_administration_service_pb2 as people_pb
from infinure.auth.v1 import user_pb2

from tests.auth.administration import found, invited, listed
from tests.auth.administration import service as people
from tests.auth.refusals import refused
from tests.auth.server import AuthServer, bearer
from tests.auth.single_sign_on import (
    DOMAIN,
    PAGE,
    Departed,
    added,
    created,
    departed,
    finish,
    logged_in,
    oidc_settings,
    own_domain,
    returned,
    updated,
    verify,
)
from tests.builders.identity_providers import NameServer, RunningProvider, oidc_provider

UNAUTHENTICATED, DENIED = grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED
PRECONDITION, TAKEN = grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.ALREADY_EXISTS
INVALID, EXHAUSTED = grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.RESOURCE_EXHAUSTED
EMAIL = f"cy@{DOMAIN}"
PEOPLE = {
    EMAIL: {
        "sub": "subject-1",
        "email": f"Cy@{DOMAIN}",
        "email_verified": True,
        "given_name": "Cy",
        "family_name": "Twombly",
        "groups": ["staff", "finance"],
    },
    f"unverified@{DOMAIN}": {"sub": "subject-2", "email": f"unverified@{DOMAIN}", "email_verified": False},
    f"elsewhere@{DOMAIN}": {"sub": "subject-3", "email": "elsewhere@other.example", "email_verified": True},
    f"long@{DOMAIN}": {"sub": "subject-5", "email": f"{'x' * 300}@{DOMAIN}", "email_verified": True},
    f"odd@{DOMAIN}": {"sub": "subject-6", "email": f"<b>@{DOMAIN}", "email_verified": True},
    f"heir@{DOMAIN}": {"sub": "subject-4", "email": EMAIL, "email_verified": True},
}


@dataclass
class Site:
    """An organization with a domain of its own and a provider."""

    auth: AuthServer
    names: NameServer
    token: str
    provider: provider_pb.IdentityProvider


def recorded(auth: AuthServer) -> list[str]:
    return auth.database.run("SELECT action FROM auth.user_activities ORDER BY sequence")


@pytest.fixture(scope="module")
def issuer() -> Iterator[RunningProvider]:
    with oidc_provider(PAGE, PEOPLE) as provider:
        yield provider


@pytest.fixture
async def site(auth: AuthServer, names: NameServer, issuer: RunningProvider) -> Site:
    token = (await auth.signed_up()).access_token
    await own_domain(auth, names, token)
    rules = [
        provider_pb.RoleRule(group="board", role=user_pb2.ROLE_DIRECTOR),
        provider_pb.RoleRule(group="finance", role=user_pb2.ROLE_ANALYST),
    ]
    return Site(auth, names, token, await created(auth, token, oidc_settings(issuer.issuer, role_rules=rules)))


async def test_somebody_new_gets_an_account_and_their_groups_role(site: Site) -> None:
    opened = await logged_in(site.auth, EMAIL)
    user = opened.user
    assert (user.email, user.first_name, user.last_name) == (EMAIL, "Cy", "Twombly")
    assert user.role == user_pb2.ROLE_ANALYST
    assert (await site.auth.me(opened.access_token)).user.id == user.id
    again = await logged_in(site.auth, EMAIL.upper())
    assert again.user.id == user.id
    trail = recorded(site.auth)
    assert [trail.count(action) for action in ("USER_LINKED", "SSO_REFUSED")] == [1, 0]
    (methods,) = site.auth.database.run("SELECT string_agg(method, ',') FROM auth.sessions WHERE method = 'oidc'")
    assert methods == "oidc,oidc"


async def test_a_role_follows_the_groups_at_each_login_but_a_leader_stays(site: Site) -> None:
    user = (await logged_in(site.auth, EMAIL)).user
    site.provider.settings.role_rules[0].group = "staff"
    await updated(site.auth, site.token, site.provider)
    directing = await logged_in(site.auth, EMAIL)
    assert directing.user.role == user_pb2.ROLE_DIRECTOR
    # The change voids tokens of before; this one is of after, though of the same second.
    revoked = site.auth.database.run("SELECT count(*) FROM auth.revocations WHERE user_id IS NOT NULL")
    assert revoked == ["1"]
    claims = jwt.decode(directing.access_token, options={"verify_signature": False})
    (voided,) = site.auth.database.run(
        "SELECT extract(epoch FROM revoked_at) FROM auth.revocations WHERE user_id IS NOT NULL"
    )
    assert claims["iat"] > float(voided)
    site.auth.database.run(f"UPDATE auth.users SET role = 'ceo' WHERE id = '{user.id}'")
    assert (await logged_in(site.auth, EMAIL)).user.role == user_pb2.ROLE_CEO


async def test_an_invitation_is_accepted_by_coming_in(site: Site) -> None:
    account = await invited(site.auth, site.token, EMAIL, department="Ledger")
    site.provider.settings.creates_users = False
    await updated(site.auth, site.token, site.provider)
    assert (await logged_in(site.auth, EMAIL)).user.id == account.user.id
    kept = await found(site.auth, site.token, account.user.id)
    assert not kept.HasField("invite_time")
    assert kept.user.department == "Ledger"


async def test_whom_the_provider_may_not_vouch_for_is_refused(site: Site) -> None:
    names = ("unverified", "elsewhere", "long", "odd")
    for email in (f"{name}@{DOMAIN}" for name in names):
        with refused(DENIED, "SSO_ACCOUNT_REFUSED"):
            await logged_in(site.auth, email)
    site.provider.settings.creates_users = False
    await updated(site.auth, site.token, site.provider)
    with refused(DENIED, "SSO_ACCOUNT_REFUSED"):
        await logged_in(site.auth, EMAIL)
    assert len((await listed(site.auth, site.token)).accounts) == 1
    assert recorded(site.auth).count("SSO_REFUSED") == 5


async def test_an_address_given_to_somebody_else_inherits_nothing(site: Site) -> None:
    await logged_in(site.auth, EMAIL)
    with refused(DENIED, "SSO_ACCOUNT_REFUSED"):
        await logged_in(site.auth, f"heir@{DOMAIN}")


async def test_a_deactivated_account_stays_shut(site: Site) -> None:
    user = (await logged_in(site.auth, EMAIL)).user
    request = people_pb.DeactivateUserRequest(user_id=user.id)
    await people(site.auth).DeactivateUser(request, metadata=bearer(site.token))
    with refused(DENIED, "SSO_ACCOUNT_REFUSED"):
        await logged_in(site.auth, EMAIL)


async def test_a_login_is_the_browsers_that_began_it_and_works_once(site: Site) -> None:
    mine, theirs = await departed(site.auth, EMAIL), await departed(site.auth, EMAIL)
    query = await returned(mine)
    for other in (theirs, None):
        with refused(UNAUTHENTICATED, "SSO_LOGIN_INVALID"):
            await finish(site.auth, query, other)
    opened = await finish(site.auth, query, mine)
    assert (await site.auth.me(opened.access_token)).user.email == EMAIL
    with refused(UNAUTHENTICATED, "SSO_LOGIN_INVALID"):
        await finish(site.auth, query, mine)
    (reason,) = site.auth.database.run("SELECT end_reason FROM auth.sessions WHERE method = 'oidc'")
    assert reason == "token_reused"


async def test_a_code_or_an_issuer_of_another_login_is_refused(site: Site) -> None:
    mine, theirs = await departed(site.auth, EMAIL), await departed(site.auth, EMAIL)
    query, stolen = await returned(mine), await returned(theirs)
    with refused(UNAUTHENTICATED, "SSO_LOGIN_INVALID"):
        await finish(site.auth, query, mine, code=stolen["code"])
    with refused(UNAUTHENTICATED, "SSO_LOGIN_INVALID"):
        await finish(site.auth, stolen, theirs, issuer="https://other.example")


async def test_su_026_an_answer_with_another_nonce_is_refused(site: Site) -> None:
    departure, other = await departed(site.auth, EMAIL), await departed(site.auth, EMAIL)
    replayed = departure.redirect_uri.replace(departure.parameter("nonce"), other.parameter("nonce"))
    query = await returned(Departed(replayed, departure.cookie))
    with refused(UNAUTHENTICATED, "SSO_LOGIN_INVALID"):
        await finish(site.auth, query, departure)


async def test_what_is_sent_to_the_provider_binds_its_answer(site: Site) -> None:
    departure = await departed(site.auth, EMAIL)
    assert departure.parameter("redirect_uri") == PAGE
    assert departure.parameter("code_challenge_method") == "S256"
    assert len(departure.parameter("nonce")) == 43
    assert departure.parameter("response_type") == "code"


async def test_a_login_is_over_after_ten_minutes(site: Site) -> None:
    departure = await departed(site.auth, EMAIL)
    query = await returned(departure)
    site.auth.clock.ahead = timedelta(minutes=10, seconds=1)
    with refused(UNAUTHENTICATED, "SSO_LOGIN_INVALID"):
        await finish(site.auth, query, departure)


async def test_a_wrong_client_secret_is_found_at_the_login(site: Site) -> None:
    await updated(site.auth, site.token, site.provider, client_secret="wrong")
    with refused(UNAUTHENTICATED, "SSO_LOGIN_INVALID"):
        await logged_in(site.auth, EMAIL)
    assert "wrong" not in site.auth.database.run("SELECT sealed FROM auth.identity_providers")[0]


async def test_a_domain_counts_once_its_record_is_seen_and_is_one_organizations(site: Site) -> None:
    other = (await site.auth.signed_up()).access_token
    with refused(TAKEN, "EMAIL_DOMAIN_TAKEN"):
        await added(site.auth, other, DOMAIN.upper())
    domain = await added(site.auth, other, "fresh.example")
    assert domain.record_name == "_infinure-challenge.fresh.example"
    for value in (None, "infinure-domain-verification=another"):
        if value is not None:
            site.names.records[domain.record_name] = value
        with refused(PRECONDITION, "EMAIL_DOMAIN_NOT_SHOWN"):
            await verify(site.auth, other, domain.id)
    with refused(PRECONDITION, "SSO_UNAVAILABLE"):
        await departed(site.auth, "who@fresh.example")
    # Another may say so as well; who shows it first has it.
    rival = await added(site.auth, site.token, "fresh.example")
    site.names.records[domain.record_name] = domain.record_value
    assert (await verify(site.auth, other, domain.id)).HasField("verify_time")
    site.names.records[domain.record_name] = rival.record_value
    with refused(TAKEN, "EMAIL_DOMAIN_TAKEN"):
        await verify(site.auth, site.token, rival.id)


async def test_an_issuer_that_isnt_one_is_refused_when_it_is_set_up(site: Site, issuer: RunningProvider) -> None:
    with refused(PRECONDITION, "IDENTITY_PROVIDER_UNREACHABLE"):
        await created(site.auth, site.token, oidc_settings("http://127.0.0.1:1/", enabled=False))
    with refused(INVALID, "IDENTITY_PROVIDER_INVALID"):
        await created(site.auth, site.token, oidc_settings(f"{issuer.issuer}/", enabled=False))
    with refused(INVALID, "IDENTITY_PROVIDER_INVALID"):
        # One is enabled already.
        await created(site.auth, site.token, oidc_settings(issuer.issuer))


async def test_a_browser_is_sent_to_no_address_but_https(site: Site) -> None:
    """On this machine http will do, as for the provider of these tests."""
    documents: dict[str, bytes] = {}

    class Discovery(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(documents["now"])

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Discovery) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        issuer = f"http://127.0.0.1:{server.server_port}"
        good = dict.fromkeys(("authorization_endpoint", "token_endpoint", "jwks_uri"), f"{issuer}/x")
        for bad in ("javascript:alert(1)//x", "http://far.example/login", "https://user@far.example/", 7, None):
            document = {"issuer": issuer, **good, "authorization_endpoint": bad}
            documents["now"] = json.dumps(document).encode()
            with refused(INVALID, "IDENTITY_PROVIDER_INVALID"):
                await created(site.auth, site.token, oidc_settings(issuer, enabled=False))
        documents["now"] = b"{" + b" " * 300_000 + b"}"
        with refused(PRECONDITION, "IDENTITY_PROVIDER_UNREACHABLE"):
            await created(site.auth, site.token, oidc_settings(issuer, enabled=False))
        documents["now"] = json.dumps({"issuer": issuer, **good}).encode()
        await created(site.auth, site.token, oidc_settings(issuer, enabled=False))
        server.shutdown()


async def test_logins_begun_from_one_address_are_counted(site: Site) -> None:
    for _ in range(100):
        with refused(PRECONDITION, "SSO_UNAVAILABLE"):
            await departed(site.auth, "who@nowhere.example")
    with refused(EXHAUSTED, "RATE_LIMITED"):
        await departed(site.auth, EMAIL)
