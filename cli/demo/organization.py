"""The demo organization: a shop, one person for each role, and the shop's database connected with what it means.

Each step is recorded when done and harmless when repeated, so a start that was cut off is taken up where it stopped.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Protocol

from cli.demo.names import DATABASE, READER
from cli.demo.state import DemoState


@dataclass(frozen=True, slots=True)
class DemoUser:
    role: str
    first_name: str
    last_name: str

    @property
    def email(self) -> str:
        """At a domain reserved for examples (RFC 2606): no mail ever leaves."""
        return f"{self.role}@demo.example"


@dataclass(frozen=True, slots=True)
class Organization:
    name: str
    slug: str
    industry: str


@dataclass(frozen=True, slots=True)
class SourceAddress:
    """Where integration finds the shop's database."""

    host: str
    port: int
    password: str = field(repr=False)
    database: str = DATABASE
    username: str = READER


ORGANIZATION = Organization("Larkspur & Lane", "demo", "ecommerce")
SOURCE_NAME = "Demo shop"
FOUNDER = DemoUser("ceo", "Clara", "Lindqvist")
COLLEAGUES = (
    DemoUser("director", "Diego", "Marquez"),
    DemoUser("manager", "Mina", "Okafor"),
    DemoUser("analyst", "Anton", "Berger"),
    DemoUser("viewer", "Vera", "Rossi"),
)
USERS = (FOUNDER, *COLLEAGUES)


class AlreadyThere(Exception):
    """What was to be made exists."""


class Mesh(Protocol):
    """What the demo asks of a running mesh. Every failure but `AlreadyThere` is a CommandError."""

    async def sign_up(self, organization: Organization, user: DemoUser, password: str) -> str:
        """Makes the organization with its first user; returns an access token. Raises AlreadyThere."""

    async def log_in(self, email: str, password: str) -> str:
        """Returns an access token."""

    async def add_user(self, organization: Organization, user: DemoUser, password: str) -> None:
        """Makes a user of the organization; one who is there already is left as is."""

    async def vouch(self, user: DemoUser) -> None:
        """Confirms the user's address, at which nobody reads mail. Idempotent."""

    async def create_source(self, token: str, name: str, address: SourceAddress, semantic_model: str) -> None:
        """Connects the database. Raises AlreadyThere."""


Progress = Callable[[str], None]


async def make(mesh: Mesh, state: DemoState, host: str, port: int, progress: Progress) -> None:
    """Makes what is not made yet. `host` and `port` are the PostgreSQL server's that holds the shop's database.

    A step once done stays done: a source that the user removed is not brought back.
    Raises CommandError when the mesh refuses.
    """
    token = ""
    if "organization" not in state.done:
        progress("signing up the demo organization")
        token = await _sign_up(mesh, state)
        await mesh.vouch(FOUNDER)
        state = state.with_step("organization")
    for user in COLLEAGUES:
        if user.role not in state.done:
            progress(f"adding the demo {user.role}")
            await mesh.add_user(ORGANIZATION, user, state.password)
            state = state.with_step(user.role)
    if "source" not in state.done:
        progress("connecting the demo shop")
        token = token or await mesh.log_in(FOUNDER.email, state.password)
        address = SourceAddress(host, port, state.reader_password)
        with suppress(AlreadyThere):
            await mesh.create_source(token, SOURCE_NAME, address, semantic_model())
        state = state.with_step("source")


def logins(state: DemoState) -> tuple[dict[str, str], ...]:
    """Who may log in: role, e-mail, password, the highest role first."""
    return tuple({"role": user.role, "email": user.email, "password": state.password} for user in USERS)


def semantic_model() -> str:
    """The shop's semantic model, as the YAML that it is written in."""
    return (files("cli.demo") / "shop.yaml").read_text(encoding="utf-8")


async def _sign_up(mesh: Mesh, state: DemoState) -> str:
    try:
        return await mesh.sign_up(ORGANIZATION, FOUNDER, state.password)
    except AlreadyThere:  # an earlier start was cut off between signing up and recording it
        return await mesh.log_in(FOUNDER.email, state.password)
