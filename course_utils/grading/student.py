"""The student's side of a judged submission: runs cells, and answers calls from the judge.

Everything here runs in the same process as the student's code, which can change all of it. The
judge therefore believes nothing but values, and compares those.
"""

import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.grading.descriptor_output import DescriptorOutput
from course_utils.grading.library_names import find_library_name
from course_utils.grading.operations import OPERATIONS
from course_utils.grading.recording_shell import (
    RecordingShell,
    describe,
    frames_of_the_student,
    take_over_output,
)
from course_utils.grading.values import Reference, ValueRefused, pack, unpack
from course_utils.grading.wire import Channel, Closed

_CHANGEABLE = (list, dict, np.ndarray, np.random.Generator)


class TookTooLong(BaseException):
    """The time of a cell is up."""

    __module__ = "builtins"  # tracebacks then show its name alone


class CallbackFailed(Exception):
    """A function of the tests, called by the student's code, raised an exception."""


class Student:
    """One process of a submission.

    Parameters
    ----------
    channel
        To the judge.
    shell
        Runs the cells.
    descriptors
        Takes what goes past Python; by default it is recorded with the rest.
    """

    def __init__(
        self, channel: Channel, shell: RecordingShell, descriptors: DescriptorOutput | None = None
    ) -> None:
        self.channel, self.shell = channel, shell
        self.recorder = shell.recorder
        take_over_output(self.recorder)
        self._objects: list[Any] = []
        self._from_libraries: dict[int, Reference] = {}
        self._thread = threading.get_ident()
        self._drain = descriptors or DescriptorOutput(self.recorder)

    def serve(self) -> None:
        """Answer the judge until it hangs up."""
        signal.signal(signal.SIGALRM, _time_is_up)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        while True:
            try:
                message = self.channel.receive()
            except Closed:
                return
            self._answer(message)

    def _answer(self, message: list[Any]) -> None:
        kind, *rest = message
        match kind:
            case "files":
                for name, content in rest[0].items():
                    _write_file(name, content)
                self.channel.send("written")
            case "run":
                self.channel.send("ran", self._run(*rest), _default_dtype())
            case "checkpoint":
                self._checkpoint()
            case _:
                self._reply(kind, rest)

    def _run(self, source: str, seconds: float) -> list[dict[str, Any]]:
        """Run a cell; gives its outputs."""
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            self.shell.run_cell(source, store_history=True)
        except BaseException as error:  # it came after the cell, or through IPython
            name, text = describe(error)
            self.recorder.fail(name, text, frames_of_the_student(error))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        self._drain.read()
        return self.recorder.take()

    def _reply(self, kind: str, rest: list[Any]) -> None:
        """Carry out one operation and send what it gave, or the exception it raised."""
        *request, seconds = rest
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            value, changed = getattr(self, f"_{kind}")(*request)
            answer = ["value", self._pack(value), changed]
            signal.setitimer(signal.ITIMER_REAL, 0)
        except BaseException as error:
            signal.setitimer(signal.ITIMER_REAL, 0)
            answer = ["raised", *_exception(error)]
        self._drain.read()
        printed = "".join(o["text"] for o in self.recorder.take() if o["output_type"] == "stream")
        try:
            self.channel.send(*answer, printed)
        except ValueRefused as problem:
            self.channel.send("raised", ["ValueRefused"], "ValueRefused", str(problem), [], printed)

    def _get(self, name: str) -> tuple[Any, dict[str, bytes]]:
        if name not in self.shell.user_ns:
            raise NameError(f"name {name!r} is not defined")
        return self.shell.user_ns[name], {}

    def _set(self, values: dict[str, bytes]) -> tuple[Any, dict[str, bytes]]:
        self.shell.user_ns.update({name: self._unpack(value) for name, value in values.items()})
        return None, {}

    def _operate(
        self, operation: str, target: bytes, arguments: list[bytes], options: dict[str, bytes]
    ) -> tuple[Any, dict[str, bytes]]:
        args = [self._unpack(content) for content in arguments]
        keywords = {name: self._unpack(content) for name, content in options.items()}
        reflected = operation.startswith("r_")
        act = OPERATIONS[operation.removeprefix("r_")]
        operands = [self._unpack(target), *args]
        value = act(*(operands[::-1] if reflected else operands), **keywords)
        changed = {}  # arguments that are not as they came
        sent = [(str(n), a, arguments[n]) for n, a in enumerate(args)]
        sent += [(name, keywords[name], options[name]) for name in keywords]
        for name, argument, before in sent:
            if isinstance(argument, _CHANGEABLE) or hasattr(argument, "detach"):
                after = self._pack(argument)
                if after != before:
                    changed[name] = after
        return value, changed

    def _checkpoint(self) -> None:
        """Fork a copy of this process that answers, on a connection of its own, as things are now.

        What tests do to the copy is not seen in cells that run later, nor in their output.
        """
        _, (descriptor, *_), _, _ = socket.recv_fds(self.channel.connection, 1, 1)
        copy = os.fork()
        if copy:
            os.close(descriptor)
            self.channel.send("copied", copy)
            return
        try:
            os.setpgid(0, 0)
            self.channel.let_go()
            self.channel = Channel(socket.socket(fileno=descriptor))
            self._drain = DescriptorOutput(None)
            self.recorder.renew_lock()
            if "torch" in sys.modules:  # its threads were not copied, and it would wait for them
                sys.modules["torch"].set_num_threads(1)
            self.serve()
        finally:
            os._exit(0)

    def _pack(self, value: Any) -> bytes:
        return pack(value, self._refer)

    def _unpack(self, content: bytes) -> Any:
        return unpack(content, self._resolve)

    def _refer(self, value: Any) -> Reference:
        number = getattr(value, "_number_at_the_judge", None)
        if isinstance(number, int) and type(value).__name__ == "function":
            return Reference("judge", number)
        if id(value) in self._from_libraries:
            return self._from_libraries[id(value)]
        self._objects.append(value)
        return Reference("student", len(self._objects) - 1, type(value).__name__[:100])

    def _resolve(self, reference: Reference) -> Any:
        if reference.owner == "student":
            return self._objects[reference.number]
        if reference.owner == "library":
            found = find_library_name(reference.name)
            self._from_libraries[id(found)] = reference
            return found

        def function_of_the_tests(*args: Any, **options: Any) -> Any:
            return self._ask(reference.number, args, options)

        function_of_the_tests._number_at_the_judge = reference.number  # type: ignore[attr-defined]
        return function_of_the_tests

    def _ask(self, number: int, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """Call a function that the tests passed as an argument."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("functions of the tests can be called from the main thread only")
        packed = {name: self._pack(value) for name, value in options.items()}
        self.channel.send("callback", number, [self._pack(a) for a in args], packed)
        while True:
            kind, *rest = self.channel.receive()
            if kind == "gave":
                return self._unpack(rest[0])
            if kind == "failed":
                raise CallbackFailed(rest[0])
            self._answer([kind, *rest])


def _exception(error: BaseException) -> list[Any]:
    kinds = [kind.__name__[:100] for kind in type(error).__mro__ if isinstance(kind, type)]
    name, message = describe(error)
    return [kinds, name, message, frames_of_the_student(error)]


def _default_dtype() -> str:
    torch = sys.modules.get("torch")
    return "" if torch is None else str(torch.get_default_dtype()).removeprefix("torch.")


def _time_is_up(*_: Any) -> None:
    raise TookTooLong("stopped: it took too long; is there an endless loop?")


def _write_file(name: str, content: bytes) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(content)
