"""Which hosts a source may be on: names are resolved once, every address is judged, and one judged is connected to.

A source's host is a text that a user chose, and this process stands inside the mesh: what it connects to on their
behalf must not be the mesh, the machine or a cloud's metadata. The lists are our own, because Python's `is_global`
calls NAT64, 6to4, site-local and multicast addresses global, and `getaddrinfo` reads `0177.0.0.1` and `2130706433`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Protocol

Address = IPv4Address | IPv6Address


def _networks(*texts: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(text) for text in texts)


# Refused whatever the settings say: none of them is a database's.
NEVER = _networks(
    "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
    "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    "100.100.100.200/32", "168.63.129.16/32", "fd00:ec2::254/128",  # metadata that hides among other addresses
    "::/96",  # unspecified, and IPv4 in an old disguise; loopback is judged before
    "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    "5f00::/16", "fe80::/10", "fec0::/10", "ff00::/8",
)  # fmt: skip
LOOPBACK = _networks("127.0.0.0/8", "::1/128")
# Allowed where the operator allows private hosts.
PRIVATE = _networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
_GLOBAL_V6 = IPv6Network("2000::/3")

# Below 1024 there are mail, shells and directories; of the rest, what runs machines and clusters.
_LOW_PORTS_ALLOWED = frozenset({80, 443})
_NEVER_PORTS = frozenset({2375, 2376, 2379, 2380, 6443, 10250, 10255})
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC_LABEL = re.compile(r"\d+|0x[0-9a-f]*")


class HostRefusal(StrEnum):
    """Why a host isn't connected to."""

    NOT_A_HOST = "NOT_A_HOST"
    ODD_NOTATION = "ODD_NOTATION"
    SOCKET = "SOCKET"
    PORT = "PORT"
    MESH_PORT = "MESH_PORT"
    NO_ADDRESS = "NO_ADDRESS"
    PRIVATE_ADDRESS = "PRIVATE_ADDRESS"
    FORBIDDEN_ADDRESS = "FORBIDDEN_ADDRESS"


_ACTION = {
    HostRefusal.NOT_A_HOST: "give one host name or address alone: no URL, user name, path or list",
    HostRefusal.ODD_NOTATION: "write the address in its usual form, such as 203.0.113.7, or use the host's name",
    HostRefusal.SOCKET: "give a host name or address: sockets of this machine aren't connected to",
    HostRefusal.PORT: "give the port that the database listens on: this one isn't a database's",
    HostRefusal.MESH_PORT: "this port belongs to Infinure itself: give the port of your own database",
    HostRefusal.NO_ADDRESS: "the name has no address: check its spelling and that this network's DNS knows it",
    HostRefusal.PRIVATE_ADDRESS: "the host is on a private network, which this deployment doesn't connect to: "
    "use a public address, or have the operator allow this source",
    HostRefusal.FORBIDDEN_ADDRESS: "the host's address is reserved and can't be a database's: use another",
}


class HostNotAllowed(Exception):
    """The host won't be connected to. The text holds no address that a name resolved to."""

    def __init__(self, reason: HostRefusal) -> None:
        self.reason = reason
        self.message = _ACTION[reason]
        super().__init__(self.message)


class Resolver(Protocol):
    """Asks the network's DNS."""

    async def resolve(self, host: str) -> Sequence[str]:
        """All addresses of a name, or none. Never raises for a name that isn't known."""
        ...


@dataclass(frozen=True, slots=True)
class AllowedSource:
    """An operator's exception: this database at this host and port, though the host is private or the port ours."""

    host: str
    port: int
    database: str

    @classmethod
    def parse(cls, text: str) -> AllowedSource:
        """`host:port/database`; an IPv6 address stands in brackets. ValueError for anything else."""
        found = re.fullmatch(r"(?:\[([^\]/]+)\]|([^:/\s]+)):(\d{1,5})/(\S+)", text.strip())
        if not found:
            raise ValueError(f"not host:port/database: {text!r}")
        return cls((found[1] or found[2]).lower().removesuffix("."), int(found[3]), found[4])


