"""The composition root: every part of the service is made and joined here."""

import json
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import httpx
from infinure.auth.v1 import (
    audit_service_pb2,
    audit_service_pb2_grpc,
    auth_service_pb2,
    auth_service_pb2_grpc,
    email_service_pb2,
    email_service_pb2_grpc,
    identity_provider_service_pb2,
    identity_provider_service_pb2_grpc,
    identity_service_pb2,
    identity_service_pb2_grpc,
    mfa_service_pb2,
    mfa_service_pb2_grpc,
    organization_service_pb2,
    organization_service_pb2_grpc,
    privacy_service_pb2,
    privacy_service_pb2_grpc,
    service_account_service_pb2,
    service_account_service_pb2_grpc,
    session_service_pb2,
    session_service_pb2_grpc,
    single_sign_on_service_pb2,
    single_sign_on_service_pb2_grpc,
    user_administration_service_pb2,
    user_administration_service_pb2_grpc,
    user_service_pb2,
    user_service_pb2_grpc,
)
from jinja2 import PackageLoader

from meshkit.channel import open_channel
from meshkit.checked_http import open_client
from meshkit.database import Database
from meshkit.identity import TokenVerifier
from meshkit.ids import utc_now
from meshkit.mail import Templates, open_mailer
from meshkit.paging import PageTokens
from meshkit.redis import Names, open_redis
from meshkit.server import Assembly, Reply, Servicer
from meshkit.vault import FileMasterKey, MasterKey
from meshkit.worker import Worker
from services.auth import industry_templates, jwks
from services.auth.adapters.accounts import SqlAccounts
from services.auth.adapters.activities import SqlActivities, SqlTrail
from services.auth.adapters.administration import SqlAdministeredUsers
from services.auth.adapters.anchors import FolderAnchors
from services.auth.adapters.attempts import SqlAttempts
from services.auth.adapters.consents import SqlConsents
from services.auth.adapters.data_keys import SqlDataKeys
from services.auth.adapters.devices import SqlDevices
from services.auth.adapters.email_domains import SqlEmailDomains
from services.auth.adapters.email_tokens import SqlEmailTokens
from services.auth.adapters.erasure_ledger import FOLDER as LEDGER
from services.auth.adapters.erasure_ledger import FolderLedger
from services.auth.adapters.erasures import SqlErasures, erasure_handlers
from services.auth.adapters.head_signing import HeadSigner
from services.auth.adapters.holders import ServiceHolder
from services.auth.adapters.identity_providers import SqlIdentityProviders
from services.auth.adapters.mail_queue import SqlMailQueue, handlers
from services.auth.adapters.newcomers import SqlNewcomers
from services.auth.adapters.oidc import OidcRelyingParty
from services.auth.adapters.organizations import SqlKeptSettings
from services.auth.adapters.passwords import SqlStoredPasswords
from services.auth.adapters.pending_logins import SqlPendingLogins
from services.auth.adapters.personal_data import SqlOwnData
from services.auth.adapters.redis_attempts import AttemptsWithFallback, RedisAttempts
from services.auth.adapters.retention import SqlRetentions
from services.auth.adapters.revocations import SqlRevocations
from services.auth.adapters.saml import SamlServiceProvider
from services.auth.adapters.second_factors import SqlSecondFactors
from services.auth.adapters.service_accounts import SqlServiceAccounts
from services.auth.adapters.sessions import SqlSessions
from services.auth.adapters.signing_keys import open_keyring
from services.auth.adapters.sso_logins import SqlSsoLogins
from services.auth.adapters.txt_records import DnsTxtRecords
from services.auth.administering_users import AdministeringUsers
from services.auth.anchoring import Anchoring
from services.auth.asking_for_mail import AskingForMail
from services.auth.changing_passwords import ChangingPasswords
from services.auth.checking_codes import CheckingCodes
from services.auth.consenting import Consenting
from services.auth.devices import RememberedDevices
from services.auth.enrolling import Enrolling, NewSecrets
from services.auth.erasing import Erasing
from services.auth.exchanging import Exchanging
from services.auth.exporting_my_data import ExportingMyData
from services.auth.housekeeping import Housekeeping
from services.auth.importing_users import ImportingUsers
from services.auth.inviting import AcceptingInvitations, Inviting
from services.auth.keeping_settings import KeepingSettings
from services.auth.logging_in import LoggingIn
from services.auth.mail_caps import MailCaps
from services.auth.mailed_codes import MailedCodes
from services.auth.mailing import Mailing
from services.auth.new_passwords import NewPasswords
from services.auth.own_sessions import OwnSessions
from services.auth.passwords import Passwords
from services.auth.people import People
from services.auth.ports import Attempts, Keyring
from services.auth.proving import Proving
from services.auth.reading_activities import ReadingActivities
from services.auth.resetting_passwords import ResettingPasswords
from services.auth.retaining import Retaining
from services.auth.rpc import administration_messages
from services.auth.rpc.audit_service import AuditServicer
from services.auth.rpc.auth_service import AuthServicer
from services.auth.rpc.cookies import Cookies
from services.auth.rpc.email_service import EmailServicer
from services.auth.rpc.identity_provider_service import IdentityProviderServicer
from services.auth.rpc.identity_service import IdentityServicer
from services.auth.rpc.mfa_service import MfaServicer
from services.auth.rpc.organization_service import OrganizationServicer
from services.auth.rpc.privacy_service import PrivacyServicer
from services.auth.rpc.service_account_service import ServiceAccountServicer
from services.auth.rpc.session_service import SessionServicer
from services.auth.rpc.single_sign_on_service import SingleSignOnServicer
from services.auth.rpc.user_administration_service import UserAdministrationServicer
from services.auth.rpc.user_service import UserServicer
from services.auth.second_step import MOST_TRIES, SecondStep
from services.auth.service_accounts import ExchangingApiKeys, KeepingServiceAccounts
from services.auth.sessions import LONGEST_IDLE, SessionKeeping
from services.auth.settings import Settings
from services.auth.signing_up import SigningUp
from services.auth.sso.entering import Entering
from services.auth.sso.keeping import KeepingDomains, KeepingProviders
from services.auth.throttling import Throttle
from services.auth.tokens import TokenIssuer
from services.auth.verifying_email import VerifyingEmail
from services.peers.revocations import Ended, Fetch, PolledRevocations

