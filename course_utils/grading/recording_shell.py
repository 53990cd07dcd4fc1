"""An IPython that keeps what cells print, show and raise, as outputs of a notebook."""

import ast
import base64
import builtins
import re
import sys
import threading
import traceback
import warnings
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

import IPython
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

_NOT_THE_STUDENTS = (str(Path(__file__).parent), str(Path(IPython.__file__).parent))
_CELL_NAME = re.compile(r'File "<ipython-input-[^"]*>"')
_PICTURES = ("image/png", "image/jpeg")


class Recorder:
    """Outputs of the cell that runs now, in their order and capped.

    Parameters
    ----------
    characters
        Printed text that is kept of one cell.
    picture_bytes
        Pictures that are kept of one cell, base64-encoded.
    """

    def __init__(self, characters: int, picture_bytes: int) -> None:
        self._characters, self._picture_bytes = characters, picture_bytes
        self._lock = threading.Lock()
        self.take()

    def renew_lock(self) -> None:
        """For a copy of the process: a thread that held the lock was not copied."""
        self._lock = threading.Lock()

    def take(self) -> list[dict[str, Any]]:
        """What was recorded since the last call."""
        outputs = getattr(self, "_outputs", [])
        self._outputs: list[dict[str, Any]] = []
        self._text_left, self._pictures_left = self._characters, self._picture_bytes
        return outputs

    def write(self, name: str, text: str) -> None:
        """Record printed text; ``name`` is ``"stdout"`` or ``"stderr"``."""
        with self._lock:
            if self._text_left <= 0:
                return
            kept = text[: self._text_left]
            self._text_left -= len(kept)
            if self._text_left == 0:
                kept += f"\n[… only the first {self._characters:,} characters are kept]\n"
            last = self._outputs[-1] if self._outputs else {}
            if last.get("output_type") == "stream" and last["name"] == name:
                last["text"] += kept
            else:
                self._outputs.append({"output_type": "stream", "name": name, "text": kept})

    def show(self, kind: str, data: dict[str, Any]) -> None:
        """Record what a cell displays or ends on: its text and its pictures, nothing that runs."""
        kept: dict[str, str] = {}
        text = str(data.get("text/plain", ""))
        if text:
            kept["text/plain"] = text[: self._characters]
        for mime in _PICTURES:
            picture = data.get(mime)
            if isinstance(picture, bytes):
                picture = base64.b64encode(picture).decode()
            if isinstance(picture, str) and len(picture) <= self._pictures_left:
                self._pictures_left -= len(picture)
                kept[mime] = picture
        if kept:
            self._outputs.append({"output_type": kind, "data": kept})

    def fail(self, name: str, message: str, lines: list[str]) -> None:
        """Record the exception that ended a cell."""
        self._outputs.append(
            {"output_type": "error", "ename": name, "evalue": message, "traceback": lines}
        )


class _Stream:
    """A text stream whose text goes to the recorder; it never fails and never grows."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, name: str, recorder: Recorder) -> None:
        self.name, self._recorder = f"<{name}>", recorder
        self._kind = name

    def write(self, text: str) -> int:
        self._recorder.write(self._kind, str(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return 1 if self._kind == "stdout" else 2


class _Publisher(DisplayPublisher):
    def publish(self, data: dict[str, Any], *_: Any, **__: Any) -> None:
        self.shell.recorder.show("display_data", data)

    def clear_output(self, wait: bool = False) -> None:
        pass


class _Result(DisplayHook):
    def __call__(self, result: Any = None) -> None:
        if result is not None and not self.quiet():
            data, _ = self.compute_format_data(result)
            self.update_user_ns(result)
            self.shell.recorder.show("execute_result", data)


class RecordingShell(InteractiveShell):
    """IPython without a terminal, a history file or a kernel."""

    display_pub_class = _Publisher
    displayhook_class = _Result
    recorder: Recorder
    usual_transforms: list[Any]

    def transform_cell(self, raw_cell: str) -> str:
        """Turn magics into Python; most cells have none, and IPython's search is the slow part."""
        short = len(raw_cell.splitlines()) < 2  # one word may be a magic: ``pwd``
        if short or self.transforms() != self.usual_transforms or not _is_python(raw_cell):
            return super().transform_cell(raw_cell)
        return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"

    def transforms(self) -> list[Any]:
        """What cells go through, which they can change."""
        of = self.input_transformer_manager
        lists = (of.cleanup_transforms, of.line_transforms, of.token_transformers)
        return [*chain(*lists), *self.input_transformers_post]

    def enable_gui(self, gui: str | None = None) -> None:
        """There are no windows: plots are recorded as pictures."""

    def showtraceback(self, *_: Any, **__: Any) -> None:
        """Record the exception that is being handled."""
        error = sys.exc_info()[1]
        if error is not None:
            name, message = describe(error)
            self.recorder.fail(name, message, frames_of_the_student(error))

    def showsyntaxerror(self, *_: Any, **__: Any) -> None:
        """Record a syntax error."""
        self.showtraceback()

    def showindentationerror(self) -> None:
        """Record an indentation error."""
        self.showtraceback()


def _is_python(code: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they come when the cell is compiled
            compile(code, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except Exception:  # IPython says what is wrong with it, if anything is
        return False
    return True


def make_shell(recorder: Recorder) -> RecordingShell:
    """The one shell of this process, recording in ``recorder``; it has run one empty cell."""
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.ast_node_interactivity = "last_expr"
    shell = RecordingShell.instance(config=config)
    shell.recorder, shell.usual_transforms = recorder, shell.transforms()
    shell.run_cell("pass", store_history=False, silent=True)
    return shell


def take_over_output(recorder: Recorder) -> None:
    """Record what this process prints from now on; let ``input()`` fail."""
    sys.stdout, sys.stderr = _Stream("stdout", recorder), _Stream("stderr", recorder)  # type: ignore[assignment]
    builtins.input = _nobody_answers


def describe(error: BaseException) -> tuple[str, str]:
    """Name and message of an exception, also where its own methods fail."""
    try:
        message = str(error)
    except BaseException:  # the student's __str__
        message = "(its message cannot be shown)"
    return type(error).__name__[:100], message[:2000]


def frames_of_the_student(error: BaseException) -> list[str]:
    """Traceback of an exception without the frames that are not the student's."""
    try:
        parts = traceback.TracebackException.from_exception(error, limit=-30, compact=True)
        parts.stack = traceback.StackSummary.from_list(
            [frame for frame in parts.stack if not frame.filename.startswith(_NOT_THE_STUDENTS)]
        )
        text = "".join(parts.format(chain=False))[-8000:]
        return _CELL_NAME.sub("your code", text).splitlines()
    except BaseException:  # the student's exception class
        return []


def _nobody_answers(prompt: object = "") -> NoReturn:
    raise EOFError("input() was called, and nobody answers while a notebook is marked")
