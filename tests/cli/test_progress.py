"""What a start prints: the logins for who started it, never into a log."""

from dataclasses import replace

import pytest

from cli.board import Phase, Snapshot
from cli.progress import PlainView

PASSWORD = "Timber-Sunset-Saffron-Quartz-1"


def ready() -> Snapshot:
    user = {"role": "ceo", "email": "ceo@demo.example", "password": PASSWORD}
    return Snapshot(pid=1, phase=Phase.READY, url="http://localhost:8080", rows=(), started=0.0, demo_users=(user,))


def test_where_mails_go_is_told_unless_a_server_takes_them(capsys: pytest.CaptureFixture[str]) -> None:
    PlainView().show(replace(ready(), outbox="/home/of/infinure/outbox"))
    assert "E-mails go to /home/of/infinure/outbox" in capsys.readouterr().out
    PlainView().show(ready())
    assert "mails" not in capsys.readouterr().out


@pytest.mark.parametrize("logins", [True, False])
def test_logins_are_printed_only_where_they_are_wanted(logins: bool, capsys: pytest.CaptureFixture[str]) -> None:
    PlainView(logins=logins).show(ready())
    printed = capsys.readouterr().out
    assert "http://localhost:8080" in printed
    assert (PASSWORD in printed) is logins