REVOCATIONS_AT_ONCE = 1000
MAILS_AT_ONCE = 2
# The application's pages that an identity provider's answer ends at.
OIDC_PAGE, SAML_PAGE = "/login/oidc", "/login/saml"


async def assemble(settings: Settings, resources: AsyncExitStack, clock: Callable[[], datetime] = utc_now) -> Assembly:
    """Opens what the service needs and joins it; `resources` closes it again."""
    database = await resources.enter_async_context(Database.open(settings.database))
    passwords = await resources.enter_async_context(Passwords())
    keyring = open_keyring(settings.signing_key_dir, clock())
    templates = industry_templates.load()
    signer = HeadSigner(open_keyring(settings.audit.key_dir, clock()))
    trail = SqlTrail(signer)
    activities = SqlActivities(database, trail)
    accounts, revocations = SqlAccounts(database, trail), SqlRevocations(database)
    ended = PolledRevocations(_own_list(revocations, clock), clock=clock)
    issuer = TokenIssuer(keyring, clock)
    stored_sessions = SqlSessions(database, LONGEST_IDLE, trail)
    sessions = SessionKeeping(stored_sessions, issuer, clock)
    people, programs = People(accounts, templates), SqlServiceAccounts(database, trail)
    attempts = await _attempts(settings, database, resources)
    throttle, caps = Throttle(attempts, clock), MailCaps(attempts, clock)
    stored, new, tokens = SqlStoredPasswords(database, trail), NewPasswords(passwords), SqlEmailTokens(database, trail)
    mail_templates = Templates(PackageLoader("services.auth", "mails"))
    mailer = open_mailer(settings.mail)
    mailing = Mailing(stored, tokens, caps, mail_templates, mailer, settings.public_url, clock)
    emails = EmailServicer(
        AskingForMail(accounts, SqlMailQueue(database, trail), caps, clock),
        VerifyingEmail(tokens, clock),
        ResettingPasswords(tokens, stored, new, throttle, clock),
        AcceptingInvitations(tokens, stored, new, clock),
    )
    master_key = FileMasterKey.read(settings.master_key_file)
    mfa = second_factors(database, trail, master_key, sessions, passwords, throttle, clock)
    servicer = AuthServicer(
        signing_up=SigningUp(accounts, sessions, passwords, templates, caps, clock),
        logging_in=LoggingIn(accounts, throttle, mfa.second_step, mfa.devices, passwords, activities, clock),
        second_step=mfa.second_step,
        mailed_codes=MailedCodes(
            accounts, mfa.logins, mfa.factors, caps, mail_templates, mailer, settings.public_url, MOST_TRIES, clock
        ),
        sessions=sessions,
        exchanging=Exchanging(accounts, stored_sessions, programs, issuer, ended, clock),
        keyring=keyring,
        cookies=Cookies.for_site(settings.public_url),
        clock=clock,
    )
    page_tokens = PageTokens.of(settings.paging)
    holders = await _holders(settings, issuer, resources)
    ledger = FolderLedger(settings.audit.anchor_dir / LEDGER)
    erasures = SqlErasures(database, trail, settings.privacy.erasure_delay)
    erasing = Erasing(erasures, holders, mailer, ledger, clock)
    kept_for = timedelta(days=settings.privacy.retention_days)
    retaining = Retaining(SqlRetentions(database, trail), activities, holders, kept_for, clock)
    consenting = Consenting(SqlConsents(database, trail), clock)
    exporting = ExportingMyData(SqlOwnData(database), holders, activities, clock)
    privacy = PrivacyServicer(exporting, erasing, consenting)
    http = await resources.enter_async_context(open_client(settings.host_rules))
    signing_on = single_sign_on(settings, database, trail, master_key, http, sessions, activities, throttle, clock)
    return Assembly(
        servicers=_servicers(
            servicer,
            UserServicer(people, ChangingPasswords(stored, new, throttle, clock)),
            MfaServicer(mfa.enrolling, mfa.devices),
            IdentityServicer(people, revocations, consenting, clock),
            emails,
            SessionServicer(OwnSessions(stored_sessions, clock)),
            AuditServicer(ReadingActivities(activities, accounts, signer, clock), page_tokens),
        )
        + signing_on
        + administration(
            SqlAdministeredUsers(database, trail),
            caps,
            KeepingSettings(SqlKeptSettings(database, trail), accounts, mfa.factors, clock),
            page_tokens,
            clock,
        )
        + (
            Servicer(
                service_account_service_pb2_grpc.add_ServiceAccountServiceServicer_to_server,
                ServiceAccountServicer(
                    KeepingServiceAccounts(programs, clock), ExchangingApiKeys(programs, throttle, issuer, clock)
                ),
                service_account_service_pb2.DESCRIPTOR.services_by_name["ServiceAccountService"],
            ),
            Servicer(
                privacy_service_pb2_grpc.add_PrivacyServiceServicer_to_server,
                privacy,
                privacy_service_pb2.DESCRIPTOR.services_by_name["PrivacyService"],
            ),
        ),
        verifier=TokenVerifier(keyring, ended, clock=clock),
        background=(
            ended.run,
            Housekeeping(revocations, clock).run,
            Worker(database, handlers(mailing), parallel=MAILS_AT_ONCE).run,
            Worker(database, erasure_handlers(erasing)).run,
            retaining.run,
            Anchoring(activities, FolderAnchors(settings.audit.anchor_dir), clock).run,
        ),
        routes={"/.well-known/jwks.json": partial(_jwks, keyring)},
        ready=(database.ping, ended.check),
    )