@dataclass(frozen=True, slots=True)
class HostRules:
    """What the operator allows. denied_ports are the mesh's own: on loopback no source may name them."""

    allow_private: bool = False
    denied_ports: frozenset[int] = frozenset()
    allowed_sources: frozenset[AllowedSource] = frozenset()


@dataclass(frozen=True, slots=True)
class CheckedHost:
    """A host that may be connected to, by one of these addresses alone. `name` is for TLS to verify."""

    name: str
    port: int
    addresses: tuple[str, ...]


async def check_host(host: str, port: int, rules: HostRules, resolver: Resolver, *, database: str = "") -> CheckedHost:
    """Judge a source's host before every connect. Raises HostNotAllowed.

    Every address of the name must be allowed: which one a driver tries isn't in our hand.
    """
    name = _name(host)
    excepted = AllowedSource(name, port, database) in rules.allowed_sources
    _check_port(port, excepted)
    literal = _literal(name)
    answers = [str(literal)] if literal else list(await resolver.resolve(name))
    addresses = [_parsed(answer) for answer in answers]
    if not addresses:
        raise HostNotAllowed(HostRefusal.NO_ADDRESS)
    for address in addresses:
        if reason := refusal_of(address, port, rules, excepted=excepted):
            raise HostNotAllowed(reason)
    return CheckedHost(name, port, tuple(str(address) for address in addresses))


def refusal_of(address: Address, port: int, rules: HostRules, *, excepted: bool = False) -> HostRefusal | None:
    """Why one address isn't connected to, or None."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if _within(address, LOOPBACK):
        if port in rules.denied_ports and not excepted:
            return HostRefusal.MESH_PORT
        return None if rules.allow_private or excepted else HostRefusal.PRIVATE_ADDRESS
    if _within(address, NEVER):
        return HostRefusal.FORBIDDEN_ADDRESS
    if _within(address, PRIVATE):
        return None if rules.allow_private or excepted else HostRefusal.PRIVATE_ADDRESS
    if isinstance(address, IPv6Address) and (address not in _GLOBAL_V6 or address.scope_id):
        return HostRefusal.FORBIDDEN_ADDRESS
    return None


def is_within(address: str, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    """Whether an address that `check_host` gave is in one of them."""
    return _within(ip_address(address), networks)


def _within(address: Address, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _name(host: str) -> str:
    """The host in the form that is resolved: lower case, IDNA, without a trailing dot."""
    if host.startswith(("/", "@", "\\", "unix:")):
        raise HostNotAllowed(HostRefusal.SOCKET)
    if unicodedata.normalize("NFKC", host) != host:
        raise HostNotAllowed(HostRefusal.ODD_NOTATION)
    if _literal(host):
        return host
    name = host.lower().removesuffix(".")
    try:
        if not all(label.replace("-", "a").replace("_", "a").isalnum() for label in name.split(".")):
            raise HostNotAllowed(HostRefusal.NOT_A_HOST)
        name = name.encode("idna").decode()
    except UnicodeError:
        raise HostNotAllowed(HostRefusal.NOT_A_HOST) from None
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise HostNotAllowed(HostRefusal.NOT_A_HOST)
    if _NUMERIC_LABEL.fullmatch(labels[-1]):  # 127.1, 0x7f.1, 2130706433: the C library reads them as addresses
        raise HostNotAllowed(HostRefusal.ODD_NOTATION)
    return name


def _literal(name: str) -> Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def _parsed(answer: str) -> Address:
    try:
        return ip_address(answer)
    except ValueError:
        raise HostNotAllowed(HostRefusal.FORBIDDEN_ADDRESS) from None


def _check_port(port: int, excepted: bool) -> None:
    if not isinstance(port, int) or not 1 <= port <= 65535:
        raise HostNotAllowed(HostRefusal.PORT)
    low = port < 1024 and port not in _LOW_PORTS_ALLOWED
    if (low or port in _NEVER_PORTS) and not excepted:
        raise HostNotAllowed(HostRefusal.PORT)
