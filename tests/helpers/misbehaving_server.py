"""A small HTTP server over raw sockets, for what a proper server cannot be made to do: drip, stall, lie and hang up."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Writes an answer to a connection; what it raises when the client goes away is ignored.
Handler = Callable[[socket.socket], None]


@contextmanager
def misbehaving(handler: Handler) -> Iterator[str]:
    """Serve every connection with ``handler``; gives the address of the server."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:  # the test is over
                return
            thread = threading.Thread(target=answer, args=(connection,), daemon=True)
            threads.append(thread)
            thread.start()

    def answer(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65536)
                handler(connection)
            except OSError:
                pass

    acceptor = threading.Thread(target=serve, daemon=True)
    acceptor.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        acceptor.join(5)
        for thread in threads:
            thread.join(5)


def head(*lines: str, status: str = "200 OK") -> bytes:
    """The head of an answer, the blank line behind it included."""
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1")


def drip(connection: socket.socket, first: bytes, piece: bytes, every: float = 0.05, seconds: float = 4.0) -> None:
    """Send ``first`` and then ``piece`` over and over, slowly."""
    connection.sendall(first)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        connection.sendall(piece)
        time.sleep(every)
