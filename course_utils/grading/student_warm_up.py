"""What every student's process does first, done once in the worker that they are copies of.

Python runs code faster when it has run before, and PyTorch and Matplotlib load parts of themselves
at their first use. A copy begins with what the worker had done.
"""

import builtins
import io
import os
import signal
import socket
import sys

import numpy as np

from course_utils.grading.descriptor_output import DescriptorOutput
from course_utils.grading.recording_shell import RecordingShell
from course_utils.grading.student import Student
from course_utils.grading.values import Reference, pack
from course_utils.grading.wire import Channel

#: Python specialises a function at its eighth call.
_ROUNDS = 10
_SECONDS = 10.0
_CELL = """\
def warm(x, *, by=1):
    \"\"\"Neither a student's nor a test's.\"\"\"
    if x is None:
        raise ValueError("nothing")
    return x * by
"""


def warm_up(shell: RecordingShell) -> None:
    """Run and call a function as students' are, and draw; leaves the process as it was.

    Parameters
    ----------
    shell
        The one of this process; its namespace and history are emptied.
    """
    names = dict(shell.user_ns)
    kept = sys.stdout, sys.stderr, builtins.input
    descriptors = [(os.dup(number), number) for number in (1, 2)]
    handlers = [(number, signal.getsignal(number)) for number in (signal.SIGALRM, signal.SIGINT)]
    try:
        _answer_some_messages(shell)
    finally:
        sys.stdout, sys.stderr, builtins.input = kept
        for copy, number in descriptors:
            os.dup2(copy, number)
            os.close(copy)
        for number, handler in handlers:
            signal.signal(number, handler)
    shell.reset()
    for name, value in names.items():  # such as ``_``, which a reset forgets
        shell.user_ns.setdefault(name, value)
    shell.recorder.take()
    _load_the_rest()


def _answer_some_messages(shell: RecordingShell) -> None:
    ours, theirs = socket.socketpair()
    numbers, nothing = pack(np.ones((3, 2))), pack(None)
    with ours, theirs:
        judge = Channel(ours)
        for known in range(_ROUNDS):
            judge.send("run", _CELL, _SECONDS)
            judge.send("get", "warm", _SECONDS)
            function = pack(object(), lambda _, known=known: Reference("student", known))
            judge.send("operate", "call", function, [numbers], {"by": numbers}, _SECONDS)
            judge.send("operate", "call", function, [numbers], {}, _SECONDS)
            judge.send("operate", "call", function, [nothing], {}, _SECONDS)
        ours.shutdown(socket.SHUT_WR)  # the student answers what is there, then finds it closed
        Student(Channel(theirs), shell, DescriptorOutput(None)).serve()


def _load_the_rest() -> None:
    torch, pyplot = sys.modules.get("torch"), sys.modules.get("matplotlib.pyplot")
    if torch is not None:
        torch.set_num_threads(1)
        torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    if pyplot is not None:
        figure, axes = pyplot.subplots()
        axes.plot([0, 1], label="x")
        axes.legend()
        figure.savefig(io.BytesIO())
        pyplot.close(figure)
