"""`python -m benchmarks.sink PORT`: an HTTP server that reads a body of a known length and answers 200."""

import asyncio
import sys

import uvloop

READ = 1 << 20


async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            lines = head.decode("latin-1").lower().split("\r\n")
            left = next(int(line.partition(":")[2]) for line in lines if line.startswith("content-length:"))
            while left:
                left -= len(await reader.read(min(left, READ)))
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            await writer.drain()
    except asyncio.IncompleteReadError:
        writer.close()


async def main(port: int) -> None:
    server = await asyncio.start_server(take, "127.0.0.1", port, limit=READ)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
