"""Logging in: how late auth's event loop runs at 50 logins a second, whether its time tells who has an account, whether
logins at once get past the three sessions that a person may have, and what verifying a token costs.

The service runs in this process, beside a clock that notices when it is late; who logs in is a process of its own.
`python -m benchmarks.logins` measures this alone; `--pairs 2000 --rounds 200` as often as it takes to be sure.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import grpc
from infinure.auth.v1 import auth_service_pb2 as pb
from infinure.auth.v1 import auth_service_pb2_grpc

from benchmarks.figures import Aim, Figure, median, p95, show
from meshkit.database import Database
from meshkit.identity import TokenVerifier
from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from meshkit.settings import DatabaseSettings
from meshkit.vault import FileMasterKey
from services.auth.adapters.accounts import SqlAccounts
from services.auth.adapters.activities import SqlActivities, SqlTrail
from services.auth.adapters.attempts import SqlAttempts
from services.auth.adapters.head_signing import HeadSigner
from services.auth.adapters.sessions import SqlSessions
from services.auth.adapters.signing_keys import open_keyring
from services.auth.audit import HERE
from services.auth.bootstrap import second_factors
from services.auth.errors import CredentialsInvalid
from services.auth.logging_in import Given, LoggingIn
from services.auth.model import Session, User
from services.auth.passwords import Passwords
from services.auth.ports import Login
from services.auth.sessions import LONGEST, LONGEST_IDLE, SessionKeeping
from services.auth.throttling import LoginLimits, Throttle
from services.auth.tokens import TokenIssuer
from services.peers.revocations import Ended, PolledRevocations
from tests.auth.server import PASSWORD, serving
from tests.builders.postgres import running_postgres

SUBJECT = "logins"
PER_SECOND, SECONDS = 50, 10
ACCOUNTS, PAIRS = 20, 200
# Sessions opened at once, and how often.
AT_ONCE, ROUNDS = 50, 20
VERIFICATIONS = 5000
TICK = 0.005
LATE_AIM, APART_AIM, LIVE_AIM, VERIFY_AIM = Aim(20.0), Aim(5.0), Aim(3.0), Aim(100.0)
MANY = LoginLimits(per_account=10**9, per_address=10**9, everywhere=10**9)


async def measure(pairs: int = PAIRS, rounds: int = ROUNDS) -> list[Figure]:
    """All figures, on a PostgreSQL of their own."""
    with running_postgres() as server, tempfile.TemporaryDirectory(prefix="infinure-bench-") as folder:
        database = server.control_plane("auth")
        keys = Path(folder) / "keys"
        open_keyring(keys, utc_now())
        async with serving(database, keys) as auth:
            emails = [(await auth.signed_up()).user.email for _ in range(ACCOUNTS)]
            late = await _lateness(lambda: _from_outside(auth.address, emails))
        settings = DatabaseSettings(url=Secret(database.app_url("auth")))
        async with Database.open(settings) as opened, Passwords() as passwords:
            trail = SqlTrail(HeadSigner(open_keyring(Path(folder) / "audit-keys", utc_now())))
            issuer = TokenIssuer(open_keyring(keys, utc_now()))
            sessions = SessionKeeping(SqlSessions(opened, LONGEST_IDLE, trail), issuer)
            accounts, throttle = SqlAccounts(opened, trail), Throttle(SqlAttempts(opened), limits=MANY)
            activities, master_key = SqlActivities(opened, trail), FileMasterKey.read(auth.settings.master_key_file)
            mfa = second_factors(opened, trail, master_key, sessions, passwords, throttle)
            logging_in = LoggingIn(accounts, throttle, mfa.second_step, mfa.devices, passwords, activities)
            apart = await _pairs(logging_in, emails, pairs)
            known = await accounts.by_email(emails[0])
            assert known is not None
            live = await _most_live(sessions, known.account.user, rounds)
            verified = await _verifying(keys, issuer, known.account.user)
    return [late, apart, live, verified]


async def _lateness(load: Callable[[], Awaitable[list[float]]]) -> Figure:
    """How much later than asked for the loop comes back, while `load` runs."""
    late: list[float] = []
    running = asyncio.ensure_future(load())
    while not running.done():
        due = time.perf_counter() + TICK
        await asyncio.sleep(TICK)
        late.append((time.perf_counter() - due) * 1000)
    taken = await running
    p99 = sorted(late)[-max(1, len(late) // 100)]
    got_in = f"{len(taken)} logins of {PER_SECOND * SECONDS} got in, p95 {p95(taken):.0f} ms"
    note = f"{got_in}; median lag {median(late):.1f} ms"
    return Figure(
        SUBJECT, f"event-loop lag p99 at {PER_SECOND} a second", "ms", p99, aim=LATE_AIM, aim_on="median", note=note
    )


async def _from_outside(address: str, emails: list[str]) -> list[float]:
    """Milliseconds that each login took which got in."""
    arguments = (sys.executable, "-m", "benchmarks.logins", address, json.dumps(emails))
    process = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    return [float(one) for one in json.loads(said)]


async def _log_in(address: str, emails: list[str]) -> list[float]:
    """Logins at a fixed rate, whether those before have ended or not."""
    taken: list[float] = []
    async with grpc.aio.insecure_channel(address) as channel, asyncio.TaskGroup() as tasks:
        stub = auth_service_pb2_grpc.AuthServiceStub(channel)

        async def one(email: str) -> None:
            started = time.perf_counter()
            with suppress(grpc.aio.AioRpcError):
                await stub.Login(pb.LoginRequest(email=email, password=PASSWORD))
                taken.append((time.perf_counter() - started) * 1000)

        begun = time.perf_counter()
        for number in range(PER_SECOND * SECONDS):
            await asyncio.sleep(max(0.0, begun + number / PER_SECOND - time.perf_counter()))
            tasks.create_task(one(emails[number % len(emails)]))
    return taken


async def _pairs(logging_in: LoggingIn, emails: list[str], pairs: int) -> Figure:
    """A wrong password for an account and for nobody, in turns."""
    known: list[float] = []
    unknown: list[float] = []
    for number in range(pairs):
        both = [(known, emails[number % len(emails)]), (unknown, f"{new_id()}@example.test")]
        for taken, email in both if number % 2 else reversed(both):
            started = time.perf_counter()
            with suppress(CredentialsInvalid):
                await logging_in.log_in(Given(email, Secret("Wrong-horse-42")), "192.0.2.1", HERE)
            taken.append((time.perf_counter() - started) * 1000)
    apart = abs(median(known) - median(unknown))
    note = f"{pairs} pairs; medians {median(known):.1f} and {median(unknown):.1f} ms"
    return Figure(
        SUBJECT, "known and unknown account, medians apart", "ms", apart, aim=APART_AIM, aim_on="median", note=note
    )


async def _most_live(sessions: SessionKeeping, user: User, rounds: int) -> Figure:
    """One person's logins at once, and the most sessions of theirs that were ever live after a round."""
    most = 0
    for _ in range(rounds):
        await asyncio.gather(*(sessions.open(user, Login("password", HERE)) for _ in range(AT_ONCE)))
        most = max(most, len(await sessions.sessions.live_of(user.organization_id, user.id, utc_now())))
    note = f"{rounds} rounds of {AT_ONCE} logins at once by one person"
    return Figure(SUBJECT, "most sessions live", "sessions", float(most), aim=LIVE_AIM, aim_on="median", note=note)