@dataclass(frozen=True)
class SecondFactorParts:
    """The use cases of second factors."""

    second_step: SecondStep
    enrolling: Enrolling
    devices: RememberedDevices
    logins: SqlPendingLogins
    factors: SqlSecondFactors


def second_factors(
    database: Database,
    trail: SqlTrail,
    master_key: MasterKey,
    sessions: SessionKeeping,
    passwords: Passwords,
    throttle: Throttle,
    clock: Callable[[], datetime] = utc_now,
) -> SecondFactorParts:
    """Joins them."""
    accounts, stored = SqlAccounts(database, trail), SqlStoredPasswords(database, trail)
    factors = SqlSecondFactors(database, trail, SqlDataKeys(master_key))
    devices = RememberedDevices(SqlDevices(database, trail), clock)
    checking = CheckingCodes(factors, SqlActivities(database, trail), clock)
    secrets = NewSecrets(factors, checking, clock)
    proving, logins = Proving(stored, passwords, checking, throttle), SqlPendingLogins(database, trail)
    return SecondFactorParts(
        SecondStep(accounts, logins, factors, checking, secrets, devices, sessions, throttle, clock),
        Enrolling(accounts, factors, secrets, proving, throttle, clock),
        devices,
        logins,
        factors,
    )


def single_sign_on(
    settings: Settings,
    database: Database,
    trail: SqlTrail,
    master_key: MasterKey,
    http: httpx.AsyncClient,
    sessions: SessionKeeping,
    activities: SqlActivities,
    throttle: Throttle,
    clock: Callable[[], datetime] = utc_now,
) -> tuple[Servicer, ...]:
    """Coming in by identity providers, and keeping those."""
    site = settings.public_url.rstrip("/")
    domains = SqlEmailDomains(database, trail)
    providers = SqlIdentityProviders(database, trail, SqlDataKeys(master_key))
    oidc, saml = OidcRelyingParty(http, site + OIDC_PAGE, clock), SamlServiceProvider(site, clock)
    entering = Entering(
        domains,
        providers,
        SqlSsoLogins(database, trail),
        SqlNewcomers(database, trail),
        oidc,
        saml,
        sessions,
        activities,
        throttle,
        administration_messages.is_email,
        clock,
    )
    return (
        Servicer(
            single_sign_on_service_pb2_grpc.add_SingleSignOnServiceServicer_to_server,
            SingleSignOnServicer(entering, Cookies.for_site(site), site + SAML_PAGE, clock),
            single_sign_on_service_pb2.DESCRIPTOR.services_by_name["SingleSignOnService"],
        ),
        Servicer(
            identity_provider_service_pb2_grpc.add_IdentityProviderServiceServicer_to_server,
            IdentityProviderServicer(
                KeepingDomains(domains, DnsTxtRecords(settings.dns_server), clock),
                KeepingProviders(providers, oidc, saml, clock),
                site + OIDC_PAGE,
                saml.consumer_url,
            ),
            identity_provider_service_pb2.DESCRIPTOR.services_by_name["IdentityProviderService"],
        ),
    )


