"""`python -m edge.pages` serves the built web pages behind the edge. On Kubernetes nginx does the same."""

import os
import ssl
import sys
from collections.abc import Mapping
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

DIST = Path(__file__).parent.parent / "web" / "dist"
INDEX = "index.html"
# Written beside each file when the pages are built; the best first.
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
SECURITY_HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
# Names of assets carry a hash of their content; the page that names them must be asked for anew.
FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"


class Pages(StaticFiles):
    """Static files in their best encoding; a path of the app without a file is the app's page."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await self._encoded(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or path.startswith("assets/"):
                raise
            path = INDEX
            response = await self._encoded(path, scope)
        response.headers["cache-control"] = FOREVER if path.startswith("assets/") else ALWAYS_ASK
        response.headers.update(SECURITY_HEADERS)
        return response

    async def _encoded(self, path: str, scope: Scope) -> Response:
        accepted = Headers(scope=scope).get("accept-encoding", "")
        plain = INDEX if path in (".", "") else path
        for encoding, suffix in ENCODINGS:
            if encoding in accepted and self.lookup_path(plain + suffix)[1]:
                media_type = (await super().get_response(plain, {**scope, "method": "HEAD"})).headers["content-type"]
                response = await super().get_response(plain + suffix, scope)
                response.headers.update(
                    {"content-encoding": encoding, "content-type": media_type, "vary": "accept-encoding"}
                )
                return response
        return await super().get_response(plain, scope)


async def _not_found(request: object, error: Exception) -> Response:
    return PlainTextResponse("not found", status_code=404, headers=dict(SECURITY_HEADERS))


def application(folder: Path = DIST) -> Starlette:
    return Starlette(routes=[Mount("/", Pages(directory=folder))], exception_handlers={404: _not_found})


def configuration(folder: Path, environment: Mapping[str, str]) -> uvicorn.Config:
    """How the pages in `folder` are served, by INFINURE_LISTEN and INFINURE_TLS_*."""
    host, _, port = environment["INFINURE_LISTEN"].rpartition(":")
    return uvicorn.Config(
        application(folder),
        host=host,
        port=int(port),
        log_level="warning",
        server_header=False,
        ssl_certfile=environment["INFINURE_TLS_CERTIFICATE"],
        ssl_keyfile=environment["INFINURE_TLS_KEY"],
        ssl_ca_certs=environment["INFINURE_TLS_CA"],
        # Only a process of the mesh may ask.
        ssl_cert_reqs=ssl.CERT_REQUIRED,
    )


def main() -> None:
    if not (DIST / INDEX).exists():
        sys.exit("pages: the web pages are not built; run `make setup`")
    uvicorn.Server(configuration(DIST, os.environ)).run()


if __name__ == "__main__":
    main()
