"""Mails: what arrives, what a mail server's answers mean, and what no value can do to a header."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from jinja2 import DictLoader, UndefinedError

from meshkit.mail import Mail, Mailer, MailRefused, MailSettings, MailUndelivered, SmtpSettings, Templates, open_mailer
from meshkit.mail.folder import MOST_KEPT, FolderMailer
from meshkit.secrets import Secret
from meshkit.settings import SettingsError, load
from tests.builders.certificates import TestCertificates
from tests.builders.ports import free_port
from tests.builders.smtp import PASSWORD, USERNAME, SmtpServer, running_smtp

SENDER = "Infinure <no-reply@infinure.test>"
MAIL = Mail("ada@byron.test", "Größe zählt", "Guten Tag,\nÄrger?\n", "<p>Guten Tag</p>\n")
SMTP_ALONE = SmtpSettings("localhost", 0, "none")
Arrived = Callable[[], Sequence[EmailMessage]]


def read(folder: Path) -> list[EmailMessage]:
    files = sorted(folder.glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=SMTP) for file in files]


@pytest.fixture
async def smtp() -> AsyncIterator[SmtpServer]:
    async with running_smtp() as server:
        yield server


def by(server: SmtpServer, **changes: object) -> Mailer:
    settings = replace(SMTP_ALONE, **{"port": server.port, **changes})  # type: ignore[arg-type]
    return open_mailer(MailSettings(settings, SENDER))


@pytest.fixture(params=["smtp", "folder"])
def mailer(request: pytest.FixtureRequest, smtp: SmtpServer, tmp_path: Path) -> tuple[Mailer, Arrived]:
    if request.param == "smtp":
        return by(smtp), lambda: smtp.taken
    return open_mailer(MailSettings(sender=SENDER, outbox_dir=tmp_path / "outbox")), lambda: read(tmp_path / "outbox")


async def test_a_mail_arrives_as_it_was_written_in_text_and_html(mailer: tuple[Mailer, Arrived]) -> None:
    send, arrived = mailer
    await send.send(MAIL)
    (message,) = arrived()
    assert (message["To"], message["From"], message["Subject"]) == (MAIL.recipient, SENDER, MAIL.subject)
    assert message["Message-ID"].endswith("@infinure.test>")
    assert message["Date"].datetime.tzinfo is not None
    assert message["Auto-Submitted"] == "auto-generated"
    parts = {part.get_content_type(): part.get_content() for part in message.iter_parts()}
    assert {kind: text.replace("\r\n", "\n") for kind, text in parts.items()} == {
        "text/plain": MAIL.text,
        "text/html": MAIL.html,
    }


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Hello\r\nBcc: eve@evil.test"},
        {"subject": "Hello\nBcc: eve@evil.test"},
        {"recipient": "ada@byron.test\r\nBcc: eve@evil.test"},
        {"recipient": "ada@byron.test, eve@evil.test"},
        {"recipient": "Ada <ada@byron.test>"},
        {"recipient": "ädä@byron.test"},
        {"recipient": "nobody"},
        {"recipient": ""},
    ],
    ids=repr,
)
async def test_what_would_be_another_header_or_recipient_is_refused(
    mailer: tuple[Mailer, Arrived], change: dict[str, str]
) -> None:
    send, arrived = mailer
    with pytest.raises(MailRefused) as refused:
        await send.send(replace(MAIL, **change))
    assert "@" not in str(refused.value)
    assert not arrived()


@pytest.mark.parametrize(
    ("command", "answer", "kind"),
    [
        ("RCPT", "550 5.1.1 nobody is called {}", MailRefused),
        ("RCPT", "450 4.2.1 {} is full", MailUndelivered),
        ("DATA", "554 5.7.1 no", MailRefused),
        ("DATA", "451 4.3.0 later", MailUndelivered),
    ],
)
async def test_an_answer_is_for_ever_or_for_now_and_is_told_without_addresses(
    smtp: SmtpServer, command: str, answer: str, kind: type[Exception]
) -> None:
    smtp.refusing[command] = (answer, 1)
    with pytest.raises(kind) as failure:
        await by(smtp).send(MAIL)
    assert answer[:3] in str(failure.value)
    assert "@" not in str(failure.value)
    assert failure.value.__suppress_context__
    await by(smtp).send(MAIL)
    assert len(smtp.taken) == 1


async def test_a_server_that_is_away_or_mute_is_tried_again_later(smtp: SmtpServer) -> None:
    with pytest.raises(MailUndelivered):
        await by(smtp, port=free_port()).send(MAIL)
    with pytest.raises(MailUndelivered):
        # It waits for TLS, the other for nothing.
        await by(smtp, security="tls", timeout=0.3).send(MAIL)
    assert not smtp.taken


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_encrypted_it_logs_in_and_trusts_the_authority_given_alone(tmp_path: Path, security: str) -> None:
    tls = TestCertificates(tmp_path / "relay").tls("relay")
    stranger = TestCertificates(tmp_path / "stranger").tls("relay")
    known = {"username": USERNAME, "password": Secret(PASSWORD), "security": security, "authority": tls.authority}
    async with running_smtp(tls, wrapped=security == "tls") as server:
        await by(server, **known).send(MAIL)
        assert len(server.taken) == 1
        for wrong in ({"authority": stranger.authority}, {"password": Secret("Wrong")}, {"security": "none"}):
            with pytest.raises(MailUndelivered):
                await by(server, **{**known, **wrong}).send(MAIL)
        assert len(server.taken) == 1


async def test_a_server_without_starttls_gets_nothing(smtp: SmtpServer) -> None:
    with pytest.raises(MailUndelivered):
        await by(smtp, security="starttls").send(MAIL)
    assert not smtp.taken


async def test_nothing_is_sent_to_examples(smtp: SmtpServer) -> None:
    await by(smtp).send(replace(MAIL, recipient="ceo@demo.example"))
    assert not smtp.taken


async def test_the_outbox_is_for_its_owner_alone_and_does_not_grow_for_ever(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    folder.mkdir(mode=0o700)
    for number in range(MOST_KEPT + 5):
        (folder / f"0{number:05}.eml").touch()
    await FolderMailer(folder, SENDER).send(MAIL)
    files = sorted(folder.iterdir())
    assert len(files) == MOST_KEPT
    assert files[-1].stat().st_mode & 0o077 == 0
    assert read(folder)[-1]["To"] == MAIL.recipient


def test_settings_name_a_server_with_its_sender_or_a_folder() -> None:
    server = {"INFINURE_SMTP_HOST": "mail.test", "INFINURE_SMTP_PASSWORD": "Kestrel-41"}
    for environment in (
        {},
        server,
        {**server, "INFINURE_MAIL_FROM": "nobody"},
        {**server, "INFINURE_SMTP_SECURITY": "x"},
    ):
        with pytest.raises(SettingsError):
            open_mailer(load(MailSettings, environment))
    settings = load(MailSettings, {**server, "INFINURE_MAIL_FROM": SENDER})
    assert settings.smtp is not None
    assert (settings.smtp.port, settings.smtp.security) == (587, "starttls")
    assert "Kestrel-41" not in repr(settings)


@pytest.fixture
def templates() -> Templates:
    return Templates(
        DictLoader(
            {
                "hello.txt": "{% block subject %}Hello {{ name }}{% endblock %}\n"
                "{% block body %}\nFrom {{ name }}.\n{% endblock %}\n",
                "hello.html": "<p>From {{ name }}.</p>",
            }
        )
    )


def test_values_are_escaped_in_html_and_cannot_leave_the_subjects_line(templates: Templates) -> None:
    mail = templates.mail("hello", "ada@byron.test", name="<b>Eve</b>\r\nBcc: eve@evil.test\0\u2028x")
    assert mail.subject == "Hello <b>Eve</b> Bcc: eve@evil.test x"
    assert mail.html.startswith("<p>From &lt;b&gt;Eve&lt;/b&gt;")
    assert mail.text.startswith("From <b>Eve</b>")


def test_a_value_that_is_missing_makes_no_mail(templates: Templates) -> None:
    with pytest.raises(UndefinedError):
        templates.mail("hello", "ada@byron.test")
