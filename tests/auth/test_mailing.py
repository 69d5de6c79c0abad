"""The outbox: what is sent at least once, tried again, given up, or held back; and what the operator is told."""

import logging
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from infinure.auth.v1 import email_service_pb2 as pb

from meshkit.database import Database as AppDatabase
from meshkit.mail import MailSettings, SmtpSettings
from services.auth.adapters.attempts import SqlAttempts
from services.auth.mail_caps import PER_ORGANIZATION, MailCaps
from tests.auth.mailbox import outbox, queue_empty, until
from tests.auth.server import AuthServer, serving
from tests.builders.postgres import Database
from tests.builders.smtp import SmtpServer, running_smtp

ADA = "ada@example.test"


@pytest.fixture
async def smtp() -> AsyncIterator[SmtpServer]:
    async with running_smtp() as server:
        yield server


@pytest.fixture
async def by_smtp(
    database: Database, signing_keys: Path, tmp_path: Path, smtp: SmtpServer
) -> AsyncIterator[AuthServer]:
    """Auth with a mail server."""
    folder = tmp_path / "keys"
    shutil.copytree(signing_keys, folder)
    mail = MailSettings(SmtpSettings("localhost", smtp.port, "none"), "Infinure <no-reply@infinure.test>")
    async with serving(database, folder, mail=mail) as server:
        yield server


def told(caplog: pytest.LogCaptureFixture, level: int) -> list[str]:
    """What was logged at a level; never with the address in it."""
    assert ADA not in caplog.text
    return [record.getMessage() for record in caplog.records if record.levelno == level]


async def test_a_mail_that_is_not_taken_is_tried_again_until_it_is(
    by_smtp: AuthServer, smtp: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    smtp.refusing["RCPT"] = ("450 4.2.1 {} is full", 2)
    await by_smtp.signed_up(email=ADA)
    await until(lambda: len(smtp.taken) == 1)
    await queue_empty(by_smtp)
    assert [one["To"] for one in smtp.taken] == [ADA]
    assert told(caplog, logging.WARNING).count("job failed") == 2


async def test_after_the_last_try_it_is_given_up_and_the_operator_told(
    by_smtp: AuthServer, smtp: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    smtp.refusing["RCPT"] = ("450 4.2.1 {} is full", 99)
    await by_smtp.signed_up(email=ADA)
    await until(lambda: bool(by_smtp.database.run("SELECT 1 FROM auth.jobs WHERE last_error IS NOT NULL")))
    by_smtp.database.run("UPDATE auth.jobs SET attempts = max_attempts - 1, run_time = now()")
    await until(lambda: by_smtp.database.run("SELECT state, last_error FROM auth.jobs") == ["dead|MailUndelivered"])
    assert told(caplog, logging.ERROR) == ["job dead"]


async def test_a_mail_that_is_refused_for_good_is_not_tried_again(
    by_smtp: AuthServer, smtp: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    smtp.refusing["RCPT"] = ("550 5.1.1 nobody is called {}", 99)
    opened = await by_smtp.signed_up(email=ADA)
    await queue_empty(by_smtp)
    (given_up,) = told(caplog, logging.ERROR)
    assert given_up == (
        f"a letter verify_email to user {opened.user.id} is given up: the server refused the recipient with 550"
    )


async def test_an_organization_over_its_mails_sends_no_more_links(
    auth: AuthServer, caplog: pytest.LogCaptureFixture
) -> None:
    opened = await auth.signed_up(email=ADA)
    await queue_empty(auth)
    organization_id = UUID(opened.organization.id)
    async with AppDatabase.open(auth.settings.database) as database:
        caps = MailCaps(SqlAttempts(database))
        allowed = [await caps.allows_organization(organization_id) for _ in range(PER_ORGANIZATION[0].most)]
    assert allowed == [True] * (PER_ORGANIZATION[0].most - 1) + [False]
    await auth.emails.RequestPasswordReset(pb.RequestPasswordResetRequest(email=ADA))
    await queue_empty(auth)
    assert len(outbox(auth)) == 1
    assert f"organization {opened.organization.id} is over its mails; a letter reset_password isn't sent" in told(
        caplog, logging.WARNING
    )


async def test_a_change_that_fails_queues_nothing(auth: AuthServer) -> None:
    await auth.signed_up(email=ADA)
    await queue_empty(auth)
    with pytest.raises(Exception, match="exists"):
        await auth.signed_up(email=ADA)
    assert auth.database.run("SELECT count(*) FROM auth.jobs") == ["0"]
    assert len(outbox(auth)) == 1
