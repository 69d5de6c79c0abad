"""TXT records by dnspython."""

from collections.abc import Sequence

import dns.asyncresolver
import dns.exception
import dns.rdatatype

SECONDS = 5.0


class DnsTxtRecords:
    """The port TxtRecords; `server` as `address:port` in the place of the machine's own resolvers."""

    def __init__(self, server: str = "") -> None:
        self._server = server

    async def of(self, name: str) -> Sequence[str]:
        resolver = dns.asyncresolver.Resolver(configure=not self._server)
        resolver.cache = None
        if self._server:
            host, _, port = self._server.rpartition(":")
            resolver.nameservers, resolver.port = [host.strip("[]")], int(port)
        try:
            # With a dot at the end: no domain of this machine's is tried behind it.
            answer = await resolver.resolve(f"{name}.", dns.rdatatype.TXT, lifetime=SECONDS)
        except (dns.exception.DNSException, OSError):
            return ()
        return [b"".join(record.strings).decode(errors="replace") for record in answer]
