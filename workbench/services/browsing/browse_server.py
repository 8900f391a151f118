"""Datasette on a snapshot, for this machine alone, until it is interrupted.

It answers on the loopback address only, and only to its own name: a page on the web that has its name point to this
machine (DNS rebinding) gets nothing of an archive's papers.

Datasette and what serves it are imported where they serve: they are an extra, which may not be installed.
"""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from workbench.core.errors import UsageError
from workbench.services.browsing.browsing import FILES, METADATA, PAGES

HOST = "127.0.0.1"
_NAMES = frozenset({HOST, "localhost"})

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def check_installed() -> None:
    """Raise UsageError that says what to install where Datasette is not."""
    if find_spec("datasette") is None:
        raise UsageError("browsing needs Datasette; install it with: pip install 'ocr-workbench[browse]'")


def datasette(snapshot: Path, settings: dict[str, Any] = PAGES) -> Any:
    """Datasette over a snapshot, opened as a file that never changes, with the words beside it."""
    from datasette.app import Datasette

    told = json.loads(snapshot.with_name(METADATA).read_text("utf-8"))
    return Datasette(immutables=[str(snapshot)], metadata=told, settings=settings)


def application(snapshot: Path) -> Application:
    """Datasette as an ASGI application that answers to the names of the loopback address."""
    return only_here(_whole_files(datasette(snapshot).app(), datasette(snapshot, FILES).app()))


def _whole_files(pages: Application, files: Application) -> Application:
    """Pages end after some thousand rows and say so; a file of CSV could not say it, and has all of them."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        is_file = scope["type"] == "http" and scope["path"].endswith(".csv")
        await (files if is_file else pages)(scope, receive, send)

    return asgi


def only_here(inner: Application) -> Application:
    """Refuse requests that ask for another host than this one."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _host(scope) in _NAMES:
            await inner(scope, receive, send)
            return
        plain = [(b"content-type", b"text/plain; charset=utf-8")]
        await send({"type": "http.response.start", "status": 421, "headers": plain})
        await send({"type": "http.response.body", "body": b"this server answers to its own address only\n"})

    return asgi


def _host(scope: Scope) -> str:
    given = next((value for name, value in scope["headers"] if name == b"host"), b"")
    return str(given.decode("latin-1")).partition(":")[0]


def listen(port: int) -> socket.socket:
    """A socket on the loopback address, which takes connections from now on; port 0: a free one."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else error
        raise UsageError(f"port {port} of {HOST} cannot be used ({why}); without --port a free one is found") from error


def serve(snapshot: Path, at: socket.socket) -> None:
    """Answer until somebody interrupts, which returns."""
    import uvicorn

    config = uvicorn.Config(
        application(snapshot), log_level="warning", access_log=False, lifespan="on", timeout_graceful_shutdown=1
    )
    try:
        uvicorn.Server(config).run(sockets=[at])
    except KeyboardInterrupt:
        return


@contextmanager
def interruptible() -> Iterator[None]:
    """Whatever ends the process meanwhile is an interruption, so that what was written for it is removed."""
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
