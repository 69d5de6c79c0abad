"""Migrations as the owner, what they leave to the app role, and that no tenant table lies open."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from meshkit.migrations import migrate
from tests.builders import postgres, row_security

FIRST = '''"""Things."""

from alembic import op

from meshkit.jobs import create_job_table
from meshkit.migrations import enable_tenant_isolation

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE things (organization_id uuid NOT NULL, id uuid NOT NULL)")
    enable_tenant_isolation(op, "things")
    create_job_table(op)
'''
SECOND = '''"""A name."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE things ADD COLUMN name text")
'''


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of revisions of a service `chat` of the test's own."""
    folder = tmp_path / "services" / "chat" / "migrations" / "versions"
    folder.mkdir(parents=True)
    (tmp_path / "services" / "chat" / "__init__.py").touch()
    hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "services"}
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "services"]:
        del sys.modules[name]
    sys.modules.update(hidden)


def test_applies_what_is_new_and_says_so(
    control_plane: Callable[..., postgres.Database], versions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = control_plane()
    (versions / "0001_things.py").write_text(FIRST)
    migrate("chat", database.owner_url("chat"))
    assert capsys.readouterr().out == "chat: applied 0001 Things.\n"
    (versions / "0002_name.py").write_text(SECOND)
    migrate("chat", database.owner_url("chat"))
    migrate("chat", database.owner_url("chat"))
    assert capsys.readouterr().out == "chat: applied 0002 A name.\nchat: nothing to do\n"
    assert database.run("SELECT version_num FROM chat.alembic_version;") == ["0002"]
    assert row_security.unprotected(database) == []


def test_failing_migration_leaves_nothing(control_plane: Callable[..., postgres.Database], versions: Path) -> None:
    database = control_plane()
    (versions / "0001_things.py").write_text(FIRST + '    op.execute("SELECT 1/0")\n')
    with pytest.raises(Exception, match="division by zero"):
        migrate("chat", database.owner_url("chat"))
    assert database.run("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'chat';") == ["0"]
