"""What a caller may send before a request is one: its head has a size and a time.

Whoever opens connections and never ends a head would hold them for ever: the server counts the
time of an idle connection between two requests alone, and an app hears of no request before
its head is whole. Bodies: see `limits`.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS_FOR_A_HEAD = 10.0
MOST_BYTES_OF_A_HEAD = 64 * 1024
_TOO_SLOW = "408 Request Timeout"
_TOO_LARGE = "431 Request Header Fields Too Large"


class Heads(HttpToolsProtocol):
    """A connection whose requests have heads of a bounded size, that come within their time."""

    _waits: asyncio.TimerHandle | None = None
    _bytes = 0  # of its lines that are whole
    _came = 0  # of it, with what isn't

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The first head is waited for."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """No head will come."""
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some of a head, or of a body, or of both."""
        waiting = self._waits
        super().data_received(data)
        if waiting is not None and waiting is self._waits:
            self._came += len(data)
            self._is_small(self._came)

    def on_message_begin(self) -> None:
        """A head has begun."""
        super().on_message_begin()
        self._bytes = self._came = 0
        self._wait()

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        super().on_url(url)
        self._bytes += len(url)
        self._is_small(self._bytes)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One more of its lines."""
        super().on_header(name, value)
        self._bytes += len(name) + len(value)
        self._is_small(self._bytes)

    def on_headers_complete(self) -> None:
        """It is whole."""
        self._wait_no_more()
        if not self.transport.is_closing():
            super().on_headers_complete()

    def _is_small(self, size: int) -> None:
        if size > MOST_BYTES_OF_A_HEAD:
            self._hang_up(_TOO_LARGE)

    def _wait(self) -> None:
        self._wait_no_more()
        self._waits = self.loop.call_later(SECONDS_FOR_A_HEAD, self._hang_up, _TOO_SLOW)

    def _wait_no_more(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None

    def _hang_up(self, why: str) -> None:
        self._wait_no_more()
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:  # else it would answer that one
            self.transport.write(f"HTTP/1.1 {why}\r\nconnection: close\r\n\r\n".encode())
        self.transport.close()
