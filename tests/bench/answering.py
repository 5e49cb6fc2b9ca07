"""A server that answers every request at once: the ceiling of the generator itself.

`python -m tests.bench.answering`, listening at JIXU_PORT.
"""

import asyncio
import os
from typing import cast
from uuid import uuid4

import uvloop

BODY = b'{"id":"' + str(uuid4()).encode() + b'","version":1}'
ANSWER = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
    + str(len(BODY)).encode()
    + b"\r\n\r\n"
    + BODY
)


class Answering(asyncio.Protocol):
    """A connection; requests come one at a time, each in one piece or more."""

    def __init__(self) -> None:
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer when the request is whole."""
        self._buffer += data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        at = self._buffer.find(b"Content-Length: ", 0, head)
        size = int(self._buffer[at + 16 : self._buffer.find(b"\r\n", at)]) if at >= 0 else 0
        if len(self._buffer) >= head + 4 + size:
            self._buffer = b""
            self._transport.write(ANSWER)


async def main() -> None:
    """Serve."""
    port = int(os.environ["JIXU_PORT"])
    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