async def _verifying(keys: Path, issuer: TokenIssuer, user: User) -> Figure:
    """What a service spends on a token that it hasn't seen, its keys being here; one that it has seen is looked up."""
    keyring = open_keyring(keys, utc_now())
    verifier = TokenVerifier(keyring, PolledRevocations(_nothing))
    now = utc_now()
    session = Session(new_id(), user.organization_id, user.id, now, now + LONGEST)
    tokens = [issuer.access(user, session).value.reveal() for _ in range(VERIFICATIONS // 10)]
    fresh, seen = [await _timed(verifier, token) for token in tokens], []
    for number in range(VERIFICATIONS):
        seen.append(await _timed(verifier, tokens[number % len(tokens)]))
    note = f"median of {len(seen)}; seen for the first time {median(fresh):.0f} µs, median of {len(fresh)}"
    return Figure(SUBJECT, "verifying a token", "µs", median(seen), aim=VERIFY_AIM, aim_on="median", note=note)


async def _timed(verifier: TokenVerifier, token: str) -> float:
    """Microseconds."""
    started = time.perf_counter()
    await verifier.verify(token)
    return (time.perf_counter() - started) * 1e6


async def _nothing(cursor: int) -> tuple[list[Ended], int]:
    return [], cursor


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.logins", description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS, help="known and unknown accounts tried")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"of {AT_ONCE} logins at once")
    parser.add_argument("load", nargs="*", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    options = _options()
    if options.load:
        address, emails = options.load
        sys.stdout.write(json.dumps(asyncio.run(_log_in(address, json.loads(emails)))))
    else:
        show(asyncio.run(measure(options.pairs, options.rounds)))
