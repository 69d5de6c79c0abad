"""What administrators see and decide, between messages and the model; pure."""

from uuid import UUID

from infinure.auth.v1 import organization_service_pb2 as organization_pb
from infinure.auth.v1 import user_administration_service_pb2 as pb
from infinure.error.v1.access_pb2 import Permission
from protovalidate import Validator

from services.auth import password_policy
from services.auth.administration import Place, Settings, UserAccount, UserFilter, etag_of
from services.auth.importing_users import Imported, Outcome
from services.auth.model import Organization, UserState
from services.auth.rpc import translate

PREFIX = "PERMISSION_"
VALIDATOR = Validator()
PERMISSIONS = Permission.DESCRIPTOR.values_by_name
STATES = {
    UserState.ACTIVE: pb.USER_STATE_ACTIVE,
    UserState.INVITED: pb.USER_STATE_INVITED,
    UserState.DEACTIVATED: pb.USER_STATE_DEACTIVATED,
}
OUTCOMES = {
    Outcome.INVITED: pb.IMPORT_OUTCOME_INVITED,
    Outcome.EXISTS: pb.IMPORT_OUTCOME_EXISTS,
    Outcome.REFUSED: pb.IMPORT_OUTCOME_REFUSED,
}
POLICIES = {
    password_policy.CLASSES: organization_pb.PASSWORD_POLICY_CLASSES,
    password_policy.NIST: organization_pb.PASSWORD_POLICY_NIST,
}
ROLE_NAMES = {number: name for name, number in translate.ROLES.items()}
STATE_NAMES = {number: state for state, number in STATES.items()}
POLICY_NAMES = {number: name for name, number in POLICIES.items()}


def account(one: UserAccount) -> pb.UserAccount:
    user = one.user
    message = pb.UserAccount(
        user=translate.user(user),
        state=STATES[user.state],
        grants=[Permission.Value(f"{PREFIX}{name}") for name in user.grants if f"{PREFIX}{name}" in PERMISSIONS],
        source_ids=map(str, user.source_ids),
        second_factor=one.second_factor,
        etag=etag_of(user.updated_at or user.created_at),
    )
    if user.invited_at is not None:
        message.invite_time.FromDatetime(user.invited_at)
    return message


def place(message: pb.UserPlace) -> Place:
    grants = sorted(Permission.Name(number).removeprefix(PREFIX) for number in message.grants)
    source_ids = tuple(sorted(map(UUID, message.source_ids)))
    return Place(ROLE_NAMES[message.role], message.department, message.team, tuple(grants), source_ids)


def wanted(message: pb.UserFilter) -> UserFilter:
    return UserFilter(message.query.strip(), ROLE_NAMES.get(message.role, ""), STATE_NAMES.get(message.state))


def is_email(text: str) -> bool:
    """Whether InviteUser would take it for one."""
    violations = VALIDATOR.collect_violations(pb.InviteUserRequest(email=text))
    named = [one.proto.field.elements for one in violations if one.proto.field is not None]
    return all(elements[0].field_name != "email" for elements in named)


def imported(one: Imported) -> pb.ImportedUser:
    return pb.ImportedUser(line=one.line, email=one.email, outcome=OUTCOMES[one.outcome], problem=one.problem)


def settings(one: Organization) -> organization_pb.OrganizationSettings:
    return organization_pb.OrganizationSettings(
        name=one.name,
        mfa_required=one.mfa_required,
        mfa_by_email=one.mfa_by_email,
        password_policy=POLICIES[one.policy],
    )


def wanted_settings(message: organization_pb.OrganizationSettings) -> Settings:
    policy = POLICY_NAMES[message.password_policy]
    return Settings(message.name, policy, message.mfa_required, message.mfa_by_email)
