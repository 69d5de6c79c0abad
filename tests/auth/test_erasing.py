"""Erasing a person: what is left, what isn't, who may, and what happens while a service is away."""

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import grpc
import pytest
from infinure.auth.v1 import privacy_service_pb2 as pb
from infinure.auth.v1 import privacy_service_pb2_grpc
from infinure.auth.v1 import user_administration_service_pb2 as users_pb

from cli.launching import base_environment
from tests.auth import administration
from tests.auth.administration import BO, joined, service
from tests.auth.holders import Kept, holding
from tests.auth.mailbox import outbox
from tests.auth.refusals import refused
from tests.auth.server import AuthServer, bearer, serving
from tests.auth.test_audit_trail import verified
from tests.builders.postgres import Database
from tests.builders.privacy import NOWHERE, privacy_settings

SERVICES = ("chat", "ml_gateway", "integration", "analytics")
NOT_FOUND, FAILED_PRECONDITION = grpc.StatusCode.NOT_FOUND, grpc.StatusCode.FAILED_PRECONDITION


@dataclass
class Organization:
    """An auth server with the services beside it, its leader's token, and somebody else's id."""

    auth: AuthServer
    kept: dict[str, Kept]
    token: str = ""
    user_id: str = ""

    @property
    def privacy(self) -> privacy_service_pb2_grpc.PrivacyServiceStub:
        return privacy_service_pb2_grpc.PrivacyServiceStub(self.auth.channel)

    async def erase(self, user_id: str = "") -> pb.Erasure:
        request = pb.EraseUserRequest(user_id=user_id or self.user_id)
        return (await self.privacy.EraseUser(request, metadata=bearer(self.token))).erasure

    async def erasure(self, erasure_id: str) -> pb.Erasure:
        request = pb.GetErasureRequest(erasure_id=erasure_id)
        return (await self.privacy.GetErasure(request, metadata=bearer(self.token))).erasure

    async def until(self, erasure_id: str, **wanted: object) -> pb.Erasure:
        async with asyncio.timeout(60):
            while True:
                found = await self.erasure(erasure_id)
                if all(getattr(found, name) == value for name, value in wanted.items()):
                    return found
                await asyncio.sleep(0.1)

    def tables(self, words: str) -> list[str]:
        """In which tables the words stand."""
        listed = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'auth'::regnamespace ORDER BY 1"
        tables = self.auth.database.run(listed)
        return [
            table
            for table in tables
            if words.lower() in "\n".join(self.auth.database.run(f"SELECT t::text FROM auth.{table} t")).lower()
        ]


@pytest.fixture
async def organization(database: Database, signing_keys: Path, tmp_path: Path) -> AsyncIterator[Organization]:
    folder = tmp_path / "keys"
    shutil.copytree(signing_keys, folder)
    kept = {name: Kept() for name in SERVICES}
    async with AsyncExitStack() as stack:
        places = {name: (await stack.enter_async_context(holding(one, folder))).address for name, one in kept.items()}
        privacy = privacy_settings(NOWHERE, **places)
        auth = await stack.enter_async_context(serving(database, folder, privacy=privacy))
        yield Organization(auth, kept)


