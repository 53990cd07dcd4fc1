"""What attacks may reach for: secrets, files and listeners, and whether any was touched."""

import contextlib
import hashlib
import secrets
import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.attacks.scenario import MARK

#: Variable of the grading process that no submission may see.
SECRET_VARIABLE = "GRADER_TOKEN"
LOOPBACK = {"PORT4": (socket.AF_INET, "127.0.0.1"), "PORT6": (socket.AF_INET6, "::1")}


class World:
    """The surroundings of one class run.

    Parameters
    ----------
    root
        Empty folder to build in.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.secret = secrets.token_hex(16)
        self.class_folder = root / "class"
        self.home = root / "home"
        self.outside = root / "outside"
        for folder in (self.home, self.outside):
            folder.mkdir()
            (folder / "secret.txt").write_text(f"{self.secret}-{folder.name}")
        self.contacts: list[str] = []
        self._sockets: dict[str, socket.socket] = {}
        self.places = {
            "CLASS": str(self.class_folder),
            "COURSE": str(root / "course"),
            "HOME": str(self.home),
            "OUTSIDE": str(self.outside),
            "ABSTRACT": f"{MARK}-{self.secret[:6]}",
            "SOCKET": str(self.outside / "socket"),
            "SECRET": self.secret,
        }

    def fill_in(self, text: str) -> str:
        """Put the places where their names stand: ``@CLASS@``."""
        for name, value in self.places.items():
            text = text.replace(f"@{name}@", value)
        return text

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Listen, and be the environment of the grading process."""
        with contextlib.ExitStack() as stack:
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            patch.setenv("COURSE_CLASS", str(self.class_folder))
            patch.setenv("HOME", str(self.home))
            patch.setenv(SECRET_VARIABLE, f"{self.secret}-environment")
            self._listen(stack)
            yield

    def _listen(self, stack: contextlib.ExitStack) -> None:
        for name, (family, address) in LOOPBACK.items():
            self.places[name] = "1"
            with contextlib.suppress(OSError):  # a host without IPv6
                self._open(stack, name, family, socket.SOCK_STREAM, (address, 0))
                self.places[name] = str(self._sockets[name].getsockname()[1])
        self._open(stack, "UDP", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self.places["UDP"] = str(self._sockets["UDP"].getsockname()[1])
        for name, path in (("ABSTRACT", "\0" + self.places["ABSTRACT"]), ("SOCKET", None)):
            path = path or self.places["SOCKET"]
            self._open(stack, name, socket.AF_UNIX, socket.SOCK_STREAM, path)
        Path(self.places["SOCKET"]).chmod(0o777)
        stop, stopped = socket.socketpair()
        thread = threading.Thread(target=self._answer, args=(stopped,))
        thread.start()
        stack.callback(stop.close)
        stack.callback(thread.join)
        stack.callback(stop.send, b"x")

    def _open(self, stack, name, family, kind, address) -> None:
        listener = stack.enter_context(socket.socket(family, kind))
        listener.bind(address)
        if kind == socket.SOCK_STREAM:
            listener.listen(16)
        self._sockets[name] = listener

    def _answer(self, stopped: socket.socket) -> None:
        with selectors.DefaultSelector() as selector, stopped:
            selector.register(stopped, selectors.EVENT_READ, "stop")
            for name, listener in self._sockets.items():
                selector.register(listener, selectors.EVENT_READ, name)
            while True:
                for key, _ in selector.select():
                    if key.data == "stop":
                        return
                    self.contacts.append(key.data)
                    if key.data == "UDP":
                        key.fileobj.recv(100)
                    else:
                        key.fileobj.accept()[0].close()

    def knock(self) -> set[str]:
        """Contact every listener: the proof that each would have heard an attack."""
        for name, listener in self._sockets.items():
            with socket.socket(listener.family, listener.type) as caller:
                caller.connect(listener.getsockname())
                if name == "UDP":
                    caller.send(b"here")
                else:
                    caller.recv(1)  # until it was accepted and closed
        deadline = time.monotonic() + 5
        while set(self.contacts) < set(self._sockets) and time.monotonic() < deadline:
            time.sleep(0.01)  # a datagram has no answer to wait for
        return set(self._sockets)

    def state(self) -> dict[str, str]:
        """Everything on disk that no submission may change, as ``{path: hash}``."""
        folders = [self.outside, self.home, self.root / "course", self.class_folder / "submitted"]
        paths = [path for folder in folders for path in sorted(folder.rglob("*"))]
        return {str(path): _describe(path) for path in paths if "__pycache__" not in path.parts}


def survivors() -> list[str]:
    """Processes and shared files that an attack left behind."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if MARK in process.name() or MARK in " ".join(process.cmdline()):
                found.append(f"process {process.pid}: {process.name()}")
    for folder in ("/tmp", "/dev/shm", "/var/tmp", "/dev/mqueue"):
        found += map(str, Path(folder).glob(f"*{MARK}*"))
    return found


def _describe(path: Path) -> str:
    mode = oct(path.lstat().st_mode)
    if path.is_symlink():
        return f"{mode} → {path.readlink()}"
    if path.is_file():
        return f"{mode} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    return mode
