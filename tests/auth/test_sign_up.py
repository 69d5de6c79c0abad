"""Signing up an organization."""

import grpc
import pytest
from infinure.auth.v1 import user_pb2
from infinure.error.v1 import access_pb2

from tests.auth.refusals import refused
from tests.auth.server import AuthServer

INVALID, EXISTS = grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.ALREADY_EXISTS


async def test_the_first_user_leads_the_organization_and_is_logged_in(auth: AuthServer) -> None:
    opened = await auth.signed_up(organization_name="Größe & Söhne GmbH", email="Lea@Example.test", industry="fintech")
    assert opened.organization.slug == "groe-sohne-gmbh"
    assert opened.organization.industry == "fintech"
    assert opened.user.role == user_pb2.ROLE_CEO
    assert opened.user.email == "Lea@Example.test"
    assert access_pb2.PERMISSION_MANAGE_SOURCES in opened.user.permissions
    me = await auth.me(opened.access_token)
    assert (me.user, me.organization) == (opened.user, opened.organization)
    assert (await auth.refreshed(opened.refresh_token)).user.id == opened.user.id


async def test_ids_sort_by_time(auth: AuthServer) -> None:
    first, second = await auth.signed_up(), await auth.signed_up()
    assert first.user.id < second.user.id
    assert first.organization.id < second.organization.id


async def test_no_industry_means_saas(auth: AuthServer) -> None:
    assert (await auth.signed_up(industry="")).organization.industry == "saas"


async def test_an_email_is_taken_whatever_its_case_and_organization(auth: AuthServer) -> None:
    await auth.signed_up(email="ada@example.test")
    with refused(EXISTS, "EMAIL_TAKEN"):
        await auth.signed_up(email="ADA@example.test")
    assert auth.database.run("SELECT count(*) FROM auth.organizations") == ["1"]


async def test_a_chosen_slug_is_taken_once_and_a_derived_one_is_set_apart(auth: AuthServer) -> None:
    await auth.signed_up(organization_slug="acme")
    with refused(EXISTS, "SLUG_TAKEN"):
        await auth.signed_up(organization_slug="acme")
    derived = await auth.signed_up(organization_name="Acme")
    assert derived.organization.slug.startswith("acme-")


async def test_a_weak_password_is_told_its_broken_rules_and_makes_nothing(auth: AuthServer) -> None:
    with refused(INVALID, "PASSWORD_TOO_WEAK") as refusal:
        await auth.signed_up(password="password123")
    assert refusal.error.metadata["rules"] == "length,upper,symbol,common"
    assert b"password123" not in refusal.raw
    assert auth.database.run("SELECT count(*) FROM auth.organizations") == ["0"]


@pytest.mark.parametrize("password", ["Northwind-2026!", "Ada.byron-2026!", "P@ssw0rd2026!"])
async def test_a_password_that_is_guessed_first_makes_nothing(auth: AuthServer, password: str) -> None:
    with refused(INVALID, "PASSWORD_TOO_WEAK"):
        await auth.signed_up(organization_name="Northwind", email="ada.byron@example.test", password=password)


async def test_an_unknown_industry_is_told_the_known_ones(auth: AuthServer) -> None:
    with refused(INVALID, "INDUSTRY_UNKNOWN") as refusal:
        await auth.signed_up(industry="alchemy")
    assert refusal.error.metadata["known"] == "ecommerce,fintech,healthcare,saas"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organization_name", ""),
        ("organization_name", " \t"),
        ("organization_name", "x" * 256),
        ("organization_name", "a\0b"),
        ("organization_slug", "Not A Slug"),
        ("industry", "x" * 101),
        ("email", "nobody"),
        ("email", "a@b.test\0"),
        ("email", f"{'x' * 250}@b.test"),
        ("password", ""),
        ("password", "Aa1!" * 257),
        ("password", "Abcdefgh-12\0"),
        ("first_name", ""),
        ("first_name", "x" * 101),
        ("last_name", ""),
        ("refresh_token_delivery", 9),
    ],
)
async def test_bad_input_names_its_field(auth: AuthServer, field: str, value: object) -> None:
    with refused(INVALID, "REQUEST_INVALID") as refusal:
        await auth.signed_up(**{field: value})
    assert {violation.field for violation in refusal.error.violations} == {field}
