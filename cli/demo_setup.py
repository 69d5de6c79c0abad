"""The demo organization at first start: its data, its people. Each step can be killed at any point and done again."""

import sys
from dataclasses import dataclass, replace

from cli.children import run_to_end
from cli.demo.organization import logins
from cli.demo.state import DemoState
from cli.processes import Plan, service_launch

TIMEOUT_SECONDS = 600
LAST_STEP = "source"


@dataclass(frozen=True)
class DemoSetup:
    """Runs `python -m cli.demo …` in a process of its own: what it imports stays out of the supervisor."""

    plan: Plan

    def is_complete(self) -> bool:
        """Whether an earlier start did it all."""
        state = DemoState.load(self.plan.home.demo)
        return state is not None and LAST_STEP in state.done

    def users(self) -> tuple[dict[str, str], ...]:
        """Who may log in: role, email, password."""
        state = DemoState.load(self.plan.home.demo)
        return logins(state) if state else ()

    async def fill(self) -> None:
        """Makes the demo database; needs PostgreSQL alone."""
        await self._run("data")

    async def sign_up(self) -> None:
        """Signs up the organization, its users and its data source; needs the whole mesh."""
        await self._run("people")

    async def _run(self, part: str) -> None:
        plan = self.plan
        # auth's own environment, because the operator's command of auth is what adds users.
        as_auth = service_launch(plan, "auth")
        environment = dict(as_auth.environment) | {
            "INFINURE_DEMO_SUPERUSER_URL": plan.superuser_url,
            "INFINURE_DEMO_EDGE_ADDRESS": f"127.0.0.1:{plan.settings.port}",
        }
        command = (sys.executable, "-P", "-m", "cli.demo", part, str(plan.home.demo))
        launch = replace(as_auth, arguments=command, environment=environment, log=plan.home.log("demo"))
        await run_to_end(launch, f"Setting up the demo's {part}", TIMEOUT_SECONDS)
