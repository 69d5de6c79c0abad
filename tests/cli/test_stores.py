"""The embedded stores hold what they promise: rights as provisioned, data kept through kill -9, leftovers cleared."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from cli.errors import CommandError
from cli.launching import CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
from cli.stores import accounts, psql
from cli.stores.postgres import PostgresServer, stop
from cli.stores.provision import provision
from cli.stores.valkey import ValkeyServer
from tests.builders.ports import free_port
from tests.builders.postgres import PASSWORDS, Database, PostgresCluster


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of the test's own with every durability setting on: not started."""
    with tempfile.TemporaryDirectory(prefix="infinure-tests-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield PostgresServer(folder / "postgres", free_port(), "superuser", folder / "postgres.log")


def test_acknowledged_rows_survive_kill_9_and_a_stale_pid_file_does_not_stop_the_next_start(
    server: PostgresServer,
) -> None:
    process = server.start()
    psql.run(server.url("postgres"), "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7);")
    process.kill()  # not waited for: a zombie still answers to its pid
    again = server.start()
    try:
        assert process.poll() == -signal.SIGKILL
        assert psql.run(server.url("postgres"), "SELECT id FROM kept;") == ["7"]
    finally:
        stop(again)
    assert again.returncode == 0


def test_a_server_left_running_is_shut_down_before_the_next_start(server: PostgresServer) -> None:
    first = server.start()
    second = server.start()
    try:
        assert first.wait(60) == 0
        assert server.is_ready()
    finally:
        stop(second)


def test_a_pid_file_that_names_somebody_else_is_removed_and_nobody_is_hurt(server: PostgresServer) -> None:
    stop(server.start())
    bystander = subprocess.Popen(["sleep", "60"])
    try:
        (server.folder / "postmaster.pid").write_text(f"{bystander.pid}\n{server.folder}\n0\n{server.port}\n")
        stop(server.start())
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_an_initdb_cut_short_is_done_again(server: PostgresServer) -> None:
    unfinished = server.folder.with_name("postgres.unfinished")
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    stop(server.start())
    assert not unfinished.exists()


def test_data_of_another_version_is_refused(server: PostgresServer) -> None:
    server.folder.mkdir()
    (server.folder / "PG_VERSION").write_text("14\n")
    with pytest.raises(CommandError, match="was made by PostgreSQL 14"):
        server.prepare()


def test_wrong_password_is_refused(postgres: PostgresCluster) -> None:
    with pytest.raises(CommandError, match="password authentication failed"):
        psql.run(postgres.server.url("postgres", password="wrong"), "SELECT 1;")


def test_provisioning_twice_changes_nothing(postgres: PostgresCluster, control_plane: Callable[..., Database]) -> None:
    database = control_plane()
    acl = (
        "SELECT nspname, nspacl FROM pg_namespace WHERE nspname = 'chat' UNION ALL "
        "SELECT datname, datacl FROM pg_database WHERE datname = current_database();"
    )
    before = database.run(acl)
    provision(postgres.server.url("postgres"), PASSWORDS, database.name)
    assert database.run(acl) == before


def test_app_role_has_dml_alone_in_its_own_schema(control_plane: Callable[..., Database]) -> None:
    database = control_plane()
    owner, app = database.owner_url("chat", driver=""), database.app_url("chat", driver="")
    psql.run(owner, "CREATE TABLE note (id serial, body text);")
    assert psql.run(
        app, "INSERT INTO note (body) VALUES ('a'); UPDATE note SET body = 'b'; SELECT body FROM note;"
    ) == ["b"]
    for forbidden in ("CREATE TABLE mine ();", "TRUNCATE note;", "DROP TABLE note;", "CREATE TEMP TABLE t ();"):
        with pytest.raises(CommandError, match=r"permission denied|must be owner"):
            psql.run(app, forbidden)
    with pytest.raises(CommandError, match="permission denied"):
        psql.run(database.app_url("auth", driver=""), "SELECT * FROM chat.note;")


def test_functions_of_an_owner_are_not_everybodys(control_plane: Callable[..., Database]) -> None:
    database = control_plane()
    psql.run(
        database.owner_url("chat", ""), "CREATE FUNCTION due() RETURNS int SECURITY DEFINER LANGUAGE sql AS 'SELECT 1';"
    )
    assert psql.run(database.app_url("chat", ""), "SELECT chat.due();") == ["1"]
    assert database.run("SELECT has_function_privilege('auth_app', 'chat.due()', 'EXECUTE');") == ["f"]


def test_set_config_and_connect_are_not_public(control_plane: Callable[..., Database]) -> None:
    database = control_plane()
    assert psql.run(database.app_url("chat", ""), "SELECT set_config('app.x', 'y', true);") == ["y"]
    role = f"reader_{database.name}"
    database.run(f"CREATE ROLE {role} LOGIN PASSWORD 'p';")
    with pytest.raises(CommandError, match="permission denied for database"):
        psql.run(database.superuser_url.replace("postgres:superuser", f"{role}:p"), "SELECT 1;")
    database.run(f"GRANT CONNECT ON DATABASE {database.name} TO {role};")
    with pytest.raises(CommandError, match="permission denied for function set_config"):
        psql.run(
            database.superuser_url.replace("postgres:superuser", f"{role}:p"), "SELECT set_config('app.x', 'y', true);"
        )


def test_closed_folders_on_the_way_are_found(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "open").mkdir(parents=True)
    closed.chmod(0o700)
    found = accounts.closed_folders(closed / "open" / "postgres", os.geteuid() + 1)
    assert closed.resolve() in found
    assert closed.resolve() / "open" not in found
    assert accounts.closed_folders(closed / "open" / "postgres", os.geteuid()) == []


def test_a_server_starts_below_a_folder_closed_to_everybody_else_and_root_keeps_one_right(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    server = PostgresServer(tmp_path / "postgres", free_port(), "superuser", tmp_path / "postgres.log")
    process = server.start()
    try:
        status = dict(line.split(":", 1) for line in Path(f"/proc/{process.pid}/status").read_text().splitlines())
        assert set(status["Uid"].split()) == {str(os.geteuid() or 65534)}
        assert int(status["CapEff"], 16) in (0, 1 << CAP_DAC_READ_SEARCH, 1 << CAP_DAC_OVERRIDE)
        assert psql.run(server.url("postgres"), "CREATE TABLE t (); SELECT count(*) FROM t;") == ["0"]
    finally:
        stop(process)
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_valkey_users_are_held_to_their_own_prefix(valkey: ValkeyServer) -> None:
    with redis.Redis.from_url(valkey.url("chat")) as chat:
        chat.set("chat:one", "1")
        assert chat.get("chat:one") == b"1"
        refused = ("GET auth:one", "PUBLISH auth:events x", "FLUSHALL", "CONFIG GET *", "KEYS *", "SCAN 0")
        for command in refused:
            with pytest.raises(redis.exceptions.NoPermissionError):
                chat.execute_command(*command.split())
    with (
        redis.Redis(port=valkey.port, retry=Retry(NoBackoff(), 0)) as nobody,
        pytest.raises(redis.exceptions.AuthenticationError),
    ):
        nobody.ping()


def test_valkey_keeps_its_data_through_kill_9(tmp_path: Path) -> None:
    server = ValkeyServer(tmp_path, free_port(), {"chat": "c", "operator": "o"}, tmp_path / "log", fsync="always")
    process = server.start()
    with redis.Redis.from_url(server.url("chat")) as client:
        client.set("chat:kept", "7")
    process.kill()
    process.wait()
    process = server.start()
    try:
        with redis.Redis.from_url(server.url("chat")) as client:
            assert client.get("chat:kept") == b"7"
    finally:
        process.terminate()
        process.wait()
