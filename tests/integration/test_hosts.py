"""Hosts are judged by what they resolve to; the cases are data."""

from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import yaml

from meshkit.dns import SystemResolver
from meshkit.hosts import AllowedSource, HostNotAllowed, HostRefusal, HostRules, check_host

CASES = yaml.safe_load((Path(__file__).parent / "host_cases.yaml").read_text())
MESH = frozenset({7001})


class Answers:
    """A DNS that knows what it was told, and counts how often it was asked."""

    def __init__(self, known: Mapping[str, Sequence[str]]) -> None:
        self._known = known
        self.asked: list[str] = []

    async def resolve(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        return self._known.get(host, ())


async def verdict(case: dict[str, Any], rules: HostRules) -> str:
    name = case["host"].lower().removesuffix(".").replace("bücher", "xn--bcher-kva")
    resolver = Answers({name: case.get("dns", ())})
    try:
        checked = await check_host(case["host"], case.get("port", 5432), rules, resolver)
    except HostNotAllowed as refused:
        return refused.reason.value
    assert checked.addresses == tuple(str(ip_address(a)) for a in case.get("dns", (case["host"],)))
    assert len(resolver.asked) == ("dns" in case)
    return "allowed"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['host']!r}:{case.get('port', 5432)}")
async def test_a_host_gets_its_verdict(case: dict[str, Any]) -> None:
    strict = case.get("refusal", "allowed")
    assert await verdict(case, HostRules(denied_ports=MESH)) == strict
    assert await verdict(case, HostRules(allow_private=True, denied_ports=MESH)) == case.get("private", strict)


async def test_an_exception_holds_for_its_host_port_and_database_alone() -> None:
    rules = HostRules(
        allow_private=True,
        denied_ports=MESH,
        allowed_sources=frozenset({AllowedSource.parse("127.0.0.1:7001/shop")}),
    )
    checked = await check_host("127.0.0.1", 7001, rules, Answers({}), database="shop")
    assert checked.addresses == ("127.0.0.1",)
    for host, database in (("127.0.0.1", "infinure"), ("localhost", "shop"), ("127.0.0.1", "")):
        with pytest.raises(HostNotAllowed) as refused:
            await check_host(host, 7001, rules, Answers({"localhost": ["127.0.0.1"]}), database=database)
        assert refused.value.reason is HostRefusal.MESH_PORT


async def test_no_exception_reaches_the_metadata_service() -> None:
    rules = HostRules(allowed_sources=frozenset({AllowedSource.parse("169.254.169.254:80/x")}))
    with pytest.raises(HostNotAllowed):
        await check_host("169.254.169.254", 80, rules, Answers({}), database="x")


async def test_a_name_that_moved_inside_is_refused_at_the_next_connect() -> None:
    resolver = Answers({"db.example.com": ["93.184.216.34"]})
    await check_host("db.example.com", 5432, HostRules(), resolver)
    moved = Answers({"db.example.com": ["10.0.0.1"]})
    with pytest.raises(HostNotAllowed):
        await check_host("db.example.com", 5432, HostRules(), moved)


async def test_a_refusal_says_what_to_do_and_tells_no_address() -> None:
    with pytest.raises(HostNotAllowed) as refused:
        await check_host("db.example.com", 5432, HostRules(), Answers({"db.example.com": ["10.9.8.7"]}))
    assert "operator" in refused.value.message
    assert "10.9.8.7" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "host", "host:1", "host:x/y", "a b:1/c", ":1/c", "host:1/"])
def test_a_malformed_exception_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="host:port/database"):
        AllowedSource.parse(text)


def test_an_exception_may_name_an_ipv6_address() -> None:
    assert AllowedSource.parse("[::1]:5432/demo") == AllowedSource("::1", 5432, "demo")


async def test_the_system_resolver() -> None:
    assert set(await SystemResolver().resolve("localhost")) <= {"127.0.0.1", "::1"}
    assert await SystemResolver().resolve("localhost")
    assert await SystemResolver().resolve("no-such-name.invalid") == ()
