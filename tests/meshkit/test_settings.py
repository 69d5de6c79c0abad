"""Settings: all problems at once, no secret shown."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from meshkit.secrets import Secret
from meshkit.settings import DatabaseSettings, PeerSettings, ServerSettings, SettingsError, load, peer, variable


@dataclass(frozen=True)
class Settings:
    server: ServerSettings
    database: DatabaseSettings
    auth: PeerSettings = peer("auth")
    ports: tuple[str, ...] = variable("INFINURE_DENIED_PORTS", ())
    private: bool = variable("INFINURE_ALLOW_PRIVATE_HOSTS", False)
    folder: Path | None = variable("INFINURE_FOLDER", None)


ENVIRONMENT = {
    "INFINURE_LISTEN": "127.0.0.1:7001",
    "INFINURE_DATABASE_URL": "postgresql+asyncpg://chat_app:canary@localhost/infinure",
    "INFINURE_AUTH_ADDRESS": "127.0.0.1:7002",
}


def test_nested_settings_are_read_and_defaults_kept() -> None:
    settings = load(Settings, ENVIRONMENT | {"INFINURE_DENIED_PORTS": "1, 2", "INFINURE_ALLOW_PRIVATE_HOSTS": "true"})
    assert settings.server.listen == "127.0.0.1:7001"
    assert settings.server.tls is None
    assert settings.auth == PeerSettings("127.0.0.1:7002")
    assert (settings.ports, settings.private, settings.folder) == (("1", "2"), True, None)
    assert settings.database.url.reveal().endswith("canary@localhost/infinure")
    assert "canary" not in f"{settings!r} {settings.database.url} {settings.database.url:>9}"


def test_every_problem_is_named_and_no_value() -> None:
    environ = {
        "INFINURE_AUTH_ADDRESS": "canary",
        "INFINURE_TLS_KEY": "key.pem",
        "INFINURE_ALLOW_PRIVATE_HOSTS": "canary",
        "INFINURE_DATABASE_POOL_SIZE": "canary",
        "INFINURE_GRACE_SECONDS": "canary",
    }
    with pytest.raises(SettingsError) as raised:
        load(Settings, environ)
    assert set(raised.value.problems) == {
        "INFINURE_LISTEN is not set",
        "INFINURE_DATABASE_URL is not set",
        "INFINURE_TLS_CERTIFICATE is not set",
        "INFINURE_TLS_CA is not set",
        "INFINURE_AUTH_ADDRESS must be host:port",
        "INFINURE_ALLOW_PRIVATE_HOSTS must be true or false",
        "INFINURE_DATABASE_POOL_SIZE must be a whole number",
        "INFINURE_GRACE_SECONDS is malformed",
    }
    assert "canary" not in str(raised.value)


def test_secret_compares_and_is_never_pickled() -> None:
    import pickle

    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    with pytest.raises(TypeError):
        pickle.dumps(Secret("a"))
