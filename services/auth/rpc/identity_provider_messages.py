"""Domains and identity providers between messages and the model; pure."""

from collections.abc import Callable
from uuid import UUID

from infinure.auth.v1 import identity_provider_pb2 as pb

from services.auth.administration import etag_of
from services.auth.rpc import translate
from services.auth.rpc.administration_messages import ROLE_NAMES
from services.auth.sso.model import (
    DEFAULT_GROUP_ATTRIBUTE,
    EmailDomain,
    IdentityProvider,
    Oidc,
    Preset,
    ProviderSettings,
    RoleRule,
    Saml,
)

PRESETS = {
    Preset.GENERIC: pb.OIDC_PRESET_UNSPECIFIED,
    Preset.AZURE_AD: pb.OIDC_PRESET_AZURE_AD,
    Preset.OKTA: pb.OIDC_PRESET_OKTA,
    Preset.GOOGLE: pb.OIDC_PRESET_GOOGLE,
}
PRESET_NAMES = {number: preset for preset, number in PRESETS.items()}


def domain(one: EmailDomain) -> pb.EmailDomain:
    message = pb.EmailDomain(
        id=str(one.id), domain=one.name, record_name=one.record_name, record_value=one.record_value
    )
    if one.verified_at is not None:
        message.verify_time.FromDatetime(one.verified_at)
    return message


def provider(one: IdentityProvider, oidc_redirect_uri: str, consumer_url: Callable[[UUID], str]) -> pb.IdentityProvider:
    speaks_saml = isinstance(one.settings.protocol, Saml)
    consumer = consumer_url(one.id) if speaks_saml else ""
    return pb.IdentityProvider(
        id=str(one.id),
        settings=_settings(one.settings),
        redirect_uri=consumer or oidc_redirect_uri,
        service_provider_entity_id=consumer,
        create_time=translate.timestamp(one.created_at),
        etag=etag_of(one.updated_at),
    )


def wanted(message: pb.IdentityProviderSettings) -> ProviderSettings:
    protocol: Oidc | Saml
    if message.WhichOneof("protocol") == "oidc":
        oidc = message.oidc
        protocol = Oidc(oidc.issuer, oidc.client_id.strip(), PRESET_NAMES[oidc.preset])
    else:
        saml = message.saml
        certificates = tuple(certificate.strip() for certificate in saml.certificates)
        protocol = Saml(saml.entity_id.strip(), saml.sso_url, certificates, saml.idp_initiated)
    return ProviderSettings(
        name=message.name.strip(),
        protocol=protocol,
        enabled=message.enabled,
        creates_users=message.creates_users,
        default_role=ROLE_NAMES[message.default_role],
        group_attribute=message.group_attribute.strip() or DEFAULT_GROUP_ATTRIBUTE,
        role_rules=tuple(RoleRule(rule.group, ROLE_NAMES[rule.role]) for rule in message.role_rules),
    )


def _settings(one: ProviderSettings) -> pb.IdentityProviderSettings:
    message = pb.IdentityProviderSettings(
        name=one.name,
        enabled=one.enabled,
        creates_users=one.creates_users,
        default_role=translate.ROLES[one.default_role],
        group_attribute=one.group_attribute,
        role_rules=[pb.RoleRule(group=rule.group, role=translate.ROLES[rule.role]) for rule in one.role_rules],
    )
    protocol = one.protocol
    if isinstance(protocol, Oidc):
        preset = PRESETS[protocol.preset]
        message.oidc.CopyFrom(pb.OidcSettings(preset=preset, issuer=protocol.issuer, client_id=protocol.client_id))
    else:
        message.saml.CopyFrom(
            pb.SamlSettings(
                entity_id=protocol.entity_id,
                sso_url=protocol.sso_url,
                certificates=protocol.certificates,
                idp_initiated=protocol.idp_initiated,
            )
        )
    return message
