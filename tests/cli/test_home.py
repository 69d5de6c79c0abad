"""The home folder, its lock and its ports; and what the operator may set."""

import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cli import ports, settings
from cli.errors import CommandError
from cli.home import Home

HOLD = """
import sys
from pathlib import Path
from cli.home import Home
home = Home(Path(sys.argv[1]))
home.ensure()
with home.locked():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.ensure()
    return made


def test_a_second_run_on_one_home_is_told_the_pid_of_the_first_and_kill_9_frees_it(home: Home) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert home.holder() == holder.pid
    with pytest.raises(CommandError, match=rf"pid {holder.pid}"), home.locked():
        pytest.fail("the lock was given twice")
    holder.kill()
    holder.communicate()
    assert home.holder() is None
    with home.locked():
        assert home.holder() == os.getpid()
    assert home.holder() is None


def test_secrets_are_made_once_and_are_private(home: Home) -> None:
    first = home.secrets()
    assert home.secrets() == first
    assert first.postgres not in repr(first)
    for file in (home.folder / "secrets.json", home.master_key, home.identity_key):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_lost_secrets_of_kept_data_are_said(home: Home) -> None:
    home.postgres.mkdir()
    with pytest.raises(CommandError, match=r"secrets\.json is gone"):
        home.secrets()


def test_a_home_that_cannot_be_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="can't be used"):
        Home(tmp_path / "file" / "home").ensure()


def chosen(*names: str, file: Path) -> dict[str, int]:
    with ports.reserved(names, file) as reserved:
        return dict(reserved)


def test_ports_are_kept_while_free_and_moved_when_taken(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    first = chosen("postgres", "chat", file=file)
    assert chosen("postgres", "chat", file=file) == first
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", first["chat"]))
        listener.listen()
        second = chosen("postgres", "chat", file=file)
    assert second["postgres"] == first["postgres"]
    assert second["chat"] != first["chat"]


def test_a_mesh_that_starts_is_not_given_the_ports_of_another_that_does_not_listen_yet(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    with ports.reserved(("chat",), file) as first:
        assert chosen("chat", file=file) != first
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", first["chat"]))  # in nobody's way who was told the port


def test_ports_are_not_those_of_outgoing_connections() -> None:
    low, high = (int(bound) for bound in Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    port, claimed = ports.unclaimed(low - 3, low + 1000)
    claimed.close()
    assert not low <= port <= high


def test_the_stores_port_that_sources_name_does_not_move(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    taken = chosen("postgres", file=file)["postgres"]
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", taken))
        listener.listen()
        with pytest.raises(CommandError, match=str(taken)):
            chosen("postgres", file=file)


def test_a_public_port_that_is_taken_or_blocked_says_what_to_do() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with pytest.raises(CommandError, match="--port"):
            ports.require_public(listener.getsockname()[1])
    with pytest.raises(CommandError, match="--port"):
        ports.require_public(10080)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INFINURE_PORT", "eighty"),
        ("INFINURE_PORT", "99999"),
        ("INFINURE_POSTGRES_URL", "mysql://root:s3cret@host/db"),
        ("INFINURE_POSTGRES_URL", "postgresql://user:s3cret@host:port/db"),
        ("INFINURE_REDIS_URL", "s3cret"),
        ("INFINURE_TRUST_DOMAIN", "not a domain"),
        ("INFINURE_LOG_LEVEL", "LOUD"),
    ],
)
def test_a_malformed_setting_is_named_and_its_value_is_not(name: str, value: str) -> None:
    with pytest.raises(CommandError) as refused:
        settings.read(None, True, {name: value})
    assert name in str(refused.value) or "no port" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_settings_of_services_are_passed_on_and_the_commands_own_are_not() -> None:
    read = settings.read(
        9000,
        False,
        {"INFINURE_POSTGRES_URL": "postgresql://u:p@h:5432/x", "INFINURE_SHARDS": "4", "INFINURE_PORT": "1"},
    )
    assert (read.port, read.demo, read.postgres_url) == (9000, False, "postgresql://u:p@h:5432/x")
    assert read.passed_on == {"INFINURE_SHARDS": "4"}
    assert "postgresql" not in repr(read)


def test_a_home_from_before_clickhouse_gets_its_users_and_keeps_its_other_secrets(home: Home) -> None:
    first = home.secrets()
    file = home.folder / "secrets.json"
    kept = json.loads(file.read_text())
    del kept["clickhouse"]
    kept["roles"]["analytics"] = {"owner": "unused", "app": "unused"}
    file.write_text(json.dumps(kept))
    later = home.secrets()
    assert set(later.clickhouse) == {"integration", "analytics"}
    assert (later.postgres, later.roles, later.valkey) == (first.postgres, first.roles, first.valkey)
    assert home.secrets() == later