async def _holders(settings: Settings, issuer: TokenIssuer, resources: AsyncExitStack) -> tuple[ServiceHolder, ...]:
    """The other services that keep personal data; none needs to be there when this one starts."""
    given = settings.privacy
    peers = {
        "chat": given.chat,
        "ml_gateway": given.ml_gateway,
        "integration": given.integration,
        "analytics": given.analytics,
    }
    return tuple(
        [
            ServiceHolder(
                name,
                await resources.enter_async_context(open_channel(peer, settings.server.tls, service=name)),
                issuer,
            )
            for name, peer in peers.items()
        ]
    )


async def _attempts(settings: Settings, database: Database, resources: AsyncExitStack) -> Attempts:
    stored = SqlAttempts(database)
    if settings.redis is None:
        return stored
    redis = await resources.enter_async_context(open_redis(settings.redis))
    return AttemptsWithFallback(RedisAttempts(redis, Names("auth")), stored)


def _servicers(
    auth: AuthServicer,
    users: UserServicer,
    mfa: MfaServicer,
    identity: IdentityServicer,
    emails: EmailServicer,
    sessions: SessionServicer,
    audit: AuditServicer,
) -> tuple[Servicer, ...]:
    return (
        Servicer(
            auth_service_pb2_grpc.add_AuthServiceServicer_to_server,
            auth,
            auth_service_pb2.DESCRIPTOR.services_by_name["AuthService"],
        ),
        Servicer(
            user_service_pb2_grpc.add_UserServiceServicer_to_server,
            users,
            user_service_pb2.DESCRIPTOR.services_by_name["UserService"],
        ),
        Servicer(
            mfa_service_pb2_grpc.add_MfaServiceServicer_to_server,
            mfa,
            mfa_service_pb2.DESCRIPTOR.services_by_name["MfaService"],
        ),
        Servicer(
            identity_service_pb2_grpc.add_IdentityServiceServicer_to_server,
            identity,
            identity_service_pb2.DESCRIPTOR.services_by_name["IdentityService"],
        ),
        Servicer(
            email_service_pb2_grpc.add_EmailServiceServicer_to_server,
            emails,
            email_service_pb2.DESCRIPTOR.services_by_name["EmailService"],
        ),
        Servicer(
            session_service_pb2_grpc.add_SessionServiceServicer_to_server,
            sessions,
            session_service_pb2.DESCRIPTOR.services_by_name["SessionService"],
        ),
        Servicer(
            audit_service_pb2_grpc.add_AuditServiceServicer_to_server,
            audit,
            audit_service_pb2.DESCRIPTOR.services_by_name["AuditService"],
        ),
    )


def administration(
    users: SqlAdministeredUsers,
    caps: MailCaps,
    keeping: KeepingSettings,
    page_tokens: PageTokens,
    clock: Callable[[], datetime] = utc_now,
) -> tuple[Servicer, ...]:
    """What administrators of organizations call."""
    inviting = Inviting(users, caps, clock)
    importing = ImportingUsers(inviting, administration_messages.is_email)
    return (
        Servicer(
            user_administration_service_pb2_grpc.add_UserAdministrationServiceServicer_to_server,
            UserAdministrationServicer(AdministeringUsers(users, clock), inviting, importing, page_tokens),
            user_administration_service_pb2.DESCRIPTOR.services_by_name["UserAdministrationService"],
        ),
        Servicer(
            organization_service_pb2_grpc.add_OrganizationServiceServicer_to_server,
            OrganizationServicer(keeping),
            organization_service_pb2.DESCRIPTOR.services_by_name["OrganizationService"],
        ),
    )


def _own_list(revocations: SqlRevocations, clock: Callable[[], datetime]) -> Fetch:
    """This service polls its own table, as the others poll its rpc: another replica may have ended the session."""

    async def fetch(cursor: int) -> tuple[Sequence[Ended], int]:
        found = await revocations.after(cursor, REVOCATIONS_AT_ONCE, clock())
        ended = [Ended(one.session_id, one.user_id, one.revoked_at, one.expires_at) for one in found]
        return ended, found[-1].cursor if found else cursor

    return fetch


async def _jwks(keyring: Keyring) -> Reply:
    return Reply(json.dumps({"keys": jwks.keys(keyring.public)}).encode())
