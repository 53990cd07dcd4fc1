"""Whether operations are recorded: `no_grad`, `enable_grad`, `set_grad_enabled`."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any


class _Mode(threading.local):
    recording = True


mode = _Mode()


class set_grad_enabled(contextlib.ContextDecorator):  # PyTorch's spelling
    """Record operations from now on, or do not; as a context or decorator: until its end."""

    def __init__(self, mode: bool) -> None:
        self.wanted = mode
        self.before = _switch(mode)

    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        _switch(self.before)

    def __call__(self, function: Callable) -> Callable:
        """The function with every call of it inside the block."""
        _switch(self.before)
        return super().__call__(function)

    def _recreate_cm(self) -> "set_grad_enabled":
        return set_grad_enabled(self.wanted)  # one for each call of the decorated function


def _switch(recording: bool) -> bool:
    before, mode.recording = mode.recording, recording
    return before


class _Recording(contextlib.ContextDecorator):
    """A context or decorator, `@no_grad()` or `@no_grad`, that records operations or does not."""

    recording: bool

    def __new__(cls, function: Callable | None = None) -> Any:
        made = super().__new__(cls)
        made.before = []
        return made if function is None else made(function)

    def __enter__(self) -> None:
        self.before.append(mode.recording)
        mode.recording = self.recording

    def __exit__(self, *error: object) -> None:
        mode.recording = self.before.pop()


class no_grad(_Recording):  # PyTorch's spelling
    """Within: results are computed without being recorded."""

    recording = False


class enable_grad(_Recording):  # PyTorch's spelling
    """Within: results are recorded, also inside `no_grad`."""

    recording = True


class inference_mode(_Recording):  # PyTorch's spelling
    """Within: as `no_grad`."""

    recording = False


def is_grad_enabled() -> bool:
    """Whether operations are being recorded."""
    return mode.recording
