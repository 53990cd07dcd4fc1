"""The folder ``autograded/<student>/<assignment>``: written beside it, then put in its place."""

import contextlib
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from types import TracebackType

from course_utils.course_tree import CourseError

#: Files and folders that a submission may bring along; more is a mistake or an attack.
MAX_ENTRIES = 1000
#: Of folders in folders.
MAX_DEPTH = 20

_LINK = "is a link: not followed"


@dataclass
class GradedFolder:
    """A draft of a folder, which replaces it together with a commit of the gradebook.

    The folder is away while the commit runs. A process killed at any point therefore leaves old
    marks with the old folder, new marks with the new one, or no folder, and then a grading run
    takes the submission for not graded. What such a process left behind goes with the next draft.

    Parameters
    ----------
    target
        The folder to replace.

    Raises
    ------
    CourseError
        Where a file cannot be written, the disk is full, say; ``target`` is then as it was.
    """

    target: Path

    def __enter__(self) -> "GradedFolder":
        prefix = f".{self.target.name}."  # hidden: nbgrader's patterns do not match it
        with _written(self.target):
            self.target.parent.mkdir(parents=True, exist_ok=True)
            for left in self.target.parent.glob(f"{prefix}*"):
                shutil.rmtree(left, ignore_errors=True)
            self.draft = self.target.with_name(prefix + secrets.token_hex(8))
            self.previous = self.target.with_name(self.draft.name + ".previous")
            self.draft.mkdir()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.draft, ignore_errors=True)
        shutil.rmtree(self.previous, ignore_errors=True)

    def write(self, name: str, content: bytes) -> None:
        """Write a file of the draft."""
        with _written(self.target):
            (self.draft / name).write_bytes(content)

    def copy(self, origin: Path, ignored: list[str], max_bytes: int) -> list[str]:
        """Copy the regular files of a folder that the draft does not have yet.

        Links are not followed, whoever may change the folder in the meantime, and what is neither
        file nor folder is not opened.

        Parameters
        ----------
        origin
            Folder to copy from; it may be missing.
        ignored
            Patterns of names to leave out, folders too.
        max_bytes
            Of all files together.

        Returns
        -------
        list of str
            What was left out and why, a line each.
        """
        notes: list[str] = []
        left, seen = max_bytes, 0
        try:
            for path, folders, files, handle in os.fwalk(origin, follow_symlinks=False):
                place = Path(path).relative_to(origin)
                seen += len(folders) + len(files)
                if seen > MAX_ENTRIES or len(place.parts) > MAX_DEPTH:
                    return [*notes, "too many or too deep folders: the rest is not copied"]
                notes += [f"{place / name} {_LINK}" for name in folders if _is_link(name, handle)]
                folders[:] = sorted(name for name in folders if not _is_any(place / name, ignored))
                for name in sorted(name for name in files if not _is_any(place / name, ignored)):
                    content = _read_regular(name, handle, left)
                    if isinstance(content, str):
                        notes.append(f"{place / name} {content}")
                        continue
                    left -= len(content)
                    self._add(place / name, content)
        except FileNotFoundError:
            pass  # no such folder, or no more
        return notes

    def replace_target(self, commit: Callable[[], None]) -> None:
        """Commit and put the draft in the folder's place; where the commit fails, do neither."""
        with _written(self.target):
            replaced = os.path.lexists(self.target)
            if replaced:
                self.target.rename(self.previous)
            try:
                commit()
            except Exception:
                if replaced:
                    self.previous.rename(self.target)
                raise
            self.draft.rename(self.target)

    def _add(self, name: Path, content: bytes) -> None:
        target = self.draft / name
        # What is there comes from the source, which a submission does not overwrite.
        with _written(self.target), contextlib.suppress(FileExistsError, NotADirectoryError):
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(content)


def _read_regular(name: str, folder: int, max_bytes: int) -> bytes | str:
    """Content of a regular file in an open folder, or what keeps it from being read."""
    try:
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError as error:
        return _LINK if _is_link(name, folder) else f"cannot be read: {error.strerror}"
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return "is no regular file: not copied"
        content = file.read(max_bytes + 1)  # it may grow while it is read
    return content if len(content) <= max_bytes else "is too large: not copied"


def _is_link(name: str, folder: int) -> bool:
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def _is_any(path: Path, patterns: list[str]) -> bool:
    return any(fnmatch(path.name, pattern) or str(path) == pattern for pattern in patterns)


@contextlib.contextmanager
def _written(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CourseError(f"cannot write {target}: {error.strerror}") from None
