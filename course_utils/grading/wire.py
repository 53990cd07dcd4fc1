"""Messages between two processes over a socket: a length, then the bytes of one value."""

import contextlib
import select
import socket
import struct
import time
from typing import Any

from course_utils.grading.values import ValueRefused, pack, unpack

_LENGTH = struct.Struct(">I")

#: Bytes of one message: a batch of images passes, a flood does not.
LARGEST_MESSAGE = 64_000_000


class WireError(Exception):
    """The other side sent what is no message; nothing more can be read from it."""


class Closed(WireError):
    """The other side is gone."""


class TimeUp(Exception):
    """No whole message came in time."""


class Channel:
    """One end of a connection between two processes.

    Parameters
    ----------
    connection
        A connected stream socket; the channel owns it.
    """

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.send_seconds = 120.0
        self._limited_to = 0
        connection.setblocking(True)
        self._poll = select.poll()  # select() itself cannot watch descriptors from 1024 on
        self._poll.register(connection, select.POLLIN)

    def send(self, *message: Any) -> None:
        """Send one message, made of what `values.pack` writes without references.

        Raises
        ------
        Closed
            Where the other side is gone, or reads nothing for ``send_seconds``.
        ValueRefused
            Where the message is too large.
        """
        content = pack(list(message))
        if len(content) > LARGEST_MESSAGE:
            raise ValueRefused(
                f"{len(content) / 1e6:.0f} MB are too much to pass on at once; "
                f"at most {LARGEST_MESSAGE / 1e6:.0f} MB"
            )
        try:
            self._limit_sending(max(1, int(self.send_seconds)))
            self.connection.sendall(_LENGTH.pack(len(content)) + content)
        except OSError:
            raise Closed("the other side is gone") from None

    def receive(self, deadline: float | None = None) -> list[Any]:
        """Wait for one message.

        Parameters
        ----------
        deadline
            Time of `time.monotonic` to give up at; None waits for ever.

        Raises
        ------
        TimeUp
            At the deadline.
        Closed
            Where the other side ended.
        WireError
            Where what came is no message.
        """
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size, deadline))
        if length > LARGEST_MESSAGE:
            raise WireError(f"a message of {length / 1e6:.0f} MB was announced")
        try:
            message = unpack(self._read(length, deadline))
        except ValueRefused as problem:
            raise WireError(str(problem)) from None
        if type(message) is not list or not message or type(message[0]) is not str:
            raise WireError("a message of no known form")
        return message

    def close(self) -> None:
        """End the connection; whoever waits on it is told that it is closed."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()

    def let_go(self) -> None:
        """Close this process's end of a connection that another process goes on using."""
        self.connection.close()

    def _limit_sending(self, seconds: int) -> None:
        """A process that was stopped reads nothing: without a limit, sending waits for ever."""
        if seconds != self._limited_to:
            limit = struct.pack("@ll", seconds, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
            self._limited_to = seconds

    def _read(self, size: int, deadline: float | None) -> bytes:
        content = bytearray()
        while len(content) < size:
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0 or not self._poll.poll(left * 1000):
                    raise TimeUp
            try:
                piece = self.connection.recv(min(size - len(content), 1_000_000))
            except OSError:
                raise Closed("the other side is gone") from None
            if not piece:
                raise Closed("the other side is gone")
            content += piece
        return bytes(content)
