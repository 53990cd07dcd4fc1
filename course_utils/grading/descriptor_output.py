"""Output that goes past Python: written to file descriptors 1 and 2."""

import os
import select
import threading

from course_utils.grading.recording_shell import Recorder


class DescriptorOutput:
    """Takes what is written to file descriptors 1 and 2, by programs for example, as output.

    Parameters
    ----------
    recorder
        Where it is recorded; None drops it.
    """

    def __init__(self, recorder: Recorder | None) -> None:
        if recorder is None:  # a copy: nobody reads, so nothing may block
            self._reader = -1
            writer = os.open(os.devnull, os.O_WRONLY)
        else:
            self._reader, writer = os.pipe()
            os.set_blocking(self._reader, False)
            self._lock = threading.Lock()
            self._recorder = recorder
            threading.Thread(target=self._follow, daemon=True).start()
        os.dup2(writer, 1)
        os.dup2(writer, 2)
        os.close(writer)

    def read(self) -> bool:
        """Record all that has been written so far; tells whether more may come."""
        if self._reader < 0:
            return False
        with self._lock:
            try:
                while content := os.read(self._reader, 65536):
                    self._recorder.write("stdout", content.decode(errors="replace"))
            except BlockingIOError:
                return True  # nothing there now
            except OSError:
                pass  # the student closed it
        return False

    def _follow(self) -> None:
        while True:
            try:
                select.select([self._reader], [], [])
            except (OSError, ValueError):
                return
            if not self.read():
                return
