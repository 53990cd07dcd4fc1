"""The judge's end of a student's process: runs cells in it, and operates on what it defines."""

import socket
import sys
from typing import Any

from course_utils import checks
from course_utils.grading.conversation import Conversation, Keeper
from course_utils.grading.in_place import take_over
from course_utils.grading.learnt import Learnt, Refused, path_after
from course_utils.grading.library_names import library_name
from course_utils.grading.raised import Stopped, clean, make_exception
from course_utils.grading.stand_in import StandIn, path_of, reference_to
from course_utils.grading.value_codes import Reference, ValueRefused
from course_utils.grading.values import pack, pack_reference, unpack
from course_utils.grading.wire import Channel


class StudentProcess(Conversation):
    """A process that runs a student's code.

    Parameters
    ----------
    keeper
        Who starts and ends it.
    learnt
        Where objects and changed arguments are in place.
    copy_of
        For a copy: the process it was copied from, and the copy's number.
    """

    def __init__(
        self,
        keeper: Keeper,
        learnt: Learnt,
        *,
        copy_of: "tuple[StudentProcess, int, Channel] | None" = None,
    ) -> None:
        self.keeper, self.learnt = keeper, learnt
        self._cell = ""
        self._callables: list[Any] = []
        self._left_behind: list[tuple[Any, Any]] = []
        if copy_of is not None:
            original, self._process, channel = copy_of
            super().__init__(channel)
            self.number = original.number
            return
        ours, theirs = socket.socketpair()
        super().__init__(Channel(ours))
        self._process = 0
        with theirs:
            self.number = keeper.start(theirs)

    def begin(self, cell: str, seconds: float) -> None:
        """Start the clock for a cell."""
        self._cell, self.printed = cell, ""
        self._start_clock(seconds)
        self._left_behind.clear()
        self._callables = []
        checks.as_left_by_the_call = self._as_left_by_the_call

    def write_files(self, files: dict[str, bytes]) -> None:
        """Put the submission's other files where its code runs."""
        self._exchange("files", files)

    def run(self, source: str) -> list[Any]:
        """Run a cell of the student's; gives its outputs, as that process says.

        Raises
        ------
        Stopped
            Where it took too long or the process ended.
        """
        kind, *rest = self._exchange("run", source, self._seconds)
        if kind != "ran" or len(rest) != 2 or not isinstance(rest[0], list):
            self._broken("an answer of no known form")
        outputs, default_dtype = rest
        if "torch" in sys.modules and default_dtype in ("float32", "float64"):
            torch = sys.modules["torch"]  # tests make tensors as the student's notebook would
            torch.set_default_dtype(getattr(torch, default_dtype))
        return outputs

    def get(self, name: str) -> Any:
        """Value of a name at the top level of the notebook.

        Raises
        ------
        NameError
            Where it is not defined.
        Refused
            Where it is an object and the reference answer's is a plain value.
        """
        value = self._result(self._exchange("get", name, self._left()), name, {})
        if any(value is function for function in self._callables):
            raise Refused(f"{name}: a function of the tests is no answer")
        return value

    def answers(self) -> bool:
        """Whether the process is there."""
        try:
            self.begin("", 5)
            self._exchange("set", {}, self._left())
        except Stopped:
            return False
        return True

    def set(self, values: dict[str, bytes]) -> None:
        """Bind names at the top level of the notebook; values as `pack_plain` gave them."""
        self._exchange("set", values, self._left())

    def operate(
        self, operation: str, target: StandIn, args: tuple[Any, ...], options: dict[str, Any]
    ) -> Any:
        """Carry out an operation on an object of the student's process.

        Raises
        ------
        RaisedByStudent
            Where the student's code raised an exception.
        Refused
            Where the result is an object and the reference answer's is a plain value.
        Stopped
            Where it took too long or the process ended.
        """
        path = path_after(operation, path_of(target), args)
        packed = [self.pack(a) for a in args]
        keywords = {name: self.pack(value) for name, value in options.items()}
        answer = self._exchange(
            "operate",
            operation,
            pack_reference(reference_to(target)),
            packed,
            keywords,
            self._left(),
        )
        sent = {str(n): value for n, value in enumerate(args)} | options
        return self._result(answer, path, sent)

    def checkpoint(self) -> "StudentProcess":
        """A copy of the process as it is now, with what it defines."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._start_clock(10)
            self._send("checkpoint")
            socket.send_fds(self._channel.connection, [b"."], [theirs.fileno()])
            message = self._receive()
        if len(message) != 2 or message[0] != "copied" or type(message[1]) is not int:
            self._broken("an answer of no known form")
        process = message[1]
        return StudentProcess(self.keeper, self.learnt, copy_of=(self, process, Channel(ours)))

    def pack(self, value: Any) -> bytes:
        """A value of the tests for the student's process."""
        return pack(value, self._refer)

    def how_it_ended(self) -> str:
        """Word of the worker on how the process ended."""
        return self.keeper.why(self.number)

    def close(self) -> None:
        """Hang up, which ends the process; kill it where it did not answer any more."""
        self._channel.close()
        if self._process and self.stopped:
            self.keeper.kill(self.number, self._process)

    def _refer(self, value: Any) -> Reference:
        if isinstance(value, StandIn):
            return reference_to(value)
        if (name := library_name(value)) is not None:
            return Reference("library", 0, name)
        if not callable(value):
            raise ValueRefused(f"a value of type {type(value).__name__} cannot be sent to students")
        self._callables.append(value)
        return Reference("judge", len(self._callables) - 1)

    def _resolve(self, reference: Reference) -> Any:
        if reference.owner == "student":
            return StandIn(self, int(reference.number), str(reference.name)[:80], "")
        if reference.owner == "judge":
            return self._callable(reference.number)
        raise ValueRefused("a reference that was not given out")

    def _callable(self, number: Any) -> Any:
        """A function of the present test that was passed to the student's code."""
        if type(number) is not int or not 0 <= number < len(self._callables):
            raise ValueRefused("a reference that was not given out")
        return self._callables[number]

    def _exchange(self, *request: Any) -> list[Any]:
        """Send a request and wait for its answer, calling functions of the tests in between."""
        self._send(*request)
        while True:
            message = self._receive()
            if message[0] != "callback":
                return message
            self._call_back(*message[1:])

    def _call_back(self, *message: Any) -> None:
        try:
            number, args, options = message
            function = self._callable(number)
            values = [unpack(a, self._resolve) for a in args]
            keywords = {name: unpack(value, self._resolve) for name, value in options.items()}
            self.learnt.place((values, keywords), self._cell, "callback()")
        except (ValueRefused, Refused, TypeError, ValueError, LookupError, AttributeError) as bad:
            self._send("failed", clean(str(bad)))
            return
        try:
            answer = self.pack(function(*values, **keywords))
        except Stopped:
            raise
        except Exception as error:  # the test's function, on what the student passed
            self._send("failed", f"{type(error).__name__}: {error}")
        else:
            self._send("gave", answer)

    def _result(self, answer: list[Any], path: str, sent: dict[str, Any]) -> Any:
        kind, *rest = answer
        if kind == "raised" and len(rest) == 5:
            self._keep_printed(rest[4])
            error = make_exception(*rest[:4])
            if error.name == "TookTooLong":
                raise Stopped(self._took_too_long(), error.lines)
            raise error
        if kind != "value" or len(rest) != 3 or not isinstance(rest[1], dict):
            self._broken("an answer of no known form")
        content, changed, printed = rest
        self._keep_printed(printed)
        try:
            for argument, after in changed.items():
                if argument in sent:
                    self._take_over(sent[argument], unpack(after, self._resolve), path, argument)
            value = unpack(content, self._resolve)
        except (ValueRefused, TypeError) as problem:
            raise Refused(f"{path}: {clean(str(problem))}") from None
        self.learnt.place(value, self._cell, path)
        return value

    def _take_over(self, before: Any, after: Any, path: str, argument: str) -> None:
        """Change an argument as the student's code did, where the reference answer did so too."""
        if not self.learnt.may_change(self._cell, path, argument):
            self._left_behind.append((before, after))
        else:
            take_over(before, after)

    def _as_left_by_the_call(self, value: Any) -> Any:
        return next((after for before, after in self._left_behind if before is value), value)
