"""The demo organization at first start: its data, its people. Each step can be killed at any point and done again."""

import subprocess
import sys
from dataclasses import dataclass

from cli.errors import CommandError
from cli.files import read_json
from cli.logs import last_lines
from cli.processes import Plan, common_environment

TIMEOUT_SECONDS = 600


@dataclass(frozen=True)
class DemoSetup:
    """Runs `python -m cli.demo …` in a process of its own: what it imports stays out of the supervisor."""

    plan: Plan

    def is_complete(self) -> bool:
        """Whether an earlier start did it all."""
        return bool(read_json(self.plan.home.demo, {}).get("users"))

    def users(self) -> tuple[dict[str, str], ...]:
        """Who may log in: role, email, password."""
        return tuple(read_json(self.plan.home.demo, {}).get("users", ()))

    def fill(self) -> None:
        """Makes the demo database; needs PostgreSQL alone."""
        self._run("data")

    def sign_up(self) -> None:
        """Signs up the organization, its users and its data source; needs the whole mesh."""
        self._run("people")

    def _run(self, part: str) -> None:
        log = self.plan.home.log("demo")
        environment = common_environment(self.plan, "cli") | {"INFINURE_DEMO_SUPERUSER_URL": self.plan.superuser_url}
        command = [sys.executable, "-P", "-m", "cli.demo", part, str(self.plan.home.demo)]
        with log.open("ab") as output:
            done = subprocess.run(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=TIMEOUT_SECONDS,
            )
        if done.returncode != 0:
            raise CommandError(f"The demo's {part} could not be set up.", last_lines(log))
