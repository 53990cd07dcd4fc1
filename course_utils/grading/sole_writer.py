"""One process at a time writes in a class folder, and what its libraries say is put plainly."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning
from sqlalchemy.exc import SAWarning

from course_utils.course_tree import CourseError
from course_utils.grading.database import plain_errors


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Hold a class folder for as long as something is written there.

    Parameters
    ----------
    folder
        Of the class: ``class/``.

    Raises
    ------
    CourseError
        Where another process holds it, or it or the gradebook cannot be used.
    """
    lock = FileLock(folder / ".grading.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise CourseError(f"another grading run works on {folder}; wait for it to end") from None
    except OSError as error:
        raise CourseError(f"cannot write in {folder}: {error.strerror}") from None
    try:
        with warnings.catch_warnings(), plain_errors():
            # nbgrader's own way with its database; nothing is lost by it
            warnings.filterwarnings("ignore", "Object of type <Submitted", SAWarning)
            # what other editors leave of cell ids; nbformat mends them
            warnings.filterwarnings("ignore", category=MissingIDFieldWarning)
            warnings.filterwarnings("ignore", category=DuplicateCellId)
            yield
    finally:
        lock.release()
