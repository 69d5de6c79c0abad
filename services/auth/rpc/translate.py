"""Messages to the model and back; pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp
from infinure.auth.v1 import auth_service_pb2 as auth
from infinure.auth.v1 import identity_service_pb2 as identity
from infinure.auth.v1 import industry_template_pb2, user_pb2
from infinure.error.v1.access_pb2 import Permission

from meshkit.secrets import Secret
from services.auth import permissions
from services.auth.industry_templates import IndustryTemplate
from services.auth.model import Account, Member, Organization, Revocation, Token, User
from services.auth.signing_up import SignUp

ROLES: Mapping[str, user_pb2.Role.ValueType] = {
    "ceo": user_pb2.ROLE_CEO,
    "director": user_pb2.ROLE_DIRECTOR,
    "manager": user_pb2.ROLE_MANAGER,
    "analyst": user_pb2.ROLE_ANALYST,
    "viewer": user_pb2.ROLE_VIEWER,
}


def sign_up(request: auth.SignUpRequest) -> SignUp:
    return SignUp(
        organization_name=request.organization_name.strip(),
        slug=request.organization_slug,
        industry=request.industry,
        email=request.email,
        password=Secret(request.password),
        first_name=request.first_name,
        last_name=request.last_name,
    )


def timestamp(moment: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(moment)
    return message


def user(one: User) -> user_pb2.User:
    allowed = sorted(permissions.of_user(one.role, one.grants))
    message = user_pb2.User(
        id=str(one.id),
        organization_id=str(one.organization_id),
        email=one.email,
        first_name=one.first_name,
        last_name=one.last_name,
        role=ROLES[one.role],
        department=one.department,
        team=one.team,
        permissions=[cast(Permission.ValueType, number) for number in allowed],
        create_time=timestamp(one.created_at),
        email_verified=one.email_verified_at is not None,
    )
    if one.last_login_at is not None:
        message.last_login_time.FromDatetime(one.last_login_at)
    return message


def member(one: Member) -> user_pb2.Member:
    return user_pb2.Member(id=str(one.id), first_name=one.first_name, last_name=one.last_name)


def organization(one: Organization) -> user_pb2.Organization:
    return user_pb2.Organization(
        id=str(one.id),
        name=one.name,
        slug=one.slug,
        industry=one.industry,
        create_time=timestamp(one.created_at),
    )


def attributes(account: Account) -> identity.GetUserAttributesResponse:
    source_ids = [str(source_id) for source_id in account.user.source_ids]
    return identity.GetUserAttributesResponse(user=user(account.user), source_ids=source_ids)


def template(one: IndustryTemplate) -> identity.GetIndustryTemplateResponse:
    return identity.GetIndustryTemplateResponse(
        industry_template=industry_template_pb2.IndustryTemplate(
            industry=one.industry,
            name=one.name,
            sensitive_fields=one.sensitive_fields,
            compliance_frameworks=one.compliance_frameworks,
            default_questions=one.default_questions,
            chart_types=one.chart_types,
            kpis=one.kpis,
            connectors=one.connectors,
        )
    )


def revocations(found: Sequence[Revocation], cursor: int) -> identity.ListRevocationsResponse:
    return identity.ListRevocationsResponse(
        revocations=[_revocation(one) for one in found], cursor=found[-1].cursor if found else cursor
    )


def _revocation(one: Revocation) -> identity.Revocation:
    message = identity.Revocation(revoke_time=timestamp(one.revoked_at), expire_time=timestamp(one.expires_at))
    if one.session_id is not None:
        message.session_id = str(one.session_id)
    else:
        message.user_id = str(one.user_id)
    return message


def exchanged(token: Token) -> auth.ExchangeTokenResponse:
    return auth.ExchangeTokenResponse(token=token.value.reveal(), expire_time=timestamp(token.expires_at))


def optional_id(text: str) -> UUID | None:
    return UUID(text) if text else None
