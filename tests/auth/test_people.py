"""Who somebody is, what is usual in their industry, and the operator's command."""

import asyncio
import sys

import grpc
import pytest
from infinure.auth.v1 import identity_service_pb2 as pb
from infinure.auth.v1 import user_pb2, user_service_pb2

from cli.launching import base_environment
from meshkit.ids import new_id
from services.auth import industry_templates, password_policy, permissions
from services.auth.errors import PasswordTooWeak
from tests.auth.refusals import refused
from tests.auth.server import PASSWORD, AuthServer, bearer

NOT_FOUND = grpc.StatusCode.NOT_FOUND


async def add_user(auth: AuthServer, *arguments: str, password: str = PASSWORD) -> tuple[int, str]:
    """Runs the command; status and what it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "services.auth", "add-user", "--password-stdin", *arguments),
        env={**base_environment(), **auth.environment},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate(f"{password}\n".encode())
    assert process.returncode is not None
    return process.returncode, said.decode()


def person(organization: str, email: str, role: str = "manager") -> tuple[str, ...]:
    return (
        *("--organization", organization, "--email", email, "--role", role),
        *("--first-name", "Grace", "--last-name", "Hopper", "--department", "Sales", "--team", "North"),
    )


async def test_the_operator_adds_a_person_who_can_log_in_and_doing_so_again_is_no_error(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    wanted = person(opened.organization.slug, "grace@example.test")
    status, said = await add_user(auth, *wanted)
    assert (status, said) == (0, "grace@example.test was added\n")
    logged_in = await auth.logged_in("grace@example.test")
    assert logged_in.user.role == user_pb2.ROLE_MANAGER
    assert (logged_in.user.department, logged_in.user.team) == ("Sales", "North")
    assert logged_in.organization == opened.organization
    status, said = await add_user(auth, *wanted, password="Another-horse-7")
    assert (status, said) == (0, "grace@example.test was there\n")
    await auth.logged_in("grace@example.test")


async def test_the_operator_is_told_what_is_wrong(auth: AuthServer) -> None:
    opened, other = await auth.signed_up(), await auth.signed_up()
    status, said = await add_user(auth, *person("nowhere", "grace@example.test"))
    assert (status, "no organization" in said) == (1, True)
    status, said = await add_user(auth, *person(other.organization.slug, opened.user.email))
    assert (status, "EMAIL_TAKEN" in said) == (1, True)
    status, said = await add_user(auth, *person(opened.organization.slug, "grace@example.test"), password="short")
    assert (status, "PASSWORD_TOO_WEAK" in said, "short" in said) == (1, True, False)


async def test_attributes_are_those_of_the_caller_or_of_a_colleague(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    own = await auth.identity.GetUserAttributes(pb.GetUserAttributesRequest(), metadata=bearer(opened.access_token))
    named = await auth.identity.GetUserAttributes(
        pb.GetUserAttributesRequest(user_id=opened.user.id), metadata=bearer(opened.access_token)
    )
    assert own == named
    assert own.user == opened.user


async def test_another_organizations_user_is_not_found_in_the_bytes_of_one_that_never_was(auth: AuthServer) -> None:
    opened, other = await auth.signed_up(), await auth.signed_up()
    answers = []
    for user_id in (other.user.id, str(new_id())):
        with refused(NOT_FOUND, "USER_NOT_FOUND") as refusal:
            await auth.identity.GetUserAttributes(
                pb.GetUserAttributesRequest(user_id=user_id),
                metadata=(*bearer(opened.access_token), ("x-request-id", "0123456789abcdef")),
            )
        answers.append(refusal.raw.replace(user_id.encode(), b"<id>"))
    assert answers[0] == answers[1]


async def test_a_user_who_is_gone_is_not_found(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    auth.database.run("DELETE FROM auth.users")
    with refused(NOT_FOUND, "USER_NOT_FOUND"):
        await auth.me(opened.access_token)


async def test_colleagues_are_named_and_nobody_else(auth: AuthServer) -> None:
    opened, other = await auth.signed_up(), await auth.signed_up()
    wanted = [opened.user.id, other.user.id, str(new_id()), opened.user.id]
    reply = await auth.users.BatchGetMembers(
        user_service_pb2.BatchGetMembersRequest(user_ids=wanted), metadata=bearer(opened.access_token)
    )
    mine = user_pb2.Member(id=opened.user.id, first_name=opened.user.first_name, last_name=opened.user.last_name)
    assert list(reply.members) == [mine]


@pytest.mark.parametrize("industry", ["fintech", "healthcare", "ecommerce", "saas"])
async def test_the_template_is_the_organizations(auth: AuthServer, industry: str) -> None:
    opened = await auth.signed_up(industry=industry)
    reply = await auth.identity.GetIndustryTemplate(
        pb.GetIndustryTemplateRequest(), metadata=bearer(opened.access_token)
    )
    template = reply.industry_template
    assert template.industry == industry
    expected = industry_templates.load().named(industry)
    assert tuple(template.sensitive_fields) == expected.sensitive_fields
    assert tuple(template.default_questions) == expected.default_questions
    assert (len(template.default_questions), bool(template.kpis), bool(template.connectors)) == (5, True, True)


@pytest.mark.parametrize("token", ["", "garbage", "a.b.c"])
async def test_without_a_good_token_nobody_is_told_anything(auth: AuthServer, token: str) -> None:
    reason = "TOKEN_MALFORMED" if token else "TOKEN_MISSING"
    metadata = bearer(token) if token else ()
    with refused(grpc.StatusCode.UNAUTHENTICATED, reason):
        await auth.identity.GetUserAttributes(pb.GetUserAttributesRequest(), metadata=metadata)


@pytest.mark.parametrize(
    ("password", "broken"),
    [
        ("Correct-horse-42", []),
        ("Correct horse battery staple 7!", []),
        ("Пароль-Длинный-7", []),
        ("密码密码密码密码密码Aa1!", []),
        ("🔐🔐🔐🔐Aa1!Bb2@", []),
        ("Tr7_mQx9_LpZ4", []),
        ("Tr7€mQx9€LpZ", []),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}Kestrelnest!", []),
        ("Aa1!Aa1!Aa1", ["length"]),
        ("Tr7 mQx9 LpZ4", ["symbol"]),
        ("Tr!mQx#LpZ!kWq", ["digit"]),
        ("correct horse battery staple", ["upper", "digit", "symbol"]),
        ("            ", ["upper", "lower", "digit", "symbol", "common"]),
    ],
)
def test_the_password_policy_names_the_broken_rules(password: str, broken: list[str]) -> None:
    if broken:
        with pytest.raises(PasswordTooWeak) as raised:
            password_policy.check(password)
        assert raised.value.metadata == {"rules": ",".join(broken)}
    else:
        password_policy.check(password)


def test_grants_add_to_the_role_and_can_give_nothing_that_only_jobs_hold() -> None:
    viewer = permissions.BY_ROLE["viewer"]
    assert permissions.of_user("viewer", ["READ_USAGE"]) == viewer | {permissions.READ_USAGE}
    assert permissions.of_user("viewer", ["RECORD_USAGE", "UNSPECIFIED", "NO_SUCH"]) == viewer
    of_jobs = {permissions.RECORD_USAGE, permissions.KEEP_PERSONAL_DATA}
    assert not any(of_jobs & allowed for allowed in permissions.BY_ROLE.values())
    assert permissions.KEEP_PERSONAL_DATA not in permissions.JOB | permissions.JOB_OF_A_USER | permissions.GRANTABLE
