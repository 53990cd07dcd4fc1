"""Files that are either the old or the new one, never half of each."""

import os
import tempfile
from pathlib import Path

from course_utils.course_tree import CourseError


def write_atomically(target: Path, content: bytes) -> None:
    """Replace ``target`` by ``content`` in one step, making the folders it lies in.

    Raises
    ------
    CourseError
        Where the folder cannot be written or the disk is full; ``target`` is then as it was.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise CourseError(f"cannot write in {target.parent}: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(target)
    except OSError as error:
        raise CourseError(f"cannot write {target}: {error.strerror}") from None
    finally:
        Path(draft).unlink(missing_ok=True)