async def with_bo(organization: Organization) -> None:
    """Bo joins and logs in, and every service keeps something of them."""
    auth = organization.auth
    organization.token = (await auth.signed_up()).access_token
    account = await joined(auth, organization.token)
    organization.user_id = account.user.id
    with refused(grpc.StatusCode.UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in(BO, "Wrong-horse-42")
    await auth.logged_in(BO)
    for one in organization.kept.values():
        one.records[UUID(account.user.id)] = ["one", "two"]


async def erased_again(auth: AuthServer) -> tuple[int, str]:
    """Runs the operator's command; status and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.auth", "erase-again"),
        env={**base_environment(), **auth.environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def deactivated(organization: Organization) -> None:
    request = users_pb.DeactivateUserRequest(user_id=organization.user_id)
    await service(organization.auth).DeactivateUser(request, metadata=bearer(organization.token))


async def test_nothing_names_who_is_erased_and_the_trail_holds(organization: Organization) -> None:
    await with_bo(organization)
    await deactivated(organization)
    auth, user_id = organization.auth, organization.user_id
    rows = "SELECT sequence, action, encode(hash, 'hex') FROM auth.user_activities ORDER BY organization_id, sequence"
    before = auth.database.run(rows)
    # Bo was sent an invitation.
    assert [mail for mail in outbox(auth) if BO in mail["To"]]
    assert "users" in organization.tables("Lind")

    begun = await organization.erase()
    assert (begun.user_id, begun.state) == (user_id, pb.ERASURE_STATE_RUNNING)
    done = await organization.until(begun.id, state=pb.ERASURE_STATE_DONE)
    evidence = {one.service: {store.store: store for store in one.stores} for one in done.evidence}
    assert list(evidence) == [*SERVICES, "auth"]
    assert [evidence[name]["notes"].deleted_count for name in SERVICES] == [2, 2, 2, 2]
    assert evidence["auth"]["users"].pseudonymised_count == 1
    assert evidence["auth"]["user_activities"].shredded_count >= 4
    assert evidence["auth"]["outbox"].deleted_count >= 1

    assert (organization.tables(BO), organization.tables("Lind")) == ([], [])
    assert not [mail for mail in outbox(auth) if BO in mail["To"]]
    left = set(organization.tables(user_id))
    assert left == {"users", "user_activities", "erasures", "revocations"}
    origins = "SELECT count(*) FROM auth.user_activities WHERE {} AND origin_salt IS NOT NULL"
    assert auth.database.run(origins.format(f"user_id = '{user_id}'")) == ["0"]
    tried = f"user_id IS NULL AND resource_id = '{user_id}' AND action = 'LOGIN_FAILED'"
    assert auth.database.run(origins.format(tried)) == ["0"]
    # Every row of before is there with its hash, and the chain holds over them.
    assert set(before) <= set(auth.database.run(rows))
    status, said = await verified(auth)
    assert (status, "trails hold" in said) == (0, True)
    # The address is free for somebody else.
    await auth.signed_up(email=BO)


async def test_who_is_erased_is_shown_to_nobody_and_stays_out(organization: Organization) -> None:
    await with_bo(organization)
    await deactivated(organization)
    auth, user_id, token = organization.auth, organization.user_id, organization.token
    for one in organization.kept.values():
        one.away = True  # so that it isn't done
    begun = await organization.erase()
    assert user_id not in [one.user.id for one in (await administration.listed(auth, token)).accounts]
    with refused(NOT_FOUND, "USER_NOT_FOUND"):
        await administration.found(auth, token, user_id)
    with refused(NOT_FOUND, "USER_NOT_FOUND"):
        await service(auth).ActivateUser(users_pb.ActivateUserRequest(user_id=user_id), metadata=bearer(token))
    with refused(grpc.StatusCode.UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in(BO)
    assert (await organization.erase()).id == begun.id


async def test_it_goes_on_when_a_service_is_back_and_asks_nobody_twice(organization: Organization) -> None:
    await with_bo(organization)
    await deactivated(organization)
    organization.kept["integration"].away = True
    begun = await organization.erase()
    stuck = await organization.until(begun.id, last_problem="integration: SERVICE_UNAVAILABLE")
    assert [one.service for one in stuck.evidence] == ["chat", "ml_gateway"]
    assert "users" in organization.tables(BO)
    organization.kept["integration"].away = False
    done = await organization.until(begun.id, state=pb.ERASURE_STATE_DONE)
    assert done.attempt_count >= 2
    assert [organization.kept[name].asked for name in ("chat", "ml_gateway", "analytics")] == [["erase"]] * 3
    listing = organization.privacy.ListErasures(pb.ListErasuresRequest(), metadata=bearer(organization.token))
    assert list((await listing).erasures) == [done]
    with refused(NOT_FOUND, "USER_NOT_FOUND"):
        await organization.erase()


async def test_a_restored_backup_is_erased_again(organization: Organization) -> None:
    await with_bo(organization)
    await deactivated(organization)
    auth, user_id = organization.auth, organization.user_id
    begun = await organization.erase()
    await organization.until(begun.id, state=pb.ERASURE_STATE_DONE)
    # As after a backup from before: Bo is there again in every service, and none knows of an erasure.
    auth.database.run(
        f"UPDATE auth.users SET email = '{BO}', last_name = 'Lind', erased_at = NULL, is_active = true "
        f"WHERE id = '{user_id}'; DELETE FROM auth.erasure_evidence; DELETE FROM auth.erasures"
    )
    for one in organization.kept.values():
        one.records[UUID(user_id)] = ["one"]
    assert organization.tables("Lind") == ["users"]

    assert await erased_again(auth) == (0, "1 of 1 people who were erased are erased again\n")
    done = await organization.until(begun.id, state=pb.ERASURE_STATE_DONE)
    assert [one.service for one in done.evidence] == [*SERVICES, "auth"]
    assert (organization.tables("Lind"), [one.records for one in organization.kept.values()]) == ([], [{}] * 4)
    # Where only the others were restored, auth's evidence doesn't keep them from being asked.
    organization.kept["chat"].records[UUID(user_id)] = ["two"]
    assert (await erased_again(auth))[0] == 0
    await organization.until(begun.id, state=pb.ERASURE_STATE_DONE)
    assert organization.kept["chat"].records == {}
    assert (await verified(auth))[0] == 0


async def test_who_may_erase_whom(organization: Organization) -> None:
    await with_bo(organization)
    auth, own_token = organization.auth, organization.token
    with refused(FAILED_PRECONDITION, "USER_NOT_DEACTIVATED"):
        await organization.erase()
    await deactivated(organization)
    me = (await auth.me(own_token)).user.id
    with refused(FAILED_PRECONDITION, "OWN_ACCOUNT"):
        await organization.erase(me)
    organization.token = (await auth.signed_up()).access_token
    with refused(NOT_FOUND, "USER_NOT_FOUND"):
        await organization.erase()
    organization.token = own_token
    colleague = await joined(auth, own_token, "cy@example.test")
    organization.token = (await auth.logged_in("cy@example.test")).access_token
    with refused(grpc.StatusCode.PERMISSION_DENIED, "PERMISSION_MISSING"):
        await organization.erase()
    assert colleague.user.id != me


async def test_the_services_role_forgets_origins_of_nobody_else(organization: Organization) -> None:
    opened = await organization.auth.signed_up()
    forget = (
        f"SET ROLE auth_app; BEGIN; SET LOCAL app.organization_id = '{opened.organization.id}'; "
        f"SELECT forget_origins('{opened.user.id}'); COMMIT;"
    )
    said = organization.auth.database.run(f"SET search_path = auth; {forget}")
    assert "0" in said
    forgotten = "SELECT count(*) FROM auth.user_activities WHERE origin_salt IS NULL"
    assert organization.auth.database.run(forgotten) == ["0"]


async def test_a_trail_goes_with_no_organization(database: Database) -> None:
    """Deleting an organization can't take its trail along: nothing there refers to anybody."""
    references = (
        "SELECT conrelid::regclass FROM pg_constraint WHERE contype = 'f' AND conrelid IN "
        "('auth.user_activities'::regclass, 'auth.activity_heads'::regclass, 'auth.activity_starts'::regclass, "
        "'auth.erasures'::regclass, 'auth.consents'::regclass, 'auth.retention_runs'::regclass)"
    )
    assert database.run(references) == []
    # And one that has anybody can't be deleted at all.
    cascades = "SELECT conrelid::regclass FROM pg_constraint WHERE confrelid = 'auth.organizations'::regclass {}"
    assert database.run(cascades.format("")) != []
    assert database.run(cascades.format("AND confdeltype <> 'a'")) == []


async def test_ones_own_data_come_as_lines_of_all_services(organization: Organization) -> None:
    await with_bo(organization)
    token = (await organization.auth.logged_in(BO)).access_token
    parts, count = [], None
    async for event in organization.privacy.ExportMyData(pb.ExportMyDataRequest(), metadata=bearer(token)):
        if event.WhichOneof("event") == "chunk":
            parts.append(event.chunk)
        else:
            count = event.completed.record_count
    lines = [json.loads(line) for line in "".join(parts).splitlines()]
    assert count == len(lines)
    assert {line["service"] for line in lines} == {*SERVICES, "auth"}
    (me,) = [line["record"] for line in lines if line["store"] == "users"]
    assert (me["email"], me["last_name"]) == (BO, "Lind")
    activities = [line["record"]["action"] for line in lines if line["store"] == "user_activities"]
    assert {"LOGIN_SUCCESS", "LOGIN_FAILED", "PERSONAL_DATA_EXPORTED"} <= set(activities)
    assert "hash" not in "".join(parts)
    # The leader's own things aren't Bo's.
    assert "Byron" not in "".join(parts)


async def test_an_export_with_a_service_away_says_so(organization: Organization) -> None:
    await with_bo(organization)
    organization.kept["analytics"].away = True
    token = (await organization.auth.logged_in(BO)).access_token
    kinds = []
    with refused(grpc.StatusCode.UNAVAILABLE, "SERVICE_UNAVAILABLE"):
        async for event in organization.privacy.ExportMyData(pb.ExportMyDataRequest(), metadata=bearer(token)):
            kinds.append(event.WhichOneof("event"))
    assert kinds[-1:] in ([], ["failed"])
    assert "completed" not in kinds
