"""Making the demo organization: whole in one go, and taken up wherever an earlier start was cut off."""

import stat
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import TypeVar

import pytest

from cli.demo import organization
from cli.demo.organization import USERS, AlreadyThere, DemoUser, Organization, SourceAddress, logins
from cli.demo.state import DemoState, new_password
from tests.demo.conftest import TODAY

Thing = TypeVar("Thing")


class CutOff(Exception):
    """The start ends here, as by a kill."""


@dataclass
class FakeMesh:
    """Keeps what was made, as the real one does, and can be cut off after any call took effect."""

    users: dict[str, tuple[str, str]] = field(default_factory=dict)
    sources: dict[str, SourceAddress] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    calls: int = 0
    # The effect of this call happens, but its caller never hears of it; None lets all through.
    cut_after: int | None = None

    async def sign_up(self, organization: Organization, user: DemoUser, password: str) -> str:
        self._make(self.users, user.email, (user.role, password))
        return f"token of {user.email}"

    async def log_in(self, email: str, password: str) -> str:
        assert self.users[email][1] == password
        return f"token of {email}"

    async def add_user(self, organization: Organization, user: DemoUser, password: str) -> None:
        assert organization.slug == "demo"
        with suppress(AlreadyThere):
            self._make(self.users, user.email, (user.role, password))

    async def vouch(self, user: DemoUser) -> None:
        assert user.email in self.users
        self.confirmed.add(user.email)

    async def create_source(self, token: str, name: str, address: SourceAddress, semantic_model: str) -> None:
        assert token == "token of ceo@demo.example"
        assert semantic_model.startswith("#")
        self._make(self.sources, name, address)

    def _make(self, things: dict[str, Thing], name: str, thing: Thing) -> None:
        self.calls += 1
        if name in things:
            raise AlreadyThere(name)
        things[name] = thing
        if self.calls == self.cut_after:
            raise CutOff


async def make(mesh: FakeMesh, path: Path) -> DemoState:
    state = DemoState.load_or_make(path, TODAY)
    await organization.make(mesh, state, "127.0.0.1", 5432, lambda _step: None)
    return state


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "demo.json"


async def test_one_user_for_each_role_and_the_shop_connected(path: Path) -> None:
    mesh = FakeMesh()

    state = await make(mesh, path)

    assert {role for role, _ in mesh.users.values()} == {"ceo", "director", "manager", "analyst", "viewer"}
    assert all(password == state.password for _, password in mesh.users.values())
    assert mesh.sources == {"Demo shop": SourceAddress("127.0.0.1", 5432, state.reader_password)}
    assert [login["role"] for login in logins(state)] == ["ceo", "director", "manager", "analyst", "viewer"]
    assert {login["email"] for login in logins(state)} == set(mesh.users)


async def test_a_start_cut_off_anywhere_is_taken_up(tmp_path: Path) -> None:
    for call in count(1):
        path, mesh = tmp_path / f"{call}.json", FakeMesh(cut_after=call)
        try:
            await make(mesh, path)
        except CutOff:
            mesh.cut_after = None
            await make(mesh, path)
        else:
            break
        assert len(mesh.users) == len(USERS)
        assert mesh.confirmed == {USERS[0].email}
        assert len(mesh.sources) == 1
    assert call == len(USERS) + 2


async def test_a_second_start_asks_nothing_of_the_mesh(path: Path) -> None:
    mesh = FakeMesh()
    await make(mesh, path)
    made = mesh.calls
    mesh.sources.clear()  # the user removed it

    await make(mesh, path)

    assert mesh.calls == made
    assert mesh.sources == {}


def test_the_state_is_kept_and_private(path: Path) -> None:
    first = DemoState.load_or_make(path, TODAY).with_step("organization")

    again = DemoState.load_or_make(path, TODAY + timedelta(days=1))

    assert again == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert first.password not in repr(first)
    assert first.reader_password not in repr(first)


def test_no_state_means_no_demo(path: Path) -> None:
    assert DemoState.load(path) is None


def test_passwords_meet_the_policy_and_differ() -> None:
    passwords = {new_password() for _ in range(200)}

    assert len(passwords) == 200
    for password in passwords:
        assert len(password) >= 12
        assert any(c.isupper() for c in password)
        assert any(c.islower() for c in password)
        assert any(c.isdigit() for c in password)
        assert any(not c.isalnum() for c in password)
