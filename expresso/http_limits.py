"""Limits that keep clients from exhausting the process: on the size of bodies, the time of a request, and connections.

In the full deployment nginx has the same limits (deploy/nginx.conf). Daphne has none of its own: it writes a body of
any size to disk before the application sees it, and a client can keep a connection open with one byte a minute."""

from __future__ import annotations

import json
import resource
from collections import Counter
from http import HTTPStatus
from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from twisted.internet.interfaces import IAddress, IDelayedCall
from twisted.protocols.policies import ProtocolWrapper, WrappingFactory
from twisted.python.failure import Failure
from twisted.web import http
from twisted.web.http import HTTPChannel

from expresso import outside_pages

#: Maximum size of a body in bytes. nginx.conf has the same limit (client_max_body_size).
MAX_BODY = outside_pages.MOST * 1024
#: Seconds within which a request must arrive completely, with headers and body.
REQUEST_WITHIN = 20.0
#: Seconds for which a connection stays open between two requests.
IDLE = 60.0
#: Seconds for which a client can go on sending a body that was refused. If the server closed the connection at once,
#: the client would get a reset instead of the response with the reason.
LINGER = 2.0
#: Maximum number of open connections, including WebSockets. At most half of them can come from one address, and at most
#: half can be waiting for a request.
MAX_CONNECTIONS = 4_000
#: Number of files that the process opens besides its connections: database, logs and libraries.
OTHER_FILES = 200

#: Response to an API client whose request is too large. A browser gets an error page instead.
TOO_LARGE_PROBLEM = json.dumps(
    {
        "type": "urn:expresso:too_large",
        "title": "Too large",
        "status": 413,
        "code": "too_large",
        "detail": f"Send at most {MAX_BODY // 1024} kB.",
    }
).encode()

# Add newer status codes to Twisted's table, because otherwise it answers them with "Unknown Status".
for _status in HTTPStatus:
    http.RESPONSES.setdefault(_status.value, _status.phrase.encode())


class LimitedRequest(WebRequest):  # type: ignore[misc]
    """A request that is refused as soon as its body is known to be too large.

    If Daphne itself answers with an error, a browser gets an error page in its own language."""

    _received = 0

    def basic_error(self, status: int, status_text: bytes, body: str) -> None:
        content = self._page(status)
        if content is None:
            super().basic_error(status, status_text, body)
            return
        headers = [(b"Content-Type", b"text/html; charset=utf-8")]
        self.handle_reply({"type": "http.response.start", "status": status, "headers": headers})
        self.handle_reply({"type": "http.response.body", "body": content})

    def _page(self, status: int) -> bytes | None:
        """Return the error page for this status in the browser's language.

        Return None if the client does not accept HTML, or if there is no page for this status."""
        if "text/html" not in (self.getHeader("accept") or "") or status not in outside_pages.STATUSES:
            return None
        return outside_pages.error_page(
            status, outside_pages.preferred_language(self.getHeader("accept-language") or "")
        )

    def _refuse(self) -> None:
        content = self._page(413)
        kind = b"application/problem+json" if content is None else b"text/html; charset=utf-8"
        self.channel.refuse_body(kind, content or TOO_LARGE_PROBLEM)

    def gotLength(self, length: int | None) -> None:
        if length is not None and length > MAX_BODY:
            # Remove the header Expect, which would make the channel ask the client to go on sending.
            self.requestHeaders.removeHeader(b"Expect")
            self._refuse()
            length = 0
        super().gotLength(length)

    def handleContentChunk(self, data: bytes) -> None:
        self._received += len(data)
        if self._received > MAX_BODY:
            self._refuse()
        else:
            super().handleContentChunk(data)


class LimitedChannel(HTTPChannel):  # type: ignore[misc]
    """An HTTP connection. It is closed if a request takes too long to arrive."""

    factory: LimitedFactory
    _deadline: IDelayedCall | None = None
    _idle = _refused = False

    def connectionMade(self) -> None:
        super().connectionMade()
        self._wait(REQUEST_WITHIN)

    def dataReceived(self, data: bytes) -> None:
        if self._refused:
            return
        if self._idle:
            self._idle = False
            self._wait(REQUEST_WITHIN)
        super().dataReceived(data)

    def allContentReceived(self) -> None:
        if self._refused:
            return
        self._end_wait()
        super().allContentReceived()

    def requestDone(self, request: Any) -> None:
        self._idle = True
        self._wait(IDLE)
        super().requestDone(request)

    def connectionLost(self, reason: Failure) -> None:
        self._end_wait()
        super().connectionLost(reason)

    def refuse_body(self, content_type: bytes, content: bytes) -> None:
        if not self._refused:
            self._refused = True
            self.transport.write(
                b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Type: %s\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (content_type, len(content), content)
            )
            self._wait(LINGER)

    def drop(self) -> None:
        self.transport.abortConnection()

    def _wait(self, seconds: float) -> None:
        """Begin to wait for a request. Close the connection if it has not arrived completely within this many
        seconds."""
        self._end_wait()
        self._deadline = self.callLater(seconds, self.drop)
        self.factory.begins_to_wait(self)

    def _end_wait(self) -> None:
        self.factory.waiting.pop(self, None)
        if self._deadline and self._deadline.active():
            self._deadline.cancel()


class LimitedFactory(HTTPFactory):  # type: ignore[misc]
    """Creates the HTTP channels, one for each connection.

    If too many channels wait for a request, the one that has waited longest is closed."""

    protocol = LimitedChannel

    def __init__(self, server: Any, *, most_waiting: int) -> None:
        super().__init__(server)
        self.most_waiting = most_waiting
        #: Channels that wait for a request. The channel that has waited longest comes first.
        self.waiting: dict[LimitedChannel, None] = {}

    def buildProtocol(self, addr: IAddress | None) -> LimitedChannel:
        channel: LimitedChannel = super().buildProtocol(addr)
        channel.requestFactory = LimitedRequest
        return channel

    def begins_to_wait(self, channel: LimitedChannel) -> None:
        self.waiting[channel] = None
        if len(self.waiting) > self.most_waiting:
            next(iter(self.waiting)).drop()


class Door(WrappingFactory):  # type: ignore[misc]
    """Refuses a new connection if too many are open, either in all or from the same address.

    Behind proxies (`proxies`), all connections come from a proxy's address. So only the number in all is limited here,
    and the proxy has to limit its clients."""

    def __init__(self, server: Any, *, proxies: int, most: int | None = None) -> None:
        self.most = most or min(MAX_CONNECTIONS, _allow_open_files(MAX_CONNECTIONS + OTHER_FILES) - OTHER_FILES)
        self.most_of_one = self.most if proxies else self.most // 2
        self.by_address: Counter[str] = Counter()
        super().__init__(LimitedFactory(server, most_waiting=self.most // 2))

    def buildProtocol(self, addr: Any) -> ProtocolWrapper | None:
        if self.by_address.total() >= self.most or self.by_address[addr.host] >= self.most_of_one:
            return None
        return super().buildProtocol(addr)

    def registerProtocol(self, p: ProtocolWrapper) -> None:
        super().registerProtocol(p)
        self.by_address[p.getPeer().host] += 1

    def unregisterProtocol(self, p: ProtocolWrapper) -> None:
        super().unregisterProtocol(p)
        self.by_address -= Counter({p.getPeer().host: 1})


def _allow_open_files(wanted: int) -> int:
    """Raise this process's limit of open files to `wanted`, as far as the system allows, and return the limit.

    Many systems start a process with a limit of 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return soft
